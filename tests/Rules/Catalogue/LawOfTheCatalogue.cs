using OneDoor.Applicants;
using OneDoor.Clock;
using Xunit;

namespace OneDoor.Catalogue;

/// <summary>What single laws say of single entries, as their texts read: one test for each kind of mistake a catalogue can make.</summary>
public sealed class LawOfTheCatalogue
{
    private static readonly Dictionary<string, Item> Today = CatalogueData.Zone().ToDictionary(item => item.Code);
    private static readonly Dictionary<string, Item> Then = CatalogueData.June2020().ToDictionary(item => item.Code);

    /// <summary>Whoever is granted late by these would have been in time by a longer limit in the catalogue.</summary>
    public static TheoryData<string, decimal, LimitUnit> Limits => new()
    {
        // 市场主体登记管理条例 art. 19: on the spot, or within three working days.
        { "ESTABLISHMENT", 3, LimitUnit.WorkingDays }, { "SAMR-001-01", 3, LimitUnit.WorkingDays }, { "SAMR-001-02", 3, LimitUnit.WorkingDays },
        { "SAMR-002-01", 3, LimitUnit.WorkingDays }, { "SAMR-003", 3, LimitUnit.WorkingDays }, { "SAMR-004", 3, LimitUnit.WorkingDays },
        { "SAMR-005-01", 3, LimitUnit.WorkingDays },
        // 营业性演出管理条例 arts. 6, 13, 15.
        { "OFFC-024-01", 20, LimitUnit.CalendarDays }, { "OFFC-024-02", 3, LimitUnit.CalendarDays }, { "OFFC-024-03", 20, LimitUnit.CalendarDays },
        { "OFFC-029-01", 20, LimitUnit.WorkingDays }, { "OFFC-010", 20, LimitUnit.WorkingDays }, { "PLAN-009", 20, LimitUnit.WorkingDays },
        { "OFFC-033-01", 20, LimitUnit.CalendarDays }, { "OFFC-038", 20, LimitUnit.CalendarDays },
        { "OFFC-036-01", 30, LimitUnit.CalendarDays }, { "OFFC-006-01", 30, LimitUnit.CalendarDays }, { "OFFC-006-02", 30, LimitUnit.CalendarDays },
        { "OFFC-037-01", 30, LimitUnit.WorkingDays }, { "OFFC-039-01", 45, LimitUnit.WorkingDays }, { "OFFC-047-01", 45, LimitUnit.CalendarDays },
        { "PSEC-004-01", 30, LimitUnit.CalendarDays }, { "PSEC-007-01", 3, LimitUnit.CalendarDays }, { "PSEC-006", 7, LimitUnit.CalendarDays },
        { "PSEC-009", 15, LimitUnit.CalendarDays },
        { "ECOL-001-01", 60, LimitUnit.CalendarDays }, { "ECOL-001-02", 30, LimitUnit.CalendarDays }, { "ECOL-005-01", 20, LimitUnit.WorkingDays },
        { "ECOL-006-01", 20, LimitUnit.WorkingDays }, { "ECOL-007", 15, LimitUnit.WorkingDays }, { "ECOL-008", 60, LimitUnit.CalendarDays },
        { "CONS-001-01", 7, LimitUnit.CalendarDays }, { "CONS-005-01", 45, LimitUnit.CalendarDays }, { "CONS-005-03", 45, LimitUnit.CalendarDays },
        { "SAMR-021-01", 20, LimitUnit.WorkingDays }, { "SAMR-024-01", 60, LimitUnit.CalendarDays }, { "SAMR-025-01", 30, LimitUnit.CalendarDays },
        { "CUST-001-01", 3, LimitUnit.WorkingDays }, { "CUST-001-02", 3, LimitUnit.WorkingDays },
        { "OFFC-019-01", 30, LimitUnit.CalendarDays }, { "OFFC-019-02", 45, LimitUnit.CalendarDays }, { "MEDI-001-01", 15, LimitUnit.CalendarDays },
        // 工伤保险条例 art. 20; 危险化学品安全管理条例 art. 50; 慈善法 art. 10 II.
        { "HRSS-006", 60, LimitUnit.CalendarDays }, { "PSEC-007-02", 7, LimitUnit.CalendarDays }, { "OFFC-051", 20, LimitUnit.CalendarDays },
        // 行政许可法 art. 42 II.
        { "INVESTMENT-PROJECT", 45, LimitUnit.WorkingDays },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_statutory_limit_is_its_own_laws_in_its_own_laws_unit(string code, decimal days, LimitUnit unit) =>
        Assert.Equal(new Limit(days, unit), Today[code].StatutoryLimit);

    /// <summary>JOINT-7, 行政许可法 art. 42 II.</summary>
    [Fact]
    public void What_departments_handle_jointly_takes_forty_five_days_and_fifteen_more_at_most() => Assert.All(
        Today.Values.Concat(Then.Values).Where(item => item.Procedure.Steps.Select(step => step.Department).Distinct().Count() > 1),
        item => Assert.True(item.StatutoryLimit!.InWorkingDays <= 45 && (item.Extension?.InWorkingDays ?? 0) <= 15, item.Code));

    /// <summary>CLK-4.</summary>
    [Theory]
    [InlineData("ESTABLISHMENT", 3)]
    [InlineData("SAMR-001-01", 3)]
    [InlineData("SAMR-009-01", 5)]
    [InlineData("OFFC-001", 40)]
    [InlineData("INVESTMENT-PROJECT", 15)]
    [InlineData("OFFC-012-01", 10)]
    public void A_limit_is_extended_by_what_its_law_allows(string code, int days) => Assert.Equal(Limit.WorkingDays(days), Today[code].Extension);

    /// <summary>MODE-1: what the law files nobody licenses, and nobody extends.</summary>
    [Theory]
    [InlineData("OFFC-002")]
    [InlineData("OFFC-013-05")]
    [InlineData("OFFC-034")]
    [InlineData("SAMR-001-03")]
    [InlineData("SAMR-019")]
    [InlineData("CUST-001-01")]
    [InlineData("CUST-001-02")]
    [InlineData("CUST-007")]
    [InlineData("CONS-011-03")]
    [InlineData("CONS-014")]
    public void What_is_filed_is_no_licence(string code) =>
        Assert.Equal((Act.Filing, null, HandlingType.Immediate), (Today[code].Act, Today[code].Extension, Today[code].Handling));

    /// <summary>C2: customs, taxes, passports and state security are delegated to no zone.</summary>
    [Fact]
    public void An_agencys_powers_come_from_nobody_else() => Assert.All(
        Today.Values.Where(item => item.Department is Department.Customs or Department.Tax or Department.PublicSecurity or Department.StateSecurity
            or Department.Fire or Department.SocialSecurity or Department.MedicalInsurance),
        item => Assert.Equal((Register.Agency, PowerOrigin.Agency, null), (item.Register, item.Origin, item.TakenOverIn)));

    /// <summary>优化营商环境条例 art. 19: 证照分离 is about operating licences of enterprises.</summary>
    [Theory]
    [InlineData("CONS-001-01")]
    [InlineData("PLAN-003-01")]
    [InlineData("ECOL-001-01")]
    [InlineData("OFFC-001")]
    [InlineData("OFFC-016-01")]
    [InlineData("PSEC-009")]
    [InlineData("PLAN-007-02")]
    public void Projects_persons_and_services_are_outside_the_reform_of_licences(string code) => Assert.Equal(ReformMode.Standard, Today[code].Mode);

    [Theory]
    [InlineData("公司登记管理条例")]
    [InlineData("合伙企业登记管理办法")]
    [InlineData("《个体工商户条例》")]
    [InlineData("化妆品卫生监督条例")]
    [InlineData("执业医师法")]
    [InlineData("物权法")]
    public void No_entry_of_today_rests_on_a_text_that_was_repealed(string repealed)
    {
        Assert.DoesNotContain(Today.Values, item => item.LegalBasis.Any(basis => basis.Contains(repealed, StringComparison.Ordinal)));
        Assert.Contains(Then.Values, item => item.LegalBasis.Any(basis => basis.Contains(repealed, StringComparison.Ordinal)));
    }

    /// <summary>CAT-5: what the law has ended since is refused with what to do instead, and June 2020 still knows it.</summary>
    [Theory]
    [InlineData("OFFC-007", 2022, 12, 30)]
    [InlineData("SAMR-023", 2021, 1, 1)]
    [InlineData("CONS-017-01", 2021, 7, 1)]
    public void What_the_law_ended_asks_for_nothing_any_more(string code, int year, int month, int day)
    {
        var (item, ended) = (Today[code], new DateOnly(year, month, day));
        Assert.Equal((ended, true), (item.EndedOn, item.IsEnded(ended)));
        Assert.NotNull(item.InsteadOf);
        Assert.Empty(item.Materials);
        Assert.False(Then[code].IsEnded(DateOnly.MaxValue));
        Assert.NotEmpty(Then[code].Materials);
    }

    [Fact]
    public void Nobody_is_asked_for_a_filing_that_was_ended() =>
        Assert.DoesNotContain(Today.Values, item => item.Materials.Any(material => material.ProvedBy == "foreign-trader-filing"));

    /// <summary>B19: guidance to what was abolished is what to do instead.</summary>
    [Fact]
    public void What_was_abolished_asks_for_nothing() => Assert.All(
        Today.Values.Where(item => item.Mode is ReformMode.Abolished),
        item => Assert.Equal((0, 0, 0, 0), (item.Conditions.Count, item.Materials.Count, item.Channels.Count, item.Procedure.Steps.Count)));

    /// <summary>JOINT-2: fire design is construction's and for special works; the land permit comes before the works; a site opinion is for allotted land.</summary>
    [Fact]
    public void The_investment_project_goes_through_the_steps_of_its_laws()
    {
        var item = Today["INVESTMENT-PROJECT"];
        Assert.Equal(
            ["filing", "land-permit", "planning-permit", "drawing-review", "fire-review", "environment", "construction-permit"],
            item.Procedure.Steps.Select(step => step.Code));
        Assert.Equal(Department.Construction, item.Procedure.Steps.Single(step => step.Code == "fire-review").Department);
        Assert.False(item.Materials.Single(material => material.Code == "site-opinion-copy").Required);
    }

    /// <summary>LIC-1: seals are a shop's work, and an invoice quota is a notice.</summary>
    [Fact]
    public void Seals_and_invoice_quotas_are_no_licences() => Assert.DoesNotContain(
        Today.Values, item => item.Procedure.Steps.Any(step => step.Issues?.Code is "company-seals" or "invoice-quota"));

    /// <summary>消防法 art. 20, 大型群众性活动安全管理条例 arts. 12, 13.</summary>
    [Fact]
    public void A_large_event_is_the_polices_alone() =>
        Assert.Equal([Department.PublicSecurity], Today["PSEC-006"].Procedure.Steps.Select(step => step.Department));

    /// <summary>SIGHT-1: only its department ever has a step in it.</summary>
    [Fact]
    public void State_security_is_confidential_and_for_the_window_alone() => Assert.All(
        Today.Values.Where(item => item.Department is Department.StateSecurity), item =>
        {
            Assert.True(item.Confidential);
            Assert.Equal([Channel.Window], item.Channels);
            Assert.All(item.Procedure.Steps, step => Assert.Equal(Department.StateSecurity, step.Department));
        });

    /// <summary>MODE-6: each licence by its own law, and not all of them thirty days before.</summary>
    [Theory]
    [InlineData("OFFC-013-03", null, 60, LimitUnit.CalendarDays, LateRenewal.New)]
    [InlineData("CONS-005-03", null, 90, LimitUnit.CalendarDays, LateRenewal.New)]
    [InlineData("SAMR-008-03", null, 30, LimitUnit.WorkingDays, LateRenewal.New)]
    [InlineData("SAMR-009-05", 90, 15, LimitUnit.WorkingDays, LateRenewal.New)]
    [InlineData("OFFC-039-03", null, 45, LimitUnit.CalendarDays, LateRenewal.Taken)]
    public void A_renewal_is_asked_for_when_its_law_says(string code, int? opens, int closes, LimitUnit unit, LateRenewal lateIs)
    {
        var renewal = Today[code].Renewal!;
        Assert.Equal((opens, closes, unit, lateIs), (renewal.Opens, renewal.Closes, renewal.Unit, renewal.LateIs));
        Assert.DoesNotContain(Today.Values, item => item.Conditions.Any(condition => condition.Zh.Contains("届满三十日前", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_entry_that_renews_by_commitment_says_when() => Assert.All(Today.Values.Where(item => item.RenewalByCommitment), item => Assert.NotNull(item.Renewal));

    /// <summary>A renewed food licence keeps its number and runs from the decision.</summary>
    [Fact]
    public void A_food_licence_keeps_its_number_and_runs_from_the_decision() =>
        Assert.Equal((true, RunsFrom.Decision), (Today["SAMR-009-05"].Renewal!.KeepsNumber, Today["SAMR-009-05"].Renewal!.RunsFrom));

    /// <summary>APP-1, APP-2: who founds does not exist yet, and who sells is not alone.</summary>
    [Fact]
    public void Founders_found_and_parties_transfer_together()
    {
        Assert.All(Today.Values.Where(item => item.CreatesEntity), item => Assert.Contains(ApplicantKind.Founders, item.Applicants));
        Assert.Equal(["ESTABLISHMENT", "SAMR-002-01", "SAMR-003", "SAMR-004", "SAMR-005-01"],
            Today.Values.Where(item => item.CreatesEntity).Select(item => item.Code).Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// APP-2: 不动产登记暂行条例 art. 14 (a transfer by inheritance or judgment is one party's), 股权出质登记办法 art. 6. The certificate is the
    /// acquirer's.
    /// </summary>
    [Theory]
    [InlineData("PLAN-007-02", "transferor", "transferee", false)]
    [InlineData("PLAN-007-03", "mortgagor", "mortgagee", true)]
    [InlineData("SAMR-006-01", "pledgor", "pledgee", true)]
    [InlineData("SAMR-006-02", "pledgor", "pledgee", true)]
    public void Who_transfers_mortgages_or_pledges_does_not_apply_alone(string code, string gives, string takes, bool always) =>
        Assert.All([Today[code], Then[code]], item =>
        {
            Assert.Equal([(gives, false), (takes, true)], item.Roles.Select(role => (role.Code, role.Holds)));
            Assert.Contains(ApplicantKind.JointParties, item.Applicants);
            Assert.Equal(always, item.Applicants.Count == 1);
        });

    /// <summary>APP-2.</summary>
    [Fact]
    public void Nothing_else_is_for_joint_parties() =>
        Assert.Equal(4, Today.Values.Count(item => item.Applicants.Contains(ApplicantKind.JointParties)));

    /// <summary>HEAR-2: 娱乐场所管理条例 art. 10.</summary>
    [Fact]
    public void An_entertainment_venue_is_heard_about_before_it_opens() => Assert.Equal(Requirement.Required, Today["OFFC-023-01"].Hearing);

    /// <summary>SUP-1: where powers are concentrated, who decides does not supervise.</summary>
    [Theory]
    [InlineData("SAMR-009-01", Department.MarketRegulation)]
    [InlineData("CONS-001-01", Department.Construction)]
    [InlineData("PLAN-003-01", Department.Planning)]
    [InlineData("ECOL-001-01", Department.Ecology)]
    [InlineData("OFFC-017-01", Department.Health)]
    [InlineData("OFFC-013-01", Department.HumanResources)]
    public void The_office_decides_what_it_took_over_and_the_department_supervises(string code, Department supervisor) =>
        Assert.Equal((Department.ServiceOffice, supervisor), (Today[code].DecidedBy, Today[code].SupervisedBy));
}
