using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Marten;
using Marten.Linq.Members;
using Npgsql;
using NpgsqlTypes;

namespace OneDoor.Platform;

/// <summary>What is stored of a kind of things beside their facts, and made from the facts alone.</summary>
/// <param name="Type">The state that is stored.</param>
/// <param name="Fold">Adds up the facts of one of them, in order.</param>
/// <param name="Stamp">A state's id and version.</param>
/// <param name="Facts">The kinds of their facts, by the names they are stored under.</param>
public sealed record ReadModel(Type Type, Func<IEnumerable<object>, object> Fold, Func<object, (Guid Id, int Version)> Stamp, IReadOnlyDictionary<string, Type> Facts)
{
    /// <summary>What the table by which lists find things holds of them; null where it holds nothing.</summary>
    public Listing? Listed { get; init; }

    /// <summary>Which states a release before stored otherwise: a condition on a row of their table; null where none is.</summary>
    public string? Lacks { get; init; }

    /// <summary>How the store calls their streams, and the table of their states: of two words only the first has something between them.</summary>
    public string Alias => AliasOf(Type);
    public string Table => $"mt_doc_{Type.Name.ToLowerInvariant()}";

    /// <summary>How the store calls the streams of a kind.</summary>
    public static string AliasOf(Type type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name);

    /// <summary>That of a thing with a fold.</summary>
    public static ReadModel Of<TState, TFact>() where TState : class, IFolded<TState, TFact> where TFact : class => new(
        typeof(TState), facts => facts.Cast<TFact>().Aggregate(default(TState), TState.Evolve)!, state => (((TState)state).Id, ((TState)state).Version), Streams.FactsOf<TFact>());
}

/// <summary>How lists find things of a kind.</summary>
public sealed record Listing(Kind Kind, Func<object, Findable> Find);

/// <summary>Rows that a capability keeps beside the things of a kind, made from their facts alone.</summary>
/// <param name="Of">The state of the things.</param>
/// <param name="Table">The table, which has the things' id in its column <see cref="Key"/>.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">The rows of the facts of one of them, in order.</param>
public sealed record RowsBeside(
    Type Of, Weasel.Postgresql.Tables.Table Table, IReadOnlyList<(string Name, NpgsqlDbType Type)> Columns, Func<IReadOnlyList<object>, IEnumerable<IReadOnlyList<object?>>> Rows)
{
    public string Name => Table.Identifier.Name;

    /// <summary>The column that has the things' id.</summary>
    public string Key { get; init; } = "id";

    /// <summary>Not every thing has rows: that there are none says nothing.</summary>
    public bool MayBeNone { get; init; }

    /// <summary>What is true of a row, in SQL, that a release before has written and that lacks what is kept now; null where there is none.</summary>
    public string? Lacks { get; init; }
}

/// <summary>
/// <c>rebuild</c>: makes the stored states and the table by which lists find them anew from the facts, while the platform runs. They are
/// written beside, in a schema of their own, and put in place of the others in one transaction, which changes wait for. Nothing
/// is sent to anybody. A run that is stopped leaves everything as it was; the next one begins afresh.
/// </summary>
public sealed class Rebuild(
    IDocumentStore store, NpgsqlDataSource database, PersonalParts parts, FoundTable found, IEnumerable<ReadModel> models, IEnumerable<RowsBeside> besides, IConfiguration configuration, TimeProvider time)
{
    /// <summary>What one at a time does for all, and nobody who writes or deletes what is stored of things without their changing.</summary>
    public const string Work = "rebuild";

    private const string Beside = $"{Store.Schema}_rebuilt";

    // So many streams are folded at a time, by each of so many workers.
    private const int Portion = 2_000;
    private static readonly int Workers = Math.Clamp(Environment.ProcessorCount, 2, 8);

    // Once no more than so many streams have changed since they were folded, changes may as well wait for them.
    private const int FewEnough = 200;

    /// <summary>Runs it and says what it did.</summary>
    public async Task<int> Run(CancellationToken ct)
    {
        await using var turn = new Turn(Store.ConnectionOf(configuration), Work);
        if (!await turn.IsOurs(ct))
            return await Commands.Refuse("What is stored is being rebuilt, erased or withdrawn: rebuild once that is over.");
        if (await Unknown(ct) is { Count: > 0 } unknown)
            return await Commands.Refuse($"There are facts that this release does not know ({string.Join(", ", unknown)}): rebuild by the release that wrote them.");
        var started = time.GetTimestamp();
        await database.Execute($"drop schema if exists {Beside} cascade; create schema {Beside}", ct);
        foreach (var table in Tables)
            await database.Execute($"create table {Beside}.{table} (like {Store.Schema}.{table} including defaults including storage)", ct);
        long facts = 0;
        var progress = new Progress(await Facts(ct), "facts folded");
        foreach (var model in models)
            facts += await FoldAll(model, progress, ct);
        var read = time.GetElapsedTime(started);
        foreach (var table in Tables)
            await MakeAlike(table, ct);
        Swapped? swapped = null;
        while (swapped is null)
        {
            foreach (var model in models)
                await CatchUp(model, ct);
            swapped = await Swap(turn, ct);
        }
        if (swapped.Wrong.Count > 0)
        {
            // Who erases something would not look for it here.
            await database.Execute($"drop schema {Beside} cascade", ct);
            return await Commands.Refuse($"Nothing was put in place: facts are missing, or too many, of {string.Join(", ", swapped.Wrong.Take(10))}. `verify` says more.");
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Rebuilt from {facts} facts in {time.GetElapsedTime(started).TotalSeconds:F1} s; {facts / read.TotalSeconds:F0} facts a second were folded and written, and changes waited for {swapped.Waited.TotalSeconds:F2} s."));
        return 0;
    }

    /// <summary>Whether there is a thing that lists do not find, or rows or states that a release before did not keep.</summary>
    public async Task<bool> IsWanted(CancellationToken ct)
    {
        string[] lacking =
        [
            .. besides.Select(rows => $"""
                {(rows.MayBeNone ? "false" : "true")} and not exists (select from {Store.Schema}.{rows.Name}) and exists (select from {Store.Schema}.mt_streams where type = '{ReadModel.AliasOf(rows.Of)}' and not is_archived)
                    or exists (select from {Store.Schema}.{rows.Name} where {rows.Lacks ?? "false"})
                """),
            .. models.Where(m => m.Lacks is not null).Select(model => $"exists (select from {Store.Schema}.{model.Table} where {model.Lacks})"),
            .. models.Where(m => m.Listed is not null).Select(model => $"""
                exists (select from {Store.Schema}.mt_streams s where s.type = '{model.Alias}' and not s.is_archived and not exists (select from {Store.Schema}.{FoundTable.Name} f where f.id = s.id))
                """),
        ];
        // One after the other: where the first say so, a release long before may not even have the tables of the last.
        foreach (var condition in lacking)
        {
            if (await database.Value<bool>($"select {condition}", ct))
                return true;
        }
        return false;
    }

    /// <summary>Gives the tables of a release before the columns that are filled. Of what it had no table for it stored nothing.</summary>
    public async Task AddColumns(CancellationToken ct)
    {
        List<ReadModel> stored = [];
        foreach (var model in models)
        {
            if (!await database.Value<bool>($"select to_regclass('{Store.Schema}.{model.Table}') is not null", ct))
                continue;
            stored.Add(model);
            foreach (var column in ColumnsOf(model))
                await database.Execute($"alter table {Store.Schema}.{model.Table} add column if not exists {column.ColumnName} {FoundTable.TypeOf(column.DbType)}", ct);
        }
        models = stored;
    }

    private IEnumerable<string> Tables => [.. models.Select(model => model.Table), FoundTable.Name, .. besides.Select(rows => rows.Name)];

    // Kinds of facts that would be left out: a state without them would be another, and never as old as its facts.
    private async Task<IReadOnlyList<string>> Unknown(CancellationToken ct)
    {
        var known = models.ToDictionary(model => model.Alias, model => model.Facts);
        var facts = await database.Rows(
            $"select distinct s.type, e.type from {Store.Schema}.mt_events e join {Store.Schema}.mt_streams s on s.id = e.stream_id where s.type = any ($1) and not s.is_archived order by 2",
            row => (Thing: row.GetString(0), Fact: row.GetString(1)), ct, known.Keys.ToArray());
        return [.. facts.Where(found => !known[found.Thing].ContainsKey(found.Fact)).Select(found => found.Fact)];
    }

    private Task<long> Facts(CancellationToken ct) => database.Value<long>(
        $"select coalesce(sum(version), 0)::bigint from {Store.Schema}.mt_streams where type in ({string.Join(',', models.Select(model => $"'{model.Alias}'"))}) and not is_archived", ct);

    private async Task<long> FoldAll(ReadModel model, Progress progress, CancellationToken ct)
    {
        var bounds = await database.Rows($"""
            select id from (select id, row_number() over (order by id) n from {Store.Schema}.mt_streams where type = '{model.Alias}' and not is_archived) s where n % {Portion} = 1 order by id
            """, row => row.GetGuid(0), ct);
        long facts = 0;
        await Parallel.ForEachAsync(bounds.Select((from, i) => (from, i)), new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = ct }, async (portion, _) =>
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            var to = portion.i + 1 < bounds.Count ? $" and e.stream_id < '{bounds[portion.i + 1]}'" : "";
            var folded = await Fold(model, $"e.stream_id >= '{portion.from}'{to}", connection, ct);
            Interlocked.Add(ref facts, folded);
            progress.Add(folded);
        });
        return facts;
    }

    // Reads the facts of some streams and writes what they add up to; says how many they were.
    private async Task<int> Fold(ReadModel model, string which, NpgsqlConnection connection, CancellationToken ct)
    {
        List<object> folded = [];
        List<object> facts = [];
        RowsBeside[] kept = [.. besides.Where(rows => rows.Of == model.Type)];
        List<IReadOnlyList<object?>>[] rows = [.. kept.Select(_ => new List<IReadOnlyList<object?>>())];
        var (current, count) = (Guid.Empty, 0);
        await using (var reader = await connection.BeginBinaryExportAsync(
            $"copy (select {StoredFacts.Columns} from {StoredFacts.From} where {which} and not e.is_archived and e.type in ({string.Join(',', model.Facts.Keys.Select(alias => $"'{alias}'"))}) order by e.stream_id, e.version) to stdout (format binary)", ct))
        {
            while (await reader.StartRowAsync(ct) != -1)
            {
                var stream = await reader.ReadAsync<Guid>(NpgsqlDbType.Uuid, ct);
                if (stream != current && facts.Count > 0)
                    Add();
                if (stream != current)
                    facts = [];
                current = stream;
                var type = model.Facts[await reader.ReadAsync<string>(NpgsqlDbType.Varchar, ct)];
                var json = await reader.ReadAsync<string>(NpgsqlDbType.Jsonb, ct);
                string? part = null;
                if (reader.IsNull)
                    await reader.SkipAsync(ct);
                else
                    part = await reader.ReadAsync<string>(NpgsqlDbType.Json, ct);
                facts.Add(parts.Read(type, json, part));
                count++;
            }
        }
        if (facts.Count > 0)
            Add();
        await Write(model, folded, connection, ct);
        foreach (var (beside, i) in kept.Select((beside, i) => (beside, i)))
            await Copy(beside.Name, beside.Columns, rows[i], connection, ct);
        return count;

        void Add()
        {
            folded.Add(model.Fold(facts));
            for (var i = 0; i < kept.Length; i++)
                rows[i].AddRange(kept[i].Rows(facts));
        }
    }

    private async Task Write(ReadModel model, IReadOnlyList<object> folded, NpgsqlConnection connection, CancellationToken ct)
    {
        var beside = ColumnsOf(model);
        (string, NpgsqlDbType)[] columns =
        [
            ("id", NpgsqlDbType.Uuid), ("data", NpgsqlDbType.Jsonb), ("mt_dotnet_type", NpgsqlDbType.Varchar), ("mt_version", NpgsqlDbType.Bigint),
            .. beside.Select(c => (c.ColumnName, c.DbType)),
        ];
        await Copy(model.Table, columns, folded.Select(state => (State: state, Stamp: model.Stamp(state))).Select(thing => (IReadOnlyList<object?>)
            [thing.Stamp.Id, store.Options.Serializer().ToJson(thing.State), model.Type.FullName, (long)thing.Stamp.Version, .. beside.Select(c => ValueOf(c, thing.State))]), connection, ct);
        if (model.Listed is { } listed)
            await Copy(FoundTable.Name, FoundRow.Columns, folded.SelectMany(state => found.RowsOf(listed.Kind, listed.Find(state))).Select(row => row.Values), connection, ct);
    }

    // What the store writes beside a state, by what it was told to.
    private IReadOnlyList<DuplicatedField> ColumnsOf(ReadModel model) => store.Options.FindOrResolveDocumentType(model.Type).DuplicatedFields;

    private static object? ValueOf(DuplicatedField column, object state) =>
        column.Members.Aggregate((object?)state, (held, member) => held is null ? null : ((PropertyInfo)member).GetValue(held)) switch
        {
            Enum named => named.ToString(),
            var value => value,
        };

    private static async Task Copy(
        string table, IReadOnlyList<(string Name, NpgsqlDbType Type)> columns, IEnumerable<IReadOnlyList<object?>> rows, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            $"copy {Beside}.{table} ({string.Join(", ", columns.Select(c => c.Name))}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(ct);
            for (var i = 0; i < columns.Count; i++)
            {
                if (row[i] is { } value)
                    await writer.WriteAsync(value, columns[i].Type, ct);
                else
                    await writer.WriteNullAsync(ct);
            }
        }
        await writer.CompleteAsync(ct);
    }

    // Indexes, settings and grants of the table it takes the place of; they have the same names in another schema.
    private async Task MakeAlike(string table, CancellationToken ct)
    {
        var statements = await database.Rows($"""
            select format('alter table {Beside}.{table} set (%s)', array_to_string(reloptions, ', ')) from pg_class where oid = '{Store.Schema}.{table}'::regclass and reloptions is not null
            union all select format('alter table {Beside}.{table} alter column %I set (%s)', attname, array_to_string(attoptions, ', '))
                from pg_attribute where attrelid = '{Store.Schema}.{table}'::regclass and attoptions is not null
            union all select replace(pg_get_indexdef(indexrelid), ' ON {Store.Schema}.', ' ON {Beside}.') from pg_index where indrelid = '{Store.Schema}.{table}'::regclass
            union all select format('alter table {Beside}.{table} add constraint %I primary key using index %I', conname, conname)
                from pg_constraint where conrelid = '{Store.Schema}.{table}'::regclass and contype = 'p'
            union all select format('grant %s on {Beside}.{table} to %s', privilege_type, case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end)
                from pg_class, aclexplode(relacl) where oid = '{Store.Schema}.{table}'::regclass and grantee <> relowner
            union all select 'analyze {Beside}.{table}'
            """, row => row.GetString(0), ct);
        foreach (var statement in statements)
            await database.Execute(statement, ct);
    }

    // Folds what has changed since it was folded, until so little has that the rest may wait, or the same comes again.
    private async Task CatchUp(ReadModel model, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        HashSet<Guid> folded = [];
        while (await FoldChanged(model, connection, ct) is { Count: > FewEnough } changed && changed.Where(folded.Add).ToArray() is { Length: > 0 })
        {
        }
    }

    // Says which they were.
    private async Task<IReadOnlyList<Guid>> FoldChanged(ReadModel model, NpgsqlConnection connection, CancellationToken ct)
    {
        var changed = await connection.Rows($"""
            select s.id from {Store.Schema}.mt_streams s left join {Beside}.{model.Table} d on d.id = s.id
            where s.type = '{model.Alias}' and not s.is_archived and d.mt_version is distinct from s.version limit {Portion}
            """, row => row.GetGuid(0), ct);
        if (changed.Count == 0)
            return changed;
        foreach (var (table, key) in ((string, string)[])[(model.Table, "id"), (FoundTable.Name, "id"), .. besides.Where(rows => rows.Of == model.Type).Select(rows => (rows.Name, rows.Key))])
            await connection.Execute($"delete from {Beside}.{table} where {key} = any ($1)", ct, changed.ToArray());
        await Fold(model, $"e.stream_id in ({string.Join(',', changed.Select(id => $"'{id}'"))})", connection, ct);
        return changed;
    }

    // Null where somebody is in the middle of something that takes long, which nobody else is to wait for, or of a change that
    // waits for this one in turn.
    private async Task<Swapped?> Swap(Turn turn, CancellationToken ct)
    {
        try
        {
            return await SwapAtOnce(turn, ct);
        }
        catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
            return null;
        }
    }

    private async Task<Swapped> SwapAtOnce(Turn turn, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // What a change writes beside its facts it writes after its stream: so whoever has written any is over once this is held, and whoever comes to their stream
        // waits, though they have drawn numbers and written facts before. Reading goes on.
        await connection.Execute($"set local lock_timeout = '2s'; lock table {Store.Schema}.mt_streams in share row exclusive mode", ct);
        var started = time.GetTimestamp();
        foreach (var model in models)
        {
            HashSet<Guid> folded = [];
            while (await FoldChanged(model, connection, ct) is { Count: > 0 } changed)
            {
                // Nobody else changes any now, so one that comes again would come for ever.
                if (changed.Where(id => !folded.Add(id)).ToArray() is { Length: > 0 } wrong)
                    return new(default, wrong);
            }
        }
        // Who has lost the turn may have let somebody erase what these tables still have.
        await turn.IsOurs(ct);
        foreach (var table in Tables)
            await connection.Execute($"drop table {Store.Schema}.{table}; alter table {Beside}.{table} set schema {Store.Schema}", ct);
        await connection.Execute($"drop schema {Beside}", ct);
        await transaction.CommitAsync(ct);
        return new(time.GetElapsedTime(started), []);
    }

    // For how long changes had to wait, or which things are not as old as their facts.
    private sealed record Swapped(TimeSpan Waited, IReadOnlyList<Guid> Wrong);
}
