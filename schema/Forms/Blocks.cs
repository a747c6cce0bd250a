using System.Text.Json;
using OneDoor.Applicants;
using OneDoor.Clock;

namespace OneDoor.Forms;

/// <summary>What is asked of a person, a legal entity or a place, the same in every form.</summary>
public static class Blocks
{
    /// <summary>A phone number as people write it, of the mainland's mobiles or with a country's code: between two digits there may be a blank or a dash.</summary>
    public const string Phone = @"^(1(( |-)?[0-9]){10}|\+[0-9](( |-)?[0-9]){5,14})$";

    /// <summary>So many characters a phone number has at most, written so.</summary>
    public const int LongestPhone = 30;

    private static readonly IReadOnlyList<Field> Person =
    [
        Line("name", "姓名", "Name", 100),
        Line("idType", "证件类型", "Kind of document", 0) with
        {
            Type = FieldType.Choice,
            Choices =
            [
                new("citizen-id", new("居民身份证", "Citizen identity card")), new("hmt-residence-permit", new("港澳台居民居住证", "Residence permit of Hong Kong, Macao and Taiwan residents")),
                new("permanent-residence-card", new("外国人永久居留身份证", "Permanent residence card")), new("passport", new("护照", "Passport")),
            ],
        },
        Line("idNumber", "证件号码", "Number of the document", 50),
        Line("country", "国家或地区", "Country", 0) with
        {
            Help = new("ISO 3166-1 三位或两位字母代码。", "Three letters, or two, of ISO 3166-1."), Pattern = "^[A-Z]{2,3}$", Max = 3, When = [Is("idType", "passport")],
        },
        Line("phone", "电话", "Phone", 0) with
        {
            Help = new("手机号码，或以 + 和国家代码开头的号码。", "A mobile number of eleven digits, or a number that begins with + and a country's code."), Pattern = Phone, Max = LongestPhone,
        },
    ];

    private static readonly IReadOnlyList<Field> Entity =
    [
        Line("name", "名称", "Name", 200),
        Line("uscc", "统一社会信用代码", "Unified social credit code", 0) with { Pattern = "^[0-9A-HJ-NPQRTUWXY]{18}$", Max = 18 },
    ];

    private static readonly IReadOnlyList<Field> Address =
    [
        Line("district", "所在区域", "District", 0) with { Type = FieldType.Choice, Choices = Districts() },
        Line("street", "详细地址", "Street and number", 200),
        Line("areaHall", "所属大厅", "Hall of the area", 0) with
        {
            Type = FieldType.Choice, Required = false, Choices = [.. HallDirectory.Zone.All.Select(hall => new Choice(hall.Code, hall.Name))],
        },
        Line("postcode", "邮政编码", "Postcode", 0) with { Pattern = "^[0-9]{6}$", Max = 6, Required = false },
    ];

    /// <summary>What belongs to a field that has parts: its own fields, or those of its block; none where it has no parts.</summary>
    public static IReadOnlyList<Field> PartsOf(Field field) => field.Type switch
    {
        FieldType.Person => Person,
        FieldType.Entity => Entity,
        FieldType.Address => Address,
        FieldType.Group or FieldType.List => field.Fields,
        _ => [],
    };

    /// <summary>The kind of document that a person's block names by its code or by what it is called; null where there is none.</summary>
    public static IdentifierKind? IdentifierOf(string? named) =>
        Kebab.Parse<IdentifierKind>(Person.Single(part => part.Name == "idType").Choices.FirstOrDefault(kind => kind.Code == named || kind.Name.Zh == named || kind.Name.En == named)?.Code);

    /// <summary>What is wrong with the number of a person or an entity whose parts are right one by one (ID-1, ID-2, ID-5), and whether the person is old enough.</summary>
    /// <param name="field">Of a person or an entity.</param>
    /// <param name="given">The answer.</param>
    /// <param name="today">The day, China Standard Time: nobody is born after it.</param>
    /// <param name="at">Where it stands.</param>
    internal static IReadOnlyList<Refusal> Refusals(Field field, JsonElement given, DateOnly today, string at)
    {
        if (field.Type is not (FieldType.Person or FieldType.Entity))
            return [];
        var (number, identifier) = field.Type == FieldType.Entity
            ? ("/uscc", new Identifier(IdentifierKind.Uscc, Member(given, "uscc")!))
            : ("/idNumber", new Identifier(Kebab.Parse<IdentifierKind>(Member(given, "idType"))!.Value, Member(given, "idNumber")!, Member(given, "country")));
        Refusal[] wrong = [.. identifier.Refusals(today, at, number).Select(wrong => (FormRefusals.FieldInvalid with { Detail = wrong.Detail }).At(wrong.Fields[0].Pointer))];
        return wrong is [] && IsTooYoung(field, identifier, today)
            ? [FormRefusals.FieldInvalid.Because($"须年满{field.Min}周岁。", $"Nobody here is younger than {field.Min}.").At(at + number)]
            : wrong;
    }

    /// <summary>Whom the answer to a person's field tells of; null where it does not say.</summary>
    internal static PersonOrEntity? PersonIn(JsonElement given)
    {
        return given.ValueKind == JsonValueKind.Object && Said("name") is { } name && Said("idNumber") is { } number && Kebab.Parse<IdentifierKind>(Said("idType")) is { } kind
            ? new(ApplicantKind.Person, name, Identifier: new(kind, number, Said("country"))) : null;

        string? Said(string part) => given.TryGetProperty(part, out var said) ? FormAnswer.TextOf(said) : null;
    }

    // A passport, or a permanent residence card of before December 2023, does not tell when its holder was born.
    private static bool IsTooYoung(Field field, Identifier person, DateOnly today) =>
        field.Min is { } years
        && (person.Kind is IdentifierKind.CitizenId or IdentifierKind.HmtResidencePermit || person is { Kind: IdentifierKind.PermanentResidenceCard, Number: ['9', ..] })
        && CitizenId.BornOn(person.Number).AddYears((int)years) > today;

    // The zone's areas, which are data.
    private static IReadOnlyList<Choice> Districts() => Shipped.Table<IReadOnlyList<Choice>>("districts.json");

    private static string? Member(JsonElement given, string name) => given.TryGetProperty(name, out var member) ? member.GetString() : null;

    private static Field Line(string name, string zh, string en, int longest) =>
        new() { Name = name, Label = new(zh, en), Type = FieldType.Text, Required = true, Max = longest == 0 ? null : longest };

    private static Condition Is(string field, string code) => new(field, [JsonSerializer.SerializeToElement(code)]);
}
