using GraphQL;
using GraphQL.Types;
using OneDoor.Catalogue;
using OneDoor.Graph;

namespace OneDoor.Cases;

/// <summary>Cases in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class CaseGraph
{
    public static void Add(GraphRoots roots)
    {
        CaseShapes.Add(roots);
        AddQueries(roots.Query);
        CaseMutations.Add(roots);
        CaseSubscriptions.Add(roots.Subscription);
    }

    private static void AddQueries(ObjectGraphType query)
    {
        query.Field<SeenCase>("case", nullable: true).Description("A case (办件), now or as of a past instant; null when it does not exist for the caller.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The case's id.")
            .Argument<InstantGraph>("asOf", "The case as it was then.")
            .ResolveAsync(async context => Guid.TryParse(context.GetArgument<string>("id"), out var id)
                ? await Find(context, id, context.GetArgument<DateTimeOffset?>("asOf"))
                : null)
            .Needs([.. Scopes.ToReadCases]).Costs(5);
        query.Field<GraphPage<SeenCase>>("cases", nullable: true).Description("The cases the caller sees, newest first unless sort says otherwise.")
            .Argument<EnumerationGraphType<CaseStatus>>("status", "Cases that stand so.")
            .Argument<ListGraphType<NonNullGraphType<EnumerationGraphType<CaseStatus>>>>("statuses", "Cases that stand in one of these ways.")
            .Argument<StringGraphType>("item", "Cases for the item of this code.")
            .Argument<EnumerationGraphType<Department>>("department", "Cases with a step of this department.")
            .Argument<DayGraph>("submittedFrom", "First day of submission.")
            .Argument<DayGraph>("submittedTo", "Last day of submission.")
            .Argument<StringGraphType>("number", "The case of this number.")
            .Argument<StringGraphType>("applicant", "Cases of the applicant with this unified social credit code or citizen identity number; of others kind:number, or kind:country:number, for instance passport:USA:A12345678.")
            .Argument<InstantGraph>("changedSince", "Cases to which something has happened since.")
            .Argument<StringGraphType>("hall", "Cases received by the hall of this code.")
            .Argument<EnumerationGraphType<RaisedMatter>>("raised", "Cases of which this has gone to those above, and stands.")
            .Argument<ListGraphType<NonNullGraphType<IdGraphType>>>("ids", "Cases of these ids, 100 at most.")
            .Argument<StringGraphType>("sort", "-submitted (the newest first, as when left out), submitted, -changed, changed, or due.")
            .Paged()
            .ResolveAsync(async context => await Cases(context))
            .Needs([.. Scopes.ToReadCases]).Costs(10);
        query.Field<GraphPage<CaseTask>>("tasks", nullable: true).Description("A department's worklist (待办), oldest case first.")
            .Argument<EnumerationGraphType<TaskStatus>>("status", "Both when left out.")
            .Argument<EnumerationGraphType<Department>>("department", "The service office's choice; one's own when left out.")
            .Argument<StringGraphType>("item", "Tasks in cases for the item of this code.")
            .Argument<InstantGraph>("dueBefore", "Open steps that are due before this instant.")
            .Argument<BooleanGraphType>("overdue", "true: open steps that are late.")
            .Argument<StringGraphType>("sort", "submitted (the oldest case first, as when left out), or due.")
            .Paged()
            .ResolveAsync(async context => await Tasks(context))
            .Needs(Scopes.CasesHandle, Scopes.CasesSupervise).Costs(10);
    }

    internal static async Task<SeenCase?> Find(IResolveFieldContext context, Guid id, DateTimeOffset? asOf)
    {
        var seen = await context.Service<KnownCases>().FindCase(context.Service<StoredFacts>(), id, context.Service<Caller>().Actor, asOf, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
        if (seen is null)
            return null;
        context.NoteRead("case", id);
        return SeenCase.Of(seen, context);
    }

    private static async Task<GraphPage<SeenCase>> Cases(IResolveFieldContext context)
    {
        var parameters = new Parameters();
        var filter = FilterOf(context, parameters);
        var page = context.Page(filter.List, parameters);
        var (lists, cursors) = (context.Service<CaseLists>(), context.Service<Cursors>());
        var (cases, hasNext) = await lists.Cases(filter, page, context.CancellationToken);
        context.NoteRead("case", cases.Select(c => c.Case.Id));
        var positions = cases.ToDictionary(c => c.Case.Id, c => c.Position);
        return new GraphPage<SeenCase>(
            [.. cases.Select(c => SeenCase.Of(c.Case, context))], c => cursors.Sign(filter.List, positions[c.View.Id]), hasNext,
            () => lists.CountCases(filter, context.CancellationToken));
    }

    private static CaseFilter FilterOf(IResolveFieldContext context, Parameters parameters)
    {
        var statuses = context.GetArgument<CaseStatus[]?>("statuses");
        var filter = new CaseFilter
        {
            Statuses = context.GetArgument<CaseStatus?>("status") is { } one ? [.. statuses ?? [], one] : statuses,
            Item = parameters.One(context.GetArgument<string?>("item"), "item"),
            Department = context.GetArgument<Department?>("department"),
            From = context.GetArgument<DateOnly?>("submittedFrom"),
            To = context.GetArgument<DateOnly?>("submittedTo"),
            Number = context.GetArgument<string?>("number"),
            ChangedSince = context.GetArgument<DateTimeOffset?>("changedSince"),
            Hall = ListItems.HallOf(parameters, context.GetArgument<string?>("hall")),
            Raised = context.GetArgument<RaisedMatter?>("raised"),
            Ids = context.GetArgument<string[]?>("ids") is { } ids ? parameters.Several(string.Join(',', ids), "ids", CaseFilter.IdOf, Text.Same("uuid")) : null,
            Applicant = CaseFilter.ApplicantOf(parameters, context.GetArgument<string?>("applicant"), "applicant"),
            Sort = parameters.OneOf(context.GetArgument<string?>("sort"), "sort", CaseFilter.Orders.Keys) ?? CaseFilter.Usual,
        };
        filter.Check(parameters);
        return filter;
    }

    private static async Task<GraphPage<CaseTask>> Tasks(IResolveFieldContext context)
    {
        var parameters = new Parameters();
        var filter = new TaskFilter(
            context.GetArgument<TaskStatus?>("status"), context.GetArgument<Department?>("department"), parameters.One(context.GetArgument<string?>("item"), "item"),
            context.GetArgument<DateTimeOffset?>("dueBefore"), context.GetArgument("overdue", false),
            parameters.OneOf(context.GetArgument<string?>("sort"), "sort", TaskFilter.Orders.Keys) ?? TaskFilter.Usual);
        var (lists, cursors) = (context.Service<CaseLists>(), context.Service<Cursors>());
        var page = context.Page(filter.List, parameters);
        if (ListTasks.Refused(context.Service<Caller>().Actor, filter.Department) is { } refused)
            throw context.Refused(refused);
        var (tasks, hasNext) = await lists.Tasks(filter, page, context.CancellationToken);
        context.NoteRead("case", tasks.Select(t => t.Case.Id).Distinct());
        return new GraphPage<CaseTask>(
            [.. tasks.Select(t => new CaseTask(SeenCase.OfTask(t.Case, context), StepView.Of(t.Step, context.Language()), t.Position))],
            t => cursors.Sign(filter.List, t.Position), hasNext, () => lists.CountTasks(filter, context.CancellationToken));
    }
}
