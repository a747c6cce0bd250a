using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Clock;
using OneDoor.Statistics;

namespace OneDoor.Staff;

/// <summary>A contest of a figure (数据异议) as its reader sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Person">The subject of who contests it.</param>
/// <param name="Department">For which they work.</param>
/// <param name="Quarter">Of which quarter the figure is.</param>
/// <param name="Figure">Which figure.</param>
/// <param name="Share">What it was when it was contested; null where it was not told.</param>
/// <param name="Reason">Why it is not right (异议理由).</param>
/// <param name="MadeAt">When it was contested.</param>
/// <param name="SettledFor">Why it is found right or not; null before.</param>
public sealed record FigureContestView(
    Guid Id, FigureContestStatus Status, int Version, string Person, Department Department, string Quarter, StaffCriterionCode Figure, StatisticsRatio? Share, string Reason,
    DateTimeOffset MadeAt, string? SettledFor)
{
    public static FigureContestView Of(FigureContest c) =>
        new(c.Id, c.Status, c.Version, c.Person, c.Department, c.Quarter, c.Figure, c.Share, c.Reason, c.MadeAt, c.SettledFor);
}

/// <summary>Contests figures, and decides about that.</summary>
public sealed class FigureContestChanges(ChangeTools tools, StaffFigureReader figures, LegalClock clock) : Changes<FigureContest, FigureContestFact, FigureContestCommand>(tools, FigureContests.One)
{
    protected override object View(FigureContest seen, int version, string language) => FigureContestView.Of(seen with { Version = version });

    protected override async Task<Decision<FigureContestFact>> Decide(FigureContest? before, FigureContestCommand command, CancellationToken ct)
    {
        var asked = new FigureContestAsking(Tools.Caller.Actor, clock, Tools.Now);
        if (command is ContestFigure making && FigureContest.IdOf(making, asked.By) is { } id)
            asked = await Making(making, id, asked, ct);
        return FigureContest.Decide(before, command, asked);
    }

    // A quarter is added up where nothing else is against it, and before anybody waits for it.
    private async Task<FigureContestAsking> Making(ContestFigure making, Guid id, FigureContestAsking asked, CancellationToken ct)
    {
        asked = asked with { IsMade = await IsThere(id, ct) };
        if (FigureContest.Against(making, asked) is not null)
            return asked;
        var (by, quarter) = (asked.By, Quarter.Read(making.Quarter)!);
        var own = await figures.Read(quarter.From, quarter.To, new StaffSight(null, new(Department: by.Department, Person: by.Subject)), by.Department, ct);
        // Once: who contests it at the same time waits for the other.
        await Tools.Session.Alone(ct, $"figure contest {id}");
        return asked with { Figures = own.Persons.SingleOrDefault(), IsMade = await IsThere(id, ct) };
    }

    private async Task<bool> IsThere(Guid id, CancellationToken ct) => await Tools.Session.LoadAsync<FigureContest>(id, ct) is not null;
}

/// <summary>What can be asked of a contest that is there, for both doors.</summary>
public static class FigureContestOperations
{
    public static readonly Beginning<FigureContestChanges, ContestFigure> Contest = new(
        "contestFigure", "Contest a figure of one's own, each once for a quarter that is over (数据异议)", "The contest.",
        "By who is signed in and handled something in that quarter. The figure says that it is contested, and what was found; it stays what facts say.",
        new(StaffExamples.Contesting, StaffExamples.Contest), (changes, command, ct) => changes.Begin(command, ct), Scopes.CasesHandle, Scopes.QueueOperate);

    public static readonly Operations<FigureContestCommand> All = new Operations<FigureContestCommand>()
        .On(new Operation<SettleFigureContest>("settleFigureContest", "settlement", "Decide about a contested figure, once, by a supervisor who is somebody else (数据异议处理)",
            new(StaffExamples.SettlingContest, StaffExamples.ContestSettled), Scopes.CasesSupervise));
}

/// <summary>POST and GET /v1/staff/figure-contests (PERF-1).</summary>
public static class FigureContests
{
    public static readonly Reading<FigureContest, FigureContestFact, FigureContestView, RecordEvent> One = new(
        "figureContest", "a contest of a figure", "数据异议", "figure-contest", "/v1/staff/figure-contests", FigureContestRefusals.NotFound, Scopes.CasesSupervise, Scopes.CasesHandle, Scopes.QueueOperate, Scopes.CasesAudit)
    {
        View = (contest, _) => new(FigureContestView.Of(contest)),
        Event = (fact, i, _) => RecordEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (StaffExamples.Contest, StaffExamples.HistoryOfContest),
    };

    public static readonly ThingList<FigureContest, FigureContestFact, FigureContestView, RecordEvent, Unfiltered> All = new(One, "figureContests", "contests of figures")
    {
        By = new("made_at", c => c.MadeAt, c => c.Id),
        Matching = (session, viewer, _, _) => Visible(session, viewer),
        Says = "One's own; for supervisors those of their department, and for the service office's all.",
    };

    public static void MapFigureContests(this IEndpointRouteBuilder v1)
    {
        var contests = v1.MapGroup(One).WithTags("Staff");
        var door = new RestDoor<FigureContestChanges, FigureContestCommand, FigureContestView>(contests);
        door.Begin(FigureContestOperations.Contest);
        contests.MapList(All);
        contests.MapReading(One);
        FigureContestOperations.All.OpenTo(door);
    }

    // What FigureContest.SeenBy says, in the query itself.
    private static IQueryable<FigureContest> Visible(IQuerySession session, Actor viewer)
    {
        var all = session.Query<FigureContest>();
        return viewer switch
        {
            { IsAuditor: true } or { Department: Department.ServiceOffice, IsSupervisor: true } => all,
            { Department: { } own, IsSupervisor: true } => all.Where(c => c.MatchesSql("(d.data ->> 'department' = ? or d.person = ?)", own.ToString(), viewer.Subject)),
            { Role: ActorRole.Staff } => all.Where(c => c.Person == viewer.Subject),
            _ => all.Where(c => false),
        };
    }
}
