using Npgsql;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Statistics;

/// <summary>What everybody is shown of a period.</summary>
/// <param name="Published">The published figures.</param>
/// <param name="Months">What was concluded each month.</param>
/// <param name="Halls">In each hall.</param>
/// <param name="Modes">Under entries of each mode.</param>
/// <param name="Foundings">How many foundings took no more than so many hours of open halls, and more than one less.</param>
public sealed record StatisticsShown(
    PublishedFigures Published, IReadOnlyList<CaseFigures> Months, IReadOnlyList<CaseFigures> Halls, IReadOnlyList<CaseFigures> Modes, IReadOnlyList<(int Hours, long Cases)> Foundings)
{
    /// <summary>What took longer is not told apart.</summary>
    public const int MostHours = 4;
}

/// <summary>Has the database add up the rows of cases.</summary>
public sealed class CaseFigureReader(NpgsqlDataSource database, CurrentCatalogue catalogue, TimeProvider time) : IDisposable
{
    /// <summary>More groups than so many are not told.</summary>
    public const int MostGroups = 2_000;

    // So many items of groups are read at most.
    private const int MostSums = 20_000;

    /// <summary>For so long the published figures are what they were: no request costs more than the database adds up once a minute.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    /// <summary>For how long one waits for figures that others ask for.</summary>
    public TimeSpan Patience { get; init; } = Drawers.Patience;

    private readonly Kept<PublishedFigures> _published = new(Freshness, time);
    private readonly Kept<DelayFigures> _delays = new(Freshness, time);
    private readonly SemaphoreSlim _one = new(1);

    // However many ask, so many have the database add up at a time; and one what anybody may ask of the past.
    private readonly SemaphoreSlim _adding = new(2), _past = new(1);
    private StatisticsShown? _shown;

    public void Dispose()
    {
        _published.Dispose();
        _delays.Dispose();
        _one.Dispose();
        _adding.Dispose();
        _past.Dispose();
    }

    /// <summary>The published figures of the catalogue in force and of all cases.</summary>
    public async Task<PublishedFigures> Published(CancellationToken ct) => (await _published.Get(Published, ct)).Read;

    /// <summary>Why cases of the last twelve months were late, a minute old at most.</summary>
    public async Task<DelayFigures> Delays(CancellationToken ct) => (await _delays.Get(Delays, ct)).Read;

    private async Task<DelayFigures> Delays(DateTimeOffset now, CancellationToken ct)
    {
        var today = LegalClock.DayOf(now);
        var from = today.AddYears(-1).AddDays(1);
        var counted = await database.Rows(
            $"select late_for, count(*) from {CaseRowTable.QualifiedName} where late_at >= $1 and late_at < $2 and late_for is not null group by 1",
            row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)), ct, LegalClock.MidnightOf(from).ToUniversalTime(), JustAfter(now));
        return DelayFigures.Of(from, today, counted.ToDictionary());
    }

    /// <summary>As they were at a past instant, of the catalogue in force on its day.</summary>
    public async Task<PublishedFigures> PublishedAsOf(DateTimeOffset at, CancellationToken ct)
    {
        // What is yet to come nobody knows.
        if (at >= time.GetUtcNow())
            return await Published(ct);
        // Nothing of the past is kept: where many ask for it, the last of them are told to come back.
        using var place = await _past.Take(Patience, "Too many ask how it was.", ct);
        return await Published(at, ct) with { AsOf = at };
    }

    private async Task<PublishedFigures> Published(DateTimeOffset at, CancellationToken ct) =>
        PublishedFigures.Of([.. (await catalogue.ItemsOn(LegalClock.DayOf(at), ct)).Select(published => published.Item)], await Tallies(at, ct));

    /// <summary>What everybody is shown of the years of the reform, as fresh as the published figures.</summary>
    public async Task<StatisticsShown> Shown(CancellationToken ct)
    {
        var (from, to) = StatisticsPage.Years;
        var published = await Published(ct);
        using var place = await _one.Take(Patience, "Too many ask for the same.", ct);
        if (_shown is not { } shown || !ReferenceEquals(shown.Published, published))
            _shown = shown = new(published, await By(StatisticsDimension.Month), await By(StatisticsDimension.Hall), await By(StatisticsDimension.Mode), await Foundings(from, to, ct));
        return shown;

        async Task<IReadOnlyList<CaseFigures>> By(StatisticsDimension dimension) => (await Cases(from, to, [dimension], null, ct)).Statistics!.Rows;
    }

    // The last of them is of all that took longer.
    private async Task<IReadOnlyList<(int Hours, long Cases)>> Foundings(DateOnly from, DateOnly to, CancellationToken ct)
    {
        var cases = (await database.Rows(
            $"""
            select least(greatest(ceil(actual_seconds / 3600.0), 1), {StatisticsShown.MostHours + 1})::int, count(*) from {CaseRowTable.QualifiedName}
            where founds and actual_seconds is not null and concluded_at >= $1 and concluded_at < $2 group by 1
            """, row => KeyValuePair.Create(row.GetInt32(0), row.GetInt64(1)), ct, LegalClock.MidnightOf(from).ToUniversalTime(), LegalClock.MidnightOf(to.AddDays(1)).ToUniversalTime())).ToDictionary();
        return [.. Enumerable.Range(1, StatisticsShown.MostHours + 1).Select(hours => (hours, cases.GetValueOrDefault(hours)))];
    }

    /// <summary>The figures of a period, or why they are not told.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="by">What cases are told apart by.</param>
    /// <param name="asOf">As of which past instant; null for now.</param>
    public async Task<(CaseStatistics? Statistics, Refusal? Refused)> Cases(DateOnly from, DateOnly to, IReadOnlyList<StatisticsDimension> by, DateTimeOffset? asOf, CancellationToken ct)
    {
        using var place = await _adding.Take(Patience, "Too many ask for figures.", ct);
        return await AddedUp(from, to, by, asOf, ct);
    }

    private async Task<(CaseStatistics? Statistics, Refusal? Refused)> AddedUp(DateOnly from, DateOnly to, IReadOnlyList<StatisticsDimension> by, DateTimeOffset? asOf, CancellationToken ct)
    {
        var end = LegalClock.MidnightOf(to.AddDays(1));
        var known = JustAfter(asOf ?? time.GetUtcNow());
        List<object> instants = [LegalClock.MidnightOf(from).ToUniversalTime(), known < end ? known : end.ToUniversalTime()];
        if (asOf is not null)
            instants.Add(known);
        var sums = await database.Rows(
            Sums(by, isPast: asOf is not null),
            row => new CaseSums([.. by.Select((_, i) => row.GetString(i))], row.GetString(by.Count), [.. CaseSums.Columns.Select((_, i) => row.GetDecimal(by.Count + 1 + i))]), ct, instants);
        if (sums.Count > MostSums || CaseStatistics.RowsOf(by, sums) is not { Count: <= MostGroups } rows)
            return (null, StatisticsRefusals.TooManyGroups.Because($"最多 {MostGroups} 组。请缩短期间，或减少分组维度。", $"At most {MostGroups}. Ask for a shorter period, or by fewer dimensions.").At("by"));
        return (new(from, to, by, asOf, rows), null);
    }

    private static string Sums(IReadOnlyList<StatisticsDimension> by, bool isPast) => $"""
        {Counted("false", "false")}
        select {string.Concat(by.Select(dimension => $"{Column(dimension, isPast)}, "))}item, {Counts}
        from done group by {string.Join(", ", Enumerable.Range(1, by.Count + 1))} limit {MostSums + 1}
        """;

    /// <summary>
    /// The rows that count between two instants ($1, $2), as <c>done</c>: concluded in the period, and what became late in it and was open at its end.
    /// </summary>
    /// <param name="excused">Which of these are not to be judged where they are late: a condition on the row <c>c</c>.</param>
    /// <param name="excusedByStatute">The same of those that are overdue by statute.</param>
    public static string Counted(string excused, string excusedByStatute) => $"""
        with counted as (
            select r.*, concluded_at as at, 'concluded' as as_what from {CaseRowTable.QualifiedName} r where concluded_at >= $1 and concluded_at < $2
            union all select r.*, {CaseRowTable.Late}, 'late' from {CaseRowTable.QualifiedName} r
                where {CaseRowTable.Late} >= $1 and {CaseRowTable.Late} < $2 and (ended_at is null or ended_at >= $2) and {CaseRowTable.OutlivedPromise}
            union all select r.*, statutory_at, 'overdue' from {CaseRowTable.QualifiedName} r
                where statutory_at >= $1 and statutory_at < $2 and (ended_at is null or ended_at >= $2) and {CaseRowTable.OutlivedStatute}),
        done as (select c.*, as_what = 'concluded' as is_done, {excused} as excused, {excusedByStatute} as excused_by_statute from counted c)
        """;

    /// <summary>What is added up of them: <see cref="CaseSums.Columns"/>.</summary>
    internal static string Counts => $"""
        {Number("is_done")}, {Number("is_done and status = 'granted'")}, {Number("is_done and status = 'partly-granted'")}, {Number("is_done and status = 'refused'")},
            {Number("is_done and status = 'not-accepted'")}, {Number("is_done and online")}, {Number("is_done and immediate")},
            {Number($"is_done and promised_at is not null and not (excused and {IsAfter("promised_at")})")}, {Number($"is_done and not {IsAfter("promised_at")}")}, {Number("as_what = 'late' and not excused")},
            {Number($"is_done and statutory_at is not null and not (excused_by_statute and {IsAfter("statutory_at")})")}, {Number($"is_done and not {IsAfter("statutory_at")}")}, {Number("as_what = 'overdue' and not excused_by_statute")},
            {Sum("statutory_days", Limited)}, {Sum("promised_days", Limited)}, {Sum("actual_seconds", "actual_seconds is not null")}, {Number("is_done and actual_seconds is not null")}, {Number("is_done and founds")},
            {Number("is_done and redirected")}, {Number("is_done and referred")}, {Number("is_done and noes")}, {Number("is_done and clerks_noes")},
            {Number("is_done and notices > 0")}, {Number("is_done and notices = 1")}
        """;

    // What LegalClock.IsOver says.
    private static string IsAfter(string limit) => $"concluded_at >= {limit} + interval '1 second'";

    // What happened at an instant itself has happened as of it.
    private static DateTimeOffset JustAfter(DateTimeOffset at) => at.ToUniversalTime().AddTicks(TimeSpan.TicksPerMicrosecond);

    private static string Number(string which) => $"count(*) filter (where {which})::numeric";

    // STAT-4: what the law makes immediate, as a filing that is complete by being received, has no promise, and what was not accepted none either.
    private const string Limited = "promised_at is not null";

    private static string Sum(string column, string which) => $"round(coalesce(sum({column}) filter (where is_done and {which}), 0), {Decimals})::numeric";

    // A third of a day has more of them than fit.
    private const int Decimals = 12;

    // Of all that tells cases apart, only who answers for one changes once there is anything to count of it. As of an instant ($3) it was who was the next to hand it on.
    private static string Column(StatisticsDimension dimension, bool isPast) => dimension switch
    {
        StatisticsDimension.Month => "to_char(at at time zone interval '8 hours', 'YYYY-MM')",
        StatisticsDimension.Department when isPast =>
            "coalesce((select f ->> 'department' from jsonb_array_elements(led) with ordinality as former(f, n) where (f ->> 'until')::timestamptz >= $3 order by n limit 1), department)",
        _ => Kebab.Of(dimension),
    };

    private async Task<IReadOnlyList<Tally>> Tallies(DateTimeOffset at, CancellationToken ct)
    {
        var borders = PublishedFigures.Borders.Select(border => LegalClock.MidnightOf(border).ToUniversalTime()).ToArray();
        return await database.Rows(
            $"""
            select item, category, origin, width_bucket(concluded_at, $1) - 1, count(*), count(*) filter (where online), count(*) filter (where emergency),
                count(*) filter (where founds), coalesce(sum(actual_seconds), 0)::bigint, count(actual_seconds)
            from {CaseRowTable.QualifiedName} where concluded_at >= $2 and concluded_at < least($3, $4) group by 1, 2, 3, 4
            """,
            row => new Tally(
                row.GetString(0), Kebab.Parse<Category>(row.GetString(1))!.Value, Kebab.Parse<PowerOrigin>(row.GetString(2))!.Value, row.GetInt32(3),
                row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9)),
            ct, borders, borders[0], borders[^1], JustAfter(at));
    }
}
