using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Clock;

namespace OneDoor.Staff;

/// <summary>An inspection round of a window (巡查) as its reader sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Version">Always 1: it is never changed.</param>
/// <param name="At">When somebody looked.</param>
/// <param name="Hall">Code of the hall.</param>
/// <param name="Window">The window's number.</param>
/// <param name="Department">Whose people served there.</param>
/// <param name="Person">The subject of who served there; null where that is not said.</param>
/// <param name="Officer">The subject of who looked.</param>
/// <param name="Findings">What was seen, standard by standard.</param>
public sealed record RoundView(Guid Id, int Version, DateTimeOffset At, string Hall, int Window, Department Department, string? Person, string Officer, IReadOnlyList<RoundFinding> Findings)
{
    public static RoundView Of(Round r) => new(r.Id, r.Version, r.At, r.Hall, r.Window, r.Department, r.Person, r.Officer, r.Findings);
}

/// <summary>Records rounds.</summary>
public sealed class RoundChanges(ChangeTools tools, LegalClock clock) : Changes<Round, RoundFact, RoundCommand>(tools, Rounds.One)
{
    protected override object View(Round seen, int version, string language) => RoundView.Of(seen);

    protected override Task<Decision<RoundFact>> Decide(Round? before, RoundCommand command, CancellationToken ct) =>
        Task.FromResult(Round.Decide(before, command, new RoundAsking(Tools.Caller.Actor, clock, Tools.Now) { New = Guid.CreateVersion7(Tools.Now) }));
}

/// <summary>Something that happened to what is recorded: a round, an outage, an attempted refusal, a contest.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>round-made</c>.</param>
/// <param name="At">When.</param>
public sealed record RecordEvent(int Version, string Type, DateTimeOffset At)
{
    public static RecordEvent Of(IFact fact, int index) => new(index + 1, Streams.PublishedAs(fact), fact.At);
}

/// <summary>POST and GET /v1/staff/rounds (PERF-2).</summary>
public static class Rounds
{
    public static readonly Reading<Round, RoundFact, RoundView, RecordEvent> One = new(
        "round", "an inspection round", "巡查", "round", "/v1/staff/rounds", RoundRefusals.NotFound, Scopes.CasesSupervise, Scopes.CasesHandle, Scopes.QueueOperate)
    {
        View = (round, _) => new(RoundView.Of(round)),
        Event = (fact, i, _) => RecordEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (StaffExamples.Looked, StaffExamples.HistoryOfLooked),
    };

    public static readonly Beginning<RoundChanges, MakeRound> Make = new(
        "makeRound", "Record an inspection round of a window, by a supervisor (巡查)", "The round.",
        "Of the supervisor's department, or of the hall they stand in, and by the service office's of all. It counts for window, department and person, and is never changed.",
        new(StaffExamples.Looking, StaffExamples.Looked), (changes, command, ct) => changes.Begin(command, ct), Scopes.CasesSupervise);

    public static readonly ThingList<Round, RoundFact, RoundView, RecordEvent, Unfiltered> All = new(One, "rounds", "inspection rounds")
    {
        By = new("at", r => r.At, r => r.Id),
        Matching = (session, viewer, _, _) => Visible(session, viewer),
        Says = "For supervisors those of their department or hall, for others those that count for them.",
    };

    public static void MapRounds(this IEndpointRouteBuilder v1)
    {
        var rounds = v1.MapGroup(One).WithTags("Staff");
        new RestDoor<RoundChanges, RoundCommand, RoundView>(rounds).Begin(Make);
        rounds.MapList(All);
        rounds.MapReading(One);
    }

    // What Round.SeenBy says, in the query itself.
    private static IQueryable<Round> Visible(IQuerySession session, Actor viewer)
    {
        IQueryable<Round> found = session.Query<Round>();
        if (StaffSight.Of(viewer, readsStatistics: false).Persons is not { } scope)
            return found.Where(r => false);
        if (scope.Hall is { } hall)
            found = found.Where(r => r.Hall == hall);
        if (scope.Department is { } department)
            found = found.Where(r => r.MatchesSql("d.data ->> 'department' = ?", department.ToString()));
        return scope.Person is { } person ? found.Where(r => r.MatchesSql("d.data ->> 'person' = ?", person)) : found;
    }
}
