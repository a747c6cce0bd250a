using Marten;

namespace OneDoor.Webhooks;

/// <summary>Sends the webhooks of a client nothing more, until it resumes them: whoever may have no tokens any more is told nothing either.</summary>
public sealed class DisableWebhooks(IDocumentStore store, TimeProvider time)
{
    /// <summary>Runs it and says what it did.</summary>
    public async Task<int> Run(string client, CancellationToken ct)
    {
        var disabled = 0;
        // Whatever happens to one meanwhile, it is looked at again, until none is told anything.
        while (await Told(client, ct) is { Count: > 0 } told)
        {
            foreach (var webhook in told)
                disabled += await Disable(webhook, ct) ? 1 : 0;
        }
        Console.WriteLine($"Webhooks disabled: {disabled}.");
        return 0;
    }

    private async Task<IReadOnlyList<Webhook>> Told(string client, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return await session.Query<Webhook>().Where(w => w.OwnedBy == client && w.Status != WebhookStatus.Deleted && w.Status != WebhookStatus.Disabled).ToListAsync(ct);
    }

    private async Task<bool> Disable(Webhook webhook, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.Events.Append(webhook.Id, webhook.Version + 1, new WebhookDisabled(time.GetUtcNow(), DisabledBecause.Operator));
        try
        {
            await session.SaveChangesAsync(ct);
            return true;
        }
        catch (Exception fault) when (StoreFaults.Of(fault) == RequestRefusals.Stale)
        {
            return false;
        }
    }
}
