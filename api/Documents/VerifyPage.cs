using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Marten;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Documents;

/// <summary>
/// /verify/{number}: whether there is such a document, for anybody; with the token of its QR code, whether what was scanned is what the
/// register holds. It tells of nobody.
/// </summary>
public static class VerifyPage
{
    /// <summary>What the token in a QR code is called (JWS <c>typ</c>). It holds number and digest alone, since a code has little room.</summary>
    private const string Paper = "paper";

    public static void MapVerifyPage(this IEndpointRouteBuilder routes) => routes.MapGet("/verify/{number}", Handle).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Where a document's QR code leads.</summary>
    /// <param name="platform">The platform's public address.</param>
    public static async Task<string> AddressOf(this SigningKeys keys, string platform, StoredDocument document, CancellationToken ct)
    {
        var token = await keys.Sign(Paper, new JsonObject { ["number"] = document.Number, ["digest"] = ShortOf(document.Digest) }, ct);
        return $"{platform.TrimEnd('/')}/verify/{Uri.EscapeDataString(document.Number)}?token={token}";
    }

    private static async Task<IResult> Handle(string number, HttpContext http, DocumentTable table, SigningKeys keys, IQuerySession session, CancellationToken ct, string? token = null)
    {
        http.Response.Headers.ContentSecurityPolicy = HouseStyle.StillPolicy;
        http.Response.Headers.CacheControl = "no-store";
        var scanned = token is null ? null : await keys.Opened(Paper, token, ct);
        var document = await table.Find(number, ct);
        var isSame = document is not null && scanned is not null && (string?)scanned["number"] == document.Number && (string?)scanned["digest"] == ShortOf(document.Digest);
        // SIGHT-1: of what is confidential there is nothing to find out by its number alone, only by the paper.
        if (document is null || (!isSame && (await session.LoadAsync<Case>(document.Case, ct))?.Plan.Confidential != false))
            return Page(StatusCodes.Status404NotFound, Verdict(false, "登记中没有此文书", "There is no such document in the register"), []);
        var isWhole = await keys.Opened(MakeDocuments.Seal, document.Seal, ct) is { } seal && (string?)seal["number"] == document.Number
            && (string?)seal["act"] == Kebab.Of(document.Act) && (string?)seal["date"] == Day(document) && (string?)seal["textDigest"] == document.Digest
            && (document.Text is null || Sha256Digest.Of(document.Text) == document.Digest);
        var verdict = (isWhole, token, isSame) switch
        {
            (false, _, _) => Verdict(false, "印章与登记内容不符", "The seal does not fit what is registered"),
            (_, null, _) => Verdict(true, "登记有此文书；请与纸面文号、日期、机关核对", "Registered; compare number, date and authority with the paper"),
            (_, _, true) => Verdict(true, "真实有效：扫码内容与登记一致", "Genuine: what was scanned is what is registered"),
            _ => Verdict(false, "扫码内容与登记不一致，请勿采信", "What was scanned is not what is registered: do not rely on it"),
        };
        return Page(StatusCodes.Status200OK, verdict,
        [
            ("文号", "Number", document.Number),
            ("文书", "Document", $"{document.Title} · {document.Act.Name().En}"),
            ("机关", "Authority", $"{DepartmentDirectory.Zone.Of(document.Department).OfficialName.Zh} · {DepartmentDirectory.Zone.Of(document.Department).OfficialName.En}"),
            ("日期", "Date", Day(document)),
            ("电子印章", "Seal", isWhole ? "有效 · valid" : "无效 · not valid"),
            ("文本摘要", "Digest of the text", document.Digest),
        ]);
    }

    private static string Day(StoredDocument document) => document.Date.ToString("O", CultureInfo.InvariantCulture);

    private static string ShortOf(string digest) => Base64UrlEncoder.Encode(Convert.FromHexString(digest[Sha256Digest.Prefix.Length..]));

    private static string Verdict(bool isGood, string zh, string en) =>
        $"<p class=\"verdict {(isGood ? "good" : "bad")}\" role=\"status\">{(isGood ? "✓" : "✗")} {zh}<span lang=\"en\" class=\"also\">{en}</span></p>";

    private static IResult Page(int status, string verdict, IReadOnlyList<(string Zh, string En, string Text)> says) => Results.Content(
        HouseStyle.Page(Language.Chinese, "文书核验 · Verification", $"""
            <h1>文书核验 <span lang="en" class="also">Verification of a document</span></h1>
            {verdict}
            <dl>{string.Concat(says.Select(line => $"<dt>{line.Zh} <span lang=\"en\" class=\"also\">{line.En}</span></dt><dd>{WebUtility.HtmlEncode(line.Text)}</dd>"))}</dl>
            <p>请确认本页网址为政务服务平台的网址。<span lang="en" class="also">Make sure that this page's address is the platform's.</span></p>
            """, sheet: "/landing.css"),
        "text/html; charset=utf-8", statusCode: status);
}
