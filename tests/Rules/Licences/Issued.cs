using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Licences;

/// <summary>LIC-1, CASE-10, JOINT-4: what a grant issues, to whom, until when, and in whose place.</summary>
public class Issued
{
    private static readonly IssuedLicence Food = new("food-business-licence", new("食品经营许可证", "Food business licence"));

    private static Item Renewing(string code) => ItemOf(Department.MarketRegulation, [StepOf("review", Department.MarketRegulation) with { Issues = Food with { Code = code } }]) with
    { SupervisedBy = Department.Customs, Materials = [MaterialOf("copy") with { ProvedBy = code }] };

    private static (Case Case, LicenceIssued? Licence) Granted(Item item, Licence? replaces = null)
    {
        var spec = CaseSpec.Submitted(item, [.. item.Materials.Select(m => m.Code)]).Given(Acceptance(Department.MarketRegulation), Grant(Department.MarketRegulation, "review"));
        return (spec.Case, Issuing.Of(spec.Case, item, spec.Facts.OfType<LicenceDelivered>().Single(), replaces));
    }

    [Fact] // LIC-1
    public void A_grant_makes_a_licence_of_what_it_issues()
    {
        var (@case, issued) = Granted(Renewing(Food.Code));

        Assert.Equal(
            ($"{@case.Number}-1", Food, "TEST-ITEM", @case.Plan.Name, Department.MarketRegulation, Department.Customs, @case.Id, "review"),
            (issued!.Number, issued.Kind, issued.Item, issued.Scope, issued.Department, issued.SupervisedBy, issued.Case, issued.Step));
        Assert.Equal([Buyer], issued.Holders);
        // 食品安全法实施条例 art. 15: five years.
        Assert.Equal((China.Day("2020-07-01"), China.Day("2025-06-30"), China.Day("2020-07-01")), (issued.ValidFrom, issued.ValidUntil, issued.OperationFrom));
        Assert.Null(Granted(Renewing("business-licence")).Licence!.ValidUntil);
        Assert.Equal(China.Day("2020-12-31"), Granted(Renewing("auto-import-licence")).Licence!.ValidUntil);
        Assert.Equal(China.Day("2024-02-29"), LicenceKind.Of("entertainment-licence").Until(China.Day("2022-03-01")));
    }

    [Theory] // 民法典 art. 202: where the last month has no such day, a term ends with the month
    [InlineData("food-business-licence", "2028-02-29", "2033-02-28")]
    [InlineData("food-business-licence", "2028-03-01", "2033-02-28")]
    [InlineData("food-business-licence", "2023-03-01", "2028-02-29")]
    [InlineData("precursor-purchase-permit", "2030-01-30", "2030-02-28")]
    [InlineData("precursor-purchase-permit", "2028-01-31", "2028-02-29")]
    [InlineData("precursor-purchase-permit", "2030-01-28", "2030-02-27")]
    [InlineData("precursor-purchase-permit", "2030-02-28", "2030-03-27")]
    public void A_term_ends_on_the_day_before_its_like(string kind, string from, string until) => Assert.Equal(China.Day(until), LicenceKind.Of(kind).Until(China.Day(from)));

    [Fact] // MODE-3
    public void What_takes_the_place_of_a_licence_whose_conditions_are_to_be_met_allows_nothing_before_they_are()
    {
        var next = Granted(Renewing(Food.Code), new LicenceSpec().Licence with { OperationFrom = null }).Licence!;

        Assert.Null(next.OperationFrom);
        Assert.Equal(China.Day("2020-07-20"), Licence.Evolve(null, next).Opens(China.At("2020-07-20 09:00"), LicenceSpec.Holder).Aggregate(Licence.Evolve(null, next), Licence.Evolve).OperationFrom);
    }

    [Theory] // a seal, a quota, a notice are handed over and held by nobody
    [InlineData("company-seals")]
    [InlineData("invoice-quota")]
    [InlineData("eia-exemption-notice")]
    public void What_is_only_a_result_is_no_licence(string code) => Assert.Null(Granted(Renewing(code)).Licence);

    [Fact] // APP-1, APP-2
    public void A_licence_is_whose_the_grant_was()
    {
        var founding = new CaseSpec().Given(Submission(Joint with { Applicants = [ApplicantKind.Founders] }, "form") with
        {
            Applicant = new(ApplicantKind.Founders, Founders: [Seller], Subject: new("新设公司", SubjectKind.Company)),
            Chosen = [],
        }).Given(Acceptance(Department.MarketRegulation), Ask.GrantFounding(Second(Department.MarketRegulation), "licence", Company.Uscc!));
        Assert.Equal([new PersonOrEntity(ApplicantKind.LegalEntity, "新设公司", Company.Uscc)], Of(founding).Holders);

        var sale = new CaseSpec().Given(BySeller, SignedBy(Buyer), Acceptance(Department.MarketRegulation), Grant(Department.MarketRegulation, "intake"), Grant(Department.Tax, "tax"), Grant(Department.MarketRegulation, "registration"));
        Assert.Equal([Buyer], Of(sale).Holders);
        // The seller's own deed is lost with the sale.
        Assert.Equal([Seller.Key], Issuing.MayLose(sale.Case, new("title-deed", Food.Name)));
        // Who acquires alone, as by inheritance, keeps the deeds of what else is theirs.
        Assert.Empty(Issuing.MayLose(sale.Case with { Applicant = new(ApplicantKind.LegalEntity, Buyer.Name, Buyer.Uscc) }, new("title-deed", Food.Name)));

        static LicenceIssued Of(CaseSpec spec) => Issuing.Of(spec.Case, item: null, spec.Facts.OfType<LicenceDelivered>().Single(), replaces: null)!;
    }

    [Fact] // LIC-1: a change or a renewal takes the place of the licence it is about, where it is certain which that is
    public void The_one_licence_of_its_kind_gives_way_to_the_next()
    {
        var before = new LicenceSpec().Licence;
        var (@case, issued) = Granted(Renewing(Food.Code), Issuing.Replaced([before]));

        Assert.Equal(LicenceSpec.Number, issued!.Replaces);
        Assert.Equal([Buyer.Key], Issuing.MayLose(@case, Food));
        Assert.Empty(Issuing.MayLose(Granted(Renewing("business-licence")).Case, Food));
        Assert.Null(Issuing.Replaced([before, before]));
        Assert.Null(Issuing.Replaced([]));
    }

    [Fact] // of everything that either edition issues the data say what it is
    public void Every_kind_that_is_issued_is_known()
    {
        var issued = CatalogueData.Zone().Concat(CatalogueData.June2020()).SelectMany(item => item.Procedure.Steps).Select(step => step.Issues?.Code).OfType<string>().ToHashSet();

        Assert.Empty(issued.Except(LicenceKind.All.Select(kind => kind.Code)));
        Assert.All(LicenceKind.All, kind => Assert.True(kind is { Result: true, Years: null, Months: null } or { Years: null, Months: null, Sample: false } or { Years: > 0, Months: null } or { Years: null, Months: > 0 }));
        Assert.All(LicenceKind.All.Where(kind => (kind.Years ?? kind.Months) is not null), kind => Assert.True(kind.Sample || kind.Basis is not null, kind.Code));
    }

    [Fact] // JOINT-3, SIGHT-1
    public void Its_holder_and_the_departments_answerable_for_it_see_a_licence_and_nobody_else()
    {
        var licence = new LicenceSpec().Licence;
        var confidential = licence with { Confidential = true };
        Actor[] callers = [LicenceSpec.Issuer, LicenceSpec.Supervises, LicenceSpec.Holder, SellerSignedIn, Clerk(Department.ServiceOffice), Clerk(Department.Tax), new("app", "app"), LicenceSpec.Issuer with { Department = Department.Fire, Applicant = Company.Key }];

        Assert.Equal([true, true, true, false, false, false, false, false], callers.Select(c => licence.SeenBy(c, licence.IssuedAt) is not null));
        // PUB-1: of persons only what the item says is published.
        var persons = new LicenceSpec(null, Seller, Buyer).Licence;
        Assert.True(licence.IsPublic && !confidential.IsPublic && !persons.IsPublic);
        Assert.True((persons with { PublishesPersons = true }).IsPublic && !(persons with { PublishesPersons = true, Confidential = true }).IsPublic);
        Assert.Equal([true, false, true, false, false, false, false, false], callers.Select(c => confidential.SeenBy(c, licence.IssuedAt) is not null));
    }

    [Fact] // SIGHT-1, decision 0090
    public void Whoever_took_its_case_in_at_a_window_sees_it_until_that_day_ends_and_does_nothing_to_it()
    {
        var clerk = Clerk(Department.Fire) with { Hall = "haigang" };
        LicenceIssued Of(string granted)
        {
            var spec = new CaseSpec().Given(Submission(Renewing(Food.Code), "copy") with { By = clerk, Channel = Channel.Window }, Acceptance(Department.MarketRegulation))
                .At(granted).Given(Grant(Department.MarketRegulation, "review"));
            return Issuing.Of(spec.Case, item: null, spec.Fact<LicenceDelivered>(), replaces: null)!;
        }
        static bool Sees(Licence licence, Actor viewer, string at) => licence.SeenBy(viewer, China.At(at)) is not null;
        var licence = Licence.Evolve(null, Of("2020-07-01 16:00"));
        var (today, tomorrow) = ("2020-07-01 23:59:59", "2020-07-02 00:00:00");

        Assert.Equal((true, false, false), (Sees(licence, clerk, today), Sees(licence, clerk, tomorrow), Sees(licence, clerk with { Subject = "fire-second" }, today)));
        Assert.False(Sees(licence with { Confidential = true }, clerk, today));
        Assert.False(Sees(Licence.Evolve(null, Of("2020-07-02 09:00")), clerk, "2020-07-02 09:00"));
        Assert.Equal(LicenceRefusals.NotYourDepartment.Code, Licence.Decide(licence, LicenceSpec.Suspension(), new LicenceAsking(clerk with { IsSupervisor = true }, LegalClock.Zone, China.At(today)) { MayManage = true }).Refused?.Code);

        // What goes on under its number has a past, which is not of that case.
        var renewed = Licence.Evolve(licence, new LicenceRenewed(China.At("2020-07-03 10:00"), LicenceSpec.Issuer, licence.Case, "review", licence.ValidUntil));
        Assert.False(Sees(renewed, clerk, "2020-07-03 12:00"));
    }
}
