namespace OneDoor.Identity.Platform;

/// <summary>Why this server refuses an operator's request, beside what every server of the platform can refuse.</summary>
internal static class PlatformRefusals
{
    public static readonly Refusal Unavailable = new("platform.unavailable", 503,
        new("平台暂不可用", "The platform is not available right now"), new("请稍后重试。", "Try again later."));
}
