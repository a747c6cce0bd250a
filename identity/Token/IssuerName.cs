using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using Parameters = OpenIddict.Abstractions.OpenIddictConstants.Parameters;

namespace OneDoor.Identity.Token;

/// <summary>
/// Writes the issuer exactly as configured. OpenIddict writes a normalised address, which ends in a slash; clients compare
/// issuers as text (RFC 8414 section 3.3).
/// </summary>
internal sealed class IssuerName(IOptions<IdentityOptions> identity) :
    IOpenIddictServerHandler<GenerateTokenContext>,
    IOpenIddictServerHandler<ApplyAuthorizationResponseContext>,
    IOpenIddictServerHandler<ApplyConfigurationResponseContext>,
    IOpenIddictServerHandler<ApplyIntrospectionResponseContext>,
    IOpenIddictServerHandler<ApplyUserInfoResponseContext>
{
    public static IEnumerable<OpenIddictServerHandlerDescriptor> Descriptors { get; } =
    [
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>().UseSingletonHandler<IssuerName>()
            .SetOrder(OpenIddictServerHandlers.Protection.AttachTokenMetadata.Descriptor.Order - 1).Build(),
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>().UseSingletonHandler<IssuerName>()
            .SetOrder(OpenIddictServerHandlers.Authentication.AttachIssuer.Descriptor.Order + 1).Build(),
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyConfigurationResponseContext>().UseSingletonHandler<IssuerName>()
            .SetOrder(int.MinValue).Build(),
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyIntrospectionResponseContext>().UseSingletonHandler<IssuerName>()
            .SetOrder(int.MinValue).Build(),
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyUserInfoResponseContext>().UseSingletonHandler<IssuerName>()
            .SetOrder(int.MinValue).Build(),
    ];

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        context.Principal.SetClaim(OpenIddictConstants.Claims.Private.Issuer, identity.Value.IssuerName);
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context) => Write(context.Response, Parameters.Iss);

    public ValueTask HandleAsync(ApplyConfigurationResponseContext context) => Write(context.Response, Metadata.Issuer);

    public ValueTask HandleAsync(ApplyIntrospectionResponseContext context) => Write(context.Response, OpenIddictConstants.Claims.Issuer);

    public ValueTask HandleAsync(ApplyUserInfoResponseContext context) => Write(context.Response, OpenIddictConstants.Claims.Issuer);

    private ValueTask Write(OpenIddictResponse? response, string parameter)
    {
        if (response?.HasParameter(parameter) == true)
            response[parameter] = identity.Value.IssuerName;
        return ValueTask.CompletedTask;
    }
}
