using Marten;
using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>
/// Cases nobody answered within five working days count as accepted (CASE-2); what joint parties have not all signed lapses (APP-2); promises
/// that are missed, reasons that are owed and procedures that take too long are recorded (CLK-3, CLK-8). Late cases are counted on the way.
/// </summary>
public static class LapseCases
{
    /// <summary>Cases whose running clocks, or missing signatures, something is due for.</summary>
    public static Sweep<Case, CaseFact> Wake(IServiceProvider services) => Of(services,
        (cases, over) => cases.Where(c => c.WakeAt != null && c.WakeAt <= over).OrderBy(c => c.WakeAt));

    /// <summary>Cases whose provisional limits waited for holiday notices that this release knows (CLK-2).</summary>
    public static Sweep<Case, CaseFact> Settle(IServiceProvider services)
    {
        var settled = LegalClock.MidnightOf(services.GetRequiredService<LegalClock>().Calendar.SettledUntil.AddDays(1)).ToUniversalTime();
        return Of(services, (cases, _) => cases.Where(c => c.ProvisionalUntil != null && c.ProvisionalUntil < settled).OrderBy(c => c.ProvisionalUntil));
    }

    /// <summary>Cases that nobody answered in time (CASE-2).</summary>
    public static Sweep<Case, CaseFact> Sweep(IServiceProvider services)
    {
        var metrics = services.GetRequiredService<CaseMetrics>();
        return Of(services, (cases, over) => cases.Where(c => c.AcceptBy != null && c.AcceptBy <= over).OrderBy(c => c.AcceptBy),
            async (round, ct) => metrics.Swept(round, round == SweepRound.Elsewhere ? null : await CountLate(services, ct)));
    }

    private static Sweep<Case, CaseFact> Of(
        IServiceProvider services, Func<IQueryable<Case>, DateTimeOffset, IQueryable<Case>> over, Func<SweepRound, CancellationToken, Task>? swept = null)
    {
        var (clock, followers, register) = (services.GetRequiredService<LegalClock>(), services.GetServices<ICaseFollower>().ToArray(), services.GetRequiredService<ILicenceRegister>());
        return new((cases, now) => over(cases, LegalClock.LastOver(now)), (@case, now) => @case.Lapse(clock, @case.NowAt(now)))
        {
            Besides = async (session, @case, facts, ct) =>
            {
                var after = facts.Aggregate(@case, Case.Evolve);
                await followers.Follow(session, after, facts, ct);
                // That it was accepted for another item no licence finds by itself.
                if (facts.Any(fact => fact is RenewalVoided))
                    await register.Follow(session, @case, after, after.ByEverybodysClock(facts), ct);
            },
            Swept = swept ?? ((_, _) => Task.CompletedTask),
        };
    }

    private static async Task<int> CountLate(IServiceProvider services, CancellationToken ct)
    {
        var found = services.GetRequiredService<FoundTable>().SearchCases([new Way.Everywhere()], [CaseStatus.Accepted]);
        found.Where($"f.due <= {found.Value(LegalClock.LastOver(services.GetRequiredService<TimeProvider>().GetUtcNow()))}");
        return (int)await found.Count(most: null, ct);
    }
}
