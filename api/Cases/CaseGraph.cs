using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>A case as the caller sees it, and its version.</summary>
/// <param name="IsOutline">A task's, whose reader may not read cases: it shows no more of it than REST's worklist does.</param>
public sealed record SeenCase(CaseView View, int Version, bool IsOutline = false)
{
    /// <summary>What batches ask for.</summary>
    public (Guid Id, int Version) Key => (View.Id, Version);

    public static SeenCase Of(Case seen, IResolveFieldContext context) => new(CaseView.Of(seen, context.Language()), seen.Version);

    /// <summary>The case of a task, for which another scope will do than for a case.</summary>
    public static SeenCase OfTask(Case seen, IResolveFieldContext context) =>
        Of(seen, context) with { IsOutline = !Caller.ScopesOf(context.User!).Contains(Scopes.CasesRead) };
}

/// <summary>A step that waits for a department, with its case.</summary>
public sealed record CaseTask(SeenCase Case, StepView Step, string Position);

/// <summary>What a change came to.</summary>
public sealed record CasePayload(SeenCase? Case, Refusal? Problem);

/// <summary>Cases in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class CaseGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Show<SeenCase, CaseGraphType>().Show<CaseItem, CaseItemGraph>().Show<Applicant, ApplicantGraph>().Show<StepView, StepGraph>()
            .Show<MaterialGiven, MaterialGivenGraph>().Show<MaterialProved, MaterialProvedGraph>().Show<MaterialDeferred, MaterialDeferredGraph>().Show<CorrectionNotice, CorrectionNoticeGraph>()
            .Show<CorrectionLine, CorrectionLineGraph>().Show<CaseClock, CaseClockGraph>().Show<ClockLine, ClockLineGraph>()
            .Show<CasePause, CasePauseGraph>().Show<DeliveredLicence, DeliveredLicenceGraph>().Show<RefusalGrounds, RefusalGroundsGraph>()
            .Show<HistoryEntry, HistoryEntryGraph>().Show<HistoryActor, HistoryActorGraph>().Show<HistoryDetails, HistoryDetailsGraph>()
            .Show<Refusal, RefusalGraph>().Show<RefusedField, RefusedFieldGraph>().Show<CaseTask, TaskGraph>()
            .Take<Applicant, ApplicantInput>().Take<MaterialGiven, MaterialGivenInput>().Take<MaterialDeferred, MaterialDeferredInput>()
            .Take<CorrectionLine, CorrectionLineInput>();
        roots.Nodes(async (context, id) =>
            Guid.TryParse(id, out var guid) && Caller.ScopesOf(context.User!).Contains(Scopes.CasesRead)
                ? await Find(context, guid, null)
                : null);
        AddQueries(roots.Query);
        CaseMutations.Add(roots.Mutation);
        CaseSubscriptions.Add(roots.Subscription);
    }

    private static void AddQueries(ObjectGraphType query)
    {
        GraphQlCost.Price(query.Field<CaseGraphType>("case").Description("A case (办件), now or as of a past instant; null when it does not exist for the caller.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The case's id.")
            .Argument<InstantGraph>("asOf", "The case as it was then.")
            .ResolveAsync(async context => Guid.TryParse(context.GetArgument<string>("id"), out var id)
                ? await Find(context, id, context.GetArgument<DateTimeOffset?>("asOf"))
                : null)
            .Needs(Scopes.CasesRead).FieldType, 5);
        GraphQlCost.Price(query.Field<CaseConnection>("cases").Description("The cases the caller sees, newest first.")
            .Argument<EnumerationGraphType<CaseStatus>>("status", "Cases that stand so.")
            .Argument<StringGraphType>("item", "Cases for the item of this code.")
            .Argument<EnumerationGraphType<Department>>("department", "Cases with a step of this department.")
            .Argument<DayGraph>("submittedFrom", "First day of submission.")
            .Argument<DayGraph>("submittedTo", "Last day of submission.")
            .Paged()
            .ResolveAsync(async context => await Cases(context))
            .Needs(Scopes.CasesRead).FieldType, 10);
        GraphQlCost.Price(query.Field<TaskConnection>("tasks").Description("A department's worklist (待办), oldest case first.")
            .Argument<EnumerationGraphType<TaskStatus>>("status", "Both when left out.")
            .Argument<EnumerationGraphType<Department>>("department", "The service office's choice; one's own when left out.")
            .Paged()
            .ResolveAsync(async context => await Tasks(context))
            .Needs(Scopes.CasesHandle, Scopes.CasesSupervise).FieldType, 10);
        GraphQlCost.Price(query.Field<ItemPreviewGraph>("previewItem").Description("What an application would need, cost and take (智能导办).")
            .Argument<NonNullGraphType<StringGraphType>>("code", "The item's code.")
            .Argument<NonNullGraphType<PreviewItemInput>>("input", "Who would apply, and with what.")
            .ResolveAsync(async context => await Preview(context)).FieldType, 5);
    }

    internal static async Task<SeenCase?> Find(IResolveFieldContext context, Guid id, DateTimeOffset? asOf)
    {
        await using var session = context.Service<IDocumentStore>().QuerySession();
        var seen = await session.FindCase(id, context.Service<Caller>().Actor, asOf, context.CancellationToken);
        return seen is null ? null : SeenCase.Of(seen, context);
    }

    private static async Task<GraphPage<SeenCase>> Cases(IResolveFieldContext context)
    {
        var page = context.Page(ListCases.List);
        var filter = new CaseFilter(
            context.GetArgument<CaseStatus?>("status"), context.GetArgument<string?>("item"), context.GetArgument<Department?>("department"),
            context.GetArgument<DateOnly?>("submittedFrom"), context.GetArgument<DateOnly?>("submittedTo"));
        var (session, viewer, cursors) = (context.Service<IQuerySession>(), context.Service<Caller>().Actor, context.Service<Cursors>());
        var (cases, hasNext) = await ListCases.Find(session, context.Service<KnownCases>(), viewer, filter, page, context.CancellationToken);
        return new GraphPage<SeenCase>(
            [.. cases.Select(c => SeenCase.Of(c, context))], c => cursors.Sign(ListCases.List, c.View.Id.ToString()), hasNext,
            () => ListCases.Count(session, viewer, filter, context.CancellationToken));
    }

    private static async Task<GraphPage<CaseTask>> Tasks(IResolveFieldContext context)
    {
        var page = context.Page(ListTasks.List);
        var cursors = context.Service<Cursors>();
        var (tasks, hasNext) = await ListTasks.Find(
            context.Service<IQuerySession>(), context.Service<KnownCases>(), context.Service<Caller>().Actor, context.GetArgument<TaskStatus?>("status"),
            context.GetArgument<Department?>("department"), page, context.CancellationToken);
        return new GraphPage<CaseTask>(
            [.. tasks.Select(t => new CaseTask(SeenCase.OfTask(t.Case, context), StepView.Of(t.Step), ListTasks.PositionOf(t)))],
            t => cursors.Sign(ListTasks.List, t.Position), hasNext);
    }

    private static async Task<ItemPreview> Preview(IResolveFieldContext context)
    {
        var (preview, refused) = await PreviewItem.Preview(
            context.GetArgument<string>("code"), context.GetArgument<PreviewItemRequest>("input"), context.Service<CurrentCatalogue>(),
            context.Service<IQuerySession>(), context.Service<Caller>(), context.Service<LegalClock>(), context.Service<TimeProvider>(),
            context.CancellationToken);
        return refused is null ? preview! : throw context.Refused(refused);
    }
}
