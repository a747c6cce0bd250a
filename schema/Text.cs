namespace OneDoor;

/// <summary>Words shown to people, in the platform's two languages.</summary>
/// <param name="Zh">Simplified Chinese (中文); the authoritative wording.</param>
/// <param name="En">English.</param>
public sealed record Text(string Zh, string En)
{
    /// <summary>The wording for a language tag such as <c>zh-CN</c> or <c>en</c>.</summary>
    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;
}
