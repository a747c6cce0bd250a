using System.Text.Json.Serialization;
using OneDoor.Clock;
using OneDoor.Emergencies;

namespace OneDoor.Cases;

// CLK-6: the green channel changes what is promised and when its steps are due, and nothing of what has to be met, heard or inspected.
public sealed partial record Case
{
    /// <summary>What is promised: the item's limit, or the green channel's.</summary>
    [JsonIgnore]
    public Limit Promise => GreenChannel?.Within ?? Plan.Promised;

    private static IEnumerable<Refusal> EmergencyRefused(SubmitCase c, CaseAsking asked) => EmergencyProjectRefusals.Unknown.At("/emergencyProject")
        .When(c.EmergencyProject is not null && asked.Emergency?.StatusAt(asked.Now) != EmergencyProjectStatus.Open);

    private static IEnumerable<CaseFact> Expedited(CaseAsking asked) => asked.Emergency is { } project
        ? [new CaseExpedited(asked.Now, asked.By, project.Id, project.Name, EmergencyProject.Within)]
        : [];

    // It makes nothing slower: where the item's own promise or the step's own limit ends sooner, that stands.
    private DueDate PromisedDue(LegalClock clock, DateTimeOffset accepted, IEnumerable<CasePause>? pauses = null) =>
        Sooner(DueFor(Plan.Promised, clock, accepted, extension: PromisedExtension, pauses: pauses), Expedited(clock, accepted, step: null, pauses));

    private DueDate StepDue(string step, LegalClock clock, DateTimeOffset opened, DateTimeOffset accepted, IEnumerable<CasePause>? pauses = null) => Sooner(
        DueFor(Plan.Steps.First(s => s.Code == step).Limit, clock, opened, step, InWorkingDays(Step(step)!.ExtendedBy), pauses), Expedited(clock, accepted, step, pauses));

    private DueDate? Expedited(LegalClock clock, DateTimeOffset accepted, string? step, IEnumerable<CasePause>? pauses) =>
        GreenChannel is { } channel ? DueFor(channel.Within, clock, accepted, step, pauses: pauses) : null;

    private static DueDate Sooner(DueDate own, DueDate? expedited) => expedited is not null && expedited.At < own.At ? expedited : own;
}

/// <summary>The case is part of a listed emergency project and goes by the green channel (CLK-6). It stays so when the project is closed.</summary>
/// <param name="Project">The project's id.</param>
/// <param name="Name">The project's name.</param>
/// <param name="Within">What is promised from acceptance on.</param>
[Alias("case_expedited")]
public sealed record CaseExpedited(DateTimeOffset At, Actor By, Guid Project, string Name, Limit Within) : CaseFact(At, By);

/// <summary>That a case is part of a listed emergency project (绿色通道, CLK-6).</summary>
/// <param name="Project">The project's id.</param>
/// <param name="Name">The project's name.</param>
/// <param name="Within">What is promised from acceptance on.</param>
public sealed record GreenChannel(Guid Project, string Name, Limit Within);
