using Marten;
using OneDoor.Appointments;
using OneDoor.Cases;
using OneDoor.Complaints;
using OneDoor.Graph;
using OneDoor.Licences;
using OneDoor.Supervision;
using OneDoor.Tickets;
using OneDoor.WorkOrders;

namespace OneDoor.Notifications;

/// <summary>What people are told of what concerns them (通知): written with the facts, read in an inbox.</summary>
public static class NotificationsModule
{
    public static void AddNotifications(this WebApplicationBuilder builder)
    {
        var mail = builder.Configuration.Read<MailOptions>("Mail");
        if (mail.IsOn && mail.Tls == MailTls.None && !builder.Environment.IsDevelopment())
            throw new InvalidOperationException("Mail: outside development the connection to the server has TLS.");
        var sms = builder.Configuration.Read<SmsOptions>("Sms");
        if (sms.IsOn && !builder.Environment.IsDevelopment() && !sms.Gateway!.StartsWith("https://", StringComparison.Ordinal))
            throw new InvalidOperationException("Sms: outside development Gateway is https.");
        NotificationChannel[] sent = [.. mail.IsOn ? [NotificationChannel.Email] : Array.Empty<NotificationChannel>(), .. sms.IsOn ? [NotificationChannel.Sms] : Array.Empty<NotificationChannel>()];
        var offered = new OfferedChannels(sent);
        builder.Stores<NotificationPreferences, NotificationPreferencesFact>();
        builder.Services.ConfigureMarten(marten =>
        {
            marten.Storage.ExtendedSchemaObjects.Add(NotificationTable.Schema);
            marten.Storage.ExtendedSchemaObjects.AddRange(MailTable.Schema);
        });
        builder.Services.AddSingleton(offered);
        builder.Services.AddSingleton<AskedAddresses>();
        builder.Services.AddSingleton(services => MailTable.Written(offered, services.GetRequiredService<AskedAddresses>()));
        builder.Services.AddSingleton(MailTable.Rebuilt);
        builder.Services.AddSingleton<NotificationTable>();
        builder.Services.AddSingleton<NotificationNews>();
        builder.Services.AddSingleton(NotificationTable.Erased);
        builder.Services.AddSingleton(mail);
        builder.Services.AddSingleton<MailTable>();
        builder.Services.AddSingleton(MailTable.Erased);
        builder.Services.AddSingleton<MailLinks>();
        builder.Services.AddSingleton<Letters>();
        builder.Services.AddSingleton(sms);
        builder.Services.AddSingleton<SmsWords>();
        builder.Services.AddSingleton<SmsCodes>();
        builder.Services.AddSingleton<LetterTools>();
        if (mail.IsOn)
            builder.Services.AddHostedService<SendMail>();
        if (sms.IsOn)
            builder.Services.AddHostedService<SendSms>();
        foreach (var channel in sent)
            builder.Services.AddSingleton(MailTable.LagOf(channel));
        foreach (var channel in MailTable.Outside)
            builder.Services.AddSingleton(MailTable.ParkedOf(channel));
        builder.Services.AddScoped<NotificationChanges>();
        builder.Services.AddScoped<NotificationPreferencesChanges>();
        builder.Services.AddSingleton(NotificationTable.Written<Case, CaseFact>(CaseChanges.Resource.Name, c => $"{CaseChanges.Resource.Address}/{c.Id}", CaseNotifications.Of, sent));
        builder.Services.AddSingleton(NotificationTable.Written(LicenceReading.One, LicenceNotifications.Of, sent));
        builder.Services.AddSingleton(NotificationTable.Written(SupervisionReading.One, SupervisionNotifications.Of, sent));
        builder.Services.AddSingleton(NotificationTable.Written(ComplaintReading.One, ComplaintNotifications.Of, sent));
        builder.Services.AddSingleton(NotificationTable.Written(AppointmentReading.One, AppointmentNotifications.Of, sent));
        builder.Services.AddSingleton(NotificationTable.Written(TicketReading.One, TicketNotifications.Of, sent));
        builder.Services.AddSingleton(NotificationTable.Written(WorkOrderReading.One, WorkOrderNotifications.Of, sent));
        builder.Services.AddSingleton(new ContractTag("Notifications", "What people are told of what concerns them (通知)."));
        builder.AddGraph(NotificationGraph.Add);
    }

    public static void MapNotifications(this IEndpointRouteBuilder v1)
    {
        if (v1.ServiceProvider.GetRequiredService<OfferedChannels>().Outside.Count > 0 && v1.ServiceProvider.GetRequiredService<PublicAddress>().Set is null)
            throw new InvalidOperationException("Platform__Address has to be set: the links in letters and text messages lead there.");
        var notifications = v1.MapGroup("/notifications").WithTags("Notifications");
        notifications.MapList(ListNotifications.All, NotificationExamples.Unread);
        notifications.MapReadNotification();
        v1.MapGroup(SetPreferences.Resource).WithTags("Notifications").MapPreferences();
    }
}
