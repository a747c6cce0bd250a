using System.Diagnostics.Metrics;
using OneDoor.Callers;

namespace OneDoor.Wire;

/// <summary>
/// The log <c>OneDoor.Security</c>: who was refused what, who asks too much, who signed in or could not; and the count of refusals.
/// docs/OPERATING.md has its events. Any number of equal ones in a minute are two lines.
/// </summary>
public sealed class SecurityLog(ILoggerFactory loggers, IMeterFactory meters, TimeProvider time) : BackgroundService
{
    public const string Category = "OneDoor.Security";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ILogger _log = loggers.CreateLogger(Category);
    private readonly SecurityTally _tally = new();
    private readonly Counter<long> _refusals =
        meters.Create(Telemetry.Meter).CreateCounter<long>("onedoor.refusals", "{refusal}", "Requests refused, by code and status.");

    /// <summary>Counts a refusal, and notes it if it is one that tells of an attack.</summary>
    /// <param name="http">The request; null where nothing is known of who asked.</param>
    /// <param name="refusal">The refusal.</param>
    public void Refused(HttpContext? http, Refusal refusal)
    {
        _refusals.Add(
            1, KeyValuePair.Create("onedoor.refusal.code", (object?)refusal.Code), KeyValuePair.Create("http.response.status_code", (object?)refusal.Status));
        if (http is null)
            return;
        var (client, subject) = (http.User.FindFirst("client_id")?.Value ?? "", http.User.FindFirst("sub")?.Value ?? "");
        // A system's subject is itself.
        Refused(http, refusal.Status, refusal.Code, client, subject == client ? "" : subject);
    }

    /// <summary>Notes a refusal that is none of the platform's own, if it is one that tells of an attack.</summary>
    /// <param name="status">The answer's status.</param>
    /// <param name="reason">Why.</param>
    /// <param name="client">The client, when it has proved to be one.</param>
    /// <param name="person">The person's <c>sub</c>, where one is known.</param>
    public void Refused(HttpContext http, int status, string reason, string client = "", string person = "")
    {
        if (SecurityEvent.KindOf(status) is { } kind)
            Note(http, kind, reason, client, person);
    }

    /// <summary>Notes what has happened; it gets its line at once, or in a minute with others like it.</summary>
    public void Note(HttpContext http, SecurityEventKind kind, string reason, string client = "", string person = "")
    {
        if (http.IsForgotten())
            return;
        var happened = new SecurityEvent(kind, reason, client, person, CallerNetwork.Of(http.Connection.RemoteIpAddress), http.RouteOf() ?? "");
        if (_tally.IsTold(happened))
            Write(happened, 1);
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

    private void WriteRest()
    {
        foreach (var (happened, count) in _tally.Close())
            Write(happened, count);
    }

    private void Write(SecurityEvent happened, int count)
    {
        var level = happened.Kind is SecurityEventKind.SignedIn or SecurityEventKind.TokenIssued ? LogLevel.Information : LogLevel.Warning;
        if (_log.IsEnabled(level))
            _log.Log(level, new EventId((int)happened.Kind, Kebab.Of(happened.Kind)), happened.Attributes(count), null, (said, _) => SecurityEvent.Line(said));
    }
}
