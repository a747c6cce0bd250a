using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.Cases;

// What a clerk does instead of refusing (CASE-4): a step goes to the right department or upward, a case to the right item.
public sealed partial record Case
{
    private Decision<CaseFact> Move(ReferCase c, CaseAsking asked)
    {
        if (asked.Item is not { Item: var item } published)
            return CaseRefusals.ItemUnknown.At("/item");
        if (Status is not (CaseStatus.Submitted or CaseStatus.CorrectionRequested))
            return InThisState("转为其他事项", "moving it to another item");
        if (NotLead(asked.By) is { } refused)
            return refused;
        if (!IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        if (item.IsEnded(LegalClock.DayOf(asked.Now)))
            return (CaseRefusals.ItemAbolished with { Detail = item.InsteadOf }).At("/item");
        if (item.Code == Plan.Item)
            return CaseRefusals.AlreadyThere.Because($"办件已按事项 {item.Code} 办理。", $"It is a case for {item.Code} already.").At("/item");
        if ((NotOffered(item, Applicant) ?? RolesRefused(item, Applicant).FirstOrDefault()) is { } others)
            return (others with { Fields = [] }).At("/item");
        // SIGHT-1: what others have seen does not become confidential, nor the other way round.
        if (item.Confidential || Plan.Confidential)
            return CaseRefusals.ItemConfidential.At("/item");
        if (BarRefused(asked) is { } barred)
            return barred.At("/item");
        if (item.Cancels is { } kind && CancellationRefused(kind, named: null, Applicant, asked) is { } heldBack)
            return heldBack.At("/item");
        if (RenewalRefused(item, asked) is { } notRenewed)
            return notRenewed.At("/item");
        // CASE-3: an item has one notice; where the case was for it before and the applicant still owes the answer, it is asked for again.
        var reopened = VoidNotices.LastOrDefault(v => v.Item == item.Code) is { } former && !former.Notice.IsAnswered();
        // CASE-2: a correction notice of the item it was moved from asks for nothing any more, so the department has to answer.
        var answerDue = Status == CaseStatus.CorrectionRequested && !reopened ? AnswerDueAfterStop(asked.Clock, asked.Now) : null;
        CaseFact[] moved =
        [
            new CaseMovedToItem(asked.Now, asked.By, CasePlan.Of(published), c.Reason, answerDue?.DueAt, reopened, reopened ? AnswerFrom(asked.Now, asked) : null, answerDue?.Provisional == true, LeavesRenewal: Renewal is not null),
            .. FoundAgain(item, asked), .. item.Renewal is null || HasLeft(item) ? [] : Renewed(item, asked, SubmittedAt, committed: false), .. Cancelled(item.Cancels, Applicant, asked),
        ];
        return Decision<CaseFact>.Of([.. moved, .. moved.Aggregate(this, Evolve).AtOnce(asked)]);
    }

    private Decision<CaseFact> Redirect(ReferCase c, CaseAsking asked)
    {
        if (StepToRefer(c, asked, new("转交其他部门", "redirecting a step to another department"), out var step) is { } refused)
            return refused;
        var to = c.Department ?? throw new ArgumentException("It names no department.", nameof(c));
        if (to == step.Department)
            return CaseRefusals.AlreadyThere.Because($"环节 {step.Code} 已由{to.Name().Zh}办理。", $"Step {step.Code} is with {to.Name().En} already.").At("/department");
        // No department becomes an authority by courtesy: the item names those that are.
        var named = Plan.Departments();
        return named.Contains(to)
            ? new StepRedirected(asked.Now, asked.By, step.Code, step.Department, to, c.Reason)
            : CaseRefusals.DepartmentNotOfItem.Because($"事项载明的部门：{Listed(named).Zh}。", $"The item names: {Listed(named).En}.").At("/department");
    }

    private Decision<CaseFact> ReferUpward(ReferCase c, CaseAsking asked)
    {
        if (StepToRefer(c, asked, new("上报负责人", "referring a step upward"), out var step) is { } refused)
            return refused;
        return step.ReferredUpward ? Decision<CaseFact>.Nothing : new StepReferredUpward(asked.Now, asked.By, step.Code, c.Reason);
    }

    // Wherever a step goes: while the case goes on, for a reason, and one's own.
    private Refusal? StepToRefer(ReferCase c, CaseAsking asked, Text doing, [NotNull] out StepState? step)
    {
        step = null!;
        if (IsEnded)
            return InThisState(doing.Zh, doing.En);
        return IsText(c.Reason) ? OwnStep(asked.By, c.Step, s => s.IsUnfinished, out step) : CaseRefusals.ReasonMissing.At("/reason");
    }

    // CASE-3: what the new item needs could not be said in a notice of the old one, but in one of its own, sent when the case was for it before.
    private Case With(CaseMovedToItem f)
    {
        var notices = VoidNotices.Concat(Notices.Select(n => new VoidNotice(Plan.Item, n))).ToLookup(v => v.Item == f.Plan.Item);
        return this with
        {
            Plan = f.Plan,
            Lead = f.Plan.Department,
            Steps = StepsOf(f.Plan),
            Exemption = null,
            Renewal = null,
            LeftRenewal = f.LeavesRenewal ? new(Plan.Item, Renewal!) : LeftRenewal,
            Cancels = null,
            Added = null,
            Notices = [.. notices[true].Select((v, i) => f.Answer is not null && i == notices[true].Count() - 1 ? v.Notice.Answerable(f.Answer) : v.Notice)],
            VoidNotices = [.. notices[false]],
            Pledges = [.. Pledges.Where(p => f.Plan.Materials.Any(m => m.Code == p.Made.Code && m.Deferrable))],
            Status = f.NoticeReopened ? CaseStatus.CorrectionRequested : CaseStatus.Submitted,
            MaterialsInAt = f.AcceptBy is null ? MaterialsInAt : f.At,
            AcceptBy = f.NoticeReopened ? null : f.AcceptBy ?? AcceptBy,
            AcceptByProvisional = f.AcceptBy is null ? AcceptByProvisional : f.AcceptByProvisional,
            AnswerStopped = f.NoticeReopened ? StoppedAt(f.At) : AnswerStopped,
        };
    }

    private Case LedAfter(StepRedirected f)
    {
        var first = Plan.Steps.Where(s => s.After.Count == 0).Select(s => s.Code).ToHashSet();
        var stays = f.From != Lead || Wanted.Any(s => s.Department == Lead && (IsAccepted || first.Contains(s.Code)));
        return stays ? this : this with { Lead = f.To };
    }
}

/// <summary>A referral: what a clerk does instead of refusing (CASE-4).</summary>
/// <param name="Kind">Where it goes.</param>
/// <param name="Reason">Why.</param>
/// <param name="Step">With kinds <c>department</c> and <c>upward</c>: the step; may be left out where the department has one.</param>
/// <param name="Department">With kind <c>department</c>: the right one.</param>
/// <param name="Item">With kind <c>item</c>: the right one.</param>
public sealed record ReferCase(ReferralKind Kind, string Reason, string? Step = null, Department? Department = null, string? Item = null) : CaseCommand
{
    [JsonIgnore]
    public override string? ItemNamed => Item;
}

/// <summary>Where a referral goes.</summary>
public enum ReferralKind
{
    /// <summary>A step goes to the department that is right for it.</summary>
    Department,

    /// <summary>A case not yet accepted goes to the item that is right for it.</summary>
    Item,

    /// <summary>A step is left to a supervisor.</summary>
    Upward,
}

/// <summary>Before acceptance the case was moved to the item that is right for it: the explicit, recorded act of CAT-4.</summary>
/// <param name="AcceptBy">Set when a correction notice was open, which is void now, so that the rest of the five days runs; otherwise null.</param>
/// <param name="NoticeReopened">It was for that item before, and the applicant has not answered that item's notice: it is open again.</param>
/// <param name="Answer">Until when that notice can be answered then; null where none is reopened, and in releases before 0.2.</param>
/// <param name="AcceptByProvisional">The holidays that it depends on are not published yet, and it may move when they are (CLK-2); absent where they are.</param>
/// <param name="LeavesRenewal">The renewal that was asked for with the item before waits for it to come back; absent where there was none, and in releases before, which dropped it.</param>
[Alias("case_moved_to_item")]
public sealed record CaseMovedToItem(
    DateTimeOffset At, Actor By, CasePlan Plan, [Personal] string Reason, DateTimeOffset? AcceptBy = null, bool NoticeReopened = false,
    AnswerTime? Answer = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AcceptByProvisional = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool LeavesRenewal = false) : CaseFact(At, By);

/// <summary>A step went to the department that is right for it.</summary>
[Alias("step_redirected")]
public sealed record StepRedirected(
    DateTimeOffset At, Actor By, string Step, Department From, Department To, [Personal] string Reason) : CaseFact(At, By), IStepFact;

/// <summary>A clerk who may not refuse referred the step to a supervisor (CASE-4).</summary>
[Alias("step_referred_upward")]
public sealed record StepReferredUpward(DateTimeOffset At, Actor By, string Step, [Personal] string Reason) : CaseFact(At, By), IStepFact;

public static partial class CaseRefusals
{
    public static readonly Refusal AlreadyThere = new("case.already-there", 409,
        new("已在该部门或该事项", "It is with that department or item already"));

    public static readonly Refusal DepartmentNotOfItem = new("case.department-not-of-item", 422,
        new("该事项与此部门无关", "The item does not name this department"));

    public static readonly Refusal ReferredUpward = new("case.referred-upward", 403,
        new("该环节已上报负责人", "The step has been referred to a supervisor"),
        new("由负责人决定。", "A supervisor decides it now."));
}
