using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace OneDoor.Evidence;

/// <summary>The key that signs what the log says of itself (Ed25519), as stored. There is one for ever: another would be another log.</summary>
/// <param name="Id">The log's name.</param>
/// <param name="Public">The public half.</param>
/// <param name="Protected">The private half under <c>Signing:Secret</c>.</param>
public sealed record LogKey(string Id, byte[] Public, byte[] Protected);

/// <summary>Section <c>Log</c>: how the log of facts is kept.</summary>
public sealed record LogOptions
{
    /// <summary>What a log is called that nobody has named.</summary>
    public const string Nobodys = "onedoor.example/log";

    /// <summary>The log's name in its checkpoints, by which others know it: an address without a scheme. It is kept from the log's beginning on.</summary>
    public string Origin { get; init; } = Nobodys;

    /// <summary>Within which time a receipt promises that its fact is in the log.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan PromisedWithin { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Signs checkpoints.</summary>
public sealed class LogKeys(IDocumentStore store, LogOptions options, IOptions<Platform.SigningOptions> signing)
{
    private static readonly SecretAtRest AtRest = new("onedoor log key");

    private OpenedKey? _opened;

    private sealed record OpenedKey(LogKey Key, Ed25519PrivateKeyParameters Private);

    /// <summary>The public half, as a JWK.</summary>
    public async Task<JsonObject> Published(CancellationToken ct)
    {
        // Known whether or not the private half opens: what the log has signed is to be checked all the same.
        var key = _opened?.Key ?? await Kept(ct);
        return new()
        {
            ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = Base64UrlEncoder.Encode(key.Public), ["use"] = "sig", ["alg"] = "EdDSA",
            ["kid"] = $"{key.Id}+{Convert.ToHexStringLower(Checkpoint.KeyId(key.Id, key.Public))}",
        };
    }

    /// <summary>The checkpoint of the log with so many entries.</summary>
    public async Task<string> Sign(long size, byte[] root, CancellationToken ct)
    {
        var (key, secret) = await Opened(ct);
        var says = new Checkpoint(key.Id, size, root);
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, secret);
        signer.BlockUpdate(System.Text.Encoding.UTF8.GetBytes(says.Text));
        return says.Signed(key.Public, signer.GenerateSignature());
    }

    /// <summary>What a checkpoint says; null where the log's key has not signed it.</summary>
    public async Task<Checkpoint?> Read(string signed, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        if (await Find(session, ct) is not { } key || Checkpoint.Read(signed) is not var (says, keyId, signature) || says.Origin != key.Id || !keyId.SequenceEqual(Checkpoint.KeyId(key.Id, key.Public)))
            return null;
        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, new Ed25519PublicKeyParameters(key.Public));
        verifier.BlockUpdate(System.Text.Encoding.UTF8.GetBytes(says.Text));
        return verifier.VerifySignature(signature) ? says : null;
    }

    private async Task<OpenedKey> Opened(CancellationToken ct)
    {
        if (_opened is { } opened)
            return opened;
        var key = await Kept(ct);
        var secret = AtRest.Open([signing.Value.InUse, signing.Value.PreviousSecret], key.Id, key.Protected) ?? throw new InvalidOperationException(SigningKeys.Closed);
        return _opened = new(key, new Ed25519PrivateKeyParameters(secret));
    }

    // One process makes it, the others find it made. It stays for ever, so it is kept under the secret of today.
    private async Task<LogKey> Kept(CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        var key = await Find(session, ct);
        if (key is not null && Anew(key) is null)
            return key;
        await session.Alone(ct, "log key");
        if (await Find(session, ct) is not { } found)
        {
            var made = new Ed25519PrivateKeyParameters(new SecureRandom());
            key = new(options.Origin, made.GeneratePublicKey().GetEncoded(), AtRest.Protect(signing.Value.InUse, options.Origin, made.GetEncoded()));
        }
        else
        {
            key = Anew(found) ?? found;
        }
        session.Store(key);
        await session.SaveChangesAsync(ct);
        return key;
    }

    private LogKey? Anew(LogKey key) => AtRest.Anew(signing.Value.InUse, signing.Value.PreviousSecret, key.Id, key.Protected) is { } anew ? key with { Protected = anew } : null;

    private static Task<LogKey?> Find(IQuerySession session, CancellationToken ct) => session.Query<LogKey>().SingleOrDefaultAsync(ct);
}
