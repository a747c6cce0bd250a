using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

// CASE-10: a licence is delivered electronically and at once; what is a thing, a seal or a printed licence, somebody hands over and somebody receives.
public sealed partial record Case
{
    private const int LongestThing = 200;

    private Decision<CaseFact> Record(RecordHandOver c, CaseAsking asked)
    {
        if (NotOwn(asked.By, c.Step) is { } unseen)
            return unseen;
        if (Step(c.Step) is not { Status: StepStatus.Granted, DecidedAt: { } granted })
            return HandOverRefusals.NothingGranted;
        if (HandOvers?.Contains(new(c.Step, c.What, c.Way, c.Receiver, c.On)) == true)
            return Decision<CaseFact>.Nothing;
        var offered = Plan.DeliveryWays.Where(way => way != DeliveryWay.Electronic).ToArray();
        Refusal[] wrong =
        [
            .. HandOverRefusals.Invalid.At("/what").When(!Wording.IsLine(c.What, LongestThing)),
            .. HandOverRefusals.WayNotOffered.Because(
                offered.Length == 0 ? "该事项只有电子送达。" : $"该事项的移交方式：{Listed(offered).Zh}。",
                offered.Length == 0 ? "Of the item nothing is handed over." : $"The item's are: {Listed(offered).En}.").At("/way").When(!offered.Contains(c.Way)),
            .. HandOverRefusals.Invalid.At("/receiver").When(!Wording.IsLine(c.Receiver, LongestName)),
            .. HandOverRefusals.Invalid.At("/on").When(c.On < LegalClock.DayOf(granted) || c.On > LegalClock.DayOf(asked.Now)),
        ];
        return Refusal.AllOf(wrong) is { } invalid ? invalid : new HandedOver(asked.Now, asked.By, c.Step, c.What, c.Way, c.Receiver, c.On);
    }
}

/// <summary>What of a granted step is a thing and was handed over (移交): seals, a printed licence. An electronic licence is delivered by the grant itself.</summary>
/// <param name="Step">The code of a granted step of one's own.</param>
/// <param name="What">What it was, in 1 to 200 characters.</param>
/// <param name="Way">By which way: one of the item's, and not electronically.</param>
/// <param name="Receiver">Who received it, in 1 to 100 characters.</param>
/// <param name="On">On which day, not before the grant and not after today.</param>
public sealed record RecordHandOver(string Step, string What, DeliveryWay Way, string Receiver, DateOnly On) : CaseCommand;

/// <summary>What a granted step brings besides an electronic licence was handed over (移交).</summary>
/// <param name="What">What it was.</param>
/// <param name="Way">By which way.</param>
/// <param name="Receiver">Who received it.</param>
/// <param name="On">On which day.</param>
[Alias("handed_over")]
public sealed record HandedOver(DateTimeOffset At, Actor By, string Step, [Personal] string What, DeliveryWay Way, [Personal] string Receiver, DateOnly On) : CaseFact(At, By), IStepFact;

/// <summary>That a thing was handed over (移交).</summary>
/// <param name="Step">The step's code.</param>
/// <param name="What">What it was.</param>
/// <param name="Way">By which way.</param>
/// <param name="Receiver">Who received it.</param>
/// <param name="On">On which day.</param>
public sealed record CaseHandOver(string Step, string What, DeliveryWay Way, string Receiver, DateOnly On);

/// <summary>Why a hand-over is not recorded.</summary>
public static class HandOverRefusals
{
    public static readonly Refusal NothingGranted = new("hand-over.nothing-granted", 409,
        new("该环节没有准予，无可移交", "The step is not granted, so that nothing of it is handed over"));

    public static readonly Refusal WayNotOffered = new("hand-over.way-not-offered", 422,
        new("该事项不以此方式移交", "The item is not handed over in this way"));

    public static readonly Refusal Invalid = new("hand-over.invalid", 422,
        new("移交记录不完整或者日期无效", "A hand-over says what, to whom and on which day"),
        new("物品最长200个字符，接收人最长100个字符；日期在准予之日至今天之间。", "What it is has 1 to 200 characters and who received it 1 to 100; the day lies between the grant and today."));
}
