using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace OneDoor.Identity.Platform;

/// <summary>
/// Where a client's certificate comes from: the TLS connection when Kestrel ends it, a header when a proxy does. Without
/// either, no request has one, whatever headers it carries.
/// </summary>
internal static class ClientCertificateSource
{
    public static void AddClientCertificates(this WebApplicationBuilder builder)
    {
        // Any certificate may connect: TLS proves that the client has its key, registration decides what that is worth.
        builder.WebHost.ConfigureKestrel((context, kestrel) => kestrel.ConfigureHttpsDefaults(https =>
        {
            if (!context.Configuration.GetValue<bool>("Identity:RequestClientCertificates"))
                return;
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        }));
    }

    public static void UseClientCertificates(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<IdentityOptions>>().Value is not { TlsEndsAtProxy: true, ClientCertificateHeader: { Length: > 0 } header })
            return;
        app.Use(async (http, next) =>
        {
            var values = http.Request.Headers[header];
            http.Request.Headers.Remove(header);
            if (values.ToString() is { Length: > 0 } value)
            {
                if (values.Count != 1 || Read(value) is not { } certificate)
                {
                    await OAuthErrors.WriteAsync(http, StatusCodes.Status400BadRequest, "invalid_request", "The proxy's client certificate cannot be read.");
                    return;
                }

                http.Connection.ClientCertificate = certificate;
            }

            await next(http);
        });
    }

    /// <summary>A header's certificate: <c>:base64:</c> of RFC 9440, or percent-encoded PEM as nginx writes it.</summary>
    public static X509Certificate2? Read(string value)
    {
        try
        {
            return value.Length > 2 && value[0] == ':' && value[^1] == ':'
                ? X509CertificateLoader.LoadCertificate(Convert.FromBase64String(value[1..^1]))
                : X509Certificate2.CreateFromPem(Uri.UnescapeDataString(value));
        }
        catch (Exception malformed) when (malformed is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
