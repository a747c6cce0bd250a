using System.Text.RegularExpressions;
using Xunit;

namespace OneDoor.Tidy;

public partial class SecrecyTests
{
    [Fact]
    public void No_file_names_a_machines_folders() =>
        Matches(Repository.TextFiles, MachinePath()).MustBeEmpty("A path that exists on one machine only:");

    [Fact]
    public void No_file_holds_a_key_or_a_token() =>
        Matches(Repository.TextFiles, Credential()).MustBeEmpty("Keys and tokens belong to the environment:");

    [Fact]
    public void Nothing_names_the_registry_packages_came_from() =>
        Matches(
            Repository.TextFiles.Where(file => file.IsLock || file.Name is ".npmrc"
                || file.Name.Equals("NuGet.config", StringComparison.OrdinalIgnoreCase)),
            RegistryHost())
        .MustBeEmpty("Whoever builds chooses the registry; npm leaves it out with omit-lockfile-registry-resolved=true:");

    private static IEnumerable<string> Matches(IEnumerable<RepositoryFile> files, Regex pattern) =>
        files.SelectMany(file => file.Lines
            .Select((line, index) => (Match: pattern.Match(line), index))
            .Where(row => row.Match.Success)
            .Select(row => $"{file.At(row.index + 1)} {row.Match.Value}"));

    // The patterns are written so that they do not find themselves.
    [GeneratedRegex(@"(?<![\w.\-~/}])/(wor[k]/|roo[t]/|hom[e]/\w|User[s]/\w)")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"BEGIN [A-Z ]*PRIVATE KE[Y]|\bgh[pousr]_\w{30,}|\bnpm_\w{30,}|\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.")]
    private static partial Regex Credential();

    [GeneratedRegex(@"""resolved"":\s*""https?://[^""]+|^\s*(@\w+:)?registry\s*=.*|//[\w.:-]+/.*:_auth\w*=|<add [^>]*value=""https?://[^""]+")]
    private static partial Regex RegistryHost();
}
