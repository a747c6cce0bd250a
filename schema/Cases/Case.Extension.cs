using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.Cases;

// The one extension of the statutory limit (CLK-4).
public sealed partial record Case
{
    /// <summary>What was added to the statutory limit; null for nothing.</summary>
    [JsonIgnore]
    public Limit? StatutoryExtension => Extension ?? PromisedExtension;

    /// <summary>What was added to the promised limit as well, as releases before 0.2 did; null for nothing.</summary>
    [JsonIgnore]
    public Limit? PromisedExtension => InWorkingDays(ExtendedBy);

    // CLK-4, 行政许可法 art. 42.
    private Decision<CaseFact> Extend(ExtendLimit c, CaseAsking asked)
    {
        if (NotLeadsSupervisor(asked.By, CaseRefusals.OnlyASupervisorExtends) is { } refused)
            return refused;
        if (!IsAccepted)
            return InThisState("延长期限", "extending its limit");
        if (StatutoryExtension is { } extended)
            return CaseRefusals.AlreadyExtended.Because(
                $"已延长{CaseWords.Of(extended).Zh}{(Statutory is null ? "" : $"，至{Statutory.On:yyyy-MM-dd}")}。", $"It was, by {CaseWords.Of(extended).En}{(Statutory is null ? "" : $", to {Statutory.On:yyyy-MM-dd}")}.");
        // What stands still now may have ended before it did.
        if (asked.Clock.Due(AcceptedAt!.Value, Plan.Statutory, Hall, StatutoryStops) is { } due && LegalClock.IsOver(due.DueAt, asked.Now))
            return CaseRefusals.StatutoryLimitPassed.Because($"法定时限已于{due.DueOn:yyyy-MM-dd}届满。", $"It ended on {due.DueOn:yyyy-MM-dd}.");
        if (Refusal.AllOf([.. ExtensionRefused(c.By), .. CaseRefusals.ReasonMissing.At("/reason").When(!IsText(c.Reason))]) is { } invalid)
            return invalid;
        return new StatutoryLimitExtended(
            asked.Now, asked.By, c.By, c.Reason, IsOn(StatutoryStops) ? null : (this with { Extension = c.By }).StatutoryDue(asked.Clock, Pauses));
    }

    private IEnumerable<Refusal> ExtensionRefused(Limit by)
    {
        if (Plan.Extension is not { } most)
            return [CaseRefusals.ExtensionOutOfRange.Because("该事项的法律不允许延长。", "The item's law knows no extension.").At("/by")];
        var words = CaseWords.Of(most);
        var refusal = CaseRefusals.ExtensionOutOfRange.Because($"该事项最多延长{words.Zh}。", $"The item's may be extended by {words.En} at most.");
        return by.Unit != most.Unit ? [refusal.At("/by/unit")] : by.Value < 1 || by.Value > most.Value || !decimal.IsInteger(by.Value) ? [refusal.At("/by/value")] : [];
    }

    private static Limit? InWorkingDays(int days) => days > 0 ? Limit.WorkingDays(days) : null;

    // As releases before 0.2 extended: every limit that ran.
    private Case With(LimitExtended f) => f.Steps.Aggregate(
        this with
        {
            ExtendedBy = f.WorkingDays,
            Statutory = f.Statutory,
            Promised = f.Promised,
            Steps = [.. Steps.Select(s => s.Status == StepStatus.Open ? s with { ExtendedBy = f.WorkingDays } : s)],
        },
        (c, due) => c.With(due.Step, s => s with { Due = due.Due }));
}

/// <summary>The one extension of a case's statutory limit (CLK-4); what was promised stays.</summary>
/// <param name="By">At most the item's <c>extension</c>, in its unit.</param>
/// <param name="Reason">Why; the applicant is told.</param>
public sealed record ExtendLimit(Limit By, string Reason) : CaseCommand;

/// <summary>A supervisor extended the statutory limit, once; what was promised stays (CLK-4).</summary>
/// <param name="Extension">By how much.</param>
/// <param name="Statutory">Its new end, or null while a pause goes on.</param>
[Alias("statutory_limit_extended")]
public sealed record StatutoryLimitExtended(
    DateTimeOffset At, Actor By, Limit Extension, [Personal] string Reason, DueDate? Statutory) : CaseFact(At, By);

/// <summary>A supervisor extended every limit, once, as releases before 0.2 did.</summary>
/// <param name="Steps">New due dates of the steps open then and not paused.</param>
[Alias("limit_extended")]
public sealed record LimitExtended(
    DateTimeOffset At, Actor By, int WorkingDays, [Personal] string Reason, DueDate? Statutory, DueDate? Promised,
    IReadOnlyList<StepDue> Steps) : CaseFact(At, By);

public static partial class CaseRefusals
{
    public static readonly Refusal OnlyASupervisorExtends = new("case.only-a-supervisor-extends", 403,
        new("只有负责人可以延长期限", "Only a supervisor extends a limit"));

    /// <summary>CLK-4.</summary>
    public static readonly Refusal AlreadyExtended = new("case.already-extended", 409,
        new("期限只能延长一次", "A limit is extended once"));

    public static readonly Refusal ExtensionOutOfRange = new("case.extension-out-of-range", 422,
        new("延长超出范围", "The extension is out of range"),
        new("不得超过事项规定的延长期限，并以其单位计算。", "It is at most the item's extension, in its unit."));

    /// <summary>CLK-4: what has ended cannot be extended.</summary>
    public static readonly Refusal StatutoryLimitPassed = new("case.statutory-limit-passed", 409,
        new("法定时限已届满，不能延长", "The statutory limit has passed, and cannot be extended"));
}
