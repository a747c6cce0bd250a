using System.Data.Common;
using System.Globalization;
using Marten;
using Marten.Internal.Sessions;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>An order in which things are listed; of two that are equal in it the ids decide.</summary>
/// <param name="Name">As in <c>sort</c>: a minus sign puts the latest first.</param>
/// <param name="Column">What decides; null where the id, which begins with the instant at which the thing began, says it all.</param>
public sealed record Order(string Name, string? Column)
{
    public static readonly Order
        LastSubmittedFirst = new("-submitted", null), FirstSubmittedFirst = new("submitted", null),
        LastChangedFirst = new("-changed", "changed"), FirstChangedFirst = new("changed", "changed"), FirstDueFirst = new("due", "due");

    public bool IsDescending => Name.StartsWith('-');
}

/// <summary>A thing that a list holds, in one of its versions.</summary>
/// <param name="Key">What the list is sorted by; null where that is the id, and where the thing has none of it, which puts it last.</param>
public sealed record Finding(Guid Id, int Version, DateTimeOffset? Key = null);

/// <summary>Where in a list a thing stands.</summary>
/// <param name="Key">As in <see cref="Finding"/>.</param>
public sealed record Position(DateTimeOffset? Key, Guid Id)
{
    private const string Form = "yyyyMMdd'T'HHmmss.ffffff";

    public static Position Of(Finding finding) => new(finding.Key, finding.Id);

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static Position Parse(string text) => text.Split(' ') is [var key, var id]
        ? new(DateTimeOffset.ParseExact(key, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Guid.Parse(id))
        : new(null, Guid.Parse(text));

    public override string ToString() =>
        Key is { } key ? $"{key.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture)} {Id}" : Id.ToString();
}

/// <summary>Which things a list is of, as one statement over <see cref="FoundTable"/>.</summary>
/// <remarks>
/// What leads to much is asked for way by way and state by state, each in the list's order by an index in that order and no further
/// than the page: the firsts of all of them hold the first of the list. What leads to little is looked at whole.
/// </remarks>
/// <param name="database">Where the table is.</param>
/// <param name="table">The table.</param>
/// <param name="kind">Of things.</param>
/// <param name="session">Over whose connection it is asked: whoever holds one takes no other. Null for one of its own.</param>
public sealed class Search(NpgsqlDataSource database, FoundTable table, Kind kind, IQuerySession? session)
{
    /// <summary>Where a list's total ends: so many are counted and one more, which says that there are more.</summary>
    public const int CountsTo = 10_000;

    private readonly List<NpgsqlParameter> _values = [];
    private readonly List<string> _conditions = [];
    private readonly List<(long Way, string State)> _many = [];
    private readonly List<(long Way, string State)> _few = [];
    private bool _isAmong;
    private bool _isFence;

    /// <summary>A value for a condition.</summary>
    public string Value(object value)
    {
        _values.Add(new NpgsqlParameter { Value = value });
        return $"${_values.Count}";
    }

    /// <summary>The things to which a way leads, and which are in one of these states on it.</summary>
    public Search Through(Way way, IEnumerable<string> states)
    {
        (way.LeadsToFew ? _few : _many).AddRange(states.Select(state => (table.KeyOf(kind, way), state)));
        return this;
    }

    /// <summary>Only that to which one of these ways leads, too.</summary>
    public Search WhereAlso(IEnumerable<Way> ways)
    {
        var too = Value(ways.Select(way => table.KeyOf(kind, way)).ToArray());
        return Where($"(f.ways && {too} or f.ways is null and exists (select from {Store.Schema}.{FoundTable.Name} also where also.id = f.id and also.way = any ({too})))");
    }

    /// <summary>A condition everything found fulfils, with the table's columns.</summary>
    public Search Where(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    /// <summary>Only things with these ids, each of which is looked up.</summary>
    /// <param name="ids">An SQL array.</param>
    public Search Among(string ids)
    {
        _isAmong = true;
        return Where($"f.id = any ({ids})");
    }

    /// <summary>Everything that fulfils the conditions is looked at, whatever the order: where the list would begin with what does not.</summary>
    public Search BeforeItIsSorted()
    {
        _isFence = true;
        return this;
    }

    /// <summary>The first things in an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="after">The position in it after which they begin; null from the start.</param>
    /// <param name="including">The thing at that position is wanted once more.</param>
    /// <param name="most">At most so many.</param>
    public Task<IReadOnlyList<Finding>> First(Order order, Position? after, bool including, int most, CancellationToken ct)
    {
        var direction = order.IsDescending ? "desc" : "asc";
        var beyond = (order.IsDescending ? "<" : ">") + (including ? "=" : "");
        var afterId = after is null ? "true" : $"f.id {beyond} {Value(after.Id)}";
        var (byId, byKey) = ($"order by id {direction} limit {most}", $"order by {order.Column} {direction}, id {direction} limit {most}");
        List<string> parts = [];
        if (order.Column is null)
            parts = [Many(_many, "null::timestamptz", afterId, byId), Few("null::timestamptz", afterId, byId)];
        else
        {
            var afterKey = after is null ? "true"
                : after.Key is { } key ? $"(f.{order.Column}, f.id) {beyond} ({Value(key)}, {Value(after.Id)})"
                : "false";
            // What is not due stands after all that is, in the order of ids.
            var afterAllKeys = after is { Key: null } ? afterId : "true";
            var afterEither = $"({afterKey} or f.{order.Column} is null and {afterAllKeys})";
            var keyed = _many.Where(m => order != Order.FirstDueFirst || kind.IsDue(m.State)).ToArray();
            parts.AddRange(_isAmong
                ? [Many(_many, order.Column, afterEither, byKey)]
                : [Many(keyed, order.Column, $"f.{order.Column} is not null and {afterKey}", byKey), Many([.. _many.Except(keyed)], "null::timestamptz", afterAllKeys, byId)]);
            parts.Add(Few(order.Column, afterEither, byKey));
        }
        return Read(
            $"select distinct id, version, key from ({Union(parts)}) found order by key {direction} nulls last, id {direction} limit {most}",
            row => new Finding(row.GetGuid(0), row.GetInt32(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2)), ct);
    }

    /// <summary>How many there are.</summary>
    /// <param name="most">No more than so many are counted; all when null.</param>
    public async Task<long> Count(int? most, CancellationToken ct)
    {
        var limit = most is null ? "" : $"limit {most}";
        string[] ways = [.. _many.GroupBy(m => m.Way).Select(way => Many([.. way], "null::timestamptz", "true", limit)), Few("null::timestamptz", "true", limit)];
        var found = Union(ways.Where(way => way.Length > 0).Select(way => $"(select * from ({way}) way {limit})"));
        // By two ways one may come to the same thing.
        var isOneWay = _many.Concat(_few).Select(m => m.Way).Distinct().Count() == 1;
        return (await Read($"select count(*) from (select {(isOneWay ? "" : "distinct")} id from ({found}) found {limit}) counted", row => row.GetInt64(0), ct))[0];
    }

    /// <summary>What comes together in those there are.</summary>
    /// <param name="amount">How much in each, at least one.</param>
    /// <param name="most">No more than so much is counted.</param>
    public async Task<long> Sum(string amount, int most, CancellationToken ct) =>
        (await Read($"select least(coalesce(sum(key), 0), {most})::bigint from ({Union([Many(_many, amount, "true", $"limit {most}"), Few(amount, "true", $"limit {most}")])} limit {most}) found", row => row.GetInt64(0), ct))[0];

    private static string Union(IEnumerable<string> parts) => string.Join(" union all ", parts.Where(part => part.Length > 0).DefaultIfEmpty(Nothing));

    private const string Nothing = "select null::uuid as id, 0 as version, null::timestamptz as key where false";

    private string Many(IReadOnlyCollection<(long Way, string State)> places, string key, string after, string end) => places.Count == 0 ? "" : _isAmong
        ? Whole(places, "f.ways is null", key, after, end)
        : $"""
            select f.id, f.version, f.key from unnest({Value(places.Select(p => p.Way).ToArray())}, {Value(places.Select(p => p.State).ToArray())}) p(way, state)
            cross join lateral ({Within("f.way = p.way and f.state = p.state and f.ways is null", key, after, end)}) f
            """;

    private string Few(string key, string after, string end) => _few.Count == 0 ? "" : Whole(_few, "f.ways is not null", key, after, end);

    private string Whole(IReadOnlyCollection<(long Way, string State)> places, string of, string key, string after, string end) =>
        $"({Within($"f.way = any ({Value(places.Select(p => p.Way).Distinct().ToArray())}) and f.state = any ({Value(places.Select(p => p.State).Distinct().ToArray())}) and {of}", key, after, end)})";

    private string Within(string place, string key, string after, string end)
    {
        var wanted = $"from {Store.Schema}.{FoundTable.Name} f where {string.Join(" and ", _conditions.Prepend(place))} and {after}";
        return _isFence
            ? $"select id, version, {key} as key from (select f.* {wanted} offset 0) f {end}"
            : $"select f.id, f.version, {key} as key {wanted} {end}";
    }

    private async Task<IReadOnlyList<T>> Read<T>(string sql, Func<DbDataReader, T> row, CancellationToken ct)
    {
        await using var batch = session is null ? database.CreateBatch() : new NpgsqlBatch();
        // Until the end of this round trip, or of the session's transaction. A plan for any value is none for a range of time that holds nearly nothing or nearly all.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('plan_cache_mode', 'force_custom_plan', true)"));
        var search = new NpgsqlBatchCommand(sql);
        foreach (var value in _values)
            search.Parameters.Add(value);
        batch.BatchCommands.Add(search);
        table.Asked?.Invoke(search);
        await using var reader = session is null ? await batch.ExecuteReaderAsync(ct) : await ((QuerySession)session).ExecuteReaderAsync(batch, ct);
        await reader.NextResultAsync(ct);
        List<T> rows = [];
        while (await reader.ReadAsync(ct))
            rows.Add(row(reader));
        return rows;
    }
}
