using Xunit;
using static OneDoor.Reviews.ReviewSpec;

namespace OneDoor.Reviews;

/// <summary>REV-1: who is told which device a review came from, and by which set of indicators a review is read.</summary>
public class SeveralFromOneDevice
{
    [Fact]
    public void What_it_shares_with_others_is_for_who_sees_the_whole()
    {
        var review = new ReviewSpec().Given().State with { Device = new Guid(7, 0, 0, new byte[8]) };

        Assert.NotNull(review.SeenBy(Office, default)!.Device);
        Assert.Null(review.SeenBy(Rated, default)!.Device);
    }

    [Fact]
    public void A_set_that_is_not_in_force_is_read_by_its_version()
    {
        Assert.Null(IndicatorSets.InForce(ReviewChannel.Online, new(2019, 12, 2)));
        Assert.Equal("efficiency", IndicatorSets.Of("online-2019")!.Tags[0].Code);
        Assert.Null(IndicatorSets.Of("online-1999"));
    }
}
