using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Documents;

namespace OneDoor.Licences;

// What is printed of a licence (证照照面), and by what anybody tells whether a printed one is the registered one (LIC-2, LIC-7).
public sealed partial record Licence
{
    // Seventy-two bits: they only tie to the register what is signed already, and a code has little room.
    private const int DigestBytes = 9;

    /// <summary>
    /// What ties the paper to the register: a digest, in base64url, of what never changes of a licence and is about nobody, so that a paper stays
    /// genuine when its holder's data is erased.
    /// </summary>
    [JsonIgnore]
    public string PaperDigest => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', Number, Kind.Code, Kind.Name.Zh, Item, Scope.Zh, Kebab.Of(Department), Iso(ValidFrom), IssuedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)))).AsSpan(0, DigestBytes));

    /// <summary>Its holders as anybody may read them.</summary>
    [JsonIgnore]
    public string MaskedHolders => string.Join('、', Holders.Select(h => h.MaskedName));

    /// <summary>Where it stands, in words.</summary>
    [JsonIgnore]
    public Text Standing => (Status, Ground) switch
    {
        (LicenceStatus.Valid, _) => new("有效", "valid"),
        (LicenceStatus.Suspended, _) => new("已暂扣", "suspended"),
        (LicenceStatus.Revoked, RevocationGround.Recalled) => new("已撤回", "recalled"),
        (LicenceStatus.Revoked, RevocationGround.Penalty) => new("已吊销", "revoked as a penalty"),
        (LicenceStatus.Revoked, _) => new("已撤销", "annulled"),
        (LicenceStatus.Expired, _) => new("已届满", "expired"),
        (LicenceStatus.Replaced, _) => new("已换发", "replaced"),
        _ => new("已注销", "cancelled"),
    };

    /// <summary>Until when what is said of it now may be relied on without asking again: for a while, and never past what time alone will change.</summary>
    public DateTimeOffset ReliedOnUntil(DateTimeOffset now, LicenceOptions policy) =>
        now.AddMinutes(policy.ReliedOnMinutes) is var until && DueAt < until ? DueAt.Value : until;

    /// <summary>What is printed, line by line, in Chinese: the authority, what it is, its number, its contents, and who issued it when.</summary>
    public string PaperText()
    {
        var authority = DepartmentDirectory.Zone.Of(Department).OfficialName.Zh;
        IEnumerable<string> contents =
        [
            .. Holders.SelectMany(holder => new[] { $"持证主体：{holder.Name}", $"{NameOf(holder.Identified.Kind)}：{holder.Identified.Number}" }),
            $"许可内容：{Scope.Zh}",
            $"有效期限：自{Words.Day(ValidFrom)}起{(ValidUntil is { } last ? $"至{Words.Day(last)}止" : "，长期有效")}",
            .. OperationFrom is null ? ["履行承诺前，不得凭本证照开展经营活动。"] : Array.Empty<string>(),
            .. Status == LicenceStatus.Valid ? [] : new[] { $"本证照{Standing.Zh}，不得使用。" },
            "本电子证照与纸质证照具有同等法律效力，是否有效以扫码核验为准。",
        ];
        return string.Join('\n', [authority, Kind.Name.Zh, Number, "", "", .. contents, "", authority, Words.Day(IssuedAt), Number]);
    }

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string NameOf(IdentifierKind kind) => kind switch
    {
        IdentifierKind.CitizenId => "公民身份号码",
        IdentifierKind.HmtResidencePermit => "港澳台居民居住证号码",
        IdentifierKind.PermanentResidenceCard => "外国人永久居留身份证号码",
        IdentifierKind.Passport => "护照号码",
        IdentifierKind.Uscc => "统一社会信用代码",
        _ => "境外登记号",
    };
}
