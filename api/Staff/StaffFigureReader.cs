using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using OneDoor.Clock;
using OneDoor.Statistics;

namespace OneDoor.Staff;

/// <summary>Counts what facts say of units, windows, halls and people: cases, visits, ratings, complaints and rounds.</summary>
public sealed class StaffFigureReader(NpgsqlDataSource database, TimeProvider time) : IDisposable
{
    private const string Tickets = $"{Store.Schema}.mt_doc_ticket", Reviews = $"{Store.Schema}.mt_doc_review", Looks = $"{Store.Schema}.mt_doc_round", Outages = $"{Store.Schema}.mt_doc_outage",
        Complaints = $"{Store.Schema}.mt_doc_complaint", Attempts = $"{Store.Schema}.mt_doc_attemptedrefusal", FiguresContested = $"{Store.Schema}.mt_doc_figurecontest";

    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private const int MostPublished = 8;

    // However many ask, so many have the database add up at a time; and one what anybody may ask.
    private readonly SemaphoreSlim _adding = new(2), _publishing = new(1);
    private readonly ConcurrentDictionary<Quarter, (long At, StaffPerformance Figures)> _published = new();

    /// <summary>For how long one waits for figures that others ask for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    public void Dispose()
    {
        _adding.Dispose();
        _publishing.Dispose();
    }

    /// <summary>Figures of all windows and units in a quarter.</summary>
    /// <param name="quarter">The quarter.</param>
    /// <param name="reader">For which department its reader works; null for none.</param>
    public Task<StaffPerformance> OfGroups(Quarter quarter, Department? reader, CancellationToken ct) => Read(quarter.From, quarter.To, Groups, reader, ct);

    private static StaffSight Groups => new(new(), null);

    /// <summary>The same for anybody, a minute old at most, and null of what was before all that is known: where many ask for one quarter after the other, the last of them are told to come back.</summary>
    /// <param name="quarter">The quarter.</param>
    /// <param name="asOf">As of which past instant after it; null for now. Nothing of the past is kept.</param>
    public async Task<StaffPerformance?> Published(Quarter quarter, DateTimeOffset? asOf, CancellationToken ct)
    {
        if (asOf is null && Fresh(quarter) is { } known)
            return known;
        using var place = await _publishing.Take(Patience, "Too many ask for quarters.", ct);
        if (asOf is null && Fresh(quarter) is { } meanwhile)
            return meanwhile;
        if (await IsBeforeAll(quarter, ct))
            return null;
        if (asOf is not null)
            return await Read(quarter.From, quarter.To, Groups, reader: null, ct, asOf);
        var (now, figures) = (time.GetTimestamp(), await OfGroups(quarter, reader: null, ct));
        if (_published.Count >= MostPublished)
            _published.TryRemove(_published.MinBy(one => one.Value.At).Key, out _);
        _published[quarter] = (now, figures);
        return figures;
    }

    private StaffPerformance? Fresh(Quarter quarter) => _published.TryGetValue(quarter, out var known) && time.GetElapsedTime(known.At) < Freshness ? known.Figures : null;

    // Of nobody who handled nothing anything is published. Both are the first in an index.
    private Task<bool> IsBeforeAll(Quarter quarter, CancellationToken ct) => database.Value<bool>(
        $"select least((select min(concluded_at) from {CaseRowTable.QualifiedName}), (select min(taken_at) from {Tickets})) >= $1", ct, LegalClock.MidnightOf(quarter.To.AddDays(1)).ToUniversalTime());

    /// <summary>The figures of a period, as far as somebody sees them.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="sight">Whose they see.</param>
    /// <param name="reader">For which department they work; null for none.</param>
    /// <param name="asOf">As of which past instant after the last day what complaints came to is read, for visits, ratings and what was concluded stay what they are; null for now. What outages excuse and what is excluded is as of now.</param>
    public async Task<StaffPerformance> Read(DateOnly from, DateOnly to, StaffSight sight, Department? reader, CancellationToken ct, DateTimeOffset? asOf = null)
    {
        using var place = await _adding.Take(Patience, "Too many ask for figures.", ct);
        var groups = sight.Groups is { } seen ? await Count(from, to, seen, ofPersons: false, asOf, ct) : [];
        var persons = sight.Persons is { } people ? await Count(from, to, people, ofPersons: true, asOf, ct) : [];
        // Of a department as a whole whoever reads its reviews is told no more than they.
        var areRatingsTold = Quarter.AreWhole(from, to) && to < LegalClock.DayOf(time.GetUtcNow());
        groups = [.. groups.Select(c => c with { AreRatingsTold = areRatingsTold || (c.Key.Department is { } unit && sight.Groups!.Hall is null && StaffSight.ReadsReviews(unit, reader)) })];
        return new(
            from, to, Of(groups.Where(c => c.Key.Department is not null)), Of(groups.Where(c => c.Key.Window is not null)), Of(persons.Select(c => c with { AreRatingsTold = areRatingsTold })),
            Of(groups.Where(c => c.Key is { Hall: not null, Window: null })));
    }

    /// <summary>For which departments people were served at a window in a period.</summary>
    public async Task<IReadOnlyList<Department>> ServedFor(DateOnly from, DateOnly to, string hall, int window, CancellationToken ct)
    {
        SortedSet<Department> served = [];
        await foreach (var (key, _) in Rows(Visits, from, to, new StaffScope(hall), _ => true, ct))
        {
            if (key is { Department: { } department } && key.Window == window)
                served.Add(department);
        }
        return [.. served];
    }

    private static IReadOnlyList<StaffFigures> Of(IEnumerable<StaffCounts> counts) =>
    [
        .. counts.OrderBy(c => c.Key.Department).ThenBy(c => c.Key.Hall, StringComparer.Ordinal).ThenBy(c => c.Key.Window).ThenBy(c => c.Key.Person, StringComparer.Ordinal)
            .Select(c => StaffFigures.Of(c, StaffCriteria.Zone)),
    ];

    private async Task<IReadOnlyCollection<StaffCounts>> Count(DateOnly from, DateOnly to, StaffScope scope, bool ofPersons, DateTimeOffset? asOf, CancellationToken ct)
    {
        var counts = new Dictionary<StaffKey, StaffCounts>();
        void Add(StaffKey key, Func<StaffCounts, StaffCounts> more) => counts[key] = more(counts.GetValueOrDefault(key) ?? new(key));
        // What was done for a department at a window of a hall counts for all of them, or for who did it.
        void All(StaffKey key, Func<StaffCounts, StaffCounts> more)
        {
            if (ofPersons && key.Person is not null)
                Add(new(key.Department, Person: key.Person), more);
            if (!ofPersons && key.Department is not null)
                Add(new(key.Department), more);
            if (!ofPersons && key.Window is not null)
                Add(new(Hall: key.Hall, Window: key.Window), more);
            if (!ofPersons && key.Hall is not null)
                Add(new(Hall: key.Hall), more);
        }
        await foreach (var (key, sums) in Rows(Cases, from, to, scope, reader => SumsOf(reader, 4), ct))
            All(key, c => c with { Cases = c.Cases?.Plus(sums) ?? sums });
        foreach (var query in ofPersons ? [] : new[] { CasesOfWindows, CasesOfHalls })
        {
            await foreach (var (key, sums) in Rows(query, from, to, scope, reader => SumsOf(reader, 4), ct))
                Add(key, c => c with { Cases = c.Cases?.Plus(sums) ?? sums });
        }
        await foreach (var (key, (visits, wait, service)) in Rows(Visits, from, to, scope, reader => (reader.GetInt32(4), reader.GetInt64(5), reader.GetInt64(6)), ct))
            All(key, c => c with { Visits = c.Visits + visits, WaitSeconds = c.WaitSeconds + wait, ServiceSeconds = c.ServiceSeconds + service });
        await foreach (var (key, (rated, positive)) in Rows(Ratings, from, to, scope, reader => (reader.GetInt32(4), reader.GetInt32(5)), ct))
            All(key, c => c with { Rated = c.Rated + rated, Positive = c.Positive + positive });
        await foreach (var (key, (looked, inOrder)) in Rows(Rounds, from, to, scope, reader => (reader.GetInt32(4), reader.GetInt32(5)), ct))
            All(key, c => c with { Rounds = c.Rounds + looked, InOrder = c.InOrder + inOrder });
        await foreach (var (key, tried) in Rows(Tries, from, to, scope, reader => reader.GetInt32(4), ct))
            All(key, c => c with { Tried = c.Tried + tried });
        await foreach (var (key, contested) in ofPersons ? Rows(Contests, from, to, scope, ContestOf, ct) : AsyncEnumerable.Empty<(StaffKey, ContestedFigure)>())
        {
            if (counts.ContainsKey(key))
                Add(key, c => c with { Contested = [.. c.Contested, contested] });
        }
        await foreach (var (key, complaints) in Rows(ofPersons ? UpheldOfPersons : Upheld, from, to, scope, reader => reader.GetInt32(4), ct, asOf))
        {
            foreach (var whose in AboutWhom(key, scope, [.. counts.Keys]))
                Add(whose, c => c with { Complaints = c.Complaints + complaints });
        }
        return counts.Values;
    }

    // Of which department whoever is named is, or serves at a window, a complaint does not say: they are known by what else they did. Of a hall
    // a department is told what is about windows that it serves, and one about a hall as a whole is no department's.
    private static IEnumerable<StaffKey> AboutWhom(StaffKey key, StaffScope scope, IReadOnlyCollection<StaffKey> known) => key switch
    {
        { Person: { } person } => known.Where(one => one.Person == person),
        { Hall: not null, Window: not null } => scope.Department is null ? [key] : known.Contains(key) ? [key, new(Hall: key.Hall)] : [],
        { Hall: not null } => scope.Department is null ? [key] : [],
        _ => [key],
    };

    private static ContestedFigure ContestOf(NpgsqlDataReader reader) => new(
        Enum.Parse<StaffCriterionCode>(reader.GetString(6)), reader.GetString(5), Enum.Parse<FigureContestStatus>(reader.GetString(7)), reader.GetGuid(4));

    private static CaseSums SumsOf(NpgsqlDataReader reader, int at) => new([], "", [.. CaseSums.Columns.Select((_, i) => reader.GetDecimal(at + i))]);

    // Each query names department, hall, window and person first.
    private async IAsyncEnumerable<(StaffKey Key, T Counted)> Rows<T>(
        string query, DateOnly from, DateOnly to, StaffScope scope, Func<NpgsqlDataReader, T> counted, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct, DateTimeOffset? asOf = null)
    {
        var (begin, end) = (LegalClock.MidnightOf(from).ToUniversalTime(), LegalClock.MidnightOf(to.AddDays(1)).ToUniversalTime());
        var known = (asOf ?? time.GetUtcNow()).ToUniversalTime().AddTicks(TimeSpan.TicksPerMicrosecond);
        await using var command = database.Ask(
            query, begin, known < end ? known : end, Text(scope.Hall), Text(scope.Department is { } department ? Kebab.Of(department) : null), Text(scope.Person),
            HallDirectory.Zone.All.Select(hall => hall.Code).ToArray(), known);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            string? Said(int at) => reader.IsDBNull(at) ? null : reader.GetString(at);
            yield return (new(Kebab.Parse<Department>(Said(0)), Said(1), reader.IsDBNull(2) ? null : reader.GetInt32(2), Said(3)), counted(reader));
        }
    }

    private static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    // Parameters are $1 and $2 the instants, $3 the hall, $4 the department, $5 the person, $6 all halls, by which tickets are indexed, $7 until when what is said of it later is known.
    private static string Scoped(string hall, string department, string person) =>
        $"($3 is null or {hall} = $3) and ($4 is null or {department} = $4) and ($5 is null or {person} = $5)";

    private static string KebabOf(string enumerated) => $"lower(regexp_replace({enumerated}, '(?<!^)([A-Z])', '-\\1', 'g'))";

    private static readonly string Server = KebabOf("t.data -> 'servedBy' ->> 'department'"), Unit = KebabOf("r.data ->> 'unit'");

    private static string Cases => $"""
        {Counted}
        select department, null::text, null::int, handled_by, {CaseFigureReader.Counts}
        from done where {Scoped("hall", "department", "handled_by")} group by department, handled_by
        """;

    private static string CasesOfHalls => $"""
        {Counted}
        select null::text, hall, null::int, null::text, {CaseFigureReader.Counts}
        from done where {Scoped("hall", "department", "handled_by")} group by hall
        """;

    // What could not be decided in time because a system was down is not held against anybody (PERF-1); what was late by that limit before is.
    private static string Counted => CaseFigureReader.Counted(Excused("c.late_at, c.promised_at, c.statutory_at"), Excused("c.statutory_at"));

    private static string Excused(string late) => $"""
        exists (select 1 from {Outages} o where (o.hall is null or o.hall = c.hall) and o.until_at > c.submitted_at
            and o.from_at < coalesce(c.concluded_at, $2) and o.from_at < coalesce({late}, $2))
        """;

    // Somebody comes to a window, once or more, before their case is concluded: a year at most.
    private static string CasesOfWindows => $"""
        {Counted}
        select null::text, at_hall, at_window, null::text, {CaseFigureReader.Counts}
        from done join (
            select t.data ->> 'case' as of_case, t.hall as at_hall, (t.data ->> 'window')::int as at_window, min(t.taken_at) as came_at from {Tickets} t
            where t.hall = any($6) and t.day between ($1 at time zone interval '8 hours')::date - 366 and ($2 at time zone interval '8 hours')::date
                and t.data ->> 'window' is not null and {Scoped("t.hall", Server, "t.data -> 'servedBy' ->> 'subject'")} group by 1, 2, 3
        ) visits on of_case = done.id::text and came_at <= coalesce(done.concluded_at, $2) group by 2, 3
        """;

    private static string Visits => $"""
        select {Server}, t.hall, (t.data ->> 'window')::int, t.data -> 'servedBy' ->> 'subject', count(*)::int,
            sum((t.data ->> 'waitedSeconds')::int)::bigint, sum((t.data ->> 'servedSeconds')::int - coalesce((t.data ->> 'secondsElsewhere')::int, 0))::bigint
        from {Tickets} t
        where t.hall = any($6) and t.day between ($1 at time zone interval '8 hours')::date and (($2 - interval '1 microsecond') at time zone interval '8 hours')::date and t.data ->> 'status' = 'Done' and t.data ->> 'lapsed' is distinct from 'true' and t.data -> 'servedBy' ->> 'department' is not null
            and {Scoped("t.hall", Server, "t.data -> 'servedBy' ->> 'subject'")} group by 1, 2, 3, 4
        """;

    // Of a visit who served, of a case as a whole who decided. What is excluded is out of the past as well, or two instants would tell the grade of one rating (decision 0085).
    private static string Ratings => $"""
        select {Unit}, coalesce(t.hall, c.hall), (t.data ->> 'window')::int, coalesce(t.data -> 'servedBy' ->> 'subject', case when r.data ->> 'part' is null then c.handled_by end), count(*)::int,
            count(*) filter (where r.data ->> 'grade' in ('VerySatisfied', 'Satisfied', 'Fair'))::int
        from {Reviews} r left join {Tickets} t on t.id = r.of_ticket left join {CaseRowTable.QualifiedName} c on c.id = r.of_case
        where r.given_at >= $1 and r.given_at < $2
            and r.data ->> 'status' <> 'Excluded'
            and {Scoped("coalesce(t.hall, c.hall)", Unit, "coalesce(t.data -> 'servedBy' ->> 'subject', case when r.data ->> 'part' is null then c.handled_by end)")} group by 1, 2, 3, 4
        """;

    private static string Rounds => $"""
        select {KebabOf("r.data ->> 'department'")}, r.hall, (r.data ->> 'window')::int, r.data ->> 'person', sum(jsonb_array_length(r.data -> 'findings'))::int,
            sum((select count(*) from jsonb_array_elements(r.data -> 'findings') f where (f ->> 'inOrder')::boolean))::int
        from {Looks} r where r.at >= $1 and r.at < $2 and {Scoped("r.hall", KebabOf("r.data ->> 'department'"), "r.data ->> 'person'")} group by 1, 2, 3, 4
        """;

    private static string Contests => $"""
        select {KebabOf("c.data ->> 'department'")}, null::text, null::int, c.person, c.id, c.data ->> 'quarter', c.data ->> 'figure', c.data ->> 'status'
        from {FiguresContested} c where c.began_at < $2 and c.ended_at > $1 and {Scoped("null", KebabOf("c.data ->> 'department'"), "c.person")} order by c.made_at, c.id
        """;

    private static string Tries => $"""
        select {KebabOf("a.data ->> 'department'")}, a.hall, null::int, a.data ->> 'person', count(*)::int
        from {Attempts} a where a.at >= $1 and a.at < $2 and {Scoped("a.hall", KebabOf("a.data ->> 'department'"), "a.data ->> 'person'")} group by 1, 2, 4
        """;

    // By the last answer that is known, and by the day they were filed. What several name alike is complained of once, unless it is erased.
    private static string UpheldOnes => $"""
        with upheld as (
            select c.data as said, coalesce(nullif(lower(trim(coalesce(c.data -> 'about' ->> 'case', c.data -> 'about' ->> 'ticket'))), '{PersonalParts.Gone}'), c.id::text) as matter, coalesce(c.data -> 'about' ->> 'hall', at ->> 'hall') as at_hall, coalesce(at ->> 'number', at ->> 'window')::int as at_window
            from {Complaints} c, lateral (select coalesce(c.data -> 'about' -> 'window', c.data -> 'place')) as served(at)
            where c.filed_at >= $1 and c.filed_at < $2 and (
                    select a.said ->> 'finding' from jsonb_array_elements(c.data -> 'answers') with ordinality a(said, n) where (a.said ->> 'at')::timestamptz < $7 order by n desc limit 1) in ('Upheld', 'Partly')
                and ($3 is null or coalesce(c.data -> 'about' ->> 'hall', at ->> 'hall') = $3))
        """;

    private static string Upheld => $"""
        {UpheldOnes}
        select {KebabOf("unit")}, null::text, null::int, null::text, count(distinct matter)::int from upheld, jsonb_array_elements_text(said -> 'units') unit where $4 is null or {KebabOf("unit")} = $4 group by 1
        union all select null, at_hall, at_window, null, count(distinct matter)::int from upheld
            where at_window is not null and (said -> 'place' is null or $4 is null or exists (select from jsonb_array_elements_text(said -> 'units') unit where {KebabOf("unit")} = $4)) group by at_hall, at_window
        union all select null, at_hall, null, null, count(distinct matter)::int from upheld where at_hall is not null group by at_hall
        """;

    private static string UpheldOfPersons => $"""
        {UpheldOnes}
        select null::text, null::text, null::int, person, count(distinct matter)::int from upheld, jsonb_array_elements_text(said -> 'named') person where $5 is null or person = $5 group by person
        """;
}
