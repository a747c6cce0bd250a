using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Sample;

/// <summary>Draws the cases of the solved table: on which of their month's days, and how long each takes.</summary>
public sealed class SampleDrawing
{
    // Of a thousand: with a correction notice, refused, past their promise; of a hundred that could be: by commitment.
    private const int Mended = 25, Refused = 4, Late = 3, Committed = 70;

    // Working days until a decision where third parties speak first, and where there is a hearing besides.
    private const int AfterSpeaking = 6, AfterHearing = 10;

    // The longest stay between two ends of a session, in minutes, and the grid that days show in four decimals.
    private const int Longest = 264, Grid = 6;

    // Commitments in place of an examination began with the reform of 2018.
    private static readonly DateOnly CommitmentsBegin = new(2018, 1, 1);

    private readonly SampleTable _table;
    private readonly Dictionary<string, int> _municipal;
    private readonly Dictionary<string, int> _drawn = [];

    private SampleDrawing(SampleTable table)
    {
        _table = table;
        _municipal = table.Cells.Where(cell => cell.Kind == SampleKind.Municipal).GroupBy(cell => cell.Item.Code).ToDictionary(cells => cells.Key, cells => cells.Sum(cell => cell.Cases));
    }

    /// <summary>The cases in the order in which they come in.</summary>
    /// <param name="table">What they are drawn from.</param>
    /// <param name="most">How many at most: fewer than all are taken from the whole at even distances, so that they resemble it.</param>
    public static IReadOnlyList<SampleCase> Draw(SampleTable table, int most = int.MaxValue)
    {
        SampleCase[] all = [.. new SampleDrawing(table).All().OrderBy(drawn => drawn.SubmittedAt).ThenBy(drawn => drawn.Number)];
        return most >= all.Length ? all : [.. Enumerable.Range(0, most).Select(i => all[(long)i * all.Length / most])];
    }

    private IEnumerable<SampleCase> All()
    {
        var number = 0;
        foreach (var cell in _table.Cells)
        {
            var days = SampleDays.In(cell.From, cell.Until);
            for (var i = 0; i < cell.Cases; i++)
                yield return Of(cell, days, ++number, new Random((int)Drawn.From(_table.Seed, (ulong)number)));
        }
    }

    private SampleCase Of(SampleCell cell, IReadOnlyList<DateOnly> days, int number, Random random)
    {
        var way = WayOf(cell, random);
        if (way is SampleWay.Filed or SampleWay.Committed)
        {
            var at = SampleDays.Moment(days[random.Next(days.Count)], random);
            return new(number, cell, way, at, at, at);
        }
        var (least, most, minutes) = Time(cell, random);
        var came = way == SampleWay.Mended ? 3 : random.Next(3);
        // Of the first days, those from which the law leaves room.
        var room = Waiting(cell.Item) is > 0 and var waits ? waits + 3 : way == SampleWay.Mended ? 3 : 0;
        var later = room == 0 ? days : [.. days.Where(day => SampleDays.Before(day) >= room)];
        var decided = later[random.Next(later.Count)];
        var took = Math.Min(least == most ? least : random.Next(least, most + 1), SampleDays.Before(decided) - (way == SampleWay.Mended ? came : 0));
        var (accepted, until) = took == 0 ? SampleDays.Stay(decided, minutes, random)
            : (SampleDays.Moment(SampleDays.From(decided, -took), random), SampleDays.Moment(decided, random));
        var submitted = cell.Item.Handling == HandlingType.Immediate || cell.Emergency || (came > 0 && SampleDays.Before(LegalClock.DayOf(accepted)) < came)
            ? accepted.AddMinutes(-random.Next(1, 20))
            : came == 0 ? accepted.AddMinutes(-random.Next(1, 60)) : SampleDays.Moment(SampleDays.From(LegalClock.DayOf(accepted), -came), random);
        // Who comes before a session begins waits for it at a machine, too (KIOSK-1).
        return new(number, cell, way, cell.Channel == Channel.Kiosk ? SampleDays.Open(submitted) : submitted, accepted, until);
    }

    private static SampleWay WayOf(SampleCell cell, Random random)
    {
        var (draw, item) = (random.Next(1000), cell.Item);
        if (item.Act == Act.Filing)
            return SampleWay.Filed;
        if (cell.Kind != SampleKind.Municipal && !cell.Emergency && item is { CommitmentEligible: true, Commitment: not null } && cell.From >= CommitmentsBegin && random.Next(100) < Committed)
            return SampleWay.Committed;
        if (item.Handling == HandlingType.Immediate || cell.Emergency || cell.Kind == SampleKind.Founding)
            return SampleWay.Ordinary;
        if (draw < Refused && item.Category == Category.AdministrativeLicence && item.Procedure.Steps.Count == 1 && item.Hearing == Requirement.None)
            return SampleWay.Refused;
        return draw < Refused + Mended && item.Materials.Any(material => material.Required) && !SampleTable.IsJointOnly(item) ? SampleWay.Mended : SampleWay.Ordinary;
    }

    // At least and at most so many working days, or, on one day, so many minutes.
    private (int Least, int Most, int Minutes) Time(SampleCell cell, Random random)
    {
        var (item, late) = (cell.Item, random.Next(1000) < Late);
        if (cell.Kind == SampleKind.Municipal)
            return (0, 0, OfMunicipal(item));
        if (cell.Emergency)
            return (0, 0, Grid * random.Next(2, 40));
        if (item.PromisedLimit!.Unit == LimitUnit.HallHours)
        {
            var promised = (int)(item.PromisedLimit!.Value * 60);
            return (0, 0, late && promised + Grid < Longest ? random.Next(promised + Grid, Longest) : Grid * random.Next(1, Math.Min(promised, Longest) / Grid));
        }
        var days = (int)item.PromisedLimit!.InWorkingDays;
        var least = Waiting(item);
        return late ? (days + 1, days + 3, 0) : (least, Math.Max(least, days - 1), Grid * random.Next(2, 40));
    }

    private static int Waiting(Item item) => item.Hearing == Requirement.Required ? AfterHearing : item.ThirdParty ? AfterSpeaking : 0;

    // Two and two take more and less than their entry's mean by the same, so that the mean is exact.
    private int OfMunicipal(Item item)
    {
        var drawn = _drawn[item.Code] = _drawn.GetValueOrDefault(item.Code) + 1;
        var mean = _table.MinutesOf[item.Code];
        if (drawn == _municipal[item.Code] && drawn % 2 == 1)
            return mean;
        var most = item.PromisedLimit!.Unit == LimitUnit.HallHours ? (int)(item.PromisedLimit!.Value * 60) : Longest;
        var apart = Grid * (int)(Drawn.From(_table.Seed, $"{item.Code} {(drawn - 1) / 2}") % (ulong)(Math.Min(mean - Grid, most - mean) / Grid + 1));
        return drawn % 2 == 1 ? mean + apart : mean - apart;
    }
}
