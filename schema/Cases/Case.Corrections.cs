using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Cases;

// Everything that is missing is said in one notice (CASE-3); until when it can be answered, and what follows when nobody does (CASE-14).
public sealed partial record Case
{
    /// <summary>Working days, of those the lead has to answer, in which the other departments say what they miss (JOINT-5).</summary>
    public const int AddWithin = 3;

    private const int MostLines = 100;

    // When the applicant is to be reminded of the notice that is open.
    private DateTimeOffset? RemindAt => Status == CaseStatus.CorrectionRequested && Notices is [.., { RemindAt: { } at, RemindedAt: null }] ? at : null;

    private Decision<CaseFact> RequestCorrection(SendCorrectionNotice c, CaseAsking asked)
    {
        if (NotLead(asked.By) is { } refused)
            return refused;
        // JOINT-5: the one notice holds what every department misses.
        CorrectionLine[] added = [.. (Added ?? []).SelectMany(a => a.Lines)];
        if (LinesRefused(c.Lines, added.Length == 0 ? 1 : 0, Plan.Materials, Plan.Form?.Fields ?? []) is { } wrong)
            return wrong;
        if (Status != CaseStatus.Submitted)
            return InThisState("发出补正告知", "sending a correction notice");
        CorrectionLine[] all = [.. c.Lines, .. added];
        MaterialProved[] others = [.. Proved.Where(p => all.Any(l => l.AnotherThing == true && l.Material == p.Code))];
        return Decision<CaseFact>.Of(
        [
            .. others.Length == 0 ? [] : new CaseFact[] { new ProofsEnded(asked.Now, asked.By, others, ProofEnd.AnotherThing) },
            new CorrectionRequested(asked.Now, asked.By, all, AnswerFrom(asked.Now, asked)),
        ]);
    }

    private Refusal? LinesRefused(IReadOnlyList<CorrectionLine> lines, int fewest, IReadOnlyList<Material> known, IReadOnlyList<Field> fields)
    {
        if (lines.Count < fewest || lines.Count > MostLines)
            return CaseRefusals.CorrectionEmpty.At("/lines");
        if (Refusal.AllOf(lines.Index().SelectMany(l => LineRefused(l.Item, known, fields, $"/lines/{l.Index}"))) is { } wrong)
            return wrong;
        // CASE-3: only what came in after the last notice can be news, to whoever was silent as well (JOINT-5), and what is missing since.
        return Notices.Count > 0 && lines.Any(l => !IsNews(l, Notices[^1])) ? CaseRefusals.CorrectionAlreadySent : null;
    }

    private bool IsNews(CorrectionLine line, CorrectionNotice since) => (line.Material, line.FieldName) switch
    {
        (null, null) => false,
        ({ } material, null) => since.Supplied.Contains(material) || Unproved?.Any(u => u.Code == material) == true,
        (null, { } field) => since.Mended?.Contains(field) == true,
        ({ } material, { } field) => since.Supplied.Contains(material) && since.Mended?.Contains(field) == true,
    };

    private IEnumerable<Refusal> LineRefused(CorrectionLine line, IReadOnlyList<Material> known, IReadOnlyList<Field> fields, string at)
    {
        if (line.FieldName is { } named && fields.All(field => field.Name != named))
            yield return CaseRefusals.FieldUnknown.At($"{at}/field");
        if (!IsText(line.Text))
            yield return CaseRefusals.CorrectionEmpty.At($"{at}/text");
        if (line.Material is { } code && known.All(m => m.Code != code))
            yield return MaterialUnknown(known).At($"{at}/material");
        // JOINT-6: what is due when its step opens, nobody asks for before.
        if (known.Any(m => m.Code == line.Material && m.NeededBy == MaterialNeed.Step && !Has(m.Code)))
            yield return CaseRefusals.MaterialNotDue.At($"{at}/material");
        if (line.AnotherThing == true && Proved.All(p => p.Code != line.Material))
            yield return CaseRefusals.MaterialNotProved.At($"{at}/anotherThing");
        if (Proved.FirstOrDefault(p => p.Code == line.Material) is { Licence: { } licence } && LicenceKind.Of(licence.Code).BoundToThing is var bound && !(bound && line.AnotherThing == true))
            yield return CaseRefusals.MaterialProved.Because(
                $"申请人持有的{licence.Name.Zh}已证明该材料，不得要求重复提交{(bound ? "；该证照不属于本次申请的对象的，以 anotherThing 说明" : "")}。",
                $"The applicant's {licence.Name.En} proves it, and nothing is asked for twice{(bound ? ". Where that one is of another thing than what is applied for, anotherThing says so" : "")}.").At($"{at}/material");
    }

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
        if (c.Lines.All((Added ?? []).Where(a => a.Department == own).SelectMany(a => a.Lines).Contains))
            return Decision<CaseFact>.Nothing;
        if ((Added ?? []).Sum(a => a.Lines.Count) + c.Lines.Count > MostLines)
            return CaseRefusals.CorrectionEmpty.At("/lines");
        var until = After(AddWithin, MaterialsInAt, asked);
        return LegalClock.IsOver(until, asked.Now)
            ? CaseRefusals.LinesTooLate.Because($"最后一日为{LegalClock.DayOf(until):yyyy-MM-dd}。", $"The last day was {LegalClock.DayOf(until):yyyy-MM-dd}.")
            : new CorrectionLinesAdded(asked.Now, asked.By, own, c.Lines);
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
        if (NotLeadsSupervisor(asked.By, CaseRefusals.OnlyASupervisorRefuses) is { } refused)
            return refused;
        if (Lapsed?.Reason == c.Reason)
            return Decision<CaseFact>.Nothing;
        if (Status != CaseStatus.CorrectionRequested)
            return InThisState("因逾期未补正终止", "closing it for want of an answer");
        if (!IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        var (by, reminded) = (Notices[^1].AnswerBy, Notices[^1].RemindedAt);
        // Who was reminded late has the days they should have had.
        var last = reminded is null || reminded <= by ? by : After(asked.Policy.RemindBefore, reminded.Value, asked);
        if (reminded is null || !LegalClock.IsOver(last, asked.Now))
            return CaseRefusals.LapseTooEarly.Because(
                last is { } end ? $"补正期限至{LegalClock.DayOf(end):yyyy-MM-dd}，此前须提醒一次。" : "该补正告知没有载明期限。",
                last is { } day ? $"It can be answered until {LegalClock.DayOf(day):yyyy-MM-dd}, and is to be called to mind once before." : "The notice names no day.");
        return Decision<CaseFact>.Of(
        [
            .. Cancelled(asked.By, CancelledBecause.CaseLapsed, asked.Now, Steps),
            new CaseLapsed(asked.Now, asked.By, new(c.Reason, [Remedy.Against(RemedyAct.Lapse, Lead)])),
        ]);
    }

    private static AnswerTime AnswerFrom(DateTimeOffset from, CaseAsking asked) => new(
        After(asked.Policy.AnswerWithin, from, asked), After(Math.Max(1, asked.Policy.AnswerWithin - asked.Policy.RemindBefore), from, asked));

    private static DateTimeOffset After(int workingDays, DateTimeOffset from, CaseAsking asked) =>
        asked.Clock.Simulate(from, Limit.WorkingDays(workingDays)).DueAt;

    private Case With(CorrectionRequested f) => this with
    {
        Status = CaseStatus.CorrectionRequested,
        AcceptBy = null,
        AnswerStopped = StoppedAt(f.At),
        Added = null,
        // What was found with the notice itself, who wrote it did not know.
        Unproved = Unproved?.Where(u => u.At == f.At && f.Lines.All(line => line.Material != u.Code)).ToArray() is { Length: > 0 } unknown ? unknown : null,
        Notices = [.. Notices, new CorrectionNotice(f.At, f.Lines, []).Answerable(f.Answer)],
    };

    private Case WithNotice(Func<CorrectionNotice, CorrectionNotice> change) =>
        this with { Notices = [.. Notices.Select((n, i) => i == Notices.Count - 1 ? change(n) : n)] };
}

/// <summary>The one list of everything that is missing (一次性告知补正).</summary>
/// <param name="Lines">1 to 100, each naming the material or the field of the form it is about, or none for the application itself; what other departments added is sent with them.</param>
public sealed record SendCorrectionNotice(IReadOnlyList<CorrectionLine> Lines) : CaseCommand;

/// <summary>What a department with a step misses besides, for the one notice that the lead department sends.</summary>
/// <param name="Lines">1 to 100, each naming a material or a field of the form that the department's steps need, or none for the application itself.</param>
public sealed record AddCorrectionLines(IReadOnlyList<CorrectionLine> Lines) : CaseCommand;

/// <summary>More time to answer the correction notice, once.</summary>
/// <param name="Reason">Why it is needed.</param>
public sealed record ExtendNotice(string Reason) : CaseCommand;

/// <summary>Closing a case whose correction notice nobody answered in time (逾期未补正). A new application is as good as the first.</summary>
/// <param name="Reason">Why; the applicant is told.</param>
public sealed record LapseCase(string Reason) : CaseCommand;

/// <summary>Section <c>Corrections</c>: how long applicants have to answer a correction notice.</summary>
public sealed record CorrectionOptions
{
    /// <summary>Working days to answer it, and again when they are extended.</summary>
    [Range(2, 250)]
    public int AnswerWithin { get; init; } = 20;

    /// <summary>So many working days before the end the applicant is reminded; fewer than there are to answer.</summary>
    [Range(1, 249)]
    public int RemindBefore { get; init; } = 5;
}

/// <summary>The one list of everything that is missing (一次性告知补正).</summary>
/// <param name="Answer">Until when it can be answered; null in notices of releases before 0.2, which named no day.</param>
[Alias("case_correction_requested")]
public sealed record CorrectionRequested(
    DateTimeOffset At, Actor By, IReadOnlyList<CorrectionLine> Lines, AnswerTime? Answer = null) : CaseFact(At, By);

/// <summary>A department with a step said what it misses besides, for the lead to send with its notice (JOINT-5).</summary>
[Alias("case_correction_lines_added")]
public sealed record CorrectionLinesAdded(DateTimeOffset At, Actor By, Department Department, IReadOnlyList<CorrectionLine> Lines) : CaseFact(At, By);

/// <summary>The applicant was reminded of the correction notice that is open.</summary>
/// <param name="By">Null: the clock did it.</param>
/// <param name="AnswerBy">Until when it can be answered.</param>
[Alias("case_correction_reminded")]
public sealed record CorrectionReminded(DateTimeOffset At, Actor? By, DateTimeOffset AnswerBy) : CaseFact(At, By);

/// <summary>The applicant has more time to answer the correction notice.</summary>
[Alias("case_correction_extended")]
public sealed record CorrectionExtended(DateTimeOffset At, Actor By, AnswerTime Answer, [Personal] string Reason) : CaseFact(At, By);

/// <summary>Nobody answered the correction notice in time, and a supervisor closed the case, without prejudice to a new application (CASE-14).</summary>
/// <param name="Lapse">Null only in what a department sees that is not the lead.</param>
[Alias("case_lapsed")]
public sealed record CaseLapsed(DateTimeOffset At, Actor By, Lapse? Lapse) : CaseFact(At, By);

/// <summary>The one list of everything that was missing (一次性告知补正), and what has come in since.</summary>
/// <param name="SentAt">When it was sent.</param>
/// <param name="Lines">What was missing.</param>
/// <param name="Supplied">Codes of the materials that have come in since.</param>
/// <param name="AnswerBy">Until when it can be answered before the case may be closed; null in notices of releases before 0.2, which named no day.</param>
/// <param name="RemindAt">When the applicant is reminded of it; null for the same.</param>
/// <param name="RemindedAt">When the applicant was reminded of it; null until then.</param>
/// <param name="ExtendedAt">When the applicant was given more time, which happens once; null until then.</param>
/// <param name="Mended">Names of the fields of the form that have changed since; absent where none has.</param>
public sealed record CorrectionNotice(
    DateTimeOffset SentAt, IReadOnlyList<CorrectionLine> Lines, IReadOnlyList<string> Supplied, DateTimeOffset? AnswerBy = null, DateTimeOffset? RemindAt = null,
    DateTimeOffset? RemindedAt = null, DateTimeOffset? ExtendedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Mended = null)
{
    /// <summary>The notice with other times to answer it; of each end there is one reminder (CASE-14).</summary>
    internal CorrectionNotice Answerable(AnswerTime? answer) => this with { AnswerBy = answer?.By, RemindAt = answer?.RemindAt, RemindedAt = null };

    /// <summary>Something came in since, and nothing it asks for by name is missing.</summary>
    public bool IsAnswered() => (Supplied.Count > 0 || Mended is not null) && !Outstanding([], []).Any();

    internal CorrectionNotice With(IEnumerable<string> supplied, IReadOnlyList<string>? mended) => this with
    {
        Supplied = [.. Supplied.Union(supplied)],
        Mended = mended is null ? Mended : [.. (Mended ?? []).Union(mended)],
    };

    /// <summary>Lines about a material that has not come in since, or a field that has not been mended.</summary>
    public IEnumerable<CorrectionLine> Outstanding(IReadOnlyList<string> alsoSupplied, IReadOnlyList<string> alsoMended) => Lines.Where(l =>
        (l.Material is not null && !Supplied.Contains(l.Material) && !alsoSupplied.Contains(l.Material))
        || (l.FieldName is { } field && Mended?.Contains(field) != true && !alsoMended.Contains(field)));
}

/// <summary>One thing that is missing or wrong.</summary>
/// <param name="Text">What to do about it, in the department's words.</param>
/// <param name="Material">The material concerned; null for a remark about the application itself, or about a field.</param>
/// <param name="Field">The field of the form concerned: its name at the top, or a pointer to it or into it, <c>/form/area</c>; absent for none.</param>
/// <param name="AnotherThing">
/// The licence that proves the material is of another thing than what is applied for (another project, another building, another device), so that the material is missing; the text
/// says why. Of licences alone that are about one thing; absent otherwise.
/// </param>
public sealed record CorrectionLine(
    [Personal] string Text, string? Material = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? AnotherThing = null)
{
    /// <summary>The name of the field at the top that it is about; null for none.</summary>
    [JsonIgnore]
    public string? FieldName => Field?.Split('/') switch { null => null, ["", "form", var name, ..] => name, [var name] => name, _ => "" };
}

/// <summary>What a department misses, to be sent with the lead's notice.</summary>
/// <param name="Department">Which.</param>
/// <param name="Lines">What is missing.</param>
public sealed record AddedLines(Department Department, IReadOnlyList<CorrectionLine> Lines);

/// <summary>A correction notice of an item the case is not for any more.</summary>
/// <param name="Item">The item's code.</param>
public sealed record VoidNotice(string Item, CorrectionNotice Notice);

/// <summary>Until when a correction notice can be answered.</summary>
/// <param name="By">The last moment in time.</param>
/// <param name="RemindAt">When the applicant is reminded.</param>
public sealed record AnswerTime(DateTimeOffset By, DateTimeOffset RemindAt);

/// <summary>That a case was closed because nobody answered its correction notice (逾期未补正终止).</summary>
/// <param name="Reason">Why (理由).</param>
/// <param name="Remedies">What the law gives the applicant against it (救济途径).</param>
public sealed record Lapse([Personal] string Reason, IReadOnlyList<Remedy> Remedies)
{
    /// <summary>The same as it is read, with names and addresses for a language tag.</summary>
    public Lapse In(string language) => this with { Remedies = [.. Remedies.Select(remedy => remedy.In(language))] };
}

public static partial class CaseRefusals
{
    /// <summary>JOINT-3.</summary>
    public static readonly Refusal FieldUnknown = new("case.field-unknown", 422,
        new("申请表没有此项，或者本部门的环节不需要此项", "The form has no such field, or the department's steps do not need it"),
        new("field 为申请表顶层字段名，或以 /form/ 开头的指针。", "field is the name of a field at the top of the form, or a pointer that begins with /form/."));

    /// <summary>JOINT-6.</summary>
    public static readonly Refusal MaterialNotDue = new("case.material-not-due", 422,
        new("尚未到提交该材料的时间", "The material is not due yet"),
        new("需要该材料的环节开始时才须提交。", "It is due when a step opens that needs it."));

    public static readonly Refusal MaterialNotProved = new("case.material-not-proved", 422,
        new("没有证照证明该材料", "No licence proves the material"),
        new("anotherThing 仅说明：证明该材料的证照不属于本次申请的对象。", "anotherThing says of a licence that proves a material that it is of another thing, and nothing else."));

    public static readonly Refusal CorrectionEmpty = new("case.correction-empty", 422,
        new("补正告知没有内容", "The correction notice says nothing"),
        new("至少一项，至多一百项，每项须写明要求。", "It has 1 to 100 lines, and each says what to do."));

    /// <summary>CASE-3.</summary>
    public static readonly Refusal CorrectionAlreadySent = new("case.correction-already-sent", 409,
        new("补正内容应当一次性告知", "Everything missing is said in one notice"),
        new("只有首次告知之后提交的材料才可以再次要求补正。",
            "A second notice may only be about materials that came in after the first."));

    /// <summary>JOINT-5.</summary>
    public static readonly Refusal LinesTooLate = new("case.lines-too-late", 409,
        new("各部门须在三个工作日内提出补正内容", "Departments say what they miss within three working days"));

    /// <summary>JOINT-5.</summary>
    public static readonly Refusal LinesWaiting = new("case.lines-waiting", 409,
        new("其他部门提出的补正内容尚未告知申请人", "What another department misses has not been sent"),
        new("请先一次性告知补正。", "Send the correction notice first."));

    /// <summary>CASE-14.</summary>
    public static readonly Refusal NoticeExtended = new("case.notice-extended", 409,
        new("补正期限只能延长一次", "The time to answer a notice is extended once"));

    /// <summary>CASE-14.</summary>
    public static readonly Refusal LapseTooEarly = new("case.lapse-too-early", 409,
        new("补正期限未满或尚未提醒申请人", "There is still time to answer the notice, or nobody was reminded of it"));
}
