namespace OneDoor.Identity.Platform;

/// <summary>
/// Keeps tokens, codes and assertions out of the logs, whatever levels the configuration asks for and for whichever
/// provider: these categories write requests, their query strings or where they are sent on.
/// </summary>
internal static class LogSecrecy
{
    private static readonly string[] Telling = ["OpenIddict", "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Http.Result"];

    /// <summary>A rule that is more specific hides those that are less, so every rule is held to it.</summary>
    public static void Enforce(LoggerFilterOptions filters)
    {
        for (var i = 0; i < filters.Rules.Count; i++)
        {
            var rule = filters.Rules[i];
            filters.Rules[i] = new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel,
                (provider, category, level) => MayTell(category, level) && rule.Filter?.Invoke(provider, category, level) != false);
        }
    }

    private static bool MayTell(string? category, LogLevel level) =>
        level >= LogLevel.Warning || !Telling.Any(telling => category?.StartsWith(telling, StringComparison.Ordinal) == true);
}
