using System.Collections.Concurrent;
using Marten;
using OneDoor.Feed;
using OneDoor.Platform;
using OpenTelemetry;

namespace OneDoor.Webhooks;

/// <summary>
/// Sends webhooks what they are to be told. One process does it at a time (<see cref="Turn"/>); what is to be sent lies in the database, so another one goes on
/// with all of it. What was sent and not recorded is sent once more, under the same id (decision 0051).
/// </summary>
public sealed partial class DeliverWebhooks(
    IDocumentStore store, WebhookTable table, SendWebhook sending, EventReader reader, KnownTypes known, Settled settled, IConfiguration configuration, TimeProvider time, ILogger<DeliverWebhooks> log)
    : BackgroundService
{
    // One that is slow or dead holds up nobody else.
    private const int AtOnce = 2, Portion = 100;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), Breath = TimeSpan.FromMilliseconds(20), KeptFor = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<(Guid Webhook, Guid Id), bool> _sending = new();
    private readonly SemaphoreSlim _sent = new(0);

    public override void Dispose()
    {
        _sent.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var untraced = SuppressInstrumentationScope.Begin();
        await using var turn = new Turn(Store.ConnectionOf(configuration), "webhooks");
        var news = Task.CompletedTask;
        var forgot = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await turn.IsOurs(stoppingToken))
                {
                    await Task.Delay(Look, stoppingToken);
                    continue;
                }
                var mark = await settled.Now(stoppingToken);
                await Round(mark, stoppingToken);
                if (time.GetUtcNow() is var now && now - forgot > TimeSpan.FromHours(1))
                    await table.Forget((forgot = now) - KeptFor, stoppingToken);
                await Task.Delay(Breath, stoppingToken);
                if (news.IsCompleted)
                    news = settled.Beyond(mark, stoppingToken);
                await Task.WhenAny(news, _sent.WaitAsync(Look, stoppingToken));
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (StoreFaults.IsDatabaseAway(fault))
                    Away(log);
                else
                    Failed(log, fault);
                await turn.Yield();
                await Task.Delay(Look, stoppingToken);
            }
        }
    }

    private async Task Round(long mark, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var webhooks = (await session.Query<Webhook>().Where(w => w.Status == WebhookStatus.Active || w.Status == WebhookStatus.Pending).ToListAsync(ct)).ToDictionary(w => w.Id);
        if (webhooks.Count == 0)
            return;
        foreach (var webhook in webhooks.Values.Where(w => w.Status == WebhookStatus.Active))
            await Put(webhook, mark, ct);
        var active = webhooks.Values.Where(w => w.Status == WebhookStatus.Active).Select(w => w.Id).ToArray();
        var due = await table.Due(active, [.. webhooks.Keys.Except(active)], AtOnce, time.GetUtcNow(), ct);
        foreach (var delivery in due)
        {
            if (_sending.Keys.Count(s => s.Webhook == delivery.Webhook) < AtOnce && _sending.TryAdd((delivery.Webhook, delivery.Id), true))
                _ = Send(webhooks[delivery.Webhook], delivery, ct);
        }
    }

    // What has happened since, as far as it concerns the webhook.
    private async Task Put(Webhook webhook, long mark, CancellationToken ct)
    {
        while (await table.Place(webhook.Id, ct) is (var place, var waiting) && place < mark && waiting < WebhookTable.MostWaiting)
        {
            var query = new EventQuery(known.Matching(webhook.Types) ?? new HashSet<string>(), new(webhook.Owner, webhook.Language), webhook.Source);
            var (events, next) = await reader.Read(query, place, mark, Portion, ct);
            await table.Put(webhook.Id, place, events, next, time.GetUtcNow(), ct);
        }
    }

    private async Task Send(Webhook webhook, StoredDelivery delivery, CancellationToken ct)
    {
        try
        {
            await sending.Try(webhook, delivery, ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            // It is due still.
            if (StoreFaults.IsDatabaseAway(fault))
                Away(log);
            else
                Failed(log, fault);
        }
        catch (OperationCanceledException)
        {
            // The next process sends it.
        }
        finally
        {
            _sending.TryRemove((delivery.Webhook, delivery.Id), out _);
            if (!ct.IsCancellationRequested)
                _sent.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks wait: the database is away")]
    private static partial void Away(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhooks could not be sent")]
    private static partial void Failed(ILogger log, Exception fault);
}
