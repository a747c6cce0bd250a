using System.Text.Json;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>SIGHT-1: the service office sees where every case stands, and the whole of its own; what is confidential does not exist for it.</summary>
public class OfficesSight
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax, Office = Department.ServiceOffice, Security = Department.StateSecurity;

    private static readonly Actor Head = Supervisor(Office);

    private static readonly Item Secret = ItemOf(Security, [StepOf("decision", Security)]) with { Confidential = true, Channels = [Channel.Window] };

    private static Asked Opening(string reason = "窗口服务投诉") => Ask.Of(Head, new DiscloseCase(reason));

    private static Asked Submitting(Item item, Actor by) => Submission(item) with { By = by with { Hall = by.Role == ActorRole.Staff ? "airport" : null }, Channel = Channel.Window, Hall = "airport" };

    /// <summary>(B17)</summary>
    [Fact] // SIGHT-1
    public void Of_anothers_case_it_sees_where_each_step_stands_and_no_papers_and_no_words()
    {
        var spec = CaseSpec.Licensed().Given(
            Ask.PauseClock(Clerk(Department.PublicSecurity), null, PauseReason.Test, "问诊记录"), Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds));

        var seen = spec.Case.SeenBy(Clerk(Office))!;

        Assert.Equal((spec.Case.Id, spec.Case.Number, spec.Case.Status, spec.Case.Version, spec.Case.Statutory), (seen.Id, seen.Number, seen.Status, seen.Version, seen.Statutory));
        Assert.Equal(spec.Case.Steps.Select(s => (s.Code, s.Department, s.Status, s.Due)), seen.Steps.Select(s => (s.Code, s.Department, s.Status, s.Due)));
        Assert.Equal(new(Company.Kind, Company.Name), seen.Applicant); // whose it is, and not by which documents they are known
        var shown = StoredJson.Write(seen) + string.Concat(spec.Case.SeenBy(spec.Facts, Clerk(Office)).Select(f => StoredJson.Write(f.Fact)));
        Assert.All(["问诊记录", Grounds.Reason, "form.pdf", "tax-form", Declared.Signatory, Company.Uscc!, spec.Case.Licences[0].Number],
            word => Assert.DoesNotContain(word, shown, StringComparison.Ordinal));
        Assert.Equal(
            ["CaseSubmitted", "CaseAccepted", "StepOpened", "StepGranted", "StepOpened", "StepOpened", "StepCancelled"],
            spec.Case.SeenBy(spec.Facts, Clerk(Office)).Select(f => f.Fact.GetType().Name));
    }

    [Fact] // SIGHT-1: another member of a case is the office's to see only when it is named here
    public void The_outline_has_these_members_of_a_case_and_no_others()
    {
        static Dictionary<string, string> Members(Case @case) =>
            JsonSerializer.SerializeToElement(@case, PlatformJson.Options).EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetRawText());

        var kept = Stories.SelectMany(story => Members(story.Case).Intersect(Members(story.Case.SeenBy(Clerk(Office))!)))
            .Where(member => member.Value is not ("null" or "[]" or "\"\"")).Select(member => member.Key).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
            "acceptBy acceptByProvisional acceptedAt actual answerStopped changedAt channel decidedAt deemed delay disclosures dueSoonAt dueSoonFor extendedBy extension greenChannel hall id lead materialsInAt number promised raised "
            + "receivedOn restWithdrawnAt sandboxClock signBy signedThemselves status statutory statutoryPassedAt steps submittedAt submittedBy submittedThrough version wakeAt",
            string.Join(' ', kept));
    }

    [Fact] // SIGHT-1, CLK-8: that it is late, and not why
    public void Of_a_late_case_the_outline_says_no_reason()
    {
        var late = CaseSpec.Accepted().At("2020-07-09 00:00").Passed().Given(Ask.Of(Clerk(Lead), new ExplainDelay("停电", DelayCause.System)));

        var seen = late.Case.SeenBy(Clerk(Office))!.Delay!;

        Assert.Equal((late.Case.Delay!.ExplainedAt, null, null), (seen.ExplainedAt, seen.Reason, seen.Cause));
    }

    [Theory] // SIGHT-1: its own are those it answers for and those in which it has a step
    [InlineData(Lead, Lead, false)]
    [InlineData(Office, Office, true)]
    [InlineData(Lead, Office, true)]
    public void Of_its_own_it_sees_the_whole(Department lead, Department second, bool isOwn)
    {
        var item = ItemOf(lead, [StepOf("first", lead), StepOf("second", second, ["first"])]);
        var @case = CaseSpec.Submitted(item).Case;

        Assert.Equal(isOwn, ReferenceEquals(@case, @case.SeenBy(Clerk(Office))));
    }

    [Fact] // SIGHT-1: for a stated reason, to the one who states it, until the day ends
    public void A_supervisor_of_the_office_opens_a_case_to_themselves_for_the_day()
    {
        var spec = CaseSpec.Licensed().At("2020-07-01 23:59");
        var opened = spec.When(Opening()).Then<CaseDisclosed>();

        Assert.Equal((Head, "窗口服务投诉", China.At("2020-07-02 00:00")), (opened.By, opened.Reason, opened.Until));
        bool SeesWhole(Actor viewer, string at) => ReferenceEquals(spec.Case.Plan, spec.Case.SeenBy(viewer, China.At(at))?.Plan);
        Assert.True(SeesWhole(Head, "2020-07-01 23:59:59"));
        Assert.False(SeesWhole(Head, "2020-07-02 00:00:00"));
        Assert.False(SeesWhole(Clerk(Office), "2020-07-01 23:59:59"));
        Assert.False(SeesWhole(Head with { Department = Department.Customs }, "2020-07-01 23:59:59"));
        spec.When(Opening("另有投诉")).Fact<CaseDisclosed>();

        // The next day for another reason; who opened it before sees it no more.
        spec.At("2020-07-02 09:00").Given(Opening("复核"));
        Assert.Equal([Head.Subject], spec.Case.Disclosures!.Select(d => d.To));
        Assert.True(SeesWhole(Head, "2020-07-02 23:59:59"));
    }

    [Fact] // SIGHT-1: the applicant and the lead read who looked and why, and so does the office
    public void That_it_was_opened_and_why_stands_in_the_case()
    {
        var spec = CaseSpec.Licensed().Given(Opening());

        Assert.Equal([true, true, true, false], new[] { Samples.Applicant, Clerk(Lead), Clerk(Office), Clerk(Tax) }
            .Select(viewer => spec.Case.SeenBy(spec.Facts, viewer).Any(f => f.Fact is CaseDisclosed { Reason: "窗口服务投诉" })));
    }

    [Fact] // SIGHT-1
    public void Only_a_supervisor_of_the_office_with_a_reason_opens_a_case()
    {
        foreach (var another in new[] { Clerk(Office), Supervisor(Lead), Supervisor(Tax), Samples.Applicant })
            CaseSpec.Licensed().When(Opening() with { By = another }).ThenRefused(CaseRefusals.NotYoursToOpen);
        CaseSpec.Licensed().When(Opening(" ")).ThenRefused(CaseRefusals.ReasonMissing, "/reason");
    }

    /// <summary>(B17)</summary>
    [Fact] // SIGHT-1: what is confidential exists for its department and its applicant
    public void What_is_confidential_does_not_exist_for_anybody_else()
    {
        var clerk = Clerk(Security);
        var @case = new CaseSpec().Given(Submitting(Secret, clerk)).Case;

        Assert.All([clerk, Second(Security), Samples.Applicant], viewer => Assert.NotNull(@case.SeenBy(viewer)));
        Assert.All(
            [Head, Clerk(Office) with { IsAuditor = true }, Clerk(Lead), Agency, clerk with { Department = Lead }, clerk with { Department = Office }, clerk with { IsAuditor = true, Department = null }],
            viewer => Assert.Null(@case.SeenBy(viewer)));
        Assert.Equal([new Way.AsApplicant(Company.Key), new Way.InConfidence(Security)], @case.Find().Places.Select(p => p.Way));
    }

    [Fact] // SIGHT-1: its department takes it in at its window, and nobody else anywhere
    public void What_is_confidential_is_its_departments_to_take_in()
    {
        new CaseSpec().When(Submitting(Secret, Clerk(Lead))).ThenRefused(CaseRefusals.ItemConfidential, "/item");
        new CaseSpec().When(Submitting(Secret, Clerk(Security) with { Subject = Clerk(Security).Client }) with { Channel = Channel.Agency }).ThenRefused(CaseRefusals.ChannelNotOffered, "/channel");
        new CaseSpec().When(Submitting(Secret, Samples.Applicant)).ThenRefused(CaseRefusals.ItemConfidential, "/item", "/channel");

        var (open, secret) = (CaseSpec.Submitted(Plain), new CaseSpec().Given(Submitting(Secret, Clerk(Security))));
        open.When(Ask.MoveCaseToItem(Clerk(Lead), Secret with { Code = "SECRET" }, 1, "国安事项")).ThenRefused(CaseRefusals.ItemConfidential, "/item");
        secret.When(Ask.MoveCaseToItem(Clerk(Security), Plain with { Code = "OPEN" }, 1, "一般事项")).ThenRefused(CaseRefusals.ItemConfidential, "/item");
    }
}
