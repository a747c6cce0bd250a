using Marten;
using OneDoor.Appointments;
using OneDoor.Cases;
using OneDoor.Complaints;
using OneDoor.Graph;
using OneDoor.Licences;
using OneDoor.Platform;

namespace OneDoor.Notifications;

/// <summary>What people are told of what concerns them (通知): written with the facts, read in an inbox.</summary>
public static class NotificationsModule
{
    public static void AddNotifications(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(marten => marten.Storage.ExtendedSchemaObjects.Add(NotificationTable.Schema));
        builder.Services.AddSingleton<NotificationTable>();
        builder.Services.AddSingleton(NotificationTable.Erased);
        builder.Services.AddScoped<NotificationChanges>();
        builder.Services.AddSingleton(NotificationTable.Written<Case, CaseFact>("case", c => $"/v1/cases/{c.Id}", fact => fact.At, CaseNotifications.Of));
        builder.Services.AddSingleton(NotificationTable.Written<Licence, LicenceFact>("licence", l => $"/v1/licences/{l.Number}", fact => fact.At, LicenceNotifications.Of));
        builder.Services.AddSingleton(NotificationTable.Written<Complaint, ComplaintFact>("complaint", c => $"/v1/complaints/{c.Id}", fact => fact.At, ComplaintNotifications.Of));
        builder.Services.AddSingleton(NotificationTable.Written<Appointment, AppointmentFact>("appointment", a => $"/v1/appointments/{a.Id}", fact => fact.At, AppointmentNotifications.Of));
        builder.Services.AddSingleton(new ContractTag("Notifications", "What people are told of what concerns them (通知)."));
        builder.AddGraph(NotificationGraph.Add);
    }

    public static void MapNotifications(this IEndpointRouteBuilder v1)
    {
        var notifications = v1.MapGroup("/notifications").WithTags("Notifications");
        notifications.MapListNotifications();
        notifications.MapReadNotification();
    }
}
