using System.Globalization;

namespace OneDoor.Notifications;

/// <summary>Which notifications are wanted.</summary>
/// <param name="Unread">Only those that nobody has read.</param>
public sealed record NotificationFilter(bool Unread);

/// <summary>GET /v1/notifications: what the caller was told, the latest first.</summary>
public static class ListNotifications
{
    public static readonly RowList<NotificationView, NotificationFilter> All = new(
        "notifications", "notifications", "List what one was told of what concerns one (通知), the latest first", "What the caller was told of what concerns them (通知), the latest first.", Scopes.NotificationsRead)
    {
        Rows = async (services, filter, page, asked, ct) =>
        {
            (DateTimeOffset, int, Guid)? after = page.After?.Split('/') is [var at, var version, var id]
                ? (new(long.Parse(at, CultureInfo.InvariantCulture), TimeSpan.Zero), int.Parse(version, CultureInfo.InvariantCulture), Guid.Parse(id)) : null;
            var rows = await services.GetRequiredService<NotificationTable>().Of(WaysOf(services), filter.Unread, after, page.First + 1, ct);
            return rows.Select(n => new Listed<NotificationView>(NotificationView.Of(n, asked.Language), string.Create(CultureInfo.InvariantCulture, $"{n.At.UtcTicks}/{n.Version}/{n.Id}"))).CutTo(page);
        },
        Total = (services, filter, ct) => services.GetRequiredService<NotificationTable>().Count(WaysOf(services), filter.Unread, ct),
        Says = "Of cases one applies for, licences one holds, visits and complaints under one's name. With `unread=true` and `count=true` the total is how many are unread.",
    };

    private static string[] WaysOf(IServiceProvider services) => Inboxes.WaysTo(services.GetRequiredService<Caller>().Actor);
}
