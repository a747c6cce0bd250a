using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Statistics;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-9: staff take an application in at a window of their hall, for who stands there, and have nothing of it afterwards (decision 0090).</summary>
public class WindowReception
{
    private const Department Lead = Department.MarketRegulation;

    // Of no department that has a step in it.
    private static readonly Actor Fire = At(Clerk(Department.Fire));

    private static Actor At(Actor staff) => staff with { Hall = "haigang" };

    private static Asked Received(Actor by) => Submission(Plain, "form") with { By = by, Channel = Channel.Window };

    private static CaseSpec Took(Actor by) => new CaseSpec().At("2020-07-01 23:59").Given(Received(by));

    [Fact] // CASE-9
    public void Staff_take_in_at_the_window_for_their_own_hall_alone()
    {
        static (string, string)[] Refused(Asked asked) => [.. new CaseSpec().When(asked).Refused!.Fields.Select(f => (f.Code, f.Pointer))];

        Assert.All([Received(Fire), Received(Fire) with { Hall = "haigang" }, Received(At(Supervisor(Lead)))], asked => Assert.Equal("haigang", new CaseSpec().When(asked).Then<CaseSubmitted>().Hall));
        Assert.Equal([("case.not-your-hall", "/hall")], Refused(Received(Fire) with { Hall = "airport" }));
        Assert.Equal([("case.not-your-hall", "/hall")], Refused(Received(Clerk(Department.Fire)) with { Hall = "airport" }));
        Assert.Equal([("case.not-your-hall", "/hall")], Refused(Received(Clerk(Department.Fire))));
        Assert.All([Channel.Online, Channel.Agency, Channel.Kiosk, Channel.Mobile], channel => Assert.Equal([("case.channel-not-window", "/channel")], Refused(Received(Fire) with { Channel = channel })));
        Assert.Equal([("case.channel-not-offered", "/channel")], Refused(Received(Fire) with { Item = Plain with { Channels = [Channel.Online] } }));
    }

    [Fact] // APP-4
    public void The_applicant_signs_the_declaration_at_the_window_as_anywhere() =>
        new CaseSpec().When(Received(Fire) with { Declaration = null }).ThenRefused(CaseRefusals.DeclarationMissing, "/declaration");

    [Fact] // SIGHT-1: the day is China's
    public void Whoever_took_it_in_sees_it_until_the_day_ends_and_no_colleague_does()
    {
        var spec = Took(Fire);
        var (today, tomorrow) = (China.At("2020-07-01 23:59:59"), China.At("2020-07-02 00:00:00"));
        bool Sees(Actor viewer, DateTimeOffset now)
        {
            var (seen, listed) = (spec.Case.SeenBy(viewer, now) is not null, CaseSight.WaysTo(viewer, now).Intersect(spec.Case.Find().Places.Select(p => p.Way)).Any());
            Assert.Equal((seen, seen, seen), (listed, spec.Case.IsVisibleTo(viewer, now), spec.Case.SeenBy(spec.Facts, viewer, now).Count > 0));
            return seen;
        }

        Assert.Equal((true, false), (Sees(Fire, today), Sees(Fire, tomorrow)));
        Assert.Equal(StoredJson.Write(spec.Case), StoredJson.Write(spec.Case.SeenBy(Fire, today)!));
        Assert.All([today, tomorrow], now => Assert.False(Sees(Fire with { Subject = "fire-second" }, now)));
        Assert.All([today, tomorrow], now => Assert.True(Sees(Samples.Applicant, now) && Sees(Clerk(Lead), now)));
        // Nor does the application by which they signed in (SubmittedThrough is people's own).
        Assert.False(Sees(new Actor(Fire.Client, Fire.Client), today));
    }

    [Fact] // APP-2
    public void What_waits_for_signatures_is_shown_to_whoever_took_it_in_on_that_day_alone()
    {
        var spec = new CaseSpec().Given(BySeller with { By = Fire, Channel = Channel.Window }).At("2020-07-02 10:00");

        Assert.NotNull(spec.Case.SeenBy(Fire, China.At("2020-07-01 18:00")));
        spec.When(Ask.Of(Fire, new SignCase(Declared.Digest, "李四", 1))).ThenRefused(CaseRefusals.NotYourCase);
        // The last signature makes it submitted, and no other day.
        spec.Given(SignedBy(Seller), SignedBy(Buyer));
        Assert.Equal((CaseStatus.Submitted, China.Day("2020-07-01")), (spec.Case.Status, spec.Case.ReceivedOn!.Value));
        Assert.Null(spec.Case.SeenBy(Fire));
    }

    [Fact] // JOINT-3
    public void From_the_next_day_on_a_clerk_of_a_department_that_has_a_part_in_it_sees_what_their_colleagues_do()
    {
        var took = At(Clerk(Lead));
        var spec = Took(took).Given(Ask.MoveCaseToItem(Clerk(Lead), Joint with { Code = "JOINT" }, 1, "一件事")).At("2020-07-02 09:00");

        Assert.Equal(4, spec.Case.SeenBy(took, China.At("2020-07-01 23:59:59"))!.Steps.Count);
        Assert.Equal(StoredJson.Write(spec.Case.SeenBy(Second(Lead), spec.Now)!), StoredJson.Write(spec.Case.SeenBy(took, spec.Now)!));
    }

    [Fact] // CASE-6, MODE-7: they have handed on what was said, and say nothing for the applicant
    public void Whoever_took_it_in_speaks_for_nobody_not_even_on_that_day()
    {
        Asked[] said =
        [
            Ask.WithdrawCase(Fire, null), Ask.PledgeMaterial(Fire, "lease", "2020-07-20"), Ask.SupplyMaterials(Fire, [Paper("lease")]),
        ];
        Assert.All(said, asked => Took(Fire).When(asked).ThenRefused(CaseRefusals.NotYourCase));
        Took(Fire).Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "lease")])).When(Ask.ExtendNotice(Fire, "房东在国外")).ThenRefused(CaseRefusals.NotYourCase);
        new CaseSpec().Given(Commitment(CommittedAhead, "2020-07-20") with { By = Fire, Channel = Channel.Window }).When(Ask.Of(Fire, new FulfilCommitment())).ThenRefused(CaseRefusals.NotYourCase);
        Took(Fire).When(Ask.WithdrawCase(Samples.Applicant, null)).Fact<CaseWithdrawn>();
    }

    [Fact] // JOINT-4: by taking something in nobody learns what licences somebody holds, not even one that came of what they took in before
    public void Which_licence_proves_a_material_whoever_took_it_in_is_not_told_by_that()
    {
        var licence = CaseSpec.Licensed().Case.Licences[0];
        var item = Plain with { Materials = [MaterialOf("form"), MaterialOf("lease") with { ProvedBy = "business-licence" }, MaterialOf("photo") with { Required = false }] };
        var spec = new CaseSpec().Given(Received(Fire) with { Item = item, Held = [licence], KnownToSubmitter = [licence.Number] });
        var later = new CaseSpec().Given(Received(Fire) with { Item = item }, Acceptance(Lead) with { Held = [licence], KnownToSubmitter = [licence.Number] });

        Assert.All([spec, later], told =>
        {
            Assert.Equal(new MaterialProved("lease", null, null), told.Case.SeenBy(Fire)!.Proved.Single());
            Assert.Equal(new MaterialProved("lease", null, null), told.Case.SeenBy(told.Facts, Fire).Select(f => f.Fact).OfType<MaterialsProved>().Single().Materials.Single());
            Assert.Equal(licence.Number, told.Case.SeenBy(Clerk(Lead))!.Proved.Single().Number);
        });
    }

    [Fact] // JOINT-3: what somebody of a department did later is not shown to others because they took it in
    public void What_else_whoever_took_it_in_did_is_their_departments()
    {
        var police = At(Clerk(Department.PublicSecurity));
        var spec = new CaseSpec().Given(
            Submission(Joint, "form", "seal-order", "tax-form") with { By = police, Channel = Channel.Window }, Acceptance(Lead), Grant(Lead, "licence"), Grant(Department.Tax, "invoices"),
            Ask.GrantStep(police, "seals", null));

        Assert.Equal(["CaseSubmitted"], spec.Case.SeenBy(spec.Facts, Clerk(Department.SocialSecurity)).Where(f => f.Fact.By == police).Select(f => f.Fact.GetType().Name));
    }

    [Fact] // CASE-9, decision 0090: it is remarked, and not under which name
    public void A_number_that_is_known_under_another_name_is_remarked_for_whoever_sees_whose_it_is()
    {
        const string Other = "天津临港测试有限公司";
        static Dictionary<string, string> Known(string key, string name) => new() { [key] = name };
        var spec = new CaseSpec().Given(Received(Fire) with { KnownNames = Known(Company.Key, Other) });

        Assert.All([Fire, Samples.Applicant, Clerk(Lead)], viewer => Assert.True(spec.Case.SeenBy(viewer)!.NamedOtherwise));
        Assert.DoesNotContain(Other, StoredJson.Write(spec.Case) + StoredJson.Write(spec.Facts[0]), StringComparison.Ordinal);
        Assert.False(spec.Case.SeenBy(Clerk(Department.ServiceOffice))!.NamedOtherwise);
        Assert.False(new CaseSpec().Given(Received(Fire) with { KnownNames = Known(Company.Key, Company.Name) }).Case.NamedOtherwise);
        // A department answers for what its system says.
        Assert.False(new CaseSpec().Given(Submission(Plain, "form") with { KnownNames = Known(Company.Key, Other) }).Case.NamedOtherwise);
        Assert.True(new CaseSpec().Given(BySeller with { By = Fire, Channel = Channel.Window, KnownNames = Known(Buyer.Key, Other) }, SignedBy(Seller), SignedBy(Buyer)).Case.NamedOtherwise);
    }

    [Fact] // CASE-9, SIGHT-1
    public void Whoever_signed_in_is_known_by_the_name_they_did_so_under_and_others_as_a_department_named_them()
    {
        static Case Of(Asked asked, string at, string name) => new CaseSpec().At(at).Given(asked with { Applicant = Company with { Name = name } }).Case;
        var byAgency = Of(Submission(Plain, "form"), "2020-07-03 10:00", "机构所填");
        var earlier = Of(Submission(Plain, "form"), "2020-07-02 10:00", "以前所填");
        var signedIn = Of(Submission(Plain, "form") with { By = Samples.Applicant, Channel = Channel.Online }, "2020-07-01 10:00", "登记名称");
        var taken = Of(Received(Fire), "2020-07-04 10:00", "窗口所填");
        var secret = byAgency with { Plan = byAgency.Plan with { Confidential = true } };

        Assert.Equal("登记名称", Case.NamesOf([taken, byAgency, earlier, signedIn])[Company.Key]);
        Assert.Equal("机构所填", Case.NamesOf([taken, earlier, byAgency])[Company.Key]);
        Assert.Empty(Case.NamesOf([taken, secret]));
    }

    [Fact] // CASE-10, LIC-1
    public void What_a_case_delivered_leads_to_the_licence_for_whoever_is_shown_that()
    {
        var (bySystem, byStaff) = (CaseSpec.Licensed(), new CaseSpec().Given(
            Submission(Joint, "form", "seal-order", "tax-form") with { By = Fire, Channel = Channel.Window }, Acceptance(Lead), Grant(Lead, "licence")));
        static bool[] Leads(CaseSpec spec, params Actor[] viewers) => [.. viewers.Select(viewer => spec.Case.SeenBy(viewer)!.Licences.Single() is { IsClosed: false })];

        Assert.Equal([true, true, false, false], Leads(bySystem, Samples.Applicant, Clerk(Lead), Agency, Clerk(Department.ServiceOffice) with { IsAuditor = true }));
        Assert.Equal([true, true, true], Leads(byStaff, Samples.Applicant, Clerk(Lead), Fire));
        var supervised = new CaseSpec().Given(Submission(Joint with { SupervisedBy = Agency.Department!.Value }, "form", "seal-order", "tax-form"), Acceptance(Lead), Grant(Lead, "licence"));
        Assert.Equal([true, true, true], Leads(supervised, Samples.Applicant, Clerk(Lead), Agency));
    }

    [Fact] // PERF-1, CASE-16: who accepted does not decide, and a supervisor can tell
    public void Which_of_the_staff_did_something_is_shown_to_auditors_their_supervisors_and_themselves()
    {
        var office = Supervisor(Department.ServiceOffice);
        bool Shown(Actor viewer) => CaseSight.PersonShown(Fire, viewer) == Fire.Subject;

        Assert.All([Fire, Supervisor(Department.Fire), At(Supervisor(Department.Fire)), office, Clerk(Department.Tax) with { IsAuditor = true }], viewer => Assert.True(Shown(viewer)));
        Assert.All(
            [Second(Department.Fire), Supervisor(Lead), Supervisor(Department.Fire) with { Hall = "airport" }, Samples.Applicant, new Actor("fire-system", "fire-system", Department.Fire)],
            viewer => Assert.False(Shown(viewer)));
        Assert.All([Agency, Samples.Applicant], by => Assert.Null(CaseSight.PersonShown(by, office with { IsAuditor = true })));
    }

    [Fact] // STAT-4: what staff took in is not online
    public void What_staff_took_in_counts_for_its_hall_and_channel_and_not_as_online()
    {
        var row = CaseRow.Of(Took(Fire).Case, Plain, LegalClock.Zone);

        Assert.Equal(("haigang", Channel.Window, false, false), (row.Hall, row.Channel, row.IsOnline, row.ByApplicant));
    }
}
