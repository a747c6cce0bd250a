using OneDoor.Clock;
using OneDoor.Tickets;
using Xunit;
using static OneDoor.Reviews.ReviewSpec;

namespace OneDoor.Reviews;

/// <summary>REV-1: one visit to a hall has one rating, by whoever holds its ticket.</summary>
public class RatingVisits
{
    [Fact]
    public void Whoever_has_the_code_rates_the_department_that_served_them()
    {
        var given = new ReviewSpec(visit: Visit).OfVisit();

        given.Then(ReviewStatus.Given);
        Assert.Equal((Department.MarketRegulation, ReviewChannel.OnSite, "on-site-2019"), (given.State.Unit, given.State.Channel, given.State.Indicators));
        Assert.Equal((Visit.Id, null, null), (given.State.OfTicket, given.State.OfCase, given.State.Part));
        // The hour would tell the window who it was.
        Assert.Equal(China.At("2020-07-01 00:00"), Assert.Single(given.Facts).At);
    }

    [Fact]
    public void So_does_whoever_took_it_signed_in_or_is_known_by_it()
    {
        Assert.All([Visit with { TakenBy = Stranger.Subject }, Visit with { ApplicantKey = Stranger.Applicant }], visit => new ReviewSpec(visit: visit).OfVisit(Stranger).Then(ReviewStatus.Given));
        new ReviewSpec(visit: Visit).OfVisit(Stranger).ThenRefused(ReviewRefusals.TicketUnknown, "/ticket");
        new ReviewSpec(visit: Visit).OfVisit(Holder with { CodeDigest = "another" }).ThenRefused(ReviewRefusals.TicketUnknown, "/ticket");
    }

    [Fact]
    public void Neither_clerks_rate_nor_departments_nor_the_machine_that_gave_the_ticket_out() =>
        Assert.All([Rated, Head, Office, QueueSpec.Kiosk], other => new ReviewSpec(visit: Visit).OfVisit(other).ThenRefused(ReviewRefusals.NotYours));

    [Fact]
    public void It_is_rated_once_it_is_over_and_only_where_somebody_was_served()
    {
        var queue = new QueueSpec();
        var serving = Visited(queue, complete: false);
        new ReviewSpec(visit: serving).At("2020-07-01 09:20").OfVisit().ThenRefused(ReviewRefusals.TooEarly);
        // The clerk went home without saying that it was done.
        new ReviewSpec(visit: serving).At("2020-07-02 08:00").OfVisit().Then(ReviewStatus.Given);
        var cancelled = queue.Do(queue.Take(QueueSpec.Tax)!, new CancelTicket())!;
        new ReviewSpec(visit: cancelled).OfVisit().ThenRefused(ReviewRefusals.NotServed);
    }

    [Theory]
    [InlineData("2020-07-31 23:59:59", null)]
    [InlineData("2020-08-01 00:00", "review.too-late")]
    public void It_is_open_for_thirty_days_after_the_visit(string at, string? refused) => Assert.Equal(refused, new ReviewSpec(visit: Visit).At(at).OfVisit().Refused?.Code);

    [Fact]
    public void It_is_rated_once_and_has_no_parts_and_no_case()
    {
        new ReviewSpec(visit: Visit).Do(new GiveReview(ReviewGrade.Fair, Ticket: Visit.Id), Holder, given: [null]).ThenRefused(ReviewRefusals.AlreadyGiven);
        new ReviewSpec(visit: Visit).OfVisit(department: Department.MarketRegulation).ThenRefused(ReviewRefusals.DepartmentInvalid, "/department");
        new ReviewSpec(visit: Visit).Do(new GiveReview(ReviewGrade.Fair, CaseId, Visit.Id), Applicant).ThenRefused(ReviewRefusals.MatterMissing, "/case");
    }

    [Fact]
    public void The_rated_do_not_learn_which_ticket_it_was_and_a_code_opens_its_own_review_alone()
    {
        var review = new ReviewSpec(visit: Visit).OfVisit().State;

        Assert.Equal((null, null, null), (review.SeenBy(Rated, default)!.OfTicket, review.SeenBy(Rated, default)!.GivenBy, review.SeenBy(Rated, default)!.CodeDigest));
        Assert.NotNull(review.SeenBy(Holder, default));
        Assert.All([Holder with { CodeDigest = "another" }, new Actor("", "x")], other => Assert.Null(review.SeenBy(other, default)));
        // Who rated a case without a code is nobody with one.
        Assert.Null(new ReviewSpec().Given().State.SeenBy(Holder, default));
    }
}
