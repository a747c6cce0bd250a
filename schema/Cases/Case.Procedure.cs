using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Files;

namespace OneDoor.Cases;

// Fair procedure: who looks, who is heard, and what a decision waits for.
public sealed partial record Case
{
    /// <summary>Working days in which a hearing that was asked for is held (行政许可法 art. 47).</summary>
    public const int HearWithin = 20;

    /// <summary>Working days before which the day and place of a hearing are told (行政许可法 arts. 48, 82).</summary>
    public const int HearingToldBefore = 7;

    private const int LongestPlace = 200, LongestOfficerId = 50, LongestMinutes = 20_000, MostOfficers = 20;

    // CASE-16, 行政许可法 art. 34 III.
    private Decision<CaseFact> Inspect(InspectStep c, CaseAsking asked)
    {
        if (OwnOpenStep(asked.By, c.Step, new("记录现场核查", "recording an inspection")) is { } refused)
            return refused;
        var today = LegalClock.DayOf(asked.Now);
        Refusal[] wrong =
        [
            .. c.Officers.Index().SelectMany(o => OfficerRefused(o.Item, $"/officers/{o.Index}")),
            .. CaseRefusals.InspectionByTwo.At("/officers").When(c.Officers.Count > MostOfficers || c.Officers.DistinctBy(o => o.Key).Count() < 2),
            .. CaseRefusals.InspectionInvalid.At("/on").When(c.On > today || c.On < LegalClock.DayOf(SubmittedAt)),
            .. CaseRefusals.InspectionInvalid.At("/place").When(!Wording.IsLine(c.Place, LongestPlace)),
            .. CaseRefusals.InspectionInvalid.At("/note").When(c.Note is not null && !IsText(c.Note)),
        ];
        return Refusal.AllOf(wrong) is { } invalid
            ? invalid
            : new StepInspected(asked.Now, asked.By, c.Step, c.Officers, c.On, c.Place, c.Finding, c.Note);
    }

    // HEAR-1, 行政许可法 art. 36.
    private Decision<CaseFact> Tell(TellThirdParties c, CaseAsking asked)
    {
        if (OwnOpenStep(asked.By, c.Step, new("告知利害关系人", "telling third parties")) is { } refused)
            return refused;
        var parties = c.Parties ?? [];
        var earliest = WorkingDaysAfter(asked.Now, Item.SpeakWithin, asked.Clock);
        Refusal[] wrong =
        [
            .. CaseRefusals.ThirdPartyNoticeInvalid.At("/parties").When(parties.Count > 0 == c.Publication is not null || parties.Count > 100 || parties.Distinct().Count() < parties.Count),
            .. parties.Index().Where(p => !Wording.IsLine(p.Item.Name, LongestName)).Select(p => CaseRefusals.ThirdPartyNoticeInvalid.At($"/parties/{p.Index}/name")),
            .. CaseRefusals.ThirdPartyNoticeInvalid.At("/publication").When(c.Publication is not null && !IsText(c.Publication)),
            .. CaseRefusals.ThirdPartyNoticeInvalid.Because($"陈述意见的最后一日不得早于{earliest:yyyy-MM-dd}。", $"The last day to speak is {earliest:yyyy-MM-dd} at the earliest.").At("/until")
                .When(c.Until < earliest || c.Until.Year > LegalClock.LastYear),
        ];
        return Refusal.AllOf(wrong) is { } invalid
            ? invalid
            : new ThirdPartiesTold(asked.Now, asked.By, ThirdPartyNotices.Count + 1, c.Step, parties, c.Publication, c.Until);
    }

    private Decision<CaseFact> Hear(HearThirdParty c, CaseAsking asked)
    {
        if (ThirdPartyNotices.FirstOrDefault(n => n.Number == c.Notice) is not { } notice || NotOwn(asked.By, notice.Step) is not null)
            return CaseRefusals.ThirdPartyNoticeNotFound;
        if (OwnOpenStep(asked.By, notice.Step, new("记录陈述意见", "recording what a third party says")) is { } refused)
            return refused;
        return IsText(c.Text) ? new ThirdPartyHeard(asked.Now, asked.By, notice.Number, notice.Step, c.Text) : CaseRefusals.ReasonMissing.At("/text");
    }

    // HEAR-2, 行政许可法 arts. 46 to 48. CLK-3: it stops the clock from here to the signed minutes.
    private Decision<CaseFact> Call(CallHearing c, CaseAsking asked)
    {
        if (OwnOpenStep(asked.By, c.Step, new("组织听证", "calling a hearing")) is { } refused)
            return refused;
        if (StandsStill(c.Step) is { } paused)
            return paused;
        if (Refusal.AllOf([.. HearingRefused(c, asked)]) is { } invalid)
            return invalid;
        var requested = c.Ground == HearingGround.Requested ? c.RequestedOn ?? LegalClock.DayOf(asked.Now) : (DateOnly?)null;
        return Decision<CaseFact>.Of(
        [
            new HearingCalled(asked.Now, asked.By, Hearings.Count + 1, c.Step, c.Ground, requested, c.HeldOn, c.Place, c.Presider),
            new ClockPaused(asked.Now, asked.By, Pauses.Count + 1, c.Step, PauseReason.Hearing, Note: null, "《中华人民共和国行政许可法》第四十五条", c.HeldOn, c.Presider.Name),
        ]);
    }

    private IEnumerable<Refusal> HearingRefused(CallHearing c, CaseAsking asked)
    {
        var today = LegalClock.DayOf(asked.Now);
        foreach (var wrong in OfficerRefused(c.Presider, "/presider"))
            yield return wrong;
        if (Reviewers(asked.By, c.Step).Contains(c.Presider.Key))
            yield return CaseRefusals.PresiderReviewed.At("/presider/id");
        if (!Wording.IsLine(c.Place, LongestPlace))
            yield return CaseRefusals.HearingInvalid.At("/place");
        var isAsked = c.RequestedOn is null || (c.Ground == HearingGround.Requested && c.RequestedOn >= LegalClock.DayOf(SubmittedAt) && c.RequestedOn <= today);
        if (!isAsked)
            yield return CaseRefusals.HearingInvalid.At("/requestedOn");
        // A day that is none counts as today for what else there is to say.
        var requested = isAsked ? c.RequestedOn ?? today : today;
        // The right to ask is told with the notice, and ends with it.
        if (c.Ground == HearingGround.Requested && ThirdPartyNotices.LastOrDefault(n => n.Step == c.Step) is { } told
            && requested > WorkingDaysAfter(told.ToldAt, Item.SpeakWithin, asked.Clock))
            yield return CaseRefusals.HearingRequestedTooLate.At("/requestedOn");
        var (earliest, latest) = (WorkingDaysAfter(asked.Now, HearingToldBefore, asked.Clock), WorkingDaysAfter(LegalClock.MidnightOf(requested), HearWithin, asked.Clock));
        // Late as it may be, it is held.
        if (latest < earliest)
            latest = earliest;
        if (c.HeldOn < earliest || c.HeldOn > latest || !asked.Clock.Calendar.IsWorkingDay(c.HeldOn))
            yield return CaseRefusals.HearingDayInvalid.Because(
                $"应在{earliest:yyyy-MM-dd}至{latest:yyyy-MM-dd}之间的工作日举行。", $"It is held on a working day from {earliest:yyyy-MM-dd} to {latest:yyyy-MM-dd}.").At("/heldOn");
    }

    // HEAR-2: only the time to the signed minutes stops the clock, however late they are recorded.
    private Decision<CaseFact> Close(CloseHearing c, CaseAsking asked)
    {
        if (Hearings.FirstOrDefault(h => h.Number == c.Hearing) is not { } hearing || NotOwn(asked.By, hearing.Step) is not null)
            return CaseRefusals.HearingNotFound;
        if (hearing.Minutes is { } there)
            return (there.Text, there.SignedBy, there.SignedOn, there.File?.Id) == (c.Text, c.SignedBy, c.SignedOn, c.File) ? Decision<CaseFact>.Nothing : CaseRefusals.HearingNotFound;
        if (!IsAccepted)
            return InThisState("记录听证笔录", "recording the minutes of a hearing");
        Refusal[] wrong =
        [
            .. CaseRefusals.MinutesInvalid.At("/text").When(c.File is null ? !Wording.IsText(c.Text, LongestMinutes) : c.Text is not null),
            .. c.File is { } id ? PaperRefused(id, asked) : [],
            .. CaseRefusals.MinutesInvalid.At("/signedBy").When(!IsText(c.SignedBy)),
            .. CaseRefusals.MinutesInvalid.At("/signedOn").When(c.SignedOn < hearing.HeldOn || c.SignedOn > LegalClock.DayOf(asked.Now)),
        ];
        if (Refusal.AllOf(wrong) is { } invalid)
            return invalid;
        var signed = LegalClock.EndOf(c.SignedOn);
        var pause = Pauses.First(p => p.IsOpen && p.Step == hearing.Step);
        return Decision<CaseFact>.Of(
        [
            new HearingClosed(asked.Now, asked.By, hearing.Number, hearing.Step, c.Text, c.SignedBy, c.SignedOn, c.File is { } paper ? asked.Files[paper] : null),
            Resumed(pause, asked, signed < asked.Now ? signed : null),
        ]);
    }

    // CASE-12: one's own, and of a kind that shows who signed.
    private static IEnumerable<Refusal> PaperRefused(Guid file, CaseAsking asked) => !asked.Files.TryGetValue(file, out var own) ? [FileRefusals.Unknown.At("/file")]
        : CaseRefusals.MinutesInvalid.Because("笔录文件须为 PDF、OFD 或图片。", "The signed paper is a PDF, an OFD or a picture.").At("/file").When(!FileTypes.Papers.Contains(own.MediaType));

    // What a decision waits for. A refusal waits for no inspection and for no third party.
    private Refusal? NotYetDecidable(DecideStep c, CaseAsking asked)
    {
        if (Refusal.AllOf([.. ActingOfficerRefused(asked.By, c.Officer)]) is { } invalid)
            return invalid;
        if (HasAccepted(asked.By, c.Officer))
            return CaseRefusals.DeciderAccepted;
        var (grants, heard) = (c.Outcome == StepOutcome.Granted, Hearings.Any(h => h.Step == c.Step && h.Minutes is not null));
        var notices = ThirdPartyNotices.Where(n => n.Step == c.Step).ToArray();
        if (IsDeciding(c.Step) && Plan.Hearing == Requirement.Required && !heard)
            return CaseRefusals.HearingMissing;
        // One visit may serve all, but nobody goes by another's where one's own found otherwise.
        var inspected = Inspections.LastOrDefault(i => i.Step == c.Step) ?? (Inspections is [.., var last] ? last : null);
        if (grants && IsDeciding(c.Step) && Plan.Inspection == Requirement.Required && inspected is not { Finding: InspectionFinding.Passed })
            return CaseRefusals.InspectionMissing;
        if (grants && ((IsDeciding(c.Step) && Plan.ThirdParty && notices.Length == 0) || notices.Any(n => n.Until >= LegalClock.DayOf(asked.Now))))
            return CaseRefusals.ThirdPartiesNotHeard;
        return c.Reason is null && (heard || notices.Any(n => n.Statements.Count > 0)) ? CaseRefusals.DecisionUnreasoned.At("/reason") : null;
    }

    // CASE-16: without a name the department answers for it that they are two.
    private bool HasAccepted(Actor by, Officer? officer) =>
        Plan.Handling != HandlingType.Immediate && AcceptedBy is { } acceptor && acceptor == AcceptorOf(by, officer);

    // What makes it go on again.
    private Refusal? StandsStill(string step) => !Pauses.Any(p => p.IsOpen && p.Step == step) ? null
        : IsHearing(step) ? CaseRefusals.HearingOpen : CaseRefusals.ClockPaused;

    // From its calling to its signed minutes, while the step's clock stands still.
    private bool IsHearing(string step) => Hearings.Any(h => h.Step == step && h.Minutes is null);

    // HEAR-2: the minutes on which a decision rests.
    private int? HearingOf(string step) => Hearings.LastOrDefault(h => h.Step == step && h.Minutes is not null)?.Number;

    // What the item is for is decided where something is issued, or, where nothing is, at the end.
    private bool IsDeciding(string step) => Plan.Steps.Any(s => s.Issues is not null)
        ? Plan.Steps.Any(s => s.Code == step && s.Issues is not null)
        : Plan.Steps.All(s => !s.After.Contains(step));

    // Who examines the application: whoever took it on, looked at it on site, or asks.
    private HashSet<string> Reviewers(Actor by, string step) =>
    [
        .. AcceptedBy is { } acceptor && acceptor.Department == by.Department ? [acceptor.Person] : Array.Empty<string>(),
        .. Inspections.Where(i => i.Step == step).SelectMany(i => i.Officers).Select(o => o.Key),
        .. AcceptorOf(by, officer: null) is { } asking ? [asking.Person] : Array.Empty<string>(),
    ];

    // Who is signed in is somebody, whomever they name; a system is nobody but whom it names.
    internal static Acceptor? AcceptorOf(Actor? by, Officer? officer) =>
        by?.Department is { } department && (IsPerson(by) ? Officer.KeyOf(by.Subject) : officer?.Key) is { } person ? new(department, person) : null;

    private static bool IsPerson(Actor by) => by.Subject != by.Client;

    internal static IEnumerable<Refusal> ActingOfficerRefused(Actor by, Officer? officer) => officer is null ? []
        : IsPerson(by) ? [CaseRefusals.OfficerInvalid.Because("登录人员即经办人员，不另行指明。", "Whoever is signed in is the officer, and names no other.").At("/officer")]
        : OfficerRefused(officer, "/officer");

    internal static IEnumerable<Refusal> OfficerRefused(Officer officer, string at)
    {
        if (!Wording.IsLine(officer.Id, LongestOfficerId))
            yield return CaseRefusals.OfficerInvalid.At($"{at}/id");
        if (!Wording.IsLine(officer.Name, LongestName))
            yield return CaseRefusals.OfficerInvalid.At($"{at}/name");
    }

    private Refusal? OwnOpenStep(Actor by, string step, Text doing)
    {
        if (NotOwn(by, step) is { } unseen)
            return unseen;
        return !IsAccepted ? InThisState(doing.Zh, doing.En) : Step(step)!.Status == StepStatus.Open ? null : CaseRefusals.StepNotOpen;
    }

    private static DateOnly WorkingDaysAfter(DateTimeOffset from, int days, LegalClock clock) => clock.Simulate(from, Limit.WorkingDays(days)).DueOn;

    private Case? AfterProcedure(CaseFact fact) => fact switch
    {
        StepInspected f => this with { Inspections = [.. Inspections, new(f.Step, f.Officers, f.On, f.Place, f.Finding, f.Note)] },
        ThirdPartiesTold f => this with { ThirdPartyNotices = [.. ThirdPartyNotices, new(f.Number, f.Step, f.Parties, f.Publication, f.At, f.Until, [])] },
        ThirdPartyHeard f => With(f),
        HearingCalled f => this with { Hearings = [.. Hearings, new(f.Number, f.Step, f.Ground, f.HeldOn, f.Place, f.Presider, Minutes: null)] },
        HearingClosed f => With(f),
        _ => null,
    };

    private Case With(ThirdPartyHeard f) => this with
    {
        ThirdPartyNotices = [.. ThirdPartyNotices.Select(n => n.Number == f.Notice ? n with { Statements = [.. n.Statements, new(f.At, f.Text)] } : n)],
    };

    private Case With(HearingClosed f) => this with
    {
        Hearings = [.. Hearings.Select(h => h.Number == f.Number ? h with { Minutes = new(f.Text, f.SignedBy, f.SignedOn, f.File) } : h)],
    };
}
