using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>An order in which cases are listed; of two that are equal in it the ids decide.</summary>
/// <param name="Name">As in <c>sort</c>: a minus sign puts the latest first.</param>
/// <param name="Column">What decides; null where the id, which begins with the instant of submission, says it all.</param>
public sealed record CaseOrder(string Name, string? Column)
{
    public static readonly CaseOrder
        LastSubmittedFirst = new("-submitted", null), FirstSubmittedFirst = new("submitted", null),
        LastChangedFirst = new("-changed", "changed_at"), FirstChangedFirst = new("changed", "changed_at"), FirstDueFirst = new("due", "due_order");

    public bool IsDescending => Name.StartsWith('-');
}

/// <summary>Which stored cases a list is of, as one statement: conditions with the values they compare with.</summary>
/// <remarks>
/// Where a viewer has several ways to a case, or several statuses are asked for, each is looked for by its own index in the list's
/// order and no further than the page: the union of the firsts holds the first of the union. Every statement is planned for its
/// values, because a plan for any department is none for a department with most or with none of the cases.
/// </remarks>
internal sealed class CaseSearch(NpgsqlDataSource database)
{
    /// <summary>Where a list's total ends: so many are counted and one more, which says that there are more.</summary>
    public const int CountsTo = 10_000;

    /// <summary>What a case that may still go on fulfils; an index holds only those.</summary>
    public const string Running = "status <> all ('{Granted,Refused,Withdrawn}')";

    private readonly List<NpgsqlParameter> _values = [];
    private readonly List<string> _conditions = [];

    /// <summary>Whose index a case is found by; one at least, or every case is.</summary>
    private List<string> _ways = ["true"];

    /// <summary>A value for a condition.</summary>
    public string Value(object value)
    {
        _values.Add(new NpgsqlParameter { Value = value });
        return $"${_values.Count}";
    }

    /// <summary>A condition every case found fulfils.</summary>
    public CaseSearch Where(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    /// <summary>A case found fulfils one of these conditions, too.</summary>
    public CaseSearch WhereOneOf(IEnumerable<string> conditions)
    {
        _ways = [.. from way in _ways from condition in conditions select way == "true" ? condition : $"{way} and {condition}"];
        // One of none is nothing.
        if (_ways.Count == 0)
            _ways = ["false"];
        return this;
    }

    /// <summary>A case found is one that a viewer comes to in one of these ways.</summary>
    public CaseSearch WhereReached(IEnumerable<CaseWay> ways) => WhereOneOf([.. ways.Select(way => way switch
    {
        CaseWay.Everywhere => "true",
        CaseWay.AsSubmitter w => $"d.submitted_by = {Value(w.Subject)}",
        CaseWay.AsApplicant w => $"d.applicant_key = {Value(w.Key)}",
        CaseWay.ByStep w => HasStep(w.Department),
        _ => throw new ArgumentOutOfRangeException(nameof(ways), way.GetType().Name, "It has no condition."),
    })]);

    /// <summary>A case with a step of a department, which stands so.</summary>
    public string HasStep(Department department, StepStatus? status = null)
    {
        _values.Add(new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.Jsonb,
            Value = $$"""[{"department":"{{department}}"{{(status is null ? "" : $",\"status\":\"{status}\"")}}}]""",
        });
        return $"d.data -> 'stepsInBrief' @> ${_values.Count}";
    }

    /// <summary>The first cases in an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="after">The position in it after which they begin; null from the start.</param>
    /// <param name="including">The case at that position is wanted once more.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="ct">Cancels the search.</param>
    public Task<IReadOnlyList<CaseVersion>> First(CaseOrder order, CasePosition? after, bool including, int most, CancellationToken ct)
    {
        var direction = order.IsDescending ? "desc" : "asc";
        var sorted = order.Column is null ? $"id {direction}" : $"{order.Column} {direction}, id {direction}";
        if (after is not null)
        {
            var beyond = (order.IsDescending ? "<" : ">") + (including ? "=" : "");
            _conditions.Add(order.Column is null
                ? $"d.id {beyond} {Value(after.Id)}"
                : $"(d.{order.Column}, d.id) {beyond} ({Value(after.Key ?? default)}, {Value(after.Id)})");
        }
        var columns = $"id, mt_version{(order.Column is null ? "" : $", {order.Column}")}";
        return Read(
            Union(columns, $"order by {sorted} limit {most}"),
            row => new CaseVersion(row.GetGuid(0), (int)row.GetInt64(1), order.Column is null ? null : row.GetFieldValue<DateTimeOffset>(2)), ct);
    }

    /// <summary>How many there are, or one more than are counted.</summary>
    public async Task<long> Count(CancellationToken ct) =>
        (await Read($"select count(*) from ({Union("id", $"limit {CountsTo + 1}")}) as found", row => row.GetInt64(0), ct))[0];

    /// <summary>How many elements of a list in them fulfil a condition, or one more than are counted.</summary>
    /// <param name="list">An SQL expression for the list, by the name <c>s</c> of whose elements the condition goes.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="ct">Cancels the search.</param>
    public async Task<long> CountWithin(string list, string condition, CancellationToken ct) =>
        (await Read(
            $"select count(*) from (select from {Store.Schema}.mt_doc_case d, {list} s where ({string.Join(" or ", _ways)}) and {string.Join(" and ", _conditions.Append(condition))} limit {CountsTo + 1}) as found",
            row => row.GetInt64(0), ct))[0];

    private string Union(string columns, string part)
    {
        var parts = _ways.Select(way =>
            $"select {columns} from {Store.Schema}.mt_doc_case d where {string.Join(" and ", _conditions.Prepend(way))} {part}").ToArray();
        return parts is [var only] ? only : $"select * from (({string.Join(") union (", parts)})) as found {part}";
    }

    private async Task<IReadOnlyList<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        // Until the end of this round trip.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('plan_cache_mode', 'force_custom_plan', true)"));
        var search = new NpgsqlBatchCommand(sql);
        foreach (var value in _values)
            search.Parameters.Add(value);
        batch.BatchCommands.Add(search);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        List<T> rows = [];
        while (await reader.ReadAsync(ct))
            rows.Add(row(reader));
        return rows;
    }
}

/// <summary>Where in a list a case stands.</summary>
/// <param name="Key">What the list is sorted by; null where that is the id.</param>
public sealed record CasePosition(DateTimeOffset? Key, Guid Id)
{
    private const string Form = "yyyyMMdd'T'HHmmss.ffffff";

    public static CasePosition Of(CaseVersion version) => new(version.Key, version.Id);

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static CasePosition Parse(string text) => text.Split(' ') is [var key, var id]
        ? new(DateTimeOffset.ParseExact(key, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Guid.Parse(id))
        : new(null, Guid.Parse(text));

    public override string ToString() =>
        Key is { } key ? $"{key.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture)} {Id}" : Id.ToString();
}
