using OneDoor.Cases;

namespace OneDoor.Standing;

/// <summary>Somebody's standing (信用状况). It bars from privileges; from applying, <see cref="Bars"/> alone do.</summary>
/// <param name="Commitments">Whether they may be granted something by commitment (告知承诺).</param>
/// <param name="Deficiency">Whether their cases may be accepted with a deficiency (容缺受理).</param>
/// <param name="Records">What they did not keep, the latest first, what was repaired among it.</param>
/// <param name="Bars">Items for which they may not apply until a day.</param>
public sealed record StandingView(Privilege Commitments, Privilege Deficiency, IReadOnlyList<CreditRecordView> Records, IReadOnlyList<StandingBar> Bars)
{
    public static StandingView Of(IReadOnlyList<CreditRecord> records, IReadOnlyList<(Guid Case, Bar Bar)> bars, DateOnly today)
    {
        var suspended = CreditRecord.SuspendedBy([.. records], today);
        return new(
            suspended.Commitments ? Privilege.Barred : Privilege.Allowed, suspended.Deficiency ? Privilege.Barred : Privilege.Allowed, [.. records.Select(CreditRecordView.Of)],
            [.. bars.Where(b => today <= b.Bar.Until).Select(b => new StandingBar(b.Bar.Item, b.Case, b.Bar.Ground, b.Bar.From, b.Bar.Until))]);
    }
}

/// <summary>Whether somebody may have what not everybody may.</summary>
public enum Privilege { Allowed, Barred }

/// <summary>That somebody may not apply for an item until a day (行政许可法 arts. 78, 79).</summary>
/// <param name="Item">Code of the item.</param>
/// <param name="Case">Id of the case that barred them.</param>
/// <param name="Ground">Why.</param>
/// <param name="From">The day of the decision.</param>
/// <param name="Until">The last day.</param>
public sealed record StandingBar(string Item, Guid Case, BarGround Ground, DateOnly From, DateOnly Until);

/// <summary>A credit record (失信记录).</summary>
/// <param name="Id">Opaque, and unique on the platform.</param>
/// <param name="Version">Grows with every change, which has to name it.</param>
/// <param name="Kind">What was not kept.</param>
/// <param name="Class">How much it weighs.</param>
/// <param name="Case">Id of the case.</param>
/// <param name="Item">Code of the item.</param>
/// <param name="Document">Number of the annulled licence, or code of the material that did not come.</param>
/// <param name="Department">Who keeps it, and decides about it.</param>
/// <param name="Since">The day it was recorded.</param>
/// <param name="Until">The last day on which it bars from anything.</param>
/// <param name="Repair">The last request for repair (修复申请); null where there was none.</param>
/// <param name="Objection">The last objection (异议); null where there was none.</param>
/// <param name="RepairedAt">When it was repaired; null unless it was.</param>
/// <param name="StruckOutAt">When it was found to be wrong; null unless it was.</param>
public sealed record CreditRecordView(
    Guid Id, int Version, CreditKind Kind, CreditClass Class, Guid Case, string Item, string Document, Department Department, DateOnly Since, DateOnly Until,
    CreditRequest? Repair, CreditRequest? Objection, DateTimeOffset? RepairedAt, DateTimeOffset? StruckOutAt)
{
    public static CreditRecordView Of(CreditRecord r) => new(
        r.Id, r.Version, r.Kind, r.Class, r.Case, r.Item, r.Document, r.Department, r.Since, r.Until, r.Repair, r.Objection, r.RepairedAt, r.StruckOutAt);
}

/// <summary>Something that happened to a credit record.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>credit-repair-decided</c>.</param>
/// <param name="At">When.</param>
/// <param name="Client">Whose doing it was; null when it was the clock's.</param>
/// <param name="Department">That client's department; null for who is signed in and for the clock.</param>
/// <param name="Reason">Why, in their words; null where nothing was said.</param>
/// <param name="Granted">What was decided about the repair or the objection; null for everything else.</param>
public sealed record CreditEvent(int Version, string Type, DateTimeOffset At, string? Client, Department? Department, string? Reason, bool? Granted)
{
    public static CreditEvent Of(CreditFact fact, int index) => new(
        index + 1, Streams.PublishedAs(fact), fact.At, fact.By?.Client, fact.By?.Department,
        fact switch { RepairRequested f => f.Reason, RepairDecided f => f.Reason, CreditObjected f => f.Reason, ObjectionDecided f => f.Reason, _ => null },
        fact switch { RepairDecided f => f.Granted, ObjectionDecided f => f.Upheld, _ => null });
}
