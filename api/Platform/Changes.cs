using System.Text.Json;
using JasperFx.Events;
using Marten;

namespace OneDoor.Platform;

/// <summary>What every change is made with.</summary>
public sealed class ChangeTools(
    IDocumentSession session, IDocumentStore store, Caller caller, Idempotency idempotency, Etags etags, IReceipts receipts, IHttpContextAccessor accessor, TimeProvider time)
{
    /// <summary>Where a change puts its facts; they are committed together, with the answer.</summary>
    public IDocumentSession Session => session;

    public IDocumentStore Store => store;

    public Caller Caller => caller;

    public Idempotency Idempotency => idempotency;

    public Etags Etags => etags;

    public IReceipts Receipts => receipts;

    public HttpContext Http => accessor.HttpContext!;

    public DateTimeOffset Now => time.GetUtcNow();
}

/// <summary>Signs for what was done.</summary>
public interface IReceipts
{
    /// <summary>The receipt for a change: a compact JWS.</summary>
    /// <param name="thing">What it calls the thing.</param>
    /// <param name="id">The thing.</param>
    /// <param name="version">The version that the change led to.</param>
    /// <param name="stored">The facts, where this process has just stored them; else they are read.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<string> Of(string thing, Guid id, int version, IReadOnlyList<IEvent>? stored, CancellationToken ct);
}

/// <summary>Makes changes that commands ask for.</summary>
public interface IChanges<in TCommand>
{
    /// <summary>Changes a thing, for REST: who comes too late is told the present tag.</summary>
    /// <param name="id">The thing.</param>
    /// <param name="ifMatch">The version the caller saw (CASE-7).</param>
    /// <param name="body">What was sent, which an idempotency key belongs to.</param>
    /// <param name="command">What the caller asks.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<IResult> Apply(Guid id, string? ifMatch, object? body, TCommand command, CancellationToken ct);

    /// <inheritdoc cref="Apply"/>
    Task<Outcome> Change(Guid id, string? ifMatch, object? body, TCommand command, CancellationToken ct);
}

/// <summary>
/// The way every change goes, of things of one kind: find the thing for the caller, compare versions, ask the rule, append its facts,
/// answer with the thing as the caller sees it then.
/// </summary>
public abstract class Changes<TState, TFact, TCommand>(ChangeTools tools) : IChanges<TCommand> where TState : class, IFolded<TState, TFact> where TFact : class
{
    private IReadOnlyList<IEvent>? _stored;

    protected ChangeTools Tools { get; } = tools;

    private string InLanguage => Language.Of(Tools.Http.Request);

    /// <summary>What a thing is answered with that does not exist for the caller.</summary>
    protected abstract Refusal NotFound { get; }

    /// <summary>The rule, with what it needs to know. It may change other streams as well, in the same session.</summary>
    protected abstract Task<Decision<TFact>> Decide(TState? before, TCommand command, CancellationToken ct);

    /// <summary>What is answered holds something that is shown this once: kept under its idempotency key alone.</summary>
    protected virtual bool HoldsSecret => false;

    /// <summary>What a receipt calls the thing; null where none is given.</summary>
    protected virtual string? OnReceipt => null;

    /// <summary>What a reader is shown of what they may see, as of a version.</summary>
    protected abstract object View(TState seen, int version, string language);

    public async Task<IResult> Apply(Guid id, string? ifMatch, object? body, TCommand command, CancellationToken ct) =>
        await Told(id, await Change(id, ifMatch, body, command, ct), ct);

    public Task<Outcome> Change(Guid id, string? ifMatch, object? body, TCommand command, CancellationToken ct) => Change(id, ifMatch, body, command, null, ct);

    /// <summary>Changes a thing that is there before its first fact.</summary>
    /// <inheritdoc cref="IChanges{TCommand}.Apply"/>
    /// <param name="untouched">What it is until then; null where it does not exist.</param>
    protected virtual async Task<Outcome> Change(Guid id, string? ifMatch, object? body, TCommand command, TState? untouched, CancellationToken ct) =>
        await WithReceipt(_ => id, await Tools.Idempotency.Once(body, () => Append(id, ifMatch, command, untouched, ct), ct), ct);

    /// <summary>REST's answer: who comes too late is told the present tag.</summary>
    protected async Task<IResult> Told(Guid id, Outcome outcome, CancellationToken ct)
    {
        if (outcome.Refused == RequestRefusals.Stale)
        {
            await using var since = Tools.Store.QuerySession();
            if ((await since.LoadAsync<TState>(id, ct))?.SeenBy(Tools.Caller.Actor, Tools.Now) is { } now)
                Tools.Http.Response.Headers.ETag = Answer(now, now.Version).Etag;
        }
        return outcome.ToResult();
    }

    /// <summary>Begins a thing.</summary>
    /// <param name="command">What the caller asks, and sent.</param>
    /// <param name="address">The new thing's, by its id.</param>
    /// <param name="ct">Cancels the request.</param>
    public async Task<Outcome> Begin(TCommand command, Func<Guid, string> address, CancellationToken ct) => await WithReceipt(
        answer => Guid.Parse(answer.Location.AsSpan(answer.Location!.LastIndexOf('/') + 1)),
        await Tools.Idempotency.Once<object?>(
            command,
            async () =>
            {
                var decision = await Decide(before: null, command, ct);
                if (decision.Refused is { } refused)
                    return refused;
                var begun = decision.Facts.Aggregate(default(TState), TState.Evolve)!;
                _stored = Tools.Session.Events.StartStream<TState>(begun.Id, decision.Facts).Events;
                return Answer(begun.SeenBy(Tools.Caller.Actor, Tools.Now)!, begun.Version, address(begun.Id));
            },
            ct),
        ct);

    /// <summary>Changes a thing as it stands, whatever version somebody saw; what they send names it.</summary>
    protected async Task<Outcome> ChangeInTurn(Guid id, TCommand command, CancellationToken ct) =>
        await WithReceipt(_ => id, await Tools.Idempotency.Once(command, () => AppendInTurn(id, command, untouched: null, ct), ct), ct);

    private Task<Outcome> Append(Guid id, string? ifMatch, TCommand command, TState? untouched, CancellationToken ct) =>
        Append(id, before => Tools.Etags.Refused(ifMatch, id, before.Version), command, untouched, ct);

    /// <summary>Puts a change into the session that is made to a thing as it stands: for what is decided one after the other, whatever version somebody saw.</summary>
    /// <param name="id">The thing.</param>
    /// <param name="command">What the caller asks.</param>
    /// <param name="untouched">What it is before its first fact; null where it does not exist.</param>
    /// <param name="ct">Cancels the request.</param>
    protected Task<Outcome> AppendInTurn(Guid id, TCommand command, TState? untouched, CancellationToken ct) => Append(id, _ => null, command, untouched, ct);

    private async Task<Outcome> Append(Guid id, Func<TState, Refusal?> stale, TCommand command, TState? untouched, CancellationToken ct)
    {
        if (id == Guid.Empty)
            return NotFound; // The store takes it for a mistake of ours.
        var stream = await Tools.Session.Events.FetchForWriting<TState>(id, ct);
        if ((stream.Aggregate ?? untouched) is not { } before || before.SeenBy(Tools.Caller.Actor, Tools.Now) is not { } seenBefore)
            return NotFound;
        if (stale(before) is { } refusedAs)
            return refusedAs;
        var decision = await Decide(before, command, ct);
        if (decision.Refused is { } refused)
            return refused;

        stream.AppendMany(decision.Facts);
        _stored = stream.Events;
        var after = decision.Facts.Aggregate(before, TState.Evolve);
        // Who is left without a share by what they did, as a department that passed its last step on, has a last look.
        return Answer(after.SeenBy(Tools.Caller.Actor, Tools.Now) ?? seenBefore, after.Version);
    }

    // Once it is committed; and again to whoever repeats, who may not have had it. What was answered before was stored by another request.
    private async Task<Outcome> WithReceipt(Func<Answer, Guid> idOf, Outcome outcome, CancellationToken ct) => OnReceipt is { } thing && outcome.Answer is { } answer
        ? answer with { Receipt = await Tools.Receipts.Of(thing, idOf(answer), Etags.VersionOf(answer.Etag)!.Value, answer.Shown is null ? null : _stored, ct) }
        : outcome;

    private Answer Answer(TState seen, int version, string? address = null)
    {
        var view = View(seen, version, InLanguage);
        var body = JsonSerializer.SerializeToUtf8Bytes(view, RestJson.Options);
        return new Answer(
            address is null ? StatusCodes.Status200OK : StatusCodes.Status201Created, address,
            Tools.Etags.Of(seen.Id, version, InLanguage, Tools.Caller.Actor, body), body)
        { Shown = view, HoldsSecret = HoldsSecret };
    }
}
