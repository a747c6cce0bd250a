using System.ComponentModel;
using System.Net.Mime;

namespace OneDoor.Evidence;

/// <summary>The proof that the log of one size goes on from that of a smaller one (RFC 9162).</summary>
/// <param name="From">How many entries the smaller one has.</param>
/// <param name="To">How many the larger one has.</param>
/// <param name="ConsistencyPath">The hashes that lead from the one root to the other (section 2.1.4.2), in base64.</param>
public sealed record LogConsistency(long From, long To, IReadOnlyList<string> ConsistencyPath);

/// <summary>Why the log proves nothing of an entry.</summary>
public static class LogRefusals
{
    public static readonly Refusal NoSuchEntry = new("log.no-such-entry", 404,
        new("日志中没有该条目", "The log has no such entry"),
        new("请按回执填写；回执所载 includedBy 之前可能尚未记入。", "Say it as the receipt does; until its includedBy it may not be there yet."));
}

/// <summary>GET /v1/log/checkpoint, /consistency and /inclusion: what the log of all facts says of itself, for anybody to keep and compare, and of an entry to whoever can name it.</summary>
public static class GetLog
{
    private const string MediaType = MediaTypeNames.Text.Plain;

    public static void MapGetLog(this IEndpointRouteBuilder v1)
    {
        var log = v1.MapGroup("/log").WithTags("Evidence");
        log.MapGet("/checkpoint", Checkpoint)
            .AllowAnonymous()
            .WithName("getLogCheckpoint")
            .WithSummary("Read what the log of all facts signs of itself (检查点)")
            .WithDescription("Name, size and root, signed with Ed25519, in the form of C2SP's tlog-checkpoint. The key is the OKP one of /.well-known/jwks.json, whose kid is the name and the key id.")
            .Produces<string>(StatusCodes.Status200OK, MediaType);
        log.MapGet("/consistency", Consistency)
            .AllowAnonymous()
            .WithName("getLogConsistency")
            .WithSummary("Read what proves that the log goes on from a checkpoint that somebody has kept")
            .Produces<LogConsistency>()
            .Shows(request: null, EvidenceExamples.Consistency)
            .Refuses(400);
        log.MapGet("/inclusion", Inclusion)
            .AllowAnonymous()
            .WithName("getLogInclusion")
            .WithSummary("Read what proves that the log has what a receipt (回执) says, whatever thing it is about")
            .WithDescription("Without a token: who knows thing, version and digest holds the receipt or may read the proof of the thing, and nobody else finds the entry.")
            .Produces<LogProof>()
            .Shows(request: null, EvidenceExamples.Inclusion)
            .Refuses(400, 404);
    }

    /// <summary>The proof, or why there is none.</summary>
    internal static async Task<(LogConsistency? Proof, Refusal? Refused)> Find(long? from, long? to, FactLog log, LogTable table, CancellationToken ct)
    {
        var size = (await log.Head(ct)).Size;
        var (first, last) = (from ?? 0, to ?? size);
        var parameters = new Parameters();
        parameters.Within(last, "to", 0, size);
        parameters.Within(first, "from", 0, last);
        return parameters.Refused is { } refused ? (null, refused)
            : (new(first, last, [.. (await table.Hashes(MerkleTree.ConsistencyPath(first, last), ct)).Select(Convert.ToBase64String)]), null);
    }

    /// <summary>The proof that the log has an entry, or why there is none.</summary>
    internal static async Task<(LogProof? Proof, Refusal? Refused)> Find(string thing, int version, string digest, FactLog log, LogTable table, CancellationToken ct)
    {
        var parameters = new Parameters();
        var id = parameters.Id(thing, "thing");
        parameters.Within(version, "version", 1, int.MaxValue);
        var bytes = parameters.Digest(digest, "digest");
        if (parameters.Refused is { } refused)
            return (null, refused);
        var entry = new LogEntry(id!.Value, version, bytes!);
        var head = await log.Head(ct);
        return await table.PositionOf(entry, head.Size, ct) is { } position ? (await LogProof.Of(position, entry, head, table, ct), null) : (null, LogRefusals.NoSuchEntry);
    }

    private static async Task<IResult> Checkpoint(HttpContext http, FactLog log, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text((await log.Head(ct)).Checkpoint, MediaType, System.Text.Encoding.UTF8);
    }

    private static async Task<IResult> Consistency(
        HttpContext http, FactLog log, LogTable table, CancellationToken ct,
        [Description("The size of the smaller one; 0, from which all go on, when left out.")] long? from = null,
        [Description("The size of the larger one, that of the present checkpoint when left out.")] long? to = null)
    {
        var (proof, refused) = await Find(from, to, log, table, ct);
        return Answer(http, proof, refused);
    }

    private static async Task<IResult> Inclusion(
        HttpContext http, FactLog log, LogTable table,
        [Description("The id of the thing: the receipt's `case`, `licence`, `complaint`, ….")] string thing,
        [Description("The receipt's version.")] int version,
        [Description("The receipt's digest.")] string digest,
        CancellationToken ct)
    {
        var (proof, refused) = await Find(thing, version, digest, log, table, ct);
        return Answer(http, proof, refused);
    }

    private static IResult Answer<T>(HttpContext http, T? proof, Refusal? refused) where T : class
    {
        if (refused is not null)
            return refused.ToProblem();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(proof, RestJson.Options);
    }
}
