using System.ComponentModel;
using Marten;

namespace OneDoor.Cases;

/// <summary>GET /v1/cases/{id}, now or as of a past instant (CASE-8).</summary>
public static class GetCase
{
    public static void MapGetCase(this IEndpointRouteBuilder cases) => cases.MapGet("/{id:guid}", Handle)
        .Needs([.. Scopes.ToReadCases])
        .ReadsOne<CaseView>("getCase", "Read a case, now or as of a past instant", CaseExamples.Accepted);

    /// <summary>Opens REST to what belongs to a case, in the case's version, for those who may see the case: to all others it does not exist.</summary>
    /// <param name="cases">Where they are.</param>
    /// <param name="part">What stands of it in the address.</param>
    /// <param name="name">The operation's id.</param>
    /// <param name="does">What it does.</param>
    /// <param name="example">An answer.</param>
    /// <param name="show">What is shown: of the case whole, and as the reader sees it.</param>
    public static RouteHandlerBuilder MapPart<T>(this IEndpointRouteBuilder cases, string part, string name, string does, T example, Func<Case, Case, Showing, ValueTask<T>> show) where T : class
    {
        return cases.MapGet("/{id:guid}/" + part, Handle).Needs([.. Scopes.ToReadCases]).ReadsOne<T>(name, does, example);

        async Task<IResult> Handle(Guid id, HttpContext http, ReadingTools tools, IQuerySession session, CancellationToken ct)
        {
            var to = new Showing(tools.Caller.Actor, Language.Of(http.Request), null, tools.Time.GetUtcNow(), session, http.RequestServices, ct);
            if (await session.FindWhole(id, to.Viewer, to.Now, ct) is not { } whole)
                return CaseRefusals.NotFound.ToProblem();
            tools.Reads.Note(tools.Caller, http, "case", id);
            return tools.Etags.Ok(http, id, whole.Version, await show(whole, whole.SeenBy(to.Viewer, to.Now)!, to));
        }
    }

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
