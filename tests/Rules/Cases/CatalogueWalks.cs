using OneDoor.Catalogue;
using OneDoor.Licences;
using OneDoor.Standing;
using OneDoor.Supervision;
using Xunit;

namespace OneDoor.Cases;

/// <summary>
/// Every item of both editions, applied for by its example and walked through what is lawful and what is not. <c>WALKS</c> says how many
/// cases there are of each step, <c>WALK_SEED</c> what happens to them. Of every reform mode as many more are drawn: <c>SIMULATE_CASES</c> together,
/// whose items and fates <c>SIMULATE_SEED</c> decides.
/// </summary>
public sealed class CatalogueWalks
{
    private const int LongestWalk = 60, Enough = 2000, UsualSeed = 20200611;

    private static readonly int Walks = Setting.Number("WALKS", 1);
    private static readonly int Seed = Setting.Seed("WALK_SEED", UsualSeed);

    private static readonly int Simulated = Setting.Number("SIMULATE_CASES", 200);
    private static readonly int SimulatedSeed = Setting.Number("SIMULATE_SEED", Seed);

    [Fact] // CASE-4 to CASE-16, HEAR-1, HEAR-2, REM-1, CLK-3, CLK-4
    public void Whatever_is_asked_of_a_case_no_law_is_broken()
    {
        var (taken, facts, statuses) = (new HashSet<Type>(), new HashSet<Type>(), new HashSet<CaseStatus>());
        var seeds = new Random(Seed);
        foreach (var catalogue in new[] { CatalogueData.June2020(), CatalogueData.Zone() })
            foreach (var item in catalogue.SelectMany(item => Enumerable.Repeat(item, Walks * Math.Max(1, item.Procedure.Steps.Count + 8 * item.Roles.Count))))
            {
                var walk = Walk(item, catalogue, new Random(seeds.Next()), $"WALK_SEED={Seed}");
                taken.UnionWith(walk.Taken);
                facts.UnionWith(walk.Facts.Select(fact => fact.GetType()));
                statuses.UnionWith(walk.Stood);
            }

        // A walk that never comes to something says nothing about it; of another seed than CI's a single run may not.
        if (Seed != UsualSeed)
            return;
        // In the sandbox alone.
        Assert.Equal([typeof(MoveClock)], Concrete<CaseCommand>().Except(taken));
        // Of releases before 0.2; an answer that asks for what it did not; a notice that comes while a case runs; what supervision brings about, and what becomes of a licence that is to be renewed.
        Assert.Equal([typeof(CommitmentBreached), typeof(LimitExtended), typeof(LimitsSettled), typeof(ObligationsReleased), typeof(RenewalAwaited), typeof(RenewalDeemed), typeof(RenewalInspected), typeof(RenewalVoided), typeof(SandboxClockMoved), typeof(StepNeeded)], Concrete<CaseFact>().Except(facts).OrderBy(fact => fact.Name, StringComparer.Ordinal));
        Assert.Equal([], Enum.GetValues<CaseStatus>().Except(statuses));
    }

    [Fact] // MODE-1 to MODE-7, CASE-4 to CASE-16, BAR-1, LIC-3 to LIC-6, SUP-1, CRED-1
    public void Nor_in_any_number_of_cases_of_every_mode_nor_by_what_becomes_of_what_they_grant()
    {
        var (taken, facts) = (new HashSet<Type>(), new HashSet<Type>());
        var random = new Random(SimulatedSeed);
        IReadOnlyList<Item>[] catalogues = [CatalogueData.June2020(), CatalogueData.Zone()];
        var modes = Enum.GetValues<ReformMode>();
        var walked = new HashSet<ReformMode>();
        for (var n = 0; n < Simulated; n++)
        {
            var mode = modes[n % modes.Length];
            var having = catalogues.Where(catalogue => catalogue.Any(item => item.Mode == mode)).ToArray();
            var catalogue = having[random.Next(having.Length)];
            var ofMode = catalogue.Where(item => item.Mode == mode).ToArray();
            var item = ofMode[random.Next(ofMode.Length)];
            var life = new GrantWalk(item, catalogue, new Random(random.Next()));
            Walk(item, catalogue, new Random(random.Next()), $"SIMULATE_CASES={Simulated} SIMULATE_SEED={SimulatedSeed}, case {n + 1}", life);
            walked.Add(item.Mode);
            taken.UnionWith(life.Taken);
            facts.UnionWith(life.CaseFacts.Cast<IFact>().Concat(life.Kept.Licences.Facts).Concat(life.Kept.Tasks.Facts).Concat(life.Kept.Records.Facts).Select(fact => fact.GetType()));
        }

        Assert.Equal(modes.Take(Simulated), walked.Order());
        // Of enough of them each kind of command does something: one that the walk has lost would go unseen. The clock is moved in the sandbox alone.
        if (Simulated < Enough)
            return;
        Assert.Equal([typeof(MoveClock)], Concrete<CaseCommand>().Concat(Concrete<LicenceCommand>()).Concat(Concrete<SupervisionCommand>()).Concat(Concrete<CreditCommand>()).Except(taken));
        // Some facts are seldom: of one seed it is known that it comes to all of them.
        if (SimulatedSeed != UsualSeed)
            return;
        Assert.Equal([], Concrete<LicenceFact>().Concat(Concrete<SupervisionFact>()).Concat(Concrete<CreditFact>()).Except(facts));
    }

    private static CatalogueWalk Walk(Item item, IReadOnlyList<Item> catalogue, Random random, string drawn, GrantWalk? life = null)
    {
        var walk = life?.Begin() ?? new CatalogueWalk(item, catalogue, random);
        try
        {
            var refused = walk.Submit();
            var ended = item.IsEnded(DateOnly.MaxValue);
            Assert.Equal(ended ? CaseRefusals.ItemAbolished.Code : null, refused?.Code);
            for (var steps = ended ? 0 : random.Next(LongestWalk); steps > 0 && !walk.IsOver; steps--)
                walk.Step();
            if (walk.Case is not null)
                life?.Live();
            // CASE-8: what is stored leads to the same case again.
            if (walk.Case is { } now)
                Assert.Equal(StoredJson.Write(now), StoredJson.Write(walk.Facts.Select(StoredJson.Stored).Aggregate((Case?)null, Case.Evolve)!));
            return walk;
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{drawn}, {item.Edition} {item.Code}: {fault.Message}\n{life?.Story ?? walk.Story}", fault);
        }
    }

    private static IEnumerable<Type> Concrete<T>() => typeof(T).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract);
}
