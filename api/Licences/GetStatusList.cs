using System.Buffers.Text;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Npgsql;
using OneDoor.Clock;

namespace OneDoor.Licences;

/// <summary>Draws the places of licences in the status list.</summary>
public sealed class StatusIndexes() : RunningNumbers(Sequence)
{
    public const string Sequence = $"{Store.Schema}.licence_status_indexes";
}

/// <summary>Places in the status list of licences that nobody is shown any more, for verifiers that have been: they prove nothing.</summary>
/// <param name="Sql">Selects them.</param>
public sealed record WithdrawnPlaces(string Sql);

/// <summary>The list of how all licences stand, compressed: read by one at a time, and kept for a moment, for anybody may ask for it.</summary>
public sealed class StatusLists(NpgsqlDataSource database, IEnumerable<WithdrawnPlaces> withdrawn, TimeProvider time) : IDisposable
{
    /// <summary>For how long it is what it was: much less than verifiers rely on it.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(15);

    // Those that are not valid, and the last place that was given.
    private static readonly string Standing = $"""
        select d.status_index, {ListLicences.StandsAt("$1", "$2")} from {Store.Schema}.mt_doc_licence d
        where d.status_index is not null and (d.data ->> 'status' in ('Suspended', 'Revoked', 'Expired', 'Replaced', 'Cancelled') or d.due_at <= $1)
        union all (select coalesce(max(status_index), 0), null from {Store.Schema}.mt_doc_licence)
        """;

    private readonly Kept<byte[]> _kept = new(Freshness, time);

    public void Dispose() => _kept.Dispose();

    /// <summary>The list, and as of when: of today, for time alone changes licences at midnight.</summary>
    public Task<(DateTimeOffset At, byte[] Compressed)> Get(CancellationToken ct) => _kept.Get(Read, ct, since: LegalClock.MidnightOf(LegalClock.DayOf(time.GetUtcNow())));

    private async Task<byte[]> Read(DateTimeOffset now, CancellationToken ct)
    {
        var found = await database.Rows(
            Standing + string.Concat(withdrawn.Select(places => $" union all select place, '{LicenceStatus.Revoked}' from ({places.Sql}) as withdrawn (place)")),
            row => (At: row.GetInt64(0), Status: row.IsDBNull(1) ? (LicenceStatus?)null : Enum.Parse<LicenceStatus>(row.GetString(1))), ct, now.ToUniversalTime(), ListLicences.Today(now));
        // What was withdrawn may have been the last.
        var list = StatusList.Of(found.Max(place => place.At), [.. found.Where(place => place.Status is not null).Select(place => (place.At, place.Status!.Value))]);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
            zlib.Write(list);
        return compressed.ToArray();
    }
}

/// <summary>GET /v1/licences/status-list: how all licences stand, for verifiers that work offline (IETF Token Status List).</summary>
public static class GetStatusList
{
    public const string Path = "/v1/licences/status-list";

    private const string Type = "statuslist+jwt", MediaType = $"application/{Type}";

    public static void MapGetStatusList(this IEndpointRouteBuilder licences) => licences.MapGet("/status-list", Handle)
        .AllowAnonymous()
        .WithName("getLicenceStatusList")
        .WithSummary("Read how all licences stand (证照状态列表), for verifiers that work offline")
        .WithDescription($"A signed Token Status List of {StatusList.Bits} bits a licence: valid 0, revoked or cancelled 1, suspended 2, replaced 11, expired 12. A licence's place in it is the idx of its signed answer; ttl says, in seconds, how long the list may be relied on.")
        .Produces<string>(StatusCodes.Status200OK, MediaType);

    private static async Task<IResult> Handle(HttpContext http, StatusLists lists, SigningKeys keys, LicenceOptions policy, PublicAddress platform, TimeProvider time, CancellationToken ct)
    {
        var (now, compressed) = await lists.Get(ct);
        // Time alone changes licences at midnight.
        var until = new[] { now.AddMinutes(policy.ReliedOnMinutes), LegalClock.MidnightOf(LegalClock.DayOf(now).AddDays(1)) }.Min();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(await keys.Sign(Type, new JsonObject
        {
            ["sub"] = platform.For(http.Request) + Path, ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = until.ToUnixTimeSeconds(), ["ttl"] = Math.Max(1L, (long)(until - time.GetUtcNow()).TotalSeconds),
            ["status_list"] = new JsonObject { ["bits"] = StatusList.Bits, ["lst"] = Base64Url.EncodeToString(compressed) },
        }, ct), MediaType);
    }
}
