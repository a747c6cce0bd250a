using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Sample;

/// <summary>So many cases of an item, received in a hall by a channel, and concluded between two days.</summary>
/// <param name="Item">The item, in the edition of June 2020.</param>
/// <param name="Kind">The kind it is of.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The day after the last: they lie in one month.</param>
/// <param name="Hall">The receiving hall's code.</param>
/// <param name="Channel">How they came in.</param>
/// <param name="Emergency">They are part of an emergency project.</param>
/// <param name="Cases">How many.</param>
public sealed record SampleCell(Item Item, SampleKind Kind, DateOnly From, DateOnly Until, string Hall, Channel Channel, bool Emergency, int Cases)
{
    /// <summary>The applicant sent it, from wherever they were.</summary>
    public bool IsOnline => Channel is Channel.Online or Channel.Mobile;
}

/// <summary>
/// The five years solved in whole cases, before any is drawn (STAT-3): how many of which item, in which month, hall and channel, so that
/// every figure the zone published comes out to the digit.
/// </summary>
public sealed class SampleTable
{
    private const int MinutesGrid = 6;

    private SampleTable(int seed, IReadOnlyList<SampleCell> cells, IReadOnlyDictionary<string, int> minutes) => (Seed, Cells, MinutesOf) = (seed, cells, minutes);

    /// <summary>What it was solved from.</summary>
    public int Seed { get; }

    /// <summary>In order of time, as far as they are apart.</summary>
    public IReadOnlyList<SampleCell> Cells { get; }

    /// <summary>Of each entry of the municipality's powers, by code, how many minutes of open time a case takes on average.</summary>
    public IReadOnlyDictionary<string, int> MinutesOf { get; }

    /// <summary>Solves it: the same for the same seed.</summary>
    public static SampleTable Solve(int seed = SamplePlan.UsualSeed)
    {
        Item[] items = [.. CatalogueData.June2020()];
        var cells = SamplePlan.Quotas.GroupBy(quota => quota.Kind).SelectMany(kind => OfKind(kind.Key, [.. kind], [.. items.Where(item => SamplePlan.KindOf(item) == kind.Key)], seed)).ToArray();
        return new(seed, [.. WithProjects(WithChannels(cells)).OrderBy(cell => cell.From)], Minutes([.. items.Where(item => SamplePlan.KindOf(item) == SampleKind.Municipal)]));
    }

    /// <summary>Whether somebody has to be heard or looks in before the decision, which takes its days.</summary>
    internal static bool Waits(Item item) => item.ThirdParty || item.Hearing == Requirement.Required;

    /// <summary>Nobody but parties of one transaction applies for it: they come to the window together.</summary>
    internal static bool IsJointOnly(Item item) => item.Applicants.All(kind => kind == ApplicantKind.JointParties);

    // Months, then items, then halls; channels follow, since of them a sum is given over all kinds.
    private static IEnumerable<SampleCell> OfKind(SampleKind kind, SampleQuota[] quotas, Item[] items, int seed)
    {
        Item[] asked = [.. items.OrderBy(item => Drawn.From(seed, item.Code))];
        var byItem = new Shares([.. asked.Select((item, rank) => SamplePlan.DemandFor(item.Department) * (Waits(item) ? 0.2 : 1) / (rank + 3.0))]);
        Shares[] byHall = [.. asked.Select(_ => new Shares([.. SamplePlan.Halls.Select(hall => (double)hall.Share)]))];
        foreach (var quota in quotas)
        {
            var months = MonthsOf(quota.From, quota.Until).Where(month => asked.Any(item => IsTaken(item, month.From))).ToArray();
            var byMonth = Shares.Of(quota.Cases, [.. months.Select(month => SamplePlan.DemandIn(month.From) * SampleDays.In(month.From, month.Until).Count)]);
            foreach (var (month, m) in months.Select((month, m) => (month, m)))
            {
                foreach (var (cases, i) in byItem.Next(byMonth[m], i => IsTaken(asked[i], month.From)).Select((cases, i) => (cases, i)).Where(share => share.cases > 0))
                {
                    foreach (var (received, h) in byHall[i].Next(cases).Select((received, h) => (received, h)).Where(share => share.received > 0))
                        yield return new(asked[i], kind, month.From, month.Until, SamplePlan.Halls[h].Hall, Channel.Window, Emergency: false, received);
                }
            }
        }
    }

    // Of the epidemic's months the sum of what came in online is given; of the others, a share for each year.
    private static IEnumerable<SampleCell> WithChannels(IReadOnlyList<SampleCell> cells)
    {
        bool CanBeOnline(SampleCell cell) => !IsJointOnly(cell.Item) && cell.Item.Channels.Contains(Channel.Online);
        var epidemic = cells.Where(cell => cell.From >= SamplePlan.Epidemic && CanBeOnline(cell)).Sum(cell => cell.Cases);
        Dictionary<int, RunningShare> shares = [];
        Dictionary<(string, bool), Shares> within = [];
        foreach (var cell in cells)
        {
            // The year 0 stands for the epidemic.
            var year = cell.From >= SamplePlan.Epidemic ? 0 : cell.From.Year;
            if (!shares.TryGetValue(year, out var share))
                shares[year] = share = year == 0 ? new(SamplePlan.EpidemicOnline, epidemic) : new(SamplePlan.OnlineIn(year), 100);
            var online = CanBeOnline(cell) ? share.Of(cell.Cases) : 0;
            foreach (var one in Among(cell, [(Channel.Online, 3), (Channel.Mobile, 1)], online, within).Concat(
                Among(cell, [(Channel.Window, 88), (Channel.Kiosk, 8), (Channel.Agency, 4)], cell.Cases - online, within)))
                yield return one;
        }
    }

    private static IEnumerable<SampleCell> Among(SampleCell cell, (Channel Channel, int Share)[] channels, int cases, Dictionary<(string, bool), Shares> within)
    {
        // A machine asks the person before it: nobody applies jointly there.
        (Channel Channel, int Share)[] offered = [.. channels.Where(c => cell.Item.Channels.Contains(c.Channel) && !(c.Channel == Channel.Kiosk && IsJointOnly(cell.Item)))];
        var key = (cell.Item.Code, channels[0].Channel == Channel.Online);
        if (cases == 0)
            yield break;
        if (!within.TryGetValue(key, out var shares))
            within[key] = shares = new([.. offered.Select(c => (double)c.Share)]);
        foreach (var (received, c) in shares.Next(cases).Select((received, c) => (received, c)).Where(share => share.received > 0))
            yield return cell with { Channel = offered[c].Channel, Cases = received };
    }

    // Licences of the epidemic's months that nobody has to be heard for: a promise of 24 hours changes no procedure (CLK-6).
    private static IEnumerable<SampleCell> WithProjects(IEnumerable<SampleCell> all)
    {
        SampleCell[] cells = [.. all];
        bool CanBe(SampleCell cell) => cell.Kind == SampleKind.Licence && cell.From >= SamplePlan.Epidemic && cell.Item.Procedure.Steps.Count == 1 && !Waits(cell.Item) && !cell.Item.CommitmentEligible && cell.Item.Act != Act.Filing;
        var share = new RunningShare(SamplePlan.EpidemicProjects, cells.Where(CanBe).Sum(cell => cell.Cases));
        foreach (var cell in cells)
        {
            var projects = CanBe(cell) ? share.Of(cell.Cases) : 0;
            if (projects < cell.Cases)
                yield return cell with { Cases = cell.Cases - projects };
            if (projects > 0)
                yield return cell with { Cases = projects, Emergency = true };
        }
    }

    // Whole tenths of an hour, which days show in four decimals; what is promised within hours is kept within them.
    private static Dictionary<string, int> Minutes(Item[] municipal)
    {
        const int Whole = SamplePlan.MunicipalMinutes / MinutesGrid, PerHour = 60 / MinutesGrid;
        var atOnce = municipal.Where(item => item.PromisedLimit!.Unit == LimitUnit.HallHours).ToDictionary(item => item.Code, item => (int)(item.PromisedLimit!.Value * PerHour * 0.6m));
        Item[] others = [.. municipal.Where(item => !atOnce.ContainsKey(item.Code))];
        var shares = Shares.Of(Whole - atOnce.Values.Sum(), [.. others.Select(item => 4 + (double)item.PromisedLimit!.InWorkingDays)]);
        return atOnce.Concat(others.Select((item, i) => KeyValuePair.Create(item.Code, shares[i]))).ToDictionary(units => units.Key, units => units.Value * MinutesGrid);
    }

    // The first two months of a power go by before anything under it is concluded.
    private static bool IsTaken(Item item, DateOnly month) => item.TakenOverIn is not { } year || year <= SamplePlan.Begins.Year || month >= new DateOnly(year, 3, 1);

    private static IEnumerable<(DateOnly From, DateOnly Until)> MonthsOf(DateOnly from, DateOnly until)
    {
        for (var begin = from; begin < until;)
        {
            var next = new DateOnly(begin.Year, begin.Month, 1).AddMonths(1);
            yield return (begin, next < until ? next : until);
            begin = next;
        }
    }
}
