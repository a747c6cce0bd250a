namespace OneDoor;

/// <summary>Words shown to people, in the platform's two languages.</summary>
/// <param name="Zh">Simplified Chinese (中文); the authoritative wording.</param>
/// <param name="En">English.</param>
public sealed record Text(string Zh, string En)
{
    /// <summary>The wording for a language tag such as <c>zh-CN</c> or <c>en</c>.</summary>
    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;

    /// <summary>Several, as a sentence of each language lists them.</summary>
    public static Text List(IReadOnlyList<Text> several) => new(string.Join('、', several.Select(one => one.Zh)), string.Join(", ", several.Select(one => one.En)));

    /// <summary>Several that are called the same in both languages: codes, for instance.</summary>
    public static Text List(IEnumerable<string> several) => List([.. several.Select(Same)]);

    /// <summary>What is written the same in both languages.</summary>
    public static Text Same(string both) => new(both, both);

    /// <summary>Chinese in quotation marks; those that are in it become single ones (GB/T 15834-2011).</summary>
    public static string Quoted(string zh) => $"“{zh.Replace('“', '‘').Replace('”', '’')}”";
}
