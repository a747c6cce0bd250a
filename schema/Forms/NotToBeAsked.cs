using System.Text.RegularExpressions;

namespace OneDoor.Forms;

/// <summary>What no form asks, since it is unrelated to the matter, known already or proved (行政许可法 art. 31, 国务院令第716号 art. 7, JOINT-4).</summary>
internal static partial class NotToBeAsked
{
    // What a law names all the same, by the field's name.
    private static readonly Dictionary<string, string> ByLaw = new()
    {
        ["household"] = "《就业服务与就业管理规定》第六十二条",
    };

    private static readonly (Regex Asks, Text What)[] All =
    [
        (Portraits(), new("不得要求本人照片。", "Nobody is asked for a portrait.")),
        (Origins(), new("不得询问户籍、政治面貌、宗教信仰等无关情况。", "Nobody is asked for their household, politics or religion.")),
        (Registered(), new("营业执照已证明的登记信息不得再填。", "What the business licence proves is not asked again.")),
        (Copies(), new("不得要求证照的复印件、扫描件或副本，也不得要求在扫描件上盖章。", "Nobody is asked for a copy or a scan of a licence, nor for a seal on one.")),
    ];

    // Matters of which a law asks a portrait: it is printed on what they issue.
    private static readonly Dictionary<string, string> PortraitsByLaw = new()
    {
        ["HRSS-009"] = "《“中华人民共和国社会保障卡”管理办法》（人社部发〔2011〕47号）",
        ["PSEC-010"] = "《中华人民共和国护照法》第六条",
    };

    internal static IEnumerable<FormProblem> In(Form form) => In(form.Fields, "fields");

    /// <summary>Whether what a material is called is a licence's copy.</summary>
    public static bool IsCopy(string name) => Copies().IsMatch(name);

    /// <summary>Whether what a material of a matter is called is a portrait that no law asks.</summary>
    public static bool IsPortrait(string name, string matter) => Portraits().IsMatch(name) && !PortraitsByLaw.ContainsKey(matter);

    /// <summary>Whether what a material is called is a licence of this name, and no application for one.</summary>
    public static bool Names(string name, string licence) => name.Contains(licence, StringComparison.Ordinal) && !Applications().IsMatch(name);

    private static IEnumerable<FormProblem> In(IReadOnlyList<Field> fields, string at) => fields.SelectMany(field =>
        All.Where(never => never.Asks.IsMatch(field.Label.Zh) && !ByLaw.ContainsKey(field.Name)).Select(never => new FormProblem($"{at}/{field.Name}", never.What))
            .Concat(In(field.Fields, $"{at}/{field.Name}")));

    [GeneratedRegex("(申请|备案|登记)(书|表)$")]
    private static partial Regex Applications();

    [GeneratedRegex("免冠|肖像|头像|证件照|寸照|本人(电子)?照片")]
    private static partial Regex Portraits();

    [GeneratedRegex("户口|户籍|政治面貌|宗教信仰")]
    private static partial Regex Origins();

    [GeneratedRegex("统一社会信用代码|组织机构代码|营业执照(编号|号码|注册号)|(税务|社会保险|统计)登记证")]
    private static partial Regex Registered();

    [GeneratedRegex("(证|照|许可|批文)[^，。、]{0,6}(复印件|扫描件|副本)|(复印件|扫描件)[^，。]{0,6}(盖章|公章)|(盖章|公章)[^，。]{0,6}(复印件|扫描件)")]
    private static partial Regex Copies();
}
