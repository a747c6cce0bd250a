using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>GET /v1/cases/{id}/clock: the clock explains itself (CLK-5).</summary>
public static class GetCaseClock
{
    public static void MapGetCaseClock(this IEndpointRouteBuilder cases) => cases.MapPart(
        "clock", "getCaseClock", "Read a case's limits, its pauses and every day that was not counted", CaseExamples.Accepted.Clock,
        (whole, seen, to) => ValueTask.FromResult(Explain(whole, seen, to.Services.GetRequiredService<LegalClock>())));

    /// <summary>Every pause stops the case's clock; why is shown to those who may see whose it was (JOINT-3).</summary>
    /// <param name="whole">The case.</param>
    /// <param name="seen">What its reader may see of it.</param>
    internal static CaseClock Explain(Case whole, Case seen, LegalClock clock)
    {
        var told = CaseClock.Of(seen);
        return told with
        {
            Statutory = told.Statutory with { Skipped = Skipped(whole, seen, whole.StatutoryStops, whole.Plan.Statutory, whole.StatutoryExtension, clock) },
            Promised = told.Promised with { Skipped = Skipped(whole, seen, whole.Stops, whole.Promise, whole.PromisedExtension, clock) },
        };
    }

    private static readonly Text Stopped = new("其他环节暂停", "Another step's pause");

    private static IReadOnlyList<SkippedDay>? Skipped(Case c, Case seen, IReadOnlyList<Pause> stops, Limit limit, Limit? extension, LegalClock clock)
    {
        if (c.AcceptedAt is not { } from)
            return null;
        var skipped = clock.Due(from, limit, c.Hall, stops, extension)?.Skipped ?? [];
        var reasons = seen.Stops.Select(stop => stop.Name).ToHashSet();
        return [.. skipped.Select(day => day.Kind == SkippedKind.Paused && !reasons.Contains(day.Name) ? day with { Name = Stopped } : day)];
    }
}
