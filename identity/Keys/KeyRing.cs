using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<string, SigningCredentials> _opened = new();
    private volatile Snapshot _current = new([], [], DateTimeOffset.MinValue);
    private ConfigurationReloadToken _changed = new();

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => _changed;

    /// <summary>The credentials that sign at this moment.</summary>
    public SigningCredentials Active =>
        _opened[SigningKeyStore.ScheduleOf(_current.Keys).ActiveAt(time.GetUtcNow())?.Kid ?? throw new InvalidOperationException("No key is active.")];

    /// <summary>Brings the ring up to date when it is due; with the database away, what is known stays in use.</summary>
    public async Task RefreshIfDueAsync(CancellationToken ct)
    {
        if (!IsDue())
            return;
        await _one.WaitAsync(ct);
        try
        {
            if (IsDue())
                await RefreshAsync(ct);
        }
        catch (Exception fault) when (DatabaseFaults.IsOutage(fault) && _current.Keys.Count > 0)
        {
            LogStale(logger, fault.GetBaseException().Message);
            Show(_current.Keys);
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task RefreshAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        Show(await scope.ServiceProvider.GetRequiredService<SigningKeyStore>().KeepAsync(ct));
    }

    public void Configure(OpenIddictServerOptions options)
    {
        // OpenIddict insists on a key although nothing is served before the ring is filled.
        if (_current.Visible.Count == 0)
            options.SigningCredentials.Add(new SigningCredentials(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)), SecurityAlgorithms.EcdsaSha256));
        options.SigningCredentials.AddRange(_current.Visible.Select(kid => _opened[kid]));
    }

    public void Dispose() => _one.Dispose();

    private bool IsDue()
    {
        var (now, current) = (time.GetUtcNow(), _current);
        return now >= current.LoadedAt + options.Value.RefreshEvery || !VisibleOf(current.Keys, now).SequenceEqual(current.Visible);
    }

    private void Show(IReadOnlyList<SigningKey> keys)
    {
        var now = time.GetUtcNow();
        foreach (var key in keys)
            _opened.GetOrAdd(key.Kid, _ => Open(key));
        var before = _current.Visible;
        _current = new(keys, VisibleOf(keys, now), now);
        if (!before.SequenceEqual(_current.Visible))
            Interlocked.Exchange(ref _changed, new ConfigurationReloadToken()).OnReload();
    }

    private static List<string> VisibleOf(IEnumerable<SigningKey> keys, DateTimeOffset now) =>
        [.. SigningKeyStore.ScheduleOf(keys).VisibleAt(now).Select(k => k.Kid)];

    private SigningCredentials Open(SigningKey key)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(vault.Unprotect(key.Kid, key.Protected), out _);
        return new SigningCredentials(new ECDsaSecurityKey(ecdsa) { KeyId = key.Kid }, SecurityAlgorithms.EcdsaSha256);
    }

    [LoggerMessage(LogLevel.Warning, "The signing keys could not be looked up; those known stay in use: {Reason}")]
    private static partial void LogStale(ILogger logger, string reason);

    /// <param name="Keys">Every stored key.</param>
    /// <param name="Visible">The ids of those in the JWKS.</param>
    /// <param name="LoadedAt">When they were last asked for.</param>
    private sealed record Snapshot(IReadOnlyList<SigningKey> Keys, IReadOnlyList<string> Visible, DateTimeOffset LoadedAt);
}
