using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>GET /v1/cases/{id}/clock: the clock explains itself (CLK-5).</summary>
public static class GetCaseClock
{
    public static void MapGetCaseClock(this IEndpointRouteBuilder cases) => cases.MapPart(
        "clock", "getCaseClock", "Read a case's limits, its pauses and every day that was not counted", CaseExamples.Accepted.Clock,
        (whole, seen, to) => ValueTask.FromResult(Explain(whole, seen, to.Services.GetRequiredService<LegalClock>(), to.Now)));

    /// <summary>Every pause stops the case's clock; why is shown to those who may see whose it was (JOINT-3).</summary>
    /// <param name="whole">The case.</param>
    /// <param name="seen">What its reader may see of it.</param>
    internal static CaseClock Explain(Case whole, Case seen, LegalClock clock, DateTimeOffset now)
    {
        var told = CaseClock.Of(seen);
        return told with
        {
            Statutory = told.Statutory with { Skipped = Skipped(whole.StatutoryStops, whole.Plan.Statutory, whole.StatutoryExtension) },
            Promised = told.Promised with { Skipped = Skipped(whole.Stops, whole.Promise, whole.PromisedExtension) },
        };

        IReadOnlyList<SkippedDay>? Skipped(IReadOnlyList<Pause> stops, Limit limit, Limit? extension)
        {
            var reasons = seen.Stops.Select(stop => stop.Name).ToHashSet();
            return whole.AcceptedAt is not { } from ? null
                : [.. clock.Skipped(from, limit, whole.Hall, stops, extension, whole.NowAt(now)).Select(day => day.Kind == SkippedKind.Paused && !reasons.Contains(day.Name) ? day with { Name = Stopped } : day)];
        }
    }

    private static readonly Text Stopped = new("其他环节暂停", "Another step's pause");
}
