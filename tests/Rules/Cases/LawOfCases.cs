using System.Text.RegularExpressions;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Documents;
using OneDoor.Forms;
using Xunit;

namespace OneDoor.Cases;

/// <summary>What holds of every case whatever was asked of it, said once more and apart from the rules that bring it about.</summary>
internal static partial class LawOfCases
{
    /// <summary>A refusal is an answer: coded, in both languages, and the client's to mend.</summary>
    public static void Holds(Refusal refused)
    {
        Assert.Matches(Code(), refused.Code);
        Assert.InRange(refused.Status, 400, 499);
        Assert.All([refused.Title, refused.Detail ?? refused.Title], text => Assert.False(string.IsNullOrWhiteSpace(text.Zh) || string.IsNullOrWhiteSpace(text.En)));
        Assert.All(refused.Fields, field => Assert.Matches(Code(), field.Code));
    }

    /// <summary>What a fact may do to the case it happens to.</summary>
    public static void Holds(Case? before, CaseFact fact, Case after, Item? item)
    {
        Assert.True(before is null || fact.At.ToUniversalTime() >= before.ChangedAt, "The clock runs backwards.");
        if (before is null)
            return;
        switch (fact)
        {
            case CaseAccepted f:
                Assert.True(f.Deemed ? f.By is null && f.At > before.AcceptBy && f.AcceptedAt == before.MaterialsInAt : f.By?.Department == before.Lead, "Nobody else accepts.");
                break;
            case MaterialsAwaited f:
                Assert.True(before.Plan.Steps.First(s => s.Code == f.Step).After.All(code => before.Step(code)!.Status is StepStatus.Granted or StepStatus.Waived), "It asks for what is not due (JOINT-6).");
                Assert.True(after.Promised is null, "The applicant's time runs against the department.");
                break;
            case CaseNotAccepted f:
                Assert.True(f.By?.Department == before.Lead && f.By.IsSupervisor && before.AcceptedAt is null, "Nobody else turns it away (CASE-13).");
                break;
            case StepOpened f when f.OpenedAt != before.AcceptedAt:
                Assert.All(
                    before.Plan.Materials.Where(m => m is { Required: true, NeededBy: MaterialNeed.Step } && before.Plan.Steps.First(s => s.Code == f.Step).Materials.Contains(m.Code)),
                    m => Assert.True(before.Materials.Any(given => given.Code == m.Code) || before.Proved.Any(p => p.Code == m.Code), "It opens without what is due with it (JOINT-6)."));
                break;
            case StepGranted f:
                Decided(before, f.Step, f.By!);
                Examined(before, f);
                break;
            case HandedOver f:
                Assert.True(before.Step(f.Step) is { Status: StepStatus.Granted } granted && granted.Department == f.By?.Department, "What is not granted is handed over (B18).");
                Assert.InRange(f.On, LegalClock.DayOf(before.Step(f.Step)!.DecidedAt!.Value), LegalClock.DayOf(f.At));
                break;
            case StepRefused f:
                Decided(before, f.Step, f.By!);
                Assert.True(f.By!.IsSupervisor, "A clerk refused.");
                break;
            case StepCancelled f:
                Assert.True(before.Step(f.Step)!.IsUnfinished, "What is decided is cancelled.");
                Assert.True(f.Because != CancelledBecause.PredecessorRefused || WaitsForRefused(before, f.Step), "Another authority's refusal ends a step that does not wait for it.");
                break;
            case LicenceDelivered f:
                Assert.Equal(LegalClock.Zone.Due(f.At, item!.Delivery.Within, before.Hall, [])!.DueOn, f.DeliverBy);
                break;
            case CaseRefused:
                Assert.DoesNotContain(before.Steps, s => s.Status is StepStatus.Granted or StepStatus.Refused);
                Assert.True(before.Plan.Hearing == Requirement.None || before.Hearings.Count > 0, "Nobody was heard.");
                break;
            case StatutoryLimitExtended f:
                Assert.True(before.Extension is null && before.Promised == after.Promised && (f.Statutory is null || before.Statutory is null || f.Statutory.At > before.Statutory.At), "More than the statutory limit moves.");
                break;
            case ApplicantBarred f:
                Assert.True(before.Plan.Safety && (f.Step is { } refused ? before.Step(refused)!.Grounds?.FalseMaterials == true
                    : before.Grounds?.FalseMaterials == true || before.NonAcceptance?.Kind == NonAcceptanceKind.FalseMaterials), "Nothing that is recorded bars them.");
                break;
            case CorrectionRequested f when before.Notices.Count > 0:
                Assert.All(f.Lines, line => AskedAgain(before, line));
                break;
            default:
                break;
        }
        Told(fact, after, item);
    }

    /// <summary>What holds wherever a case stands.</summary>
    public static void Holds(Case c)
    {
        var granted = c.Steps.Where(s => s.Status == StepStatus.Granted).Select(s => s.Code).ToArray();
        Assert.Equal(c.Plan.Steps.Select(s => s.Code), c.Steps.Select(s => s.Code));
        Assert.All(c.Licences, licence => Assert.Contains(licence.Step, granted));
        // What counts as renewed goes on as it is (LIC-5).
        Assert.Equal(c.Plan.Steps.Where(s => s.Issues is not null && granted.Contains(s.Code) && c.Renewal?.DeemedAt is null).Select(s => s.Code).Order(), c.Licences.Select(l => l.Step).Order());
        Assert.Equal(!c.IsEnded, c.Steps.Any(s => s.IsUnfinished));
        Assert.Equal(c.Status == CaseStatus.Submitted, c.AcceptBy is not null);
        Assert.Contains(c.Steps, s => s.Department == c.Lead);
        Assert.All(c.Steps, s => Assert.Contains(s.Department, c.Plan.Departments()));
        var decided = c.Wanted.Where(s => s.Status is StepStatus.Granted or StepStatus.Refused).ToArray();
        Assert.True(c.Status switch
        {
            CaseStatus.Granted => c.Wanted.All(s => s.Status == StepStatus.Granted),
            CaseStatus.PartlyGranted => granted.Length > 0 && c.Wanted.Any(s => s.Status != StepStatus.Granted),
            CaseStatus.Refused => granted.Length == 0 && (decided.Length > 0 || c.Grounds is not null),
            CaseStatus.Withdrawn => decided.Length == 0,
            CaseStatus.NotAccepted => decided.Length == 0 && c is { AcceptedAt: null, NonAcceptance: not null },
            CaseStatus.AwaitingSignatures => c.AcceptedAt is null && IsUnsigned(c) && c.Steps.All(s => s.Status is StepStatus.Waiting or StepStatus.Waived),
            CaseStatus.Lapsed => decided.Length == 0 && c.AcceptedAt is null && c.Lapsed is null == IsUnsigned(c),
            CaseStatus.Paused => c.Pauses.Any(p => p.IsOpen) || c.Steps.Any(IsAwaiting),
            CaseStatus.Accepted => c is { Promised: not null, Statutory: not null } && !c.Pauses.Any(p => p.IsOpen) && !c.Steps.Any(IsAwaiting),
            _ => !IsUnsigned(c),
        }, $"It stands as {c.Status} and its steps do not.");
        Assert.True(!c.IsEnded || c.Pauses.All(p => !p.IsOpen), "A pause outlives its case.");
        Assert.True(!c.IsAccepted || c.Statutory is null == (c.Pauses.Any(p => p.IsOpen) || (c.Steps.Any(IsAwaiting) && c.Steps.All(s => s.Status != StepStatus.Open))), "The law's time stands still while somebody works (CLK-3).");
        if (AnswerText.Read(c.Form) is { } answer)
            Assert.All(c.Plan.Steps.Where(s => s.Needed is not null), s => Assert.True(
                c.Step(s.Code)!.NotNeeded is null == (!answer.TryGetProperty(s.Needed!.Field, out var said) || s.Needed.Is.Contains(said.GetString()!)), "What is said asks for another procedure (JOINT-2)."));
        Assert.True(c.Actual is null or { Value: >= 0 } && !(c.DecidedAt < c.SubmittedAt) && !(c.AcceptedAt < c.SubmittedAt), "The clock runs backwards.");
        Assert.True(c.LeftRenewal is null || c is { AcceptedAt: null, Renewal: null }, "A renewal is left for good, or renewed, and waits all the same (LIC-5).");
        Remedied(c);
    }

    private static bool IsAwaiting(StepState s) => s is { Status: StepStatus.Waiting, Awaited: not null };

    private static bool IsUnsigned(Case c) => c.Applicant.Parties?.Any(p => p.Signature is null) == true;

    private static void AskedAgain(Case before, CorrectionLine line)
    {
        Assert.True(line.Material is null || before.Notices[^1].Supplied.Contains(line.Material) || before.Unproved?.Any(u => u.Code == line.Material) == true, "No material is asked for that the last notice could have named.");
        Assert.True(line.FieldName is null || before.Notices[^1].Mended?.Contains(line.FieldName) == true, "Nor is a field.");
        Assert.False(line is { Material: null, FieldName: null }, "Nor anything else.");
    }

    // Each step is its own authority's act, while it is open and its clock runs.
    private static void Decided(Case c, string code, Actor by)
    {
        var step = c.Step(code)!;
        Assert.True(c.IsAccepted && step.Status == StepStatus.Open, "What is not open is decided.");
        Assert.True(by.Department == step.Department, "Another authority decides.");
        Assert.DoesNotContain(c.Pauses, p => p.IsOpen && p.Step == code);
        Assert.True(c.Plan.Handling == HandlingType.Immediate || by.Subject == by.Client || by.Subject != c.AcceptedBy?.Person, "Who took it on decides (CASE-16).");
    }

    // CASE-16, HEAR-1, HEAR-2: what a licence rests on.
    private static void Examined(Case c, StepGranted f)
    {
        var issues = c.Plan.Steps.First(s => s.Code == f.Step).Issues is not null;
        var inspected = c.Inspections.LastOrDefault(i => i.Step == f.Step) ?? (c.Inspections is [.., var last] ? last : null);
        Assert.True(!issues || c.Plan.Inspection == Requirement.None || inspected is { Finding: InspectionFinding.Passed, Officers.Count: >= 2 }, "Nobody has looked.");
        Assert.True(!issues || c.Plan.Hearing == Requirement.None || c.Hearings.Any(h => h.Step == f.Step && h.Minutes is not null), "Nobody was heard.");
        Assert.True(!issues || !c.Plan.ThirdParty || c.ThirdPartyNotices.Any(n => n.Step == f.Step), "Third parties were not told.");
        Assert.All(c.ThirdPartyNotices.Where(n => n.Step == f.Step), n => Assert.True(n.Until < LegalClock.DayOf(f.At), "Third parties may still speak."));
        Assert.True(c.Plan.Steps.First(s => s.Code == f.Step).After.All(before => c.Step(before)!.Status is StepStatus.Granted or StepStatus.Waived), "It had to wait.");
    }

    private static bool WaitsForRefused(Case c, string step) => c.Plan.Steps.First(s => s.Code == step).After
        .Any(before => c.Step(before)!.Status == StepStatus.Refused || WaitsForRefused(c, before));

    // REM-1: against every act there is a way, its authority's, with everything one has to know, in both languages.
    private static void Remedied(Case c)
    {
        foreach (var step in c.Steps.Where(s => s.Status == StepStatus.Refused))
            Remedied(c, RemedyAct.Refusal, step.Code, step.Department);
        if (c.Grounds is not null)
            Remedied(c, RemedyAct.Refusal, null, c.Lead);
        if (c.NonAcceptance is not null)
            Remedied(c, RemedyAct.NonAcceptance, null, c.Lead);
        if (c.Lapsed is not null)
            Remedied(c, RemedyAct.Lapse, null, c.Lead);
        foreach (var step in c.Steps.Where(s => s.Status == StepStatus.Open && c.Statutory is not null))
            Remedied(c, RemedyAct.NoDecision, step.Code, step.Department);
    }

    private static void Remedied(Case c, RemedyAct act, string? step, Department by)
    {
        var recourse = DepartmentDirectory.Zone.Of(by).Recourse;
        var remedy = Assert.Single(c.Remedies, r => r.Act == act && r.Step == step);
        foreach (var language in new[] { "zh", "en" })
        {
            var told = remedy.In(language);
            Assert.Equal((recourse.Authority.In(language), recourse.Address.In(language), recourse.Court.In(language)), (told.Authority, told.Address, told.Court));
        }
        Assert.Equal(("P60D", act == RemedyAct.NoDecision), (remedy.Within, remedy.ReconsiderationFirst));
        Assert.Equal(act == RemedyAct.NoDecision ? "P15D" : "P6M", remedy.CourtWithin);
    }

    // DOC-1: what is decided against the applicant is told in writing, with the way against it.
    private static void Told(CaseFact fact, Case after, Item? item)
    {
        Department? against = fact switch
        {
            StepRefused f => after.Step(f.Step)!.Department,
            CaseRefused or CaseNotAccepted or CaseLapsed => after.Lead,
            _ => null,
        };
        var draft = Draft.Of(after, item, fact);
        if (against is not { } authority)
            return;
        var recourse = DepartmentDirectory.Zone.Of(authority).Recourse;
        Assert.Equal(authority, draft?.Authority);
        Assert.All([recourse.Authority.Zh, recourse.Address.Zh, recourse.Court.Zh], name => Assert.Contains(draft!.Paragraphs, paragraph => paragraph.Contains(name, StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"\A[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\z")]
    private static partial Regex Code();
}
