using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>B18, CASE-10: an electronic licence is delivered at once; a thing is handed over by a way the item offers, to somebody, on a day.</summary>
public class HandOvers
{
    private const Department Police = Department.PublicSecurity, Tax = Department.Tax;

    private static CaseSpec Sealed() => CaseSpec.Licensed().Given(Grant(Police, "seals")).At("2020-07-03 10:00");

    private static Asked HandOver(
        Department by = Police, string step = "seals", string what = "公章一枚", DeliveryWay way = DeliveryWay.Pickup, string receiver = "陈建国", string on = "2020-07-02") =>
        Ask.Of(Clerk(by), new RecordHandOver(step, what, way, receiver, China.Day(on)));

    /// <summary>(B18)</summary>
    [Fact]
    public void A_seal_is_handed_over_by_a_way_to_a_receiver_on_a_day()
    {
        var spec = Sealed();
        var fact = spec.When(HandOver()).Then<HandedOver>();
        Assert.Equal(("seals", "公章一枚", DeliveryWay.Pickup, "陈建国", China.Day("2020-07-02")), (fact.Step, fact.What, fact.Way, fact.Receiver, fact.On));
        Assert.Equal([new("seals", "公章一枚", DeliveryWay.Pickup, "陈建国", China.Day("2020-07-02"))], spec.Case.HandOvers!);
        spec.When(HandOver()).ThenNothing();
        spec.When(HandOver(what: "财务专用章一枚")).Then<HandedOver>();
    }

    /// <summary>(B18) Also when the case has ended, as with what is sent by post.</summary>
    [Fact]
    public void What_was_granted_is_handed_over_after_the_case_as_well()
    {
        var spec = CaseSpec.Accepted().Given(Grant(Department.MarketRegulation, "review")).At("2020-07-06 10:00");
        Assert.Equal(CaseStatus.Granted, spec.Case.Status);
        spec.When(HandOver(Department.MarketRegulation, "review", "许可证正本", DeliveryWay.Post, on: "2020-07-06")).Then<HandedOver>();
    }

    /// <summary>(B18)</summary>
    [Fact]
    public void Nothing_is_handed_over_of_what_is_not_granted_or_not_ones_own()
    {
        Sealed().When(HandOver(Tax, "invoices")).ThenRefused(HandOverRefusals.NothingGranted);
        Sealed().When(HandOver(Tax)).ThenRefused(CaseRefusals.StepNotFound);
    }

    /// <summary>(B18) All that is wrong is told at once.</summary>
    [Fact]
    public void A_hand_over_says_what_how_to_whom_and_when()
    {
        Sealed().When(HandOver(what: " ", receiver: "", on: "2020-06-30")).ThenRefused(HandOverRefusals.Invalid, "/what", "/receiver", "/on");
        Sealed().When(HandOver(on: "2020-07-04")).ThenRefused(HandOverRefusals.Invalid, "/on");
        Sealed().When(HandOver(way: DeliveryWay.Electronic)).ThenRefused(HandOverRefusals.WayNotOffered, "/way");
        var posted = CaseSpec.Licensed(Joint with { Delivery = new(Limit.WorkingDays(5), [DeliveryWay.Electronic, DeliveryWay.Post]) }).Given(Grant(Police, "seals"));
        posted.When(HandOver(on: "2020-07-01")).ThenRefused(HandOverRefusals.WayNotOffered, "/way");
        posted.When(HandOver(way: DeliveryWay.Post, on: "2020-07-01")).Then<HandedOver>();
    }

    /// <summary>(B18, CASE-10) Within what the item's own law leaves: dispatch five working days, others ten.</summary>
    [Theory]
    [InlineData("OFFC-013-01", 5)]
    [InlineData("SAMR-009-01", 10)]
    public void Delivery_is_the_items_own(string code, int days) =>
        Assert.Equal(Limit.WorkingDays(days), CatalogueData.Zone().Single(item => item.Code == code).Delivery.Within);

    /// <summary>(B18, JOINT-3, SIGHT-1)</summary>
    [Fact]
    public void Others_do_not_see_who_received_what()
    {
        var spec = Sealed().Given(HandOver());
        Assert.Single(spec.Case.SeenBy(Clerk(Police))!.HandOvers!);
        Assert.Empty(spec.Case.SeenBy(Clerk(Tax))!.HandOvers!);
        Assert.Null(spec.Case.SeenBy(Clerk(Department.ServiceOffice))!.HandOvers);
        Assert.Single(spec.Case.SeenBy(Samples.Applicant)!.HandOvers!);
    }
}
