using System.ComponentModel;
using Marten;
using OneDoor.Clock;

namespace OneDoor.Complaints;

/// <summary>GET /v1/complaints/figures: what becomes of complaints, for the service office's supervisors.</summary>
public static class GetComplaintFigures
{
    public const string Does = "Read what became of complaints, by the department they are about";

    private const int MostDays = 366;

    public static void MapComplaintFigures(this IEndpointRouteBuilder complaints) => complaints.MapGet("/figures", Handle)
        .Needs(Scopes.ComplaintsHandle)
        .Reads<ComplaintFigures>("getComplaintFigures", $"{Does} (投诉统计)", ComplaintExamples.Figures)
        .WithDescription($"For supervisors of the service office. Days are days of China Standard Time and included, {MostDays} at most; a complaint counts on the day on which it was filed. What could tell of fewer than {ComplaintFigures.Least} complaints is null.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, Etags etags, LegalClock clock, TimeProvider time,
        [Description("The first day, YYYY-MM-DD.")] DateOnly from, [Description("The last day, YYYY-MM-DD.")] DateOnly to, CancellationToken ct)
    {
        var (figures, refused) = await Find(caller.Actor, session, clock, time, from, to, ct);
        return refused?.ToProblem() ?? etags.Ok(http, figures!);
    }

    /// <summary>The figures of some days, or why there are none for the caller.</summary>
    public static async Task<(ComplaintFigures? Figures, Refusal? Refused)> Find(
        Actor viewer, IQuerySession session, LegalClock clock, TimeProvider time, DateOnly from, DateOnly to, CancellationToken ct)
    {
        if (viewer.Department != Department.ServiceOffice)
            return (null, ComplaintRefusals.NotYoursToHandle);
        if (!viewer.IsSupervisor)
            return (null, ComplaintRefusals.NeedsSupervisor);
        var parameters = new Parameters();
        parameters.Days(from, to, MostDays);
        if (parameters.Refused is { } refused)
            return (null, refused);
        var (begin, end, now) = (LegalClock.MidnightOf(from).ToUniversalTime(), LegalClock.MidnightOf(to.AddDays(1)).ToUniversalTime(), time.GetUtcNow());
        var filed = await RowsOf(session, begin, end, ct);
        return (ComplaintFigures.Of(from, to, [.. filed.Select(c => c.At(now))], clock), null);
    }

    /// <summary>What figures count of the complaints filed between two instants: what <see cref="ComplaintRow.Of"/> takes of each, and none of its texts.</summary>
    public static Task<IReadOnlyList<ComplaintRow>> RowsOf(IQuerySession session, DateTimeOffset begin, DateTimeOffset end, CancellationToken ct) => session.AdvancedSql.QueryAsync<ComplaintRow>($$"""
        select jsonb_build_object('units', data -> 'units', 'status', data -> 'status', 'missed', data -> 'missed', 'wakeAt', data -> 'wakeAt', 'acceptedAt', data -> 'acceptedAt',
            'answeredAt', data #> '{answers,0,at}', 'finding', data #> '{answers,-1,finding}', 'satisfied', data #> '{answers,-1,satisfied}', 'reopenedAt', data -> 'reopenedAt')
        from {{Store.Schema}}.mt_doc_complaint where filed_at >= ? and filed_at < ?
        """, ct, begin, end);
}
