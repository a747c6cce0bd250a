using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.Clock;

/// <summary>The legal clock in GraphQL.</summary>
public static class ClockGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Query.Field<Due>("simulateClock", nullable: true)
            .Description("When a limit would end, and which days it skips (时限试算).")
            .Argument<NonNullGraphType<InstantGraph>>("start", "From when it runs.")
            .Argument<NonNullGraphType<GraphInput<Limit>>>("limit", "How long it is.")
            .Argument<StringGraphType>("hall", "The hall whose opening hours count; needed for hall hours.")
            .Resolve(context =>
            {
                var (start, limit, hall) =
                    (context.GetArgument<DateTimeOffset>("start"), context.GetArgument<Limit>("limit"), context.GetArgument<string?>("hall"));
                var clock = context.Service<LegalClock>();
                return clock.Validate(start, limit, hall) is { } refused ? throw context.Refused(refused) : clock.Simulate(start, limit, hall);
            });
    }
}
