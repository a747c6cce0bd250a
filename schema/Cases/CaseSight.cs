namespace OneDoor.Cases;

/// <summary>
/// Who sees a case and how much of it: the platform's one visibility policy. Its applicant, whoever submitted it and the
/// service office see the whole; a department sees its own steps, the materials those need and the outline (JOINT-3). The
/// lead department, which answers for acceptance, sees its correction notices, its own refusal and why it did not accept besides. Whoever submitted a case
/// for somebody else is told that a licence proves a material, but not which, unless they may see that licence (JOINT-4).
/// </summary>
public static class CaseSight
{
    /// <summary>The policy: every way by which a viewer comes to cases.</summary>
    public static IReadOnlyList<Way> WaysTo(Actor viewer) => viewer switch
    {
        { Department: Department.ServiceOffice } => [new Way.Everywhere()],
        { Department: { } own } => [new Way.AsSubmitter(viewer.Subject), new Way.OfDepartment(own)],
        { Applicant: { } applicant } => [new Way.AsSubmitter(viewer.Subject), new Way.AsApplicant(applicant)],
        _ => [new Way.AsSubmitter(viewer.Subject)],
    };

    /// <summary>The policy for a case that is at hand.</summary>
    public static bool IsVisibleTo(this Case @case, Actor viewer) =>
        @case.SeesWhole(viewer) || @case.Wanted.Any(s => s.Department == viewer.Department);

    /// <summary>Whether the viewer sees every step of what somebody submitted for an applicant.</summary>
    public static bool SeesWhole(this Actor viewer, string submittedBy, params IReadOnlyList<string> applicantKeys) =>
        viewer.Department == Department.ServiceOffice
        || viewer.Subject == submittedBy
        || (viewer.Department is null && viewer.Applicant is { } key && applicantKeys.Contains(key));

    /// <summary>The case as the viewer may see it; null when it does not exist for them.</summary>
    public static Case? ShareOf(Case @case, Actor viewer)
    {
        if (@case.SeesWhole(viewer))
            return @case.IsAgent(viewer) ? @case with { Proved = Veiled(@case.Proved, @case.KnownToSubmitter) } : @case;
        var own = viewer.Department;
        var steps = @case.Wanted.Where(s => s.Department == own).ToArray();
        if (steps.Length == 0)
            return null;
        var codes = steps.Select(s => s.Code).ToHashSet();
        var needed = @case.MaterialsOf(codes);
        var leads = @case.Lead == own;
        return @case with
        {
            Plan = ShareOf(@case.Plan, codes, needed),
            Steps = steps,
            Materials = [.. @case.Materials.Where(m => needed.Contains(m.Code))],
            Proved = [.. @case.Proved.Where(p => needed.Contains(p.Code))],
            Deferred = [.. @case.Deferred.Where(d => needed.Contains(d.Code))],
            Pledges = [.. @case.Pledges.Where(p => needed.Contains(p.Made.Code))],
            Notices = leads ? @case.Notices : [],
            VoidNotices = [],
            Pauses = [.. @case.Pauses.Where(p => codes.Contains(p.Step))],
            Inspections = [.. @case.Inspections.Where(i => codes.Contains(i.Step))],
            ThirdPartyNotices = [.. @case.ThirdPartyNotices.Where(n => codes.Contains(n.Step))],
            Hearings = [.. @case.Hearings.Where(h => codes.Contains(h.Step))],
            AcceptedBy = leads ? @case.AcceptedBy : null,
            Delay = leads ? @case.Delay : @case.Delay is { } delay ? delay with { Reason = null } : null,
            Licences = [.. @case.Licences.Where(l => codes.Contains(l.Step))],
            Added = leads ? @case.Added : @case.Added?.Where(a => a.Department == own).ToArray() is { Length: > 0 } added ? added : null,
            Lapsed = leads ? @case.Lapsed : null,
            NonAcceptance = leads ? @case.NonAcceptance : null,
            WithdrawalAgreedBy = leads ? @case.WithdrawalAgreedBy : [],
            Grounds = (RefusedStep(@case) is { } refused ? codes.Contains(refused) : leads) ? @case.Grounds : null,
        };
    }

    /// <summary>
    /// The facts the viewer may see, in order and with the version each led to: everything, or a department's own share
    /// reduced as the case itself is.
    /// </summary>
    /// <param name="case">The case the facts add up to.</param>
    /// <param name="facts">All its facts, in order.</param>
    /// <param name="viewer">Who asks.</param>
    public static IReadOnlyList<(int Version, CaseFact Fact)> SeenBy(this Case @case, IReadOnlyList<CaseFact> facts, Actor viewer)
    {
        var numbered = facts.Select((fact, i) => (Version: i + 1, Fact: fact));
        if (@case.SeesWhole(viewer))
            return @case.IsAgent(viewer) ? [.. numbered.Select(n => (n.Version, Veiled(n.Fact)))] : [.. numbered];
        var own = @case.Wanted.Where(s => s.Department == viewer.Department).Select(s => s.Code).ToHashSet();
        var needed = @case.MaterialsOf(own);
        var leads = @case.Lead == viewer.Department;
        // Steps of the item a case was moved from are no longer anybody's, even where the new item's have the same codes.
        var moved = numbered.LastOrDefault(n => n.Fact is CaseMovedToItem).Version;
        return
        [
            .. numbered
                .Select(n => (n.Version, Fact: n.Fact is CorrectionLinesAdded f && f.Department == viewer.Department ? f : Share(n.Fact, n.Version < moved ? [] : own, needed, leads)))
                .Where(n => n.Fact is not null)
                .Select(n => (n.Version, @case.WithoutStrangers(n.Fact!, viewer))),
        ];
    }

    private static bool SeesWhole(this Case @case, Actor viewer) => viewer.SeesWhole(@case.SubmittedBy, @case.Applicant.Keys);

    // Else anybody could ask what licences anybody holds, by applying for them (JOINT-4).
    private static bool IsAgent(this Case @case, Actor viewer) =>
        viewer.Subject == @case.SubmittedBy && viewer.Department != Department.ServiceOffice
        && (viewer.Department is not null || viewer.Applicant is not { } key || !@case.Applicant.Keys.Contains(key));

    private static CaseFact Veiled(CaseFact fact) =>
        fact is MaterialsProved f ? f with { Materials = Veiled(f.Materials, f.KnownToSubmitter ?? []) } : fact;

    private static IReadOnlyList<MaterialProved> Veiled(IReadOnlyList<MaterialProved> proved, IReadOnlyList<string> known) =>
        [.. proved.Select(p => known.Contains(p.Number) ? p : p with { Licence = null, Number = null })];

    private static HashSet<string> MaterialsOf(this Case @case, HashSet<string> steps) =>
        [.. @case.Plan.Steps.Where(s => steps.Contains(s.Code)).SelectMany(s => s.Materials)];

    private static CaseFact? Share(CaseFact fact, HashSet<string> own, HashSet<string> needed, bool leads) => fact switch
    {
        CaseSubmitted f => f with
        {
            Plan = ShareOf(f.Plan, own, needed),
            Materials = [.. f.Materials.Where(m => needed.Contains(m.Code))],
        },
        CaseMovedToItem f => f with { Plan = ShareOf(f.Plan, own, needed) },
        CaseAccepted f => f with { Deferred = [.. f.Deferred.Where(d => needed.Contains(d.Code))], Officer = leads ? f.Officer : null },
        MaterialPledged f => needed.Contains(f.Pledge.Code) ? f : null,
        CorrectionRequested or CorrectionLinesAdded or CorrectionReminded or CorrectionExtended => leads ? fact : null,
        CaseLapsed f => leads ? f : f with { Lapse = null },
        MaterialsSupplied f => f.Materials.Any(m => needed.Contains(m.Code))
            ? f with { Materials = [.. f.Materials.Where(m => needed.Contains(m.Code))] }
            : null,
        MaterialsProved f => f.Materials.Any(m => needed.Contains(m.Code))
            ? f with { Materials = [.. f.Materials.Where(m => needed.Contains(m.Code))] }
            : null,
        CaseRefused f => (f.Step is null ? leads : own.Contains(f.Step)) ? f : f with { Step = null, Grounds = null },
        CaseNotAccepted f => leads ? f : f with { Answer = null },
        LimitExtended f => f with { Steps = [.. f.Steps.Where(s => own.Contains(s.Step))] },
        StatutoryLimitExtended or CaseOverdue or DelayUnexplained or CaseGranted or CaseEnded or RestWithdrawn or CaseWithdrawn => fact,
        DelayExplained or WithdrawalAgreed => leads ? fact : null,
        IStepFact f => own.Contains(f.Step) ? fact : null,
        // What nobody has said may be seen is not shown.
        _ => null,
    };

    // A plan to read, not to decide by: a predecessor that is another department's is left out, too.
    private static CasePlan ShareOf(CasePlan plan, HashSet<string> own, HashSet<string> needed) => plan with
    {
        Steps = [.. plan.Steps.Where(s => own.Contains(s.Code)).Select(s => s with { After = [.. s.After.Where(own.Contains)] })],
        Materials = [.. plan.Materials.Where(m => needed.Contains(m.Code))],
    };

    // Who opened, cancelled or ended something would tell which other department has a step.
    private static CaseFact WithoutStrangers(this Case @case, CaseFact fact, Actor viewer) =>
        fact.By is { Department: { } department } by && by.Subject != @case.SubmittedBy
        && department != @case.Lead && department != viewer.Department
            ? fact with { By = null }
            : fact;

    private static string? RefusedStep(Case @case) => @case.Steps.FirstOrDefault(s => s.Status == StepStatus.Refused)?.Code;
}
