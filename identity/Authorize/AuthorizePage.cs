using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using OneDoor.Identity.Pages;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Authorize;

/// <summary>
/// <c>/connect/authorize</c>: OpenIddict has found the request right; here it is decided whether someone must sign in or
/// consent first, and what the application gets.
/// </summary>
internal sealed class AuthorizePage(
    Page page, Sessions sessions, PersonGrant grant, RedirectAddresses addresses, IOpenIddictApplicationManager applications,
    IOpenIddictAuthorizationManager authorizations, Sandbox sandbox, TimeProvider time)
{
    /// <summary>How long a sign-in asked for by <c>prompt=login</c> counts for the request that asked.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        if (http.GetOpenIddictServerResponse() is { Error: not null } refused)
        {
            return await addresses.AnswerAsync(http.Request, refused) is { } answer
                ? Results.Redirect(answer)
                : await page.ShowRefusedAsync(refused.ErrorDescription ?? refused.Error);
        }

        if (http.Request.Query[Addresses.Decision] == Addresses.Cancel)
            return Refuse(Errors.AccessDenied, "The person has not signed in.");
        var request = http.GetOpenIddictServerRequest()!;
        var here = await AddressAsync(http);
        var session = await sessions.CurrentAsync(http);
        // Who signed in to let a device in did so at a browser that may be everybody's: no application gets anything of it.
        if (session is null || session.IsForDevice || MustSignInAgain(request, session, here))
        {
            return request.HasPromptValue(PromptValues.None)
                ? Refuse(Errors.LoginRequired, "Nobody is signed in at this browser.")
                : Results.Redirect(Addresses.Of(Addresses.SignIn, here));
        }

        if (await grant.ScopesAsync(request.ClientId!, session.Person.Role, request.GetScopes(), http.RequestAborted) is not { } scopes)
            return Refuse(Errors.AccessDenied, "The person signed in may do none of what the application asks for.");
        return await MustConsentAsync(request, session, scopes, here, http.RequestAborted)
            ? await ConsentAsync(http, request, session, scopes, here)
            : Give(session, scopes);
    }

    /// <summary>The request as an address of this server, whichever way it came.</summary>
    private static async Task<string> AddressAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
            return Endpoints.Authorize + http.Request.QueryString;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return Endpoints.Authorize + new QueryBuilder(form.Where(f => f.Key is not (Addresses.Decision or "form-token")).SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key, value ?? ""))).ToQueryString();
    }

    private bool MustSignInAgain(OpenIddictRequest request, Session session, string here)
    {
        var age = time.GetUtcNow() - session.SignedInAt;
        return !IsForThis(session, here) && (request.HasPromptValue(PromptValues.Login) || (request.MaxAge is { } allowed && age > TimeSpan.FromSeconds(allowed)));
    }

    private bool IsForThis(Session session, string here) => session.For == Sessions.DigestOf(here) && time.GetUtcNow() - session.SignedInAt <= Fresh;

    private async Task<bool> MustConsentAsync(OpenIddictRequest request, Session session, IReadOnlyList<string> scopes, string here, CancellationToken ct)
    {
        var client = (await applications.FindByClientIdAsync(request.ClientId!, ct))!;

        // Any program on the device can take a native application's place, so that somebody has to be there (RFC 8252 section 8.6);
        // not that of the page the platform itself serves.
        if (await applications.HasApplicationTypeAsync(client, ApplicationTypes.Native, ct) && request.RedirectUri != sandbox.AppAddress && !IsForThis(session, here))
            return true;
        if (await applications.HasConsentTypeAsync(client, ConsentTypes.Implicit, ct))
            return false;
        return request.HasPromptValue(PromptValues.Consent) || !await HasConsentedAsync(session, client, scopes, ct);
    }

    private async Task<bool> HasConsentedAsync(Session session, object client, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        var id = await applications.GetIdAsync(client, ct);
        await foreach (var _ in authorizations.FindAsync(session.Person.Subject, id, Statuses.Valid, AuthorizationTypes.Permanent, [.. scopes], ct))
            return true;
        return false;
    }

    private async Task<IResult> ConsentAsync(HttpContext http, OpenIddictRequest request, Session session, IReadOnlyList<string> scopes, string here)
    {
        if (request.HasPromptValue(PromptValues.None))
            return Refuse(Errors.ConsentRequired, "The person signed in has not consented.");
        var client = (await applications.FindByClientIdAsync(request.ClientId!, http.RequestAborted))!;
        var decision = HttpMethods.IsPost(http.Request.Method) ? (await http.Request.ReadFormAsync(http.RequestAborted))[Addresses.Decision].ToString() : "";
        if (decision.Length == 0)
            return await ShowConsentAsync(
                session.Person, scopes, await applications.GetLocalizedDisplayNameAsync(client, http.RequestAborted) ?? request.ClientId!, BackOf(request), here);
        if (!await page.IsOurFormAsync())
            return await page.ShowForeignFormAsync();
        if (decision != "allow")
            return Refuse(Errors.AccessDenied, "The person signed in has refused.");
        if (await HasConsentedAsync(session, client, scopes, http.RequestAborted))
            return Give(session, scopes);

        // Kept apart from the tokens' own authorization: a stolen token revokes its family, not the consent.
        var consent = new OpenIddictAuthorizationDescriptor
        {
            ApplicationId = await applications.GetIdAsync(client, http.RequestAborted),
            CreationDate = time.GetUtcNow(),
            Status = Statuses.Valid,
            Subject = session.Person.Subject,
            Type = AuthorizationTypes.Permanent,
        };
        consent.Scopes.UnionWith(scopes);
        await authorizations.CreateAsync(consent, http.RequestAborted);
        return Give(session, scopes);
    }

    private async Task<IResult> ShowConsentAsync(Person person, IReadOnlyList<string> scopes, string client, string back, string here)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(here[Endpoints.Authorize.Length..]);
        var hidden = query.SelectMany(p => p.Value, (p, value) => (p.Key, value)).ToArray();
        var asked = Html.Join(scopes.Select(scope => ScopeTexts.Of(scope, page.Language)).OfType<string>(), text => Html.Of($"<li>{text}</li>"));
        var body = Html.Of(
            $"""
             <p><strong>{client}</strong> {page.Text("请求以您的名义：", "asks to do this on your behalf:")}</p>
             <ul class="asked">{asked}</ul>
             <p class="hint">{ScopeTexts.Untold.In(page.Language.Tag)}</p>
             <p class="hint">{page.Text(
                 $"之后您将回到 {back}。您已以{Text.Quoted(person.DisplayName)}的身份登录。",
                 $"You go back to the application at {back}. You are signed in as {person.DisplayName}.")}</p>
             {page.Form(Endpoints.Authorize, hidden)}
             <button name="{Addresses.Decision}" value="allow">{page.Text("同意", "Allow")}</button>
             <button class="second" name="{Addresses.Decision}" value="deny">{page.Text("拒绝", "Refuse")}</button>
             </form>
             """);
        return await page.ShowAsync(page.Text("授权", "Allow access"), body, here, leadsTo: here);
    }

    /// <summary>Whose address the answer goes to, in the words of a browser's address line.</summary>
    private static string BackOf(OpenIddictRequest request) =>
        Uri.TryCreate(request.RedirectUri, UriKind.Absolute, out var back) ? (back.Host.Length > 0 ? back.Authority : back.Scheme) : "";

    private IResult Give(Session session, IReadOnlyList<string> scopes) =>
        Results.SignIn(grant.PrincipalOf(session, scopes), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    private static IResult Refuse(string error, string description) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
