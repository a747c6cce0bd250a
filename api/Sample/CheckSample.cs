using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Complaints;
using OneDoor.Reviews;
using OneDoor.Statistics;
using OneDoor.Tickets;
using OneDoor.WorkOrders;

namespace OneDoor.Sample;

/// <summary>
/// <c>sample --check</c>: folds the five years' sample and computes the published figures of it (STAT-3); asks no database. It fails where a figure
/// of all cases that can be computed is not the published one, and where a rule refuses anything.
/// </summary>
public static class CheckSample
{
    /// <param name="cases">How many cases; null for all.</param>
    /// <param name="seed">The seed; null for the usual one.</param>
    public static async Task<int> Run(int? cases, int? seed)
    {
        var started = Stopwatch.GetTimestamp();
        var drawn = SampleDrawing.Draw(SampleTable.Solve(seed ?? SamplePlan.UsualSeed), cases ?? SamplePlan.Cases);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{drawn.Count} cases drawn in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s"));
        var (rows, facts, beside) = Fold(drawn);
        var published = PublishedFigures.Of(CatalogueData.June2020(), Tally.Of(rows));
        PublishedFigure[] unknowable = [.. published.Unknowable()], differing = [.. published.Differing()];
        foreach (var figure in published.Figures)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {figure.Id,-26} {figure.Value,14:0.######}   published {figure.Published,-8} {(figure.Reproduced ? "reproduced" : unknowable.Contains(figure) ? "nothing to compute it from" : "differs")}"));
        Console.WriteLine($"{published.Figures.Count - unknowable.Length - differing.Length} of {published.Figures.Count - unknowable.Length} figures reproduced; nothing to compute from: {string.Join(", ", unknowable.Select(figure => figure.Id))}");
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{facts} facts of cases folded, {beside.Values.Sum(made => made.Facts)} beside them, of {Said(of => beside.GetValueOrDefault(of).Things)}; {seconds:F0} s, {facts / seconds:F0} facts of cases a second"));
        return drawn.Count < SamplePlan.Cases || differing.Length == 0 ? 0 : await Commands.Refuse($"Not reproduced: {string.Join(", ", differing.Select(figure => figure.Id))}.");
    }

    private static (CaseRow[] Rows, long Facts, ConcurrentDictionary<Type, (int Things, int Facts)> Beside) Fold(IReadOnlyList<SampleCase> drawn)
    {
        var (rows, facts, progress) = (new CaseRow[drawn.Count], 0L, new Progress(drawn.Count, "cases folded"));
        var (visits, beside) = (SampleVisit.Draw(drawn), new ConcurrentDictionary<Type, (int Things, int Facts)>());
        // Each of whoever folds knows the forms' answers that it has made.
        Parallel.For(0, drawn.Count, () => (Life: new SampleLife(), Facts: 0L), (i, _, mine) =>
        {
            var told = mine.Life.FactsOf(drawn[i]);
            var folded = told.Aggregate(default(Case), Case.Evolve)!;
            rows[i] = CaseRow.Of(folded, drawn[i].Cell.Item, LegalClock.Zone);
            foreach (var made in SampleService.Of(drawn[i], folded, visits[i]))
                beside.AddOrUpdate(made.Of, (1, made.Facts.Count), (_, before) => (before.Things + 1, before.Facts + made.Facts.Count));
            progress.Add(1);
            return mine with { Facts = mine.Facts + told.Count };
        }, mine => Interlocked.Add(ref facts, mine.Facts));
        return (rows, facts, beside);
    }

    /// <summary>How many of what hangs on the cases, in words.</summary>
    internal static string Said(Func<Type, int> number) => string.Create(
        CultureInfo.InvariantCulture, $"{number(typeof(Ticket))} tickets, {number(typeof(Review))} reviews, {number(typeof(Complaint))} complaints and {number(typeof(WorkOrder))} work orders");
}
