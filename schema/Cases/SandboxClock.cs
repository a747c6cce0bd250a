using System.Globalization;
using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>In the sandbox, whoever submitted the case moved its clock forward (decision 0075).</summary>
/// <param name="At">When, by the case's clock as it was; what happens to the case later is dated by the clock as it is since.</param>
/// <param name="To">What the case's clock showed then.</param>
/// <param name="Since">When, by everybody's clock.</param>
[Alias("sandbox_clock_moved")]
public sealed record SandboxClockMoved(DateTimeOffset At, Actor By, DateTimeOffset To, DateTimeOffset Since) : CaseFact(At, By);

/// <summary>Moving the clock of a case forward, in the sandbox.</summary>
/// <param name="Case">The case's id.</param>
/// <param name="To">What its clock is to show: later than it shows, and within five years.</param>
public sealed record MoveClock(Guid Case, DateTimeOffset To) : CaseCommand;

/// <summary>A case's own clock, which runs as everybody's does and is ahead of it.</summary>
/// <param name="To">What it showed when it was moved.</param>
/// <param name="Since">When it was, by everybody's clock.</param>
public sealed record SandboxClock(DateTimeOffset To, DateTimeOffset Since)
{
    internal TimeSpan Ahead => To - Since;
}

/// <summary>Why a case's clock is not moved.</summary>
public static class SandboxClockRefusals
{
    public static readonly Refusal NotYours = new("sandbox.case-not-yours", 403,
        new("只有提交人可以调快办件的时钟", "Whoever submitted a case moves its clock"));

    public static readonly Refusal Backward = new("sandbox.clock-backward", 409,
        new("时钟只能调快", "A clock moves forward only"));

    public static readonly Refusal TooFar = new("sandbox.clock-too-far", 422,
        new("时钟调得太快", "That is too far ahead"), new("至多五年。", "Five years from now at most."));
}

// A case's own time, in the sandbox: its commands, its sweep and its limits go by it.
public sealed partial record Case
{
    private const int YearsAhead = 5;

    /// <summary>Its own clock; null where it goes by everybody's, as it does outside the sandbox.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SandboxClock? SandboxClock { get; init; }

    /// <summary>What its clock shows at an instant of everybody's.</summary>
    public DateTimeOffset NowAt(DateTimeOffset everybodys) => everybodys + (SandboxClock?.Ahead ?? TimeSpan.Zero);

    /// <summary>When it is by everybody's clock that its own shows an instant.</summary>
    public DateTimeOffset EverybodysAt(DateTimeOffset own) => own - (SandboxClock?.Ahead ?? TimeSpan.Zero);

    /// <summary>When one of its facts since its clock was moved, or that it was, happened by everybody's: what became due on the way happened when it was moved.</summary>
    public DateTimeOffset EverybodysAt(CaseFact fact) => EverybodysAt(fact.At) is var at && SandboxClock is { Since: var moved } && moved > at ? moved : at;

    /// <summary>Its latest facts as others hear of them, each when it happened by everybody's clock.</summary>
    public IReadOnlyList<CaseFact> ByEverybodysClock(IReadOnlyList<CaseFact> facts) => SandboxClock is null ? facts : [.. facts.Select(fact => fact with { At = EverybodysAt(fact) })];

    private static string InChina(DateTimeOffset at) => at.ToOffset(LegalClock.ChinaStandardTime).ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);

    private Decision<CaseFact> Move(MoveClock c, CaseAsking asked)
    {
        if (asked.By.Subject != SubmittedBy)
            return SandboxClockRefusals.NotYours;
        if (c.To <= asked.Now)
            return SandboxClockRefusals.Backward.Because($"现为 {InChina(asked.Now)}。", $"It shows {InChina(asked.Now)}.").At("/to");
        var (now, to) = (EverybodysAt(asked.Now), c.To.ToUniversalTime());
        if (to > now.AddYears(YearsAhead))
            return SandboxClockRefusals.TooFar.At("/to");
        List<CaseFact> facts = [new SandboxClockMoved(asked.Now, asked.By, to, now)];
        var state = Evolve(this, facts[0]);
        // What becomes due on the way does when it is due, as the sweep would find it.
        for (var at = asked.Now; at < to; at = state.NextDue is { } due && LegalClock.After(due).ToUniversalTime() is var wake && wake > at && wake < to ? wake : to)
        {
            var lapsed = state.Lapse(asked.Clock, at);
            facts.AddRange(lapsed);
            state = lapsed.Aggregate(state, Evolve);
        }
        return Decision<CaseFact>.Of([.. facts, .. state.Lapse(asked.Clock, to)]);
    }
}
