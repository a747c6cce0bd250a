using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Files;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

// Who is heard before a decision: third parties (HEAR-1) and, in a hearing, whoever asks for one (HEAR-2).
public sealed partial record Case
{
    /// <summary>Working days in which a hearing that was asked for is held (行政许可法 art. 47).</summary>
    public const int HearWithin = 20;

    /// <summary>Working days before which the day and place of a hearing are told (行政许可法 arts. 48, 82).</summary>
    public const int HearingToldBefore = 7;

    private const int LongestMinutes = 20_000;

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
            return CaseRefusals.HearingNotFound.Because($"本部门在该办件中没有第{c.Hearing}次听证。", $"Your department has called no hearing {c.Hearing} in it.");
        if (hearing.Minutes is { } there)
            return (there.Text, there.SignedBy, there.SignedOn, there.File?.Id) == (c.Text, c.SignedBy, c.SignedOn, c.File) ? Decision<CaseFact>.Nothing
                : CaseRefusals.HearingNotFound.Because($"第{c.Hearing}次听证的笔录已于{there.SignedOn:yyyy-MM-dd}签字。", $"The minutes of hearing {c.Hearing} were signed on {there.SignedOn:yyyy-MM-dd}.");
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

    // What makes it go on again.
    private Refusal? StandsStill(string step) => !Pauses.Any(p => p.IsOpen && p.Step == step) ? null
        : IsHearing(step) ? CaseRefusals.HearingOpen : CaseRefusals.ClockPaused;

    // From its calling to its signed minutes, while the step's clock stands still.
    private bool IsHearing(string step) => Hearings.Any(h => h.Step == step && h.Minutes is null);

    /// <summary>When a hearing's step ended, as by a withdrawal, before it was held, so that it is off; null unless so (HEAR-2).</summary>
    public DateTimeOffset? CalledOffAt(CaseHearing hearing) =>
        hearing.Minutes is null && Step(hearing.Step)?.DecidedAt is { } ended && LegalClock.DayOf(ended) <= hearing.HeldOn ? ended : null;

    // HEAR-2: the minutes on which a decision rests.
    private int? HearingOf(string step) => Hearings.LastOrDefault(h => h.Step == step && h.Minutes is not null)?.Number;

    private static DateOnly WorkingDaysAfter(DateTimeOffset from, int days, LegalClock clock) => clock.Simulate(from, Limit.WorkingDays(days)).DueOn;
}

/// <summary>Telling third parties that their major interests are touched (告知利害关系人, 行政许可法 art. 36).</summary>
/// <param name="Step">The code of an open step of one's own.</param>
/// <param name="Until">The last day to speak, five working days ahead at least.</param>
/// <param name="Parties">Who is told, 1 to 100; left out where it is published.</param>
/// <param name="Publication">Where it is published, since they are many; left out where they are told.</param>
public sealed record TellThirdParties(string Step, DateOnly Until, IReadOnlyList<ThirdParty>? Parties = null, string? Publication = null) : CaseCommand;

/// <summary>What a third party says to a notice (陈述意见).</summary>
/// <param name="Text">In their words.</param>
public sealed record HearThirdParty(string Text) : CaseCommand
{
    /// <summary>The notice's number, which the address names.</summary>
    [JsonIgnore]
    public int Notice { get; init; }
}

/// <summary>Calling a hearing (听证, 行政许可法 arts. 46 to 48); it stops the step's clock until its minutes are signed.</summary>
/// <param name="Step">The code of an open step of one's own.</param>
/// <param name="Ground">Why there is one.</param>
/// <param name="HeldOn">Its day, a working day: seven working days ahead at least, and within twenty of the request, or of today.</param>
/// <param name="Place">Its place, in 1 to 200 characters.</param>
/// <param name="Presider">Who presides: nobody who took the case on, inspected it or calls the hearing.</param>
/// <param name="RequestedOn">With ground <c>requested</c>: the day on which it was asked for; today when left out.</param>
public sealed record CallHearing(
    string Step, HearingGround Ground, DateOnly HeldOn, string Place, Officer Presider, DateOnly? RequestedOn = null) : CaseCommand;

/// <summary>A hearing's signed minutes (听证笔录, 行政许可法 art. 48): the clock runs again from the day on which they were signed.</summary>
/// <param name="SignedBy">Who signed.</param>
/// <param name="SignedOn">The day, not before the hearing.</param>
/// <param name="Text">What was said, in 1 to 20,000 characters. Either this or <paramref name="File"/>.</param>
/// <param name="File">Id of a file that was uploaded before: the signed paper as PDF, OFD or a picture.</param>
public sealed record CloseHearing(
    string SignedBy, DateOnly SignedOn, [property: JsonIgnore(Condition = WhenWritingNull)] string? Text = null, [property: JsonIgnore(Condition = WhenWritingNull)] Guid? File = null) : CaseCommand
{
    /// <summary>The hearing's number, which the address names.</summary>
    [JsonIgnore]
    public int Hearing { get; init; }
}

/// <summary>Third parties whose major interests are touched were told, and may speak until a day (HEAR-1, 行政许可法 art. 36).</summary>
/// <param name="Number">Counts the case's notices to third parties from 1.</param>
/// <param name="Parties">Who was told; empty where it was published.</param>
/// <param name="Publication">Where it was published; null where those concerned were told.</param>
/// <param name="Until">The last day to speak.</param>
[Alias("third_parties_told")]
public sealed record ThirdPartiesTold(
    DateTimeOffset At, Actor By, int Number, string Step, IReadOnlyList<ThirdParty> Parties, [Personal] string? Publication, DateOnly Until) : CaseFact(At, By), IStepFact;

/// <summary>A third party spoke; the decision answers it (HEAR-1).</summary>
/// <param name="Notice">The number of the notice it answers.</param>
[Alias("third_party_heard")]
public sealed record ThirdPartyHeard(DateTimeOffset At, Actor By, int Notice, string Step, [Personal] string Text) : CaseFact(At, By), IStepFact;

/// <summary>A hearing was called and its day and place told (HEAR-2, 行政许可法 arts. 46 to 48).</summary>
/// <param name="Number">Counts the case's hearings from 1.</param>
/// <param name="RequestedOn">The day on which it was asked for; null where the law prescribes it.</param>
/// <param name="HeldOn">Its day.</param>
/// <param name="Presider">Who presides: none of those who examine the application.</param>
[Alias("hearing_called")]
public sealed record HearingCalled(
    DateTimeOffset At, Actor By, int Number, string Step, HearingGround Ground, DateOnly? RequestedOn, DateOnly HeldOn, [Personal] string Place, Officer Presider)
    : CaseFact(At, By), IStepFact;

/// <summary>A hearing's minutes are signed; the decision rests on them (HEAR-2).</summary>
/// <param name="Number">The hearing's number.</param>
/// <param name="Text">What was said; null where the signed paper is a file.</param>
/// <param name="File">The signed paper (CASE-12); null where the minutes are text.</param>
[Alias("hearing_closed")]
public sealed record HearingClosed(
    DateTimeOffset At, Actor By, int Number, string Step, [Personal] string? Text, [Personal] string SignedBy, DateOnly SignedOn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CarriedFile? File = null) : CaseFact(At, By), IStepFact;

/// <summary>Why there is a hearing (行政许可法 arts. 46, 47).</summary>
public enum HearingGround
{
    /// <summary>The law prescribes it, or it concerns the public.</summary>
    Required,

    /// <summary>The applicant or a third party asked for it.</summary>
    Requested,
}

/// <summary>Who is touched by what is applied for (利害关系人).</summary>
/// <param name="Name">What they are called, in 1 to 100 characters.</param>
public sealed record ThirdParty([Personal] string Name);

/// <summary>A notice to third parties, and what they said (告知利害关系人).</summary>
/// <param name="Number">Counts the case's notices to third parties from 1.</param>
/// <param name="Step">The code of the step it belongs to.</param>
/// <param name="Parties">Who was told; empty where it was published.</param>
/// <param name="Publication">Where it was published; null where those concerned were told.</param>
/// <param name="ToldAt">When.</param>
/// <param name="Until">The last day to speak.</param>
/// <param name="Statements">What they said.</param>
public sealed record ThirdPartyNotice(
    int Number, string Step, IReadOnlyList<ThirdParty> Parties, string? Publication, DateTimeOffset ToldAt, DateOnly Until, IReadOnlyList<ThirdPartyStatement> Statements);

/// <summary>What a third party said (陈述意见).</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Text">In their words.</param>
public sealed record ThirdPartyStatement(DateTimeOffset At, string Text);

/// <summary>A hearing (听证).</summary>
/// <param name="Number">Counts the case's hearings from 1.</param>
/// <param name="Step">The code of the step it belongs to.</param>
/// <param name="Ground">Why there is one.</param>
/// <param name="HeldOn">Its day.</param>
/// <param name="Place">Its place.</param>
/// <param name="Presider">Who presides.</param>
/// <param name="Minutes">Its signed record; null until it is in.</param>
public sealed record CaseHearing(int Number, string Step, HearingGround Ground, DateOnly HeldOn, string Place, Officer Presider, HearingMinutes? Minutes);

/// <summary>A hearing's record (听证笔录).</summary>
/// <param name="Text">What was said; null where the signed paper is a file.</param>
/// <param name="SignedBy">Who signed it.</param>
/// <param name="SignedOn">The day on which it was signed.</param>
/// <param name="File">The signed paper; null where the record is text.</param>
public sealed record HearingMinutes(
    string? Text, string SignedBy, DateOnly SignedOn, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CarriedFile? File = null);

public static partial class CaseRefusals
{
    /// <summary>HEAR-1.</summary>
    public static readonly Refusal ThirdPartyNoticeInvalid = new("case.third-party-notice-invalid", 422,
        new("告知利害关系人的内容无效", "The notice to third parties is invalid"),
        new("须写明利害关系人或者公告方式之一，陈述期限不少于五个工作日。", "It names third parties or a publication, and leaves five working days to speak at least."));

    public static readonly Refusal ThirdPartyNoticeNotFound = new("case.third-party-notice-not-found", 404,
        new("没有这份告知", "There is no such notice to third parties"));

    /// <summary>HEAR-1.</summary>
    public static readonly Refusal ThirdPartiesNotHeard = new("case.third-parties-not-heard", 409,
        new("利害关系人的陈述期限未满", "Third parties have not had their time to speak"),
        new("须先告知利害关系人，期满后才能准予。", "They are told, and it is granted only after their time to speak."));

    /// <summary>HEAR-2.</summary>
    public static readonly Refusal HearingInvalid = new("case.hearing-invalid", 422,
        new("听证信息无效", "The hearing is not described correctly"),
        new("地点须为1至200个字符；申请日期只用于依申请的听证，不早于申请提交之日、不晚于今天。", "Its place has 1 to 200 characters; a day of asking belongs to one that was asked for, and is neither before the application nor after today."));

    public static readonly Refusal HearingRequestedTooLate = new("case.hearing-requested-too-late", 422,
        new("听证申请已超过期限", "The hearing was asked for too late"),
        new("须在被告知之日起五个工作日内提出。", "It is asked for within five working days of being told."));

    public static readonly Refusal HearingDayInvalid = new("case.hearing-day-invalid", 422,
        new("听证日期无效", "The hearing's day is invalid"),
        new("须提前七个工作日告知，并在二十个工作日内举行。", "It is told seven working days before, and held within twenty."));

    public static readonly Refusal PresiderReviewed = new("case.presider-reviewed", 422, new("审查人员不得主持听证", "Who examines the application does not preside"),
        new("请由受理、核查和组织听证以外的人员主持。", "Somebody presides who neither took it on, nor inspected it, nor calls the hearing."));

    public static readonly Refusal HearingNotFound = new("case.hearing-not-found", 404, new("该听证不存在或已结束", "There is no such hearing going on"));

    public static readonly Refusal HearingOpen = new("case.hearing-open", 409,
        new("听证尚未结束", "A hearing goes on"), new("笔录签字后才能继续。", "Its minutes are signed first."));

    public static readonly Refusal HearingMissing = new("case.hearing-missing", 409,
        new("尚未举行听证", "No hearing has been held"), new("该事项依法须经听证后才能作出决定。", "By the item's law it is decided only after a hearing."));

    public static readonly Refusal MinutesInvalid = new("case.minutes-invalid", 422,
        new("听证笔录无效", "The minutes are invalid"),
        new("笔录为1至20000个字符的文字，或者签字原件的 PDF、OFD 或图片文件，二者择一；签字人须为1至2000个字符，签字日期在听证之日至今天之间。",
            "They are text of 1 to 20,000 characters or a file of the signed paper, a PDF, an OFD or a picture; who signed has 1 to 2,000 characters, and it was between the hearing and today."));
}
