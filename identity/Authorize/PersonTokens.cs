using OneDoor.Identity.Clients;
using OneDoor.Identity.People;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using Names = OpenIddict.Abstractions.OpenIddictConstants.Claims;

namespace OneDoor.Identity.Authorize;

/// <summary>
/// Codes and refresh tokens are exchanged for what the person and the client may do now, not for what they might when it was
/// issued; and not at all once the person has gone or changed their password or second factor.
/// </summary>
internal sealed class PersonTokens(Sessions sessions, PersonGrant grant, IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
            .UseScopedHandler<PersonTokens>()
            .SetOrder(OpenIddictServerHandlers.Exchange.AttachPrincipal.Descriptor.Order + 1)
            .Build();

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType() || context.Principal is not { } granted)
            return;
        var person = await sessions.FindAsync(granted.GetClaim(Names.Subject), granted.GetClaim(Sessions.Stamp), context.CancellationToken);
        if (person is null || await grant.ScopesAsync(context.ClientId!, person.Role, granted.GetScopes(), context.CancellationToken) is not { } scopes)
        {
            context.Reject(Errors.InvalidGrant, "The person has to sign in again.");
            return;
        }

        var principal = granted.Clone();
        grant.Fill(principal, person, scopes, (await applications.PlaceAsync(context.ClientId!, context.CancellationToken)).Hall);
        context.Principal = principal;
    }
}

/// <summary>What <c>/connect/userinfo</c> tells: nothing an application could not see in the person's tokens, as it stands now.</summary>
internal sealed class UserInfo(Sessions sessions) : IOpenIddictServerHandler<HandleUserInfoRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleUserInfoRequestContext>()
            .UseScopedHandler<UserInfo>()
            .SetOrder(OpenIddictServerHandlers.UserInfo.AttachClaims.Descriptor.Order + 1)
            .Build();

    public async ValueTask HandleAsync(HandleUserInfoRequestContext context)
    {
        if (await sessions.FindAsync(context.AccessTokenPrincipal.GetClaim(Names.Subject), context.CancellationToken) is not { } person)
        {
            context.Reject(Errors.InvalidToken, "The token is nobody's who signs in.");
            return;
        }

        context.Subject = person.Subject;
        if (!context.AccessTokenPrincipal.HasScope(OpenIddictConstants.Scopes.Profile))
            return;
        context.Claims[Names.Name] = person.DisplayName;
        if (person.Department is not null)
            context.Claims[Claims.Department] = person.Department;
        if (person.Hall is not null)
            context.Claims[Claims.Hall] = person.Hall;
    }
}
