using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.Catalogue;

/// <summary>A graph of steps through one or many departments (CAT-3); a plain item has one step.</summary>
public sealed record Procedure(IReadOnlyList<ProcedureStep> Steps)
{
    /// <summary>The step that is the environmental impact assessment; null where there is none.</summary>
    internal ProcedureStep? EiaStep => Steps.FirstOrDefault(step => step.Eia == true);
}

/// <summary>One department's share of a case (办理环节).</summary>
public sealed record ProcedureStep
{
    /// <summary>Unique within the item, kebab case, for instance <c>invoices</c>.</summary>
    public required string Code { get; init; }
    /// <summary>What it is called.</summary>
    public required Text Name { get; init; }
    /// <summary>Who does it.</summary>
    public required Department Department { get; init; }

    /// <summary>Codes of the steps that must be granted before this one opens; empty for a first step.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Runs from the moment the step opens.</summary>
    public required Limit Limit { get; init; }

    /// <summary>What the step's own law leaves for it (法定时限), of joint matters (JOINT-7); absent where it has no law of its own, or decides on the spot.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Limit? StatutoryLimit { get; init; }

    /// <summary>Codes of the materials the step needs, and so sees (JOINT-3).</summary>
    public IReadOnlyList<string> Materials { get; init; } = [];

    /// <summary>It is the environmental impact assessment (环境影响评价), which an entry of the zone's directory makes unnecessary (MODE-8); absent of any other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Eia { get; init; }

    /// <summary>With which answer to the item's form the step is needed; absent of a step that every application needs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StepNeed? Needed { get; init; }

    /// <summary>The licence the step issues when granted; null when it issues none.</summary>
    public IssuedLicence? Issues { get; init; }

    /// <summary>Code of the kind of licences of which the step, when granted, strikes the applicant's from the register (注销); absent of any other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cancels { get; init; }
}

/// <summary>By what the application says whether the law asks for a step at all.</summary>
/// <param name="Field">A choice that the item's form always asks, at the top.</param>
/// <param name="Is">Codes of the choices with which the step is needed.</param>
/// <param name="Otherwise">Why it is not needed with any other, as the applicant is told.</param>
public sealed record StepNeed(string Field, IReadOnlyList<string> Is, Text Otherwise);

/// <summary>The kind of licence (电子证照) a step issues.</summary>
/// <param name="Code">What <see cref="Material.ProvedBy"/> refers to, kebab case, for instance <c>business-licence</c>.</param>
/// <param name="Name">What is printed on it.</param>
public sealed record IssuedLicence(string Code, Text Name);
