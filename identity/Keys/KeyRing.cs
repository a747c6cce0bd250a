using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Identity.Platform;
using OpenIddict.Server;

namespace OneDoor.Identity.Keys;

/// <summary>
/// The keys as this process knows them: looked up again when <c>Keys:RefreshEvery</c> has passed, and handed to OpenIddict as
/// options that reload, so that the JWKS follows without a restart.
/// </summary>
internal sealed partial class KeyRing(
    IServiceScopeFactory scopes, KeyVault vault, TimeProvider time, IOptions<KeysOptions> options, ILogger<KeyRing> logger)
    : IConfigureOptions<OpenIddictServerOptions>, IOptionsChangeTokenSource<OpenIddictServerOptions>, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile Snapshot _current = new([], [], [], new Dictionary<string, SigningCredentials>(), new Dictionary<string, Seal>(), null);
    private ConfigurationReloadToken _changed = new();

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => _changed;

    /// <summary>The credentials that sign what others read at this moment.</summary>
    public SigningCredentials Active
    {
        get
        {
            var current = _current;
            return current.Signing[ActiveOf(current.Keys)];
        }
    }

    /// <summary>What signs and encrypts what only this server reads at this moment.</summary>
    public Seal ActiveSeal
    {
        get
        {
            var current = _current;
            return current.Seals[ActiveOf(current.Sealing)];
        }
    }

    /// <summary>Brings the ring up to date when it is due; with the database away, or while somebody else does so, what is known stays in use.</summary>
    public async Task RefreshIfDueAsync(CancellationToken ct)
    {
        if (!IsDue() || !await _one.WaitAsync(_current.Keys.Count > 0 ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, ct))
            return;
        try
        {
            if (IsDue())
                await RefreshAsync(ct);
        }
        catch (Exception fault) when (DatabaseFaults.IsOutage(fault) && _current.Keys.Count > 0)
        {
            LogStale(logger, fault);
            Show(_current.Keys, _current.Sealing);
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task RefreshAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<SigningKeyStore>();
        await store.StoreAnewAsync(ct);
        Show(await store.KeepAsync<SigningKey>(ct), await store.KeepAsync<SealingKey>(ct));
    }

    public void Configure(OpenIddictServerOptions options)
    {
        var current = _current;
        // OpenIddict insists on keys although nothing is served before the ring is filled.
        if (current.Visible.Count == 0)
        {
            options.SigningCredentials.Add(new SigningCredentials(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)), SecurityAlgorithms.EcdsaSha256));
            options.EncryptionCredentials.Add(Seal.Of("none", RandomNumberGenerator.GetBytes(SigningKeyStore.SealingKeyBytes)).Encryption);
        }

        options.SigningCredentials.AddRange(current.Visible.Where(current.Signing.ContainsKey).Select(kid => current.Signing[kid]));
        foreach (var seal in current.Visible.Where(current.Seals.ContainsKey).Select(kid => current.Seals[kid]))
        {
            options.SigningCredentials.Add(seal.Signing);
            options.EncryptionCredentials.Add(seal.Encryption);
        }
    }

    public void Dispose() => _one.Dispose();

    private string ActiveOf<TKey>(IEnumerable<TKey> keys) where TKey : ScheduledKey =>
        SigningKeyStore.ScheduleOf(keys).ActiveAt(time.GetUtcNow())?.Kid ?? throw new InvalidOperationException("No key is active.");

    private bool IsDue()
    {
        var (now, current) = (time.GetUtcNow(), _current);
        // By what has passed, and not by the clock, which may be set back.
        return current.LoadedAt is not { } loaded || time.GetElapsedTime(loaded) >= options.Value.RefreshEvery || !VisibleOf(current.Keys, current.Sealing, now).SequenceEqual(current.Visible);
    }

    private void Show(IReadOnlyList<SigningKey> keys, IReadOnlyList<SealingKey> sealing)
    {
        var before = _current;
        _current = new(
            keys, sealing, VisibleOf(keys, sealing, time.GetUtcNow()),
            keys.ToDictionary(key => key.Kid, key => before.Signing.GetValueOrDefault(key.Kid) ?? Open(key)),
            sealing.ToDictionary(key => key.Kid, key => before.Seals.GetValueOrDefault(key.Kid) ?? Seal.Of(key.Kid, vault.Unprotect(key.Kid, key.Protected))),
            time.GetTimestamp());
        if (!before.Visible.SequenceEqual(_current.Visible))
            Interlocked.Exchange(ref _changed, new ConfigurationReloadToken()).OnReload();
    }

    private static List<string> VisibleOf(IEnumerable<SigningKey> keys, IEnumerable<SealingKey> sealing, DateTimeOffset now) =>
    [
        .. SigningKeyStore.ScheduleOf(keys).VisibleAt(now).Select(k => k.Kid),
        .. SigningKeyStore.ScheduleOf(sealing).VisibleAt(now).Select(k => k.Kid),
    ];

    private SigningCredentials Open(SigningKey key)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(vault.Unprotect(key.Kid, key.Protected), out _);
        return new SigningCredentials(new ECDsaSecurityKey(ecdsa) { KeyId = key.Kid }, SecurityAlgorithms.EcdsaSha256);
    }

    [LoggerMessage(LogLevel.Warning, "The signing keys could not be looked up; those known stay in use")]
    private static partial void LogStale(ILogger logger, Exception fault);

    /// <param name="Keys">Every stored signing key.</param>
    /// <param name="Sealing">Every stored sealing key.</param>
    /// <param name="Visible">The ids of those in use: the signing keys among them are the JWKS.</param>
    /// <param name="Signing">The signing keys, opened, by their ids.</param>
    /// <param name="Seals">The sealing keys, opened, by their ids.</param>
    /// <param name="LoadedAt">The timestamp of when they were last asked for; null before.</param>
    private sealed record Snapshot(
        IReadOnlyList<SigningKey> Keys, IReadOnlyList<SealingKey> Sealing, IReadOnlyList<string> Visible,
        IReadOnlyDictionary<string, SigningCredentials> Signing, IReadOnlyDictionary<string, Seal> Seals, long? LoadedAt);
}

/// <summary>A sealing key, opened.</summary>
internal sealed record Seal(SigningCredentials Signing, EncryptingCredentials Encryption)
{
    public static Seal Of(string kid, byte[] secret)
    {
        var half = secret.Length / 2;
        return new(
            new SigningCredentials(new SymmetricSecurityKey(secret[..half]) { KeyId = kid }, SecurityAlgorithms.HmacSha256),
            new EncryptingCredentials(new SymmetricSecurityKey(secret[half..]) { KeyId = kid }, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
    }
}
