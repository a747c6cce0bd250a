using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Graph;

namespace OneDoor.Notifications;

/// <summary>Notifications in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class NotificationGraph
{
    private const string Kind = "notification";

    public static void Add(GraphRoots roots)
    {
        var notification = roots.Shape<NotificationView>("Notification", nameof(NotificationView.Id));
        roots.Node(notification, Kind, n => n.Id.ToString(), async (context, id) => Caller.ScopesOf(context.User!).Contains(Scopes.NotificationsRead) ? await Find(context, id) : null);
        roots.Lists(ListNotifications.All, notification);
        roots.Subscription.Field<NotificationView>("notificationWritten", nullable: false)
            .Description("What the caller is told of what concerns them, from now on, as it is committed (通知). Ends with the token.")
            .Resolve(context => context.Source as NotificationView)
            .ResolveStream(context => GraphStream.Of(context, ct => Written(context, ct)))
            .Needs(Scopes.NotificationsRead).Costs(20);
        new GraphOperations<NotificationChanges, ReadNotification, NotificationView>(roots, new Resource(Kind, "/v1/notifications", NotificationRefusals.NotFound))
            .Do("readNotification", "Say that one has read what one was told (已读)", context => $"/v1/notifications/{IdOf(context.GetArgument<string>("id"))}/reading",
                async (changes, context) => await changes.Change(IdOf(context.GetArgument<string>("id")), null, null, new(), context.CancellationToken), Scopes.NotificationsRead)
            .Argument<NonNullGraphType<IdGraphType>>("id", "The notification's id.");
        AddPreferences(roots);
    }

    private static void AddPreferences(GraphRoots roots)
    {
        roots.Shape<NotificationPreferencesView>("NotificationPreferences");
        roots.Query.Field<NotificationPreferencesView>("notificationPreferences", nullable: true).Description("How the caller wants to be told of what concerns them (通知设置); null for departments and systems.")
            .ResolveAsync(async context =>
            {
                await using var session = context.Service<IDocumentStore>().QuerySession();
                return await session.PreferencesOf(context.Service<Caller>().Actor, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken) is { } own ? NotificationPreferencesView.Of(own, context.Service<OfferedChannels>()) : null;
            })
            .Needs(Scopes.NotificationsRead).Costs(5);
        var door = new GraphOperations<NotificationPreferencesChanges, NotificationPreferencesCommand, NotificationPreferencesView>(roots, SetPreferences.Resource);
        door.Set<SetNotificationPreferences>("setNotificationPreferences", SetPreferences.Does, OwnId, _ => SetPreferences.Resource.Address,
            (changes, context, seen, input) => changes.Change(seen, input, context.CancellationToken), Scopes.NotificationsRead);
        door.Set<ConfirmPhone>("confirmPhone", SetPreferences.Confirms, OwnId, _ => $"{SetPreferences.Resource.Address}/phone-confirmation",
            (changes, context, seen, input) => changes.Change(seen, input, context.CancellationToken), Scopes.NotificationsRead);
    }

    private static Guid OwnId(IResolveFieldContext context) => NotificationPreferences.IdOf(context.Service<Caller>().Actor.Subject);

    private static async IAsyncEnumerable<NotificationView> Written(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken ct)
    {
        var (ways, language) = (Inboxes.WaysTo(context.Service<Caller>().Actor), context.Language());
        var told = context.Service<NotificationNews>().Listen(fact => fact.To(ways) is not null, out var ending);
        using var listening = ending;
        await foreach (var fact in told.ReadAllAsync(ct))
            yield return NotificationView.Of(fact.To(ways)!, language);
    }

    private static Guid IdOf(string id) => GraphRoots.IdOf(Kind, id);

    private static async Task<NotificationView?> Find(IResolveFieldContext context, string id) =>
        await context.Service<NotificationTable>().Find(IdOf(id), Inboxes.WaysTo(context.Service<Caller>().Actor), context.CancellationToken) is { } found
            ? NotificationView.Of(found, context.Language()) : null;
}
