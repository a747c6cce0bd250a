using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace OneDoor.Platform;

/// <summary>
/// Whether the identity server's keys have been read: until then no token can be checked, which is no fault of any token's. Once
/// read, they are kept while identity is away.
/// </summary>
public sealed partial class IdentityKeys(IOptionsMonitor<JwtBearerOptions> bearer, TimeProvider time, ILogger<IdentityKeys> log) : BackgroundService
{
    /// <summary>How long a request waits for another one's attempt before it is answered 503.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private long? _told;
    private volatile bool _read;

    /// <summary>True once they have been read.</summary>
    public bool HaveBeenRead => _read;

    /// <summary>True once they have been read. Tries to, one caller at a time.</summary>
    public async Task<bool> AreRead(CancellationToken ct)
    {
        if (_read)
            return true;
        if (!await _one.WaitAsync(LongestWait, ct))
            return false;
        try
        {
            if (!_read)
            {
                await bearer.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(ct);
                _read = true;
            }
        }
        // Whatever it is that fails: keys that cannot be read now are asked for again, and must not stop the process.
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            // However often somebody asks, once a minute.
            if (_told is { } told && time.GetElapsedTime(told) < TimeSpan.FromMinutes(1))
                return false;
            _told = time.GetTimestamp();
            LogAway(log, fault.GetBaseException().GetType().Name);
        }
        finally
        {
            _one.Release();
        }
        return _read;
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await AreRead(stoppingToken))
            await Task.Delay(RetryEvery, time, stoppingToken);
    }

    [LoggerMessage(LogLevel.Warning, "The identity server's keys cannot be read yet: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
