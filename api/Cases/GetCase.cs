using System.ComponentModel;
using Marten;

namespace OneDoor.Cases;

/// <summary>GET /v1/cases/{id}, now or as of a past instant (CASE-8).</summary>
public static class GetCase
{
    public static void MapGetCase(this IEndpointRouteBuilder cases) => cases.MapGet("/{id:guid}", Handle)
        .Needs([.. Scopes.ToReadCases])
        .ReadsOne<CaseView>("getCase", "Read a case, now or as of a past instant", CaseExamples.Accepted);

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, Caller caller, KnownCases known, StoredFacts facts, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct,
        [Description("An instant with its offset: the case as it was then.")] InstantParameter? asOf = null)
    {
        var seen = await known.FindCase(facts, id, caller.Actor, asOf?.At, time.GetUtcNow(), ct);
        if (seen is null)
            return CaseRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "case", id);
        return etags.OkWritten(http, id, seen.Version, known.Shown(seen, Language.Of(http.Request)));
    }

    /// <summary>The case as the viewer may see it, or as they would have seen it then; null when it does not exist for them.</summary>
    public static async Task<Case?> FindCase(this KnownCases known, StoredFacts facts, Guid id, Actor viewer, DateTimeOffset? asOf, DateTimeOffset now, CancellationToken ct)
    {
        var current = await known.FindWhole(id, viewer, now, ct);
        if (current is null || asOf is null)
            return current?.SeenBy(viewer, now);
        var then = await facts.AsOf<Case, CaseFact>(id, asOf.Value, ct);
        return (then is null ? null : then with { Disclosures = current.Disclosures })?.SeenBy(viewer, now);
    }

    /// <summary>The whole case, for rules to decide on; null when it does not exist for the viewer, who is shown it through <see cref="CaseSight"/> only.</summary>
    public static async Task<Case?> FindWhole(this IQuerySession session, Guid id, Actor viewer, DateTimeOffset now, CancellationToken ct) =>
        IfVisible(await session.LoadAsync<Case>(id, ct), viewer, now);

    private static async Task<Case?> FindWhole(this KnownCases known, Guid id, Actor viewer, DateTimeOffset now, CancellationToken ct) => IfVisible(await known.Find(id, ct), viewer, now);

    private static Case? IfVisible(Case? found, Actor viewer, DateTimeOffset now) => found?.IsVisibleTo(viewer, now) == true ? found : null;
}

/// <summary>What belongs to one case, for those who may see the case: to all others it does not exist.</summary>
public sealed class SeenCases(IQuerySession session, Caller caller, Etags etags, ReadLog reads, IHttpContextAccessor accessor, TimeProvider time)
{
    /// <summary>Shows something of a case in the case's version, and notes that it was read.</summary>
    /// <param name="id">The case.</param>
    /// <param name="show">What is shown of the whole case to somebody at an instant.</param>
    public async Task<IResult> Show<T>(Guid id, Func<Case, Actor, DateTimeOffset, Task<T>> show, CancellationToken ct)
    {
        var (http, now) = (accessor.HttpContext!, time.GetUtcNow());
        if (await session.FindWhole(id, caller.Actor, now, ct) is not { } whole)
            return CaseRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "case", id);
        return etags.Ok(http, id, whole.Version, await show(whole, caller.Actor, now));
    }
}
