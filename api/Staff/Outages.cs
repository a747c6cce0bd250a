using OneDoor.Clock;

namespace OneDoor.Staff;

/// <summary>A time in which a system was down (系统故障): what was late because of it counts against nobody.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Version">Always 1: it is never changed.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Hall">Code of the hall where it was; null for all.</param>
/// <param name="Reason">What was down, and why.</param>
public sealed record OutageView(Guid Id, int Version, DateTimeOffset From, DateTimeOffset Until, string? Hall, string Reason)
{
    public static OutageView Of(Outage o) => new(o.Id, o.Version, o.FromAt, o.UntilAt, o.Hall, o.Reason);
}

/// <summary>Records outages.</summary>
public sealed class OutageChanges(ChangeTools tools, LegalClock clock) : Changes<Outage, OutageFact, OutageCommand>(tools, Outages.One)
{
    protected override object View(Outage seen, int version, string language) => OutageView.Of(seen);

    protected override Task<Decision<OutageFact>> Decide(Outage? before, OutageCommand command, CancellationToken ct) =>
        Task.FromResult(Outage.Decide(before, command, new OutageAsking(Tools.Caller.Actor, clock, Tools.Now) { New = Guid.CreateVersion7(Tools.Now) }));
}

/// <summary>POST and GET /v1/staff/outages (PERF-1).</summary>
public static class Outages
{
    public static readonly Reading<Outage, OutageFact, OutageView, RecordEvent> One = new(
        "outage", "an outage", "系统故障", "outage", "/v1/staff/outages", OutageRefusals.NotFound, GetPerformance.Reading)
    {
        View = (outage, _) => new(OutageView.Of(outage)),
        Event = (fact, i, _) => RecordEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (StaffExamples.WasDown, StaffExamples.HistoryOfDown),
    };

    public static readonly Beginning<OutageChanges, RecordOutage> Record = new(
        "recordOutage", "Record that a system was down, by a supervisor of the service office (系统故障)", "The outage.",
        "A case that was under way in that time and was late is out of the figures of staff that judge by time. It stays in all other figures, and late for its applicant.",
        new(StaffExamples.Down, StaffExamples.WasDown), (changes, command, ct) => changes.Begin(command, ct), Scopes.CasesSupervise);

    public static readonly ThingList<Outage, OutageFact, OutageView, RecordEvent, Unfiltered> All = new(One, "outages", "outages")
    {
        By = new("from_at", o => o.FromAt, o => o.Id),
        // What Outage.SeenBy says, in the query itself.
        Matching = (session, viewer, _, _) => viewer.Department is null ? session.Query<Outage>().Where(o => false) : session.Query<Outage>(),
        Says = "For departments and their staff, all of them.",
    };

    public static void MapOutages(this IEndpointRouteBuilder v1)
    {
        var outages = v1.MapGroup(One).WithTags("Staff");
        new RestDoor<OutageChanges, OutageCommand, OutageView>(outages).Begin(Record);
        outages.MapList(All);
        outages.MapReading(One);
    }
}
