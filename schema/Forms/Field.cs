using System.Text.Json;
using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Forms;

/// <summary>What an answer to a field is.</summary>
public enum FieldType
{
    /// <summary>Words; in several lines where there may be more than 200 characters.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with so many decimals.</summary>
    Decimal,

    /// <summary>An amount in yuan, with two decimals at most.</summary>
    Money,

    /// <summary>A share: <c>1/2</c>.</summary>
    Fraction,

    /// <summary>A day: <c>2026-11-26</c>.</summary>
    Date,

    /// <summary>A month: <c>2026-11</c>.</summary>
    Month,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>Any of the choices, each once.</summary>
    Choices,

    /// <summary>A person: name, document, phone.</summary>
    Person,

    /// <summary>A legal entity: name and unified social credit code.</summary>
    Entity,

    /// <summary>A place: district, street.</summary>
    Address,

    /// <summary>The number of a licence.</summary>
    Licence,

    /// <summary>The id of a file that was uploaded.</summary>
    File,

    /// <summary>Fields that belong together.</summary>
    Group,

    /// <summary>Any number of rows, each with the same fields.</summary>
    List,
}

/// <summary>One thing a form asks for.</summary>
public sealed record Field
{
    /// <summary>Characters of a text, and rows of a list, where the form does not say how many there may be.</summary>
    public const int UsualLength = 200, UsualRows = 200;

    /// <summary>The member of the answer, camel case; once beside its siblings.</summary>
    public required string Name { get; init; }

    /// <summary>What is asked.</summary>
    public required Text Label { get; init; }

    /// <summary>What whoever fills it in may not know.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public Text? Help { get; init; }

    /// <summary>What the answer is.</summary>
    public required FieldType Type { get; init; }

    /// <summary>The answer is not complete without it, where it is asked.</summary>
    [JsonIgnore(Condition = WhenWritingDefault)]
    public bool Required { get; init; }

    /// <summary>At the top only: code of the section it is in.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public string? Section { get; init; }

    /// <summary>At the top only: codes of the item's steps that need it (JOINT-3); all of them where it is left out.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public IReadOnlyList<string>? Steps { get; init; }

    /// <summary>At the top only: it is for the steps named and for nobody by leading the case (SIGHT-1).</summary>
    [JsonIgnore(Condition = WhenWritingDefault)]
    public bool Sensitive { get; init; }

    /// <summary>It is asked where all of these hold, and must not be given where they do not.</summary>
    public IReadOnlyList<Condition> When { get; init; } = [];

    /// <summary>What numbers count: square metres, for instance.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public Text? Unit { get; init; }

    /// <summary>At least: characters of a text, the value of a number, how many choices or rows, the years of age of a person whose number tells the birth.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public decimal? Min { get; init; }

    /// <summary>At most: the same.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public decimal? Max { get; init; }

    /// <summary>Decimals of a <c>decimal</c>, 0 to 6; 2 where it is left out.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public int? Decimals { get; init; }

    /// <summary>What a text looks like: a regular expression that ECMAScript and .NET read alike, anchored at both ends.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public string? Pattern { get; init; }

    /// <summary>Of choices: 2 to 60.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Of days and months: a day, or <c>today</c> with so many days, months or years: <c>today+20d</c>.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public string? NotBefore { get; init; }

    /// <summary>Of days and months: the same.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public string? NotAfter { get; init; }

    /// <summary>Of groups and lists: what belongs together, or what is in each row.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>It means the same in every form that has it, and is offered again from the applicant's own latest case (JOINT-4).</summary>
    [JsonIgnore(Condition = WhenWritingDefault)]
    public bool Prefill { get; init; }

    /// <summary>A valid answer, in which a day may be <c>today+20d</c>; null where one is made of type and bounds.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public JsonElement? Example { get; init; }

    /// <summary>Whether it is a number.</summary>
    [JsonIgnore]
    public bool IsNumber => Type is FieldType.Integer or FieldType.Decimal or FieldType.Money;

    /// <summary>Whether it is a day or a month.</summary>
    [JsonIgnore]
    public bool IsDay => Type is FieldType.Date or FieldType.Month;
}
