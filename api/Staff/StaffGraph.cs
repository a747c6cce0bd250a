using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Clock;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Staff;

/// <summary>Staff in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class StaffGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Shape<StaffPerformance>("StaffPerformance");
        roots.Shape<StaffFigures>("StaffFigures");
        roots.Shape<KeptZero>("KeptZero");
        roots.Shape<StaffExcellence>("StaffExcellence");
        roots.Shape<ExcellenceRules>("ExcellenceRules");
        roots.Shape<ExcellenceCriterion>("ExcellenceCriterion");
        roots.Shape<ExcellenceRow>("ExcellenceRow");
        roots.Shape<ExcellenceShare>("ExcellenceShare");
        roots.Shape<ExcellenceTie>("ExcellenceTie");
        roots.Shape<RoundView>("Round");
        roots.Shape<RoundFinding>("RoundFinding");
        roots.Shape<OutageView>("Outage");
        var assessment = roots.Shape<AssessmentView>("Assessment", nameof(AssessmentView.Id));
        roots.Reads(Assessments.One, assessment);
        roots.Lists(Assessments.All, assessment);
        roots.Shape<AssessmentEvent>("AssessmentEvent");
        roots.Connection<RoundView>("Round", "A page of rounds.");
        roots.Connection<OutageView>("Outage", "A page of outages.");
        roots.Input<RoundFinding>("RoundFindingInput");
        AddFigures(roots.Query);
        AddRecords(roots.Query);
        var door = new GraphOperations<AssessmentChanges, AssessmentCommand, AssessmentView>(roots, "/v1/staff/assessments", Assessments.One.Name, AssessmentRefusals.NotFound, answer => answer.Read<AssessmentView>());
        door.Begin<MakeAssessment>("makeAssessment", $"{Assessments.Makes} (考核)", "The assessment.", (changes, input, ct) => changes.Make(input, ct), Scopes.CasesSupervise);
        AssessmentOperations.All.OpenTo(door);
        new GraphOperations<RoundChanges, RoundCommand, RoundView>(roots, "/v1/staff/rounds", "round", RoundRefusals.NotFound, answer => answer.Read<RoundView>())
            .Begin<MakeRound>("makeRound", $"{Rounds.Makes} (巡查)", "The round.", (changes, input, ct) => changes.Make(input, ct), Scopes.CasesSupervise);
        new GraphOperations<OutageChanges, OutageCommand, OutageView>(roots, "/v1/staff/outages", "outage", OutageRefusals.NotFound, answer => answer.Read<OutageView>())
            .Begin<RecordOutage>("recordOutage", $"{Outages.Records} (系统故障)", "The outage.", (changes, input, ct) => changes.Record(input, ct), Scopes.CasesSupervise);
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
                var hall = parameters.OneOf(context.GetArgument<string?>("hall"), "hall", HallDirectory.Zone.All.Select(h => h.Code));
                if (parameters.Refused is { } malformed)
                    throw context.Refused(malformed);
                var asked = new StaffScope(hall, context.GetArgument<Department?>("department"), context.GetArgument<string?>("person"));
                var (found, refused) = await GetPerformance.Find(
                    context.Service<Caller>(), context.Service<StaffFigureReader>(), context.GetArgument<DateOnly>("from"), context.GetArgument<DateOnly>("to"), asked, context.CancellationToken);
                return refused is null ? found : throw context.Refused(refused);
            })
            .Needs(GetPerformance.Reading).Costs(Price);
        query.Field<StaffExcellence>("staffExcellence", nullable: true).Description($"{GetExcellence.Does} (季度评优).")
            .Argument<NonNullGraphType<StringGraphType>>("quarter", "The quarter, as 2026-Q3.")
            .ResolveAsync(async context =>
            {
                var parameters = new Parameters();
                var quarter = GetExcellence.QuarterOf(parameters, context.GetArgument<string>("quarter"));
                return parameters.Refused is { } malformed ? throw context.Refused(malformed)
                    : await GetExcellence.Of(quarter!, context.Service<StaffFigureReader>(), context.Service<TimeProvider>(), context.Language(), context.CancellationToken);
            })
            .Needs(GetPerformance.Reading).Costs(Price);
    }

    private const int Price = 500;

    private static void AddRecords(ObjectGraphType query)
    {
        query.Field<RoundView>("round", nullable: true).Description("An inspection round (巡查); null when it does not exist for the caller.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The round's id.")
            .ResolveAsync(async context => IdOf(context.GetArgument<string>("id")) is { } id
                && await Rounds.Find(context.Service<IQuerySession>(), id, context.Service<Caller>().Actor, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken) is { } seen ? RoundView.Of(seen) : null)
            .Needs(Rounds.Reading).Costs(5);
        query.Field<GraphPage<RoundView>>("rounds", nullable: true).Description("The inspection rounds the caller sees, the latest first.")
            .Paged()
            .ResolveAsync(async context => await Page(context, Rounds.Cursor, Rounds.Visible, Rounds.Page, RoundView.Of, Rounds.By.PositionOf))
            .Needs(Rounds.Reading).Costs(10);
        query.Field<OutageView>("outage", nullable: true).Description("An outage (系统故障); null when it does not exist for the caller.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The outage's id.")
            .ResolveAsync(async context => IdOf(context.GetArgument<string>("id")) is { } id
                && await Outages.Find(context.Service<IQuerySession>(), id, context.Service<Caller>().Actor, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken) is { } seen ? OutageView.Of(seen) : null)
            .Needs(GetPerformance.Reading).Costs(5);
        query.Field<GraphPage<OutageView>>("outages", nullable: true).Description("The outages the caller sees, the latest first.")
            .Paged()
            .ResolveAsync(async context => await Page(context, Outages.Cursor, Outages.Visible, Outages.Page, OutageView.Of, Outages.By.PositionOf))
            .Needs(GetPerformance.Reading).Costs(10);
    }

    private static async Task<GraphPage<TView>> Page<T, TView>(
        IResolveFieldContext context, string list, Func<IQuerySession, Actor, IQueryable<T>> visible,
        Func<IQueryable<T>, PageRequest, CancellationToken, Task<(IReadOnlyList<T> Found, bool HasNext)>> read, Func<T, TView> view, Func<T, string> position)
        where T : notnull where TView : class
    {
        var seen = visible(context.Service<IQuerySession>(), context.Service<Caller>().Actor);
        var (found, hasNext) = await read(seen, context.Page(list), context.CancellationToken);
        var (cursors, shown) = (context.Service<Cursors>(), found.Select(thing => (View: view(thing), At: position(thing))).ToArray());
        return new GraphPage<TView>(
            [.. shown.Select(one => one.View)], one => cursors.Sign(list, shown.First(known => ReferenceEquals(known.View, one)).At), hasNext, async () => await seen.LongCountAsync(context.CancellationToken));
    }

    private static Guid? IdOf(string id) => Guid.TryParse(id, out var guid) ? guid : null;
}
