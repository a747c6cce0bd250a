using System.Globalization;
using Microsoft.IdentityModel.Tokens;

namespace OneDoor.Documents;

/// <summary>Whether what documents are of is confidential (SIGHT-1); null where it is no thing of the kind. Each capability whose facts make documents registers its own.</summary>
public delegate Task<bool?> IsConfidential(Guid thing, CancellationToken ct);

/// <summary>Whether there is such a document, and, with the token of its QR code, whether what was scanned is what the register holds. It tells of nobody.</summary>
public sealed class VerifyDocument(DocumentTable table, SigningKeys keys, IEnumerable<IsConfidential> things)
{
    /// <summary><see cref="PrintedRegister"/></summary>
    public async Task<Verified?> Find(string number, string? token, CancellationToken ct)
    {
        var document = await table.Find(number, ct);
        var isSame = document is not null && token is not null && await keys.IsOn(token, document.Number, ShortOf(document), ct);
        // SIGHT-1: of what is confidential there is nothing to find out by its number alone, only by the paper.
        if (document is null || (!isSame && !await IsOpen(document.Thing, ct)))
            return null;
        var seal = await keys.Opened(MakeDocuments.Seal, document.Seal, ct);
        // Seals of before hold no title, but the text that they do hold the digest of begins with it.
        var title = (string?)seal?["title"] ?? (document.Text?.Split('\n') is [_, var second, ..] ? second : null);
        var isWhole = seal is not null && (string?)seal["number"] == document.Number && (string?)seal["act"] == Kebab.Of(document.Act) && (int?)seal["version"] == document.Version
            && (string?)seal["date"] == Day(document) && (string?)seal["textDigest"] == document.Digest && (title is null || title == document.Title)
            && (document.Text is null || Sha256Digest.Of(document.Text) == document.Digest);
        var (authority, now) = (document.Authority, DepartmentDirectory.Zone.Of(document.Department).OfficialName);
        var (isGood, verdict) = (isWhole, token, isSame) switch
        {
            (false, _, _) => (false, new Text("印章与登记内容不符", "The seal does not fit what is registered")),
            (_, null, _) => (true, new("登记有此文书；请与纸面文号、日期、机关核对", "Registered; compare number, date and authority with the paper")),
            (_, _, true) => (true, new("真实有效：扫码内容与登记一致", "Genuine: what was scanned is what is registered")),
            _ => (false, new("扫码内容与登记不一致，请勿采信", "What was scanned is not what is registered: do not rely on it")),
        };
        return new(isGood, verdict,
        [
            ("文号", "Number", document.Number),
            ("文书", "Document", $"{title ?? document.Act.Name().Zh} · {document.Act.Name().En}"),
            // As it was sealed, and so stands on the paper, whatever the authority is called today.
            ("机关", "Authority", authority == now.Zh ? $"{now.Zh} · {now.En}" : authority),
            ("日期", "Date", Day(document)),
            ("电子印章", "Seal", isWhole ? "有效 · valid" : "无效 · not valid"),
            ("文本摘要", "Digest of the text", document.Digest),
        ]);
    }

    // What nobody knows is not told of.
    private async Task<bool> IsOpen(Guid thing, CancellationToken ct)
    {
        foreach (var ask in things)
        {
            if (await ask(thing, ct) is { } confidential)
                return !confidential;
        }
        return false;
    }

    /// <summary>What its QR code holds of its digest.</summary>
    public static string ShortOf(StoredDocument document) => Base64UrlEncoder.Encode(Convert.FromHexString(document.Digest[Sha256Digest.Prefix.Length..]));

    private static string Day(StoredDocument document) => document.Date.ToString("O", CultureInfo.InvariantCulture);
}
