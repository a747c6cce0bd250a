using Marten;
using OneDoor.Platform;

namespace OneDoor.Webhooks;

/// <summary>Sends the webhooks of a client nothing more, until it resumes them: whoever may have no tokens any more is told nothing either.</summary>
public sealed class DisableWebhooks(IDocumentStore store, TimeProvider time)
{
    /// <summary>Runs it and says what it did.</summary>
    public async Task<int> Run(string? client, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(client))
            return await Commands.Refuse("disable-webhooks --client takes the id of a client.");
        await using var session = store.LightweightSession();
        var told = await session.Query<Webhook>().Where(w => w.OwnedBy == client && w.Status != WebhookStatus.Deleted && w.Status != WebhookStatus.Disabled).ToListAsync(ct);
        foreach (var webhook in told)
            session.Events.Append(webhook.Id, webhook.Version + 1, new WebhookDisabled(time.GetUtcNow(), DisabledBecause.Operator));
        await session.SaveChangesAsync(ct);
        Console.WriteLine($"Webhooks disabled: {told.Count}.");
        return 0;
    }
}
