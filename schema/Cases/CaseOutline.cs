using OneDoor.Applicants;

namespace OneDoor.Cases;

/// <summary>
/// What the service office sees of a case in which it has no part (SIGHT-1): whose it is and what for, where each step stands and by when
/// it is due. No papers and no words of anybody: neither who somebody is by their documents nor why they apply is needed to run a hall
/// (个人信息保护法 art. 6).
/// </summary>
internal static class CaseOutline
{
    public static Case Of(Case @case) => @case with
    {
        Plan = Of(@case.Plan),
        Applicant = Of(@case.Applicant),
        ApplicantKey = "",
        NamedOtherwise = false,
        Steps = [.. @case.Wanted.Select(s => s with { Grounds = null, Results = null, Words = null, Awaited = s.Awaited is { } wait ? wait with { Materials = [] } : null })],
        Materials = [],
        Declaration = null,
        Form = null,
        Contact = null,
        Agent = null,
        Files = null,
        Proved = [],
        Unproved = null,
        KnownToSubmitter = [],
        Deferred = [],
        Pledges = [],
        Notices = [],
        VoidNotices = [],
        Added = null,
        Exemption = null,
        Pauses = [],
        Inspections = [],
        ThirdPartyNotices = [],
        Hearings = [],
        AcceptedBy = null,
        Delay = @case.Delay is { } delay ? delay with { Reason = null, Cause = null } : null,
        Licences = [],
        HandOvers = null,
        Grounds = null,
        NonAcceptance = null,
        Lapsed = null,
        Commitment = null,
        Renewal = null,
        LeftRenewal = null,
        WithdrawnFor = null,
        Cancels = null,
        ReleasedAt = null,
        WithdrawalAgreedBy = [],
        Bars = null,
    };

    /// <summary>A fact as the outline has it; null for what tells more than how the case stood.</summary>
    public static CaseFact? Of(CaseFact fact) => fact switch
    {
        CaseSubmitted f => f with { Plan = Of(f.Plan), Applicant = Of(f.Applicant), Materials = [], Declaration = null, Form = null, Contact = null, Agent = null, Files = null, NamedOtherwise = false },
        CaseAccepted f => f with { Deferred = [], Officer = null },
        MaterialsAwaited f => f with { Materials = [] },
        StepGranted f => f with { Reason = null, Uscc = null, Officer = null, Results = null },
        CaseRefused f => f with { Grounds = null },
        CaseNotAccepted f => f with { Answer = null },
        CaseLapsed f => f with { Lapse = null },
        CaseWithdrawn f => f with { Reason = null },
        RestWithdrawn f => f with { Reason = null },
        CaseExpedited or StepOpened or StepWaived or StepCancelled or CaseDueSoon or CaseOverdue or StatutoryLimitPassed or DelayUnexplained or PauseOverdue or LimitsSettled or CaseGranted or CaseEnded or SignaturesLapsed or CaseDisclosed or SandboxClockMoved => fact,
        // What nobody has said may be seen is not shown.
        _ => null,
    };

    private static Applicant Of(Applicant applicant) => new(applicant.Kind, applicant.Name);

    private static CasePlan Of(CasePlan plan) => plan with { Steps = [.. plan.Steps.Select(s => s with { Materials = [] })], Materials = [], Form = null };
}
