using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using OneDoor.Feed;
using OpenTelemetry;

namespace OneDoor.Webhooks;

/// <summary>One attempt at one delivery (Standard Webhooks): signed, sent, and recorded.</summary>
public sealed class SendWebhook(
    IDocumentStore store, WebhookTable table, WebhookTargets targets, WebhookSecrets secrets, EventReader reader, KnownTypes known, StoreSecrets stored, ReadLog reads, WebhookMetrics metrics, TimeProvider time)
{
    private const int LongestAnswer = 4 * 1024;

    /// <summary>Tries it once.</summary>
    public async Task Try(Webhook webhook, StoredDelivery delivery, CancellationToken ct)
    {
        if (await BodyOf(webhook, delivery, ct) is not (var body, var trace))
        {
            await Record(delivery, DeliveryStatus.Withdrawn, time.GetUtcNow(), delivery.Due, null, null, ct);
            return;
        }
        // Work in turns is not traced, but for what goes on with a request.
        using var untraced = SuppressInstrumentationScope.Begin(trace is null);
        using var span = KeptTrace.GoOn("webhook", trace);
        var attempt = await Attempt(webhook, delivery, Encoding.UTF8.GetBytes(body.ToJsonString(RestJson.Options)), ct);
        var now = time.GetUtcNow();
        if (attempt.Failure is null)
        {
            // What is not recorded is sent once more, and so is what somebody's command came between.
            if (delivery.Kind == DeliveryKind.Challenge)
                await Append(webhook.Id, w => w.IsVerified ? null : new WebhookActivated(now, webhook.Url), ct);
            await Record(delivery, DeliveryStatus.Delivered, now, delivery.Due, attempt.Status, null, ct);
            await table.Failing(webhook.Id, failed: false, now, ct);
            return;
        }
        var next = Attempts.Next(delivery.Attempts + 1, now, RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000d, attempt.RetryAfter);
        await Record(delivery, next is null ? DeliveryStatus.Parked : DeliveryStatus.Waiting, now, next ?? delivery.Due, attempt.Status, attempt.Failure, ct);
        // Who has not answered a challenge yet has no days that could have been without success.
        DateTimeOffset? since = delivery.Kind == DeliveryKind.Challenge ? null : await table.Failing(webhook.Id, failed: true, now, ct);
        var isGone = attempt.Status == (int)HttpStatusCode.Gone;
        if (isGone || now - since > Webhook.GivesUpAfter)
            await Append(webhook.Id, w => w.Status is WebhookStatus.Active or WebhookStatus.Pending && w.Url == webhook.Url ? new WebhookDisabled(now, isGone ? DisabledBecause.Gone : DisabledBecause.Failing) : null, ct);
    }

    private async Task Record(StoredDelivery tried, DeliveryStatus status, DateTimeOffset now, DateTimeOffset due, int? answered, DeliveryFailure? failure, CancellationToken ct)
    {
        await table.Record(tried, status, now, due, answered, failure, ct);
        metrics.Tried(status);
    }

    private async Task<Attempted> Attempt(Webhook webhook, StoredDelivery delivery, byte[] body, CancellationToken ct)
    {
        var at = time.GetUtcNow();
        // Counted as any other failure: rolled by its owner and replayed, it is sent.
        if (secrets.Sign(webhook.Id, webhook.SecretsAt(at), $"{delivery.Id}", at.ToUnixTimeSeconds(), body) is not { } signature)
            return new(null, DeliveryFailure.SecretLost, null);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Add(StandardWebhooks.Id, $"{delivery.Id}");
        request.Headers.Add(StandardWebhooks.Timestamp, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(StandardWebhooks.Signature, signature);
        request.Headers.UserAgent.ParseAdd("OneDoor-Webhooks/1");
        try
        {
            using var response = await targets.Send(request, ct);
            var status = (int)response.StatusCode;
            var retryAfter = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - at : null;
            return status switch
            {
                >= 300 and < 400 => new(status, DeliveryFailure.Redirected, null),
                < 200 or >= 300 => new(status, DeliveryFailure.Refused, retryAfter),
                _ when delivery.Kind == DeliveryKind.Challenge && !await Answers(response, ChallengeOf(delivery), ct) => new(status, DeliveryFailure.NotTheChallenge, null),
                _ => new(status, null, null),
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, DeliveryFailure.Timeout, null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new(null, IsRefused(fault) ? DeliveryFailure.RefusedAddress : DeliveryFailure.Unreachable, null);
        }
    }

    // An event as its webhook may see it now, and the trace that it goes on with: what it might not any more is not sent.
    private async Task<(JsonObject Body, string? Trace)?> BodyOf(Webhook webhook, StoredDelivery delivery, CancellationToken ct)
    {
        if (delivery.Kind != DeliveryKind.Event)
        {
            var data = delivery.Kind == DeliveryKind.Challenge ? new JsonObject { ["challenge"] = ChallengeOf(delivery) } : new JsonObject { ["webhook"] = webhook.Id };
            return (new() { ["type"] = delivery.Type, ["timestamp"] = Instant.Format(time.GetUtcNow()), ["data"] = data }, null);
        }
        var query = new EventQuery(known.Matching([delivery.Type]) ?? new HashSet<string>(), new(webhook.Owner, webhook.Language), webhook.Source);
        if ((await reader.Read(query, delivery.Number!.Value - 1, delivery.Number.Value, 1, ct)).Events is not [var read])
            return null;
        reads.Note(webhook.Owner, "POST webhook", read.Capability, [read.Thing]);
        var body = JsonSerializer.SerializeToNode(read.Event, RestJson.Options)!.AsObject();
        // Extensions of ours: by them a receiver sees that something before has not come.
        body["webhooksequence"] = delivery.Sequence!.Value.ToString(CultureInfo.InvariantCulture);
        if (delivery.Previous is { } previous)
            body["webhookprevious"] = $"{previous}";
        return (body, read.Trace);
    }

    // The same for every attempt, so that any process knows it, and nobody else's guess.
    private string ChallengeOf(StoredDelivery delivery) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(stored.Key, Encoding.UTF8.GetBytes($"webhook challenge {delivery.Id}")));

    private static async Task<bool> Answers(HttpResponseMessage response, string challenge, CancellationToken ct)
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(ct);
        slow.CancelAfter(TimeSpan.FromSeconds(5));
        await using var body = await response.Content.ReadAsStreamAsync(slow.Token);
        var answer = new byte[LongestAnswer];
        var read = await body.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, slow.Token);
        try
        {
            using var json = JsonDocument.Parse(answer.AsMemory(0, read));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("challenge", out var said) && said.ValueKind == JsonValueKind.String && said.GetString() == challenge;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Half a character makes a text of JSON unreadable only when it is asked for.
            return false;
        }
    }

    private static bool IsRefused(Exception fault) => fault is RefusedAddressException || (fault.InnerException is { } inner && IsRefused(inner));

    private async Task Append(Guid id, Func<Webhook, WebhookFact?> fact, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        var stream = await session.Events.FetchForWriting<Webhook>(id, ct);
        if (stream.Aggregate is not { Status: not WebhookStatus.Deleted } webhook || fact(webhook) is not { } happened)
            return;
        stream.AppendOne(happened);
        await session.SaveChangesAsync(ct);
    }

    private sealed record Attempted(int? Status, DeliveryFailure? Failure, TimeSpan? RetryAfter);
}
