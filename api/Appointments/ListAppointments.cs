using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Appointments;

/// <summary>Which appointments are wanted; what is null leaves them all.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public sealed record AppointmentFilter(AppointmentStatus? Status = null, string? Hall = null, DateOnly? From = null, DateOnly? To = null)
{
    /// <summary>What cursors are signed for.</summary>
    public string List => string.Create(CultureInfo.InvariantCulture, $"appointments {Status} {Hall} {From:O} {To:O}");
}

/// <summary>GET /v1/appointments: those the caller may see, the latest first.</summary>
public static class ListAppointments
{
    public static void MapListAppointments(this IEndpointRouteBuilder appointments) => appointments.MapGet("", Handle)
        .Needs(Scopes.AppointmentsBook, Scopes.AppointmentsManage)
        .Lists<AppointmentView>("listAppointments", "List appointments, the latest first", AppointmentExamples.Confirmed)
        .WithDescription("Days are days of China Standard Time and included.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, Cursors cursors, ReadLog reads, TimeProvider time, CancellationToken ct,
        [OneOf<AppointmentStatus>, Description("Appointments that stand so.")] string? status = null,
        [Description("Appointments in the hall of this code.")] string? hall = null,
        [DataType(DataType.Date), Description("The first day, YYYY-MM-DD.")] string? from = null,
        [DataType(DataType.Date), Description("The last day, YYYY-MM-DD.")] string? to = null,
        int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var filter = new AppointmentFilter(
            parameters.Enum<AppointmentStatus>(status, "status"), parameters.OneOf(hall, "hall", HallDirectory.Zone.All.Select(h => h.Code)),
            parameters.Day(from, "from"), parameters.Day(to, "to"));
        var page = parameters.Page(cursors, filter.List, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var total = count ? (long?)await Count(session, caller.Actor, filter, time.GetUtcNow(), ct) : null;
        var (found, hasNext) = await Find(session, caller.Actor, filter, page, time.GetUtcNow(), ct);
        reads.Note(caller, http, "appointment", found.Select(a => a.Id));
        var language = Language.Of(http.Request);
        return TypedResults.Ok(http.PageOf<AppointmentView>([.. found.Select(a => AppointmentView.Of(a, language))], hasNext ? cursors.Sign(filter.List, PositionOf(found[^1])) : null, total));
    }

    /// <summary>A page of the appointments a viewer may see, as they stand at an instant, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<Appointment> Found, bool HasNext)> Find(
        IQuerySession session, Actor viewer, AppointmentFilter filter, PageRequest page, DateTimeOffset now, CancellationToken ct)
    {
        var found = Matching(session, viewer, filter, now);
        var (rows, hasNext) = await found.PageOf("starts_at", a => a.StartsAt, a => a.Id, page, ct);
        return ([.. rows.Select(a => a.At(now))], hasNext);
    }

    /// <summary>How many there are on all pages.</summary>
    public static async Task<long> Count(IQuerySession session, Actor viewer, AppointmentFilter filter, DateTimeOffset now, CancellationToken ct) =>
        await Matching(session, viewer, filter, now).LongCountAsync(ct);

    private static IQueryable<Appointment> Matching(IQuerySession session, Actor viewer, AppointmentFilter filter, DateTimeOffset now)
    {
        var found = session.Query<Appointment>().Where(Appointment.VisibleTo(viewer));
        if (filter.Hall is { } hall)
            found = found.Where(a => a.Hall == hall);
        // Columns hold instants in UTC.
        if (filter.From is { } from && LegalClock.MidnightOf(from).ToUniversalTime() is var begin)
            found = found.Where(a => a.StartsAt >= begin);
        if (filter.To is { } to && LegalClock.MidnightOf(to.AddDays(1)).ToUniversalTime() is var end)
            found = found.Where(a => a.StartsAt < end);
        // What time has changed stands so, whether that is recorded yet or not.
        if (filter.Status is { } status)
            found = found.Where(a => a.MatchesSql(
                "case when d.due_at > ? or d.due_at is null then d.data ->> 'status' when d.data ->> 'status' = 'Reserved' then 'Lapsed' else 'NoShow' end = ?", now.ToUniversalTime(), status.ToString()));
        return found;
    }

    /// <summary>Where in the list it stands.</summary>
    public static string PositionOf(Appointment a) => LatestFirst.PositionOf(a.StartsAt, a.Id);
}
