using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>REM-1: whoever is told a no is told where to turn, by what the law says of who told them.</summary>
public class Remedies
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax;

    /// <summary>(B7)</summary>
    [Fact] // REM-1: 行政许可法 art. 38, 行政复议法 arts. 20, 24
    public void A_refusal_names_the_authority_its_address_the_court_and_how_long_there_is()
    {
        var remedy = Assert.Single(CaseSpec.Accepted().Given(Ask.RefuseStep(Supervisor(Lead), "review", Grounds)).Case.Remedies);

        var recourse = DepartmentDirectory.Zone.Of(Lead).Recourse;
        Assert.Equal(
            new Remedy(RemedyAct.Refusal, "review", recourse.Authority.Zh, recourse.Address.Zh, "P60D", recourse.Court.Zh, "P6M"), remedy);
    }

    /// <summary>(B7)</summary>
    [Fact] // REM-1: 行政复议法 art. 27
    public void Against_tax_customs_and_state_security_one_turns_to_their_superior()
    {
        var usual = DepartmentDirectory.Zone.Of(Lead).Recourse.Authority;
        var superior = new[] { Tax, Department.Customs, Department.StateSecurity };

        Assert.All(superior, d => Assert.NotEqual(usual, DepartmentDirectory.Zone.Of(d).Recourse.Authority));
        // Art. 24: a body of the whole city is answered for by the city's government.
        Assert.Equal("天津市人民政府", DepartmentDirectory.Zone.Of(Department.HousingFund).Recourse.Authority.Zh);
        Assert.All(Enum.GetValues<Department>().Except([.. superior, Department.HousingFund]), d => Assert.Equal(usual, DepartmentDirectory.Zone.Of(d).Recourse.Authority));
        var refused = CaseSpec.Licensed().Given(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds)).Case;
        Assert.Equal(("invoices", "国家税务总局天津市税务局"), refused.Remedies.Where(r => r.Act == RemedyAct.Refusal).Select(r => (r.Step, r.Authority)).Single());
    }

    [Fact] // REM-1
    public void A_supervisor_adds_to_the_remedies_and_takes_none_away()
    {
        var own = Grounds with { Remedy = "也可以向审批局信访接待室反映。" };

        var grounds = CaseSpec.Accepted().Given(Ask.RefuseStep(Supervisor(Lead), "review", own)).Fact<StepRefused>().Grounds.In("zh");

        Assert.StartsWith("申请人不服本决定的，可自收到决定之日起六十日内向天津市滨海新区人民政府（", grounds.Remedy, StringComparison.Ordinal);
        Assert.Contains("六个月内向天津市滨海新区人民法院提起行政诉讼。", grounds.Remedy, StringComparison.Ordinal);
        Assert.EndsWith("。 也可以向审批局信访接待室反映。", grounds.Remedy, StringComparison.Ordinal);
    }

    [Fact] // REM-1: read in the reader's language, whoever refuses
    public void The_law_is_told_in_both_languages()
    {
        foreach (var department in Enum.GetValues<Department>())
        {
            var grounds = RefusalGrounds.Of("行政许可法第三十八条", "场地不符合要求", null, department);
            var recourse = DepartmentDirectory.Zone.Of(department).Recourse;

            foreach (var language in new[] { "zh-CN", "en" })
                Assert.All([recourse.Authority, recourse.Address, recourse.Court], text => Assert.Contains(text.In(language), grounds.In(language).Remedy, StringComparison.Ordinal));
            Assert.Equal(recourse.Court.En, Assert.Single(grounds.In("en").Remedies!).Court);
        }
    }

    /// <summary>(B7)</summary>
    [Fact] // REM-1: 行政复议法 art. 23 (3)
    public void Against_silence_reconsideration_comes_first_and_from_the_day_after_the_limit()
    {
        var running = CaseSpec.Accepted().Case;

        var remedy = Assert.Single(running.Remedies);

        Assert.Equal((RemedyAct.NoDecision, true, running.Statutory!.On.AddDays(1), "P15D"), (remedy.Act, remedy.ReconsiderationFirst, remedy.From!.Value, remedy.CourtWithin));
        Assert.Contains("先向天津市滨海新区人民政府（", remedy.InWords().Zh, StringComparison.Ordinal);
        Assert.Empty(CaseSpec.Submitted(Plain).Case.Remedies);
        // Once the licence is granted its authority owes nothing, and the others each answer for their own silence.
        Assert.Equal(
            [("seals", "天津市滨海新区人民政府"), ("invoices", "国家税务总局天津市税务局")],
            CaseSpec.Licensed().Case.Remedies.Select(r => (r.Step, r.Authority)));
        Assert.Empty(CaseSpec.Accepted().Given(Grant(Lead, "review")).Case.Remedies);
    }

    [Fact] // what was told is for ever
    public void A_refusal_of_a_release_before_shows_what_it_told()
    {
        var stored = new RefusalGrounds("行政许可法第三十八条", "场地不符合要求", RefusalGrounds.StatutoryRemedy);
        var refused = CaseSpec.Accepted().Case;
        refused = Case.Evolve(refused, new StepRefused(refused.ChangedAt, Supervisor(Lead), "review", stored));
        refused = Case.Evolve(refused, new CaseRefused(refused.ChangedAt, Supervisor(Lead), "review", stored, Limit.WorkingDays(1)));

        Assert.Empty(refused.Remedies);
        Assert.Equal("申请人可自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。", stored.In("zh").Remedy);
        Assert.Equal("bring", new RefusalGrounds("", "", "bring").In("en").Remedy);
    }
}
