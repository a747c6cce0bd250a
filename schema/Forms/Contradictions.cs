using System.Globalization;
using System.Text.Json;

namespace OneDoor.Forms;

/// <summary>What several fields of an answer have to agree in (<see cref="Check"/>), and do not.</summary>
internal static class Contradictions
{
    public static IEnumerable<Refusal> In(Form form, JsonElement answer, DateOnly today, string at) =>
        Broken(form, answer, today, isNoted: false).Select(broken => (FormRefusals.FieldsContradict with { Detail = broken.Check.Message }).At(at + broken.Place));

    /// <summary>The fields at the top that do not agree with each other.</summary>
    public static IEnumerable<string> Fields(Form form, JsonElement answer, DateOnly today) =>
        from check in Broken(form, answer, today, isNoted: false).Select(broken => broken.Check).Distinct()
        from named in check.In is { } list ? [list] : new[] { check.Of?.Split('.')[0], check.EqualTo }.Concat($"{check.Field} {check.Than}".Split(' '))
        where form.Fields.Any(field => field.Name == named)
        select named;

    /// <summary>What is noted where they do not agree, and refuses nothing.</summary>
    public static IEnumerable<(string Place, Text Message)> Noted(Form form, JsonElement answer, DateOnly today) => Broken(form, answer, today, isNoted: true).Select(broken => (broken.Place, broken.Check.Message));

    private static IEnumerable<(Check Check, string Place)> Broken(Form form, JsonElement answer, DateOnly today, bool isNoted) =>
        from check in form.Checks
        where check.Note == isNoted && (check.In is not null || Counts(check, answer, answer))
        from place in PlacesOf(check, form, answer, today)
        select (check, place);

    private static IEnumerable<string> PlacesOf(Check check, Form form, JsonElement answer, DateOnly today) => check.Rule switch
    {
        CheckRule.Sum => Adds(check, form, answer) == false ? [$"/{check.Of!.Split('.')[0]}"] : [],
        CheckRule.Count => Given(form.Fields, check.Of!, answer) is (_, { ValueKind: JsonValueKind.Array } rows) && !IsAllowed(check, rows.GetArrayLength()) ? [$"/{check.Of}"] : [],
        _ when check.In is null => Compares(check, form.Fields, answer, today) == false ? [$"/{Held(check)}"] : [],
        _ => Given(form.Fields, check.In, answer) switch
        {
            ({ } list, { ValueKind: JsonValueKind.Array } rows) => rows.EnumerateArray().Index().Where(row => Breaks(check, list, row.Item, answer, today))
                .Select(row => string.Create(CultureInfo.InvariantCulture, $"/{check.In}/{row.Index}/{Held(check)}")),
            ({ } group, { } parts) when Breaks(check, group, parts, answer, today) => [$"/{check.In}/{Held(check)}"],
            _ => [],
        },
    };

    private static bool Breaks(Check check, Field of, JsonElement parts, JsonElement whole, DateOnly today) => Counts(check, parts, whole) && Compares(check, of.Fields, parts, today) == false;

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
        CheckRule.Is => Given(fields, check.Field!, stated) is null ? null : FormAnswer.Hold([new(check.Field!, check.Is)], stated, stated),
        CheckRule.After => MomentOf(fields, check.Field!, stated, today) is { } moment && MomentOf(fields, check.Than!, stated, today) is { } other ? moment > other : null,
        CheckRule.NotBefore => MomentOf(fields, check.Field!, stated, today) is { } moment && MomentOf(fields, check.Than!, stated, today) is { } other ? moment >= other : null,
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

    // A day, with the time that stands beside it where the check names one.
    private static DateTime? MomentOf(IReadOnlyList<Field> fields, string named, JsonElement stated, DateOnly today) => named.Split(' ') switch
    {
        [var day, var time] => DayOf(fields, day, stated, today) is { } date && Given(fields, time, stated) is (_, { } given)
            && TimeOnly.TryParseExact(FormAnswer.TextOf(given), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? date.ToDateTime(at) : null,
        _ => DayOf(fields, named, stated, today)?.ToDateTime(TimeOnly.MinValue),
    };

    private static string Held(Check check) => check.Field!.Split(' ')[0];

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
