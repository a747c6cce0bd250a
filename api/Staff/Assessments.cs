using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Clock;

namespace OneDoor.Staff;

/// <summary>An assessment (考核) as its reader sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Person">The subject of who is assessed; null of a department and of a window.</param>
/// <param name="Department">The department, or the one for which the person works; null of a window.</param>
/// <param name="Period">A half-year or a year.</param>
/// <param name="Figures">What they were assessed by, as it was then.</param>
/// <param name="Criteria">The version of the criteria.</param>
/// <param name="Proposed">What the figures propose (建议等次); null where too little was handled.</param>
/// <param name="Grade">What is found (等次).</param>
/// <param name="Reason">Why it is not what the figures propose; null where it is.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="ObjectBy">The last instant at which who is assessed may object (异议期限).</param>
/// <param name="Objection">What they object; null where they do not.</param>
/// <param name="SettledFor">Why the grade stays or is another after the objection; null before.</param>
/// <param name="Hall">The hall of the window that is assessed; null of others.</param>
/// <param name="Window">That window's number.</param>
public sealed record AssessmentView(
    Guid Id, AssessmentStatus Status, int Version, string? Person, Department? Department, string Period, StaffFigures Figures, string Criteria, StaffGrade? Proposed, StaffGrade Grade,
    string? Reason, DateTimeOffset MadeAt, DateTimeOffset ObjectBy, string? Objection, string? SettledFor, string? Hall, int? Window)
{
    public static AssessmentView Of(Assessment a) => new(
        a.Id, a.Status, a.Version, a.Person, a.Department, a.Period, a.Figures, a.Criteria, a.Proposed, a.Grade, a.Reason, a.MadeAt, a.ObjectBy, a.Objection, a.SettledFor, a.Hall, a.Window);
}

/// <summary>Something that happened to an assessment.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>assessment-made</c>.</param>
/// <param name="At">When.</param>
public sealed record AssessmentEvent(int Version, string Type, DateTimeOffset At)
{
    public static AssessmentEvent Of(AssessmentFact fact, int index) => new(index + 1, Streams.PublishedAs(fact), fact.At);
}

/// <summary>Makes assessments, and changes those that are there.</summary>
public sealed class AssessmentChanges(ChangeTools tools, StaffFigureReader figures, LegalClock clock) : Changes<Assessment, AssessmentFact, AssessmentCommand>(tools, Assessments.One)
{
    protected override object View(Assessment seen, int version, string language) => AssessmentView.Of(seen.At(Tools.Now) with { Version = version });

    protected override async Task<Decision<AssessmentFact>> Decide(Assessment? before, AssessmentCommand command, CancellationToken ct)
    {
        var asked = new AssessmentAsking(Tools.Caller.Actor, clock, Tools.Now);
        if (command is MakeAssessment making && asked.By.IsSupervisor && Assessment.AboutWhom(making) is { } about && AssessmentPeriod.Read(making.Period) is { } period)
        {
            if (await FiguresOf(about, period, asked.By, ct) is { } found)
            {
                var served = about is { Hall: { } hall, Window: { } window } ? await figures.ServedFor(period.From, period.To, hall, window, ct) : [];
                // Once for a period: who assesses at the same time waits for the other, and not for figures that are added up meanwhile.
                await Tools.Session.Alone(ct, $"assessment of {about} {making.Period}");
                asked = asked with
                {
                    Figures = found,
                    Served = served,
                    IsMade = await Tools.Session.LoadAsync<Assessment>(Assessment.IdOf(about with { Department = found.Department }, making.Period), ct) is not null,
                };
            }
        }
        return Assessment.Decide(before, command, asked);
    }

    // Whatever hall who assesses somebody sits in: it is about all that was done for the department.
    private async Task<StaffFigures?> FiguresOf(StaffKey about, AssessmentPeriod period, Actor by, CancellationToken ct)
    {
        var sight = StaffSight.Of(by, readsStatistics: false).Asked(new(about.Hall, about.Department, about.Person));
        if (about.Person is not null)
            return sight.Persons is { } scope ? (await figures.Read(period.From, period.To, new StaffSight(null, scope with { Hall = null }), by.Department, ct)).Persons.MaxBy(f => f.Handled) : null;
        var found = await figures.Read(period.From, period.To, sight with { Persons = null }, by.Department, ct);
        return found.Units.Concat(found.Windows).FirstOrDefault(f => (f.Department, f.Hall, f.Window) == (about.Department, about.Hall, about.Window));
    }
}

/// <summary>What can be asked of an assessment that is there, for both doors.</summary>
public static class AssessmentOperations
{
    public static readonly Beginning<AssessmentChanges, MakeAssessment> Make = new(
        "makeAssessment", "Assess somebody, a department or a window for a half-year or a year: confirm what the figures propose (考核)", "The assessment.",
        "Somebody, by a supervisor of their department or of the service office; a department or a window (hall and window), by the service office's; once for a period that is over. Who is assessed, or a supervisor for them, reads it with the figures it rests on, and may object before it is final.",
        new(StaffExamples.Assessing, StaffExamples.Assessed), (changes, command, ct) => changes.Begin(command, ct), Scopes.CasesSupervise);

    public static readonly Operations<AssessmentCommand> All = new Operations<AssessmentCommand>()
        .On(new Operation<ObjectToAssessment>("objectToAssessment", "objection", "Object to an assessment, until its objectBy, by who is assessed or a supervisor of the department (考核异议)",
            new(StaffExamples.Objecting, StaffExamples.Objected), Scopes.CasesHandle, Scopes.QueueOperate, Scopes.CasesSupervise))
        .On(new Operation<SettleAssessment>("settleAssessment", "settlement", "Decide about an objection, by another supervisor than who made the assessment (异议处理)",
            new(StaffExamples.Settling, StaffExamples.Settled), Scopes.CasesSupervise));
}

/// <summary>POST and GET /v1/staff/assessments (PERF-1).</summary>
public static class Assessments
{
    public static readonly Reading<Assessment, AssessmentFact, AssessmentView, AssessmentEvent> One = new(
        "assessment", "an assessment", "考核", "assessment", "/v1/staff/assessments", AssessmentRefusals.NotFound, Scopes.CasesSupervise, Scopes.CasesHandle, Scopes.QueueOperate, Scopes.CasesAudit)
    {
        View = (assessment, _) => new(AssessmentView.Of(assessment)),
        Event = (fact, i, _) => AssessmentEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (StaffExamples.Assessed, StaffExamples.History),
    };

    public static readonly ThingList<Assessment, AssessmentFact, AssessmentView, AssessmentEvent, Unfiltered> All = new(One, "assessments", "assessments")
    {
        By = new("made_at", a => a.MadeAt, a => a.Id),
        Matching = (session, viewer, _, _) => Visible(session, viewer),
        Says = "One's own; for supervisors those of their department, its people and the windows where these served, and for the service office's all.",
    };

    public static void MapAssessments(this IEndpointRouteBuilder v1)
    {
        var assessments = v1.MapGroup(One).WithTags("Staff");
        var door = new RestDoor<AssessmentChanges, AssessmentCommand, AssessmentView>(assessments);
        door.Begin(AssessmentOperations.Make);
        assessments.MapList(All);
        assessments.MapReading(One);
        AssessmentOperations.All.OpenTo(door);
    }

    // What Assessment.SeenBy says, in the query itself.
    private static IQueryable<Assessment> Visible(IQuerySession session, Actor viewer)
    {
        var all = session.Query<Assessment>();
        return viewer switch
        {
            { IsAuditor: true } or { Department: Department.ServiceOffice, IsSupervisor: true } => all,
            { Department: { } own, IsSupervisor: true } => all.Where(a => a.MatchesSql("(d.data ->> 'department' = ? or d.person = ? or d.data -> 'served' @> to_jsonb(?::text))", own.ToString(), viewer.Subject, own.ToString())),
            { Role: ActorRole.Staff } => all.Where(a => a.Person == viewer.Subject),
            _ => all.Where(a => false),
        };
    }
}
