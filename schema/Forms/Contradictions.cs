using System.Globalization;
using System.Text.Json;

namespace OneDoor.Forms;

/// <summary>What several fields of an answer have to agree in (<see cref="Check"/>), and do not.</summary>
internal static class Contradictions
{
    public static IEnumerable<Refusal> In(Form form, JsonElement answer, DateOnly today, string at) =>
        form.Checks.Where(check => check.In is not null || Counts(check, answer, answer)).SelectMany(check => PlacesOf(check, form, answer, today).Select(place => (FormRefusals.FieldsContradict with { Detail = check.Message }).At(at + place)));

    private static IEnumerable<string> PlacesOf(Check check, Form form, JsonElement answer, DateOnly today) => check.Rule switch
    {
        CheckRule.Sum => Adds(check, form, answer) == false ? [$"/{check.Of!.Split('.')[0]}"] : [],
        CheckRule.Count => Given(form.Fields, check.Of!, answer) is (_, { ValueKind: JsonValueKind.Array } rows) && !IsAllowed(check, rows.GetArrayLength()) ? [$"/{check.Of}"] : [],
        _ when check.In is null => Compares(check, form.Fields, answer, today) == false ? [$"/{check.Field}"] : [],
        _ => Given(form.Fields, check.In, answer) is ({ } list, { ValueKind: JsonValueKind.Array } rows)
            ? rows.EnumerateArray().Index().Where(row => Counts(check, row.Item, answer) && Compares(check, list.Fields, row.Item, today) == false)
                .Select(row => string.Create(CultureInfo.InvariantCulture, $"/{check.In}/{row.Index}/{check.Field}"))
            : [],
    };

    private static bool Counts(Check check, JsonElement beside, JsonElement whole) => FormAnswer.Hold(check.When ?? [], beside, whole);

    private static bool IsAllowed(Check check, int count) => check.Allowed?.Contains(count) == true || count >= check.OrFrom;

    // Null where something of it is not given.
    private static bool? Adds(Check check, Form form, JsonElement answer)
    {
        var (list, member) = (check.Of!.Split('.')[0], check.Of.Split('.')[1]);
        if (Given(form.Fields, list, answer) is not ({ } rows, { ValueKind: JsonValueKind.Array } given) || given.GetArrayLength() == 0 || TermOf(form.Fields, check.EqualTo!, answer) is not { } equal)
            return null;
        var sum = Ratio.Zero;
        foreach (var row in given.EnumerateArray())
        {
            if (TermOf(rows.Fields, member, row) is not { } term)
                return null;
            sum += term;
        }
        return sum == equal;
    }

    private static bool? Compares(Check check, IReadOnlyList<Field> fields, JsonElement stated, DateOnly today) => check.Rule switch
    {
        CheckRule.After => DayOf(fields, check.Field!, stated, today) is { } day && DayOf(fields, check.Than!, stated, today) is { } other ? day > other : null,
        CheckRule.NotBefore => DayOf(fields, check.Field!, stated, today) is { } day && DayOf(fields, check.Than!, stated, today) is { } other ? day >= other : null,
        _ => TermOf(fields, check.Field!, stated) is { } term && TermOf(fields, check.Than!, stated) is { } than
            ? check.Rule == CheckRule.Less ? term < than : term <= than
            : null,
    };

    private static Ratio? TermOf(IReadOnlyList<Field> fields, string named, JsonElement stated)
    {
        if (fields.All(field => field.Name != named))
            return Ratio.Read(named);
        return Given(fields, named, stated) is (_, { } given)
            ? given.ValueKind == JsonValueKind.Number && given.TryGetDecimal(out var number) ? Ratio.From(number) : Ratio.Read(FormAnswer.TextOf(given))
            : null;
    }

    private static DateOnly? DayOf(IReadOnlyList<Field> fields, string named, JsonElement stated, DateOnly today)
    {
        if (fields.All(field => field.Name != named))
            return NamedDay.Of(named, today);
        return Given(fields, named, stated) is ({ } field, { } given) ? field.Type == FieldType.Month ? NamedDay.ReadMonth(FormAnswer.TextOf(given)) : NamedDay.Read(FormAnswer.TextOf(given)) : null;
    }

    /// <summary>A field that is there and what is given of it; null where nothing is.</summary>
    private static (Field Field, JsonElement Given)? Given(IReadOnlyList<Field> fields, string name, JsonElement stated) =>
        fields.FirstOrDefault(field => field.Name == name) is { } field && stated.ValueKind == JsonValueKind.Object && stated.TryGetProperty(name, out var given)
            ? (field, given) : null;
}
