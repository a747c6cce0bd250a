using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using Microsoft.AspNetCore.Mvc;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Standing;

/// <summary>GET /v1/standing, one's own or, for departments, somebody's, and each of its records.</summary>
public static class GetStanding
{
    public static void MapGetStanding(this IEndpointRouteBuilder v1) => v1.MapGet("/standing", Handle)
        .WithTags("Standing")
        .Needs(Scopes.CasesRead, Scopes.CasesHandle, Scopes.SupervisionHandle)
        .WithName("getStanding")
        .WithSummary("Read what somebody did not keep, and what that bars them from")
        .WithDescription($"One's own; a department names somebody by the header {CaseFilter.ApplicantHeader}.")
        .Produces<StandingView>()
        .Shows(request: null, StandingExamples.Standing)
        .Refuses(400);

    public static void MapGetCreditRecord(this IEndpointRouteBuilder records)
    {
        records.MapGet("/{id:guid}", One)
            .Needs(Scopes.CasesRead, Scopes.CasesHandle, Scopes.SupervisionHandle)
            .ReadsOne<CreditRecordView>("getCreditRecord", "Read a credit record, now or as of a past instant", StandingExamples.Record);
        records.MapGet("/{id:guid}/history", History)
            .Needs(Scopes.CasesRead, Scopes.CasesHandle, Scopes.SupervisionHandle)
            .ReadsOne<CreditHistory>("getCreditRecordHistory", "Read what happened to a credit record, in order", StandingExamples.History);
    }

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, FoundTable found, ReadLog reads, TimeProvider time, CancellationToken ct,
        [FromHeader(Name = CaseFilter.ApplicantHeader), Description("Whose, by unified social credit code or citizen identity number; of others kind:number, or kind:country:number.")] string? applicant = null)
    {
        var parameters = new Parameters();
        var named = CaseFilter.ApplicantOf(parameters, applicant, CaseFilter.ApplicantHeader);
        if ((parameters.Refused ?? Refused(caller.Actor, named)) is { } refused)
            return refused.ToProblem();
        var (standing, records) = await Of(caller.Actor, named, session, found, time.GetUtcNow(), ct);
        reads.Note(caller, http, "credit", records);
        return TypedResults.Ok(standing);
    }

    private static async Task<IResult> One(
        Guid id, HttpContext http, Caller caller, IQuerySession session, StoredFacts facts, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct,
        [DataType(DataType.DateTime), Description("An instant with its offset: the record as it was then.")] string? asOf = null)
    {
        var parameters = new Parameters();
        var instant = parameters.Instant(asOf, "asOf");
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        if (await session.FindCreditRecord(facts, id, caller.Actor, instant, time.GetUtcNow(), ct) is not { } seen)
            return CreditRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "credit", [id]);
        return etags.Ok(http, id, seen.Version, CreditRecordView.Of(seen));
    }

    private static async Task<IResult> History(Guid id, HttpContext http, Caller caller, IQuerySession session, StoredFacts facts, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct)
    {
        if (await session.FindCreditRecord(facts, id, caller.Actor, null, time.GetUtcNow(), ct) is not { } seen)
            return CreditRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "credit", [id]);
        return etags.Ok(http, id, seen.Version, new CreditHistory(await facts.HistoryOfRecord(id, ct)));
    }

    /// <summary>The record as the viewer may see it, as it stands now or stood then; null when it does not exist for them.</summary>
    public static async Task<CreditRecord?> FindCreditRecord(
        this IQuerySession session, StoredFacts facts, Guid id, Actor viewer, DateTimeOffset? asOf, DateTimeOffset now, CancellationToken ct)
    {
        if (id == Guid.Empty || (await session.LoadAsync<CreditRecord>(id, ct))?.SeenBy(viewer, now) is not { } found)
            return null;
        return asOf is { } then && then < now ? await facts.AsOf<CreditRecord, CreditFact>(id, then, ct) : found;
    }

    /// <summary>What has happened to a record.</summary>
    public static async Task<IReadOnlyList<CreditEvent>> HistoryOfRecord(this StoredFacts stored, Guid id, CancellationToken ct) =>
        [.. (await stored.Of<CreditFact>(id, ct)).Select(CreditEvent.Of)];

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
        return (StandingView.Of(records, await found.BarsOf(whose, session, ct), LegalClock.DayOf(now)), [.. records.Select(r => r.Id)]);
    }
}
