using System.Text.Json;
using OneDoor.Identity.Clients;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Token;

/// <summary>
/// Mutual TLS (RFC 8705): whoever connects with a certificate must have registered exactly that one, and a client whose
/// tokens are bound gets none without. It stands in the place of OpenIddict's check, which takes RSA certificates only and
/// matches those of an authority by redirect address, which a machine does not have. OpenIddict writes <c>cnf</c>.
/// </summary>
internal sealed class BoundTokens(IOpenIddictApplicationManager applications, ClientsOfRequest clients, TimeProvider time)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
        .AddFilter<OpenIddictServerHandlerFilters.RequireClientIdParameter>()
        .UseScopedHandler<BoundTokens>()
        .SetOrder(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        // Where people's browsers are sent, no client authenticates.
        if (context.EndpointType is OpenIddictServerEndpointType.Authorization or OpenIddictServerEndpointType.EndSession
            or OpenIddictServerEndpointType.UserInfo or OpenIddictServerEndpointType.EndUserVerification)
            return;
        if (context.Transaction.RemoteCertificate is not { } certificate)
        {
            if (context.EndpointType == OpenIddictServerEndpointType.Token && await MustBeBoundAsync(context.ClientId!, context.CancellationToken))
                context.Reject(Errors.InvalidRequest, "The client's tokens are bound to its certificate: connect with it.");
            return;
        }

        // A public client has registered none: its certificate binds tokens but proves no identity (RFC 8705 section 4).
        if (await applications.FindByClientIdAsync(context.ClientId!, context.CancellationToken) is not { } client ||
            await applications.HasClientTypeAsync(client, ClientTypes.Public, context.CancellationToken))
            return;
        var now = time.GetUtcNow().UtcDateTime;
        if (!RegisteredCertificates.IsRegistered(await applications.GetJsonWebKeySetAsync(client, context.CancellationToken), certificate))
            context.Reject(Errors.InvalidClient, "The client has not registered the certificate it connects with.");
        else if (now < certificate.NotBefore.ToUniversalTime() || now > certificate.NotAfter.ToUniversalTime())
            context.Reject(Errors.InvalidClient, "The client's certificate has expired or is not valid yet.");
    }

    private async Task<bool> MustBeBoundAsync(string clientId, CancellationToken ct) =>
        (await clients.FindAsync(clientId, ct))?.Property(ClientProperties.CertificateBound)?.ValueKind == JsonValueKind.True;
}
