using Marten;
using OneDoor.Graph;

namespace OneDoor.Complaints;

/// <summary>Complaints about how services were rendered (效能投诉).</summary>
public static class ComplaintsModule
{
    // What the store itself notes of when something was stored: of complaints it is the day and no more (decision 0037).
    private static readonly SchemaStep Days = new($"""
        create or replace function {Store.Schema}.day_alone() returns trigger language plpgsql as $day$ begin
            new.timestamp = date_trunc('day', new.timestamp, 'UTC');
            if tg_table_name = 'mt_streams' then new.created = date_trunc('day', new.created, 'UTC'); end if;
            return new;
        end $day$;
        create or replace trigger day_alone before insert or update on {Store.Schema}.mt_events for each row when (new.type like 'complaint\_%') execute function {Store.Schema}.day_alone();
        create or replace trigger day_alone before insert or update on {Store.Schema}.mt_streams for each row when (new.type = 'complaint') execute function {Store.Schema}.day_alone();
        """);

    public static void AddComplaints(this WebApplicationBuilder builder)
    {
        builder.Stores<Complaint, ComplaintFact>(complaints => complaints
            .Metadata(m => m.LastModified.Enabled = false)
            .Duplicate(c => c.FiledAt, configure: index => index.Mask = "?, id")
            .Duplicate(c => c.FiledBy, configure: index => index.Mask = "?, filed_at, id")
            .GinIndexJsonDataMember(c => c.Units));
        builder.Services.ConfigureMarten((services, marten) => marten.Listeners.Add(services.GetRequiredService<ComplaintMetrics>()));
        builder.Services.AddSingleton(Days);
        builder.Services.AddSingleton(builder.Configuration.Read<ComplaintOptions>("Complaints"));
        builder.Services.AddSingleton(AttachFiles.Carrier);
        builder.Services.AddSingleton(AttachFiles.Written);
        builder.Services.AddSingleton<ComplaintCodes>();
        builder.Services.AddSingleton<ComplaintMetrics>();
        builder.Services.AddScoped<ComplaintChanges>();
        builder.Sweeps<Complaint, ComplaintFact>(c => c.WakeAt);
        builder.Tells(ComplaintReading.One, (complaint, listener, _) => ComplaintView.Of(complaint, order: null, listener.Viewer, listener.Language),
            // Between what happened before and after it stands when a complainant did something: of an anonymous one that is nobody's to know, and of others no department's (decisions 0037 and 0038).
            (past, version, viewer, now) => past[^1].State.SeenBy(viewer, now) is not { } seen || (Complaint.IsComplainants(past[version - 1].Fact) && seen.FiledBy is null)
                ? null : past[version - 1].State.SeenBy(viewer, past[version - 1].Fact.At));
        builder.Services.AddSingleton(new ContractTag("Complaints", "Complaints about how a service was rendered (效能投诉), with a name or without."));
        builder.AddGraph(ComplaintGraph.Add);
    }

    public static void MapComplaints(this IEndpointRouteBuilder v1)
    {
        var complaints = v1.MapGroup(ComplaintReading.One).WithTags("Complaints");
        var door = new RestDoor<ComplaintChanges, ComplaintCommand, ComplaintView>(complaints);
        door.Begin(ComplaintOperations.File);
        complaints.MapList(ListComplaints.All);
        complaints.MapComplaintFigures();
        complaints.MapReading(ComplaintReading.One);
        ComplaintOperations.All.OpenTo(door);
    }
}
