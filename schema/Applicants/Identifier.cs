using System.Text.RegularExpressions;

namespace OneDoor.Applicants;

/// <summary>By which document or register somebody is known (证件类型).</summary>
public enum IdentifierKind
{
    /// <summary>Persons: the citizen identity number (公民身份号码).</summary>
    CitizenId,

    /// <summary>Persons: the residence permit of Hong Kong, Macao and Taiwan residents (港澳台居民居住证).</summary>
    HmtResidencePermit,

    /// <summary>Persons: the foreign permanent resident ID card (外国人永久居留身份证).</summary>
    PermanentResidenceCard,

    /// <summary>Persons: a passport (护照), which has a country.</summary>
    Passport,

    /// <summary>Entities: the unified social credit code (统一社会信用代码).</summary>
    Uscc,

    /// <summary>Entities: the number in a register of companies abroad or of Hong Kong, Macao or Taiwan (境外登记号), which has a country.</summary>
    ForeignRegister,
}

/// <summary>The number somebody is known by, and what gave it (证件号码).</summary>
/// <param name="Kind">Decides what number it is, and whether there is a country.</param>
/// <param name="Number">As the document has it, letters in capitals.</param>
/// <param name="Country">Of passports and foreign registers alone: the country or region by ISO 3166-1, three letters or two.</param>
public sealed partial record Identifier(IdentifierKind Kind, [Personal] string Number, [Personal] string? Country = null)
{
    // ID-5, 港澳台居民居住证申领发放办法 (国办发〔2018〕81号) art. 3: the number is a citizen identity number with one of these for an address.
    private static readonly string[] Regions = ["810000", "820000", "830000"];

    /// <summary>Whether it is one of persons, and not of entities.</summary>
    public static bool IsOfPersons(IdentifierKind kind) => kind is not (IdentifierKind.Uscc or IdentifierKind.ForeignRegister);

    /// <summary>What makes two applicants one. The number on a residence permit is a citizen identity number, and so the same key.</summary>
    public string Key => Kind switch
    {
        IdentifierKind.CitizenId or IdentifierKind.HmtResidencePermit => $"person:{Number}",
        IdentifierKind.Uscc => $"legal-entity:{Number}",
        IdentifierKind.PermanentResidenceCard => $"{Kebab.Of(Kind)}:{Number}",
        _ => $"{Kebab.Of(Kind)}:{Countries.Find(Country) ?? Country}:{Number}",
    };

    /// <summary>An identifier in one line: a number that says by itself what it is, <c>kind:number</c> or <c>kind:country:number</c>; null where it is none.</summary>
    public static Identifier? Read(string text)
    {
        var read = text.Split(':') switch
        {
            [var number] => new Identifier(Applicants.Uscc.IsValid(number) ? IdentifierKind.Uscc : IdentifierKind.CitizenId, number),
            [var kind, var number] when Kebab.Parse<IdentifierKind>(kind) is { } named => new(named, number),
            [var kind, var country, var number] when Kebab.Parse<IdentifierKind>(kind) is { } named => new(named, number, country),
            _ => null,
        };
        // Who is looked for may be told of before their birth date has come.
        return read?.Refusals(DateOnly.MaxValue, "").Any() == false ? read : null;
    }

    /// <summary>What is wrong with it; nothing when it is right.</summary>
    /// <param name="today">The day, China Standard Time: nobody is born after it.</param>
    /// <param name="at">Where it stands in what was sent.</param>
    /// <param name="number">Where in that its number stands.</param>
    public IEnumerable<Refusal> Refusals(DateOnly today, string at, string number = "/number")
    {
        if (HasCountry ? !IsRightCountry : Country is not null)
            yield return ApplicantRefusals.CountryInvalid.At($"{at}/country");
        if (!IsRight(today))
            yield return (Kind switch
            {
                IdentifierKind.CitizenId => ApplicantRefusals.CitizenIdInvalid,
                IdentifierKind.Uscc => ApplicantRefusals.UsccInvalid,
                _ => ApplicantRefusals.IdentifierInvalid,
            }).At(at + number);
    }

    private bool HasCountry => Kind is IdentifierKind.Passport or IdentifierKind.ForeignRegister;

    // Chinese citizens settled abroad have passports as well (出境入境管理法 art. 14); residents of the three regions have permits.
    private bool IsRightCountry => Countries.Find(Country) is { } found && (Kind == IdentifierKind.Passport ? !Countries.IsRegion(found) : found != "CHN");

    private bool IsRight(DateOnly today) => Kind switch
    {
        IdentifierKind.CitizenId => CitizenId.IsValid(Number, today),
        IdentifierKind.HmtResidencePermit => CitizenId.IsValid(Number, today) && Regions.Contains(Number[..6]),
        // Since December 2023 a number made like a citizen's, with 9 before it all; before that the country's three letters and twelve digits.
        IdentifierKind.PermanentResidenceCard => Number is ['9', ..] ? CitizenId.IsValid(Number, today) : FormerCard().IsMatch(Number) && Countries.Find(Number[..3]) is not null,
        IdentifierKind.Passport => Passport().IsMatch(Number),
        IdentifierKind.Uscc => Applicants.Uscc.IsValid(Number),
        _ => Register().IsMatch(Number),
    };

    [GeneratedRegex(@"\A[A-Z]{3}[0-9]{12}\z")]
    private static partial Regex FormerCard();

    [GeneratedRegex(@"\A[A-Z0-9]{5,20}\z")]
    private static partial Regex Passport();

    [GeneratedRegex(@"\A[A-Z0-9](?:[A-Z0-9./ -]{0,48}[A-Z0-9])?\z")]
    private static partial Regex Register();
}
