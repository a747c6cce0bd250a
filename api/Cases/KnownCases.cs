using System.Data;
using Marten;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using NpgsqlTypes;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>
/// Cases this process has read. A case in one version never changes, so a list asks the store which cases in which
/// versions it holds, always, and reads those it does not know: who asks again and again, as worklists are, is told of what
/// is new and costs little. So is who asks for one case again.
/// </summary>
public sealed class KnownCases(NpgsqlDataSource database, IDocumentStore store) : IDisposable
{
    /// <summary>How many cases are known at most; about 3 KB each, of which one whose application says much takes up several.</summary>
    public const int AtMost = 20_000;

    private const int UsualBytes = 3_000;

    // A version changes in one way only: its personal data is erased. By then what is known is forgotten.
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(10);

    // The store's own row tells whether it is the one that is known: whatever writes it, an erasure in the same version as well, makes another of it.
    private const string One = $"select xmin, mt_version, case when xmin = $2 and mt_version = $3 then null else data end from {Store.Schema}.mt_doc_case where id = $1";

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = AtMost });

    /// <summary>A case as it stands; null where there is none of that id.</summary>
    /// <param name="id">The case.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<Case?> Find(Guid id, CancellationToken ct)
    {
        var known = _known.Get<Row>(id);
        await using var command = database.CreateCommand(One);
        command.Parameters.Add(new() { Value = id, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = known?.Written ?? 0, NpgsqlDbType = NpgsqlDbType.Xid });
        command.Parameters.Add(new() { Value = (long)(known?.Case.Version ?? 0), NpgsqlDbType = NpgsqlDbType.Bigint });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, ct);
        if (!await reader.ReadAsync(ct))
            return null;
        if (await reader.IsDBNullAsync(2, ct))
            return known!.Case;
        var (written, version) = (reader.GetFieldValue<uint>(0), reader.GetInt64(1));
        return Keep(await store.Options.Serializer().FromJsonAsync<Case>(reader, 2, ct) with { Version = (int)version }, written);
    }

    /// <summary>The cases in these versions, or newer, in their order; null for one that is gone since it was found.</summary>
    /// <param name="versions">What a query has found, with the policy of who sees what as part of it.</param>
    /// <param name="session">Reads what is not known.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<IReadOnlyList<Case?>> Read(IReadOnlyList<Finding> versions, IQuerySession session, CancellationToken ct)
    {
        var cases = versions.Select(Known).ToArray();
        var unknown = versions.Where((_, i) => cases[i] is null).Select(v => v.Id).ToArray();
        if (unknown.Length == 0)
            return cases;
        var read = (await session.LoadManyAsync<Case>(ct, unknown)).ToDictionary(c => c.Id);
        foreach (var @case in read.Values)
            Keep(@case, written: 0);
        return [.. versions.Select((v, i) => cases[i] ?? read.GetValueOrDefault(v.Id))];
    }

    public void Dispose() => _known.Dispose();

    private Case? Known(Finding wanted) => _known.Get<Row>(wanted.Id) is { } known && known.Case.Version == wanted.Version ? known.Case : null;

    private Case Keep(Case @case, uint written)
    {
        _known.Set(@case.Id, new Row(@case, written), new MemoryCacheEntryOptions { Size = 1 + (@case.Form?.Length ?? 0) / UsualBytes, AbsoluteExpirationRelativeToNow = KnownFor });
        return @case;
    }

    /// <param name="Case">As it was read.</param>
    /// <param name="Written">By which transaction the row was; 0 where nobody has asked.</param>
    private sealed record Row(Case Case, uint Written);
}
