using OneDoor.Callers;

namespace OneDoor.Platform;

/// <summary>
/// The log <c>OneDoor.Security</c>: who was refused what, and who asks too much. docs/OPERATING.md has its events. Any number of
/// equal ones in a minute are two lines.
/// </summary>
public sealed class SecurityLog(ILoggerFactory loggers, TimeProvider time) : BackgroundService
{
    public const string Category = "OneDoor.Security";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ILogger _log = loggers.CreateLogger(Category);
    private readonly SecurityTally _tally = new();

    /// <summary>Notes a refusal, if it is one that tells of an attack.</summary>
    public void Refused(HttpContext http, Refusal refusal)
    {
        if (SecurityEvent.KindOf(refusal.Status) is not { } happened)
            return;
        var (client, subject) = (http.User.FindFirst("client_id")?.Value ?? "", http.User.FindFirst("sub")?.Value ?? "");
        // A system's subject is itself.
        Note(new SecurityEvent(
            happened, refusal.Code, client, subject == client ? "" : subject, CallerNetwork.Of(http.Connection.RemoteIpAddress),
            (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? ""));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        WriteRest();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Minute, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            WriteRest();
    }

    private void Note(SecurityEvent happened)
    {
        if (_tally.IsTold(happened))
            Write(happened, 1);
    }

    private void WriteRest()
    {
        foreach (var (happened, count) in _tally.Close())
            Write(happened, count);
    }

    private void Write(SecurityEvent happened, int count) =>
        _log.Log(LogLevel.Warning, new EventId((int)happened.Kind, Kebab.Of(happened.Kind)), happened.Attributes(count), null, (said, _) => SecurityEvent.Line(said));
}
