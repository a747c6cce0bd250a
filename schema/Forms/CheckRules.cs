namespace OneDoor.Forms;

/// <summary>What a form's checks have to be: of fields that are there, of a kind with what they are held to.</summary>
internal static class CheckRules
{
    public static IEnumerable<FormProblem> Check(Form form) =>
        form.Checks.Index().Where(check => FormRules.IsBlank(check.Item.Message) || !IsOf(form, check.Item)).Select(check => new FormProblem($"checks/{check.Index}", new(
            "校验规则无效：须指向存在的、类型相符的字段，写明其规则所需的成员和中英文提示。",
            "The check makes no sense: it names fields that are there and of a kind, what its rule needs and nothing else, and a message in Chinese and English.")));

    private static bool IsOf(Form form, Check check) => (check.When ?? []).All(condition => FormRules.MakesSense(form, Beside(form, check), condition)) && check.Rule switch
    {
        CheckRule.Is => check is { Of: null, EqualTo: null, Field: { } field, Than: null, Allowed: null, OrFrom: null, Is: { } values } && FormRules.MakesSense(form, Beside(form, check), new(field, values)),
        CheckRule.Sum => check is { Of: { } of, EqualTo: { } equal, Field: null, Than: null, In: null, Allowed: null, OrFrom: null, Is: null } && of.Split('.') is [var list, var member]
            && Find(form.Fields, list) is { Type: FieldType.List } rows && Find(rows.Fields, member) is { } term && IsTerm(term) && IsTerm(form.Fields, equal)
            && !(term.Type == FieldType.Fraction && FormRules.HasManyShares(rows)),
        CheckRule.Count => check is { Of: { } of, EqualTo: null, Field: null, Than: null, In: null, Is: null } && (check.Allowed is not null || check.OrFrom is not null)
            && Find(form.Fields, of) is { Type: FieldType.List or FieldType.Choices },
        _ => check is { Of: null, EqualTo: null, Field: { } field, Than: { } than, Allowed: null, OrFrom: null, Is: null } && Beside(form, check) is var beside
            && (check.Rule is CheckRule.After or CheckRule.NotBefore
                ? IsMoment(beside, field) && (IsMoment(beside, than) || (Find(beside, than) is null && NamedDay.Of(than, DateOnly.MinValue.AddYears(2000)) is not null))
                : Find(beside, field) is { } held && IsTerm(held) && IsTerm(beside, than)),
    };

    private static IReadOnlyList<Field> Beside(Form form, Check check) =>
        check.In is null ? form.Fields : Find(form.Fields, check.In) is { Type: FieldType.List or FieldType.Group } parts ? parts.Fields : [];

    // A day, or a day and the time that stands beside it.
    private static bool IsMoment(IReadOnlyList<Field> fields, string named) =>
        named.Split(' ') is [var day, .. var time] && Find(fields, day)?.IsDay == true && time.Length <= 1 && time.All(name => Find(fields, name)?.Type == FieldType.Text);

    private static bool IsTerm(IReadOnlyList<Field> fields, string named) => Find(fields, named) is { } field ? IsTerm(field) : Ratio.Read(named) is not null;

    private static bool IsTerm(Field field) => field.IsNumber || field.Type == FieldType.Fraction;

    private static Field? Find(IReadOnlyList<Field> fields, string name) => fields.FirstOrDefault(field => field.Name == name);
}
