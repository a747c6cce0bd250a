using OneDoor.Clock;
using Xunit;
using static OneDoor.Reviews.ReviewSpec;

namespace OneDoor.Reviews;

/// <summary>REV-1: how a review is contested, and what its unit learns of who gave it (decision 0057).</summary>
public class Appeals
{
    [Fact]
    public void The_rated_contest_it_once_and_somebody_else_decides()
    {
        new ReviewSpec().Appealed().Then(ReviewStatus.Appealed);
        new ReviewSpec().Given().Do(new AppealReview("不归我们。"), Tax).ThenRefused(ReviewRefusals.NotYoursToAppeal);
        Assert.All([Rated, Office], other => new ReviewSpec().Appealed().Do(new RejectReviewAppeal("属实。"), other).ThenRefused(ReviewRefusals.NeedsSupervisor));
        new ReviewSpec().Appealed().Do(new RejectReviewAppeal("属实。"), Head).Then(ReviewStatus.Kept);
        new ReviewSpec().Appealed().Do(new ExcludeReview("评错了部门。"), Head).Then(ReviewStatus.Excluded);
        new ReviewSpec().Given().Do(new ExcludeReview("恶意。"), Head).Then(ReviewStatus.Excluded);
        // What is decided is decided.
        var kept = new ReviewSpec().Appealed().Do(new RejectReviewAppeal("属实。"), Head);
        kept.Do(new AppealReview("再申诉。"), Rated).ThenRefused(ReviewRefusals.AppealedAlready);
        kept.Do(new ExcludeReview("恶意。"), Head).ThenRefused(ReviewRefusals.NotInThisState);
    }

    [Fact]
    public void The_rated_learn_what_was_said_and_never_who_said_it()
    {
        var review = new ReviewSpec().Given();
        var share = review.State.SeenBy(Rated, default)!;

        Assert.Equal(("等了两个小时。", ReviewGrade.Dissatisfied), (share.Comment, share.Grade));
        Assert.Equal((null, null), (share.OfCase, share.GivenBy));
        // Not by the hour, either.
        Assert.Equal(China.At("2020-07-01 00:00"), Assert.Single(review.Facts).At);
        Assert.All([Applicant, Office, Head, Auditor], whole => Assert.Equal(review.State, review.State.SeenBy(whole, default)));
        Assert.All([Stranger, Tax, new Actor("app", "app")], other => Assert.Null(review.State.SeenBy(other, default)));
    }

    [Fact]
    public void Of_the_service_office_itself_its_supervisors_alone_know_who_rates_it()
    {
        var ofOffice = new ReviewSpec().OfOffice().State;

        Assert.Null(ofOffice.SeenBy(Office, default)!.GivenBy);
        Assert.NotNull(ofOffice.SeenBy(Head, default)!.GivenBy);
    }

    [Fact]
    public void What_is_excluded_stays_on_record_and_its_words_are_not_shown_to_the_rated()
    {
        var excluded = new ReviewSpec().Given().Do(new ExcludeReview("恶意。"), Head).State;

        Assert.Equal((null, "恶意。"), (excluded.SeenBy(Rated, default)!.Comment, excluded.SeenBy(Rated, default)!.ExcludedFor));
        Assert.Equal("等了两个小时。", excluded.SeenBy(Auditor, default)!.Comment);
    }
}
