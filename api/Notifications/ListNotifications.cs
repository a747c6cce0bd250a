using System.ComponentModel;
using System.Globalization;

namespace OneDoor.Notifications;

/// <summary>GET /v1/notifications: what the caller was told, the latest first.</summary>
public static class ListNotifications
{
    public static void MapListNotifications(this IEndpointRouteBuilder notifications) => notifications.MapGet("", Handle)
        .Needs(Scopes.NotificationsRead)
        .Lists<NotificationView>("listNotifications", "List what one was told of what concerns one (通知), the latest first", NotificationExamples.Unread)
        .WithDescription("Of cases one applies for, licences one holds, visits and complaints under one's name. With `unread=true` and `count=true` the total is how many are unread.");

    /// <summary>What cursors are signed for.</summary>
    public static string List(bool unread) => $"notifications {unread}";

    /// <summary>Where in the list it stands.</summary>
    public static string PositionOf(StoredNotification n) => string.Create(CultureInfo.InvariantCulture, $"{n.At.UtcTicks}/{n.Version}/{n.Id}");

    /// <summary>A page of them, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<StoredNotification> Found, bool HasNext)> Find(this NotificationTable table, Actor viewer, bool unread, PageRequest page, CancellationToken ct)
    {
        (DateTimeOffset, int, Guid)? after = page.After?.Split('/') is [var at, var version, var id]
            ? (new(long.Parse(at, CultureInfo.InvariantCulture), TimeSpan.Zero), int.Parse(version, CultureInfo.InvariantCulture), Guid.Parse(id)) : null;
        var rows = await table.Of(Inboxes.WaysTo(viewer), unread, after, page.First + 1, ct);
        return ([.. rows.Take(page.First)], rows.Count > page.First);
    }

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, NotificationTable table, Cursors cursors, Parameters parameters, CancellationToken ct,
        [Description("Only those that nobody has read.")] bool unread = false, int? first = null, string? after = null, bool count = false)
    {
        var page = parameters.Page(cursors, List(unread), first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var total = count ? (long?)await table.Count(Inboxes.WaysTo(caller.Actor), unread, ct) : null;
        var (found, hasNext) = await table.Find(caller.Actor, unread, page, ct);
        var language = Language.Of(http.Request);
        return TypedResults.Ok(http.PageOf<NotificationView>([.. found.Select(n => NotificationView.Of(n, language))], hasNext ? cursors.Sign(List(unread), PositionOf(found[^1])) : null, total));
    }
}
