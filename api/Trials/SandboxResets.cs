using Marten;
using Npgsql;
using OneDoor.Appointments;
using OneDoor.Batches;
using OneDoor.Cases;
using OneDoor.Complaints;
using OneDoor.Documents;
using OneDoor.Feed;
using OneDoor.Licences;
using OneDoor.Platform;
using OneDoor.Reviews;
using OneDoor.Standing;
using OneDoor.Supervision;
using OneDoor.WorkOrders;

namespace OneDoor.Trials;

/// <summary>What a client had made was withdrawn from every reader: drop it.</summary>
/// <param name="Id">The reset's id.</param>
/// <param name="Client">Whose client's things they were.</param>
/// <param name="At">When it was done.</param>
/// <param name="Before">What was made before this instant.</param>
/// <param name="Things">How many things there were.</param>
public sealed record SandboxResetView(Guid Id, string Client, DateTimeOffset At, DateTimeOffset Before, int Things)
{
    public static SandboxResetView Of(SandboxReset reset) => new(reset.Id, reset.Client, reset.At, reset.Before, reset.Things);
}

/// <summary>
/// Withdraws what a client has made. Each thing's stream ends with a fact that says so, which whoever changes it at the same moment runs into; it is archived then,
/// and what is stored beside the facts is deleted, all in one transaction.
/// </summary>
public sealed class SandboxResets(ChangeTools tools, IEnumerable<ReadModel> models, IEnumerable<RowsBeside> rows, IEnumerable<ErasedBesides> copies, EventCursors cursors, Settled settled, IHostEnvironment environment)
    : Changes<SandboxReset, ResetFact, ResetSandbox>(tools)
{
    private static readonly Type[] Made = [typeof(Case), typeof(Complaint), typeof(Appointment), typeof(Review), typeof(Batch), typeof(SampleEvent)];

    // What comes of others says of which in its first fact.
    private static readonly Type[] CameOf = [typeof(Licence), typeof(SupervisionTask), typeof(CreditRecord), typeof(WorkOrder), typeof(Review)];

    private const string Find = $"""
        with recursive made(id) as (
            select e.stream_id from {Store.Schema}.mt_events e join {Store.Schema}.mt_streams s on s.id = e.stream_id
            where e.version = 1 and s.type = any ($1) and not e.is_archived and e.timestamp < $5 and e.data -> 'by' ->> 'client' = $3 and ($4 = $3 or e.data -> 'by' ->> 'subject' = $4)
            union
            select e.stream_id from made join {Store.Schema}.mt_events e on made.id::text in (e.data ->> 'case', e.data ->> 'review', e.data ->> 'complaint')
                join {Store.Schema}.mt_streams s on s.id = e.stream_id
            where e.version = 1 and s.type = any ($2) and not e.is_archived)
        select s.id from {Store.Schema}.mt_streams s where s.id in (select id from made) order by s.id for update
        """;

    private string _address = "";

    protected override Refusal NotFound => TrialRefusals.OnlyInDevelopment;

    /// <summary>Does it.</summary>
    public Task<Outcome> Reset(ResetSandbox command, CancellationToken ct) => Begin(command, _ => _address, ct);

    protected override object View(SandboxReset seen, int version, string language) => SandboxResetView.Of(seen);

    protected override async Task<Decision<ResetFact>> Decide(SandboxReset? before, ResetSandbox command, CancellationToken ct)
    {
        var asked = new ResetAsking(Tools.Caller.Actor, Tools.Now, environment.IsDevelopment(), Guid.CreateVersion7(Tools.Now), 0);
        if (SandboxReset.Decide(command, asked) is { Refused: { } refused })
            return refused;
        _address = $"/v1/events?after={cursors.Of(await settled.Now(ct))}";
        await Tools.Session.BeginTransactionAsync(ct);
        var things = await Things(asked.By, command.Before, ct);
        foreach (var thing in things)
            Tools.Session.Events.Append(thing, new WithdrawnFromSandbox(asked.New, asked.Now));
        if (things.Length > 0)
            Withdraw(things);
        return SandboxReset.Decide(command, asked with { Things = things.Length });
    }

    private async Task<Guid[]> Things(Actor by, DateTimeOffset? before, CancellationToken ct)
    {
        var find = new NpgsqlCommand(Find);
        foreach (var value in new object[] { AliasesOf(Made), AliasesOf(CameOf), by.Client, by.Subject, before?.ToUniversalTime() ?? DateTimeOffset.MaxValue })
            find.Parameters.Add(new() { Value = value });
        await using var reader = await Tools.Session.ExecuteReaderAsync(find, ct);
        List<Guid> things = [];
        while (await reader.ReadAsync(ct))
            things.Add(reader.GetGuid(0));
        return [.. things];
    }

    private string[] AliasesOf(Type[] kinds) => [.. models.Where(model => kinds.Contains(model.Type)).Select(model => model.Alias)];

    private void Withdraw(Guid[] things)
    {
        var session = Tools.Session;
        foreach (var thing in things)
        {
            foreach (var copy in copies)
                session.QueueSqlCommand(copy.Sql, thing);
        }
        foreach (var table in (string[])[.. models.Where(model => Made.Contains(model.Type) || CameOf.Contains(model.Type)).Select(model => model.Table), FoundTable.Name, .. rows.Select(beside => beside.Name)])
            session.QueueSqlCommand($"delete from {Store.Schema}.{table} where id = any (?)", things);
        session.QueueSqlCommand($"delete from {DocumentTable.Name} where case_id = any (?)", things);
        // Whoever sends an application of before once more under its key begins afresh with it.
        session.QueueSqlCommand(Idempotency.Forget, (object)things.Select(thing => thing.ToString()).ToArray());
        session.QueueSqlCommand($"update {Store.Schema}.mt_streams set is_archived = true where id = any (?)", things);
        session.QueueSqlCommand($"update {Store.Schema}.mt_events set is_archived = true where stream_id = any (?)", things);
    }
}
