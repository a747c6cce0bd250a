using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;
using OneDoor.Statistics;

namespace OneDoor.Staff;

/// <summary>Staff in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class StaffGraph
{
    public static void Add(GraphRoots roots)
    {
        var round = roots.Shape<RoundView>("Round", nameof(RoundView.Id));
        roots.Reads(Rounds.One, round);
        roots.Lists(Rounds.All, round);
        var outage = roots.Shape<OutageView>("Outage", nameof(OutageView.Id));
        roots.Reads(Outages.One, outage);
        roots.Lists(Outages.All, outage);
        var attempt = roots.Shape<AttemptedRefusalView>("AttemptedRefusal", nameof(AttemptedRefusalView.Id));
        roots.Reads(ReadAttemptedRefusals.One, attempt);
        roots.Lists(ReadAttemptedRefusals.All, attempt);
        var contest = roots.Shape<FigureContestView>("FigureContest", nameof(FigureContestView.Id));
        roots.Reads(FigureContests.One, contest);
        roots.Lists(FigureContests.All, contest);
        var assessment = roots.Shape<AssessmentView>("Assessment", nameof(AssessmentView.Id));
        roots.Reads(Assessments.One, assessment);
        roots.Lists(Assessments.All, assessment);
        AddFigures(roots.Query);
        var door = new GraphOperations<AssessmentChanges, AssessmentCommand, AssessmentView>(roots, Assessments.One);
        door.Begin(AssessmentOperations.Make);
        AssessmentOperations.All.OpenTo(door);
        var contests = new GraphOperations<FigureContestChanges, FigureContestCommand, FigureContestView>(roots, FigureContests.One);
        contests.Begin(FigureContestOperations.Contest);
        FigureContestOperations.All.OpenTo(contests);
        new GraphOperations<RoundChanges, RoundCommand, RoundView>(roots, Rounds.One).Begin(Rounds.Make);
        new GraphOperations<OutageChanges, OutageCommand, OutageView>(roots, Outages.One).Begin(Outages.Record);
    }

    private static void AddFigures(ObjectGraphType query)
    {
        query.Field<StaffPerformance>("staffPerformance", nullable: true).Description($"{GetPerformance.Does} (效能统计).")
            .Argument<NonNullGraphType<DayGraph>>("from", "The first day.")
            .Argument<NonNullGraphType<DayGraph>>("to", "The last day.")
            .Argument<StringGraphType>("hall", "What was handled in the hall of this code.")
            .Argument<EnumerationGraphType<Department>>("department", "What was handled for this department.")
            .Argument<StringGraphType>("person", "What the person of this subject handled; no departments and windows then.")
            .ResolveAsync(async context =>
            {
                var parameters = new Parameters();
                var asked = GetPerformance.ScopeOf(parameters, context.GetArgument<string?>("hall"), context.GetArgument<Department?>("department"), context.GetArgument<string?>("person"));
                return context.Found(await GetPerformance.Find(
                    context.Service<Caller>(), context.Service<StaffFigureReader>(), parameters, context.GetArgument<DateOnly>("from"), context.GetArgument<DateOnly>("to"), asked, context.CancellationToken));
            })
            .Needs(GetPerformance.Reading).Costs(Price);
        query.Field<StaffExcellence>("staffExcellence", nullable: true).Description($"{GetExcellence.Does} (季度评优).")
            .Argument<NonNullGraphType<StringGraphType>>("quarter", "The quarter, as 2026-Q3.")
            .ResolveAsync(async context => context.Found(await GetExcellence.Find(
                QuarterOf(context), context.Service<Caller>(), context.Service<StaffFigureReader>(), context.Service<TimeProvider>(), context.Language(), context.CancellationToken)))
            .Costs(Price);
        query.Field<ServiceFigures>("serviceFigures", nullable: true).Description($"{GetServiceFigures.Does} (服务统计).")
            .Argument<NonNullGraphType<StringGraphType>>("quarter", "The quarter, as 2026-Q3.")
            .Argument<InstantGraph>("asOf", "The figures as they were then, when the quarter was over.")
            .ResolveAsync(async context => context.Found(await GetServiceFigures.Find(
                QuarterOf(context), context.GetArgument<DateTimeOffset?>("asOf"), context.Service<StaffFigureReader>(), context.Service<TimeProvider>(), context.CancellationToken)))
            .Costs(Price);
    }

    private static Quarter QuarterOf(IResolveFieldContext context)
    {
        var parameters = new Parameters();
        var quarter = GetExcellence.QuarterOf(parameters, context.GetArgument<string>("quarter"));
        return parameters.Refused is { } refused ? throw context.Refused(refused) : quarter!;
    }

    private const int Price = 500;
}
