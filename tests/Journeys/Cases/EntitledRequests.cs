using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Appointments;
using OneDoor.Batches;
using OneDoor.BusinessEnvironment;
using OneDoor.Clock;
using OneDoor.Complaints;
using OneDoor.Emergencies;
using OneDoor.Feed;
using OneDoor.Files;
using OneDoor.Licences;
using OneDoor.Notifications;
using OneDoor.Platform;
using OneDoor.Reviews;
using OneDoor.Staff;
using OneDoor.Standing;
using OneDoor.Supervision;
using OneDoor.Tickets;
using OneDoor.WorkOrders;

namespace OneDoor.Cases;

/// <summary>A request that is done when whoever is entitled asks it.</summary>
/// <param name="Case">The case it is about, in the state in which it may be done; null when it is about none.</param>
/// <param name="Path">What stands in its path.</param>
/// <param name="Body">Has every object that its description allows.</param>
public sealed record EntitledRequest(CaseJourney? Case, IReadOnlyDictionary<string, string> Path, JsonObject? Body)
{
    /// <summary>What stands in its query, which is no list's.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>A body that is no JSON, and what it is said to be.</summary>
    public (byte[] Content, string MediaType)? Bytes { get; init; }

    /// <summary>What it has to say in its headers besides.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Its body as it is sent; null for none.</summary>
    public HttpContent? Content => Bytes is { } bytes ? new ByteArrayContent(bytes.Content) { Headers = { ContentType = new(bytes.MediaType) } } : Body is null ? null : JsonContent.Create(Body);

    /// <summary>Where what it changes is read; null where that is the case, or nothing.</summary>
    public Func<Task<Answered>>? Read { get; init; }

    /// <summary>The code that opens what it is about, shown instead of a token; null where a token is sent.</summary>
    public string? Code { get; init; }

    /// <summary>What it is known by in lists.</summary>
    public string Thing => Path.TryGetValue("number", out var number) ? number : Path["id"];

    /// <summary>Its path, after the pattern in the description.</summary>
    public string PathOf(string pattern) => QueryHelpers.AddQueryString(
        Path.Aggregate(pattern, (at, value) => at.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal)), Query.ToDictionary(p => p.Key, p => (string?)p.Value));

    /// <summary>The version a change is based on.</summary>
    public async Task<string> ETag()
    {
        if (Read is null)
            return Case is null ? "\"1\"" : await Case.ETag();
        // What has been deleted meanwhile has no version.
        var read = await Read();
        return read.Status == 404 ? "\"1\"" : read.Must(200).ETag;
    }
}

/// <summary>How every operation of openapi.yaml is asked for about an establishment, which market regulation leads.</summary>
public sealed class EntitledRequests(RunningPlatform platform, Dictionary<string, object?>? applicant = null)
{
    private const Department Lead = Department.MarketRegulation;
    private const string Step = "licence", Missing = "articles-of-association", Deferrable = "premises-proof";

    private static readonly (string, string) Tus = ("Tus-Resumable", "1.0.0");

    private int _booked;
    private int _filed;

    /// <summary>Who applies for the founders of every case.</summary>
    public Dictionary<string, object?> Applicant { get; } = applicant ?? Applications.Company();

    /// <summary>Whether each appointment is for somebody else: of one item the same applicant has at most one a day.</summary>
    public bool BooksForAnother { private get; init; }

    /// <summary>Whether every other complaint is an anonymous one.</summary>
    public bool ComplainsWithoutAName { private get; init; }

    /// <summary>Who is entitled to an operation, and what to call them.</summary>
    public (string Name, Client Client) CallerOf(string operation)
    {
        return operation switch
        {
            "signCase" or "moveClock" or "withdrawCase" or "pledgeMaterial" or "fulfilCommitment" or "extendCorrectionNotice" => ("who submitted it", platform.As(CaseJourney.Submitter)),
            "requestRepair" or "objectToRecord" => ("whose record it is", Subject),
            "fileComplaint" or "rateComplaint" or "reopenComplaint" => ("who complains", new FiledComplaints(platform).Applicant),
            "objectToAssessment" or "contestFigure" => ("who is assessed", new AssessedStaff(platform).Assessed),
            "giveReview" or "answerWorkOrder" => ("who rates", new GivenReviews(platform, Applicant).Applicant),
            "appealReview" or "contactReviewer" or "extendWorkOrder" or "rectifyWorkOrder" or "feedBack" => ("who is rated", new GivenReviews(platform, Applicant).Rated),
            "getFile" or "getPreview" or "uploadFile" => ("who uploads", Uploader),
            "listEvents" or "listDeliveries" or "triggerEvent" => ("what listens to events", Listening),
            _ when IsOf("Batch") => ("who sends it", platform.As(CaseJourney.Submitter)),
            _ when IsOf("Upload") => ("who uploads", Uploader),
            _ when IsOf("Webhook") => ("what listens to events", Listening),
            _ when IsOf("NotificationPreferences") || operation == "confirmPhone" => ("who says how they are told", new ToldApplicant(platform, Applicant).OfTheTable),
            _ when IsOf("Notification") => ("who is told", new ToldApplicant(platform, Applicant).Person),
            "discloseCase" or "callNext" or "getRatingCode" or "callBack" or "getCaseStatistics" or "setSchedule" or "closeHall" or "excuseNoShow" or "reopenHall" or "recordOutage" or "confirmMeasure" or "returnMeasure" or "setBusinessIndicators" => ("the service office's supervisor", Office),
            _ when IsOf("Appointment") || IsOf("EmergencyProject") || IsOf("Ticket") || IsOf("Window") || IsOf("Complaint") || IsOf("Review") || IsOf("WorkOrder") => ("the service office's supervisor", Office),
            _ => ("market regulation's supervisor", platform.As(Department.MarketRegulation, RunningPlatform.Supervisor)),
        };

        bool IsOf(string thing) => operation.Contains(thing, StringComparison.Ordinal);
    }

    private Client Office => platform.As(Department.ServiceOffice, OfTheOffice);

    // A system to which nobody is signed in.
    private Client Listening => platform.As(CaseJourney.Submitter, $"{RunningPlatform.Clerk} {Scopes.EventsRead} {Scopes.WebhooksManage}");

    /// <summary>The applicant, signed in.</summary>
    public Client Subject => platform.With(new()
    {
        ["sub"] = "p_subject", ["client_id"] = "mobile", ["scope"] = "cases:submit cases:read",
        [Claims.Applicant] = new ApplicantReference($"legal-entity:{Applicant["uscc"]}", (string)Applicant["name"]!),
    });

    /// <summary>What the service office's supervisor may do.</summary>
    public const string OfTheOffice = $"{RunningPlatform.Supervisor} {Scopes.AppointmentsManage} {Scopes.ComplaintsHandle} {Scopes.QueueOperate} {Scopes.StatisticsRead}";

    /// <summary>A request for an operation, and a case of its own in which it may be done.</summary>
    public async Task<EntitledRequest> For(string operation) => operation switch
    {
        "listItems" or "getCatalogueSummary" or "listHalls" or "listDepartments" or "getDeclaration" or "getVersion" or "getEiaDirectory" or "getLogCheckpoint" or "getLogConsistency" or "getPublishedFigures" or "getDelayFigures" or "getEvaluationFrameworks" => Of(null),
        "getCaseStatistics" => Of(null) with { Query = new Dictionary<string, string> { ["from"] = Day(-30), ["to"] = Day(0) } },
        "getLogInclusion" => await Logged(),
        "checkEia" => Of(null, new { @class = "services-car-repair", answers = new { sensitiveArea = false, spraying = false, area = 800 } }),
        "getHall" => Of(null, null, ("hall", "airport")),
        "getItem" => Of(null, null, ("code", Applications.Establishment)),
        "previewItem" => Of(null, new { applicant = Applications.Founding(Applicant), materials = new[] { Missing }, hall = "airport" }, ("code", Applications.Establishment)),
        "simulateClock" => Of(null, new { start = platform.Now, limit = new { value = 3, unit = "hall-hours" }, hall = "airport" }),
        "submitCase" => Of(null, Application([])),
        "listCases" or "listTasks" or "getCase" or "getCaseHistory" or "getCaseClock" or "getCasePlan" or "getCaseProof" or "listDocuments" => Of(await Accepted()),
        _ when await OfEvents(operation) is { } told => told,
        "getDocument" => Of(await Accepted(), null, ("n", "1")),
        "signCase" => Of(await Unsigned(), new { digest = Applications.Declared.Digest, signatory = "陈建国", party = 0 }),
        "acceptCase" => Of(await Pledged(), new { pledges = new[] { Deferrable }, deferred = new[] { new { code = Deferrable, supplyBy = Day(10) } } }),
        "pledgeMaterial" => Of(await Deficient(), Applications.Pledge(Deferrable, Day(10))),
        "getPledge" or "getExample" or "getForm" => Of(null, null, ("code", Applications.Establishment)),
        "sendCorrectionNotice" => Of(await Heard(), new { lines = new[] { new { material = Missing, text = "请补齐。" } } }),
        "supplyMaterials" => Of(await Corrected(), new { materials = new[] { Applications.Material(Missing) } }),
        "referCase" => Of(await Accepted(), new { kind = "upward", reason = "拿不准。", step = Step }),
        "refuseCase" => Of(await Accepted(), new { reason = "不符合法定条件", legalBasis = "行政许可法第三十八条", remedy = "可以申请行政复议。", falseMaterials = true }),
        "declineCase" => Of(await Submitted(), new { kind = "not-our-competence", reason = "住所在外区", authority = "河西区市场监督管理局" }),
        "addCorrectionLines" => Of(await Submitted(), new { lines = new[] { new { material = (string?)null, text = "请写明经营范围。" } } }),
        "extendCorrectionNotice" => Of(await Corrected(), new { reason = "房东在国外" }),
        "lapseCase" => Of(await Overdue(), new { reason = "逾期未补正" }),
        // Of an establishment the service office has a step, and sees the whole anyway.
        "discloseCase" => Of(await Accepted(Applications.Plain), new { reason = "窗口服务投诉" }),
        "withdrawCase" => Of(await Submitted(), new { reason = "另行办理" }),
        "extendLimit" => Of(await Accepted(), Applications.Extension(3)),
        "pauseClock" => Of(await Accepted(Applications.Plain), new Dictionary<string, object?>(Applications.Pause(platform.Now.AddDays(30), "鉴定")) { ["step"] = "decision" }),
        "inspectStep" => Of(await Accepted(), Inspection()),
        "recordHandOver" => Of(await Granted(), new { step = Step, what = "纸质营业执照", way = "pickup", receiver = "王建国", on = Day(0) }),
        "tellThirdParties" => Of(await Accepted(), ThirdParties()),
        "hearThirdParty" => Of(await Told(), new { text = "夜间扰民。" }, ("n", "1")),
        "callHearing" => Of(await Accepted(), Hearing()),
        "closeHearing" => Of(await Called(), new { text = "各方陈述了意见。", signedBy = "赵敏", signedOn = Day(0) }, ("n", "1")),
        "explainDelay" => Of(await Late(), new { reason = "登记系统停机", cause = "system" }),
        "resumeClock" => Of(await Paused(), null, ("n", "1")),
        "decideStep" => Of(await Accepted(), new { outcome = "granted", reason = "符合", uscc = Applications.FreshUscc() }, ("step", Step)),
        _ when await new FiledComplaints(platform, ComplainsWithoutAName && ++_filed % 2 == 0).For(operation) is { } filed => filed,
        _ when await new GivenReviews(platform, Applicant).For(operation) is { } given => given,
        _ when await new OpenedWorkOrders(new GivenReviews(platform, Applicant)).For(operation) is { } opened => opened,
        _ when await new ToldApplicant(platform, Applicant).For(operation) is { } told => told,
        _ when await new AssessedStaff(platform).For(operation) is { } assessed => assessed,
        "uploadFile" => Of(null) with { Bytes = (SampleFiles.Pdf(), FileTypes.Pdf) },
        "getFile" or "getPreview" => Of(null, null, ("id", await Carried())),
        "createUpload" => Of(null) with { Headers = [Tus, ("Upload-Length", $"{SampleFiles.Png.Length}"), ("Upload-Metadata", "filetype aW1hZ2UvcG5n")] },
        "getUpload" or "deleteUpload" => Of(null, null, ("id", await Begun())) with { Headers = [Tus] },
        "appendToUpload" => Of(null, null, ("id", await Begun())) with { Headers = [Tus, ("Upload-Offset", "0")], Bytes = (SampleFiles.Png, "application/offset+octet-stream") },
        _ when await OfOthers(operation) is { } other => other,
        _ when await new BookedAppointments(platform, BooksForAnother ? Applications.Company() : Applicant).For(operation, ++_booked) is { } booked => booked,
        _ => throw new InvalidOperationException($"Say here how {operation} is asked for."),
    };

    // As any receipt of a fact says that is in the log.
    private async Task<EntitledRequest> Logged()
    {
        var own = await Submitted();
        string[] entry = [];
        await RunningPlatform.Until(async () =>
        {
            var log = (await platform.As(CaseJourney.Submitter).Get($"{own.Path}/proof")).Must(200).Json.GetProperty("log");
            entry = log.ValueKind == System.Text.Json.JsonValueKind.Null ? [] : log.Text("leaf").Split(' ');
            return entry.Length > 0;
        }, "the log has a case");
        return Of(null) with { Query = new Dictionary<string, string> { ["thing"] = entry[0], ["version"] = entry[1], ["digest"] = entry[2] } };
    }

    private async Task<EntitledRequest> Timed()
    {
        var own = await Submitted();
        return Of(null, new { @case = own.Id, to = platform.Now.AddDays(30) }) with { Read = () => platform.As(CaseJourney.Submitter).Get(own.Path) };
    }

    private async Task<CaseJourney> Promised()
    {
        await new BreachedCommitments(platform, Applicant).Forgiven();
        return await CaseJourney.Submitted(platform, Applications.Committing(Applications.CommittedAhead, Applicant, Day(10)));
    }

    // What other things than cases are asked for.
    private async Task<EntitledRequest?> OfOthers(string operation) => await new ListedProjects(platform).For(operation) ?? await new PlannedMeasures(platform).For(operation)
        ?? await new SentBatches(platform, Applicant).For(operation) ?? await new GrantedLicences(platform, Applicant).For(operation) ?? await Committed(operation) ?? await new QueuedTickets(platform, Applicant).For(operation);

    private async Task<EntitledRequest?> Committed(string operation) => operation switch
    {
        "getCommitment" => Of(null, null, ("code", Applications.CommittedAhead)),
        "fulfilCommitment" => Of(await Promised()),
        _ => await new OpenedSupervision(platform, Applicant).For(operation) ?? await new BreachedCommitments(platform, Applicant).For(operation),
    };

    private static EntitledRequest Of(CaseJourney? @case, object? body = null, params (string Name, string Value)[] path) => new(
        @case,
        path.Concat(@case is null ? [] : [("id", @case.Id)]).ToDictionary(p => p.Item1, p => p.Item2),
        body is null ? null : JsonSerializer.SerializeToNode(body, PlatformJson.Options)!.AsObject());

    private static readonly string[] Submissions = ["onedoor.case.submitted"];

    // Nobody listens there.
    private static object Subscription => new { url = "http://127.0.0.1:9/onedoor", types = new[] { "onedoor.case.*" }, description = "登记系统" };

    private async Task<EntitledRequest?> OfEvents(string operation) => operation switch
    {
        "listEvents" => Of(await Accepted()),
        "listEventTypes" => Of(null),
        "getEventType" => Of(null, null, ("type", "onedoor.case.step-opened")),
        "listWebhooks" => Of(null),
        "createWebhook" => Of(null, Subscription),
        "moveClock" => await Timed(),
        // The tests of others go on with what they made.
        "resetSandbox" => Of(null, new { before = "2001-01-01T00:00:00+08:00" }),
        "triggerEvent" => Of(null, new { type = "onedoor.case.step-opened" }),
        "listDeliveries" => await Challenged(await OfWebhook()),
        "getWebhook" or "deleteWebhook" or "rollWebhookSecret" or "pingWebhook" or "pauseWebhook" or "resumeWebhook" => await OfWebhook(),
        "changeWebhook" => await OfWebhook(new { url = "http://127.0.0.1:9/elsewhere", types = Submissions, description = "另一处" }),
        "replayWebhook" => await OfWebhook(new { after = platform.Api.Services.GetRequiredService<EventCursors>().Of(0) }),
        _ => null,
    };

    // Nobody has answered by then, and nothing more is sent while the clock stands.
    private async Task<EntitledRequest> Challenged(EntitledRequest webhook)
    {
        var owner = platform.As(CaseJourney.Submitter, Scopes.WebhooksManage);
        await RunningPlatform.Until(
            async () => (await owner.Get($"/v1/webhooks/{webhook.Path["id"]}/deliveries")).Must(200).Json.List("items").Single().GetProperty("attempts").GetInt32() > 0, "the challenge has been sent");
        return webhook;
    }

    private async Task<EntitledRequest> OfWebhook(object? body = null)
    {
        var owner = platform.As(CaseJourney.Submitter, Scopes.WebhooksManage);
        // A client has few of them at a time.
        foreach (var had in (await owner.Get("/v1/webhooks?first=100")).Must(200).Json.List("items"))
        {
            var one = $"/v1/webhooks/{had.Text("id")}";
            await owner.Send(HttpMethod.Delete, one, null, ("If-Match", (await owner.Get(one)).ETag));
        }
        var path = (await owner.Post("/v1/webhooks", Subscription)).Must(201).Header("Location")!;
        return Of(null, body, ("id", path.Split('/')[^1])) with { Read = () => owner.Get(path) };
    }

    private Client Uploader => platform.As(CaseJourney.Submitter, $"{RunningPlatform.Clerk} {Scopes.FilesWrite}");

    // A picture that market regulation's step needs.
    private async Task<string> Carried()
    {
        var file = (await Uploader.Upload(SampleFiles.Png, FileTypes.Png)).Must(201).Json.Text("id");
        var application = Application([Missing]);
        application["materials"] = ((object[])application["materials"]!).Append(new { code = Missing, name = "章程.png", file }).ToArray();
        await CaseJourney.Submitted(platform, application);
        return file;
    }

    private async Task<string> Begun() => (await Uploader.Send(HttpMethod.Post, "/v1/uploads", null, [Tus, ("Upload-Length", $"{SampleFiles.Png.Length}")])).Must(201).Json.Text("id");

    private Dictionary<string, object?> Application(string[] without, string item = Applications.Establishment)
    {
        var application = Applications.For(item, without);
        application["applicant"] = item == Applications.Establishment ? Applications.Founding(Applicant)
            : item == Applications.Pledged ? Applications.Jointly(("pledgor", Applicant), ("pledgee", Applications.Company())) : Applicant;
        application["channel"] = "online";
        return application;
    }

    private Task<CaseJourney> Submitted(params string[] without) => CaseJourney.Submitted(platform, Application(without));

    private Task<CaseJourney> Unsigned() => CaseJourney.Submitted(platform, Application([], Applications.Pledged));

    private async Task<CaseJourney> Accepted(string item = Applications.Establishment)
    {
        var @case = await CaseJourney.Submitted(platform, Application([], item));
        (await @case.Accept(Lead)).Must(200);
        return @case;
    }

    // Whatever pledge the applicant missed before, as time passes, bars from no other one.
    private async Task<CaseJourney> Granted()
    {
        var granted = await Accepted();
        await granted.Grant((Department.MarketRegulation, Step));
        return granted;
    }

    private async Task<CaseJourney> Deficient()
    {
        await new BreachedCommitments(platform, Applicant).Forgiven();
        return await Submitted(Deferrable);
    }

    private async Task<CaseJourney> Pledged()
    {
        var @case = await Deficient();
        (await @case.Do(CaseJourney.Submitter, "pledges", Applications.Pledge(Deferrable, Day(10)))).Must(200);
        return @case;
    }

    private async Task<CaseJourney> Heard() => await (await Submitted(Missing)).OthersMissNothing(Lead);

    private async Task<CaseJourney> Corrected()
    {
        var @case = await Heard();
        (await @case.Do(Lead, "correction-notices", new { lines = new[] { new { material = Missing, text = "请补齐。" } } })).Must(200);
        return @case;
    }

    /// <summary>A case whose notice was not answered in time. The tests' clock is everybody's, so the notice's is set back.</summary>
    public async Task<CaseJourney> Overdue()
    {
        var @case = await Corrected();
        var (by, reminded) = (platform.Now.AddDays(-1).ToString("O", CultureInfo.InvariantCulture), platform.Now.AddDays(-8).ToString("O", CultureInfo.InvariantCulture));
        await platform.Database.Run($$"""
            update onedoor.mt_doc_case set wake_at = null,
                data = jsonb_set(data #- '{wakeAt}', '{notices,0}', data #> '{notices,0}' || '{"answerBy":"{{by}}","remindAt":"{{reminded}}","remindedAt":"{{reminded}}"}')
            where id = '{{@case.Id}}'
            """);
        return @case;
    }

    private async Task<CaseJourney> Paused()
    {
        var @case = await Accepted(Applications.Plain);
        (await @case.Do(Lead, "pauses", Applications.Pause(platform.Now.AddDays(30)))).Must(200);
        return @case;
    }

    private async Task<CaseJourney> Told()
    {
        var @case = await Accepted();
        (await @case.Do(Lead, "third-party-notices", ThirdParties())).Must(200);
        return @case;
    }

    /// <summary>The first day on which a hearing that is called now may be held.</summary>
    public static DateOnly HearingDay(DateTimeOffset now) => LegalClock.Zone.Simulate(now, Limit.WorkingDays(Case.HearingToldBefore)).DueOn;

    private async Task<CaseJourney> Called()
    {
        var @case = await Accepted();
        (await @case.Do(Lead, "hearings", Hearing())).Must(200);
        platform.Pass(TimeSpan.FromDays(20));
        await platform.CaughtUp("mt_doc_case", $"id = '{@case.Id}'");
        return @case;
    }

    private object Hearing() => new { step = Step, ground = "requested", heldOn = $"{HearingDay(platform.Now):yyyy-MM-dd}", place = "空港大厅204室", presider = new { id = "003", name = "赵敏" }, requestedOn = Day(0) };

    private object Inspection() => new
    {
        step = Step,
        officers = new[] { new { id = "018", name = "李娜" }, new { id = "027", name = "王伟" } },
        on = Day(0),
        place = "中心大道1号",
        finding = "passed",
        note = "一致",
    };

    private object ThirdParties() => new { step = Step, until = Day(20), parties = new[] { new { name = "业主委员会" } } };

    private async Task<CaseJourney> Late()
    {
        var @case = await Accepted();
        platform.PassUntil((await @case.Now()).Promised().Instant("dueAt") + Sweeps.Every * 2);
        await RunningPlatform.Until(async () => (await @case.Now()).GetProperty("clock").GetProperty("delay").ValueKind == JsonValueKind.Object, "the case is past its promise");
        return @case;
    }

    private string Day(int later) => platform.Now.AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
