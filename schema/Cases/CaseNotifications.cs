using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>Of which facts of a case its applicant is told, and in which words.</summary>
public static class CaseNotifications
{
    /// <summary>What the applicant is told of a fact; null for what they did themselves, or need not know.</summary>
    /// <param name="case">The case, the fact included.</param>
    /// <param name="fact">What has happened.</param>
    public static Notification? Of(Case @case, CaseFact fact)
    {
        // SIGHT-1: of what is confidential nothing goes out.
        if (@case.Plan.Confidential || Told(@case, fact) is not var (title, more))
            return null;
        // REV-1: whatever was decided, how it was handled can be rated.
        if (fact is CaseGranted or CaseRefused or CaseEnded or CaseNotAccepted)
            more = new($"{more.Zh}您可以在办件中评价本次服务。", $"{more.En} How it was handled can be rated there.");
        var (item, number) = (@case.Plan.Name, @case.Number);
        if (To(@case, fact) is not { Count: > 0 } told)
            return null;
        return new([.. told.Select(key => new Way.AsApplicant(key))], title, new($"{Text.Quoted(item.Zh)}（办件编号：{number}）：{more.Zh}", $"“{item.En}” (case {number}): {more.En}"))
        {
            IsAct = fact is CorrectionRequested or CorrectionReminded or CaseNotAccepted or CaseLapsed or CaseRefused or CaseEnded or ClockPaused or StatutoryLimitExtended or HearingCalled or StepCancelled or SignaturesAwaited
                or PledgeMissed or CommitmentOverdue or StatutoryLimitPassed or RenewalVoided,
        };
    }

    // Whoever has signed awaits the others, and need not be told; whose signature a window sent is told as well.
    private static IReadOnlyList<string> To(Case @case, CaseFact fact) =>
        fact is SignaturesAwaited { By.Role: not ActorRole.Staff } f ? [.. f.Applicant.Parties!.Where(party => party.Signature is null).Select(party => party.Applicant.Key)]
        : fact is MaterialsSupplied ? [.. @case.Applicant.Keys.Where(key => key != fact.By?.Applicant)]
        : @case.Applicant.Keys;

    private static (Text Title, Text More)? Told(Case @case, CaseFact fact) => fact switch
    {
        CaseSubmitted { By.Role: ActorRole.Staff } => (new("窗口已为您收件", "An application was taken in for you"), new(
            "窗口已以您的名义收件，大厅见办件；不是您申请的，请撤回或者投诉。", "it was taken in at a window in your name, and the hall is named there; withdraw it, or complain, if it is not yours.")),
        // Whoever has an agent knows what that one applies for, and does not only hear of it when it is granted.
        CaseSubmitted { Agent: not null, By.Applicant: null } => (new("经办人已为您提交申请", "Your agent has applied"), new(
            "经办人已以您的名义提交申请，经办人见办件；不是您委托的，请撤回。", "an agent has applied for you, who is named there; withdraw it if you have authorised nobody.")),
        // Of what is decided by its submission the answer has told already.
        CaseAccepted { By.IsPlatform: true } => null,
        MaterialsSupplied { Fields.Count: > 0 } f when f.By?.Applicant is not null || f.By?.Subject != @case.SubmittedBy || f.By?.Department == @case.Lead || @case.Agent is not null => (new("申请表已修改", "The form was changed"), Changed(f, isAgents: f.By?.Department != @case.Lead)),
        MaterialsAwaited f => (new("请提交材料", "Something is to be handed in"), Awaited(@case, f)),
        CaseAccepted { Deemed: true } f => (new("视为受理", "Accepted by law"), AcceptedByLaw(f)),
        CaseAccepted f => (new("已受理", "Accepted"), new($"已受理，承诺于{WrittenDay.Of(f.Promised.On).Zh}前（含当日）办结。", $"it is accepted, and promised by {WrittenDay.Of(f.Promised.On).En}.")),
        CorrectionRequested f => (new("请补正材料", "Something is missing"), f.Answer is { By: var by }
            ? new($"申请材料需要补正，请于{WrittenDay.Of(by).Zh}前（含当日）补正。", $"something is missing: hand it in by {WrittenDay.Of(by).En}.")
            : new("申请材料需要补正。", "something is missing: hand it in.")),
        CorrectionReminded f => (new("补正期限将至", "The time to answer a notice is nearly over"), new(
            $"请于{WrittenDay.Of(f.AnswerBy).Zh}前（含当日）补正，逾期可能终止办理。", $"hand in what is missing by {WrittenDay.Of(f.AnswerBy).En}, or the case may be closed.")),
        CaseNotAccepted => (new("不予受理", "Not accepted"), new("不予受理，理由和救济途径见办件。", "it is not accepted; why, and what can be done, is said there.")),
        CaseLapsed => (new("已终止办理", "Closed"), new("逾期未补正，已终止办理，可以重新申请。", "its notice was not answered in time, and it is closed; it can be applied for anew.")),
        CaseGranted => (new("已准予", "Granted"), new("已准予。", "it is granted.")),
        CaseRefused or CaseEnded { Outcome: CaseStatus.Refused } => (new("不予许可", "Refused"), new("不予许可，理由和救济途径见办件。", "it is refused; why, and what can be done, is said there.")),
        CaseEnded { Outcome: CaseStatus.PartlyGranted } => (new("部分准予", "Partly granted"), new("部分准予，其余不予许可，理由和救济途径见办件。", "some of it is granted and some is not; why, and what can be done, is said there.")),
        SignaturesAwaited { By.Role: ActorRole.Staff } f => (new("窗口已为您收件", "An application was taken in for you"), new(
            $"窗口已以您的名义收件，大厅见办件；尚未签署的，请于{WrittenDay.Of(f.SignBy).Zh}前（含当日）签署；不是您申请的，请撤回或者投诉。",
            $"it was taken in at a window in your name, and the hall is named there; whoever has not signed signs it by {WrittenDay.Of(f.SignBy).En}; withdraw it, or complain, if it is not yours.")),
        SignaturesAwaited f => (new("请签署申请", "Your signature is awaited"), new(
            $"请于{WrittenDay.Of(f.SignBy).Zh}前（含当日）签署，逾期视为未提交。", $"sign it by {WrittenDay.Of(f.SignBy).En}; otherwise the application lapses.")),
        SignaturesLapsed => (new("未在期限内签署", "Not signed in time"), new("未在期限内全部签署，视为未提交，可以重新申请。", "not everybody signed in time, so that it was never submitted; it can be applied for anew.")),
        // The hearing itself is told of.
        ClockPaused { Reason: not PauseReason.Hearing } f => (new("办理期限中止", "The limits stand still"), f.ExpectedUntil is { } until
            ? new($"依法需要特别程序，所需时间不计入办理期限，预计至{WrittenDay.Of(until).Zh}。", $"a special procedure takes time that does not count, until {WrittenDay.Of(until).En} as is expected.")
            : new("依法需要特别程序，所需时间不计入办理期限。", "a special procedure takes time that does not count.")),
        StatutoryLimitExtended f => (new("法定期限已延长", "The statutory limit is extended"), f.Statutory is { } due
            ? new($"法定期限延长至{WrittenDay.Of(due.On).Zh}，理由见办件；承诺的时限不变。", $"it is extended to {WrittenDay.Of(due.On).En}, and why is said there; what was promised stays.")
            : new("法定期限已延长，理由见办件；承诺的时限不变。", "why is said there; what was promised stays.")),
        LimitsSettled { Promised: { } promised } => (new("办理期限已按放假安排确定", "The limits are settled"), new(
            $"放假安排已公布，承诺于{WrittenDay.Of(promised.On).Zh}前（含当日）办结。", $"the year's holidays are known, and it is promised by {WrittenDay.Of(promised.On).En}.")),
        LimitsSettled { AcceptBy: { } by } => (new("办理期限已按放假安排确定", "The limits are settled"), new(
            $"放假安排已公布，受理与否最迟于{WrittenDay.Of(by).Zh}前（含当日）答复。", $"the year's holidays are known, and an answer is due by {WrittenDay.Of(by).En}.")),
        CaseOverdue => (new("已超过办理时限", "Past its limit"), new("已超过办理时限，办理部门将说明原因。", "it is past its limit, and the department will say why.")),
        // Of what is decided in the same moment nobody is told that it is not.
        StatutoryLimitPassed f when @case.IsAccepted => (new("已超过法定期限", "Past the statutory limit"), new(
            $"法定期限已于{WrittenDay.Of(f.DueAt).Zh}届满，尚未作出决定，救济途径见办件。", $"the law's limit ended on {WrittenDay.Of(f.DueAt).En} and it is not decided; what can be done is said there.")),
        DelayExplained => (new("已说明逾期原因", "Why it takes longer"), new("办理部门已说明超过办理时限的原因，见办件。", "the department has said why it is past its limit; it is said there.")),
        HearingCalled f => (new("将举行听证", "There will be a hearing"), new($"定于{WrittenDay.Of(f.HeldOn).Zh}举行听证，地点见听证通知书。", $"a hearing is held on {WrittenDay.Of(f.HeldOn).En}; where, the notice says.")),
        StepCancelled f when @case.Hearings.LastOrDefault(h => h.Step == f.Step) is { } hearing && @case.CalledOffAt(hearing) is not null => (new("听证不再举行", "The hearing is off"), new(
            $"原定于{WrittenDay.Of(hearing.HeldOn).Zh}举行的听证不再举行。", $"the hearing called for {WrittenDay.Of(hearing.HeldOn).En} is not held.")),
        PledgeDueSoon f => (new("容缺材料即将到期", "A pledged material is due soon"), new(
            $"请于{WrittenDay.Of(f.SupplyBy).Zh}前（含当日）补交{Text.Quoted(Material(@case, f.Code).Zh)}。", $"hand in “{Material(@case, f.Code).En}” by {WrittenDay.Of(f.SupplyBy).En}.")),
        PledgeMissed f => (new("容缺材料逾期未交", "A pledged material is overdue"), new(
            $"{Text.Quoted(Material(@case, f.Code).Zh)}应于{WrittenDay.Of(f.SupplyBy).Zh}前（含当日）补交，仍须补交。", $"“{Material(@case, f.Code).En}” was due by {WrittenDay.Of(f.SupplyBy).En}, and is still owed.")),
        CommitmentOverdue f => (new("承诺的条件逾期未报告", "What was committed to is overdue"), new(
            $"应于{WrittenDay.Of(f.MeetBy).Zh}前（含当日）具备承诺的条件并报告。", $"the conditions were to be met, and that filed, by {WrittenDay.Of(f.MeetBy).En}.")),
        RenewalDeemed f => (new("视为准予延续", "Renewed by law"), new(
            $"证照{f.Licence}届满前未作出决定，视为准予延续。", $"nobody decided before licence {f.Licence} ended: it counts as renewed.")),
        RenewalVoided f => (new("不再办理延续", "Not renewed any more"), new(
            $"本件不再延续证照{f.Licence}，按现在的事项继续办理。", $"it does not renew licence {f.Licence} any more, and goes on as an application for what its item is for now.")),
        _ => null,
    };

    // APP-4: whoever answers for what is stated knows who else has changed it.
    private static Text Changed(MaterialsSupplied f, bool isAgents) => f.By?.Applicant is not null ? new("另一位申请人修改了申请表的内容，见办件。", "somebody who applies with you changed what its form says, which is shown there.")
        : isAgents ? new("经办人修改了申请表的内容，见办件。", "your agent changed what its form says, which is shown there.")
        : new("受理部门修改了申请表的内容，见办件；不是您提出的，请要求更正或者投诉。", "the department that takes it changed what its form says, which is shown there; have it mended, or complain, if you did not ask for that.");

    // CASE-2, CLK-8: what nobody answered was accepted from the day on which it came in, and a short promise is over by then.
    private static Text AcceptedByLaw(CaseAccepted f)
    {
        var (from, promised, missed) = (WrittenDay.Of(LegalClock.DayOf(f.AcceptedAt)), WrittenDay.Of(f.Promised.On), f.Promised.At < f.At);
        return new(
            $"未在期限内答复，依法自{from.Zh}起视为受理，{(missed ? $"承诺于{promised.Zh}前（含当日）办结，未能兑现" : $"承诺于{promised.Zh}前（含当日）办结")}。",
            $"nobody answered in time, so that by law it is accepted as of {from.En}{(missed ? $"; it was promised by {promised.En}, which could not be kept" : $", and promised by {promised.En}")}.");
    }

    private static Text Awaited(Case @case, MaterialsAwaited f)
    {
        var step = @case.Plan.Steps.First(s => s.Code == f.Step).Name;
        var materials = Text.List([.. f.Materials.Select(code => Material(@case, code)).Select(m => new Text(Text.Quoted(m.Zh), $"“{m.En}”"))]);
        return new(
            $"{Text.Quoted(step.Zh)}待收到{materials.Zh}后开始，等待期间不计入承诺时限。",
            $"“{step.En}” begins once {materials.En} is in, and what was promised does not run until then.");
    }

    private static Text Material(Case @case, string code) => @case.Plan.Materials.FirstOrDefault(m => m.Code == code)?.Name ?? new(code, code);
}
