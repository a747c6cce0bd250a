using OneDoor.Appointments;
using OneDoor.Batches;
using OneDoor.Cases;
using OneDoor.Complaints;
using OneDoor.Documents;
using OneDoor.Feed;
using OneDoor.Files;
using OneDoor.Licences;
using OneDoor.Reviews;
using OneDoor.Staff;
using OneDoor.Standing;
using OneDoor.Supervision;
using OneDoor.WorkOrders;

namespace OneDoor.Trials;

/// <summary>Things were withdrawn from every reader: drop them.</summary>
/// <param name="Id">The reset's id.</param>
/// <param name="Version">Always 1: nothing follows it.</param>
/// <param name="Client">Whose client's things they were.</param>
/// <param name="At">When it was done.</param>
/// <param name="Before">What was made before this instant.</param>
/// <param name="Things">Ids of the things; what is known by a number, as a licence, is of a case among them.</param>
public sealed record SandboxResetView(Guid Id, int Version, string Client, DateTimeOffset At, DateTimeOffset Before, IReadOnlyList<Guid> Things)
{
    public static SandboxResetView Of(SandboxReset reset) => new(reset.Id, reset.Version, reset.Client, reset.At, reset.Before, reset.Things);
}

/// <summary>
/// Withdraws what a client has made. Each thing's stream ends with a fact that says so, it is archived then, and what is stored beside the facts is deleted, all in
/// one transaction, in which nobody else records a fact: whoever changes one of the things at the same moment comes before, or runs into that fact.
/// </summary>
public sealed class SandboxResets(ChangeTools tools, IEnumerable<ReadModel> models, IEnumerable<RowsBeside> rows, IEnumerable<ErasedBesides> copies, EventCursors cursors, Settled settled, IHostEnvironment environment)
    : Changes<SandboxReset, ResetFact, ResetSandbox>(tools, ResetSandboxEndpoint.Resource)
{
    private static readonly Type[] Made = [typeof(Case), typeof(Complaint), typeof(Appointment), typeof(Review), typeof(Batch), typeof(SampleEvent)];

    // What comes of others says of which in its first fact.
    private static readonly Type[] CameOf = [typeof(Licence), typeof(SupervisionTask), typeof(CreditRecord), typeof(WorkOrder), typeof(Review), typeof(AttemptedRefusal)];

    private const string First = $"{Store.Schema}.mt_events e join {Store.Schema}.mt_streams s on s.id = e.stream_id where e.version = 1 and not s.is_archived and s.type = any ($1)";

    // Facts are written before their streams are touched: who locked streams would wait for somebody's fact, and they for the stream. So nobody else writes any meanwhile. Before
    // its facts a change may have touched files and lines of batches.
    private const string Alone = $"lock table {FileTable.Name}, {BatchTable.Name}, {Store.Schema}.mt_events in exclusive mode";

    private const string FindMade = $"""
        select e.stream_id from {First} and e.timestamp < $4 and e.data -> 'by' ->> 'client' = $2 and ($3 = $2 or e.data -> 'by' ->> 'subject' = $3)
        """;

    private const string FindCameOf = $"""
        select e.stream_id from {First} and (e.data ->> 'case' = any ($2) or e.data ->> 'review' = any ($2) or e.data ->> 'complaint' = any ($2))
        """;

    // A case that changed a licence which somebody else's case granted.
    private const string FindTied = $"""
        select (e.data ->> 'case')::uuid from {Store.Schema}.mt_events e join {Store.Schema}.mt_streams s on s.id = e.stream_id
        where s.type = any ($1) and e.data ->> 'case' = any ($2) and exists (
            select from {Store.Schema}.mt_events f where f.stream_id = e.stream_id and f.version = 1 and not f.data ->> 'case' = any ($2))
        union
        select (i.data ->> 'case')::uuid from {Store.Schema}.mt_events i join {Store.Schema}.mt_streams s on s.id = i.stream_id
            join {Store.Schema}.mt_events e on e.data ->> 'replacedBy' = i.data ->> 'number' join {Store.Schema}.mt_events f on f.stream_id = e.stream_id and f.version = 1
        where s.type = any ($1) and i.version = 1 and i.data ->> 'case' = any ($2) and not f.data ->> 'case' = any ($2)
        """;

    /// <summary>The places of withdrawn licences in the status list: a place that nobody has would be that of a valid one.</summary>
    public static readonly WithdrawnPlaces Places = new($"""
        select (e.data ->> 'statusIndex')::bigint from {Store.Schema}.mt_doc_sandboxreset r cross join jsonb_array_elements_text(r.data -> 'things') as thing (id)
        join {Store.Schema}.mt_events e on e.stream_id = thing.id::uuid and e.version = 1 and e.type = '{Streams.AliasOf(typeof(LicenceIssued))}' where e.data ->> 'statusIndex' is not null
        """);

    private string _address = "";

    /// <summary>Does it.</summary>
    public Task<Outcome> Reset(ResetSandbox command, CancellationToken ct) => Begin(command, _ => _address, ct);

    protected override object View(SandboxReset seen, int version, string language) => SandboxResetView.Of(seen);

    protected override async Task<Decision<ResetFact>> Decide(SandboxReset? before, ResetSandbox command, CancellationToken ct)
    {
        var asked = new ResetAsking(Tools.Caller.Actor, Tools.Now, environment.IsDevelopment(), Guid.CreateVersion7(Tools.Now), []);
        if (asked.IsSandbox)
        {
            _address = $"/v1/events?after={cursors.Of(await settled.Now(ct))}";
            // What is rebuilt meanwhile would bring it back; and who erases holds a stream and then writes a fact, the other way round than here.
            await Tools.Session.Alone(ct, Rebuild.Work);
            await Tools.Session.Execute(Alone, ct);
            var things = await Things(asked.By, command.Before, ct);
            foreach (var thing in things)
                Tools.Session.Events.Append(thing, new WithdrawnFromSandbox(asked.New, asked.Now));
            if (things.Length > 0)
                Withdraw(things, [.. (await Tools.Session.LoadManyAsync<Licence>(ct, things)).Select(licence => licence.Number)]);
            asked = asked with { Things = things };
        }
        return SandboxReset.Decide(command, asked);
    }

    private async Task<Guid[]> Things(Actor by, DateTimeOffset? before, CancellationToken ct)
    {
        var made = await Read(FindMade, ct, AliasesOf(Made), by.Client, by.Subject, before?.ToUniversalTime() ?? DateTimeOffset.MaxValue);
        for (Guid[] tied; (tied = made.Length == 0 ? [] : await Read(FindTied, ct, AliasesOf([typeof(Licence)]), TextOf(made))).Length > 0;)
            made = [.. made.Except(tied)];
        HashSet<Guid> things = [.. made];
        for (var of = made; of.Length > 0;)
            of = [.. (await Read(FindCameOf, ct, AliasesOf(CameOf), TextOf(of))).Where(things.Add)];
        return [.. things];
    }

    private async Task<Guid[]> Read(string sql, CancellationToken ct, params List<object> values) => [.. await Tools.Session.Rows(sql, row => row.GetGuid(0), ct, values)];

    private string[] AliasesOf(Type[] kinds) => [.. models.Where(model => kinds.Contains(model.Type)).Select(model => model.Alias)];

    private static string[] TextOf(Guid[] ids) => [.. ids.Select(id => id.ToString())];

    private void Withdraw(Guid[] things, string[] licences)
    {
        var session = Tools.Session;
        foreach (var thing in things)
        {
            foreach (var copy in copies)
                session.QueueSqlCommand(copy.Sql, thing);
        }
        // Whoever sends an application or a command of before once more under its key is not shown what is gone.
        session.QueueSqlCommand(Idempotency.Forget, TextOf(things), TextOf(things), licences);
        ReadModel[] withdrawn = [.. models.Where(model => Made.Contains(model.Type) || CameOf.Contains(model.Type))];
        foreach (var table in withdrawn.Select(model => model.Table).Append(FoundTable.Name))
            session.QueueSqlCommand($"delete from {Store.Schema}.{table} where id = any (?)", things);
        foreach (var beside in rows.Where(beside => withdrawn.Any(model => model.Type == beside.Of)))
            session.QueueSqlCommand($"delete from {Store.Schema}.{beside.Name} where {beside.Key} = any (?)", things);
        session.QueueSqlCommand($"delete from {DocumentTable.Name} where case_id = any (?)", things);
        session.QueueSqlCommand($"update {Store.Schema}.mt_streams set is_archived = true where id = any (?)", things);
        session.QueueSqlCommand($"update {Store.Schema}.mt_events set is_archived = true where stream_id = any (?)", things);
    }
}
