using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace OneDoor.Platform;

/// <summary>A key that seals what the platform says (ES256), as stored: its public half for ever, the private one while it signs.</summary>
/// <param name="Id">The key id: the beginning of the public half's thumbprint (RFC 7638), short enough for what is printed.</param>
/// <param name="SignsFrom">From when it signs, until another does.</param>
/// <param name="X">The public point (RFC 7518 section 6.2.1).</param>
/// <param name="Y">The public point.</param>
/// <param name="Protected">The private half (PKCS#8) under <c>Signing:Secret</c>; null once it signs no more.</param>
public sealed record SigningKey(string Id, DateTimeOffset SignsFrom, string X, string Y, byte[]? Protected);

/// <summary>
/// The keys by which anybody can tell that the platform has said something, shared by every process. The next one is published before it
/// signs; a public half stays published for ever, since what it verifies is kept for ever.
/// </summary>
public sealed class SigningKeys(IDocumentStore store, IOptions<SigningOptions> configured, TimeProvider time) : IDisposable
{
    /// <summary>What an operator reads who has lost the secret.</summary>
    public const string Closed = "The signing key in the database does not open: neither Signing__Secret nor Signing__PreviousSecret is the one it was stored under.";

    private const string Algorithm = "ES256";
    private const int IdLength = 12;

    private static readonly SecretAtRest AtRest = new("onedoor signing keys");

    private readonly SemaphoreSlim _one = new(1);
    private Known _known = new([], null, null, new(), DateTimeOffset.MinValue);

    /// <summary>The public halves, as JWKS (RFC 7517).</summary>
    public async Task<JsonObject> Published(CancellationToken ct) => new()
    {
        ["keys"] = new JsonArray([.. (await Current(ct)).Keys.Select(key => new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["x"] = key.X, ["y"] = key.Y, ["use"] = "sig", ["alg"] = Algorithm, ["kid"] = key.Id,
        })]),
    };

    /// <summary>Seals a text: a compact JWS (RFC 7515).</summary>
    /// <param name="type">What it is, so that no seal is taken for one of something else.</param>
    /// <param name="payload">JSON.</param>
    public ValueTask<string> Sign(string type, JsonObject payload, CancellationToken ct) => Sign(type, Encoding.UTF8.GetBytes(payload.ToJsonString(PlatformJson.Options)), ct);

    /// <inheritdoc cref="Sign(string, JsonObject, CancellationToken)"/>
    /// <param name="payload">JSON in UTF-8.</param>
    public async ValueTask<string> Sign(string type, ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        var known = await Current(ct);
        var header = known.Headers.GetOrAdd(type, static (typ, kid) => Encoded(new JsonObject { ["alg"] = Algorithm, ["kid"] = kid, ["typ"] = typ }), known.Active!.Id);
        var signed = $"{header}.{Base64Url.EncodeToString(payload.Span)}";
        return $"{signed}.{Base64UrlEncoder.Encode(known.Private!.Value!.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    /// <summary>What a seal holds; null for what none of the keys has sealed as that.</summary>
    public async Task<JsonObject?> Opened(string type, string seal, CancellationToken ct)
    {
        try
        {
            if (seal.Split('.') is not [var header, var payload, var signature] || JsonNode.Parse(Base64UrlEncoder.Decode(header)) is not JsonObject head
                || (string?)head["alg"] != Algorithm || (string?)head["typ"] != type || await Find((string?)head["kid"], ct) is not { } key)
                return null;
            using var ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) },
            });
            return ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64UrlEncoder.DecodeBytes(signature), HashAlgorithmName.SHA256)
                ? JsonNode.Parse(Base64UrlEncoder.Decode(payload)) as JsonObject
                : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Reads the keys, and makes what is due, before the process counts as ready.</summary>
    public async Task Read(CancellationToken ct) => await Current(ct);

    public void Dispose()
    {
        _known.Private?.Dispose();
        _one.Dispose();
    }

    private SigningOptions Configured => configured.Value;

    private static string Encoded(JsonObject json) => Base64UrlEncoder.Encode(json.ToJsonString(PlatformJson.Options));

    private async Task<SigningKey?> Find(string? id, CancellationToken ct) => (await Current(ct)).Keys.FirstOrDefault(key => key.Id == id);

    private async ValueTask<Known> Current(CancellationToken ct)
    {
        if (!IsDue(_known))
            return _known;
        await _one.WaitAsync(ct);
        try
        {
            if (IsDue(_known))
                _known = Open(await Keep(ct));
            return _known;
        }
        finally
        {
            _one.Release();
        }
    }

    private bool IsDue(Known known) => time.GetUtcNow() is var now && (now >= known.ReadAt + Configured.RefreshEvery || ActiveOf(known.Keys, now)?.Id != known.Active?.Id);

    private static SigningKey? ActiveOf(IEnumerable<SigningKey> keys, DateTimeOffset now) => keys.Where(key => key.SignsFrom <= now).MaxBy(key => key.SignsFrom);

    private async Task<IReadOnlyList<SigningKey>> Keep(CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        var keys = await session.Query<SigningKey>().ToListAsync(ct);
        var now = time.GetUtcNow();
        if (!NeedsWork(keys, now))
            return keys;
        // One process does it, the others find it done.
        await session.Alone(ct, "signing keys");
        keys = await session.Query<SigningKey>().ToListAsync(ct);
        var active = ActiveOf(keys, now);
        if (NextIsDue(keys, now))
            session.Insert(Made(active?.Protected is null ? now : now + Configured.PublishAhead));
        session.Store(keys.Select(key => Due(key, active, now)).OfType<SigningKey>().ToArray());
        await session.SaveChangesAsync(ct);
        return await session.Query<SigningKey>().ToListAsync(ct);
    }

    private bool NeedsWork(IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        NextIsDue(keys, now) || keys.Any(key => Due(key, ActiveOf(keys, now), now) is not null);

    private bool NextIsDue(IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        ActiveOf(keys, now) is not { Protected: not null } active || (keys.All(key => key.SignsFrom <= now) && active.SignsFrom + Configured.RotateEvery - Configured.PublishAhead <= now);

    // The key as it is to be stored now; null where it stays as it is.
    private SigningKey? Due(SigningKey key, SigningKey? active, DateTimeOffset now) =>
        key.Protected is not { } closed ? null
        : IsDone(key, active, now) ? key with { Protected = null }
        : AtRest.Anew(Configured.InUse, Configured.PreviousSecret, key.Id, closed) is { } anew ? key with { Protected = anew }
        : null;

    // Whoever still took it for the active one has looked again by then.
    private bool IsDone(SigningKey key, SigningKey? active, DateTimeOffset now) =>
        active is not null && key.SignsFrom < active.SignsFrom && active.SignsFrom + Configured.PublishAhead <= now;

    private SigningKey Made(DateTimeOffset signsFrom)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Base64UrlEncoder.Encode(new ECDsaSecurityKey(key).ComputeJwkThumbprint())[..IdLength];
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new(id, signsFrom, Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y), AtRest.Protect(Configured.InUse, id, key.ExportPkcs8PrivateKey()));
    }

    private Known Open(IReadOnlyList<SigningKey> keys)
    {
        var now = time.GetUtcNow();
        var active = ActiveOf(keys, now)!;
        if (active.Id == _known.Active?.Id)
            return _known with { Keys = keys, ReadAt = now };
        var opened = AtRest.Open([Configured.InUse, Configured.PreviousSecret], active.Id, active.Protected!)
            ?? throw new InvalidOperationException(Closed);
        // A key of .NET is not for several threads at once: each has its own.
        return new(keys, active, new(() => Imported(opened)), new(), now);
    }

    private static ECDsa Imported(byte[] key)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key, out _);
        return ecdsa;
    }

    /// <param name="Headers">What seals of the active key begin with, by their type.</param>
    private sealed record Known(IReadOnlyList<SigningKey> Keys, SigningKey? Active, ThreadLocal<ECDsa>? Private, ConcurrentDictionary<string, string> Headers, DateTimeOffset ReadAt);
}

/// <summary>Section <c>Signing</c>: how the keys are kept that seal what the platform says.</summary>
public sealed record SigningOptions
{
    // Known to everyone: in Development only the shape of production is wanted, not its secrecy.
    private const string DevelopmentSecret = "the-development-secret-seals-nothing";

    /// <summary>Protects the private keys, and what else the platform signs with, in the database. Required outside Development; from a random source.</summary>
    public string? Secret { get; init; }

    /// <summary>The secret before this one: opens what is stored under it, which is then stored anew under this one.</summary>
    public string? PreviousSecret { get; init; }

    /// <summary>How long one key signs.</summary>
    public TimeSpan RotateEvery { get; init; } = TimeSpan.FromDays(365);

    /// <summary>How long a key is published before it signs.</summary>
    public TimeSpan PublishAhead { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often a process looks for keys that another one has published.</summary>
    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromMinutes(1);

    internal string InUse => Secret ?? DevelopmentSecret;
}

/// <summary>A key besides, by which others can tell that the platform has said something.</summary>
public delegate Task<JsonObject> PublishedKey(CancellationToken ct);

/// <summary>/.well-known/jwks.json: whom to believe.</summary>
public static class PublishedKeys
{
    public static void AddSigningKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SigningOptions>().BindConfiguration("Signing").ValidateOnStart()
            .Validate<IHostEnvironment>((options, environment) => options.Secret is not null || environment.IsDevelopment(),
                "Signing:Secret is required outside Development: it protects the keys that seal what the platform says.")
            .Validate(options => new[] { options.Secret, options.PreviousSecret }.OfType<string>().All(ConfiguredSecret.IsStrong),
                $"Signing:Secret, and Signing:PreviousSecret as well, {ConfiguredSecret.Wanted}")
            .Validate(options => options.RefreshEvery > TimeSpan.Zero && options.PublishAhead >= 5 * options.RefreshEvery && options.RotateEvery >= 2 * options.PublishAhead,
                "Signing:PublishAhead must be at least five times Signing:RefreshEvery, and Signing:RotateEvery twice Signing:PublishAhead.");
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.ConfigureMarten(marten => marten.Schema.For<SigningKey>());
    }

    public static void MapPublishedKeys(this IEndpointRouteBuilder routes) => routes.MapGet("/.well-known/jwks.json", async (HttpContext http, SigningKeys keys, IEnumerable<PublishedKey> besides, CancellationToken ct) =>
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        var published = await keys.Published(ct);
        foreach (var key in besides)
            published["keys"]!.AsArray().Add(await key(ct));
        return Results.Content(published.ToJsonString(), "application/json");
    }).AllowAnonymous().ExcludeFromDescription();
}
