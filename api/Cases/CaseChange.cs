using Marten;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>
/// The way every change to an existing case goes: find it for the caller, compare versions, ask the rule, append its
/// facts, answer with the case as the caller sees it then.
/// </summary>
public sealed class CaseChange(
    IDocumentSession session, IDocumentStore store, Caller caller, Idempotency idempotency, Etags etags, LegalClock clock, TimeProvider time,
    IHttpContextAccessor accessor)
{
    /// <param name="id">The case.</param>
    /// <param name="ifMatch">The version the caller saw (CASE-7).</param>
    /// <param name="request">The body, which an idempotency key belongs to.</param>
    /// <param name="command">What the caller asks.</param>
    /// <param name="ct">Cancels the request.</param>
    public async Task<IResult> Apply<T>(Guid id, string? ifMatch, T request, Func<Actor, CaseCommand> command, CancellationToken ct) =>
        await Result(id, await Change(id, ifMatch, request, command, ct), ct);

    /// <summary>What a change came to as REST answers it: one that came too late is told the case's present tag.</summary>
    public async Task<IResult> Result(Guid id, Outcome outcome, CancellationToken ct)
    {
        if (outcome.Refused == RequestRefusals.Stale)
        {
            await using var since = store.QuerySession();
            if (await since.FindCase(id, caller.Actor, asOf: null, ct) is { } now)
                accessor.HttpContext!.Response.Headers.ETag = etags.Answer(now, caller.Actor, InLanguage).Etag;
        }
        return outcome.ToResult();
    }

    /// <inheritdoc cref="Apply"/>
    public Task<Outcome> Change<T>(Guid id, string? ifMatch, T request, Func<Actor, CaseCommand> command, CancellationToken ct) =>
        idempotency.Once(request, () => Decide(id, ifMatch, command, ct), ct);

    private async Task<Outcome> Decide(Guid id, string? ifMatch, Func<Actor, CaseCommand> command, CancellationToken ct)
    {
        var actor = caller.Actor;
        if (id == Guid.Empty)
            return CaseRefusals.NotFound; // The store takes it for a mistake of ours.
        var stream = await session.Events.FetchForWriting<Case>(id, ct);
        if (stream.Aggregate is not { } before || !before.IsVisibleTo(actor))
            return CaseRefusals.NotFound;
        if (etags.Refused(ifMatch, id, before.Version) is { } stale)
            return stale;
        var decision = Case.Decide(before, await session.Informed(command(actor), before, ct), clock, time.GetUtcNow());
        if (decision.Refused is { } refused)
            return refused;

        stream.AppendMany(decision.Facts);
        var after = decision.Facts.Aggregate(before, Case.Evolve);
        // A department that passed its last step on sees the case no more; the answer is its last look.
        var seen = after.SeenBy(actor) ?? before.SeenBy(actor)!;
        return etags.Answer(seen with { Version = after.Version }, actor, InLanguage);
    }

    private string InLanguage => Language.Of(accessor.HttpContext!.Request);
}
