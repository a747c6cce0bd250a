using Xunit;

namespace OneDoor.Callers;

public class TalliedEvents
{
    private const int Most = 3;

    private readonly SecurityTally _tally = new(Most);

    [Fact]
    public void What_strangers_are_refused_hides_nobody_who_signs_in()
    {
        for (var i = 0; i < 2 * Most; i++)
            _tally.IsTold(Refused($"/v1/{i}", $"192.0.2.{i}"));

        Assert.True(_tally.IsTold(SignedIn("p_anna", "198.51.100.1")));
    }

    [Fact]
    public void Beyond_what_is_told_apart_who_it_was_is_kept_and_what_they_may_choose_is_not()
    {
        for (var i = 0; i < Most; i++)
            Assert.True(_tally.IsTold(SignedIn($"p_{i}", "198.51.100.1")));
        foreach (var address in new[] { "198.51.100.1", "198.51.100.2" })
            Assert.False(_tally.IsTold(SignedIn("p_anna", address)));

        Assert.Equal([(SignedIn("p_anna", "") with { Operation = "" }, 2)], _tally.Close());
        Assert.True(_tally.IsTold(SignedIn("p_anna", "198.51.100.1")));
    }

    private static SecurityEvent SignedIn(string person, string address) => new(SecurityEventKind.SignedIn, "password", "", person, address, "/signin");

    private static SecurityEvent Refused(string operation, string address) => new(SecurityEventKind.TokenRefused, "auth.token-missing", "", "", address, operation);
}
