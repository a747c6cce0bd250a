using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Pages;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;
using OneDoor.Identity.SignIn;
using OneDoor.Identity.Token;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace OneDoor.Identity.Authorize;

/// <summary><c>/connect/verify</c>: someone enters the code a device shows, sees what it asks for, and lets it in.</summary>
internal sealed class DevicePage(Page page, Sessions sessions, SignInAttempts attempts, PersonGrant grant, IOpenIddictApplicationManager applications, SecurityEvents security)
{
    public const string DonePath = Endpoints.Verify + "/done";
    private const string UserCode = "user_code";
    private const int Group = 4;

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var isPost = HttpMethods.IsPost(http.Request.Method);
        if (RequestForm.Repeated(http.Request, await RequestForm.ParametersAsync(http.Request)) is { } repeated)
            return await page.ShowRefusedAsync(repeated);
        // What is no form is answered as one that says nothing.
        var form = isPost && http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        var code = Shown((isPost ? form[UserCode] : http.Request.Query[UserCode]).ToString());
        var here = code.Length == 0 ? Endpoints.Verify : QueryHelpers.AddQueryString(Endpoints.Verify, UserCode, code);
        if (await sessions.CurrentAsync(http) is not { } session)
            return Results.Redirect(Addresses.Of(Addresses.SignIn, here));
        if (isPost && !await page.IsOurFormAsync())
            return await page.ShowForeignFormAsync(here);
        if (code.Length == 0)
            return await ShowFormAsync();

        var counted = SignInAttempts.UserCode(session.Person.Id);
        if (await attempts.TryAsync(counted, http.RequestAborted) is { } wait)
        {
            security.SignIn(http, Factor.UserCode, SignInOutcome.TooOften, session.Person.Subject);
            return await ShowFormAsync(SignInPages.TooOften(http, page, wait), StatusCodes.Status429TooManyRequests);
        }

        var verified = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (verified is not { Succeeded: true, Principal: { } device } || device.GetClaim(OpenIddictConstants.Claims.ClientId) is not { Length: > 0 } clientId)
        {
            security.SignIn(http, Factor.UserCode, SignInOutcome.Wrong, session.Person.Subject);
            return await ShowFormAsync(page.Text("设备代码不正确或已过期。", "The code is wrong or has expired."), StatusCodes.Status422UnprocessableEntity);
        }

        // A right code was no guess. The wrong ones before it stay counted, for codes of one's own are easily had.
        await attempts.TakeBackAsync(counted, http.RequestAborted);
        // Who signed in at a kiosk for another code, or for none, may have gone away: whoever is there now is somebody else.
        if (session.IsForDevice && session.For != Sessions.DigestOf(here) && (await applications.PlaceAsync(clientId, http.RequestAborted)).Hall is not null)
        {
            await Sessions.EndAsync(http);
            return Results.Redirect(Addresses.Of(Addresses.SignIn, here));
        }

        if (await grant.ScopesAsync(clientId, session.Person.Role, device.GetScopes(), http.RequestAborted) is not { } scopes)
            return await page.ShowErrorAsync(
                page.Text("您的账户不能办理该设备请求的任何事项。", "Your account may do none of what the device asks for."), StatusCodes.Status403Forbidden,
                Page.Link(Addresses.Of(Addresses.SignIn, here), page.Text("使用其他账户登录", "Sign in with another account")));
        var decision = form["decision"].ToString();
        // Who signed in to let a device in leaves nothing there for whoever comes next.
        if (decision is "allow" or "deny" && session.IsForDevice)
            await Sessions.EndAsync(http);
        return decision switch
        {
            "allow" => Results.SignIn(
                grant.PrincipalOf(session, scopes), new AuthenticationProperties { RedirectUri = DonePath }, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme),
            "deny" => Results.Forbid(new AuthenticationProperties { RedirectUri = DonePath }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]),
            _ => await ShowQuestionAsync(session.Person, clientId, scopes, code, here, http.RequestAborted),
        };
    }

    /// <summary>A request that tries a code is counted as one that signs in.</summary>
    public static Counted Counted { get; } = new(request =>
        HttpMethods.IsPost(request.Method) || request.Query.ContainsKey(UserCode) ? RequestLimits.Tries : null);

    /// <summary>A code as devices show it, however it was typed.</summary>
    public static string Shown(string code)
    {
        var letters = string.Concat(code.Where(char.IsAsciiLetter)).ToUpperInvariant();
        return letters.Length > Group ? $"{letters[..Group]}-{letters[Group..]}" : letters;
    }

    public Task<IResult> DoneAsync() => page.ShowAsync(
        page.Text("已完成", "Done"),
        // It leads to no sign-in that would last: the browser may be a kiosk's.
        Html.Of($"<p>{page.Text("请回到设备上继续。可以关闭此页面。", "Go on at the device. You may close this page.")}</p>"),
        DonePath);

    private Task<IResult> ShowFormAsync(string? alert = null, int status = StatusCodes.Status200OK)
    {
        var body = Html.Of(
            $"""
             {Page.Alert(alert)}
             {page.Form(Endpoints.Verify)}
             {Page.Field(
                 UserCode, page.Text("设备代码", "Device code"), """class="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" """,
                 hint: page.Text("设备上显示的 8 个字母。", "The 8 letters the device shows."), isWrong: alert is not null)}
             <button>{page.Text("继续", "Continue")}</button>
             </form>
             """);
        return page.ShowAsync(page.Text("连接设备", "Connect a device"), body, Endpoints.Verify, status);
    }

    private async Task<IResult> ShowQuestionAsync(Person person, string clientId, IReadOnlyList<string> scopes, string code, string here, CancellationToken ct)
    {
        var client = (await applications.FindByClientIdAsync(clientId, ct))!;
        var name = await applications.GetLocalizedDisplayNameAsync(client, ct) ?? clientId;
        var asked = Html.Join(scopes.Select(scope => ScopeTexts.Of(scope, page.Language)).OfType<string>(), text => Html.Of($"<li>{text}</li>"));
        var body = Html.Of(
            $"""
             <p><strong>{name}</strong> {page.Text("请求以您的名义：", "asks to do this on your behalf:")}</p>
             <ul class="asked">{asked}</ul>
             <p class="hint">{ScopeTexts.Untold.In(page.Language.Tag)}</p>
             <p>{page.Text("仅当您面前的设备显示此代码时才可同意：", "Allow this only if the device in front of you shows this code:")}</p>
             <p class="show">{code}</p>
             <p class="hint">{page.Text($"您已以{Text.Quoted(person.DisplayName)}的身份登录。", $"You are signed in as {person.DisplayName}.")}</p>
             {page.Form(Endpoints.Verify, (UserCode, code))}
             <button name="decision" value="allow">{page.Text("同意", "Allow")}</button>
             <button class="second" name="decision" value="deny">{page.Text("拒绝", "Refuse")}</button>
             </form>
             """);
        return await page.ShowAsync(page.Text("连接设备", "Connect a device"), body, here);
    }
}
