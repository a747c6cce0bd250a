using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Cases;

/// <summary>
/// Who sees a case and how much of it: the platform's one visibility policy. Its applicant and whoever submitted it see the
/// whole, staff who took it in at a window for that day alone; a department sees its own steps, the materials those need and the outline (JOINT-3). The
/// lead department, which answers for acceptance, sees its correction notices, its own refusal and why it did not accept besides. Whoever submitted a case
/// for somebody else is told that a licence proves a material, but not which, unless they may see that licence (JOINT-4).
/// The service office sees where every case stands, and the whole of those in which it has a part or that a supervisor of it has had
/// opened to themselves; auditors see the whole of all. What is confidential exists for its department and its applicant only (SIGHT-1).
/// Of what the application says a department sees what its steps need, and what is sensitive nobody but the applicant, who submitted it, and
/// the steps that the form names.
/// </summary>
public static class CaseSight
{
    /// <summary>The policy: every way by which a viewer comes to cases at an instant.</summary>
    public static IReadOnlyList<Way> WaysTo(Actor viewer, DateTimeOffset now) =>
    [
        .. viewer.IsAuditor || viewer.Department == Department.ServiceOffice ? new Way[] { new Way.Everywhere() }
            : [viewer.Role == ActorRole.Staff ? new Way.AsReceiver(viewer.Subject, LegalClock.DayOf(now)) : new Way.AsSubmitter(viewer.Subject), .. viewer.Department is { } having ? new[] { new Way.OfDepartment(having) } : []],
        .. (viewer.Department, viewer.Applicant) switch
        {
            ({ } own, _) => new Way[] { new Way.InConfidence(own) },
            (_, { } applicant) => [new Way.AsApplicant(applicant)],
            _ => [],
        },
    ];

    /// <summary>The policy for a case that is at hand.</summary>
    public static bool IsVisibleTo(this Case @case, Actor viewer, DateTimeOffset now) =>
        @case.SeesWhole(viewer, now) || @case.HasStepOf(viewer.Department) || @case.IsOutlinedTo(viewer);

    /// <summary>What a case has left of bars, for who asks what bars somebody: of what is confidential, whoever sees the case (SIGHT-1, BAR-1).</summary>
    public static IReadOnlyList<Bar> BarsSeenBy(this Case @case, Actor viewer, DateTimeOffset now) =>
        @case.Plan.Confidential && !@case.IsVisibleTo(viewer, now) ? [] : @case.Bars ?? [];

    /// <summary>Whether the viewer sees every step of a case.</summary>
    public static bool SeesWhole(this Case @case, Actor viewer, DateTimeOffset now) => @case.IsOpenTo(viewer, now) || @case.IsSubmitters(viewer, now);

    /// <summary>The case as the viewer may see it; null when it does not exist for them.</summary>
    public static Case? ShareOf(Case @case, Actor viewer, DateTimeOffset now)
    {
        if (@case.SeesWhole(viewer, now))
        {
            var whole = @case.Added is null || @case.IsToldLines(viewer) ? @case : @case with { Added = null };
            if (whole.Form is not null && !@case.IsStatedBy(viewer, now))
                whole = whole with { Form = FormSight.Open(whole.Form, whole.Plan.Form, @case.StepsOf(viewer.Department)) };
            whole = WithShownFiles(whole);
            if (!whole.Licences.All(licence => @case.Opens(licence, viewer, now)))
                whole = whole with { Licences = [.. whole.Licences.Select(licence => licence with { IsClosed = !@case.Opens(licence, viewer, now) })] };
            return @case.Proved.Count == 0 || @case.IsOpenTo(viewer, now) ? whole : whole with { Proved = Veiled(@case.Proved, @case.KnownToSubmitter) };
        }

        var own = viewer.Department;
        var codes = @case.StepsOf(own);
        if (codes.Count == 0)
            return @case.IsOutlinedTo(viewer) ? CaseOutline.Of(@case) : null;
        var needed = @case.MaterialsOf(codes);
        var leads = @case.Lead == own;
        return WithShownFiles(@case with
        {
            Plan = ShareOf(@case.Plan, codes, needed),
            Steps = [.. @case.Wanted.Where(s => s.Department == own)],
            Materials = [.. @case.Materials.Where(m => needed.Contains(m.Code))],
            Form = FormSight.Share(@case.Form, @case.Plan.Form, codes),
            Proved = [.. @case.Proved.Where(p => needed.Contains(p.Code))],
            Unproved = null,
            Deferred = [.. @case.Deferred.Where(d => needed.Contains(d.Code))],
            Pledges = [.. @case.Pledges.Where(p => needed.Contains(p.Made.Code))],
            Notices = leads ? @case.Notices : [],
            VoidNotices = [],
            Exemption = leads || (@case.Exemption is { } exemption && codes.Contains(exemption.Step)) ? @case.Exemption : null,
            Pauses = [.. @case.Pauses.Where(p => codes.Contains(p.Step))],
            Inspections = [.. @case.Inspections.Where(i => codes.Contains(i.Step))],
            ThirdPartyNotices = [.. @case.ThirdPartyNotices.Where(n => codes.Contains(n.Step))],
            Hearings = [.. @case.Hearings.Where(h => codes.Contains(h.Step))],
            AcceptedBy = leads ? @case.AcceptedBy : null,
            Delay = leads ? @case.Delay : @case.Delay is { } delay ? delay with { Reason = null, Cause = null } : null,
            Licences = [.. @case.Licences.Where(l => codes.Contains(l.Step))],
            HandOvers = @case.HandOvers?.Where(h => codes.Contains(h.Step)).ToArray(),
            Added = leads ? @case.Added : @case.Added?.Where(a => a.Department == own).ToArray() is { Length: > 0 } added ? added : null,
            Lapsed = leads ? @case.Lapsed : null,
            Commitment = leads ? @case.Commitment : null,
            Renewal = leads ? @case.Renewal : null,
            LeftRenewal = null,
            WithdrawnFor = null,
            Cancels = leads ? @case.Cancels : null,
            ReleasedAt = leads ? @case.ReleasedAt : null,
            NonAcceptance = leads ? @case.NonAcceptance : null,
            WithdrawalAgreedBy = leads ? @case.WithdrawalAgreedBy : [],
            Grounds = (RefusedStep(@case) is { } refused ? codes.Contains(refused) : leads) ? @case.Grounds : null,
            Bars = @case.Bars?.Where(b => b.Step is null ? leads : codes.Contains(b.Step)).ToArray(),
        });
    }

    /// <summary>
    /// The facts the viewer may see, in order and with the version each led to: everything, or a department's own share
    /// reduced as the case itself is.
    /// </summary>
    /// <param name="case">The case the facts add up to.</param>
    /// <param name="facts">All its facts, in order.</param>
    /// <param name="viewer">Who asks.</param>
    public static IReadOnlyList<(int Version, CaseFact Fact)> SeenBy(this Case @case, IReadOnlyList<CaseFact> facts, Actor viewer, DateTimeOffset now)
    {
        var numbered = facts.Select((fact, i) => (Version: i + 1, Fact: fact));
        if (@case.SeesWhole(viewer, now))
        {
            var told = numbered.Where(n => n.Fact is not CorrectionLinesAdded || @case.IsToldLines(viewer));
            if (!@case.IsStatedBy(viewer, now))
                told = told.Select(n => (n.Version, @case.WithShownFiles(@case.Opened(n.Fact, viewer))));
            return @case.IsOpenTo(viewer, now) ? [.. told] : [.. told.Select(n => (n.Version, @case.Veiled(n.Fact)))];
        }

        if (!@case.HasStepOf(viewer.Department))
            return @case.IsOutlinedTo(viewer) ? [.. numbered.Select(n => (n.Version, Fact: CaseOutline.Of(n.Fact)!)).Where(n => n.Fact is not null)] : [];
        var own = @case.StepsOf(viewer.Department);
        var needed = @case.MaterialsOf(own);
        var leads = @case.Lead == viewer.Department;
        // Steps of the item a case was moved from are no longer anybody's, even where the new item's have the same codes.
        var moved = numbered.LastOrDefault(n => n.Fact is CaseMovedToItem).Version;
        return
        [
            .. numbered
                .Select(n => (n.Version, Fact: n.Fact is CorrectionLinesAdded f && f.Department == viewer.Department ? f : Share(n.Fact, @case.Plan.Form, n.Version < moved ? [] : own, needed, leads)))
                .Where(n => n.Fact is not null)
                .Select(n => (n.Version, @case.WithShownFiles(@case.WithoutStrangers(n.Fact!, viewer)))),
        ];
    }

    /// <summary>
    /// Which member of staff did something, by their subject, for auditors, their supervisors, those of the service office and themselves (PERF-1); null for everybody else, and
    /// of what nobody of the staff did.
    /// </summary>
    /// <param name="by">Who did it, as far as the viewer sees that.</param>
    /// <param name="viewer">Who asks.</param>
    public static string? PersonShown(Actor by, Actor viewer) =>
        by.Role == ActorRole.Staff && (viewer.IsAuditor || viewer.Subject == by.Subject
            || (viewer.IsSupervisor && (viewer.Department == by.Department || viewer.Department == Department.ServiceOffice) && (viewer.Hall is null || viewer.Hall == by.Hall)))
            ? by.Subject : null;

    private static bool HasStepOf(this Case @case, Department? department) => @case.Wanted.Any(s => s.Department == department);

    private static HashSet<string> StepsOf(this Case @case, Department? department) => [.. @case.Wanted.Where(s => s.Department == department).Select(s => s.Code)];

    // Who may be shown what it delivered, as far as a case knows: its holders, who issued it and who supervises it, and for the day whoever took it in at a window. A renewal under the same number leads to what was before it.
    private static bool Opens(this Case @case, DeliveredLicence licence, Actor viewer, DateTimeOffset now) => viewer.Department is { } own
        ? @case.Step(licence.Step)?.Department == own || (own == @case.Plan.SupervisedBy && !@case.Plan.Confidential) || (@case is { ReceivedOn: not null, Renewal: null or { KeepsNumber: false } } && @case.IsSubmitters(viewer, now))
        : viewer.Applicant is { } key && @case.HolderKeys.Contains(key);

    // Whoever says it sees what they said.
    private static bool IsStatedBy(this Case @case, Actor viewer, DateTimeOffset now) => @case.IsApplicants(viewer) || @case.IsSubmitters(viewer, now);

    private static bool IsApplicants(this Case @case, Actor viewer) => viewer.Department is null && viewer.Applicant is { } key && @case.Applicant.Keys.Contains(key);

    // SIGHT-1: the whole as it is. Of what is confidential, that is the applicant's alone.
    private static bool IsOpenTo(this Case @case, Actor viewer, DateTimeOffset now) =>
        @case.IsApplicants(viewer)
        || (!@case.Plan.Confidential && (viewer.IsAuditor || (viewer.Department == Department.ServiceOffice
            && ((@case.SignBy is null && @case.Lead == Department.ServiceOffice) || @case.HasStepOf(Department.ServiceOffice) || @case.IsDisclosedTo(viewer, now)))));

    // Who submitted it, and the application through which a person did. Veiled, for else anybody could ask what licences anybody holds, by applying for them (JOINT-4). Whoever has submitted what is
    // confidential sees it for as long as they are of its department and that has a step in it, and staff who took something in on that day alone (decision 0090).
    private static bool IsSubmitters(this Case @case, Actor viewer, DateTimeOffset now) =>
        (viewer.Subject == @case.SubmittedBy || viewer.Subject == @case.SubmittedThrough) && (!@case.Plan.Confidential || (viewer.Department == @case.Lead && @case.HasStepOf(viewer.Department)))
        && (@case.ReceivedOn is null || @case.ReceivedOn == LegalClock.DayOf(now));

    // JOINT-5: the applicant, and who applies for them, are told by the one notice and not before.
    private static bool IsToldLines(this Case @case, Actor viewer) =>
        viewer.IsAuditor || viewer.Department is Department.ServiceOffice || viewer.Department == @case.Lead || @case.HasStepOf(viewer.Department);

    // Where it stands is the service office's to know, which runs the halls.
    private static bool IsOutlinedTo(this Case @case, Actor viewer) => viewer.Department == Department.ServiceOffice && !@case.Plan.Confidential;

    private static CaseFact Opened(this Case @case, CaseFact fact, Actor viewer) => fact switch
    {
        CaseSubmitted { Form: { } form } f => f with { Form = FormSight.Open(form, f.Plan.Form, @case.StepsOf(viewer.Department)) },
        SignaturesAwaited { Form: { } form } f => f with { Form = FormSight.Open(form, f.Plan.Form, @case.StepsOf(viewer.Department)) },
        MaterialsSupplied { Form: { } form } f => f with { Form = FormSight.Open(form, @case.Plan.Form, @case.StepsOf(viewer.Department)) },
        _ => fact,
    };

    private static Case WithShownFiles(Case @case) => @case.Files is null ? @case : @case with { Files = FormSight.Files(@case.Files, @case.Form, @case.Plan.Form, @case.Agent) };

    private static CaseFact WithShownFiles(this Case @case, CaseFact fact) => fact switch
    {
        CaseSubmitted { Files: { } files } f => f with { Files = FormSight.Files(files, f.Form, f.Plan.Form, f.Agent) },
        SignaturesAwaited { Files: { } files } f => f with { Files = FormSight.Files(files, f.Form, f.Plan.Form, f.Agent) },
        MaterialsSupplied { Files: { } files } f => f with { Files = FormSight.Files(files, f.Form, @case.Plan.Form, agent: null) },
        _ => fact,
    };

    private static CaseFact Veiled(this Case @case, CaseFact fact) => fact switch
    {
        MaterialsProved f => f with { Materials = Veiled(f.Materials, f.KnownToSubmitter ?? []) },
        ProofsEnded f => f with { Materials = Veiled(f.Materials, @case.KnownToSubmitter) },
        _ => fact,
    };

    private static IReadOnlyList<MaterialProved> Veiled(IReadOnlyList<MaterialProved> proved, IReadOnlyList<string> known) =>
        [.. proved.Select(p => known.Contains(p.Number) ? p : p with { Licence = null, Number = null })];

    private static HashSet<string> MaterialsOf(this Case @case, HashSet<string> steps) =>
        [.. @case.Plan.Steps.Where(s => steps.Contains(s.Code)).SelectMany(s => s.Materials)];

    private static CaseFact? Share(CaseFact fact, Form? form, HashSet<string> own, HashSet<string> needed, bool leads) => fact switch
    {
        CaseSubmitted f => f with
        {
            Plan = ShareOf(f.Plan, own, needed),
            Materials = [.. f.Materials.Where(m => needed.Contains(m.Code))],
            Form = FormSight.Share(f.Form, f.Plan.Form, own),
        },
        CaseMovedToItem f => f with { Plan = ShareOf(f.Plan, own, needed), LeavesRenewal = leads && f.LeavesRenewal },
        CaseAccepted f => f with { Deferred = [.. f.Deferred.Where(d => needed.Contains(d.Code))], Officer = leads ? f.Officer : null },
        MaterialPledged f => needed.Contains(f.Pledge.Code) ? f : null,
        CaseDueSoon f => f.Steps.Where(own.Contains).ToArray() is var theirs && (leads || theirs.Length > 0) ? f with { Steps = theirs } : null,
        PledgeDueSoon f => needed.Contains(f.Code) ? f : null,
        PledgeMissed f => needed.Contains(f.Code) ? f : null,
        CorrectionRequested or CorrectionLinesAdded or CorrectionReminded or CorrectionExtended => leads ? fact : null,
        CaseLapsed f => leads ? f : f with { Lapse = null },
        MaterialsSupplied f => Share(f, [.. form?.NeededBy(own).Select(field => field.Name) ?? []], needed) is { } share
            ? share with { Form = share.Fields is null ? null : FormSight.Share(f.Form, form, own) }
            : null,
        MaterialsProved f => f.Materials.Any(m => needed.Contains(m.Code))
            ? f with { Materials = [.. f.Materials.Where(m => needed.Contains(m.Code))] }
            : null,
        ProofsEnded f => f.Materials.Any(m => needed.Contains(m.Code))
            ? f with { Materials = [.. f.Materials.Where(m => needed.Contains(m.Code))] }
            : null,
        CaseRefused f => (f.Step is null ? leads : own.Contains(f.Step)) ? f : f with { Step = null, Grounds = null },
        CaseNotAccepted f => leads ? f : f with { Answer = null },
        LimitExtended f => f with { Steps = [.. f.Steps.Where(s => own.Contains(s.Step))] },
        LimitsSettled f => f with { Steps = [.. f.Steps.Where(s => own.Contains(s.Step))] },
        CaseExpedited or StatutoryLimitExtended or CaseOverdue or StatutoryLimitPassed or DelayUnexplained or CaseGranted or CaseEnded or RestWithdrawn or CaseWithdrawn or SandboxClockMoved => fact,
        RenewalDeemed f => leads ? f : f with { Licence = "" },
        DelayExplained or WithdrawalAgreed or CaseDisclosed or CommitmentMade or CommitmentFulfilled or CommitmentOverdue or CommitmentBreached or RenewalPermitted or RenewalAudited or RenewalInspected or RenewalAwaited or RenewalVoided or CancellationAsked or ObligationsReleased => leads ? fact : null,
        ExemptionDecided f => leads || own.Contains(f.Step) ? f : null,
        ApplicantBarred f => (f.Step is null ? leads : own.Contains(f.Step)) ? f : null,
        IStepFact f => own.Contains(f.Step) ? fact : null,
        // What nobody has said may be seen is not shown.
        _ => null,
    };

    private static MaterialsSupplied? Share(MaterialsSupplied f, HashSet<string> fields, HashSet<string> needed)
    {
        var mended = f.Fields?.Where(fields.Contains).ToArray() is { Length: > 0 } theirs ? theirs : null;
        return mended is null && !f.Materials.Any(m => needed.Contains(m.Code)) ? null
            : f with { Materials = [.. f.Materials.Where(m => needed.Contains(m.Code))], Fields = mended };
    }

    // A plan to read, not to decide by: a predecessor that is another department's is left out, too.
    private static CasePlan ShareOf(CasePlan plan, HashSet<string> own, HashSet<string> needed) => plan with
    {
        Steps = [.. plan.Steps.Where(s => own.Contains(s.Code)).Select(s => s with { After = [.. s.After.Where(own.Contains)] })],
        Materials = [.. plan.Materials.Where(m => needed.Contains(m.Code))],
    };

    // Who opened, cancelled or ended something would tell which other department has a step, be it that of whose staff took it in.
    private static CaseFact WithoutStrangers(this Case @case, CaseFact fact, Actor viewer) =>
        fact.By is { Department: { } department } by && (by.Subject != @case.SubmittedBy || (@case.ReceivedOn is not null && fact is not (CaseSubmitted or SignaturesAwaited)))
        && department != @case.Lead && department != viewer.Department
            ? fact with { By = null }
            : fact;

    private static string? RefusedStep(Case @case) => @case.Steps.FirstOrDefault(s => s.Status == StepStatus.Refused)?.Code;
}
