using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>JOINT-3: who sees a case, and how much of it.</summary>
public partial class Sight
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax, Police = Department.PublicSecurity;

    [Fact] // JOINT-3
    public void A_department_sees_its_own_step_what_it_needs_and_the_outline()
    {
        var whole = CaseSpec.Licensed().Given(
            Ask.PauseClock(Clerk(Police), null, PauseReason(), "seals are looked at"), Ask.PauseClock(Clerk(Tax), null, PauseReason(), null)).Case;

        var seen = whole.SeenBy(Clerk(Tax))!;

        Assert.Equal(["invoices"], seen.Steps.Select(s => s.Code));
        Assert.Equal(["tax-form"], seen.Materials.Select(m => m.Code));
        Assert.Equal(["invoices"], seen.Pauses.Select(p => p.Step));
        Assert.Empty(seen.Licences);
        Assert.Equal(["invoices"], seen.Plan.Steps.Select(s => s.Code));
        Assert.Empty(seen.Plan.Steps[0].After);
        Assert.Equal(["tax-form"], seen.Plan.Materials.Select(m => m.Code));
        Assert.Equal((whole.Id, whole.Number, whole.Status, whole.Applicant, whole.Version), (seen.Id, seen.Number, seen.Status, seen.Applicant, seen.Version));

        static Clock.PauseReason PauseReason() => Clock.PauseReason.Test;
    }

    [Fact] // contracts: the applicant, the submitter and auditors see the whole; strangers nothing
    public void Others_see_everything_or_nothing()
    {
        var whole = CaseSpec.Licensed().Case;

        Assert.All([Samples.Applicant, Agency, Clerk(Department.ServiceOffice) with { IsAuditor = true }], viewer => Assert.Equal(StoredJson.Write(whole), StoredJson.Write(whole.SeenBy(viewer)!)));
        Assert.All([Clerk(Department.Customs), new Actor("mobile", "somebody", Applicant: "person:1"), new Actor("mobile", "nobody")],
            viewer => Assert.Null(whole.SeenBy(viewer)));
    }

    [Fact] // JOINT-3: shown are one's own refusal, and the lead's of the whole to the lead
    public void The_grounds_of_a_refusal_are_its_departments()
    {
        var byTax = CaseSpec.Licensed().Given(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds)).Case;
        Assert.Equal([null, Grounds, null], new[] { Lead, Tax, Police }.Select(d => byTax.SeenBy(Clerk(d))!.Steps.Single().Grounds));

        var byLead = CaseSpec.Submitted(Joint, "form", "seal-order", "tax-form").Given(Acceptance(Lead), Ask.RefuseCase(Supervisor(Lead), Grounds)).Case;
        Assert.Equal([Grounds, null, null], new[] { Lead, Tax, Police }.Select(d => byLead.SeenBy(Clerk(d))!.RefusedFor));
    }

    [Fact] // CASE-4, CLK-4: who answers for a case always has a step in it, and so sees it
    public void The_lead_sees_its_case_whatever_is_tried() =>
        Walks.Cases.Sample(spec => spec.Case.SeenBy(Clerk(spec.Case.Lead)) is not null || spec.Case.SignBy is not null); // not yet its case (APP-2)

    [Fact] // JOINT-3: steps of two items may have the same code
    public void The_steps_of_an_item_a_case_was_moved_from_are_shown_to_no_department()
    {
        var other = ItemOf(Tax, [StepOf("review", Tax)]) with { Code = "OTHER" };
        var spec = CaseSpec.Submitted(Plain).Given(Ask.ReferStepUpward(Clerk(Lead), null, "not for other eyes"), Ask.MoveCaseToItem(Clerk(Lead), other, 1, "moved"));

        var seen = spec.Case.SeenBy(spec.Facts, Clerk(Tax));

        Assert.Equal([1, 3], seen.Select(s => s.Version));
        Assert.Equal(3, spec.Case.SeenBy(spec.Facts, Agency).Count);
    }

    [Fact] // JOINT-3: nobody is told by whom its step was opened or cancelled
    public void Who_acted_in_another_department_is_not_shown()
    {
        var spec = CaseSpec.Licensed().Given(Grant(Police, "seals"), Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds));

        var seen = spec.Case.SeenBy(spec.Facts, Clerk(Department.SocialSecurity)).Select(s => s.Fact).ToArray();

        Assert.Equal(["CaseSubmitted", "CaseAccepted", "StepCancelled", "CaseEnded"], seen.Select(f => f.GetType().Name));
        Assert.Equal([Agency, Clerk(Lead), null, null], seen.Select(f => f.By));
    }

    [Fact] // one policy in lists and out of them
    public void What_lists_find_agrees_with_what_is_seen() => Gen.Select(Walks.Cases, Walks.Viewers, Gen.Bool, Gen.Int[-2, 1]).Sample((spec, viewer, confidential, received) =>
    {
        var @case = spec.Case with { Plan = spec.Case.Plan with { Confidential = confidential } };
        // Now and then the viewer took it in at a window, on the day or before.
        if (received < 1 && viewer.Role == ActorRole.Staff)
            @case = @case with { SubmittedBy = viewer.Subject, ReceivedOn = LegalClock.DayOf(@case.ChangedAt).AddDays(received) };
        var seen = @case.SeenBy(viewer);
        Assert.Equal(seen is not null, @case.IsVisibleTo(viewer));
        Assert.Equal(seen is not null, CaseSight.WaysTo(viewer, @case.ChangedAt).Intersect(@case.Find().Places.Select(p => p.Way)).Any());
        Assert.True(seen is not null || @case.SeenBy(spec.Facts, viewer).Count == 0);
        Assert.Equal(ReferenceEquals(seen?.Plan, @case.Plan), @case.SeesWhole(viewer, @case.ChangedAt));
    });

    [Fact] // SIGHT-1, BAR-1
    public void What_bars_somebody_is_every_departments_to_know_but_of_what_is_confidential_its_own()
    {
        var open = CaseSpec.Licensed().Case with { Bars = [new(Plain.Code, BarGround.FalseMaterials, new(2020, 6, 1), new(2021, 6, 1), null)] };
        var secret = open with { Plan = open.Plan with { Confidential = true } };

        Assert.All(new[] { Clerk(Lead), Clerk(Department.Fire), Samples.Applicant }, viewer => Assert.Equal(open.Bars, open.BarsSeenBy(viewer, open.ChangedAt)));
        Assert.All(new[] { Clerk(Lead), Samples.Applicant }, viewer => Assert.Equal(open.Bars, secret.BarsSeenBy(viewer, open.ChangedAt)));
        Assert.Empty(secret.BarsSeenBy(Clerk(Department.Fire), open.ChangedAt));
    }

    [Theory] // JOINT-3: another member of a case is a department's to see whole only when it is named here
    [InlineData(true, "acceptBy acceptByProvisional acceptedAt acceptedBy actual answerStopped applicant applicantKey changedAt channel contact decidedAt declaration deemed delay disclosures dueSoonAt dueSoonFor exemption extendedBy extension greenChannel grounds "
        + "hall id lapsed lead licences materials materialsInAt nonAcceptance notices number promised raised restWithdrawnAt sandboxClock signedThemselves status statutory statutoryPassedAt submittedAt submittedBy submittedThrough version wakeAt withdrawalAgreedBy")]
    [InlineData(false, "acceptBy acceptByProvisional acceptedAt actual answerStopped applicant applicantKey bars changedAt channel contact decidedAt declaration deemed delay disclosures dueSoonAt dueSoonFor exemption extendedBy extension greenChannel hall "
        + "handOvers hearings id inspections lead materials materialsInAt number pauses promised raised restWithdrawnAt sandboxClock signedThemselves status statutory statutoryPassedAt submittedAt submittedBy submittedThrough thirdPartyNotices version wakeAt")]
    public void The_share_of_a_department_has_these_members_whole_and_no_others(bool leads, string members)
    {
        static Dictionary<string, string> Members(Case @case) =>
            JsonSerializer.SerializeToElement(@case, PlatformJson.Options).EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetRawText());
        IEnumerable<string> Whole(Case @case) => Enum.GetValues<Department>().Where(department => (department == @case.Lead) == leads)
            .Select(department => @case.SeenBy(Clerk(department))).OfType<Case>().Where(share => !ReferenceEquals(share.Plan, @case.Plan) && share.Steps.Count > 0 && share.Steps.Count < @case.Steps.Count)
            .SelectMany(share => Members(@case).Intersect(Members(share))).Where(member => member.Value is not ("null" or "[]" or "\"\"")).Select(member => member.Key);

        Assert.Equal(members.Split(' '), Stories.SelectMany(story => Whole(story.Case)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact] // JOINT-3
    public void Nothing_of_another_department_is_shown() => Gen.Select(Walks.Cases, Walks.Viewers).Sample((spec, viewer) =>
    {
        if (spec.Case.SeenBy(viewer) is not { } seen || ReferenceEquals(seen.Plan, spec.Case.Plan) || viewer.Department == Department.ServiceOffice)
            return;
        var facts = spec.Case.SeenBy(spec.Facts, viewer).Select(f => f.Fact);
        // The lead wrote its notices and so may read them; they name any material.
        var shown = JsonSerializer.Serialize(seen with { Notices = [], Added = null }, PlatformJson.Options)
            + string.Concat(facts.Where(f => f is not (CorrectionRequested or CorrectionLinesAdded)).Select(f => JsonSerializer.Serialize(f, f.GetType(), PlatformJson.Options)));
        var own = spec.Case.Steps.Where(s => s.Department == viewer.Department).Select(s => s.Code).ToArray();
        var needed = spec.Case.Plan.Steps.Where(s => own.Contains(s.Code)).SelectMany(s => s.Materials).ToArray();
        var licences = spec.Case.Plan.Steps.Where(s => own.Contains(s.Code) && s.Issues is not null).Select(s => s.Issues!.Code).ToArray();

        Assert.Equal([], Marks(shown, StepCode()).Except(own));
        Assert.Equal([], Marks(shown, MaterialCode()).Except(needed));
        Assert.Equal([], Marks(shown, LicenceCode()).Except(licences));
        if (spec.Case.Lead != viewer.Department)
        {
            Assert.DoesNotContain("reason of the lead", shown, StringComparison.Ordinal);
            Assert.DoesNotContain(facts, f => f is CorrectionRequested);
            Assert.Empty(seen.Notices);
        }
    });

    [Fact] // JOINT-4
    public void No_licence_is_shown_to_who_submitted_for_somebody_else() => Walks.Cases.Where(spec => spec.Case.SubmittedBy == Agency.Subject).Sample(spec =>
    {
        var shown = string.Concat(spec.Case.SeenBy(spec.Facts, Agency).Select(f => JsonSerializer.Serialize(f.Fact, f.Fact.GetType(), PlatformJson.Options)))
            + JsonSerializer.Serialize(spec.Case.SeenBy(Agency), PlatformJson.Options);
        Assert.DoesNotContain("proves paper", shown, StringComparison.Ordinal);
    });

    [Fact] // JOINT-3, CASE-8: a department's history is in order, and complete in what is its own
    public void Nothing_of_ones_own_is_left_out() => Gen.Select(Walks.Cases, Walks.Viewers).Sample((spec, viewer) =>
    {
        if (spec.Case.SeenBy(viewer) is null)
            return;
        var versions = spec.Case.SeenBy(spec.Facts, viewer).Select(f => f.Version).ToArray();
        var moved = spec.Facts.ToList().FindLastIndex(f => f is CaseMovedToItem);
        var own = spec.Facts.Select((f, i) => (Fact: f, Version: i + 1)).Where(f => f.Version > moved + 1
            && f.Fact is IStepFact s && spec.Step(s.Step).Department == viewer.Department);

        Assert.Equal(versions.Order(), versions);
        Assert.Equal([], own.Select(f => f.Version).Except(versions));
    });

    private static IEnumerable<string> Marks(string shown, Regex mark) => mark.Matches(shown).Select(m => m.Value).Distinct();

    [GeneratedRegex("step-[0-9]-of-[0-9]")]
    private static partial Regex StepCode();

    [GeneratedRegex("paper-[0-9]-in")]
    private static partial Regex MaterialCode();

    [GeneratedRegex("licence-[0-9]-of-[0-9]")]
    private static partial Regex LicenceCode();
}
