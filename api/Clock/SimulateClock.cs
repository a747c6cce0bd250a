namespace OneDoor.Clock;

/// <summary>A limit to try out.</summary>
/// <param name="Start">From when it runs.</param>
/// <param name="Limit">How long it is.</param>
/// <param name="Hall">The hall whose opening hours count; needed for hall hours.</param>
public sealed record SimulateClockRequest(DateTimeOffset Start, Limit Limit, string? Hall = null);

/// <summary>POST /v1/clock/simulate (CLK-5).</summary>
public static class SimulateClock
{
    // CLK-2: 2020-04-30 and 18 working days are due on 2020-05-28.
    private static readonly SimulateClockRequest MayDay = new(new DateTimeOffset(2020, 4, 30, 10, 0, 0, TimeSpan.FromHours(8)), Limit.WorkingDays(18));

    public static void MapSimulateClock(this IEndpointRouteBuilder clock) => clock.MapPost("/simulate", Handle)
        .AllowAnonymous()
        .WithName("simulateClock")
        .WithSummary("See when a limit would end, and which days it skips")
        .Produces<Due>()
        .Shows(MayDay, LegalClock.Zone.Simulate(MayDay.Start, MayDay.Limit))
        .Refuses(400, 413, 415, 422);

    private static IResult Handle(SimulateClockRequest request, LegalClock clock) =>
        clock.Validate(request.Start, request.Limit, request.Hall) is { } refused
            ? refused.ToProblem()
            : TypedResults.Ok(clock.Simulate(request.Start, request.Limit, request.Hall));
}
