using OneDoor.Applicants;

namespace OneDoor.Cases;

/// <summary>Which cases are wanted, and in which order; what is null leaves them all.</summary>
/// <param name="Status">Cases that stand so.</param>
/// <param name="Item">Cases for the item of this code.</param>
/// <param name="Department">Cases with a step of this department.</param>
/// <param name="SubmittedFrom">First day of submission, YYYY-MM-DD.</param>
/// <param name="SubmittedTo">Last day of submission, YYYY-MM-DD.</param>
/// <param name="Number">The case of this number.</param>
/// <param name="ChangedSince">Cases to which something has happened since an instant with its offset.</param>
/// <param name="Hall">Cases received by the hall of this code.</param>
/// <param name="Raised">Cases of which this has gone to those above, and stands: delay-unexplained, nobody has said why they are past their limit; statutory-limit-passed, they are not decided within what the law leaves.</param>
/// <param name="Ids">Cases of these ids, 100 at most.</param>
/// <param name="Applicant">Cases of the applicant with this unified social credit code or citizen identity number; of others kind:number, or kind:country:number, for instance passport:USA:A12345678.</param>
/// <param name="Sort">-submitted (the newest first, as when left out), submitted, -changed, changed, or due: what goes on by its promised date, the soonest first, then all others.</param>
public sealed record CaseFilter(
    IReadOnlyList<CaseStatus>? Status = null, string? Item = null, Department? Department = null, DateOnly? SubmittedFrom = null, DateOnly? SubmittedTo = null,
    string? Number = null, DateTimeOffset? ChangedSince = null, string? Hall = null, RaisedMatter? Raised = null, IReadOnlyList<Guid>? Ids = null,
    string? Applicant = null, string Sort = CaseFilter.Usual)
{
    /// <summary>Who is looked for. In a header, because addresses are kept in logs and histories.</summary>
    public const string ApplicantHeader = "OneDoor-Applicant";

    /// <summary>The order when none is asked for.</summary>
    public const string Usual = "-submitted";

    /// <summary>The orders there are, by the name in <c>sort</c>.</summary>
    public static readonly IReadOnlyDictionary<string, Order> Orders = new[]
    {
        Order.LastSubmittedFirst, Order.FirstSubmittedFirst, Order.LastChangedFirst, Order.FirstChangedFirst, Order.FirstDueFirst,
    }.ToDictionary(order => order.Name);

    /// <summary>The key of the applicant with such an identifier.</summary>
    public static string? ApplicantOf(Parameters parameters, string? number, string name) => parameters.Read(
        number?.Trim(), name,
        n => Identifier.Read(n)?.Key, new("统一社会信用代码、公民身份号码、kind:number、kind:country:number", "USCC, citizen ID, kind:number, kind:country:number"));
}
