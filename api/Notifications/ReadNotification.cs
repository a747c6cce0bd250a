using System.Text.Json;

namespace OneDoor.Notifications;

/// <summary>Saying that one has read what one was told.</summary>
public sealed record ReadNotification : ICommand;

/// <summary>Notes what was read. Whatever version somebody saw: what is read is read.</summary>
public sealed class NotificationChanges(ChangeTools tools, NotificationTable table) : IChanges<ReadNotification>
{
    public async Task<IResult> Apply(Guid id, string? ifMatch, object? body, ReadNotification command, CancellationToken ct) => (await Change(id, ifMatch, body, command, ct)).ToResult();

    public Task<Outcome> Change(Guid id, string? ifMatch, object? body, ReadNotification command, CancellationToken ct) => tools.Idempotency.Once(
        body,
        async () =>
        {
            if (await table.Find(id, Inboxes.WaysTo(tools.Caller.Actor), ct) is not { } found)
                return NotificationRefusals.NotFound;
            // As the database keeps it: to the microsecond.
            var now = new DateTimeOffset(tools.Now.Ticks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
            NotificationTable.Read(tools.Session, id, now);
            var language = Language.Of(tools.Http.Request);
            var view = NotificationView.Of(found with { ReadAt = found.ReadAt ?? now }, language);
            var shown = JsonSerializer.SerializeToUtf8Bytes(view, RestJson.Options);
            return (Outcome)new Answer(StatusCodes.Status200OK, null, tools.Etags.Of(id, 2, language, tools.Caller.Actor, shown), shown) { Shown = view };
        },
        ct);
}

/// <summary>POST /v1/notifications/{id}/reading.</summary>
public static class ReadNotificationRoute
{
    public static void MapReadNotification(this IEndpointRouteBuilder notifications) => notifications.MapPost("/{id:guid}/reading", (Guid id, NotificationChanges changes, CancellationToken ct) =>
            changes.Apply(id, ifMatch: null, body: null, new(), ct))
        .Needs(Scopes.NotificationsRead)
        .WithName("readNotification")
        .WithSummary("Say that one has read what one was told (已读)")
        .WithDescription("The first reading counts, of whoever comes to it: of an enterprise's all who are signed in for it have one inbox.")
        .TakesIdempotencyKey(isFact: false)
        .TakesNothing()
        .Produces<NotificationView>()
        .Shows(request: null, NotificationExamples.Read)
        .Refuses(400, 404, 409, 413, 415, 422);
}
