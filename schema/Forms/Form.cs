using System.Text.Json;
using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Forms;

/// <summary>
/// What an application for an item says (申请表, CAT-7): its fields in the order in which they are asked, and what of them has to agree.
/// It is published with the item and versioned with it. What a submission has a member of its own for is never in it: who applies, contact,
/// agent, declaration, pledges, materials.
/// </summary>
public sealed record Form
{
    /// <summary>The person's field by which forms tell of whom an employer applies for.</summary>
    public const string Worker = "worker";

    /// <summary>The most fields at the top, and sections.</summary>
    public const int MostFields = 100, MostSections = 20;

    /// <summary>The most bytes of a form, and of an answer to one, as JSON in UTF-8.</summary>
    public const int LongestForm = 64 * 1024, LongestAnswer = 256 * 1024;

    /// <summary>Stable, kebab case; items name it in the catalogue's files.</summary>
    public required string Code { get; init; }

    /// <summary>What it is called (表单名称).</summary>
    public required Text Name { get; init; }

    /// <summary>No public form stands behind it: it is a plausible sample.</summary>
    [JsonIgnore(Condition = WhenWritingDefault)]
    public bool Sample { get; init; }

    /// <summary>The law or the public form it rests on; null for samples.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public string? Source { get; init; }

    /// <summary>How its fields are grouped for whoever fills it in.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>What is asked.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>What has to agree with what.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>Whether it tells of whom an employer applies for.</summary>
    internal bool HasWorker => Fields.Any(asked => asked is { Name: Worker, Type: FieldType.Person });

    /// <summary>The fields at the top that any of some steps needs (JOINT-3).</summary>
    public IEnumerable<Field> NeededBy(IReadOnlySet<string> steps) => Fields.Where(field => field.Steps is null ? steps.Count > 0 : field.Steps.Any(steps.Contains));
}

/// <summary>A part of a form that is filled in together.</summary>
/// <param name="Code">Kebab case, once in the form.</param>
/// <param name="Name">Its heading.</param>
public sealed record Section(string Code, Text Name);

/// <summary>One of the answers that a field lets one choose from.</summary>
/// <param name="Code">Kebab case, once in the field: the value in the answer.</param>
/// <param name="Name">What it is called.</param>
public sealed record Choice(string Code, Text Name);

/// <summary>When a field is asked. One of the two: <paramref name="Is"/> or <paramref name="Above"/>.</summary>
/// <param name="Field">A field beside it, or <c>^name</c> for one at the top.</param>
/// <param name="Is">It has one of these values: codes of choices, or true or false; of several choices, one of them is among these.</param>
/// <param name="Above">It is a number greater than this.</param>
public sealed record Condition(
    string Field, [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<JsonElement>? Is = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] decimal? Above = null)
{
    /// <summary>What the name of a field at the top begins with where a condition inside a group or a row names it.</summary>
    public const char Top = '^';

    /// <summary>The field's own name.</summary>
    [JsonIgnore]
    public string Name => Field.TrimStart(Top);
}

/// <summary>What a check of several fields compares.</summary>
public enum CheckRule
{
    /// <summary>The sum of a member of all rows equals something.</summary>
    Sum,

    /// <summary>A number is less than another.</summary>
    Less,

    /// <summary>A number is another at most.</summary>
    AtMost,

    /// <summary>A day or a month comes after another.</summary>
    After,

    /// <summary>A day or a month does not come before another.</summary>
    NotBefore,

    /// <summary>There are so many rows.</summary>
    Count,

    /// <summary>A field has one of some values.</summary>
    Is,
}

/// <summary>What several fields of an answer have to agree in. It counts only where all of them are given.</summary>
/// <param name="Rule">What is compared.</param>
/// <param name="Message">What is told where they do not agree.</param>
/// <param name="Of">Of sums: list and member, <c>shareholders.subscribed</c>. Of counts: the list, or the field of several choices.</param>
/// <param name="EqualTo">Of sums, written <c>equals</c>: a field at the top, or a value.</param>
/// <param name="Field">Of comparisons: the field that is held to the other. A day may be followed by the field of its time: <c>end endTime</c>.</param>
/// <param name="Than">Of comparisons: the other field, the same, a value, or <c>today</c> with so many days, months or years.</param>
/// <param name="In">Of comparisons and values: the list in each row of which, or the group in which, the fields are; they are at the top where it is left out.</param>
/// <param name="Allowed">Of counts: so many.</param>
/// <param name="OrFrom">Of counts: or as many as this and more.</param>
/// <param name="Is">Of values: codes of choices, or true or false; of several choices, one of them is among these.</param>
/// <param name="Note">Where they do not agree nothing is refused: the case says so among its remarks.</param>
/// <param name="When">It counts where all of these hold, of what is beside the fields or, with <c>^</c>, at the top; always where it is left out.</param>
public sealed record Check(
    CheckRule Rule, Text Message,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Of = null,
    [property: JsonIgnore(Condition = WhenWritingNull), JsonPropertyName("equals")] string? EqualTo = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Field = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Than = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? In = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<int>? Allowed = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] int? OrFrom = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<JsonElement>? Is = null,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool Note = false,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<Condition>? When = null);
