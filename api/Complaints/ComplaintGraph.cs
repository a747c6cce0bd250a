using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Clock;
using OneDoor.Graph;

namespace OneDoor.Complaints;

/// <summary>Complaints in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class ComplaintGraph
{
    public static void Add(GraphRoots roots)
    {
        var complaint = roots.Shape<ComplaintView>("Complaint", nameof(ComplaintView.Id));
        roots.Reads(ComplaintReading.One, complaint);
        roots.Shape<ComplaintAboutView>("ComplaintAbout");
        roots.Shape<ComplaintAnswerView>("ComplaintAnswer");
        roots.Lists(ListComplaints.All, complaint);
        AddQueries(roots.Query);
        var door = new GraphOperations<ComplaintChanges, ComplaintCommand, ComplaintView>(roots, ComplaintReading.One);
        door.Begin(ComplaintOperations.File);
        ComplaintOperations.All.OpenTo(door);
    }

    private static void AddQueries(ObjectGraphType query)
    {
        query.Field<ComplaintFigures>("complaintFigures", nullable: true).Description($"{GetComplaintFigures.Does} (投诉统计).")
            .Argument<NonNullGraphType<DayGraph>>("from", "The first day.")
            .Argument<NonNullGraphType<DayGraph>>("to", "The last day.")
            .ResolveAsync(async context => context.Found(await GetComplaintFigures.Find(
                context.Service<Caller>().Actor, context.Service<IQuerySession>(), context.Service<LegalClock>(), context.Service<TimeProvider>(),
                context.GetArgument<DateOnly>("from"), context.GetArgument<DateOnly>("to"), context.CancellationToken)))
            .Needs(Scopes.ComplaintsHandle).Costs(10);
    }
}
