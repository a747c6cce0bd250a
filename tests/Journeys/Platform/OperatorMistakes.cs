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

    // One of each stage at which it can be refused, as a program of its own: it ends with the code, and says so where errors are said.
    [Fact]
    public async Task A_program_that_is_refused_ends_with_1_and_a_line()
    {
        var away = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2";
        foreach (var (why, settings, command) in new (string, (string, string)[], string[])[]
        {
            // Its arguments: whatever the settings, for nothing is built yet.
            ("erase lacks its --id ID.", [("ConnectionStrings__OneDoor", ""), ("RateLimit__Requests", "many")], ["erase"]),
            ("'many' at 'RateLimit:Requests'", [("ConnectionStrings__OneDoor", away), ("RateLimit__Requests", "many")], ["migrate"]),
            ("The database cannot be used", [("ConnectionStrings__OneDoor", away)], ["migrate"]),
            ("address already in use", [("ConnectionStrings__OneDoor", platform.Database.Connection), ("ASPNETCORE_URLS", platform.Api.Address.OriginalString)], []),
        })
            Refused(why, await Start(settings, command));
    }

    [Fact]
    public async Task The_version_is_told_whatever_the_settings_and_so_is_help()
    {
        (string, string)[] wrong = [("ConnectionStrings__OneDoor", ""), ("RateLimit__Requests", "many"), ("ASPNETCORE_ENVIRONMENT", "Production")];
        var (version, said, _) = await Start(wrong, "--version");
        var (help, described, _) = await Operator.Try<Caller>("--help", "--ConnectionStrings:OneDoor=", "--RateLimit:Requests=many");

        Assert.Equal((0, 0), (help, version));
        Assert.Contains("catalogue", described, StringComparison.Ordinal);
        var running = (await platform.Anybody.Get("/version")).Must(200).Json;
        Assert.Equal($"OneDoor.Api {running.Text("release")}\ncommit {running.Text("commit")}\nschema {running.Text("schema")}\n", said);
    }

    [Theory]
    [InlineData("migrat", "'migrat' is not a command")]
    [InlineData("catalogue --from=/no/such/directory", "There is nothing at /no/such/directory")]
    [InlineData("catalogue --effective=2027-13-01", "'2027-13-01' is not a day")]
    [InlineData("catalogue --check --effective=soon", "'soon' is not a day")]
    [InlineData("erase", "erase lacks its --id ID.")]
    [InlineData("erase --id=019d1850", "erase --id takes the id of one thing")]
    [InlineData("disable-webhooks", "disable-webhooks lacks its --client ID.")]
    [InlineData("verify --checkpoint=/no/such/file", "There is no file /no/such/file")]
    [InlineData("sample --cases=0", "'0' is no number")]
    [InlineData("sample --check --seed=x", "'x' is no number")]
    public void A_mistyped_command_is_refused_by_its_words_alone(string command, string why) =>
        Assert.Contains(why, new CommandLine(command.Split(' '), Commands.All).Refused, StringComparison.Ordinal);

    [Fact]
    public Task What_is_not_there_is_not_erased() =>
        Refuses("There is nothing of the id 019d1850-29c0-74e2-81f3-41fd1ca5d64d", platform.Database.Connection, "erase", "--id=019d1850-29c0-74e2-81f3-41fd1ca5d64d");

    [Fact]
    public async Task A_directory_without_a_readable_item_is_refused()
    {
        await Refuses("There is no item in", platform.Database.Connection, "catalogue", $"--from={_files.FullName}");
        await File.WriteAllTextAsync(Path.Combine(_files.FullName, "mine.json"), "[{", TestContext.Current.CancellationToken);
        await Refuses("mine.json: not valid JSON", platform.Database.Connection, "catalogue", $"--from={_files.FullName}");
    }

    [Theory]
    [InlineData("ConnectionStrings:OneDoor", "", "ConnectionStrings__OneDoor is not set")]
    [InlineData("ConnectionStrings:OneDoor", "gibberish", "ConnectionStrings__OneDoor is no connection string")]
    [InlineData("Store:MaxConnections", "0", "MaxConnections must be between 1 and")]
    [InlineData("Mail:Host", "mail.example", "From is the address that e-mail is from")]
    [InlineData("Webhooks:AllowedNetworks:0", "10.0.0.0/33", "Webhooks: AllowedNetworks has 10.0.0.0/33")]
    [InlineData("Webhooks:TimeoutSeconds", "0", "TimeoutSeconds must be between 1 and")]
    [InlineData("Feed:Streams", "0", "Streams must be between 1 and")]
    [InlineData("Log:PromisedWithin", "00:00:00", "PromisedWithin must be between")]
    [InlineData("Authentication:Authority", "identity", "Authentication__Authority has to be")]
    public Task A_setting_that_makes_no_sense_is_said(string name, string value, string why) =>
        Refuses(why, platform.Database.Connection, "migrate", $"--{name}={value}");

    [Fact]
    public Task An_address_that_is_none_is_said() => Refuses("Invalid url: 'nonsense'", platform.Database.Connection, "--urls=nonsense");

    [Fact]
    public async Task A_database_that_is_missing_or_not_migrated_is_said()
    {
        var missing = new NpgsqlConnectionStringBuilder(platform.Database.Connection) { Database = "onedoor_missing" }.ConnectionString;
        await Refuses("The database cannot be used", missing, "catalogue");
        await using var empty = await Database.Empty();
        await Refuses("run `make migrate`", empty.Connection, "catalogue");
    }

    [Fact]
    public Task A_contact_nobody_can_be_reached_at_is_refused() =>
        Refuses("SecurityText:Contact must be", platform.Database.Connection, $"--urls=http://127.0.0.1:{Port.Free()}", "--SecurityText:Contact=nobody");

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

    [Theory] // also by the names that it had while each part had an address of its own
    [InlineData("Platform__Address has to be the platform's public address", "--Platform:Address=http://api.example.gov.cn")]
    [InlineData("Platform__Address has to be the platform's public address", "--Documents:Address=http://api.example.gov.cn")]
    [InlineData("Documents__Address, Feed__Address are one setting now", "--Documents:Address=https://api.example.gov.cn/", "--Feed:Address=https://feed.example.gov.cn")]
    [InlineData("Platform__Address, Feed__Address are one setting now", "--Platform:Address=https://api.example.gov.cn", "--Feed:Address=https://feed.example.gov.cn")]
    [InlineData("Platform__Address has to be set", "--Sms:Gateway=https://sms.example", "--Sms:Secret=whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3")]
    public Task A_public_address_that_is_none_or_several_is_refused(string why, params string[] settings) => Refuses(
        why, platform.Database.Connection,
        ["--environment=Production", "--Authentication:Authority=https://id.example.gov.cn", $"--Applicants:Secret={Strong}", $"--Signing:Secret={Strong}", .. settings]);

    [Fact]
    public Task An_object_store_that_files_reach_in_the_clear_is_refused() => Refuses(
        "Storage: outside development Address is https", platform.Database.Connection,
        "--environment=Production", "--Authentication:Authority=https://id.example.gov.cn", $"--Applicants:Secret={Strong}", $"--Signing:Secret={Strong}", "--Storage:Address=http://s3.example");

    public void Dispose() => _files.Delete(recursive: true);

    // What it says, the program's own start says in this process; what is given twice, the last one counts.
    private static async Task Refuses(string why, string connection, params string[] command)
    {
        string[] settings = ["--environment=Development", $"--ConnectionStrings:OneDoor={connection}"];
        var words = command.TakeWhile(word => !word.StartsWith('-')).ToArray();
        Refused(why, await Operator.Try<Caller>([.. words, .. settings, .. command.Skip(words.Length)]));
    }

    private static void Refused(string why, (int Exit, string Told, string Said) ended)
    {
        Assert.Equal(1, ended.Exit);
        Assert.Contains(why, Assert.Single(ended.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("published", ended.Told, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Told, string Said)> Start((string Name, string Value)[] settings, params string[] command)
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
