using OpenTelemetry;

namespace OneDoor.Platform;

/// <summary>
/// What one process does for all, round after round (<see cref="Turn"/>). What is to be done lies in the database, so that another process goes on
/// with all of it where this one ends or fails.
/// </summary>
/// <param name="work">What it is called in the database and in the log.</param>
/// <param name="configuration">Names the database.</param>
/// <param name="log">Hears of rounds that failed.</param>
public abstract partial class WorkInTurns(string work, IConfiguration configuration, ILogger log) : BackgroundService
{
    /// <summary>From one look at what there is to do to the next.</summary>
    protected static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Does what there is to do now; false where it is not worth looking again at once.</summary>
    protected abstract Task<bool> Round(CancellationToken ct);

    /// <summary>Says that something could not be done: it is still to be done.</summary>
    protected void Say(Exception fault) => Failed(log, work, fault);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A round a second is not worth a trace.
        using var untraced = SuppressInstrumentationScope.Begin();
        await using var turn = new Turn(Store.ConnectionOf(configuration), work);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await turn.IsOurs(stoppingToken) || !await Round(stoppingToken))
                    await Task.Delay(Look, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Say(fault);
                await turn.Yield();
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Work failed and is tried again: {Work}")]
    private static partial void Failed(ILogger log, string work, Exception fault);
}
