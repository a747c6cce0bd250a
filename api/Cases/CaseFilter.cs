using System.Text.Json;
using OneDoor.Applicants;

namespace OneDoor.Cases;

/// <summary>Which cases are wanted, and in which order; what is null leaves them all.</summary>
public sealed record CaseFilter
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

    public IReadOnlyList<CaseStatus>? Statuses { get; init; }
    public string? Item { get; init; }

    /// <summary>Cases with a step of it.</summary>
    public Department? Department { get; init; }

    /// <summary>First day of submission.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day of submission.</summary>
    public DateOnly? To { get; init; }
    public string? Number { get; init; }
    public DateTimeOffset? ChangedSince { get; init; }
    public string? Hall { get; init; }

    /// <summary>Cases of which this has reached those above who handle them, and stands.</summary>
    public RaisedMatter? Raised { get; init; }
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary><see cref="Applicants.Applicant.Key"/>.</summary>
    public string? Applicant { get; init; }
    public string Sort { get; init; } = Usual;

    /// <summary>What cursors are signed for: a position in one list is none in another, and each filter and order makes a list of its own.</summary>
    public string List => $"cases {JsonSerializer.Serialize(new { Statuses, Item, Department, From, To, Number, ChangedSince, Hall, Raised, Ids, Applicant, Sort }, PlatformJson.Options)}";

    /// <summary>Notes what is wrong with parameters that are each as they have to be.</summary>
    public void Check(Parameters parameters) => parameters.Days(From, To, first: "submittedFrom", last: "submittedTo");

    /// <summary>The key of the applicant with such an identifier.</summary>
    public static string? ApplicantOf(Parameters parameters, string? number, string name) => parameters.Read(
        number?.Trim(), name,
        n => Identifier.Read(n)?.Key, new("统一社会信用代码、公民身份号码、kind:number、kind:country:number", "USCC, citizen ID, kind:number, kind:country:number"));

    public static Guid? IdOf(string text) => Guid.TryParse(text, out var id) ? id : null;
}
