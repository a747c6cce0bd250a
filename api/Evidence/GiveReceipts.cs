using System.Buffers;
using System.Text.Json;
using JasperFx.Events;
using OneDoor.Clock;

namespace OneDoor.Evidence;

/// <summary>
/// Receipts (回执): what the platform signs for to who has changed a thing. The same fact has the same receipt whenever it is asked for, up to its
/// signature, so that none has to be kept.
/// </summary>
public sealed class GiveReceipts(FactChains chains, SigningKeys keys, LogOptions options) : IReceipts
{
    /// <summary>What the seal is of.</summary>
    public const string Type = "onedoor-receipt";

    private const string Complaint = "complaint";
    private const int UsualBytes = 320;

    public async Task<string> Of(string thing, Guid id, int version, IReadOnlyList<IEvent>? stored, CancellationToken ct)
    {
        var (digest, at) = stored is [var first, ..] && stored[^1].Version == version ? await After(id, first, stored, ct) : await chains.At(id, version, ct);
        // What is done with one may tell nobody when it happened (decision 0037): it is dated before, on its day.
        var by = (thing == Complaint ? LegalClock.MidnightOf(LegalClock.DayOf(at).AddDays(1)) : at) + options.PromisedWithin;
        return await keys.Sign(Type, Written(thing, id, version, digest, at, by), ct);
    }

    private static ReadOnlyMemory<byte> Written(string thing, Guid id, int version, byte[] digest, DateTimeOffset at, DateTimeOffset by)
    {
        var receipt = new ArrayBufferWriter<byte>(UsualBytes);
        using var json = new Utf8JsonWriter(receipt);
        json.WriteStartObject();
        json.WriteString(thing, id);
        json.WriteNumber("version", version);
        json.WriteString("digest", LogEntry.Written(digest));
        json.WriteString("at", Instant.InZone(at));
        json.WriteString("includedBy", Instant.InZone(by));
        json.WriteEndObject();
        json.Flush();
        return receipt.WrittenMemory;
    }

    // Of a thing that begins nothing has to be read.
    private async Task<(byte[] Digest, DateTimeOffset At)> After(Guid id, IEvent first, IReadOnlyList<IEvent> stored, CancellationToken ct)
    {
        var digest = first.Version == 1 ? FactChain.Beginning : (await chains.At(id, first.Version - 1, ct)).Digest;
        DateTimeOffset? at = null;
        foreach (var fact in stored)
            (digest, at) = chains.Follow(digest, id, fact) is var next ? (next.Digest, next.At) : default;
        return (digest, at!.Value);
    }
}
