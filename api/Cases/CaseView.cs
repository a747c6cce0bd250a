using System.Text.Json;
using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Files;
using OneDoor.Forms;

namespace OneDoor.Cases;

/// <summary>A case (办件) as its reader sees it: whole, or a department's share of it.</summary>
public sealed record CaseView
{
    /// <summary>Opaque, and unique on the platform.</summary>
    public required Guid Id { get; init; }

    /// <summary>For people: item code, date and a running number (办件编号).</summary>
    public required string Number { get; init; }
    /// <summary>Where it stands (状态).</summary>
    public required CaseStatus Status { get; init; }

    /// <summary>Grows with every change, which has to name it; what a reader has in one version has not changed since.</summary>
    public required int Version { get; init; }
    /// <summary>What it is for, in the version it was submitted under.</summary>
    public required CaseItem Item { get; init; }
    /// <summary>Who applies (申请人).</summary>
    public required Applicant Applicant { get; init; }
    /// <summary>How it reached the platform (渠道).</summary>
    public required Channel Channel { get; init; }
    /// <summary>Code of the receiving hall (大厅), which does not own the case.</summary>
    public required string Hall { get; init; }
    /// <summary>When it was submitted (申办时间); of joint parties, until all have signed, when the first did.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Until when every joint party has to sign (签署截止); null once it is submitted.</summary>
    public required DateTimeOffset? SignBy { get; init; }

    /// <summary>Which of the joint parties want it withdrawn (同意撤回), counted from 0; it is when all do.</summary>
    public required IReadOnlyList<int> WithdrawalAgreedBy { get; init; }

    /// <summary>From when limits run (受理时间).</summary>
    public required DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Without an answer by then the case counts as accepted; null once answered.</summary>
    public required DateTimeOffset? AcceptBy { get; init; }

    /// <summary>The law accepted it, because nobody answered in time (视为受理).</summary>
    public required bool Deemed { get; init; }
    /// <summary>When it was decided (办结时间).</summary>
    public required DateTimeOffset? DecidedAt { get; init; }
    /// <summary>Its steps (办理环节) that the reader may see.</summary>
    public required IReadOnlyList<StepView> Steps { get; init; }
    /// <summary>What was handed in (申请材料).</summary>
    public required IReadOnlyList<MaterialView> Materials { get; init; }

    /// <summary>Who signed the declaration of truth (真实性声明), and under which text; null in cases submitted before there was one.</summary>
    public required Signature? Declaration { get; init; }

    /// <summary>What the application says (申请表), as the item's form asks it: of it what the reader may see; null where nothing was asked or it is erased.</summary>
    public required JsonElement? Form { get; init; }

    /// <summary>What of that is out of the ordinary and was taken all the same (备注), such as that it came late.</summary>
    public required IReadOnlyList<CaseRemark> Remarks { get; init; }

    /// <summary>How the applicant is reached (联系方式); null in cases submitted before it was asked for.</summary>
    public required Contact? Contact { get; init; }

    /// <summary>Who handles it for the applicant (经办人); null where nobody is named.</summary>
    public required Agent? Agent { get; init; }

    /// <summary>The files that form and agent name (附件), as far as the reader sees what names them.</summary>
    public required IReadOnlyList<FileView> Files { get; init; }

    /// <summary>Materials that need not be handed in, because a licence the applicant holds proves them (证照免提交).</summary>
    public required IReadOnlyList<MaterialProved> Proved { get; init; }

    /// <summary>Materials that follow under a pledge (容缺后补).</summary>
    public required IReadOnlyList<MaterialDeferred> Deferred { get; init; }

    /// <summary>What the applicant has signed to hand in later (容缺承诺), and whether it came in.</summary>
    public required IReadOnlyList<PledgeView> Pledges { get; init; }

    /// <summary>What was committed to in place of an examination (告知承诺), and what has become of it; null where nothing was.</summary>
    public required Commitment? Commitment { get; init; }

    /// <summary>The licence that it renews (延续): 许可、审核、监察, each when it was done; null where it renews none.</summary>
    public required CaseRenewal? Renewal { get; init; }

    /// <summary>Number of the licence that the applicant gives back, which the grant strikes from the register (注销); null where there is none.</summary>
    public required string? Cancels { get; init; }

    /// <summary>When what was still owed for it was not any more: the licence that it granted had ended, or it ended itself and granted nothing; null where nothing was owed, or it is.</summary>
    public required DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>What was asked for besides (一次性告知补正).</summary>
    public required IReadOnlyList<CorrectionNotice> CorrectionNotices { get; init; }
    /// <summary>What departments miss besides, until the lead department sends it with its notice; null where nothing waits to be sent.</summary>
    public required IReadOnlyList<AddedLines>? AddedLines { get; init; }
    /// <summary>Statutory, promised and actual time (法定、承诺、实际时限).</summary>
    public required CaseClock Clock { get; init; }
    /// <summary>The listed emergency project of which it is part (绿色通道); null unless so.</summary>
    public required GreenChannel? GreenChannel { get; init; }
    /// <summary>What the directory of exemptions decided about its environmental step (环评豁免); null where nobody asked, and for departments that have no share in it.</summary>
    public required StepExemption? Exemption { get; init; }
    /// <summary>Inspections on site (现场核查), the latest last.</summary>
    public required IReadOnlyList<CaseInspection> Inspections { get; init; }
    /// <summary>What third parties were told and said (告知利害关系人).</summary>
    public required IReadOnlyList<ThirdPartyNotice> ThirdPartyNotices { get; init; }
    /// <summary>Its hearings (听证).</summary>
    public required IReadOnlyList<HearingView> Hearings { get; init; }
    /// <summary>What it has delivered (电子证照).</summary>
    public required IReadOnlyList<CaseLicence> Licences { get; init; }

    /// <summary>What was handed over besides (移交), such as seals or a printed licence.</summary>
    public required IReadOnlyList<CaseHandOver> HandOvers { get; init; }

    /// <summary>Why it was refused (不予许可), as a whole or in the one step that was; null unless it was, and where several steps were.</summary>
    public required RefusalGrounds? Refusal { get; init; }

    /// <summary>
    /// What the applicant can do (救济途径): against each refusal, and, while it runs, against a decision that is not made within the statutory limit.
    /// </summary>
    public required IReadOnlyList<Remedy> Remedies { get; init; }

    /// <summary>That and why it was not accepted (不予受理), which is no refusal; null unless so.</summary>
    public required NonAcceptance? NonAcceptance { get; init; }

    /// <summary>That and why it was closed because nobody answered its correction notice; null unless so.</summary>
    public required Lapse? Lapse { get; init; }

    /// <summary>Where a kiosk has not decided it: the ticket with which one goes on at a window of its hall. In the answer to the submission alone, else null.</summary>
    public Instead? Window { get; init; }

    /// <param name="case">The case, already reduced to what the reader may see.</param>
    /// <param name="language">zh-CN or en.</param>
    public static CaseView Of(Case @case, string language) => Of(@case, AnswerText.Read(@case.Form), language);

    /// <inheritdoc cref="Of(Case, string)"/>
    /// <param name="form">What the application says; null also where that is read once somebody asks for it.</param>
    public static CaseView Of(Case @case, JsonElement? form, string language) => new()
    {
        Id = @case.Id,
        Number = @case.Number,
        Status = @case.Status,
        Version = @case.Version,
        Item = CaseItem.Of(@case, language),
        Applicant = @case.Applicant,
        Channel = @case.Channel,
        Hall = @case.Hall,
        SubmittedAt = @case.SubmittedAt,
        SignBy = @case.SignBy,
        WithdrawalAgreedBy = @case.WithdrawalAgreedBy,
        AcceptedAt = @case.AcceptedAt,
        AcceptBy = @case.AcceptBy,
        Deemed = @case.Deemed,
        DecidedAt = @case.DecidedAt,
        Steps = [.. @case.Steps.Select(s => StepView.Of(s, language))],
        Materials = [.. @case.Materials.Select(MaterialView.Of)],
        Declaration = @case.Declaration,
        Form = form,
        Remarks = CaseRemark.Of(@case, form, language),
        Contact = @case.Contact,
        Agent = @case.Agent,
        Files = [.. (@case.Files ?? []).Select(file => FileView.Of(file)!)],
        Proved = @case.Proved,
        Deferred = @case.Deferred,
        Pledges = [.. @case.Pledges.Select(PledgeView.Of)],
        Commitment = @case.Commitment,
        Renewal = @case.Renewal is { } renewal ? renewal with { Awaited = @case.AwaitsRenewal } : null,
        Cancels = @case.Cancels,
        ReleasedAt = @case.OwedUntil,
        CorrectionNotices = @case.Notices,
        AddedLines = @case.Added,
        Clock = CaseClock.Of(@case),
        GreenChannel = @case.GreenChannel,
        Exemption = @case.Exemption,
        Inspections = @case.Inspections,
        ThirdPartyNotices = @case.ThirdPartyNotices,
        Hearings = [.. @case.Hearings.Select(h => HearingView.Of(h, @case.CalledOffAt(h)))],
        Licences = [.. @case.Licences.Select(CaseLicence.Of)],
        HandOvers = @case.HandOvers ?? [],
        Refusal = @case.RefusedFor?.In(language),
        Remedies = [.. @case.Remedies.Select(remedy => remedy.In(language))],
        NonAcceptance = @case.NonAcceptance?.In(language),
        Lapse = @case.Lapsed?.In(language),
    };
}

/// <summary>What a case has delivered (CASE-10).</summary>
/// <param name="Step">The step that issued it.</param>
/// <param name="Licence">Its kind.</param>
/// <param name="Number">Its number.</param>
/// <param name="DeliveredAt">When it was delivered.</param>
/// <param name="DeliverBy">The last day the law left for it.</param>
/// <param name="Href">Where the licence is to be read; null for what is only a result (a quota, a notice), and for who neither holds it nor issued or supervises it nor took its case in at a window today.</param>
public sealed record CaseLicence(string Step, IssuedLicence Licence, string Number, DateTimeOffset DeliveredAt, DateOnly DeliverBy, string? Href)
{
    public static CaseLicence Of(DeliveredLicence l) => new(
        l.Step, l.Licence, l.Number, l.DeliveredAt, l.DeliverBy, l.IsClosed || LicenceKind.Of(l.Licence.Code).Result ? null : $"/v1/licences/{Uri.EscapeDataString(l.Number)}");
}

/// <summary>The item a case is for, in the version it was submitted under.</summary>
/// <param name="Code">The item's code.</param>
/// <param name="Version">The item's version.</param>
/// <param name="Name">Its name, in the language that Accept-Language prefers.</param>
public sealed record CaseItem(string Code, int Version, string Name)
{
    /// <summary>Where that version of the item is to be read.</summary>
    public string Href => $"/v1/catalogue/items/{Code}?version={Version}";

    public static CaseItem Of(Case @case, string language) => new(@case.Plan.Item, @case.Plan.Version, @case.Plan.Name.In(language));
}

/// <summary>What of an application is out of the ordinary and was taken all the same (备注).</summary>
/// <param name="Field">Where in the application it stands, as a pointer.</param>
/// <param name="Text">What it is.</param>
public sealed record CaseRemark(string Field, string Text)
{
    public static IReadOnlyList<CaseRemark> Of(Case @case, JsonElement? given, string language) =>
    [
        .. @case.NamedOtherwise ? [new("/applicant", Case.OtherName.In(language))] : Array.Empty<CaseRemark>(),
        .. @case.Plan.Form is { } form && given is { } answer
            ? FormAnswer.Remarks(form, answer, LegalClock.DayOf(@case.SubmittedAt)).Select(remark => new CaseRemark(remark.Pointer, remark.Message.In(language))) : [],
    ];
}

/// <summary>What was handed in (申请材料): what it is, the digest of its content and, where that was uploaded, the file.</summary>
/// <param name="Code">The item's code for it.</param>
/// <param name="Name">The file's or document's name, as given.</param>
/// <param name="Digest"><c>sha-256:</c> and the digest in hexadecimal or base64.</param>
/// <param name="File">Its content; null where that is kept elsewhere.</param>
public sealed record MaterialView(string Code, string Name, string Digest, FileView? File)
{
    public static MaterialView Of(MaterialHandedIn m) => new(m.Code, m.Name, m.Digest, FileView.Of(m.File));
}

/// <summary>A hearing (听证).</summary>
/// <param name="Number">Counts the case's hearings from 1.</param>
/// <param name="Step">The code of the step it belongs to.</param>
/// <param name="Ground">Why there is one.</param>
/// <param name="HeldOn">Its day.</param>
/// <param name="Place">Its place.</param>
/// <param name="Presider">Who presides.</param>
/// <param name="Minutes">Its signed record; null until it is in.</param>
/// <param name="CalledOffAt">When its step ended before it was held, so that it is off; null unless so.</param>
public sealed record HearingView(int Number, string Step, HearingGround Ground, DateOnly HeldOn, string Place, Officer Presider, MinutesView? Minutes, DateTimeOffset? CalledOffAt)
{
    public static HearingView Of(CaseHearing h, DateTimeOffset? calledOffAt) => new(
        h.Number, h.Step, h.Ground, h.HeldOn, h.Place, h.Presider, h.Minutes is { } m ? new(m.Text, m.SignedBy, m.SignedOn, FileView.Of(m.File)) : null, calledOffAt);
}

/// <summary>A hearing's record (听证笔录).</summary>
/// <param name="Text">What was said; null where the signed paper is a file.</param>
/// <param name="SignedBy">Who signed it.</param>
/// <param name="SignedOn">The day on which it was signed.</param>
/// <param name="File">The signed paper; null where the record is text.</param>
public sealed record MinutesView(string? Text, string SignedBy, DateOnly SignedOn, FileView? File);

/// <summary>A document given with a decision (结果文书).</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">Its content.</param>
public sealed record ResultView(string Name, FileView File)
{
    public static ResultView Of(ResultDocument document) => new(document.Name, FileView.Of(document.File)!);
}

/// <summary>A pledge (容缺承诺).</summary>
/// <param name="Code">The item's code for the material.</param>
/// <param name="SupplyBy">The last day it may come in.</param>
/// <param name="Digest">The digest of the text that was signed.</param>
/// <param name="Signatory">Who signed.</param>
/// <param name="SignedAt">When it was signed.</param>
/// <param name="State">Whether the material has come in.</param>
/// <param name="RemindedAt">When it was called to mind (提醒), three days before the last one; null until then.</param>
public sealed record PledgeView(string Code, DateOnly SupplyBy, string Digest, string Signatory, DateTimeOffset SignedAt, PledgeState State, DateTimeOffset? RemindedAt)
{
    public static PledgeView Of(PledgedMaterial p) => new(p.Made.Code, p.Made.SupplyBy, p.Made.Digest, p.Made.Signatory, p.SignedAt, p.State, p.RemindedAt);
}

/// <summary>A step of a case (办理环节).</summary>
/// <param name="Code">Unique within the case.</param>
/// <param name="Department">Whose it is.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="OpenedAt">Null until its predecessors are granted and what is due with it is in.</param>
/// <param name="DueAt">Null until it opens and while its clock stands still, unless it was over before.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="ReferredUpward">A supervisor decides it (上报).</param>
/// <param name="Refusal">Why its department refused it (不予许可); null unless it did.</param>
/// <param name="Results">Documents given with the decision (结果文书); none until then.</param>
/// <param name="AwaitedFrom">Since when it waits for the applicant (等待申请人), or did until it opened: its predecessors are granted, and what is due with it is not in. Null where it did not.</param>
/// <param name="Awaits">Codes of the materials that it waits for; empty where it waits for none.</param>
/// <param name="NotNeeded">Why, by what the application says, the law does not ask for it (无需办理), so that it is <c>waived</c>; null of any other.</param>
public sealed record StepView(
    string Code, Department Department, StepStatus Status, DateTimeOffset? OpenedAt, DateTimeOffset? DueAt, DateTimeOffset? DecidedAt,
    bool ReferredUpward, RefusalGrounds? Refusal, IReadOnlyList<ResultView> Results, DateTimeOffset? AwaitedFrom, IReadOnlyList<string> Awaits, Text? NotNeeded)
{
    public static StepView Of(StepState s, string language) => new(
        s.Code, s.Department, s.Status, s.OpenedAt, s.Due?.At, s.DecidedAt, s.ReferredUpward, s.Grounds?.In(language), [.. (s.Results ?? []).Select(ResultView.Of)],
        s.Awaited?.From, s.Status == StepStatus.Waiting ? s.Awaited?.Materials ?? [] : [], s.NotNeeded);
}

/// <summary>The three figures by which the reform is judged.</summary>
/// <param name="Statutory">What the law allows (法定时限).</param>
/// <param name="Promised">What the zone promises (承诺时限).</param>
/// <param name="Actual">Time taken (实际时限), in the promised limit's unit; null until decided.</param>
/// <param name="ExtendedBy">Working days that a release before 0.2 added to every limit; 0 where none did.</param>
/// <param name="Extension">What the one extension (延长) added to the statutory limit; null where there was none.</param>
/// <param name="Delay">It is past its limit (逾期), and why; null while it is not.</param>
/// <param name="Pauses">When the clock stood still (中止) for a special procedure.</param>
/// <param name="Waits">When it stood still because a step waited for what the applicant had to hand in (等待申请人).</param>
public sealed record CaseClock(
    ClockLine Statutory, ClockLine Promised, Limit? Actual, int ExtendedBy, Limit? Extension, CaseDelay? Delay, IReadOnlyList<CasePause> Pauses, IReadOnlyList<CaseWait> Waits)
{
    public static CaseClock Of(Case c) => new(
        ClockLine.Of(c.Plan.Statutory, c.Statutory), ClockLine.Of(c.Promise, c.Promised), c.Actual, c.ExtendedBy, c.StatutoryExtension, c.Delay, c.Pauses,
        [.. c.Steps.Where(s => s.Awaited is not null).Select(s => new CaseWait(s.Code, s.Awaited!.From, s.OpenedAt ?? s.DecidedAt))]);
}

/// <summary>A time in which a step waited for the applicant (等待申请人), and what was promised did not run.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="From">When its predecessors were granted.</param>
/// <param name="Until">When what it waited for was in, or it was cancelled; null while it waits.</param>
public sealed record CaseWait(string Step, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>A limit and when it ends.</summary>
/// <param name="Limit">How long.</param>
/// <param name="DueOn">Null before acceptance and while the clock stands still.</param>
/// <param name="DueAt">The last instant in time; null as <c>dueOn</c>.</param>
/// <param name="Provisional">It may still move: a holiday notice that may change the span is not known yet.</param>
/// <param name="Skipped">Days that were not counted; only where the clock explains itself.</param>
public sealed record ClockLine(
    Limit Limit, DateOnly? DueOn, DateTimeOffset? DueAt, bool Provisional,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SkippedDay>? Skipped = null)
{
    public static ClockLine Of(Limit limit, DueDate? due) => new(limit, due?.On, due?.At, due?.Provisional ?? false);
}
