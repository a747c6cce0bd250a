using OneDoor.Identity.Keys;

namespace OneDoor.Tests.Identity.Keys;

public sealed class KeyScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan RetiredFor = TimeSpan.FromMinutes(15);
    private static readonly SigningKey First = Key("first", Start);
    private static readonly SigningKey Second = Key("second", Start.AddDays(90));
    private readonly KeySchedule _schedule = new([Second, First], RetiredFor);

    public static TheoryData<string, TimeSpan, KeyPhase, KeyPhase> Lives => new()
    {
        { "while the second waits", TimeSpan.FromDays(90) - TimeSpan.FromTicks(1), KeyPhase.Active, KeyPhase.Published },
        { "when the second takes over", TimeSpan.FromDays(90), KeyPhase.Retired, KeyPhase.Active },
        { "while tokens of the first may live", TimeSpan.FromDays(90) + RetiredFor - TimeSpan.FromTicks(1), KeyPhase.Retired, KeyPhase.Active },
        { "when the last has expired", TimeSpan.FromDays(90) + RetiredFor, KeyPhase.Removed, KeyPhase.Active },
    };

    [Theory]
    [MemberData(nameof(Lives))]
    public void A_key_is_published_then_active_then_retired_then_removed(string when, TimeSpan after, KeyPhase first, KeyPhase second)
    {
        Assert.NotEmpty(when);
        Assert.Equal((first, second), (_schedule.PhaseOf(First, Start + after), _schedule.PhaseOf(Second, Start + after)));
    }

    [Fact]
    public void Without_a_key_one_is_due() => Assert.True(new KeySchedule([], RetiredFor).NextIsDue(Start, new KeysOptions()));

    [Fact]
    public void The_next_key_is_due_so_early_that_it_signs_when_the_period_ends()
    {
        var (alone, options) = (new KeySchedule([First], RetiredFor), new KeysOptions());
        Assert.False(alone.NextIsDue(Start.AddDays(89).AddTicks(-1), options));
        Assert.True(alone.NextIsDue(Start.AddDays(89), options));
    }

    [Fact]
    public void No_further_key_is_due_while_one_waits() => Assert.False(_schedule.NextIsDue(Start.AddDays(89), new KeysOptions()));

    private static SigningKey Key(string kid, DateTimeOffset signsFrom) => new() { Kid = kid, PublishedAt = signsFrom, SignsFrom = signsFrom, Protected = [] };
}
