using System.Net;
using Xunit;

namespace OneDoor.Callers;

public class AllowancesOfCallers
{
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 9, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Allowances _allowances = new(Minute, most: 3);

    [Fact]
    public void What_is_left_of_a_window_is_told_as_it_passes_and_then_the_whole_quota_is_back()
    {
        Assert.Equal((true, 1, 60), Told(Ask(0, 2)));
        Assert.Equal((true, 0, 60), Told(Ask(0.2, 2)));
        Assert.Equal((false, 0, 60), Told(Ask(0.2, 2)));
        Assert.Equal((false, 0, 35), Told(Ask(25, 2)));
        Assert.Equal((false, 0, 15), Told(Ask(45, 2)));
        Assert.Equal((false, 0, 1), Told(Ask(59.9, 2)));
        Assert.Equal((true, 1, 60), Told(Ask(60, 2)));
    }

    [Fact]
    public void A_request_that_one_bound_refuses_is_counted_against_no_other()
    {
        Bound own = new("client", "app anna", 1), shared = new("all-of-client", "app", 2);
        Assert.True(_allowances.Take(Start, own, shared).IsGranted);
        for (var i = 0; i < 5; i++)
            Assert.Equal("client", _allowances.Take(Start, own, shared).Bound.Name);
        Assert.True(_allowances.Take(Start, own with { Caller = "app berta" }, shared).IsGranted);

        var refused = _allowances.Take(Start, own with { Caller = "app clara" }, shared);

        Assert.Equal((false, "all-of-client", 0), (refused.IsGranted, refused.Bound.Name, refused.Left));
    }

    [Fact]
    public void Of_two_bounds_used_up_the_one_that_lasts_longer_says_when_to_come_back()
    {
        Bound early = new("client", "anna", 1), late = new("all-of-client", "app", 1);
        _allowances.Take(Start, early);
        _allowances.Take(Start.AddSeconds(40), late);
        Assert.Equal((false, 0, 50), Told(_allowances.Take(Start.AddSeconds(50), early, late)));
    }

    [Fact]
    public void What_should_not_have_been_counted_is_given_back()
    {
        Bound bound = new("registrations", "192.0.2.1", 1);
        _allowances.Take(Start, bound);
        _allowances.GiveBack(bound);
        Assert.True(_allowances.Take(Start, bound).IsGranted);
        Assert.False(_allowances.Take(Start, bound).IsGranted);
    }

    [Fact]
    public void Beyond_the_callers_that_are_told_apart_all_are_one_until_a_window_ends()
    {
        Assert.All(Enumerable.Range(0, 3), caller => Assert.True(Ask(0, 1, $"{caller}").IsGranted));
        Assert.True(Ask(0, 1, "one more").IsGranted);
        Assert.False(Ask(0, 1, "and another").IsGranted);
        Assert.False(Ask(0, 1, "0").IsGranted);
        Assert.True(Ask(60, 1, "and another").IsGranted);
    }

    [Fact]
    public void Whoever_is_refused_takes_no_place_of_anybody_under_whatever_name_they_come()
    {
        Bound address = new("address", "192.0.2.1", 1);
        Assert.True(_allowances.Take(Start, new Bound("client", "192.0.2.1 0", 9), address).IsGranted);
        for (var i = 1; i <= 10; i++)
            Assert.False(_allowances.Take(Start, new Bound("client", $"192.0.2.1 {i}", 9), address).IsGranted);

        Assert.All(["berta", "clara"], caller => Assert.Equal((true, 1, 60), Told(Ask(0, 2, caller))));
    }

    [Fact]
    public void Names_that_fill_one_bound_take_nobodys_place_in_another()
    {
        for (var i = 0; i < 5; i++)
            Assert.True(_allowances.Take(Start, new Bound("client", $"192.0.2.1 {i}", 9), new Bound("address", "192.0.2.1", 9)).IsGranted);

        Assert.All(["192.0.2.2", "192.0.2.3"], address => Assert.Equal((true, 0, 60), Told(_allowances.Take(Start, new Bound("address", address, 1)))));
    }

    [Fact]
    public void What_was_counted_with_all_others_is_given_back_to_them()
    {
        Assert.All(Enumerable.Range(0, 3), caller => Ask(0, 1, $"{caller}"));
        Ask(0, 1, "one more");
        _allowances.GiveBack(new("client", "one more", 1));
        Assert.True(Ask(0, 1, "and another").IsGranted);
    }

    [Fact]
    public void A_clock_set_back_makes_no_window_longer()
    {
        Ask(0, 1);
        Ask(30, 1, "berta");
        Assert.Equal((true, 0, 60), Told(Ask(10, 1, "berta")));
        Assert.Equal((true, 0, 60), Told(Ask(-3600, 1)));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [InlineData("fe80::1%1", "fe80::/64")]
    [InlineData("::1", "::1")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    public void Whoever_has_an_IPv6_address_is_counted_as_its_network(string address, string network) =>
        Assert.Equal(network, CallerNetwork.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("192.0.2.7", null)]
    [InlineData("::ffff:192.0.2.7", null)]
    [InlineData("::1", null)]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    public void All_networks_of_an_IPv6_site_are_one_site(string address, string? site) => Assert.Equal(site, CallerNetwork.SiteOf(IPAddress.Parse(address)));

    private Allowance Ask(double second, int quota, string caller = "anna") => _allowances.Take(Start.AddSeconds(second), new Bound("client", caller, quota));

    private static (bool, int, int) Told(Allowance told) => (told.IsGranted, told.Left, told.Seconds);
}
