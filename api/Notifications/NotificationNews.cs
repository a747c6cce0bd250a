namespace OneDoor.Notifications;

/// <summary>What people are told of one fact, each by the way they come to it.</summary>
public sealed record NotifiedFact(IReadOnlyList<(string Way, StoredNotification Notification)> Rows)
{
    /// <summary>What those are told who come these ways: of a fact one thing; null for nothing.</summary>
    public StoredNotification? To(string[] ways) => Rows.FirstOrDefault(row => ways.Contains(row.Way)).Notification;
}

/// <summary>Tells of notifications as they are committed, in the order of the facts.</summary>
public sealed class NotificationNews(Committed committed, NotificationTable table) : News<NotifiedFact>
{
    protected override IDisposable Begin() => committed.Follow(async (after, until, ct) =>
    {
        foreach (var told in await table.Between(after, until, ct))
            Tell(told);
    });
}
