using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;
using OneDoor.Identity.Token;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using Parameters = OpenIddict.Abstractions.OpenIddictConstants.Parameters;

namespace OneDoor.Identity.Authorize;

/// <summary>
/// Where an application is answered: at an address it has registered, character by character; a native application's loopback address
/// at any port (RFC 8252 section 7.3). OpenIddict compares that one as an address, for which <c>/x/../callback</c> is <c>/callback</c>.
/// </summary>
internal sealed partial class RedirectAddresses(IOpenIddictApplicationManager applications, IOptions<IdentityOptions> identity) :
    IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    private const string Wrong = "The redirect_uri is not one of the client's, character by character.";

    public static IEnumerable<OpenIddictServerHandlerDescriptor> Descriptors { get; } =
    [
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>().UseScopedHandler<RedirectAddresses>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateClientRedirectUri.Descriptor.Order + 500).Build(),
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidatePushedAuthorizationRequestContext>().UseScopedHandler<RedirectAddresses>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidatePushedClientRedirectUri.Descriptor.Order + 500).Build(),
    ];

    public async ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (!await IsRegisteredAsync(context.ClientId!, context.RedirectUri!, context.CancellationToken))
            context.Reject(Errors.InvalidRequest, Wrong);
    }

    public async ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context)
    {
        if (!await IsRegisteredAsync(context.ClientId!, context.RedirectUri!, context.CancellationToken))
            context.Reject(Errors.InvalidRequest, Wrong);
    }

    /// <summary>
    /// The answer to a request that is wrong in anything but client and redirect address (RFC 6749 section 4.1.2.1); null when it
    /// does not say, once, where that may go.
    /// </summary>
    public async Task<string?> AnswerAsync(HttpRequest request, OpenIddictResponse refused)
    {
        var sent = await RequestForm.ParametersAsync(request);
        string? Once(string name) => sent.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? value : null;
        if (refused.Error == Errors.InvalidClient || Once(Parameters.ClientId) is not { } client || Once(Parameters.RedirectUri) is not { } address
            || !await IsRegisteredAsync(client, address, request.HttpContext.RequestAborted))
            return null;
        return QueryHelpers.AddQueryString(address, new Dictionary<string, string?>
        {
            [Parameters.Error] = refused.Error,
            [Parameters.ErrorDescription] = refused.ErrorDescription,
            [Parameters.ErrorUri] = refused.ErrorUri,
            [Parameters.State] = Once(Parameters.State) is { Length: <= RequestForm.LongestEcho } state ? state : null,
            [Parameters.Iss] = identity.Value.IssuerName,
        }.Where(p => p.Value is not null));
    }

    private async Task<bool> IsRegisteredAsync(string clientId, string address, CancellationToken ct) =>
        await applications.FindByClientIdAsync(clientId, ct) is { } client
        && await applications.ValidateRedirectUriAsync(client, address, ct)
        && (await applications.GetRedirectUrisAsync(client, ct)).Any(registered => registered == address || WithoutPort(registered) == WithoutPort(address));

    private static string WithoutPort(string address) => LoopbackPort().Replace(address, "");

    [GeneratedRegex(@"(?<=^http://(127\.0\.0\.1|\[::1\]|localhost)):[0-9]{1,5}(?=/|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex LoopbackPort();
}
