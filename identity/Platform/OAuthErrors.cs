using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace OneDoor.Identity.Platform;

/// <summary>Shows a browser that a request has failed, by the answer's status.</summary>
internal delegate Task ErrorPage(HttpContext http, int status);

/// <summary>
/// Answers outside OpenIddict's own: the JSON of RFC 6749 section 5.2, a page for a browser, a problem for an operator, and
/// never a stack trace.
/// </summary>
internal static class OAuthErrors
{
    private const int RetryAfterSeconds = 5;

    /// <summary>What the errors of OAuth mean; each has a page under <c>/docs/errors/</c>.</summary>
    public static readonly IReadOnlyDictionary<string, Text> Meanings = new Dictionary<string, Text>
    {
        ["access_denied"] = new("登录的人拒绝了，或其账户不能办理所请求的任何事项。", "Whoever signed in has refused, or may do none of what was asked for."),
        ["authorization_pending"] = new("尚无人同意；请按间隔继续询问。", "Nobody has allowed it yet: go on asking at the interval."),
        ["consent_required"] = new("须征得登录者同意，而请求要求不显示页面。", "Somebody has to consent, and the request asks for no page."),
        ["expired_token"] = new("设备代码已过期；请重新开始。", "The device code has expired: begin again."),
        ["insufficient_access"] = new("令牌的权限不足。", "The token does not reach that far."),
        ["invalid_client"] = new("客户端不存在、已停用，或认证失败；说明中有原因。", "The client does not exist, is disabled or did not authenticate; the description says which."),
        ["invalid_client_metadata"] = new("应用的登记信息不可用；说明中有原因。", "The app cannot be registered like that; the description says why."),
        ["invalid_grant"] = new("授权码、设备代码或刷新令牌无效、已过期、已使用，或不属于该客户端。", "The code or refresh token is not valid, has expired, has been used or is another client's."),
        ["invalid_request"] = new("请求缺少参数、参数重复、过长或形式不对；说明中有原因。", "A parameter is missing, repeated, too long or not of its form; the description says which."),
        ["invalid_scope"] = new("权限范围不存在、未授予该客户端，或超出登录时所授予的。", "The scope does not exist, was not given to the client, or goes beyond what was given at the sign-in."),
        ["invalid_token"] = new("令牌无效、已过期或已撤销。", "The token is not valid, has expired or was revoked."),
        ["login_required"] = new("须有人登录，而请求要求不显示页面。", "Somebody has to sign in, and the request asks for no page."),
        ["request_not_supported"] = new("不接受请求对象；请使用普通参数或推送请求。", "Request objects are not taken: use plain parameters, or push the request."),
        ["request_uri_not_supported"] = new("只接受本服务器推送请求的 request_uri。", "No request_uri is taken but that of a request pushed to this server."),
        ["server_error"] = new("出现故障，已记录在案。", "Something failed here, and has been logged."),
        ["slow_down"] = new("询问过于频繁；请把间隔延长五秒。", "The device asks too often: make the interval five seconds longer."),
        ["temporarily_unavailable"] = new("请求过于频繁，或数据库暂不可用；请按 Retry-After 重试。", "There were too many requests, or the database is away: come back after Retry-After."),
        ["unauthorized_client"] = new("该客户端不能使用此授权方式或端点。", "The client may not use this grant or this endpoint."),
        ["unsupported_grant_type"] = new("不支持该授权方式。", "The grant type is not one of those that discovery names."),
        ["unsupported_response_type"] = new("只支持 response_type=code。", "The response type is code, and no other."),
        ["unsupported_token_type"] = new("不能处理该类令牌。", "Tokens of that kind are not handled here."),
    };

    public static Task WriteAsync(HttpContext http, int status, string error, string description)
    {
        if (http.IsForOperators())
            return Problems.Write(http, ProblemOf(status));
        http.RequestServices.GetRequiredService<SecurityLog>().Refused(http, status, error);
        if (http.Request.IsForPage())
            return WritePageAsync(http, status);
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        var error_uri = http.RequestServices.GetRequiredService<IOptions<IdentityOptions>>().Value.ErrorPage(error);
        return http.Response.WriteAsJsonAsync(new { error, error_description = description, error_uri }, http.RequestAborted);
    }

    public static Task WriteUnavailableAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        return WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "temporarily_unavailable", "The database cannot be reached; try again.");
    }

    /// <summary>The answer where nothing but a status was given: there is no such address, or it does not take the method.</summary>
    public static Task WriteBareAsync(StatusCodeContext context)
    {
        var (http, status) = (context.HttpContext, context.HttpContext.Response.StatusCode);
        if (!http.Request.IsForPage())
            return status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed || http.IsForOperators()
                ? Problems.Write(http, Problems.OfStatus(status))
                : Task.CompletedTask;
        if (status == StatusCodes.Status404NotFound)
            http.RequestServices.GetRequiredService<SecurityLog>().Refused(http, RequestRefusals.RouteNotFound);
        return WritePageAsync(http, status);
    }

    /// <summary>The answer to an exception nobody caught.</summary>
    public static Task WriteFaultAsync(HttpContext http)
    {
        var fault = http.Features.Get<IExceptionHandlerFeature>()!.Error;
        return fault switch
        {
            BadHttpRequestException when http.IsForOperators() => Problems.Write(http, Problems.OfFault(fault)),
            BadHttpRequestException bad => WriteAsync(http, bad.StatusCode, "invalid_request", Reason(bad.StatusCode)),
            InvalidDataException => WriteAsync(http, StatusCodes.Status400BadRequest, "invalid_request", "The form cannot be read."),
            _ when DatabaseFaults.IsOutage(fault) => WriteUnavailableAsync(http),
            _ => WriteAsync(http, StatusCodes.Status500InternalServerError, "server_error", "The request failed; the fault has been logged."),
        };
    }

    private static Refusal ProblemOf(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => RequestRefusals.TooMany,
        StatusCodes.Status503ServiceUnavailable => PlatformRefusals.Unavailable,
        _ => Problems.OfStatus(status),
    };

    private static Task WritePageAsync(HttpContext http, int status) => http.RequestServices.GetRequiredService<ErrorPage>()(http, status);

    private static string Reason(int status) =>
        status == StatusCodes.Status413PayloadTooLarge ? "The request body is too large." : "The request cannot be read.";
}
