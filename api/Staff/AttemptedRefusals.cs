using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Cases;

namespace OneDoor.Staff;

/// <summary>What a clerk tried who may not say no (拒办记录), as its reader sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Version">Always 1: it is never changed.</param>
/// <param name="At">When.</param>
/// <param name="Case">The case; null of a confidential one.</param>
/// <param name="Step">The step of it; null of the whole, and of a confidential case.</param>
/// <param name="Hall">Code of the hall that received it.</param>
/// <param name="Department">For whom they work who tried.</param>
/// <param name="Person">The subject of who tried; null of a department's system.</param>
/// <param name="Tried">How they wanted to say no.</param>
/// <param name="Code">Why they were not let, as the code of the refusal they were answered with.</param>
public sealed record AttemptedRefusalView(Guid Id, int Version, DateTimeOffset At, Guid? Case, string? Step, string Hall, Department Department, string? Person, AttemptedNo Tried, string Code)
{
    public static AttemptedRefusalView Of(AttemptedRefusal a) => new(a.Id, a.Version, a.At, a.Case, a.Step, a.Hall, a.Department, a.Person, a.Tried, a.Code);
}

/// <summary>Records what was tried: of a command that is refused nothing is committed, so this is, by itself.</summary>
public static class AttemptedRefusals
{
    /// <inheritdoc cref="NoteAttemptedRefusal"/>
    /// <param name="tools">The command's own.</param>
    public static async Task Note(ChangeTools tools, Case of, CaseCommand tried, Refusal refused, object? body, CancellationToken ct)
    {
        if (AttemptedRefusal.Of(Guid.CreateVersion7(tools.Now), tools.Now, tools.Caller.Actor, of, tried, refused) is not { } stopped)
            return;
        // The same request is one attempt, however often it is sent.
        var id = tools.Idempotency.IdOf(body) ?? stopped.AttemptedRefusalId;
        // Nothing more is done with the command's own, which may hold a connection and what others wait for.
        await tools.Session.DisposeAsync();
        await using var session = tools.Store.LightweightSession();
        await session.Alone(ct, $"attempted refusal {id}");
        if (await session.LoadAsync<AttemptedRefusal>(id, ct) is not null)
            return;
        session.Events.StartStream<AttemptedRefusal>(id, stopped with { AttemptedRefusalId = id });
        await session.SaveChangesAsync(ct);
    }
}

/// <summary>GET /v1/staff/attempted-refusals (CASE-4).</summary>
public static class ReadAttemptedRefusals
{
    public static readonly Reading<AttemptedRefusal, AttemptedRefusalFact, AttemptedRefusalView, RecordEvent> One = new(
        "attemptedRefusal", "an attempted refusal", "拒办记录", "attempted-refusal", "/v1/staff/attempted-refusals", AttemptedRefusalRefusals.NotFound,
        Scopes.CasesSupervise, Scopes.CasesHandle, Scopes.QueueOperate, Scopes.CasesAudit)
    {
        View = (attempt, _) => new(AttemptedRefusalView.Of(attempt)),
        Event = (fact, i, _) => RecordEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (StaffExamples.Stopped, StaffExamples.HistoryOfStopped),
    };

    public static readonly ThingList<AttemptedRefusal, AttemptedRefusalFact, AttemptedRefusalView, RecordEvent, Unfiltered> All = new(One, "attemptedRefusals", "attempted refusals")
    {
        By = new("at", a => a.At, a => a.Id),
        Matching = (session, viewer, _, _) => Visible(session, viewer),
        Says = "What clerks tried who may not say no, and were not let: one's own, for supervisors those of their department or hall; of confidential cases those of their department alone.",
    };

    public static void MapAttemptedRefusals(this IEndpointRouteBuilder v1)
    {
        var attempts = v1.MapGroup(One).WithTags("Staff");
        attempts.MapList(All);
        attempts.MapReading(One);
    }

    // What AttemptedRefusal.SeenBy says, in the query itself.
    private static IQueryable<AttemptedRefusal> Visible(IQuerySession session, Actor viewer)
    {
        var scope = StaffSight.Of(viewer, readsStatistics: false).Persons;
        var within = scope is null ? "false" : "(d.data ->> 'case' is not null or d.data ->> 'department' = ?)";
        object[] named = scope is null ? [] : [$"{viewer.Department}"];
        foreach (var (column, value) in new[] { ("d.hall", scope?.Hall), ("d.data ->> 'department'", scope?.Department?.ToString()), ("d.data ->> 'person'", scope?.Person) })
        {
            if (value is null)
                continue;
            within += $" and {column} = ?";
            named = [.. named, value];
        }
        var seen = viewer.IsAuditor ? $"(d.data ->> 'case' is not null or ({within}))" : $"({within})";
        return session.Query<AttemptedRefusal>().Where(a => a.MatchesSql(seen, named));
    }
}
