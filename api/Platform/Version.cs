using System.Security.Cryptography;
using System.Text;
using Marten;

namespace OneDoor.Platform;

/// <summary>GET /version: what runs. Anybody may ask, and it is answered without the database.</summary>
public static class Version
{
    public static void AddVersion(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => PlatformVersion.Of(SchemaOf(services)));
        builder.AddGraph(roots =>
        {
            roots.Show<PlatformVersion, PlatformVersionGraph>();
            roots.Query.Field<GraphQL.Types.NonNullGraphType<PlatformVersionGraph>>("version").Description("What runs (版本).")
                .Resolve(context => context.Service<PlatformVersion>());
        });
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

public sealed class PlatformVersionGraph : GraphObject<PlatformVersion>
{
    public PlatformVersionGraph() : base("PlatformVersion", "A build of the platform and the database schema it needs.")
    {
        Has(v => v.Release, "The release's number (Semantic Versioning).");
        Has(v => v.Commit, "The commit it was built from, in hexadecimal digits; null where the build was not told.");
        Has(v => v.Schema, "Names the database schema it needs: two builds of one name need the same.");
    }
}
