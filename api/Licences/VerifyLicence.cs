using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marten;
using OneDoor.Catalogue;
using OneDoor.Documents;

namespace OneDoor.Licences;

/// <summary>Whether what is printed is what is registered.</summary>
public enum PaperCheck
{
    Matches,
    Differs,
}

/// <summary>Where a licence stands in the status list (IETF Token Status List).</summary>
/// <param name="Idx">Its index.</param>
/// <param name="Uri">Where the list is.</param>
public sealed record StatusListEntry(long Idx, string Uri);

/// <summary>What anybody learns of a licence (核验结果), signed.</summary>
/// <param name="Number">What it is known by (证照编号).</param>
/// <param name="Kind">What it is (证照类型).</param>
/// <param name="Holder">Who holds it (持证主体), masked: of a person's name the first character, of a legal entity's the first two and the last four.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="ValidFrom">The first day (有效期自), China Standard Time.</param>
/// <param name="ValidUntil">The last day (有效期至); null for a licence without a term (长期).</param>
/// <param name="OperationFrom">The first day on which what it is for may be done; null where conditions are still to be met, and it authorises no operation yet.</param>
/// <param name="AsOf">When this was so.</param>
/// <param name="Paper">Whether the paper is the registered one's, by the token of its QR code; null where none was sent.</param>
/// <param name="StatusList">Where it stands in the status list; null for a licence that is not in it.</param>
/// <param name="Token">
/// The same as a compact JWS (ES256) of the <c>typ</c> <c>onedoor-licence</c>, which the keys of <c>/.well-known/jwks.json</c> verify; with <c>iat</c>, and <c>exp</c>,
/// until when it may be relied on.
/// </param>
public sealed record LicenceVerification(
    string Number, IssuedLicence Kind, string Holder, LicenceStatus Status, DateOnly ValidFrom, DateOnly? ValidUntil, DateOnly? OperationFrom, DateTimeOffset AsOf,
    PaperCheck? Paper, StatusListEntry? StatusList, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token);

/// <summary>GET /v1/licences/{number}/verification: how a licence stands, for anybody (LIC-2), and what <c>/verify/{number}</c> says of it.</summary>
public sealed class VerifyLicence(IDocumentStore store, SigningKeys keys, LicenceOptions policy, TimeProvider time)
{
    /// <summary>What the signed answer is called (JWS <c>typ</c>).</summary>
    private const string Type = "onedoor-licence";

    public static void Map(IEndpointRouteBuilder licences) => licences.MapGet("/{number}/verification", Handle)
        .AllowAnonymous()
        .WithName("verifyLicence")
        .WithSummary("Verify a licence (核验): how it stands now, signed, and whether a paper is the registered one's")
        .WithDescription("No answer is to be kept: offline the token says how long it may be relied on, and the status list how a licence stands since.")
        .Produces<LicenceVerification>()
        .Shows(request: null, LicenceExamples.Verified)
        .Refuses(400, 404);

    /// <summary>What is signed and shown; null where there is no such licence, or nothing for whoever has only the number.</summary>
    /// <param name="number">The licence's.</param>
    /// <param name="token">Of the QR code; null where there is none.</param>
    /// <param name="platform">The platform's public address.</param>
    public async Task<LicenceVerification?> Signed(string number, string? token, string platform, CancellationToken ct)
    {
        if (await Find(number, token, ct) is not var (licence, paper, now))
            return null;
        var says = new LicenceVerification(
            licence.Number, licence.Kind, licence.MaskedHolders, licence.Status, licence.ValidFrom, licence.ValidUntil, licence.OperationFrom, now, paper,
            licence.StatusIndex is { } index ? new(index, platform + GetStatusList.Path) : null, Token: null);
        var signed = JsonSerializer.SerializeToNode(says, RestJson.Options)!.AsObject();
        signed["iat"] = now.ToUnixTimeSeconds();
        signed["exp"] = licence.ReliedOnUntil(now, policy).ToUnixTimeSeconds();
        return says with { Token = await keys.Sign(Type, signed, ct) };
    }

    /// <summary><see cref="PrintedRegister"/></summary>
    public async Task<Verified?> Printed(string number, string? token, CancellationToken ct)
    {
        if (await Find(number, token, ct) is not var (licence, paper, _))
            return null;
        if (paper == PaperCheck.Differs)
            return new(false, new("扫码内容与登记不一致，请勿采信", "What was scanned is not what is registered: do not rely on it"), []);
        (string, string, string)[] says = [("证照编号", "Number", licence.Number), ("状态", "Status", $"{licence.Standing.Zh} · {licence.Standing.En}")];
        if (licence.Status != LicenceStatus.Valid)
            return new(false, new($"本证照{licence.Standing.Zh}，请勿采信", $"This licence is {licence.Standing.En}: do not rely on it"), says);
        var authority = DepartmentDirectory.Zone.Of(licence.Department).OfficialName;
        return new(
            true,
            paper is null ? new("登记有此证照且有效；请与纸面内容核对", "Registered and valid; compare with the paper") : new("真实有效：扫码内容与登记一致", "Genuine and valid: what was scanned is what is registered"),
            [
                .. says,
                ("证照类型", "Kind", $"{licence.Kind.Name.Zh} · {licence.Kind.Name.En}"),
                ("持证主体", "Holder", licence.MaskedHolders),
                ("发证机关", "Issued by", $"{authority.Zh} · {authority.En}"),
                .. licence.OperationFrom is null ? [("经营", "Operation", "尚不得开展经营 · not yet authorised to operate")] : Array.Empty<(string, string, string)>(),
                ("有效期限", "Valid", $"{licence.ValidFrom:yyyy-MM-dd} – {(licence.ValidUntil is { } last ? $"{last:yyyy-MM-dd}" : "长期 · no end")}"),
            ]);
    }

    private static async Task<IResult> Handle(
        string number, HttpContext http, VerifyLicence verify, PublicAddress platform, CancellationToken ct,
        [Description("The token of the QR code on a paper.")] string? token = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await verify.Signed(number, token, platform.For(http.Request), ct) is { } verified ? TypedResults.Ok(verified) : LicenceRefusals.NotFound.ToProblem();
    }

    private async Task<(Licence Licence, PaperCheck? Paper, DateTimeOffset Now)?> Find(string number, string? token, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var session = store.QuerySession();
        if ((await session.LoadAsync<Licence>(Licence.IdOf(number), ct))?.At(now) is not { } licence)
            return null;
        PaperCheck? paper = token is null ? null : await keys.IsOn(token, licence.Number, licence.PaperDigest, ct) ? PaperCheck.Matches : PaperCheck.Differs;
        // SIGHT-1: of what is confidential there is nothing to find out by its number alone, only by the paper.
        return licence.Confidential && paper != PaperCheck.Matches ? null : (licence, paper, now);
    }
}
