using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OneDoor.Identity.Pages;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace OneDoor.Identity.Authorize;

/// <summary>
/// <c>/connect/logout</c>: ends the session at this browser. Without a token that names the person it asks first, so that no
/// other site can sign anyone out.
/// </summary>
internal sealed class LogoutPage(Page page, Sessions sessions)
{

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        if (http.GetOpenIddictServerResponse() is { Error: not null } refused)
            return await page.ShowRefusedAsync(refused.ErrorDescription ?? refused.Error);
        if (await sessions.CurrentAsync(http) is { } session)
        {
            var hint = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
            if (hint.Principal?.GetClaim(OpenIddictConstants.Claims.Subject) != session.Person.Subject && await AskAsync(http, session.Person) is { } question)
                return question;
        }

        await Sessions.EndAsync(http);
        return Results.SignOut(new AuthenticationProperties { RedirectUri = Addresses.SignedOut }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    /// <summary>The question; null when it has been answered.</summary>
    private async Task<IResult?> AskAsync(HttpContext http, Person person)
    {
        if (HttpMethods.IsPost(http.Request.Method) && (await http.Request.ReadFormAsync(http.RequestAborted)).ContainsKey("decision"))
            return await page.IsOurFormAsync() ? null : await page.ShowForeignFormAsync();
        var request = http.GetOpenIddictServerRequest()!;
        (string, string?)[] hidden = [.. request.GetParameters().Select(p => (p.Key, (string?)p.Value))];
        var body = Html.Of(
            $"""
             <p>{page.Text($"您已以{Text.Quoted(person.DisplayName)}的身份登录。要退出登录吗？", $"You are signed in as {person.DisplayName}. Sign out?")}</p>
             {page.Form(Endpoints.Logout, hidden)}
             <button name="decision" value="sign-out">{page.Text("退出登录", "Sign out")}</button>
             </form>
             """);
        return await page.ShowAsync(page.Text("退出登录", "Sign out"), body, Endpoints.Logout, leadsTo: Endpoints.Logout + http.Request.QueryString);
    }
}
