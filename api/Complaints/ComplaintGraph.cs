using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Clock;
using OneDoor.Graph;
using OneDoor.Platform;
using OneDoor.WorkOrders;

namespace OneDoor.Complaints;

/// <summary>Complaints in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class ComplaintGraph
{
    public static void Add(GraphRoots roots)
    {
        var complaint = roots.Shape<ComplaintView>("Complaint", nameof(ComplaintView.Id));
        roots.Reads(ComplaintReading.One, complaint);
        roots.Shape<ComplaintAbout>("ComplaintAbout");
        roots.Shape<ComplaintWindow>("ComplaintWindow");
        roots.Shape<ComplaintContact>("ComplaintContact");
        roots.Shape<ComplaintReturn>("ComplaintReturn");
        roots.Shape<ComplaintAnswerView>("ComplaintAnswer");
        roots.Shape<ComplaintEvent>("ComplaintEvent");
        roots.Shape<ComplaintFigures>("ComplaintFigures");
        roots.Shape<ComplaintUnitFigures>("ComplaintUnitFigures");
        roots.Shape<ComplaintRatio>("ComplaintRatio");
        roots.Shape<ComplaintFindings>("ComplaintFindings");
        roots.Connection<ComplaintView>("Complaint", "A page of complaints.");
        roots.Input<ComplaintAbout>("ComplaintAboutInput");
        roots.Input<ComplaintWindow>("ComplaintWindowInput");
        roots.Input<ComplaintContact>("ComplaintContactInput");
        AddQueries(roots.Query);
        var door = new GraphOperations<ComplaintChanges, ComplaintCommand, ComplaintView>(
            roots, "/v1/complaints", ComplaintReading.One.Name, ComplaintRefusals.NotFound, answer => answer.Read<ComplaintView>());
        door.Begin<FileComplaint>(
            "fileComplaint", "Complain about how a service was rendered (投诉)", "The complaint.", (changes, input, ct) => changes.File(input, ct),
            input => input.Anonymous, FileComplaintEndpoint.Unless, Scopes.ComplaintsFile);
        ComplaintOperations.All.OpenTo(door);
    }

    private static void AddQueries(ObjectGraphType query)
    {
        query.Field<GraphPage<ComplaintView>>("complaints", nullable: true).Description("The complaints the caller sees, the latest first.")
            .Argument<EnumerationGraphType<ComplaintStatus>>("status", "Complaints that stand so.")
            .Argument<BooleanGraphType>("overdue", "Only those of which what is owed is late.")
            .Paged()
            .ResolveAsync(async context => await Complaints(context))
            .Needs(ComplaintReading.One.Scopes).Costs(10);
        query.Field<ComplaintFigures>("complaintFigures", nullable: true).Description($"{GetComplaintFigures.Does} (投诉统计).")
            .Argument<NonNullGraphType<DayGraph>>("from", "The first day.")
            .Argument<NonNullGraphType<DayGraph>>("to", "The last day.")
            .ResolveAsync(async context =>
            {
                var (figures, refused) = await GetComplaintFigures.Find(
                    context.Service<Caller>().Actor, context.Service<IQuerySession>(), context.Service<LegalClock>(), context.Service<TimeProvider>(),
                    context.GetArgument<DateOnly>("from"), context.GetArgument<DateOnly>("to"), context.CancellationToken);
                return refused is null ? figures : throw context.Refused(refused);
            })
            .Needs(Scopes.ComplaintsHandle).Costs(10);
    }

    private static async Task<GraphPage<ComplaintView>> Complaints(IResolveFieldContext context)
    {
        var filter = new ComplaintFilter(context.GetArgument<ComplaintStatus?>("status"), context.GetArgument<bool?>("overdue") == true);
        var (session, viewer, now) = (context.Service<IQuerySession>(), context.Service<Caller>().Actor, context.Service<TimeProvider>().GetUtcNow());
        var (found, hasNext) = await ListComplaints.Find(session, viewer, filter, context.Page(filter.List), now, context.CancellationToken);
        context.NoteRead(ComplaintReading.One.Noted, found.Select(c => c.Id));
        var (cursors, positions) = (context.Service<Cursors>(), found.ToDictionary(c => c.Id, ListComplaints.PositionOf));
        return new GraphPage<ComplaintView>(
            await ListComplaints.Shown(session, context.Service<WorkOrderOutcomes>(), found, viewer, context.Language(), context.CancellationToken), c => cursors.Sign(filter.List, positions[c.Id]), hasNext,
            () => ListComplaints.Count(session, viewer, filter, now, context.CancellationToken));
    }
}
