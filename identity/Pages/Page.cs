using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;

namespace OneDoor.Identity.Pages;

/// <summary>The frame of every page, its language, its policy against foreign content, and the tokens of its forms.</summary>
internal sealed class Page(IHttpContextAccessor accessor, IAntiforgery antiforgery, IOpenIddictApplicationManager applications)
{
    public const string StylePath = "/pages/style.css";
    private const string AlertId = "wrong";
    private static readonly string Script = HouseStyle.Resource(typeof(Page), "peek.js");

    // One script may run, by its very text, and no other: docs/decisions/0017.
    private static readonly string ScriptSource = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'";
    private HttpContext Http => accessor.HttpContext!;

    /// <summary>Where an error page leads when only its language is to change.</summary>
    private string Again => HttpMethods.IsGet(Http.Request.Method) ? Http.Request.Path + Http.Request.QueryString : Addresses.SignedIn;

    public PageLanguage Language => PageLanguage.Of(Http.Request);

    public string Text(string chinese, string english) => Language.Pick(chinese, english);

    /// <summary>The opening of a form that posts to a path of this server, with the token that proves it is ours.</summary>
    public Html Form(string action, params (string Name, string? Value)[] hidden)
    {
        var tokens = antiforgery.GetAndStoreTokens(Http);
        var fields = Html.Join(hidden.Append((Name: tokens.FormFieldName, Value: tokens.RequestToken)), f => Html.Of($"""<input type="hidden" name="{f.Name}" value="{f.Value}">"""));
        return Html.Of($"""<form method="post" action="{action}">{fields}""");
    }

    /// <summary>What went wrong, above a form; read out at once, and again with each field that <see cref="Field"/> calls wrong.</summary>
    public static Html Alert(string? text) => text is null ? Html.None : Html.Of($"""<p role="alert" id="{AlertId}">{text}</p>""");

    /// <summary>A labelled input. One that is wrong is tied to the alert above the form.</summary>
    /// <param name="attributes">The input's own attributes, as markup; its type and what browsers fill in, for instance.</param>
    public static Html Field(string id, string label, string attributes, string? value = null, string? hint = null, bool isWrong = false)
    {
        var isNext = isWrong && string.IsNullOrEmpty(value);
        var described = string.Join(' ', new[] { isWrong ? AlertId : null, hint is null ? null : id + "-hint" }.OfType<string>());
        return Html.Of(
            $"""
             <label for="{id}">{label}</label>
             {(hint is null ? Html.None : Html.Of($"""<p class="hint" id="{id}-hint">{hint}</p>"""))}
             <input id="{id}" name="{id}" required {new Html(attributes)}{Attribute("value", value)}{Attribute("aria-describedby", described)}{new Html(isWrong ? " aria-invalid=\"true\"" : "")}{new Html(isNext ? " autofocus" : "")}>
             """);
    }

    /// <summary>Lets someone see the passwords they type above it. Without scripts they stay hidden, and so does this.</summary>
    public Html Peek() => Html.Of(
        $"""
         <p class="peek" hidden><input type="checkbox" id="peek" autocomplete="off"><label for="peek">{Text("显示密码", "Show the password")}</label></p>
         <script>{new Html(Script)}</script>
         """);

    /// <summary>The application that somebody is to sign in for; null where an address leads to no application.</summary>
    /// <param name="to">Where the pages lead in the end.</param>
    public async Task<Html?> AskingAsync(string to) => await AskingClientAsync(to) is not { } client ? null : Html.Of(
        $"<p><strong>{await applications.GetLocalizedDisplayNameAsync(client, Http.RequestAborted) ?? await applications.GetClientIdAsync(client, Http.RequestAborted)}</strong> {Text("请您登录。", "asks you to sign in.")}</p>");

    /// <summary>The way back to that application without signing in, which it hears of as <c>access_denied</c>.</summary>
    public async Task<Html> CancelAsync(string to) => await AskingClientAsync(to) is null ? Html.None : Html.Of(
        $"""<p class="middle"><a href="{QueryHelpers.AddQueryString(to, Addresses.Decision, Addresses.Cancel)}">{Text("取消并返回应用", "Cancel and go back to the application")}</a></p>""");

    public Task<bool> IsOurFormAsync() => antiforgery.IsRequestValidAsync(Http);

    /// <summary>A whole page.</summary>
    /// <param name="here">Where a change of language leads back to.</param>
    /// <param name="leadsTo">The address the forms lead to in the end: browsers hold a form's redirects to the policy too.</param>
    public async Task<IResult> ShowAsync(string title, Html body, string here, int status = StatusCodes.Status200OK, string? leadsTo = null)
    {
        var targets = await FormTargetsAsync(leadsTo);
        Http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src {ScriptSource}; style-src 'self'; img-src 'self'; form-action 'self'{targets}; base-uri 'none'; frame-ancestors 'none'";
        Http.Response.Headers.CacheControl = "no-store";
        Http.Response.Headers.Vary = "Accept-Language, Cookie";
        var other = QueryHelpers.AddQueryString("/language", new Dictionary<string, string?> { ["to"] = here, ["lang"] = Language.Other.Tag });
        var html = HouseStyle.Page(
            Language.Tag,
            Html.Of($"{(status < StatusCodes.Status400BadRequest ? "" : Text("错误：", "Error: "))}{title}").Markup,
            Html.Of($"<h1>{title}</h1>\n{body}").Markup,
            Html.Of($"""<a class="language" href="{other}" lang="{Language.Other.Tag}" hreflang="{Language.Other.Tag}">{Language.OtherName}</a>""").Markup,
            Html.Of($"<p>{Text("工作人员不会向您索要密码或验证码。", "Our staff never ask for your password or codes.")}</p>").Markup,
            StylePath);
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>Says why somebody cannot go on here, and leads on.</summary>
    /// <param name="onward">Where to; by default to the sign-in, or to what one may do once signed in.</param>
    public Task<IResult> ShowErrorAsync(string explanation, int status = StatusCodes.Status400BadRequest, Html? onward = null) =>
        ShowAsync(Text("无法继续", "You cannot continue"), Html.Of($"""<p role="alert">{explanation}</p>{onward ?? Account()}"""), Again, status);

    /// <summary>A line with nothing but a link.</summary>
    public static Html Link(string address, string text) => Html.Of($"""<p><a href="{address}">{text}</a></p>""");

    /// <summary>Tells that a request was refused, with OpenIddict's words for whoever built the application.</summary>
    public Task<IResult> ShowRefusedAsync(string? detail) => ShowAsync(
        Text("无法继续", "You cannot continue"),
        Html.Of(
            $"""
             <p role="alert">{Text("应用发来的请求有误，请联系该应用的开发者。", "The application's request is wrong. Tell whoever provides the application.")}</p>
             <p class="hint" lang="en">{detail}</p>
             {Account()}
             """),
        Again,
        StatusCodes.Status400BadRequest);

    /// <summary>Refuses a form that did not come from a page of ours, or came from one that is too old.</summary>
    /// <param name="to">Where whoever signs in again goes on; by default where the form says that it leads.</param>
    public async Task<IResult> ShowForeignFormAsync(string? to = null)
    {
        to ??= Addresses.Next(Http.Request.HasFormContentType ? (await Http.Request.ReadFormAsync(Http.RequestAborted))["to"] : "");
        return await ShowErrorAsync(
            Text("页面已过期，请重新开始。", "This page has expired. Start again."), onward: Link(Addresses.Of(Addresses.SignIn, to), Text("重新登录", "Sign in again")));
    }

    private static Html Attribute(string name, string? value) => string.IsNullOrEmpty(value) ? Html.None : Html.Of($" {new Html(name)}=\"{value}\"");

    private Html Account() => Link(Addresses.SignedIn, Text("我的账户", "Your account"));

    private async Task<string> FormTargetsAsync(string? address) => await ClientOfAsync(address) is { } client
        ? string.Concat((await applications.GetRedirectUrisAsync(client, Http.RequestAborted)).Select(TargetOf).Distinct().Select(t => " " + t))
        : "";

    private async Task<object?> AskingClientAsync(string to) => Addresses.IsAt(to, Endpoints.Authorize) ? await ClientOfAsync(to) : null;

    /// <summary>The client an address names as <c>client_id</c>.</summary>
    private async Task<object?> ClientOfAsync(string? address)
    {
        var query = address?.IndexOf('?') is { } at and >= 0 ? QueryHelpers.ParseQuery(address[at..]) : [];
        return query.TryGetValue("client_id", out var id) && id.ToString() is { Length: > 0 } clientId && !clientId.Contains('\0')
            ? await applications.FindByClientIdAsync(clientId, Http.RequestAborted) : null;
    }

    private static string TargetOf(string redirect)
    {
        var uri = new Uri(redirect);
        if (uri.Scheme is not ("http" or "https"))
            return uri.Scheme + ":";
        return uri.IsLoopback && uri.IsDefaultPort ? $"{uri.Scheme}://{uri.Host}:*" : uri.GetLeftPart(UriPartial.Authority);
    }
}
