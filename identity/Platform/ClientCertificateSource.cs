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
        builder.WebHost.ConfigureKestrel((context, kestrel) => kestrel.ConfigureHttpsDefaults(https =>
        {
            if (context.Configuration.GetValue<bool>("Identity:RequestClientCertificates"))
                ClientCertificates.Allow(https);
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
                if (values.Count != 1 || ClientCertificates.Read(value) is not { } certificate)
                {
                    await OAuthErrors.WriteAsync(http, StatusCodes.Status400BadRequest, "invalid_request", "The proxy's client certificate cannot be read.");
                    return;
                }

                http.Response.RegisterForDispose(certificate);
                http.Connection.ClientCertificate = certificate;
            }

            await next(http);
        });
    }
}
