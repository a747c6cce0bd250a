using System.Data;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using NpgsqlTypes;

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

    // Of what is shown of them, in bytes: of some 2,000 cases.
    private const int ShownAtMost = 16_000_000;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = AtMost }), _shown = new(new MemoryCacheOptions { SizeLimit = ShownAtMost });

    /// <summary>A case as it stands; null where there is none of that id.</summary>
    /// <param name="id">The case.</param>
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

    /// <summary>What REST shows of a case, in JSON: written once for all who are shown the whole of it as it stands.</summary>
    /// <param name="seen">What the reader sees of it.</param>
    /// <param name="language">zh-CN or en.</param>
    public byte[] Shown(Case seen, string language) =>
        _known.Get<Row>(seen.Id) is { } row && ReferenceEquals(row.Case, seen)
            ? _shown.GetOrCreate((row, language), entry =>
            {
                var written = Written(seen, language);
                (entry.Size, entry.AbsoluteExpirationRelativeToNow) = (written.Length, KnownFor);
                return written;
            })!
            : Written(seen, language);

    public void Dispose()
    {
        _known.Dispose();
        _shown.Dispose();
    }

    private static byte[] Written(Case seen, string language) => JsonSerializer.SerializeToUtf8Bytes(CaseView.Of(seen, language), RestJson.Options);

    private Case? Known(Finding wanted) => _known.Get<Row>(wanted.Id) is { } known && known.Case.Version >= wanted.Version ? known.Case : null;

    private Case Keep(Case @case, uint written)
    {
        _known.Set(@case.Id, new Row(@case, written), new MemoryCacheEntryOptions { Size = 1 + (@case.Form?.Length ?? 0) / UsualBytes, AbsoluteExpirationRelativeToNow = KnownFor });
        return @case;
    }

    // One reading of a row is no other one, however alike.
    private sealed class Row(Case @case, uint written)
    {
        /// <summary>As it was read.</summary>
        public Case Case { get; } = @case;

        /// <summary>By which transaction the row was; 0 where nobody has asked.</summary>
        public uint Written { get; } = written;
    }
}
