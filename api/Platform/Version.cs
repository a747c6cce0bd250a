using System.Security.Cryptography;
using System.Text;
using Marten;

namespace OneDoor.Platform;

/// <summary>GET /version: what runs. Anybody may ask, and it is answered without the database.</summary>
public static class Version
{
    public static void AddVersion(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new ContractTag("Platform", "What runs. Public."));
        builder.Services.AddSingleton(services => PlatformVersion.Of(SchemaOf(services)));
    }

    public static void MapVersion(this WebApplication app) => app.MapGet("/version", (PlatformVersion version) => TypedResults.Ok(version))
        .AllowAnonymous()
        .WithTags("Platform")
        .WithName("getVersion")
        .WithSummary("Read what runs: release, commit and database schema")
        .Produces<PlatformVersion>()
        .Shows(request: null, new PlatformVersion("0.2.0", "05616531c5e0b6ad4d4b1d7b6a9e4f0c2a8d3e71", "5f0c2a8d3e71"));

    // Of what migrate would write: whoever changes the schema has changed its name.
    private static string SchemaOf(IServiceProvider services)
    {
        string[] script = [services.GetRequiredService<IDocumentStore>().Storage.ToDatabaseScript(), .. services.GetServices<SchemaStep>().Select(step => step.Sql)];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(script))))[..12];
    }
}
