using System.Collections.Concurrent;
using Marten;
using OneDoor.Feed;

namespace OneDoor.Webhooks;

/// <summary>
/// Sends webhooks what they are to be told. What was sent and not recorded is sent once more, under the same id (decision 0051).
/// </summary>
public sealed class DeliverWebhooks(
    IDocumentStore store, WebhookTable table, WebhookSecrets secrets, SendWebhook sending, EventReader reader, KnownTypes known, Settled settled, IConfiguration configuration, TimeProvider time, ILogger<DeliverWebhooks> log)
    : WorkInTurns("webhooks", configuration, log)
{
    // One that is slow or dead holds up nobody else.
    private const int AtOnce = 2, Portion = 100;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20), KeptFor = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<(Guid Webhook, Guid Id), bool> _sending = new();
    private readonly SemaphoreSlim _sent = new(0);
    private Task<long>? _news;
    private long _mark;
    private readonly Dictionary<Guid, long> _full = [];
    private long? _forgot, _resealed;

    public override void Dispose()
    {
        _sent.Dispose();
        base.Dispose();
    }

    protected override async Task<bool> Round(CancellationToken ct)
    {
        // However many were sent since, this round does for all of them.
        Settled.Drain(_sent);
        // It is told how far facts are settled. To ask would be to wait for whoever writes, and what is due would wait as well.
        _news ??= settled.Beyond(_mark, ct);
        if (_news.IsCompleted)
        {
            _mark = await _news;
            _news = settled.Beyond(_mark, ct);
        }
        if (secrets.MayBeUnderTheOneBefore && IsOver(_resealed, TimeSpan.FromMinutes(1)))
        {
            _resealed = time.GetTimestamp();
            await Reseal(time.GetUtcNow(), ct);
        }
        var more = await Tell(_mark, ct);
        if (IsOver(_forgot, TimeSpan.FromHours(1)))
        {
            _forgot = time.GetTimestamp();
            // Of much a portion a round, so that what is due does not wait for it.
            if (await table.Forget(time.GetUtcNow() - KeptFor, ct))
                _forgot = null;
        }
        await Task.Delay(Breath, ct);
        if (more)
            return true;
        // Who waits no more takes nothing from who waits next.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(_news, _sent.WaitAsync(Look, waiting.Token));
        await waiting.CancelAsync();
        return true;
    }

    // By what has passed, and not by the clock, which may be set back.
    private bool IsOver(long? since, TimeSpan span) => since is not { } at || time.GetElapsedTime(at) > span;

    // Keeps the secrets of all webhooks, also of those that are told nothing now, under the platform's secret in use, so that the one before can go.
    private async Task Reseal(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        foreach (var webhook in await session.Query<Webhook>().Where(w => w.Status != WebhookStatus.Deleted).ToListAsync(ct))
        {
            try
            {
                if (secrets.Reseal(webhook, now) is not { } resealed)
                    continue;
                await using var one = store.LightweightSession();
                one.Events.Append(webhook.Id, webhook.Version + 1, resealed);
                await one.SaveChangesAsync(ct);
            }
            catch (Exception fault) when (StoreFaults.Of(fault) == RequestRefusals.Stale)
            {
                // Somebody's command came between: it is its turn in a minute.
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                Say(fault); // One that is damaged holds up none of the others.
            }
        }
    }

    // Whether somebody has not been told of all yet.
    private async Task<bool> Tell(long mark, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var webhooks = (await session.Query<Webhook>().Where(w => w.Status == WebhookStatus.Active || w.Status == WebhookStatus.Pending).ToListAsync(ct)).ToDictionary(w => w.Id);
        if (webhooks.Count == 0)
            return false;
        var active = webhooks.Values.Where(w => w.Status == WebhookStatus.Active).Select(w => w.Id).ToArray();
        var more = false;
        // Of one for whom much waits it is not counted anew each time that somebody commits.
        foreach (var (id, (place, waiting)) in await table.Behind([.. active.Where(id => !_full.TryGetValue(id, out var at) || IsOver(at, Look))], mark, ct))
        {
            try
            {
                more |= await Put(webhooks[id], place, waiting, mark, ct);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                Say(fault);
            }
        }
        await SendDue(session, active, [.. webhooks.Keys.Except(active)], ct);
        return more;
    }

    private async Task SendDue(IQuerySession session, IReadOnlyList<Guid> active, IReadOnlyList<Guid> unverified, CancellationToken ct)
    {
        // What is under way now may be recorded while it is read as due: it is not sent once more for that.
        var underWay = _sending.Keys.ToHashSet();
        var each = underWay.CountBy(s => s.Webhook).ToDictionary();
        var due = await table.Due(active, unverified, AtOnce, time.GetUtcNow(), ct);
        // Read after what is due, so that it is signed as its owner last said.
        var owners = (await session.LoadManyAsync<Webhook>(ct, [.. due.Select(d => d.Webhook).Distinct()])).ToDictionary(w => w.Id);
        foreach (var delivery in due.Where(d => !underWay.Contains((d.Webhook, d.Id))))
        {
            var sent = each.GetValueOrDefault(delivery.Webhook);
            if (sent == AtOnce || !owners.TryGetValue(delivery.Webhook, out var webhook) || !MayBeSent(delivery, webhook) || !_sending.TryAdd((delivery.Webhook, delivery.Id), true))
                continue;
            each[delivery.Webhook] = sent + 1;
            _ = Send(webhook, delivery, ct);
        }
    }

    // One whose address was changed meanwhile is challenged there before it is told anything.
    private static bool MayBeSent(StoredDelivery delivery, Webhook webhook) => webhook.Status switch
    {
        WebhookStatus.Active => true,
        WebhookStatus.Pending => delivery.Kind == DeliveryKind.Challenge,
        _ => false,
    };

    // What has happened since, as far as it concerns the webhook: a portion a round, so that who has far to go holds up nobody else. Whether there is more.
    private async Task<bool> Put(Webhook webhook, long place, long waiting, long mark, CancellationToken ct)
    {
        _full.Remove(webhook.Id);
        if (waiting >= WebhookTable.MostWaiting)
        {
            _full[webhook.Id] = time.GetTimestamp();
            return false;
        }
        // A type of a release before that there is no more takes nothing from the others.
        var types = webhook.Types.SelectMany(type => (IEnumerable<string>?)known.Matching([type]) ?? []).ToHashSet();
        var (events, next) = await reader.Read(new EventQuery(types, new(webhook.Owner, webhook.Language), webhook.Source), place, mark, Portion, ct);
        await table.Put(webhook.Id, place, events, next, time.GetUtcNow(), ct);
        return next < mark;
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
            Say(fault);
            await Task.Delay(Look, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
}
