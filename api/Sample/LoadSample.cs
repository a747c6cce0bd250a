using System.Globalization;
using Marten;
using Npgsql;
using NpgsqlTypes;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Licences;
using OneDoor.Webhooks;

namespace OneDoor.Sample;

/// <summary>
/// <c>sample</c>: loads the five years into a store without cases, in the order of time, month by month, each in one transaction; a run that is
/// stopped goes on where it stopped. The licences that cases delivered are issued with them, and what time has done to them since has been done; so are
/// the tickets, reviews, complaints and work orders of who came (<see cref="SampleService"/>).
/// The states are made of the facts by <see cref="Rebuild"/>. Nothing is told to anybody: who listens begins behind it.
/// </summary>
public sealed class LoadSample(IDocumentStore store, NpgsqlDataSource database, PersonalParts parts, CurrentCatalogue catalogue, LicenceOptions policy, LegalClock clock, Rebuild rebuild, IConfiguration configuration, TimeProvider time)
{
    private const string Streams = $"{Store.Schema}.mt_streams", Events = $"{Store.Schema}.mt_events", Sequence = $"{Store.Schema}.mt_events_sequence";

    private static readonly string[] StreamColumns = ["id", "type", "version", "timestamp", "created"];
    private static readonly string[] EventColumns = ["seq_id", "id", "stream_id", "version", "data", "type", "timestamp", "mt_dotnet_type"];
    private static readonly string[] PartColumns = ["stream_id", "version", "salt", "data"];

    // How many have been issued so far, which is their place in the status list: a run that goes on counts from the beginning again.
    private int _licences;

    /// <param name="cases">How many cases; null for all.</param>
    /// <param name="seed">The seed; null for the usual one.</param>
    /// <param name="ifEmpty">Whether a store that has cases is left as it is.</param>
    /// <param name="ct">Stops it between two months.</param>
    public async Task<int> Run(int? cases, int? seed, bool ifEmpty, CancellationToken ct)
    {
        await using var turn = new Turn(Store.ConnectionOf(configuration), "sample");
        if (!await turn.IsOurs(ct))
            return await Commands.Refuse("It is being loaded already.");
        if (ifEmpty && await Any(ct))
            return Commands.Say("There are cases in the store already: no sample is loaded.");
        await catalogue.Items(ct);
        ItemPublished?[] published = [.. CatalogueData.June2020().Select(item => catalogue.Known(item.Code, 1))];
        if (published.Any(known => known?.Item.Edition != CatalogueData.June2020Edition))
            return await Commands.Refuse("The catalogue's first edition is not that of June 2020: run `OneDoor.Api catalogue` on a new store first.");
        var started = time.GetTimestamp();
        var drawn = SampleDrawing.Draw(SampleTable.Solve(seed ?? SamplePlan.UsualSeed), cases ?? SamplePlan.Cases);
        Item[] items = [.. (await catalogue.Items(ct)).Select(known => known.Item)];
        var months = Months(drawn, new SampleLife(published!), items);
        if (await Loaded(drawn, ct) is not { } until)
            return await Commands.Refuse("There are cases in the store that are not of this sample.");
        var (facts, begun) = (0L, new Dictionary<string, int>());
        var progress = new Progress(drawn.Count, "cases loaded");
        foreach (var (month, told) in months)
        {
            if (month > until)
            {
                await Load(told, ct);
                facts += told.Count;
                foreach (var (type, things) in told.Where(fact => fact.Version == 1).CountBy(fact => fact.Type))
                    begun[type] = begun.GetValueOrDefault(type) + things;
            }
            progress.Add(told.Count(fact => fact is { Version: 1, Fact: CaseFact }));
        }
        foreach (var (numbers, last) in new[] { (CaseNumbers.Sequence, SamplePlan.Cases), (StatusIndexes.Sequence, Math.Max(1, _licences)) })
            await database.Execute($"select setval('{numbers}', greatest((select last_value from {numbers}), {last}))", ct);
        int Begun(Type of) => begun.GetValueOrDefault(ReadModel.AliasOf(of));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Begun(typeof(Case))} cases, {Begun(typeof(Licence))} licences, {CheckSample.Said(Begun)}: {facts} facts in {time.GetElapsedTime(started).TotalSeconds:F0} s"));
        return await rebuild.Run(ct);
    }

    // Facts of cases that began before come in between those of the others: each month has what happened in it.
    private IEnumerable<(DateOnly Month, List<Told> Facts)> Months(IReadOnlyList<SampleCase> drawn, SampleLife life, Item[] items)
    {
        PriorityQueue<Told, (DateTimeOffset, int)> waiting = new();
        var (order, next, open, visits) = (0, 0, 0, SampleVisit.Draw(drawn));
        for (var month = SamplePlan.Begins; next < drawn.Count || waiting.Count > 0; month = month.AddMonths(1))
        {
            var end = LegalClock.MidnightOf(month.AddMonths(1));
            for (; next < drawn.Count && drawn[next].SubmittedAt < end; next++)
            {
                var facts = life.FactsOf(drawn[next]);
                var id = ((CaseSubmitted)facts[0]).CaseId;
                for (var i = 0; i < facts.Count; i++, open++)
                    waiting.Enqueue(new(id, ReadModel.AliasOf(typeof(Case)), i + 1, facts[i], facts[i].At), (facts[i].At, order++));
                foreach (var fact in LicencesOf(facts, items).Concat(ServiceOf(drawn[next], facts, visits[next])))
                    waiting.Enqueue(fact, (fact.At, order++));
            }
            List<Told> told = [];
            // What follows the last fact of a case is loaded with that: what time does to licences, and what people say of it.
            while (waiting.TryPeek(out var first, out var at) && (at.Item1 < end || (next == drawn.Count && open == 0)))
            {
                told.Add(waiting.Dequeue());
                open -= first.Fact is CaseFact ? 1 : 0;
            }
            yield return (month, told);
        }
    }

    // Each licence that a case delivered, and its lapses until now: what else becomes due of it is swept when it is.
    private IEnumerable<Told> LicencesOf(IReadOnlyList<CaseFact> facts, Item[] items)
    {
        Case? @case = null;
        foreach (var fact in facts)
        {
            @case = Case.Evolve(@case, fact);
            if (fact is not LicenceDelivered delivered || Issuing.Of(@case, catalogue.ItemOf(@case.Plan.Item, @case.Plan.Version), delivered, replaces: null) is not { } issued)
                continue;
            issued = issued with { StatusIndex = ++_licences, RemindOn = Issuing.RemindOn(issued.ValidUntil, Issuing.RenewalOf(issued.Kind.Code, items), policy, clock.Calendar) };
            IReadOnlyList<LicenceFact> all = [issued, .. Licence.Evolve(null, issued).Lapse(time.GetUtcNow())];
            for (var i = 0; i < all.Count; i++)
                yield return new(Licence.IdOf(issued.Number), ReadModel.AliasOf(typeof(Licence)), i + 1, all[i], all[i].At);
        }
    }

    private static IEnumerable<Told> ServiceOf(SampleCase drawn, IReadOnlyList<CaseFact> facts, SampleVisit? visit) =>
        SampleService.Of(drawn, facts.Aggregate(default(Case), Case.Evolve)!, visit)
            .SelectMany(beside => beside.Facts.Select((fact, i) => new Told(beside.Id, ReadModel.AliasOf(beside.Of), i + 1, fact, fact.At)));

    // The last month whose facts are there; null where other cases are. In some months of a small sample nothing happens to any case, and something beside one
    // does. What happens beside them after the five years is loaded with the last of them, or is somebody's. Of complaints the store keeps the day alone beside the fact.
    private async Task<DateOnly?> Loaded(IReadOnlyList<SampleCase> drawn, CancellationToken ct)
    {
        var (cases, last) = (await database.Rows(
            $"""
            select count(*) filter (where type = 'case'), max(at) filter (where type = 'case' or at < $1) from (
                select type, case type when 'complaint' then (select max((data ->> 'at')::timestamptz) from {Events} e where e.stream_id = s.id) else timestamp end as at
                from {Streams} s where type in ('case', 'licence', 'ticket', 'review', 'complaint', 'work_order')) known
            """,
            row => (row.GetInt64(0), row.IsDBNull(1) ? default : row.GetFieldValue<DateTimeOffset>(1)), ct, LegalClock.MidnightOf(SamplePlan.Ends).ToUniversalTime()))[0];
        if (cases == 0)
            return DateOnly.MinValue;
        var day = LegalClock.DayOf(last);
        var month = new DateOnly(day.Year, day.Month, 1);
        // What is later than all of it is somebody's.
        if (drawn.Count == 0 || LegalClock.MidnightOf(month) > drawn[^1].SubmittedAt.AddYears(1))
            return null;
        return drawn.TakeWhile(one => one.SubmittedAt < LegalClock.MidnightOf(month.AddMonths(1))).Count() == cases ? month : null;
    }

    private async Task Load(List<Told> told, CancellationToken ct)
    {
        if (told.Count == 0)
            return;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Whoever changes something comes to its stream, and waits there.
        await connection.Execute($"lock table {Streams} in share row exclusive mode", ct);
        var streams = told.GroupBy(fact => fact.Stream).ToArray();
        await Copy(connection, Streams, StreamColumns, streams.Where(facts => facts.First().Version == 1),
            facts => [(facts.Key, NpgsqlDbType.Uuid), (facts.First().Type, NpgsqlDbType.Varchar), ((long)facts.Last().Version, NpgsqlDbType.Bigint), (facts.Last().At, NpgsqlDbType.TimestampTz), (facts.First().At, NpgsqlDbType.TimestampTz)], ct);
        foreach (var facts in streams.Where(facts => facts.First().Version > 1))
            await connection.Execute($"update {Streams} set version = $2, timestamp = $3 where id = $1", ct, facts.Key, (long)facts.Last().Version, facts.Last().At);
        var sequence = await connection.Value<long>($"select case when is_called then last_value else 0 end from {Sequence}", ct);
        (Told Told, PersonalPart? Part)[] whole = [.. told.Select(fact => (fact, parts.PartOf(fact.Fact)))];
        await Copy(connection, Events, EventColumns, whole, fact =>
        [
            (++sequence, NpgsqlDbType.Bigint), (Guid.CreateVersion7(fact.Told.At), NpgsqlDbType.Uuid), (fact.Told.Stream, NpgsqlDbType.Uuid), ((long)fact.Told.Version, NpgsqlDbType.Bigint),
            (store.Options.Serializer().ToJson(fact.Told.Fact), NpgsqlDbType.Jsonb), (Platform.Streams.AliasOf(fact.Told.Fact.GetType()), NpgsqlDbType.Varchar),
            (fact.Told.At, NpgsqlDbType.TimestampTz), ($"{fact.Told.Fact.GetType().FullName}, {fact.Told.Fact.GetType().Assembly.GetName().Name}", NpgsqlDbType.Varchar),
        ], ct);
        await Copy(connection, PersonalParts.QualifiedName, PartColumns, whole.Where(fact => fact.Part is not null), fact =>
            [(fact.Told.Stream, NpgsqlDbType.Uuid), ((long)fact.Told.Version, NpgsqlDbType.Bigint), (fact.Part!.Salt, NpgsqlDbType.Bytea), (fact.Part.Json, NpgsqlDbType.Json)], ct);
        await connection.Execute($"select setval('{Sequence}', {sequence})", ct);
        // A webhook that is there already hears of nothing that was loaded.
        await connection.Execute($"update {WebhookTable.Places} set place = {sequence} where place < {sequence}", ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task Copy<T>(
        NpgsqlConnection connection, string table, string[] columns, IEnumerable<T> rows, Func<T, (object Value, NpgsqlDbType Type)[]> values, CancellationToken ct)
    {
        await using var writer = await connection.BeginBinaryImportAsync($"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(ct);
            foreach (var (value, type) in values(row))
                await writer.WriteAsync(value, type, ct);
        }
        await writer.CompleteAsync(ct);
    }

    private Task<bool> Any(CancellationToken ct) => database.Value<bool>($"select exists (select from {Streams} where type = 'case')", ct);

    private sealed record Told(Guid Stream, string Type, int Version, object Fact, DateTimeOffset Happened)
    {
        public DateTimeOffset At { get; } = Happened.ToUniversalTime();
    }
}
