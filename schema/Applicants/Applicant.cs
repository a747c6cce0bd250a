using System.Globalization;
using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Applicants;

/// <summary>Who applies (申请人类型).</summary>
public enum ApplicantKind
{
    /// <summary>法人或其他组织: one that exists.</summary>
    LegalEntity,

    /// <summary>自然人</summary>
    Person,

    /// <summary>设立人: those who found what does not exist yet.</summary>
    Founders,

    /// <summary>用人单位: an employer, for a worker.</summary>
    Employer,

    /// <summary>共同申请的当事人: the parties of one transaction, each by its own signature.</summary>
    JointParties,
}

/// <summary>Who applies (申请人), named exactly as given (ID-4, APP-1).</summary>
/// <param name="Kind">Decides what else there is.</param>
/// <param name="Name">1 to 200 characters of Unicode, kept as given; of founders and joint parties it may be left out: it is what is founded, or all parties, are called.</param>
/// <param name="Uscc">Legal entities and employers: unified social credit code (统一社会信用代码, ID-1).</param>
/// <param name="CitizenId">Persons: citizen identity number (公民身份号码, ID-2).</param>
/// <param name="Identifier">In the place of either: what else identifies a person or an entity, a passport for instance.</param>
/// <param name="Founders">Founders: 1 to 50 persons and legal entities, each once (设立人).</param>
/// <param name="Representative">Founders: which of them applies for all, counted from 0; the only one where it is left out.</param>
/// <param name="Subject">Founders: what they found (设立的主体).</param>
/// <param name="Worker">Employers: the person for whom they apply (职工).</param>
/// <param name="Parties">Joint parties: 2 to 100, each once, with every role of the item (共同申请的当事人).</param>
public sealed record Applicant(
    ApplicantKind Kind, [Personal] string Name = "", [Personal] string? Uscc = null, [Personal] string? CitizenId = null, Identifier? Identifier = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<PersonOrEntity>? Founders = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] int? Representative = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Subject? Subject = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] PersonOrEntity? Worker = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<JointParty>? Parties = null)
{
    public const int LongestName = 200, MostFounders = 50, MostParties = 100;

    /// <summary>Whom someone signed in applies for: of founders, their representative; of joint parties, the first.</summary>
    [JsonIgnore]
    public string Key => Applies.Key;

    /// <summary>Whoever applies by it, and so sees it: every founder and what they have founded, every party.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Keys => Kind switch
    {
        ApplicantKind.Founders => [.. new[] { Key }.Concat((Founders ?? []).Select(f => f.Key)).Append(HolderKey).Distinct()],
        ApplicantKind.JointParties => [.. new[] { Key }.Concat((Parties ?? []).Select(p => p.Applicant.Key)).Distinct()],
        _ => [Key],
    };

    /// <summary>Who speaks for whoever applies: of founders their representative and what was founded, of joint parties each for themselves.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> SpeakingKeys => Kind == ApplicantKind.Founders ? [Key, HolderKey] : Keys;

    /// <summary>Whose word it is: of joint parties all, of founders their representative.</summary>
    [JsonIgnore]
    public IReadOnlyList<PersonOrEntity> Everybody => Parties is { } parties ? [.. parties.Select(p => p.Applicant)] : [Applies];

    /// <summary>Who owes what a case still needs: of a founding what was founded, whose paper it is, and before that all who found it, as a bar falls on all of them (MODE-7).</summary>
    [JsonIgnore]
    public IReadOnlyList<PersonOrEntity> Owing => this switch
    {
        { Subject: { Uscc: { } uscc } subject } => [new(ApplicantKind.LegalEntity, subject.Name, uscc)],
        { Founders: { } founders } => founders,
        _ => Everybody,
    };

    /// <summary>Whose licences prove materials: of joint parties, any's (APP-2, JOINT-4).</summary>
    [JsonIgnore]
    public IReadOnlyList<string> ProvingKeys => Kind == ApplicantKind.JointParties ? [.. Keys.Take(MostParties)] : [Key];

    /// <summary>Who holds what is granted: what was founded, once it has its code. Which of joint parties do is the item's to say.</summary>
    [JsonIgnore]
    public string HolderKey => Subject?.Uscc is { } uscc ? new Identifier(IdentifierKind.Uscc, uscc).Key : Key;

    /// <summary>The person or the entity that applies, for others perhaps.</summary>
    [JsonIgnore]
    public PersonOrEntity Applies => Kind switch
    {
        ApplicantKind.Founders => Founders?.ElementAtOrDefault(Representative ?? 0) ?? new(ApplicantKind.LegalEntity, ""),
        ApplicantKind.JointParties => Parties is [var first, ..] ? first.Applicant : new(ApplicantKind.LegalEntity, ""),
        _ => new(Kind == ApplicantKind.Person ? ApplicantKind.Person : ApplicantKind.LegalEntity, Name, Uscc, CitizenId, Identifier),
    };

    /// <summary>The applicant of a reference, under the name they are registered by.</summary>
    public static Applicant Of(ApplicantReference registered) => registered.Key.Split(':') switch
    {
        ["person", var citizenId] => new(ApplicantKind.Person, registered.Name, CitizenId: citizenId),
        ["legal-entity", var uscc] => new(ApplicantKind.LegalEntity, registered.Name, Uscc: uscc),
        // As it was registered, whatever is asked of such numbers since.
        [var kind, var country, var number] when Kebab.Parse<IdentifierKind>(kind) is { } named => Of(registered.Name, new(named, number, country)),
        _ => Of(registered.Name, Applicants.Identifier.Read(registered.Key) ?? throw new ArgumentException("It identifies nobody.", nameof(registered))),
    };

    /// <summary>Whoever an identifier is of.</summary>
    public static Applicant Of(string name, Identifier identifier) =>
        new(Applicants.Identifier.IsOfPersons(identifier.Kind) ? ApplicantKind.Person : ApplicantKind.LegalEntity, name, Identifier: identifier);

    /// <summary>As it is stored: founders under the name they propose, joint parties under all of theirs.</summary>
    public Applicant Named() => this switch
    {
        { Subject: { } subject } => this with { Name = subject.Name },
        { Parties: { } parties } => this with { Name = string.Join('、', parties.Select(p => p.Applicant.Name)) },
        _ => this,
    };

    /// <summary>What is wrong with the applicant; nothing when it can apply.</summary>
    /// <param name="today">The day, China Standard Time: a person born after it does not apply.</param>
    public IReadOnlyList<Refusal> Refusals(DateOnly today) => Kind switch
    {
        _ when OutOfPlace() is { Length: > 0 } wrong => wrong,
        ApplicantKind.Founders => [.. FoundersRefused(today)],
        ApplicantKind.Employer => [.. Applies.Refusals(today, "/applicant"), .. WorkerRefused(today)],
        ApplicantKind.JointParties => [.. EachRefused(
            [.. (Parties ?? []).Select(p => p.Applicant)], 2, MostParties, ApplicantRefusals.PartiesInvalid, "/applicant/parties", "/applicant", today)],
        _ => Applies.Refusals(today, "/applicant"),
    };

    private Refusal[] OutOfPlace()
    {
        var (founding, employing, joining) = (Kind == ApplicantKind.Founders, Kind == ApplicantKind.Employer, Kind == ApplicantKind.JointParties);
        var several = founding || joining;
        (string At, bool Is)[] members =
        [
            ("/uscc", several && Uscc is not null), ("/citizenId", several && CitizenId is not null), ("/identifier", several && Identifier is not null),
            ("/founders", !founding && Founders is not null), ("/representative", !founding && Representative is not null), ("/subject", !founding && Subject is not null),
            ("/worker", !employing && Worker is not null), ("/parties", !joining && Parties is not null),
        ];
        return [.. members.Where(member => member.Is).Select(member => ApplicantRefusals.WrongIdentifier.At($"/applicant{member.At}"))];
    }

    private IEnumerable<Refusal> FoundersRefused(DateOnly today)
    {
        foreach (var refused in EachRefused(Founders ?? [], 1, MostFounders, ApplicantRefusals.FoundersInvalid, "/applicant/founders", "", today))
            yield return refused;
        if (Representative is { } index ? index < 0 || index >= Founders?.Count : Founders?.Count > 1)
            yield return ApplicantRefusals.RepresentativeInvalid.At("/applicant/representative");
        if (Subject is null)
            yield return ApplicantRefusals.SubjectMissing.At("/applicant/subject");
        else if (!Wording.IsLine(Subject.Name, LongestName))
            yield return ApplicantRefusals.NameInvalid.At("/applicant/subject/name");
        // What does not exist yet has no code: the decision gives it.
        if (Subject?.Uscc is not null)
            yield return ApplicantRefusals.WrongIdentifier.At("/applicant/subject/uscc");
    }

    // Each once, however their number was given.
    private static IEnumerable<Refusal> EachRefused(
        IReadOnlyList<PersonOrEntity> those, int fewest, int most, Refusal invalid, string at, string inside, DateOnly today)
    {
        var seen = new HashSet<string>();
        if (those.Count < fewest || those.Count > most)
            yield return invalid.At(at);
        foreach (var (i, one) in those.Index())
        {
            foreach (var refused in one.Refusals(today, $"{at}/{i}{inside}"))
                yield return refused;
            if (!seen.Add(one.Key))
                yield return invalid.At($"{at}/{i}");
        }
    }

    private IEnumerable<Refusal> WorkerRefused(DateOnly today) => Worker is not { Kind: ApplicantKind.Person }
        ? [ApplicantRefusals.WorkerMissing.At("/applicant/worker")]
        : Worker.Refusals(today, "/applicant/worker");
}

/// <summary>What founders bring into being.</summary>
public enum SubjectKind
{
    /// <summary>公司</summary>
    Company,

    /// <summary>分支机构</summary>
    Branch,

    /// <summary>合伙企业</summary>
    Partnership,

    /// <summary>个人独资企业</summary>
    SoleOwnership,

    /// <summary>个体工商户</summary>
    IndividualBusiness,
}

/// <summary>What founders bring into being (设立的主体).</summary>
/// <param name="Name">What they propose to call it: 1 to 200 characters.</param>
/// <param name="Kind">What it is to be.</param>
/// <param name="Uscc">The code it was given when it was granted; never sent.</param>
public sealed record Subject([Personal] string Name, SubjectKind Kind, [Personal] string? Uscc = null);

/// <summary>A person or a legal entity, where either may stand.</summary>
/// <param name="Kind"><c>person</c> or <c>legal-entity</c>.</param>
/// <param name="Name">1 to 200 characters of Unicode, kept as given.</param>
/// <param name="Uscc">Legal entities: unified social credit code (统一社会信用代码).</param>
/// <param name="CitizenId">Persons: citizen identity number (公民身份号码).</param>
/// <param name="Identifier">In the place of either: what else identifies them.</param>
public sealed record PersonOrEntity(
    ApplicantKind Kind, [Personal] string Name, [Personal] string? Uscc = null, [Personal] string? CitizenId = null, Identifier? Identifier = null)
{
    private const string Mask = "**";

    /// <summary>What makes two applicants one.</summary>
    [JsonIgnore]
    public string Key => Identified.Key;

    /// <summary>The name as anybody may read it: of a person the first character, of a legal entity the first two and the last four, the same however long it is.</summary>
    [JsonIgnore]
    public string MaskedName
    {
        get
        {
            var (name, (first, last)) = (new StringInfo(Name), Kind == ApplicantKind.LegalEntity ? (2, 4) : (1, 0));
            var length = name.LengthInTextElements;
            return length <= first + last ? name.SubstringByTextElements(0, 1) + Mask
                : name.SubstringByTextElements(0, first) + Mask + (last == 0 ? "" : name.SubstringByTextElements(length - last));
        }
    }

    /// <summary>The number they are known by, however it was given.</summary>
    [JsonIgnore]
    public Identifier Identified =>
        Identifier ?? (Kind == ApplicantKind.LegalEntity ? new(IdentifierKind.Uscc, Uscc ?? "") : new(IdentifierKind.CitizenId, CitizenId ?? ""));

    /// <summary>What is wrong with them; nothing where nothing is.</summary>
    /// <param name="today">The day, China Standard Time: nobody is born after it.</param>
    /// <param name="at">Where they stand in what was sent.</param>
    public IReadOnlyList<Refusal> Refusals(DateOnly today, string at) =>
    [
        .. Wording.IsLine(Name, Applicant.LongestName) ? [] : new[] { ApplicantRefusals.NameInvalid.At($"{at}/name") },
        .. OutOfPlace(at) is { } wrong ? [wrong]
            : Identifier is not null ? Identifier.Refusals(today, $"{at}/identifier")
            : Identified.Refusals(today, at, Kind == ApplicantKind.LegalEntity ? "/uscc" : "/citizenId"),
    ];

    private Refusal? OutOfPlace(string at) => this switch
    {
        { Kind: not (ApplicantKind.Person or ApplicantKind.LegalEntity) } => ApplicantRefusals.WrongIdentifier.At($"{at}/kind"),
        { Kind: ApplicantKind.LegalEntity, CitizenId: not null } => ApplicantRefusals.WrongIdentifier.At($"{at}/citizenId"),
        { Kind: ApplicantKind.Person, Uscc: not null } => ApplicantRefusals.WrongIdentifier.At($"{at}/uscc"),
        { Identifier: not null } when Uscc is not null || CitizenId is not null => ApplicantRefusals.WrongIdentifier.At($"{at}/identifier"),
        { Identifier.Kind: var given } when Applicants.Identifier.IsOfPersons(given) != (Kind == ApplicantKind.Person) =>
            ApplicantRefusals.WrongIdentifier.At($"{at}/identifier/kind"),
        _ => null,
    };
}
