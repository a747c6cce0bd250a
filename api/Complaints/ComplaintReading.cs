using OneDoor.WorkOrders;

namespace OneDoor.Complaints;

/// <summary>GET /v1/complaints/{id}, by token or by code, now or as of a past instant, and its history.</summary>
public static class ComplaintReading
{
    public static readonly Reading<Complaint, ComplaintFact, ComplaintView, ComplaintEvent> One = new(
        "complaint", "a complaint", "投诉", "complaint", "/v1/complaints", ComplaintRefusals.NotFound, Scopes.ComplaintsFile, Scopes.ComplaintsHandle)
    {
        View = async (complaint, to) => ComplaintView.Of(
            complaint, (await to.Services.GetRequiredService<WorkOrderOutcomes>().Of(to.Session, [complaint.Id], to.AsOf, to.Cancelled)).GetValueOrDefault(complaint.Id), to.Viewer, to.Language),
        Facts = Complaint.FactsSeenBy,
        Event = (fact, i, _) => ComplaintEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Code = new(ComplaintOperations.Code, (http, code, id, session, ct) => http.RequestServices.GetRequiredService<ComplaintCodes>()
            .ViewerOf(http, http.RequestServices.GetRequiredService<Caller>(), code, id, session, ct)),
        Shows = (ComplaintExamples.Answered, ComplaintExamples.History),
    };
}
