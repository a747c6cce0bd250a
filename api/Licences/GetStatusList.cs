using System.Buffers.Text;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Npgsql;
using OneDoor.Clock;
using OneDoor.Documents;

namespace OneDoor.Licences;

/// <summary>Draws the places of licences in the status list.</summary>
public sealed class StatusIndexes() : RunningNumbers(Sequence)
{
    public const string Sequence = $"{Store.Schema}.licence_status_indexes";
}

/// <summary>Places in the status list of licences that nobody is shown any more, for verifiers that have been: they prove nothing.</summary>
/// <param name="Sql">Selects them.</param>
public sealed record WithdrawnPlaces(string Sql);

/// <summary>GET /v1/licences/status-list: how all licences stand, for verifiers that work offline (IETF Token Status List).</summary>
public static class GetStatusList
{
    public const string Path = "/v1/licences/status-list";

    private const string Type = "statuslist+jwt", MediaType = $"application/{Type}";

    // Those that are not valid, and the last place that was given.
    private static readonly string Standing = $"""
        select d.status_index, {ListLicences.StandsAt("$1", "$2")} from {Store.Schema}.mt_doc_licence d
        where d.status_index is not null and (d.data ->> 'status' in ('Suspended', 'Revoked', 'Expired', 'Replaced', 'Cancelled') or d.due_at <= $1)
        union all (select coalesce(max(status_index), 0), null from {Store.Schema}.mt_doc_licence)
        """;

    public static void MapGetStatusList(this IEndpointRouteBuilder licences) => licences.MapGet("/status-list", Handle)
        .AllowAnonymous()
        .WithName("getLicenceStatusList")
        .WithSummary("Read how all licences stand (证照状态列表), for verifiers that work offline")
        .WithDescription($"A signed Token Status List of {StatusList.Bits} bits a licence: valid 0, revoked or cancelled 1, suspended 2, replaced 11, expired 12. A licence's place in it is the idx of its signed answer; ttl says, in seconds, how long the list may be relied on.")
        .Produces<string>(StatusCodes.Status200OK, MediaType);

    private static async Task<IResult> Handle(
        HttpContext http, NpgsqlDataSource database, IEnumerable<WithdrawnPlaces> withdrawn, SigningKeys keys, LicenceOptions policy, DocumentOptions options, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (last, ended) = await Read(database, withdrawn, now, ct);
        // Time alone changes licences at midnight.
        var until = new[] { now.AddMinutes(policy.ReliedOnMinutes), LegalClock.MidnightOf(LegalClock.DayOf(now).AddDays(1)) }.Min();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(await keys.Sign(Type, new JsonObject
        {
            ["sub"] = options.AddressOf(http.Request) + Path, ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = until.ToUnixTimeSeconds(), ["ttl"] = Math.Max(1L, (long)(until - now).TotalSeconds),
            ["status_list"] = new JsonObject { ["bits"] = StatusList.Bits, ["lst"] = Base64Url.EncodeToString(Compressed(StatusList.Of(last, ended))) },
        }, ct), MediaType);
    }

    private static async Task<(long Last, List<(long, LicenceStatus)> Ended)> Read(NpgsqlDataSource database, IEnumerable<WithdrawnPlaces> withdrawn, DateTimeOffset now, CancellationToken ct)
    {
        var found = await database.Rows(
            Standing + string.Concat(withdrawn.Select(places => $" union all select place, '{LicenceStatus.Revoked}' from ({places.Sql}) as withdrawn (place)")),
            row => (At: row.GetInt64(0), Status: row.IsDBNull(1) ? (LicenceStatus?)null : Enum.Parse<LicenceStatus>(row.GetString(1))), ct, now.ToUniversalTime(), ListLicences.Today(now));
        // What was withdrawn may have been the last.
        return (found.Max(place => place.At), [.. found.Where(place => place.Status is not null).Select(place => (place.At, place.Status!.Value))]);
    }

    private static byte[] Compressed(byte[] list)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
            zlib.Write(list);
        return compressed.ToArray();
    }
}
