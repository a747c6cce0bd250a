using System.Text.Json;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Cases;

// Until when a correction notice can be answered, and what follows when nobody does (CASE-14).
public sealed partial record Case
{
    // When the applicant is to be reminded of the notice that is open.
    private DateTimeOffset? RemindAt => Status == CaseStatus.CorrectionRequested && Notices is [.., { RemindAt: { } at, RemindedAt: null }] ? at : null;

    /// <summary>Working days, of those the lead has to answer, in which the other departments say what they miss (JOINT-5).</summary>
    public const int AddWithin = 3;

    private const int MostLines = 100;

    private Decision<CaseFact> Add(AddCorrectionLines c, CaseAsking asked)
    {
        if (asked.By.Department is not { } own || Steps.All(s => s.Department != own))
            return CaseRefusals.NotYourDepartment;
        if (Status != CaseStatus.Submitted)
            return InThisState("补充补正内容", "adding to its correction notice");
        // What other departments' steps need is not theirs to see, and so not to ask for (JOINT-3).
        var needed = Plan.Steps.Where(s => Step(s.Code)!.Department == own).SelectMany(s => s.Materials).ToHashSet();
        HashSet<string> steps = [.. Steps.Where(s => s.Department == own).Select(s => s.Code)];
        if (LinesRefused(c.Lines, 1, [.. Plan.Materials.Where(m => needed.Contains(m.Code))], [.. Plan.Form?.NeededBy(steps) ?? []]) is { } wrong)
            return wrong;
        if ((Added ?? []).Sum(a => a.Lines.Count) + c.Lines.Count > MostLines)
            return CaseRefusals.CorrectionEmpty.At("/lines");
        var until = After(AddWithin, MaterialsInAt, asked);
        return asked.Now <= until
            ? new CorrectionLinesAdded(asked.Now, asked.By, own, c.Lines)
            : CaseRefusals.LinesTooLate.Because($"最后一日为{LegalClock.DayOf(until):yyyy-MM-dd}。", $"The last day was {LegalClock.DayOf(until):yyyy-MM-dd}.");
    }

    private Decision<CaseFact> Extend(ExtendNotice c, CaseAsking asked)
    {
        if (!SpeaksForApplicant(asked.By))
            return CaseRefusals.NotYourCase;
        if (Status != CaseStatus.CorrectionRequested)
            return InThisState("延长补正期限", "extending the time to answer its notice");
        if (!IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        if (Notices[^1].ExtendedAt is not null)
            return CaseRefusals.NoticeExtended;
        // From the end of the time there was, or, where the notice named no day, from now.
        return new CorrectionExtended(asked.Now, asked.By, AnswerFrom(Notices[^1].AnswerBy ?? asked.Now, asked), c.Reason);
    }

    private Decision<CaseFact> Close(LapseCase c, CaseAsking asked)
    {
        if (NotLead(asked.By) is { } refused)
            return refused;
        if (!asked.By.IsSupervisor)
            return CaseRefusals.OnlyASupervisorRefuses;
        if (Lapsed?.Reason == c.Reason)
            return Decision<CaseFact>.Nothing;
        if (Status != CaseStatus.CorrectionRequested)
            return InThisState("因逾期未补正终止", "closing it for want of an answer");
        if (!IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        var (by, reminded) = (Notices[^1].AnswerBy, Notices[^1].RemindedAt);
        // Who was reminded late has the days they should have had.
        var last = reminded is null || reminded <= by ? by : After(asked.Policy.RemindBefore, reminded.Value, asked);
        if (reminded is null || last is null || asked.Now <= last)
            return CaseRefusals.LapseTooEarly.Because(
                last is { } end ? $"补正期限至{LegalClock.DayOf(end):yyyy-MM-dd}，此前须提醒一次。" : "该补正告知没有载明期限。",
                last is { } day ? $"It can be answered until {LegalClock.DayOf(day):yyyy-MM-dd}, and is to be called to mind once before." : "The notice names no day.");
        return Decision<CaseFact>.Of(
        [
            .. Cancelled(asked.By, CancelledBecause.CaseLapsed, asked.Now, Steps),
            new CaseLapsed(asked.Now, asked.By, new(c.Reason, [Remedy.Against(RemedyAct.Lapse, Lead)])),
        ]);
    }

    // CASE-11: what the notice names changes, and before there is one whatever is wrong (CASE-15). What the form itself finds wrong, after the case
    // was moved to another item, may be mended as well. The whole is checked again.
    private (string? Form, IReadOnlyList<string>? Mended, Refusal? Wrong) Mend(JsonElement changes, CaseAsking asked)
    {
        var today = LegalClock.DayOf(asked.Now);
        if (Plan.Form is not { } form || AnswerText.Read(Form) is not { } before)
            return (null, null, FormRefusals.FieldNotAsked.Because("该办件没有申请表。", "The case has no form.").At("/form"));
        if (!AnswerText.IsReadable(changes))
            return (null, null, FormRefusals.FieldInvalid.Because("须为 JSON 对象。", "It is a JSON object.").At("/form"));
        string[] mended = [.. changes.EnumerateObject().Select(change => change.Name)];
        var known = AnswerText.Read(AnswerText.Only(Form, name => form.Fields.Any(field => field.Name == name)))!.Value;
        HashSet<string?> may = Notices.Count == 0 ? [.. mended]
            : [.. Notices[^1].Lines.Select(line => line.FieldName), .. FormAnswer.Refusals(form, known, today).SelectMany(wrong => wrong.Fields).Select(wrong => wrong.Pointer.Split('/').ElementAtOrDefault(2))];
        var answer = AnswerText.With(known, changes);
        Refusal[] refused =
        [
            .. mended.Where(name => !may.Contains(name) && form.Fields.Any(field => field.Name == name)).Select(name => CaseRefusals.FieldNotNamed.At($"/form/{name}")),
            .. FormAnswer.Refusals(form, answer, today),
            .. FilesRefused(AnswerFiles.In(form, changes), asked, Files),
        ];
        return refused.Length > 0 ? (null, null, Refusal.AllOf(refused)) : (AnswerText.Of(answer), mended, null);
    }

    private static AnswerTime AnswerFrom(DateTimeOffset from, CaseAsking asked) => new(
        After(asked.Policy.AnswerWithin, from, asked), After(Math.Max(1, asked.Policy.AnswerWithin - asked.Policy.RemindBefore), from, asked));

    private static DateTimeOffset After(int workingDays, DateTimeOffset from, CaseAsking asked) =>
        asked.Clock.Simulate(from, Limit.WorkingDays(workingDays)).DueAt;

    private Case WithNotice(Func<CorrectionNotice, CorrectionNotice> change) =>
        this with { Notices = [.. Notices.Select((n, i) => i == Notices.Count - 1 ? change(n) : n)] };
}
