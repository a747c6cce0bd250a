using System.Diagnostics;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Tickets;

/// <summary>
/// A day in the four halls, drawn from a seed and asked of two processes by the public API alone: whoever books, comes, waits and is served,
/// and twenty windows that call them. Afterwards everything the platform tells has to agree with what it answered meanwhile (HALL-1, HALL-2, APPT-1, APPT-2).
/// </summary>
public sealed class DayInFourHalls(RunningPlatform platform)
{
    private const int UsualSeed = 1, CutOffAt = DayPlan.Noon - 10, CutOffMinutes = 2, Latest = 22 * 60, LooksEvery = 15;

    // A Tuesday like any other.
    private static readonly DateOnly Day = new(2026, 3, 10);
    private static readonly int Seed = Setting.Seed("DAY_SEED", UsualSeed);

    [Fact]
    public async Task Nobody_is_lost_called_twice_or_out_of_order_though_a_process_is_killed_at_noon()
    {
        var (plan, began) = (new DayPlan(Seed, Setting.Number("DAY_PEOPLE", 40)), Stopwatch.StartNew());
        await using var database = await platform.Template.Copy();
        await using var servers = new DayServers(platform, database, Day);
        await Task.WhenAll(servers.Start(), servers.Start());
        var ledger = new DayLedger(servers);
        var crowd = new DayCrowd(servers, ledger, plan);
        var windows = plan.Windows(servers, ledger);
        var screens = DayPlan.Halls.Select(hall => new DayScreen(servers, hall)).ToArray();
        try
        {
            await crowd.RaceForTheLastSlot();
            await crowd.Book();
            foreach (var screen in screens)
                screen.Watch();
            await Pass(servers, ledger, crowd, windows, screens);
            foreach (var screen in screens)
                await screen.TurnOff();
            await new DayAudit(servers, ledger, windows, crowd.Visitors).Run(screens);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"DAY_SEED={Seed} DAY_PEOPLE={plan.People}, at {servers.Minute / 60}:{servers.Minute % 60:D2}", fault);
        }
        finally
        {
            foreach (var screen in screens)
                await screen.DisposeAsync();
        }
        Console.WriteLine(
            $"DAY_SEED={Seed} DAY_PEOPLE={plan.People}: {ledger.Tickets.Count} tickets and {crowd.Visitors.Count(v => v.Booked is not null)} appointments, {servers.Figures}, {screens.Sum(s => s.Heard.Count)} boards, {began.Elapsed.TotalSeconds:F0} s");
        Assert.True(ledger.Wrong.IsEmpty, $"DAY_SEED={Seed} DAY_PEOPLE={plan.People}: {string.Join('\n', ledger.Wrong)}");
    }

    private static async Task Pass(DayServers servers, DayLedger ledger, DayCrowd crowd, IReadOnlyList<DayWindow> windows, DayScreen[] screens)
    {
        var (cutOff, lastHeard, missed) = (screens[0], "", false);
        for (var minute = DayPlan.Opens; minute < DayPlan.Closes || crowd.IsAbout; minute++)
        {
            Assert.True(minute < Latest, $"Still there late in the evening: {string.Join(", ", crowd.Visitors.Where(v => v is { Next: not null } or { Ticket.IsOver: false }))}");
            // Before it begins, so that it begins while people act.
            servers.Clock.PassUntil(servers.At(minute).AddSeconds(-1));
            if (minute == CutOffAt)
            {
                cutOff.CutOff(true);
                lastHeard = cutOff.Last;
            }
            var acting = Task.WhenAll([.. windows.Select(w => w.Work(minute)), .. crowd.Act(minute)]);
            if (minute == DayPlan.Noon)
                await servers.Kill(acting);
            await acting;
            missed |= cutOff.IsCutOff && ledger.BoardOf(cutOff.Hall) != lastHeard;
            if (cutOff.IsCutOff && minute >= CutOffAt + CutOffMinutes - 1 && missed)
                cutOff.CutOff(false);
            if (minute % LooksEvery == 0)
                await Look();
        }
        await Look();
        Assert.True(missed && !cutOff.IsCutOff, $"Nothing happened in {cutOff.Hall} while its screen was cut off.");

        async Task Look()
        {
            foreach (var screen in screens.Where(s => !s.IsCutOff))
                await RunningPlatform.Until(() => Task.FromResult(screen.Last == ledger.BoardOf(screen.Hall)), $"the screen of {screen.Hall} shows {ledger.BoardOf(screen.Hall)}", () => screen.Last);
        }
    }
}
