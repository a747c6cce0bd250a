namespace OneDoor.Cases;

/// <summary>What happened to a case, in order and complete for its reader.</summary>
public sealed record CaseHistory(IReadOnlyList<HistoryEntry> Items);

/// <summary>GET /v1/cases/{id}/history (CASE-8).</summary>
public static class GetCaseHistory
{
    public static void MapGetCaseHistory(this IEndpointRouteBuilder cases) => cases.MapPart(
        "history", "getCaseHistory", "Read what happened to a case, in order", CaseExamples.History,
        async (whole, _, to) => new CaseHistory(Entries(
            whole.SeenBy(await to.Services.GetRequiredService<StoredFacts>().Of<CaseFact>(whole.Id, to.Cancelled), to.Viewer, to.Now), to.Viewer, to.Language)));

    /// <summary>Facts as a reader is shown them, their words in the reader's language.</summary>
    internal static IReadOnlyList<HistoryEntry> Entries(IEnumerable<(int Version, CaseFact Fact)> facts, Actor viewer, string language) =>
        [.. facts.Select(f => HistoryEntry.Of(f.Version, RefusalGrounds.In(f.Fact, language), viewer))];
}
