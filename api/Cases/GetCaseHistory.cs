namespace OneDoor.Cases;

/// <summary>What happened to a case, in order and complete for its reader.</summary>
public sealed record CaseHistory(IReadOnlyList<HistoryEntry> Items);

/// <summary>GET /v1/cases/{id}/history (CASE-8).</summary>
public static class GetCaseHistory
{
    public static void MapGetCaseHistory(this IEndpointRouteBuilder cases) => cases.MapGet("/{id:guid}/history", Handle)
        .Needs([.. Scopes.ToReadCases])
        .ReadsOne<CaseHistory>("getCaseHistory", "Read what happened to a case, in order", CaseExamples.History);

    private static Task<IResult> Handle(Guid id, HttpContext http, SeenCases cases, StoredFacts facts, CancellationToken ct) =>
        cases.Show(id, async (whole, by, now) => new CaseHistory(Entries(whole.SeenBy(await facts.Of<CaseFact>(id, ct), by, now), by, Language.Of(http.Request))), ct);

    /// <summary>Facts as a reader is shown them, their words in the reader's language.</summary>
    internal static IReadOnlyList<HistoryEntry> Entries(IEnumerable<(int Version, CaseFact Fact)> facts, Actor viewer, string language) =>
        [.. facts.Select(f => HistoryEntry.Of(f.Version, RefusalGrounds.In(f.Fact, language), viewer))];
}
