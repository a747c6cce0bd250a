using System.Text.RegularExpressions;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Catalogue;

/// <summary>What is wrong in a catalogue and where.</summary>
/// <param name="Path">The item's code, then what inside it, for instance <c>SAMR-009-01/materials/floor-plan</c>.</param>
/// <param name="What">What is wrong, in words for the person who keeps the catalogue.</param>
public sealed record CatalogueProblem(string Path, Text What)
{
    public override string ToString() => $"{Path}: {What.En}";
}

/// <summary>What a set of items must satisfy before it may be published (CAT-1 to CAT-5).</summary>
public static partial class CatalogueRules
{
    /// <summary>The longest limit, about ten years of days (see <see cref="Limit.Value"/>).</summary>
    public const decimal LongestLimit = 3650;

    /// <summary>Codes are read aloud and become part of case numbers (ID-3).</summary>
    public const int LongestCode = 24;

    /// <summary>The members of an item, as data and answers call them: what its <see cref="Item.Sample"/> may name.</summary>
    public static readonly IReadOnlySet<string> FieldNames = new HashSet<string>(
        typeof(Item).GetProperties().Select(p => PlatformJson.Options.PropertyNamingPolicy!.ConvertName(p.Name)));

    /// <summary>Every problem of a catalogue, item by item and then those between items; empty when it may be published.</summary>
    /// <param name="items">The whole catalogue: references between items are followed inside it.</param>
    /// <param name="forms">The forms that items name; the zone's where they are left out.</param>
    public static IReadOnlyList<CatalogueProblem> Check(IReadOnlyList<Item> items, IReadOnlyList<Form>? forms = null) =>
    [
        .. items.SelectMany(OfItem),
        .. RepeatedCodes(items),
        .. Parents(items),
        .. SharedMaterials(items),
        .. SharedLicences(items),
        .. SharedPlaces(items),
        .. Proofs(items),
        .. Cancellations(items),
        .. ItemForms.Check(items, forms ?? CatalogueData.Forms()),
    ];

    private static IEnumerable<CatalogueProblem> OfItem(Item item) =>
    [
        .. Identity(item),
        .. Content(item),
        .. Reform(item),
        .. Limits(item),
        .. Materials(item),
        .. item.IsEmpty ? Ended(item) : ProcedureRules.Check(item),
        .. LegalRules.Check(item),
    ];

    private static IEnumerable<CatalogueProblem> Identity(Item item)
    {
        if (!IsCode(item.Code))
            yield return Problem(
                item.Code,
                "编码只能由字母、数字和连字符组成，最长24个字符。",
                "The code is not made of Latin letters, digits and single hyphens, 24 at most.");
        if (!IsCode(item.Parent.Code))
            yield return Problem(
                $"{item.Code}/parent",
                "所属事项编码不符合编码规则。",
                "The parent's code is not made of Latin letters, digits and single hyphens, 24 at most.");
        if (IsBlank(item.Name) || IsBlank(item.Parent.Name))
            yield return Problem($"{item.Code}/name", "名称的中文和英文都不能为空。", "A name is missing in Chinese or English.");
        if (!Enum.IsDefined(item.Department))
            yield return Problem($"{item.Code}/department", "责任部门不存在。", "The department does not exist.");
        if ((item.Origin is PowerOrigin.Zone or PowerOrigin.Agency) != item.TakenOverIn is null)
            yield return Problem(
                $"{item.Code}/takenOverIn",
                "承接的权力须写明承接年份，本区权力不得填写。",
                "A power taken over names the year; the zone's own names none.");
    }

    private static IEnumerable<CatalogueProblem> Content(Item item)
    {
        if (item.LegalBasis.Count == 0 || item.LegalBasis.Any(string.IsNullOrWhiteSpace))
            yield return Problem($"{item.Code}/legalBasis", "缺少法律依据。", "The item names no legal basis.");
        if (item.Conditions.Any(IsBlank))
            yield return Problem(
                $"{item.Code}/conditions",
                "受理条件的中文和英文都不能为空。",
                "A condition is missing in Chinese or English.");
        if (item.Halls.Count == 0 || HasRepeats(item.Halls))
            yield return Problem(
                $"{item.Code}/halls",
                "至少有一个大厅办理，且不得重复。",
                "At least one hall handles the item, and each is named once.");
        if (!item.IsEmpty && item.Channels.Count == 0 || HasRepeats(item.Channels))
            yield return Problem(
                $"{item.Code}/channels",
                "至少有一个申请渠道，且不得重复。",
                "At least one channel is open, and each is named once.");
        if (item.Applicants.Count == 0 || HasRepeats(item.Applicants))
            yield return Problem(
                $"{item.Code}/applicants",
                "至少有一类申请人可以申请，且不得重复。",
                "At least one kind of applicant may apply, and each is named once.");
        if (item.FeeYuan < 0)
            yield return Problem($"{item.Code}/feeYuan", "收费不得为负数。", "The fee is negative.");
        foreach (var field in item.Sample.Where(field => !FieldNames.Contains(field)))
            yield return Problem($"{item.Code}/sample", $"示例字段“{field}”不存在。", $"\"{field}\" is no field of an item.");
    }

    private static IEnumerable<CatalogueProblem> Reform(Item item)
    {
        // CAT-5: the refusal of an abolished item says what to do instead.
        if (item.HasEnd && (item.InsteadOf is null || IsBlank(item.InsteadOf)))
            yield return Problem(
                $"{item.Code}/insteadOf",
                "已取消、已废止或将废止的事项须说明此后如何办理。",
                "An item that is abolished, has ended or will end says what to do instead.");
        if (!item.HasEnd && item.InsteadOf is not null)
            yield return Problem(
                $"{item.Code}/insteadOf",
                "仅已取消、已废止或将废止的事项说明此后如何办理。",
                "Only an item that is abolished, has ended or will end says what to do instead.");
        if (item.Mode is ReformMode.Commitment && !item.CommitmentEligible)
            yield return Problem(
                $"{item.Code}/commitmentEligible",
                "告知承诺事项须允许承诺。",
                "An item of the commitment mode allows commitment.");
        if (item.RenewalByCommitment && item.Procedure.Steps.All(step => step.Issues is null))
            yield return Problem(
                $"{item.Code}/renewalByCommitment",
                "不核发证照的事项不能承诺换证。",
                "Nothing is issued that could be renewed by commitment.");
    }

    // CAT-5: what is no longer needed is no longer asked for.
    private static IEnumerable<CatalogueProblem> Ended(Item item)
    {
        if (item.Edition is not null && (item.Conditions.Count, item.Materials.Count, item.Channels.Count, item.Procedure.Steps.Count) is not (0, 0, 0, 0))
            yield return Problem(
                $"{item.Code}/procedure",
                "已取消或废止的事项不得再列条件、材料、渠道和环节。",
                "An abolished or ended item has no conditions, materials, channels or steps.");
    }

    private static IEnumerable<CatalogueProblem> Limits(Item item)
    {
        foreach (var (field, limit) in new[] { ("statutoryLimit", item.StatutoryLimit), ("promisedLimit", item.PromisedLimit) })
            if (limit is null ? !item.IsEmpty : LimitProblem(limit) is not null)
                yield return new($"{item.Code}/{field}", limit is null ? new Text("可以申请的事项须有时限。", "What one can apply for has a limit.") : LimitProblem(limit)!);
        if (item.PromisedLimit?.InWorkingDays > item.StatutoryLimit?.InWorkingDays)
            yield return Problem(
                $"{item.Code}/promisedLimit",
                "承诺时限不得长于法定时限。",
                "The promised limit is longer than the statutory one.");
    }

    private static IEnumerable<CatalogueProblem> Materials(Item item)
    {
        foreach (var code in Repeated(item.Materials.Select(material => material.Code)))
            yield return Problem(
                $"{item.Code}/materials/{code}",
                "材料编码在事项内重复。",
                "The material's code is used twice in the item.");
        foreach (var material in item.Materials.Where(material => !IsKebab(material.Code)))
            yield return Problem(
                $"{item.Code}/materials/{material.Code}",
                "材料编码须为小写短横线格式。",
                "The material's code is not in kebab case.");
        foreach (var material in item.Materials.Where(material => IsBlank(material.Name)))
            yield return Problem(
                $"{item.Code}/materials/{material.Code}",
                "材料名称的中文和英文都不能为空。",
                "The material's name is missing in Chinese or English.");
    }

    private static IEnumerable<CatalogueProblem> RepeatedCodes(IReadOnlyList<Item> items) =>
        Repeated(items.Select(item => item.Code.ToUpperInvariant()))
            .Select(code => Problem(code, "编码重复。", "Two entries share the code (capital and small letters count as the same)."));

    private static IEnumerable<CatalogueProblem> Parents(IReadOnlyList<Item> items)
    {
        foreach (var children in items.GroupBy(item => item.Parent.Code))
        {
            if (children.Select(item => item.Parent.Name).Distinct().Count() > 1)
                yield return Problem(children.Key, "同一事项在各子项中名称不同。", "The item is named differently by its sub-items.");
            if (children.Count() > 1 && children.Any(item => item.Code == children.Key))
                yield return Problem(children.Key, "有子项的事项不能同时作为办理项。", "An item with sub-items is no entry itself.");
            if (children.FirstOrDefault(item => item.Code == children.Key) is { } own && own.Name != own.Parent.Name)
                yield return Problem(
                    $"{children.Key}/parent",
                    "无子项的事项须与自身名称一致。",
                    "An item without sub-items is its own parent, with the same name.");
        }
    }

    private static IEnumerable<CatalogueProblem> SharedMaterials(IReadOnlyList<Item> items) =>
        items.SelectMany(item => item.Materials.Select(material => (item, material)))
            .GroupBy(use => use.material.Code)
            .SelectMany(uses => uses.Where(use => use.material.Name != uses.First().material.Name
                || use.material.ProvedBy != uses.First().material.ProvedBy))
            .Select(use => Problem(
                $"{use.item.Code}/materials/{use.material.Code}",
                "同一材料编码在其他事项中名称或证明方式不同。",
                "The same material is named or proved differently by another item."));

    private static IEnumerable<CatalogueProblem> SharedLicences(IReadOnlyList<Item> items) =>
        items.SelectMany(item => item.Procedure.Steps.Where(step => step.Issues is not null).Select(step => (item, step)))
            .GroupBy(use => use.step.Issues!.Code)
            .SelectMany(uses => uses.Where(use => use.step.Issues!.Name != uses.First().step.Issues!.Name))
            .Select(use => Problem(
                $"{use.item.Code}/procedure/{use.step.Code}/issues",
                "同一证照编码在其他环节中名称不同。",
                "The same licence is named differently by another step."));

    // 行政许可法 art. 57: the places are counted for all who are granted one.
    private static IEnumerable<CatalogueProblem> SharedPlaces(IReadOnlyList<Item> items) =>
        items.Where(item => item.Places is not null)
            .SelectMany(item => items.Where(other => other.Code != item.Code && other.Renewal is null && other.Issued.Intersect(item.Issued).Any()).Select(other => Problem(
                $"{item.Code}/places",
                $"有数量限制的证照只由一个事项核发，其延续除外；事项{other.Code}也核发。",
                $"What is limited in number one item issues, and its renewal; {other.Code} issues it as well.")));

    private static IEnumerable<CatalogueProblem> Proofs(IReadOnlyList<Item> items)
    {
        var issued = Issued(items);
        return items.SelectMany(item => item.Materials.Select(material => (item, material)))
            .Where(use => use.material.ProvedBy is { } licence && !issued.Contains(licence))
            .Select(use => Problem(
                $"{use.item.Code}/materials/{use.material.Code}",
                $"没有事项核发证照“{use.material.ProvedBy}”。",
                $"No item issues the licence \"{use.material.ProvedBy}\" that proves it."));
    }

    // LIC-6: what nobody is granted, nobody gives back.
    private static IEnumerable<CatalogueProblem> Cancellations(IReadOnlyList<Item> items)
    {
        var issued = Issued(items);
        return items.Where(item => item.Cancels is { } licence && !issued.Contains(licence))
            .Select(item => Problem($"{item.Code}/procedure/cancels", $"没有事项核发证照“{item.Cancels}”。", $"No item issues the licence \"{item.Cancels}\" that it cancels."));
    }

    private static HashSet<string> Issued(IReadOnlyList<Item> items) => [.. items.SelectMany(item => item.Issued).Where(code => !LicenceKind.Of(code).Result)];

    /// <summary>What is wrong with a limit by itself; null when nothing is.</summary>
    internal static Text? LimitProblem(Limit limit) => limit switch
    {
        { Value: <= 0 or > LongestLimit } => new Text("时限须大于0且不超过3650。", "A limit is greater than 0 and at most 3,650."),
        { IsInDays: true } when !decimal.IsInteger(limit.Value) =>
            new Text("以日计算的时限须为整数。", "A limit in days is a whole number."),
        _ => null,
    };

    internal static CatalogueProblem Problem(string path, string zh, string en) => new(path, new Text(zh, en));

    internal static IEnumerable<string> Repeated(IEnumerable<string> codes) =>
        codes.CountBy(code => code).Where(count => count.Value > 1).Select(count => count.Key);

    internal static bool IsKebab(string code) => KebabPattern().IsMatch(code);

    internal static bool IsBlank(Text text) => string.IsNullOrWhiteSpace(text.Zh) || string.IsNullOrWhiteSpace(text.En);

    private static bool IsCode(string code) => code.Length <= LongestCode && CodePattern().IsMatch(code);

    internal static bool HasRepeats<T>(IReadOnlyList<T> values) => values.Distinct().Count() < values.Count;

    [GeneratedRegex(@"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\z")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex KebabPattern();
}
