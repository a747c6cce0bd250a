using System.Linq.Expressions;
using OneDoor.Catalogue;

namespace OneDoor.Cases;

/// <summary>
/// Who sees a case and how much of it: the platform's one visibility policy. Its applicant, whoever submitted it and the
/// service office see the whole; a department sees its own steps, the materials those need and the outline (JOINT-3).
/// </summary>
public static class CaseSight
{
    /// <summary>The policy as a condition for the query itself: what it leaves out does not exist for the viewer.</summary>
    public static Expression<Func<Case, bool>> VisibleTo(Actor viewer) => viewer switch
    {
        { Department: Department.ServiceOffice } => c => true,
        { Department: { } own } => c => c.SubmittedBy == viewer.Subject || c.Departments.Contains(own),
        { Applicant: { } applicant } => c => c.SubmittedBy == viewer.Subject || c.ApplicantKey == applicant,
        _ => c => c.SubmittedBy == viewer.Subject,
    };

    /// <summary>Cases of which the viewer sees every step.</summary>
    public static Expression<Func<Case, bool>> WhollyVisibleTo(Actor viewer) => viewer switch
    {
        { Department: Department.ServiceOffice } => c => true,
        { Applicant: { } applicant } => c => c.SubmittedBy == viewer.Subject || c.ApplicantKey == applicant,
        _ => c => c.SubmittedBy == viewer.Subject,
    };

    /// <summary>The case as the viewer may see it; null when it does not exist for them.</summary>
    public static Case? SeenBy(this Case @case, Actor viewer)
    {
        if (@case.SeesWhole(viewer))
            return @case;
        if (viewer.Department is not { } own || !@case.Departments.Contains(own))
            return null;
        var steps = @case.Steps.Where(s => s.Department == own).ToArray();
        var codes = steps.Select(s => s.Code).ToHashSet();
        var needed = @case.MaterialsOf(codes);
        var leads = @case.Lead == own;
        return @case with
        {
            Steps = steps,
            Materials = [.. @case.Materials.Where(m => needed.Contains(m.Code))],
            Deferred = [.. @case.Deferred.Where(d => needed.Contains(d.Code))],
            Notices = leads ? @case.Notices : [],
            Pauses = [.. @case.Pauses.Where(p => codes.Contains(p.Step))],
            Licences = [.. @case.Licences.Where(l => codes.Contains(l.Step))],
            Grounds = leads || steps.Any(s => s.Status == StepStatus.Refused) ? @case.Grounds : null,
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
            return [.. numbered];
        var own = @case.Steps.Where(s => s.Department == viewer.Department).Select(s => s.Code).ToHashSet();
        var needed = @case.MaterialsOf(own);
        var leads = @case.Lead == viewer.Department;
        return [.. numbered.Select(n => (n.Version, Share(n.Fact, own, needed, leads)?.DoneFor(viewer, @case))).OfType<int, CaseFact>()];
    }

    private static bool SeesWhole(this Case @case, Actor viewer) =>
        viewer.Department == Department.ServiceOffice
        || viewer.Subject == @case.SubmittedBy
        || (viewer.Department is null && viewer.Applicant == @case.ApplicantKey);

    private static HashSet<string> MaterialsOf(this Case @case, HashSet<string> steps) =>
        [.. @case.Plan.Steps.Where(s => steps.Contains(s.Code)).SelectMany(s => s.Materials)];

    private static CaseFact? Share(CaseFact fact, HashSet<string> own, HashSet<string> needed, bool leads) => fact switch
    {
        CaseSubmitted f => f with { Materials = [.. f.Materials.Where(m => needed.Contains(m.Code))] },
        CaseAccepted f => f with { Deferred = [.. f.Deferred.Where(d => needed.Contains(d.Code))] },
        CorrectionRequested f => leads ? f : null,
        MaterialsSupplied f => f.Materials.Any(m => needed.Contains(m.Code))
            ? f with { Materials = [.. f.Materials.Where(m => needed.Contains(m.Code))] }
            : null,
        CaseRefused f => leads || (f.Step is not null && own.Contains(f.Step)) ? f : f with { Step = null, Grounds = null },
        LimitExtended f => f with { Steps = [.. f.Steps.Where(s => own.Contains(s.Step))] },
        IStepFact f => own.Contains(f.Step) ? fact : null,
        _ => fact,
    };

    // Whose decision opened a step or closed the case would tell of that department's step (JOINT-3).
    private static CaseFact DoneFor(this CaseFact fact, Actor viewer, Case @case) =>
        fact.By is { } by && by.Department != viewer.Department && by.Department != @case.Lead && by.Subject != @case.SubmittedBy
            ? fact with { By = null }
            : fact;

    private static IEnumerable<(TA, TB)> OfType<TA, TB>(this IEnumerable<(TA, TB?)> pairs) where TB : class
    {
        foreach (var (a, b) in pairs)
            if (b is not null)
                yield return (a, b);
    }
}
