using System.Globalization;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>A capability's table of what is sent, with rows that are parked: every attempt has failed, or who was to take it will not have it.</summary>
/// <param name="Work">What sends them, as figures and logs call it.</param>
/// <param name="Table">The table, with <c>id</c>, <c>status</c>, <c>attempts</c>, <c>due</c> and <c>done_at</c>.</param>
/// <param name="Says">SQL for what is said of a row besides: nothing of what is sent, and nobody's address.</param>
/// <param name="Which">SQL for which rows are this work's.</param>
public sealed record ParkedRows(string Work, string Table, string Says, string Which = "true")
{
    /// <summary>What of a row is set for it to be sent once more, with all its attempts before it; it has long been due.</summary>
    public const string Again = "status = 'waiting', attempts = 0, done_at = null";

    /// <summary>So many rows are forgotten at once: in well under what a statement may take, however many there are.</summary>
    public const int ForgottenAtOnce = 10_000;

    /// <summary>SQL for what of the table was over before an instant ($1) and is not parked, the oldest first; it takes an index of <c>done_at</c> on those rows.</summary>
    public string Over => $"select ctid from {Table} where {Which} and done_at < $1 and done_at is not null and status <> 'parked' order by done_at limit {ForgottenAtOnce}";

    /// <summary>Forgets those, <see cref="ForgottenAtOnce"/> at most: what is parked stays.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> Forget(NpgsqlDataSource database, DateTimeOffset before, CancellationToken ct) =>
        // What somebody has put back meanwhile is over no more.
        await database.Execute($"delete from {Table} where ctid = any (array({Over})) and done_at < $1", ct, before.ToUniversalTime()) == ForgottenAtOnce;
}

/// <summary><c>parked</c>: lists what is sent no more, of whomever it is, or has it sent once more.</summary>
public sealed class Parked(NpgsqlDataSource database, IEnumerable<ParkedRows> kinds)
{
    /// <summary>Runs it and says what it did.</summary>
    public async Task<int> Run(bool again, CancellationToken ct)
    {
        var count = 0;
        foreach (var kind in kinds)
            count += again ? await Send(kind, ct) : await List(kind, ct);
        Console.WriteLine($"{(again ? "Sent once more" : "Parked")}: {count}.");
        return 0;
    }

    private Task<int> Send(ParkedRows kind, CancellationToken ct) => database.Execute($"update {kind.Table} set {ParkedRows.Again} where status = 'parked' and {kind.Which}", ct);

    private async Task<int> List(ParkedRows kind, CancellationToken ct)
    {
        var parked = await database.Rows(
            $"select id, done_at, attempts, {kind.Says} from {kind.Table} where status = 'parked' and {kind.Which} order by done_at, id",
            row => string.Create(CultureInfo.InvariantCulture, $"{kind.Work} {row.GetGuid(0)}, parked {row.GetFieldValue<DateTimeOffset>(1):u} after {row.GetInt32(2)} attempts, {row.GetString(3)}"), ct);
        foreach (var line in parked)
            Console.WriteLine(line);
        return parked.Count;
    }
}
