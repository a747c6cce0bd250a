using GraphQL.Types;

namespace OneDoor.Graph;

/// <summary>What runs, in GraphQL.</summary>
public static class VersionGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Show<PlatformVersion, PlatformVersionGraph>();
        roots.Query.Field<NonNullGraphType<PlatformVersionGraph>>("version").Description("What runs (版本).")
            .Resolve(context => context.Service<PlatformVersion>());
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
