using System.Text.RegularExpressions;
using OneDoor.Catalogue;
using OneDoor.Files;

namespace OneDoor.Cases;

// What is handed in, stated and given with a decision: described correctly, and with files that are one's own (CASE-12).
public sealed partial record Case
{
    private const int LongestMaterialName = 200, MostResults = 20;

    private static IEnumerable<Refusal> MaterialsRefused(IReadOnlyList<MaterialGiven> materials, IReadOnlyList<Material> known, CaseAsking asked)
    {
        var seen = new HashSet<string>();
        foreach (var (i, m) in materials.Index())
        {
            if (known.All(k => k.Code != m.Code))
                yield return MaterialUnknown(known).At($"/materials/{i}/code");
            else if (!seen.Add(m.Code))
                yield return CaseRefusals.MaterialInvalid.Because("同一编码只出现一次。", "Every code stands in the list once.").At($"/materials/{i}/code");
            if (!Wording.IsLine(m.Name, LongestMaterialName))
                yield return CaseRefusals.MaterialInvalid.Because("名称须为1至200个字符。", "A name has 1 to 200 characters.").At($"/materials/{i}/name");
            var file = m.File is { } id ? asked.Files.GetValueOrDefault(id) : null;
            if (m.File is not null && file is null)
                yield return FileRefusals.Unknown.At($"/materials/{i}/file");
            if (m.Digest is null ? m.File is null : !Digest().IsMatch(m.Digest))
                yield return CaseRefusals.MaterialInvalid.Because(
                    "摘要须为 sha-256: 加十六进制或 base64。", "A digest is sha-256: and 64 hexadecimal characters or the same in base64.").At($"/materials/{i}/digest");
            else if (file is not null && m.Digest is not null && !Sha256Digest.AreSame(m.Digest, file.Digest))
                yield return FileRefusals.DigestMismatch.At($"/materials/{i}/digest");
        }
    }

    private static IReadOnlyList<MaterialHandedIn> Kept(IReadOnlyList<MaterialGiven> materials, CaseAsking asked) =>
        [.. materials.Select(m => m.File is { } id ? new MaterialHandedIn(m.Code, m.Name, asked.Files[id].Digest, asked.Files[id]) : new(m.Code, m.Name, m.Digest!))];

    // What the form or the agent names is one's own, or carried by the case already.
    private static IEnumerable<Refusal> FilesRefused(IEnumerable<(string At, Guid File)> named, CaseAsking asked, IReadOnlyList<CarriedFile>? carried = null) =>
        named.Where(n => !asked.Files.ContainsKey(n.File) && carried?.Any(file => file.Id == n.File) != true).Select(n => FileRefusals.Unknown.At(n.At));

    private static CarriedFile[]? Carried(IEnumerable<(string At, Guid File)> named, CaseAsking asked) =>
        named.Select(n => n.File).Distinct().Where(asked.Files.ContainsKey).Select(id => asked.Files[id]).ToArray() is { Length: > 0 } files ? files : null;

    private static IEnumerable<Refusal> ResultsRefused(IReadOnlyList<ResultGiven> results, CaseAsking asked)
    {
        if (results.Count > MostResults)
            yield return CaseRefusals.ResultInvalid.At("/results");
        foreach (var (i, result) in results.Index())
        {
            if (!Wording.IsLine(result.Name, LongestMaterialName))
                yield return CaseRefusals.ResultInvalid.At($"/results/{i}/name");
            if (!asked.Files.ContainsKey(result.File))
                yield return FileRefusals.Unknown.At($"/results/{i}/file");
        }
    }

    private static IReadOnlyList<ResultDocument>? Kept(IReadOnlyList<ResultGiven>? results, CaseAsking asked) =>
        results is { Count: > 0 } ? [.. results.Select(r => new ResultDocument(r.Name, asked.Files[r.File]))] : null;

    private static Refusal MaterialUnknown(IReadOnlyList<Material> known) => CaseRefusals.MaterialUnknown.Because(
        $"事项的材料：{string.Join('、', known.Select(m => m.Code))}。", $"The item's materials: {string.Join(", ", known.Select(m => m.Code))}.");

    [GeneratedRegex(@"\Asha-256:(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)\z")]
    private static partial Regex Digest();
}
