using System.Text.Json;
using System.Text.RegularExpressions;

namespace OneDoor.Forms;

/// <summary>What is wrong in a form and where.</summary>
/// <param name="Path">Fields, sections or checks, then which, for instance <c>fields/shareholders/subscribed</c>.</param>
/// <param name="What">What is wrong, in words for the person who keeps the catalogue.</param>
public sealed record FormProblem(string Path, Text What);

/// <summary>What a form has to be before an item may be published with it (CAT-7).</summary>
public static partial class FormRules
{
    private const int MostRows = 10_000, MostChoices = 60, MostSharedRows = 200, LongestText = 20_000;

    // Its own example has to be valid whenever somebody asks for one, so days in it count from today.
    private static readonly DateOnly[] Days = [new(2020, 6, 1), new(2035, 7, 15)];

    // What a submission has a member of its own for.
    private static readonly HashSet<string> NotFields = ["applicant", "contact", "agent", "declaration", "commitment", "renews", "eiaClass", "emergencyProject", "pledges", "materials"];

    /// <summary>Every problem of a form; empty where it may be published.</summary>
    public static IReadOnlyList<FormProblem> Check(Form form)
    {
        FormProblem[] problems = [.. OfForm(form), .. form.Sections.SelectMany(OfSection), .. OfFields(form, form.Fields, "fields", depth: 0), .. CheckRules.Check(form), .. NotToBeAsked.In(form)];
        return problems.Length > 0 ? problems : [.. OfExample(form)];
    }

    private static IEnumerable<FormProblem> OfForm(Form form)
    {
        if (!Kebab().IsMatch(form.Code))
            yield return new("code", new("表单编码须为小写短横线格式。", "The form's code is not in kebab case."));
        if (IsBlank(form.Name))
            yield return new("name", Blank);
        if (form.Fields.Count is 0 or > Form.MostFields || form.Sections.Count > Form.MostSections)
            yield return new("fields", new("表单须有1至100个字段，最多20个分组。", "A form has 1 to 100 fields, and 20 sections at most."));
        if (form.Sample == (form.Source is not null))
            yield return new("source", new("表单须写明来源，没有公开来源的标为示例，二者只取其一。", "A form names its source, or is a sample where no public one stands behind it."));
        if (JsonSerializer.SerializeToUtf8Bytes(form, PlatformJson.Options).Length > Form.LongestForm)
            yield return new("fields", new("表单最大64 KB。", "A form has 64 KB at most."));
        foreach (var code in Repeated(form.Sections.Select(section => section.Code)))
            yield return new($"sections/{code}", new("分组编码重复。", "Two sections share the code."));
    }

    private static IEnumerable<FormProblem> OfSection(Section section)
    {
        if (!Kebab().IsMatch(section.Code) || IsBlank(section.Name))
            yield return new($"sections/{section.Code}", new("分组须有小写短横线格式的编码和中英文名称。", "A section has a code in kebab case and a name in Chinese and English."));
    }

    private static IEnumerable<FormProblem> OfFields(Form form, IReadOnlyList<Field> fields, string at, int depth) =>
    [
        .. Repeated(fields.Select(field => field.Name)).Select(name => new FormProblem($"{at}/{name}", new("字段名重复。", "Two fields share the name."))),
        .. fields.SelectMany(field => OfField(form, field, fields, $"{at}/{field.Name}", depth).Concat(OfFields(form, field.Fields, $"{at}/{field.Name}", depth + 1))),
    ];

    private static IEnumerable<FormProblem> OfField(Form form, Field field, IReadOnlyList<Field> beside, string at, int depth)
    {
        if (!CamelCase().IsMatch(field.Name) || (depth == 0 && NotFields.Contains(field.Name)))
            yield return new(at, new("字段名须为驼峰格式，且不得是申请本身已有的成员。", "A field's name is in camel case, and none that an application has a member of its own for."));
        if (IsBlank(field.Label) || (field.Help is { } help && IsBlank(help)) || (field.Unit is { } unit && IsBlank(unit)))
            yield return new(at, Blank);
        if (depth == 0 ? field.Section is not null && form.Sections.All(section => section.Code != field.Section)
            : field.Section is not null || field.Steps is not null || field.Sensitive)
            yield return new($"{at}/section", new("分组不存在；分组、环节和敏感标记只属于顶层字段。", "There is no such section, or a field that is not at the top names a section, steps or a sight."));
        if (field.Sensitive && field.Steps is not { Count: > 0 } || field.Steps is { Count: 0 })
            yield return new($"{at}/steps", new("敏感字段须写明需要它的环节。", "A sensitive field names the steps that need it."));
        foreach (var problem in OfType(field, at, depth).Concat(OfConditions(form, field, beside, at)))
            yield return problem;
    }

    private static IEnumerable<FormProblem> OfType(Field field, string at, int depth)
    {
        var (hasParts, isChosen) = (field.Type is FieldType.Group or FieldType.List, field.Type is FieldType.Choice or FieldType.Choices);
        if (hasParts != field.Fields.Count > 0 || (hasParts && depth > 0))
            yield return new(at, new("组和列表须有字段，且只在顶层。", "Groups and lists have fields, and stand at the top alone."));
        if (isChosen ? field.Choices.Count is < 2 or > MostChoices : field.Choices.Count > 0)
            yield return new(at, new("选择字段须有2至60个选项，其他字段没有选项。", "A field of choices has 2 to 60 of them, and no other has any."));
        foreach (var choice in field.Choices.Where(choice => !Kebab().IsMatch(choice.Code) || IsBlank(choice.Name)))
            yield return new($"{at}/{choice.Code}", new("选项须有小写短横线格式的编码和中英文名称。", "A choice has a code in kebab case and a name in Chinese and English."));
        foreach (var code in Repeated(field.Choices.Select(choice => choice.Code)))
            yield return new($"{at}/{code}", new("选项编码重复。", "Two choices share the code."));
        if (!IsBounded(field))
            yield return new(at, new("上下限与字段类型不符。", "The bounds do not belong to the field's type, or the lower one is above the upper one."));
        if ((field.Decimals is not null && (field.Type != FieldType.Decimal || field.Decimals is < 0 or > 6)) || (field.Unit is not null && !field.IsNumber))
            yield return new(at, new("小数位数（0至6）只属于小数，单位只属于数值。", "Decimals, 0 to 6, belong to a decimal alone, a unit to numbers."));
        if (field.Pattern is { } pattern && (field.Type != FieldType.Text || FieldWords.Most(field) > Field.UsualLength || !IsPattern(pattern)))
            yield return new($"{at}/pattern", new(
                "正则表达式须首尾锚定（^…$），只用 ECMAScript 与 .NET 读法一致的写法，且只属于一行以内的文本。",
                "A pattern is anchored (^…$), written as ECMAScript and .NET read alike, and of a text in one line."));
        foreach (var day in new[] { field.NotBefore, field.NotAfter }.OfType<string>().Where(day => !field.IsDay || NamedDay.Of(day, Days[0]) is null))
            yield return new(at, new($"“{day}”不是日期，也不是 today±N[d|m|y]，或者字段不是日期。", $"\"{day}\" is no day and not today with so many days, months or years; or the field is none of days."));
    }

    private static bool IsBounded(Field field) => field.Type switch
    {
        FieldType.Text => FieldWords.Fewest(field) >= 1 && FieldWords.Most(field) is > 0 and <= LongestText,
        FieldType.List => FieldWords.Fewest(field) >= 0 && FieldWords.Most(field) is > 0 and <= MostRows,
        FieldType.Choices => FieldWords.Fewest(field) >= 1 && FieldWords.Most(field) <= field.Choices.Count,
        FieldType.Person => field.Min is null or (> 0 and < 150) && field.Max is null,
        _ => field.IsNumber || (field.Min is null && field.Max is null),
    } && FieldWords.Fewest(field) <= FieldWords.Most(field);

    private static IEnumerable<FormProblem> OfConditions(Form form, Field field, IReadOnlyList<Field> beside, string at)
    {
        foreach (var condition in field.When)
        {
            if (condition.Name == field.Name || !MakesSense(form, beside, condition))
                yield return new($"{at}/when", new(
                    $"条件“{condition.Field}”无效：须指向同级字段或以 ^ 指向顶层字段，并写明其选项、true/false 或 above。",
                    $"The condition on \"{condition.Field}\" makes no sense: it names a field beside it, or with ^ one at the top, and choices of it, true or false, or above."));
        }
    }

    internal static bool MakesSense(Form form, IReadOnlyList<Field> beside, Condition condition) =>
        (condition.Field.StartsWith(Condition.Top) ? form.Fields : beside).FirstOrDefault(other => other.Name == condition.Name) is { } named
        && (condition.Is is null) != (condition.Above is null) && condition.Is is not [] && (condition.Is?.All(value => IsValueOf(named, value)) ?? named.IsNumber);

    private static bool IsValueOf(Field field, JsonElement value) => field.Type switch
    {
        FieldType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        FieldType.Choice or FieldType.Choices => field.Choices.Any(choice => choice.Code == FormAnswer.TextOf(value)),
        _ => false,
    };

    private static IEnumerable<FormProblem> OfExample(Form form) => Days.SelectMany(day => FormAnswer.Refusals(form, FormExample.Of(form, day), day, ""))
        .SelectMany(refused => refused.Fields).DistinctBy(field => field.Pointer).Select(field => new FormProblem(
            $"fields{field.Pointer}", new($"示例答案不被表单自身接受：{field.Detail?.Zh}", $"The form refuses its own example: {field.Detail?.En}")));

    // No word of what the two read differently: categories, lookbehind, classes of .NET's own, escapes that u forbids.
    private static bool IsPattern(string pattern)
    {
        if (!pattern.StartsWith('^') || !pattern.EndsWith('$') || Foreign().IsMatch(pattern))
            return false;
        try
        {
            FormAnswer.Matches(pattern, "");
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    internal static bool IsBlank(Text text) => string.IsNullOrWhiteSpace(text.Zh) || string.IsNullOrWhiteSpace(text.En);

    internal static bool HasManyShares(Field list) => FieldWords.Most(list) > MostSharedRows;

    private static Text Blank => new("名称、标签、说明和单位的中文和英文都不能为空。", "A name, a label, a help or a unit is missing in Chinese or English.");

    private static IEnumerable<string> Repeated(IEnumerable<string> names) => names.CountBy(name => name).Where(count => count.Value > 1).Select(count => count.Key);

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Kebab();

    [GeneratedRegex(@"\A[a-z][A-Za-z0-9]{0,39}\z")]
    private static partial Regex CamelCase();

    [GeneratedRegex(@"\(\?(?!:)|\\(?![dwsDWS.^$|?*+()\[\]{}\\/]|u[0-9a-fA-F]{4})|\[[^\]]*-\[")]
    private static partial Regex Foreign();
}
