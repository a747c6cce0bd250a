using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>GET /v1/cases/{id}/clock: the clock explains itself (CLK-5).</summary>
public static class GetCaseClock
{
    public static void MapGetCaseClock(this IEndpointRouteBuilder cases) => cases.MapGet("/{id:guid}/clock", Handle)
        .Needs([.. Scopes.ToReadCases])
        .ReadsOne<CaseClock>("getCaseClock", "Read a case's limits, its pauses and every day that was not counted", CaseExamples.Accepted.Clock);

    private static Task<IResult> Handle(Guid id, SeenCases cases, LegalClock clock, CancellationToken ct) =>
        cases.Show(id, (whole, by, now) => Task.FromResult(Explain(whole, whole.SeenBy(by, now)!, clock)), ct);

    /// <summary>Every pause stops the case's clock; why is shown to those who may see whose it was (JOINT-3).</summary>
    /// <param name="whole">The case.</param>
    /// <param name="seen">What its reader may see of it.</param>
    internal static CaseClock Explain(Case whole, Case seen, LegalClock clock) => CaseClock.Of(seen) with
    {
        Statutory = Explained(whole, seen, whole.StatutoryStops, whole.Plan.Statutory, whole.Statutory, whole.StatutoryExtension, clock),
        Promised = Explained(whole, seen, whole.Stops, whole.Promise, whole.Promised, whole.PromisedExtension, clock),
    };

    private static readonly Text Stopped = new("其他环节暂停", "Another step's pause");

    private static ClockLine Explained(Case c, Case seen, IReadOnlyList<Pause> stops, Limit limit, DueDate? due, Limit? extension, LegalClock clock)
    {
        var line = ClockLine.Of(limit, due);
        if (c.AcceptedAt is not { } from)
            return line;
        var skipped = clock.Due(from, limit, c.Hall, stops, extension)?.Skipped ?? [];
        var reasons = seen.Stops.Select(stop => stop.Name).ToHashSet();
        return line with
        {
            Skipped = [.. skipped.Select(day => day.Kind == SkippedKind.Paused && !reasons.Contains(day.Name) ? day with { Name = Stopped } : day)],
        };
    }
}
