namespace OneDoor.Catalogue;

/// <summary>What the law makes of what a step issues: a licence (电子证照) that is held for a term or for good, or a result that is handed over and held by nobody.</summary>
/// <param name="Code"><see cref="IssuedLicence.Code"/>.</param>
/// <param name="Years">The term (有效期) in years; null for one in months, or for none.</param>
/// <param name="Months">The term in months; null for one in years, or for none.</param>
/// <param name="Basis">The law and article that set the term; null where none is known.</param>
/// <param name="Sample">No public source that was read gives the term.</param>
/// <param name="Result">It is no licence: a seal, a quota, a notice. Nobody holds it, and it proves nothing.</param>
/// <param name="BoundToThing">It is about one thing, a project, a building, premises or a device, and proves nothing of another one of its holder's (JOINT-4).</param>
public sealed record LicenceKind(string Code, int? Years = null, int? Months = null, string? Basis = null, bool Sample = false, bool Result = false, bool BoundToThing = false)
{
    private static readonly Lazy<IReadOnlyDictionary<string, LicenceKind>> Read = new(() => Shipped.List<LicenceKind>("licence-kinds.json", "kind", "code").ToDictionary(kind => kind.Code));

    /// <summary>The kinds that the zone's catalogue issues, and those that it once issued.</summary>
    public static IEnumerable<LicenceKind> All => Read.Value.Values;

    /// <summary>The kind of a code; one that only an operator's catalogue issues is a licence without a term.</summary>
    public static LicenceKind Of(string code) => Read.Value.GetValueOrDefault(code) ?? new(code);

    /// <summary>The last day of the term; null where it has none.</summary>
    /// <param name="from">Its first.</param>
    public DateOnly? Until(DateOnly from) => (Years, Months) switch
    {
        ({ } years, _) => DayBefore(from, from.AddYears(years)),
        (_, { } months) => DayBefore(from, from.AddMonths(months)),
        _ => null,
    };

    // 民法典 art. 202: where the last month has no such day, the term ends with the month.
    private static DateOnly DayBefore(DateOnly from, DateOnly next) => next.Day < from.Day ? next : next.AddDays(-1);

    /// <summary>The first day of a term; null where it has none. Of those that end with the same month's last day it is the last.</summary>
    /// <param name="until">Its last.</param>
    public DateOnly? From(DateOnly until) => (Years, Months) switch
    {
        ({ } years, _) => until.AddDays(1).AddYears(-years),
        (_, { } months) => until.AddDays(1).AddMonths(-months),
        _ => null,
    };
}
