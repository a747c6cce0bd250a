using System.Reflection;

namespace OneDoor;

/// <summary>What runs: a build of the platform and the database schema it needs.</summary>
/// <param name="Release">The release's number (Semantic Versioning).</param>
/// <param name="Commit">The commit it was built from, in hexadecimal digits; null where the build was not told.</param>
/// <param name="Schema">Names the database schema it needs: two builds of one name need the same.</param>
public sealed record PlatformVersion(string Release, string? Commit, string Schema)
{
    private static readonly string[] Built =
        typeof(PlatformVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);

    /// <summary>The number of this release.</summary>
    public static string Number => Built[0];

    /// <summary>This build.</summary>
    /// <param name="schema">The schema that the program needs.</param>
    public static PlatformVersion Of(string schema) => new(Number, Built.ElementAtOrDefault(1), schema);

    /// <summary>As <c>--version</c> shows it.</summary>
    public string Show(string program) => $"{program} {Release}\ncommit {Commit ?? "unknown"}\nschema {Schema}";
}
