using System.Text.Json;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Graph;

namespace OneDoor.Standing;

/// <summary>Somebody's standing (信用状况): what they did not keep, what that bars them from, and how it is repaired.</summary>
public static class StandingModule
{
    public static void AddStanding(this WebApplicationBuilder builder)
    {
        builder.Stores<CreditRecord, CreditFact>(records => records
            .GinIndexJsonDataMember(r => r.SubjectKeys));
        builder.Services.AddSingleton(builder.Configuration.Read<StandingOptions>("Standing"));
        builder.Services.AddSingleton<SuspendedFor>(KeptRecords.SuspendedFor);
        builder.Services.AddSingleton<ICaseFollower, KeptRecords>();
        builder.Services.AddScoped<CreditChanges>();
        builder.Tells(GetStanding.Record, (record, _, _) => CreditRecordView.Of(record),
            // Who has to know somebody's standing asks for it by name; told are who keeps a record and whose it is.
            (past, version, viewer, now) => viewer.Department is { } department && department != past[^1].State.Department ? null : past[version - 1].State.SeenBy(viewer, now));
        builder.Services.AddSingleton(new ContractTag("Standing", "What somebody did not keep (信用记录), what that bars them from, and how it is repaired."));
        builder.AddGraph(StandingGraph.Add);
    }

    public static void MapStanding(this IEndpointRouteBuilder v1)
    {
        v1.MapGetStanding();
        var records = v1.MapGroup(GetStanding.Record).WithTags("Standing");
        records.MapReading(GetStanding.Record);
        CreditOperations.All.OpenTo(new RestDoor<CreditChanges, CreditCommand, CreditRecordView>(records));
    }
}

/// <summary>Keeps records in the transaction of what they are about, and says what they bar from.</summary>
public sealed class KeptRecords(StandingOptions policy) : ICaseFollower
{
    public Task Follow(IDocumentSession session, Case @case, IReadOnlyList<CaseFact> facts, CancellationToken ct)
    {
        foreach (var fact in facts)
            if (CreditRecord.Of(@case, fact, policy) is { } recorded)
                session.Events.StartStream<CreditRecord>(CreditRecord.IdOf(recorded.Case, recorded.Kind, recorded.Document), recorded);
        return Task.CompletedTask;
    }

    /// <inheritdoc cref="Cases.SuspendedFor"/>
    public static async Task<Suspended> SuspendedFor(IQuerySession session, IReadOnlyList<string> applicants, DateTimeOffset now, CancellationToken ct) =>
        CreditRecord.SuspendedBy([.. await RecordsOf(session, applicants, ct)], LegalClock.DayOf(now));

    /// <summary>The records of any of these, the latest first.</summary>
    public static async Task<IReadOnlyList<CreditRecord>> RecordsOf(IQuerySession session, IReadOnlyList<string> applicants, CancellationToken ct)
    {
        object[] keys = [applicants.Select(key => JsonSerializer.Serialize(new[] { key })).ToArray()];
        var found = await session.Query<CreditRecord>().Where(r => r.MatchesSql("d.data -> 'subjectKeys' @> any(?::jsonb[])", keys)).ToListAsync(ct);
        return [.. found.OrderByDescending(r => r.Since).ThenByDescending(r => r.Id)];
    }
}
