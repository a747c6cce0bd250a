using System.ComponentModel;
using Marten;
using Microsoft.AspNetCore.Mvc;
using OneDoor.Cases;
using OneDoor.Clock;

namespace OneDoor.Standing;

/// <summary>GET /v1/standing, one's own or, for departments, somebody's, and each of its records.</summary>
public static class GetStanding
{
    public static readonly Reading<CreditRecord, CreditFact, CreditRecordView, CreditEvent> Record = new(
        "creditRecord", "a credit record", "失信记录", "credit", "/v1/standing/records", CreditRefusals.NotFound, Scopes.CasesRead, Scopes.CasesHandle, Scopes.SupervisionHandle)
    {
        View = (record, _) => new(CreditRecordView.Of(record)),
        Event = (fact, i, _) => CreditEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (StandingExamples.Record, StandingExamples.History),
    };

    public static void MapGetStanding(this IEndpointRouteBuilder v1) => v1.MapGet("/standing", Handle)
        .WithTags("Standing")
        .Needs(Scopes.CasesRead, Scopes.CasesHandle, Scopes.SupervisionHandle)
        .Reads<StandingView>("getStanding", "Read what somebody did not keep, and what that bars them from", StandingExamples.Standing)
        .WithDescription($"One's own; a department names somebody by the header {CaseFilter.ApplicantHeader}.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, FoundTable found, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct,
        [FromHeader(Name = CaseFilter.ApplicantHeader), Description("Whose, by unified social credit code or citizen identity number; of others kind:number, or kind:country:number.")] string? applicant = null)
    {
        var parameters = new Parameters();
        var named = CaseFilter.ApplicantOf(parameters, applicant, CaseFilter.ApplicantHeader);
        if ((parameters.Refused ?? Refused(caller.Actor, named)) is { } refused)
            return refused.ToProblem();
        var (standing, records) = await Of(caller.Actor, named, session, found, time.GetUtcNow(), ct);
        reads.Note(caller, http, "credit", records);
        return etags.Ok(http, standing);
    }

    /// <summary>Why nobody's standing is to be read; null when somebody's is.</summary>
    public static Refusal? Refused(Actor viewer, string? named) =>
        viewer.Department is null ? viewer.Applicant is null || (named is not null && named != viewer.Applicant) ? CreditRefusals.NobodyNamed : null
        : named is null ? CreditRefusals.NobodyNamed : null;

    /// <summary>The standing of whom the viewer asks for.</summary>
    public static async Task<(StandingView Standing, IReadOnlyList<Guid> Records)> Of(
        Actor viewer, string? named, IQuerySession session, FoundTable found, DateTimeOffset now, CancellationToken ct)
    {
        string[] whose = [viewer.Department is null ? viewer.Applicant! : named!];
        var records = await KeptRecords.RecordsOf(session, whose, ct);
        return (StandingView.Of(records, await found.BarsOf(whose, viewer, now, session, ct), LegalClock.DayOf(now)), [.. records.Select(r => r.Id)]);
    }
}
