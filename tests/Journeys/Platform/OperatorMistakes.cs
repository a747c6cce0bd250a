using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using Xunit;

namespace OneDoor.Platform;

/// <summary>What the API's program does not do: each time exit code 1 and one line that says why, and nothing is published.</summary>
public sealed class OperatorMistakes(RunningPlatform platform) : IDisposable
{
    private static readonly string Strong = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("onedoor-catalogue");

    [Theory]
    [InlineData("migrat", "'migrat' is not a command")]
    [InlineData("catalogue --from=/no/such/directory", "/no/such/directory")]
    [InlineData("catalogue --effective=2027-13-01", "'2027-13-01' is not a day")]
    [InlineData("erase --id=019d1850", "erase --id takes the id of one thing")]
    [InlineData("erase --id=019d1850-29c0-74e2-81f3-41fd1ca5d64d", "There is nothing of the id 019d1850-29c0-74e2-81f3-41fd1ca5d64d")]
    public Task A_mistyped_command_is_refused(string command, string why) => Refuses(why, platform.Database.Connection, command.Split(' '));

    [Fact]
    public async Task A_directory_without_a_readable_item_is_refused()
    {
        await Refuses("There is no item in", platform.Database.Connection, "catalogue", $"--from={_files.FullName}");
        await File.WriteAllTextAsync(Path.Combine(_files.FullName, "mine.json"), "[{", TestContext.Current.CancellationToken);
        await Refuses("mine.json: not valid JSON", platform.Database.Connection, "catalogue", $"--from={_files.FullName}");
    }

    [Theory]
    [InlineData("ConnectionStrings__OneDoor", "", "ConnectionStrings__OneDoor is not set")]
    [InlineData("ConnectionStrings__OneDoor", "gibberish", "ConnectionStrings__OneDoor is no connection string")]
    [InlineData("RateLimit__Requests", "many", "'many' at 'RateLimit:Requests'")]
    [InlineData("Store__MaxConnections", "0", "MaxConnections must be between 1 and")]
    [InlineData("Mail__Host", "mail.example", "From is the address that e-mail is from")]
    [InlineData("Authentication__Authority", "identity", "Authentication__Authority has to be")]
    public Task A_setting_that_makes_no_sense_is_said(string name, string value, string why) =>
        Refuses(why, platform.Database.Connection, [(name, value)], "migrate");

    [Fact]
    public Task An_address_that_is_none_is_said() => Refuses("Invalid url: 'nonsense'", platform.Database.Connection, "--urls=nonsense");

    [Fact]
    public async Task Help_and_the_version_are_told_whatever_the_settings()
    {
        (string, string)[] wrong = [("ConnectionStrings__OneDoor", ""), ("RateLimit__Requests", "many"), ("ASPNETCORE_ENVIRONMENT", "Production")];
        var (help, described, _) = await Run(wrong, "--help");
        var (version, said, _) = await Run(wrong, "--version");

        Assert.Equal((0, 0), (help, version));
        Assert.Contains("catalogue", described, StringComparison.Ordinal);
        var running = (await platform.Anybody.Get("/version")).Must(200).Json;
        Assert.Equal($"OneDoor.Api {running.Text("release")}\ncommit {running.Text("commit")}\nschema {running.Text("schema")}\n", said);
    }

    [Fact]
    public async Task A_database_that_is_away_or_not_migrated_is_said()
    {
        await Refuses("The database cannot be used", "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2", "migrate");
        var missing = new NpgsqlConnectionStringBuilder(platform.Database.Connection) { Database = "onedoor_missing" }.ConnectionString;
        await Refuses("The database cannot be used", missing, "catalogue");
        await using var empty = await Database.Empty();
        await Refuses("run `make migrate`", empty.Connection, "catalogue");
    }

    [Fact]
    public Task A_contact_nobody_can_be_reached_at_is_refused() =>
        Refuses("SecurityText:Contact must be", platform.Database.Connection, "--SecurityText:Contact=nobody");

    [Fact]
    public Task An_address_that_is_taken_is_said() =>
        Refuses("address already in use", platform.Database.Connection, $"--urls={platform.Api.Address}");

    [Theory]
    [InlineData("", "Applicants:Secret is required outside Development")]
    [InlineData("--Applicants:Secret=short", "at least 32 characters")]
    [InlineData("--Applicants:Secret=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "from a random source")]
    public Task A_secret_for_applicants_that_is_missing_or_weak_is_refused(string option, string why) => Refuses(
        why, platform.Database.Connection, ["--environment=Production", "--Authentication:Authority=https://id.example.gov.cn", $"--Signing:Secret={Strong}", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    [Theory]
    [InlineData("", "Signing:Secret is required outside Development")]
    [InlineData("--Signing:Secret=short", "at least 32 characters")]
    [InlineData("--Signing:RotateEvery=1.00:00:00", "Signing:RotateEvery twice Signing:PublishAhead")]
    public Task A_secret_for_signing_keys_that_is_missing_or_weak_is_refused_and_so_are_keys_that_change_before_they_are_known(string option, string why) => Refuses(
        why, platform.Database.Connection, [$"--environment={(option.Length == 0 ? "Production" : "Development")}", "--Authentication:Authority=https://id.example.gov.cn", $"--Applicants:Secret={Strong}", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    [Fact]
    public Task An_address_of_the_feed_that_is_none_is_refused() => Refuses(
        "Feed__Address has to be", platform.Database.Connection,
        "--environment=Production", "--Authentication:Authority=https://id.example.gov.cn", $"--Applicants:Secret={Strong}", $"--Signing:Secret={Strong}", "--Feed:Address=http://api.example.gov.cn");

    [Fact]
    public Task An_object_store_that_files_reach_in_the_clear_is_refused() => Refuses(
        "Storage: outside development Address is https", platform.Database.Connection,
        "--environment=Production", "--Authentication:Authority=https://id.example.gov.cn", $"--Applicants:Secret={Strong}", $"--Signing:Secret={Strong}", "--Storage:Address=http://s3.example");

    public void Dispose() => _files.Delete(recursive: true);

    private static Task Refuses(string why, string connection, params string[] command) => Refuses(why, connection, [], command);

    private static async Task Refuses(string why, string connection, (string Name, string Value)[] settings, params string[] command)
    {
        var (exit, told, said) = await Run([("ConnectionStrings__OneDoor", connection), .. settings], command);
        Assert.Equal(1, exit);
        Assert.Contains(why, Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("published", told, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Told, string Said)> Run((string Name, string Value)[] settings, params string[] command)
    {
        var ct = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [typeof(Caller).Assembly.Location, .. command])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Port.Free()}";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var (said, told) = (process.StandardError.ReadToEndAsync(ct), process.StandardOutput.ReadToEndAsync(ct));
            await process.WaitForExitAsync(ct).WaitAsync(TimeSpan.FromSeconds(60), ct);
            return (process.ExitCode, await told, await said);
        }
        finally
        {
            process.Kill();
        }
    }
}
