using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.Clock;

/// <summary>The legal clock in GraphQL.</summary>
public static class ClockGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Show<Text, TextGraph>().Show<Limit, LimitGraph>().Show<Due, DueGraph>().Show<SkippedDay, SkippedDayGraph>()
            .Take<Limit, LimitInput>();
        roots.Query.Field<DueGraph>("simulateClock")
            .Description("When a limit would end, and which days it skips (时限试算).")
            .Argument<NonNullGraphType<InstantGraph>>("start", "From when it runs.")
            .Argument<NonNullGraphType<LimitInput>>("limit", "How long it is.")
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

public sealed class TextGraph : GraphObject<Text>
{
    public TextGraph() : base("Text", "Words in the platform's two languages.")
    {
        Has(t => t.Zh, "Simplified Chinese (中文); the authoritative wording.");
        Has(t => t.En, "English.");
        Field<NonNullGraphType<StringGraphType>>("text").Description("In the language that Accept-Language prefers.")
            .Resolve(context => context.Source.In(context.Language()));
    }
}

public sealed class LimitGraph : GraphObject<Limit>
{
    public LimitGraph() : base("Limit", "How long something may take (时限).")
    {
        Has(l => l.Value, "How many of the unit.");
        Has(l => l.Unit, "What is counted.");
    }
}

public sealed class LimitInput : GraphInput<Limit>
{
    public LimitInput() : base("LimitInput", "How long something may take (时限).")
    {
        Takes(l => l.Value, "Greater than 0; whole for working days.");
        Takes(l => l.Unit, "What is counted.");
    }
}

public sealed class DueGraph : GraphObject<Due>
{
    public DueGraph() : base("Due", "When a limit ends, and what it did not count.")
    {
        Has(d => d.DueOn, "The day it ends (到期日).");
        Has(d => d.DueAt, "The last instant in time.");
        Has(d => d.Provisional, "The date may move: a holiday notice that may change the span is not known yet.");
        Has(d => d.Skipped, "The days that were not counted, in order.");
    }
}

public sealed class SkippedDayGraph : GraphObject<SkippedDay>
{
    public SkippedDayGraph() : base("SkippedDay", "A day that did not count.")
    {
        Has(s => s.Date, "The day.");
        Has(s => s.Kind, "Why.");
        Has(s => s.Name, "The weekday, the holiday or the pause, in words.");
    }
}
