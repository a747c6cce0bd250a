using OneDoor.Graph;

namespace OneDoor.Appointments;

/// <summary>Appointments in the halls (预约), and for which times the halls take them.</summary>
public static class AppointmentsModule
{
    // An index in the order of lists: what is equal in it is sorted by id.
    private const string Ordered = "?, starts_at, id";

    public static void AddAppointments(this WebApplicationBuilder builder)
    {
        builder.Stores<Schedule, ScheduleFact>();
        builder.Stores<Appointment, AppointmentFact>(appointments => appointments
            .Duplicate(a => a.StartsAt, configure: index => index.Mask = "?, id")
            .Duplicate(a => a.Hall, configure: index => index.Mask = Ordered)
            .Duplicate(a => a.ApplicantKey, configure: index => index.Mask = Ordered)
            .Duplicate(a => a.BookedBy, configure: index => index.Mask = Ordered));
        builder.Services.AddSingleton(builder.Configuration.Read<BookingOptions>("Appointments"));
        builder.Services.AddSingleton(new HallSchedules(builder.Environment.IsDevelopment() ? ItemGroups.SampleSchedule : []));
        builder.Services.AddScoped<AppointmentChanges>();
        builder.Services.AddScoped<ScheduleChanges>();
        builder.Sweeps<Appointment, AppointmentFact>(a => a.DueAt);
        builder.Tells(AppointmentReading.One, (appointment, listener, _) => AppointmentView.Of(appointment, listener.Language));
        builder.Tells<Schedule, ScheduleFact, ScheduleView>("hall", schedule => $"/v1/halls/{schedule.Hall}/schedule",
            (schedule, listener, services) => ScheduleView.Of(services.GetRequiredService<HallSchedules>().Whole(schedule), listener.Language));
        builder.Services.AddSingleton(new ContractTag("Appointments", "Places in a hall at a time (预约). Nobody needs one to be served."));
        builder.AddGraph(AppointmentGraph.Add);
    }

    public static void MapAppointments(this IEndpointRouteBuilder v1)
    {
        var appointments = v1.MapGroup(AppointmentReading.One).WithTags("Appointments");
        var door = new RestDoor<AppointmentChanges, AppointmentCommand, AppointmentView>(appointments);
        door.Begin(AppointmentOperations.Reserve);
        appointments.MapList(ListAppointments.All);
        appointments.MapReading(AppointmentReading.One);
        AppointmentOperations.All.OpenTo(door);
        var halls = v1.MapGroup("/halls").WithTags("Appointments");
        halls.MapListSlots();
        halls.MapSchedule();
    }
}
