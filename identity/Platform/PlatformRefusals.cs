namespace OneDoor.Identity.Platform;

/// <summary>Why this server refuses an operator's request, beside what every server of the platform can refuse.</summary>
internal static class PlatformRefusals
{
    public static readonly Refusal Unavailable = new("platform.unavailable", 503,
        new("平台暂不可用", "The platform is not available right now"), new("请稍后重试。", "Try again later."));

    public static readonly Refusal TokenUnbound = new("auth.token-unbound", 401,
        new("访问令牌未绑定证书", "The access token is not bound to a certificate"),
        new("管理客户端和人员的令牌须绑定客户端证书（RFC 8705）。", "A token that administers clients and people has to be (RFC 8705): get it with the client's certificate."));
}
