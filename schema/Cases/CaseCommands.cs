using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>What someone asks of a case. <see cref="Case.Decide"/> answers with facts or a refusal.</summary>
/// <param name="By">Who asks.</param>
public abstract record CaseCommand(Actor By)
{
    /// <summary>Licences the applicant holds; those that prove what <see cref="Case.Provable"/> names are enough (JOINT-4).</summary>
    public IReadOnlyList<DeliveredLicence> Held { get; init; } = [];

    /// <summary>Numbers of those of them that whoever submits or submitted the case may see.</summary>
    public IReadOnlyList<string> KnownToSubmitter { get; init; } = [];
}

/// <summary>Hand in a whole application (CASE-1).</summary>
/// <param name="Item">The item as published today.</param>
/// <param name="Hall">Null for channels other than window and kiosk: the airport hall, where all departments sit, takes it in.</param>
/// <param name="RegisteredName">Under which a citizen or an enterprise signed in is registered; null for systems.</param>
public sealed record SubmitCase(
    Actor By, Guid CaseId, string Number, Item Item, int Version, Applicant Applicant, Channel Channel, string? Hall,
    IReadOnlyList<MaterialGiven> Materials, string? RegisteredName = null) : CaseCommand(By);

/// <summary>Take the case on; deferrable materials may be left to follow (CASE-2, CASE-4).</summary>
public sealed record AcceptCase(Actor By, IReadOnlyList<MaterialDeferred> Deferred) : CaseCommand(By);

/// <summary>Tell the applicant, once, everything that is missing (CASE-2, CASE-3).</summary>
public sealed record SendCorrectionNotice(Actor By, IReadOnlyList<CorrectionLine> Lines) : CaseCommand(By);

/// <summary>Hand in what a correction notice or a pledge asks for, or what is missing though the law accepted the case (CASE-2).</summary>
public sealed record SupplyMaterials(Actor By, IReadOnlyList<MaterialGiven> Materials) : CaseCommand(By);

/// <summary>Pass a step to the department that is right for it.</summary>
/// <param name="Step">May be null when the asking department has one unfinished step.</param>
public sealed record RedirectStep(Actor By, string? Step, Department To, string Reason) : CaseCommand(By);

/// <summary>Pass a case that is not yet accepted to the item that is right for it.</summary>
public sealed record MoveCaseToItem(Actor By, Item Item, int Version, string Reason) : CaseCommand(By);

/// <summary>Leave a step to a supervisor.</summary>
/// <param name="Step">May be null when the asking department has one unfinished step.</param>
public sealed record ReferStepUpward(Actor By, string? Step, string Reason) : CaseCommand(By);

/// <summary>Refuse the case as a whole; a supervisor's alone.</summary>
public sealed record RefuseCase(Actor By, RefusalGrounds Grounds) : CaseCommand(By);

/// <summary>Take the application back.</summary>
public sealed record WithdrawCase(Actor By, string? Reason) : CaseCommand(By);

/// <summary>Extend the limits once by at most 10 working days; a supervisor's alone (CLK-4).</summary>
public sealed record ExtendLimit(Actor By, int WorkingDays, string Reason) : CaseCommand(By);

/// <summary>Stop a step's clock for one of the reasons the law names (CLK-3).</summary>
/// <param name="Step">May be null when the asking department has one open step.</param>
public sealed record PauseClock(Actor By, string? Step, PauseReason Reason, string? Note) : CaseCommand(By);

/// <summary>Let the clock run again.</summary>
/// <param name="Number">The pause's number.</param>
public sealed record ResumeClock(Actor By, int Number) : CaseCommand(By);

/// <summary>Say yes to a step.</summary>
public sealed record GrantStep(Actor By, string Step, string? Reason) : CaseCommand(By);

/// <summary>Say no to a step, which ends the case; a supervisor's alone (CASE-4, CASE-5).</summary>
public sealed record RefuseStep(Actor By, string Step, RefusalGrounds Grounds) : CaseCommand(By);
