using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneDoor.Cases;

/// <summary>One fact of a case; <c>type</c> says which, and so what <c>details</c> holds.</summary>
/// <param name="Type">What happened, for instance case-submitted.</param>
/// <param name="Details">The particulars of this type of fact.</param>
/// <param name="Version">The case's version with this fact.</param>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the clock did, and when its reader does not see whose share of the case it was.</param>
public sealed record HistoryEntry(string Type, object Details, int Version, DateTimeOffset At, HistoryActor? By)
{
    /// <summary>How each type of fact is told, beside what the details of its entries hold.</summary>
    internal static readonly IReadOnlyList<HistoryRow> Rows = [.. HistoryOfApplying.Rows, .. HistoryOfHandling.Rows];

    private static readonly FrozenDictionary<Type, HistoryRow> ByFact = Rows.ToFrozenDictionary(row => row.Fact);

    public static HistoryEntry Of(int version, CaseFact fact, Actor viewer)
    {
        var row = ByFact[fact.GetType()];
        return new(row.Type, row.Told(fact), version, fact.At, fact.By is { } by ? new(by.Client, by.Department, CaseSight.PersonShown(by, viewer)) : null);
    }
}

/// <summary>Who did something.</summary>
/// <param name="Client">The OAuth client.</param>
/// <param name="Department">The department it acts for; null for an applicant's client.</param>
/// <param name="Person">Which member of its staff, by their subject; for auditors, their supervisors, those of the service office and themselves alone, and absent for everybody else.</param>
public sealed record HistoryActor(string Client, Department? Department, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Person = null);

/// <summary>How facts of a type are told in the history.</summary>
/// <param name="Fact">Their type.</param>
/// <param name="Details">What an entry's details hold.</param>
/// <param name="Told">A fact's details.</param>
internal sealed record HistoryRow(Type Fact, Type Details, Func<CaseFact, object> Told)
{
    /// <summary>The entry's type: the fact's name.</summary>
    public string Type { get; } = JsonNamingPolicy.KebabCaseLower.ConvertName(Fact.Name);

    public static HistoryRow Of<TFact, TDetails>(Func<TFact, TDetails> told) where TFact : CaseFact where TDetails : class =>
        new(typeof(TFact), typeof(TDetails), fact => told((TFact)fact));
}
