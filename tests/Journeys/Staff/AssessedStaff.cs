using System.Globalization;
using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Staff;

/// <summary>How the operations on staff are asked for about a clerk of market regulation's who decided forty cases in a half-year of long ago.</summary>
public sealed class AssessedStaff(RunningPlatform platform)
{
    /// <summary>The clerk's subject, which is that of access-matrix.md's.</summary>
    public const string Clerk = "p_clerk";

    private const string Hall = "airport";

    // Nobody is assessed twice for a period.
    private static int _periods;

    /// <summary>Who is assessed.</summary>
    public Client Assessed => Somebody(Clerk, $"{Scopes.CasesRead} {Scopes.CasesHandle} {Scopes.QueueOperate}");

    /// <summary>Somebody who works for a department and is signed in.</summary>
    public Client Somebody(string subject, string scope, Department department = Department.MarketRegulation) => platform.With(new()
    {
        ["sub"] = subject, ["client_id"] = "onedoor-desk", ["scope"] = scope, [Claims.Department] = Kebab.Of(department),
    });

    private Client Head => platform.As(Department.MarketRegulation, RunningPlatform.Supervisor);

    /// <summary>A request for an operation; null where it is about no staff.</summary>
    /// <param name="operation">Its id.</param>
    public async Task<EntitledRequest?> For(string operation) => operation switch
    {
        "getStaffPerformance" => Of() with { Query = new Dictionary<string, string> { ["from"] = $"{platform.Now.AddDays(-9):yyyy-MM-dd}", ["to"] = $"{platform.Now:yyyy-MM-dd}" } },
        "getStaffExcellence" or "getServiceFigures" => await OfTheFirstQuarter(),
        "makeRound" => Of(Look),
        "listRounds" or "getRound" or "getRoundHistory" => Of(null, (await Head.Post("/v1/staff/rounds", Look)).Must(201).Json.Text("id")),
        "recordOutage" => Of(Down),
        "listOutages" or "getOutage" or "getOutageHistory" => Of(null, (await platform.As(Department.ServiceOffice, RunningPlatform.Supervisor).Post("/v1/staff/outages", Down)).Must(201).Json.Text("id")),
        "listAttemptedRefusals" or "getAttemptedRefusal" or "getAttemptedRefusalHistory" => Of(null, await Attempted()),
        "contestFigure" => Of(await Contesting()),
        "listFigureContests" or "getFigureContest" or "getFigureContestHistory" => About(await Contested()),
        "settleFigureContest" => About(await Contested(), new { upheld = false, reason = "记录属实。" }),
        "makeAssessment" => Of(new { person = Clerk, period = await Worked() }),
        "listAssessments" or "getAssessment" or "getAssessmentHistory" => About(await Made()),
        "objectToAssessment" => About(await Made(), new { text = "不是我的窗口。" }),
        "settleAssessment" => About(await Objected(), new { grade = "competent", reason = "属实。" }),
        _ => null,
    };

    /// <summary>Cases that the clerk decided, all in time, written as their facts would have left them.</summary>
    /// <param name="database">Where.</param>
    /// <param name="person">The clerk.</param>
    /// <param name="on">On which day.</param>
    /// <param name="count">How many.</param>
    /// <param name="late">How many of them too late.</param>
    public static Task Decided(Database database, string person, DateOnly on, int count, int late = 0) => database.Run(string.Create(CultureInfo.InvariantCulture, $"""
        insert into onedoor.case_rows (id, item, category, origin, mode, department, hall, channel, status, submitted_at, concluded_at, ended_at, promised_at, statutory_at, statutory_days, promised_days,
                actual_seconds, online, by_applicant, immediate, emergency, founds, handled_by)
            select gen_random_uuid(), 'SAMR-009-02', 'administrative-licence', 'zone', 'optimised', 'market-regulation', 'airport', 'agency', 'refused', '{on:O} 01:00+00', '{on:O} 03:00+00', '{on:O} 03:00+00',
                case when n <= {late} then '{on:O} 02:00+00'::timestamptz else '{on:O} 04:00+00' end, '{on:O} 05:00+00', 20, 3, 7200, false, false, true, false, false, '{person}' from generate_series(1, {count}) n
        """));

    // Before it is over nobody is told of it who does not work there; and of one before all that is known nobody is told anything.
    private async Task<EntitledRequest> OfTheFirstQuarter()
    {
        await Decided(platform.Database, "p_first", new(2026, 1, 5), 1);
        var over = new DateTimeOffset(2026, 4, 1, 9, 30, 0, TimeSpan.FromHours(8));
        if (platform.Now < over)
            platform.PassUntil(over);
        return Of() with { Query = new Dictionary<string, string> { ["quarter"] = "2026-Q1" } };
    }

    // A half-year in which the clerk has worked, and for which nobody has assessed them.
    private async Task<string> Worked()
    {
        var n = Interlocked.Increment(ref _periods);
        var year = 2024 - (n / 2);
        await Decided(platform.Database, Clerk, new DateOnly(year, n % 2 == 0 ? 3 : 9, 2), 40);
        return $"{year}-H{(n % 2) + 1}";
    }

    // What the clerk tried.
    private async Task<string> Attempted()
    {
        var @case = (await platform.As(CaseJourney.Submitter).Post("/v1/cases", Applications.For(Applications.Plain))).Must(201);
        (await Assessed.Post($"{@case.Header("Location")}/non-acceptance", new { kind = "no-licence-needed", reason = "无须许可。" }, ("If-Match", (await Assessed.Get(@case.Header("Location")!)).ETag)))
            .Refuses(403, "case.only-a-supervisor-refuses");
        return (await Head.Every("/v1/staff/attempted-refusals?first=100")).First(tried => tried.Text("case") == @case.Json.Text("id")).Text("id");
    }

    private async Task<object> Contesting()
    {
        var worked = await Worked();
        return new { quarter = worked.EndsWith("H1", StringComparison.Ordinal) ? $"{worked[..4]}-Q1" : $"{worked[..4]}-Q3", figure = "on-time-by-promise", reason = "两件由同事办理。" };
    }

    private async Task<Answered> Contested() => (await Assessed.Post("/v1/staff/figure-contests", await Contesting())).Must(201);

    private async Task<Answered> Made() => (await Head.Post("/v1/staff/assessments", new { person = Clerk, period = await Worked() })).Must(201);

    private async Task<Answered> Objected()
    {
        var made = await Made();
        (await Assessed.Post($"{made.Header("Location")}/objection", new { text = "不是我的窗口。" }, ("If-Match", (await Assessed.Get(made.Header("Location")!)).ETag))).Must(200);
        return made;
    }

    private static object Look => new
    {
        hall = Hall,
        window = 3,
        department = "market-regulation",
        person = Clerk,
        findings = new[] { new { standard = "presence", inOrder = true, note = "在岗。" }, new { standard = "manner", inOrder = false, note = "没有回答。" } },
    };

    private object Down => new { from = platform.Now.AddHours(-2), until = platform.Now.AddHours(-1), reason = "登记系统停机。", hall = "haigang" };

    private EntitledRequest About(Answered made, object? body = null) => Of(body, made.Json.Text("id")) with { Read = () => Head.Get(made.Header("Location")!) };

    private static EntitledRequest Of(object? body = null, string? id = null) => new(
        null, id is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["id"] = id }, body is null ? null : JsonSerializer.SerializeToNode(body, PlatformJson.Options)!.AsObject());
}
