using System.Text.Json;
using Xunit;

namespace OneDoor.Tidy;

public class DependencyTests
{
    /// <summary>Packages that are made and released together, by how their names begin.</summary>
    private static readonly string[] Families =
    [
        "GraphQL", "JasperFx", "Marten", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.IdentityModel", "Npgsql", "OpenIddict",
        "OpenTelemetry.Api", "OpenTelemetry.Exporter", "OpenTelemetry.Extensions", "Swashbuckle", "Weasel", "xunit.v3",
    ];

    [Fact]
    public void A_family_of_packages_is_in_one_version_everywhere()
    {
        var resolved = Repository.Files.Where(file => file.Name == "packages.lock.json").SelectMany(Resolved).ToList();
        Families.Where(family => !resolved.Any(package => IsOf(family, package.Name)))
            .MustBeEmpty("A family of tests/Tidy/DependencyTests.cs that no lock file names:");
        Families.Select(family => resolved.Where(package => IsOf(family, package.Name)).DistinctBy(package => (package.Name, package.Version)).ToList())
            .Where(packages => packages.Select(package => package.Version).Distinct().Count() > 1)
            .SelectMany(packages => packages.Select(package => $"{package.File} {package.Name} {package.Version}"))
            .MustBeEmpty("Packages of one family are meant to run in one version; name the one that lags in Directory.Packages.props:");
    }

    private static bool IsOf(string family, string package) =>
        package == family || package.StartsWith(family + ".", StringComparison.Ordinal);

    private static IEnumerable<(string File, string Name, string Version)> Resolved(RepositoryFile file)
    {
        using var document = JsonDocument.Parse(file.Text);
        return
        [
            .. document.RootElement.GetProperty("dependencies").EnumerateObject()
                .SelectMany(framework => framework.Value.EnumerateObject())
                .Where(package => package.Value.TryGetProperty("resolved", out _))
                .Select(package => (file.Path, package.Name, package.Value.GetProperty("resolved").GetString()!)),
        ];
    }
}
