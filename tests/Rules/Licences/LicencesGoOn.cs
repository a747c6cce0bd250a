using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Licences.LicenceSpec;

namespace OneDoor.Licences;

/// <summary>CLK-7: a holder is told in time that a licence will end. LIC-5: whoever asked in time for its renewal and is not answered keeps it.</summary>
public class LicencesGoOn
{
    private static readonly Guid Renewal = new(2, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static readonly DateOnly Last = China.Day("2025-06-30");

    [Fact] // of whose item nobody says when, sixty days before: twice the thirty of 行政许可法 art. 50
    public void Its_holder_is_told_once_that_it_will_end()
    {
        var spec = new LicenceSpec(Last);

        Assert.Empty(spec.Licence.Lapse(China.At("2025-04-30 23:59:59")));
        var told = Assert.IsType<LicenceExpiring>(Assert.Single(spec.Licence.Lapse(China.At("2025-05-01 00:00"))));
        Assert.Equal((China.At("2025-05-01 00:00"), Last), (told.At, told.ValidUntil));
        var after = Licence.Evolve(spec.Licence, told);
        Assert.Empty(after.Lapse(China.At("2025-06-30 23:59:59")));
        Assert.Equal((LicenceStatus.Valid, after.DueAt), (after.Status, after.WakeAt));
        // Of what ends too soon for that its holder knows; what never ends is not told of.
        Assert.Equal([typeof(LicenceExpired)], new LicenceSpec(China.Day("2020-07-31")).Licence.Lapse(China.At("2020-08-01 00:00")).Select(f => f.GetType()));
        Assert.Null(new LicenceSpec().Licence.WakeAt);
    }

    [Theory] // by the window of the item that renews it, else thirty days before the last day to ask
    [InlineData(90, 15, LimitUnit.CalendarDays, "2025-04-01")]
    [InlineData(null, 60, LimitUnit.CalendarDays, "2025-04-01")]
    [InlineData(null, 0, LimitUnit.CalendarDays, "2025-05-31")]
    [InlineData(10, 5, LimitUnit.WorkingDays, "2025-06-16")]
    public void The_items_law_says_when_its_holder_is_told(int? opens, int closes, LimitUnit unit, string on)
    {
        var renewal = Samples.Renewing.Renewal! with { Opens = opens, Closes = closes, Unit = unit };

        Assert.Equal(China.Day(on), Issuing.RemindOn(Last, renewal, new(), WorkingDays.StateCouncil));
    }

    [Fact]
    public void Of_what_nobody_renews_it_is_sixty_days_before_and_of_what_has_no_term_never()
    {
        Assert.Equal(China.Day("2025-05-01"), Issuing.RemindOn(Last, renewal: null, new(), WorkingDays.StateCouncil));
        Assert.Null(Issuing.RemindOn(until: null, Samples.Renewing.Renewal, new(), WorkingDays.StateCouncil));
    }

    [Fact] // what first grants a licence and what renews it are two items
    public void The_item_that_renews_a_kind_says_when()
    {
        var zone = CatalogueData.Zone();

        Assert.Equal((null, 180), Issuing.RenewalOf("cylinder-filling-licence", zone) is { } renewal ? (renewal.Opens, renewal.Closes) : default);
        Assert.Null(Issuing.RenewalOf("auto-import-licence", zone));
    }

    [Fact] // LIC-6
    public void A_suspension_and_what_it_is_to_be_revoked_for_stay_with_the_one_that_renews_it()
    {
        var spec = new LicenceSpec(Last).Given(Issuer, Suspension("2020-07-31"));
        var next = (LicenceIssued)spec.Facts[0] with { At = China.At("2020-07-02 09:00"), Number = "TEST-ITEM-20200702-000002-1", Replaces = Number };

        var after = spec.Licence.StaysWith(next).Aggregate(Licence.Evolve(null, next), Licence.Evolve);

        Assert.Equal((LicenceStatus.Suspended, China.Day("2020-07-31")), (after.Status, after.SuspendedUntil));
        Assert.Empty(new LicenceSpec(Last).Licence.StaysWith(next));
        // What is over by then is nothing that stays.
        Assert.Empty(spec.Licence.StaysWith(next with { At = China.At("2020-12-01 09:00") }));
    }

    [Fact] // LIC-5: a food business licence has five years
    public void Unanswered_it_goes_on_under_its_number_for_its_items_term()
    {
        var awaited = Awaited();

        Assert.Equal(LicenceStatus.Valid, awaited.At(China.At("2025-06-30 23:59:59")).Status);
        var facts = awaited.Lapse(China.At("2025-07-01 00:00"));
        var deemed = Assert.IsType<LicenceRenewalDeemed>(facts[^1]);
        Assert.Equal((China.At("2025-07-01 00:00"), Renewal, China.Day("2030-06-30")), (deemed.At, deemed.Case, deemed.ValidUntil!.Value));
        var goesOn = awaited.At(China.At("2025-07-01 00:00"));
        Assert.Equal((LicenceStatus.Valid, Number, China.Day("2030-06-30"), null), (goesOn.Status, goesOn.Number, goesOn.ValidUntil!.Value, goesOn.RenewalAwaitedBy));
        // Its next end is told of as long before, and comes.
        Assert.Equal(China.Day("2030-05-01"), goesOn.RemindOn);
        Assert.Equal(LicenceStatus.Expired, goesOn.At(China.At("2030-07-01 00:00")).Status);
    }

    [Fact]
    public void What_was_answered_ends_as_if_nobody_had_asked()
    {
        var answered = Awaited().Renewing(Renewal, awaited: false, open: false, China.At("2025-06-20 10:00"), Issuer);
        Assert.Equal([typeof(LicenceExpiring), typeof(LicenceRenewalAnswered)], answered.Select(f => f.GetType()));

        var licence = answered.Aggregate(Awaited(), Licence.Evolve);
        Assert.Equal(LicenceStatus.Expired, licence.At(China.At("2025-07-01 00:00")).Status);
        Assert.Empty(licence.Renewing(Renewal, awaited: false, open: false, China.At("2025-06-21 10:00"), Issuer));
        // After its end there is nothing left to wait for.
        Assert.Equal([typeof(LicenceExpired)], licence.Renewing(Renewal, awaited: true, open: true, China.At("2025-07-01 00:00"), Issuer).Select(f => f.GetType()));
    }

    [Fact] // what its holder owes an answer to is not the authority's silence, and is nobody else's to ask for
    public void While_its_holder_owes_an_answer_its_term_runs_and_the_case_goes_on_asking()
    {
        var owing = Awaited().Renewing(Renewal, awaited: false, open: true, China.At("2025-06-20 10:00"), Issuer).Aggregate(Awaited(), Licence.Evolve);

        Assert.Equal((null, Renewal), (owing.RenewalAwaitedBy, owing.RenewalAskedBy!.Value));
        Assert.Equal(LicenceStatus.Expired, owing.At(China.At("2025-07-01 00:00")).Status);
        Assert.Empty(owing.Renewing(Renewal, awaited: false, open: true, China.At("2025-06-21 10:00"), Issuer));
        Assert.Equal(Renewal, owing.Renewing(Renewal, awaited: true, open: true, China.At("2025-06-21 10:00"), Issuer).Aggregate(owing, Licence.Evolve).RenewalAwaitedBy);
        Assert.Null(owing.Renewing(Renewal, awaited: false, open: false, China.At("2025-06-21 10:00"), Issuer).Aggregate(owing, Licence.Evolve).RenewalAskedBy);
    }

    [Fact] // LIC-6: nobody escapes a suspension or a revocation by asking for a renewal
    public void What_is_suspended_stays_so_and_what_is_revoked_is_not_renewed()
    {
        var suspended = Licence.Evolve(Awaited(), new LicenceSuspended(China.At("2025-06-01 10:00"), Issuer, new("存放过期食品", "《食品安全法》第一百二十四条", []), Until: null));
        Assert.Equal((LicenceStatus.Suspended, China.Day("2030-06-30")), (suspended.At(China.At("2025-07-01 00:00")).Status, suspended.At(China.At("2025-07-01 00:00")).ValidUntil!.Value));

        var revoked = Licence.Evolve(Awaited(), new LicenceRevoked(China.At("2025-06-01 10:00"), Head, RevocationGround.Annulled, new("申请材料虚假", "《行政许可法》第六十九条", [])));
        Assert.Equal((LicenceStatus.Revoked, null), (revoked.At(China.At("2025-07-01 00:00")).Status, revoked.RenewalAwaitedBy));
    }

    [Fact] // a late request that the law takes may be granted after the end
    public void A_renewal_granted_after_its_end_brings_it_back()
    {
        var expired = new LicenceSpec(Last).Licence.Lapse(China.At("2025-07-02 10:00")).Aggregate(new LicenceSpec(Last).Licence, Licence.Evolve);

        var renewed = Licence.Evolve(expired, new LicenceRenewed(China.At("2025-07-02 10:00"), Issuer, Renewal, "review", China.Day("2030-06-30")));

        Assert.Equal((LicenceStatus.Valid, China.Day("2030-05-01"), false), (renewed.Status, renewed.RemindOn!.Value, renewed.Reminded));
    }

    private static Licence Awaited() => new LicenceSpec(Last).Licence.Renewing(Renewal, awaited: true, open: true, China.At("2025-04-10 10:00"), Issuer).Aggregate(new LicenceSpec(Last).Licence, Licence.Evolve);
}
