using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OneDoor.Forms;

/// <summary>What is wrong with an answer to a form: all of it at once, each with a pointer, and what would be right (CASE-11).</summary>
public static class FormAnswer
{
    /// <summary>The greatest number and amount, either side of zero.</summary>
    public const decimal Greatest = 999_999_999_999_999;

    /// <summary>So much of what is wrong is told at once.</summary>
    public const int MostTold = 200;

    // What a form's patterns are compiled to. They are the published catalogue's, so there are so many and no more.
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new();

    /// <summary>Everything that is wrong with an answer; nothing where it is complete and valid.</summary>
    /// <param name="form">The form.</param>
    /// <param name="answer">What was filled in.</param>
    /// <param name="today">The day, China Standard Time.</param>
    /// <param name="at">Where the answer stands in what was sent.</param>
    public static IReadOnlyList<Refusal> Refusals(Form form, JsonElement answer, DateOnly today, string at = "/form") =>
        [.. new Reading(answer, today).Whole(form, at).Take(MostTold)];

    /// <summary>The fields at the top of which something is wrong in an answer, or that have to agree with one of which it is.</summary>
    /// <param name="form">The form.</param>
    /// <param name="answer">What is filled in.</param>
    /// <param name="today">The day, China Standard Time.</param>
    public static IEnumerable<string> Concerned(Form form, JsonElement answer, DateOnly today) =>
        Refusals(form, answer, today).SelectMany(wrong => wrong.Fields).Select(wrong => FieldAt(wrong.Pointer)).OfType<string>().Concat(Contradictions.Fields(form, answer, today)).Distinct();

    /// <summary>The field at the top that a pointer into an answer leads to or through, where that stands at <c>/form</c>; null for the whole.</summary>
    public static string? FieldAt(string pointer) => pointer.Split('/').ElementAtOrDefault(2);

    /// <summary>What of an answer is out of the ordinary and no reason to refuse it (<see cref="Check.Note"/>), each with a pointer.</summary>
    /// <param name="form">The form.</param>
    /// <param name="answer">What was filled in, or as much of it as somebody sees.</param>
    /// <param name="on">The day it was handed in, China Standard Time.</param>
    /// <param name="at">Where the answer stands.</param>
    public static IReadOnlyList<(string Pointer, Text Message)> Remarks(Form form, JsonElement answer, DateOnly on, string at = "/form") =>
        [.. Contradictions.Noted(form, answer, on).Select(noted => (at + noted.Place, noted.Message))];

    /// <summary>Whether a text in one line looks as a pattern says. To .NET the end may have a line break behind it, to ECMAScript it has nothing.</summary>
    /// <remarks>No pattern of a form takes long; a machine on which many wait for their turn may, and nobody's answer is wrong for that.</remarks>
    internal static bool Matches(string pattern, string text)
    {
        try
        {
            return !text.EndsWith('\n') && Patterns.GetOrAdd(pattern, p => new Regex(p, RegexOptions.ECMAScript, TimeSpan.FromSeconds(5))).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The text; null where it is none, or holds half a character.</summary>
    internal static string? TextOf(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The id of a file; null where it is none.</summary>
    internal static Guid? FileOf(JsonElement json) => TextOf(json) is { Length: 36 } id && Guid.TryParseExact(id, "D", out var file) ? file : null;

    /// <summary>Whether a field is asked, as things are stated.</summary>
    /// <param name="field">The field.</param>
    /// <param name="beside">The answer to its siblings and, once it is given, to itself.</param>
    /// <param name="whole">The whole answer.</param>
    internal static bool IsAsked(Field field, JsonElement beside, JsonElement whole) => field.When.Count == 0 || Hold(field.When, beside, whole);

    /// <summary>Whether all conditions hold, as things are stated.</summary>
    internal static bool Hold(IReadOnlyList<Condition> conditions, JsonElement beside, JsonElement whole) =>
        conditions.All(condition => Holds(condition, condition.Field.StartsWith(Condition.Top) ? whole : beside));

    private static bool Holds(Condition condition, JsonElement stated)
    {
        if (!IsObject(stated) || !stated.TryGetProperty(condition.Name, out var given))
            return false;
        if (condition.Above is { } above)
            return given.ValueKind == JsonValueKind.Number && given.TryGetDecimal(out var number) && number > above;
        return given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().Any(IsOneOf) : IsOneOf(given);

        bool IsOneOf(JsonElement value) => condition.Is?.Any(wanted =>
            wanted.ValueKind == value.ValueKind && (value.ValueKind != JsonValueKind.String || TextOf(value) == wanted.GetString())) == true;
    }

    private static bool IsObject(JsonElement json) => json.ValueKind == JsonValueKind.Object;

    private sealed class Reading(JsonElement whole, DateOnly today)
    {
        public IEnumerable<Refusal> Whole(Form form, string at) => !IsObject(whole)
            ? [Invalid(at, new("JSON 对象", "a JSON object"))]
            : JsonMarshal.GetRawUtf8Value(whole).Length > Form.LongestAnswer
                ? [FormRefusals.FieldInvalid.Because("填写内容最多256 KB。", "An answer has 256 kB at most.").At(at)]
                : Fields(form.Fields, whole, at).Concat(Contradictions.In(form, whole, today, at));

        private IEnumerable<Refusal> Fields(IReadOnlyList<Field> fields, JsonElement given, string at)
        {
            var known = 0;
            foreach (var field in fields)
            {
                var asked = IsAsked(field, given, whole);
                if (given.TryGetProperty(field.Name, out var value))
                {
                    known++;
                    foreach (var refused in asked ? Value(field, value, at) : [FormRefusals.FieldNotAsked.At(At(at, field))])
                        yield return refused;
                }
                else if (asked && field.Required)
                {
                    yield return FormRefusals.FieldMissing.Because($"请填写{field.Label.Zh}：{FieldWords.Wanted(field, today).Zh}。", $"State {field.Label.En}: {FieldWords.Wanted(field, today).En}.").At(At(at, field));
                }
            }
            if (given.GetPropertyCount() == known)
                yield break;
            var listed = Text.List(fields.Select(f => f.Name));
            foreach (var member in given.EnumerateObject().Where(member => fields.All(field => !Is(member, field.Name))))
                yield return FormRefusals.FieldUnknown.Because($"此处各项：{listed.Zh}。", $"The fields here are: {listed.En}.").At(FieldRefusal.PointerTo(at, NameOf(member)));
        }

        // Where a field stands is told of what is wrong, and asked of nothing else.
        private static string At(string beside, Field field) => $"{beside}/{field.Name}";

        private IEnumerable<Refusal> Value(Field field, JsonElement value, string beside)
        {
            var parts = Blocks.PartsOf(field);
            if (parts.Count == 0 && field.Type != FieldType.List)
                return IsValid(field, value) ? [] : [Invalid(At(beside, field), FieldWords.Wanted(field, today))];
            var at = At(beside, field);
            if (field.Type == FieldType.List)
                return value.ValueKind != JsonValueKind.Array || !IsWithin(field, value.GetArrayLength())
                    ? [Invalid(at, FieldWords.Wanted(field, today))]
                    : value.EnumerateArray().SelectMany((row, i) => Parts(parts, row, string.Create(CultureInfo.InvariantCulture, $"{at}/{i}")));
            return Parts(parts, value, at).ToArray() is { Length: > 0 } wrong ? wrong : Blocks.Refusals(field, value, today, at);
        }

        private IEnumerable<Refusal> Parts(IReadOnlyList<Field> parts, JsonElement value, string at) =>
            IsObject(value) ? Fields(parts, value, at) : [Invalid(at, new("JSON 对象", "a JSON object"))];

        private bool IsValid(Field field, JsonElement value) => field.Type switch
        {
            FieldType.Text => TextOf(value) is { } text && IsText(field, text),
            FieldType.Licence => Wording.IsLine(TextOf(value), 100),
            FieldType.Integer or FieldType.Decimal or FieldType.Money => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && IsNumber(field, number),
            FieldType.Fraction => TextOf(value) is { } share && Matches(FieldWords.Fraction, share),
            FieldType.Date => NamedDay.Read(TextOf(value)) is { } day && IsWithin(field, day),
            FieldType.Month => NamedDay.ReadMonth(TextOf(value)) is { } month && IsWithin(field, month),
            FieldType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            FieldType.Choice => TextOf(value) is { } code && field.Choices.Any(choice => choice.Code == code),
            FieldType.Choices => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Select(TextOf).ToArray() is var codes
                && IsWithin(field, codes.Length) && codes.All(code => field.Choices.Any(choice => choice.Code == code)) && codes.Distinct().Count() == codes.Length,
            FieldType.File => FileOf(value) is not null,
            _ => throw new ArgumentOutOfRangeException(nameof(field), field.Type, "No rule says what it takes."),
        };

        private static bool IsText(Field field, string text)
        {
            var most = (int)FieldWords.Most(field);
            return (most > Field.UsualLength ? Wording.IsText(text, most) : Wording.IsLine(text, most))
                && (FieldWords.Fewest(field) is var fewest && (fewest <= 1 || text.EnumerateRunes().Count() >= fewest)) && (field.Pattern is null || Matches(field.Pattern, text));
        }

        private static bool IsNumber(Field field, decimal number) => IsWithin(field, number) && decimal.Round(number, FieldWords.DecimalsOf(field)) == number;

        private static bool IsWithin(Field field, decimal value) => value >= FieldWords.Fewest(field) && value <= FieldWords.Most(field);

        private bool IsWithin(Field field, DateOnly day) =>
            (FieldWords.Bound(field, field.NotBefore, today) is not { } from || day >= from) && (FieldWords.Bound(field, field.NotAfter, today) is not { } until || day <= until);

        private static Refusal Invalid(string at, Text wanted) => FormRefusals.FieldInvalid.Because($"须为{wanted.Zh}。", $"It is {wanted.En}.").At(at);

        private static bool Is(JsonProperty member, string name)
        {
            try
            {
                return member.NameEquals(name);
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }

        private static string NameOf(JsonProperty member)
        {
            try
            {
                return member.Name;
            }
            catch (InvalidOperationException)
            {
                return "";
            }
        }
    }
}
