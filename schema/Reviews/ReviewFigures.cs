namespace OneDoor.Reviews;

/// <summary>How what was handled was rated on some days.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Units">For each department that was rated.</param>
public sealed record ReviewFigures(DateOnly From, DateOnly To, IReadOnlyList<ReviewUnitFigures> Units)
{
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="given">How many were given on them, as they stand.</param>
    public static ReviewFigures Of(DateOnly from, DateOnly to, IReadOnlyList<ReviewCount> given) =>
        new(from, to, [.. given.GroupBy(r => r.Unit).OrderBy(g => g.Key).Select(g => ReviewUnitFigures.Of(g.Key, [.. g]))]);
}

/// <summary>How many reviews of a department are alike in all that figures count.</summary>
/// <param name="Unit">The department that is rated.</param>
/// <param name="Grade">Their grade.</param>
/// <param name="Status">Where they stand.</param>
/// <param name="Count">How many.</param>
public sealed record ReviewCount(Department Unit, ReviewGrade Grade, ReviewStatus Status, int Count);

/// <summary>How a department was rated; what is excluded counts nowhere but in <c>excluded</c>.</summary>
/// <param name="Unit">The department.</param>
/// <param name="Grades">How many reviews of each grade.</param>
/// <param name="Positive">Those very satisfied, satisfied and fair, of all that count.</param>
/// <param name="Excluded">How many do not count.</param>
public sealed record ReviewUnitFigures(Department Unit, ReviewGrades Grades, PositiveShare Positive, int Excluded)
{
    public static ReviewUnitFigures Of(Department unit, IReadOnlyList<ReviewCount> all)
    {
        int Counted(Func<ReviewGrade, bool> which) => all.Where(r => r.Status != ReviewStatus.Excluded && which(r.Grade)).Sum(r => r.Count);
        int Of(ReviewGrade grade) => Counted(g => g == grade);
        return new(
            unit,
            new(Of(ReviewGrade.VerySatisfied), Of(ReviewGrade.Satisfied), Of(ReviewGrade.Fair), Of(ReviewGrade.Dissatisfied), Of(ReviewGrade.VeryDissatisfied)),
            PositiveShare.Of(Counted(Review.IsPositive), Counted(_ => true)),
            all.Where(r => r.Status == ReviewStatus.Excluded).Sum(r => r.Count));
    }
}

/// <summary>Reviews by grade, in counts.</summary>
/// <param name="VerySatisfied">非常满意.</param>
/// <param name="Satisfied">满意.</param>
/// <param name="Fair">基本满意.</param>
/// <param name="Dissatisfied">不满意.</param>
/// <param name="VeryDissatisfied">非常不满意.</param>
public sealed record ReviewGrades(int VerySatisfied, int Satisfied, int Fair, int Dissatisfied, int VeryDissatisfied);

/// <summary>The positive share (好评率) with what it was made of.</summary>
/// <param name="Value">Numerator by denominator, to four decimals; null where there is nothing to divide by.</param>
/// <param name="Numerator">How many are positive.</param>
/// <param name="Denominator">Of how many.</param>
public sealed record PositiveShare(decimal? Value, int Numerator, int Denominator)
{
    internal static PositiveShare Of(int part, int whole) =>
        new(whole == 0 ? null : Math.Round((decimal)part / whole, 4, MidpointRounding.AwayFromZero), part, whole);
}
