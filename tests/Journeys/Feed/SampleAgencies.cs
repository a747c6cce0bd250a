using OneDoor.Cases;
using OneDoor.Contracts;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Feed;

/// <summary>The agencies of docs/samples, as their departments would run them beside the platform.</summary>
public sealed class SampleAgencies(RunningPlatform platform) : IAsyncLifetime
{
    private static readonly string Samples = Path.Combine(Approved.Root, "docs", "samples");
    private static readonly string Built = Path.Combine(AppContext.BaseDirectory, "..", "..", "Samples", "debug", "OneDoor.Samples.dll");

    private static readonly Dictionary<string, string[]> Commands = new()
    {
        ["tax"] = ["node", "dist/tax.js"], ["social-security"] = ["node", "dist/social-security.js"], ["customs"] = ["dotnet", Built, "customs"], ["fire"] = ["dotnet", Built, "fire"],
    };

    // Two steps of an establishment, acceptance and decision of a relief, and of a place the inspection as well.
    private const int DoneOfThree = 7;

    private const string Untold = """
        select (select count(*) from onedoor.webhook_deliveries where status = 'waiting') + (select count(*) from onedoor.webhook_places where place < (select max(seq_id) from onedoor.mt_events))
        """;

    private readonly string _state = Directory.CreateTempSubdirectory("onedoor-samples-").FullName;
    private readonly Dictionary<string, int> _ports = Commands.Keys.ToDictionary(name => name, _ => Port.Free());
    private Database? _database;
    private ChildProcess? _identity, _api;
    private IdentityClient? _tokens;

    public async ValueTask InitializeAsync()
    {
        // By the client that is made of the contract: what it does not know does not compile.
        using var build = ChildProcess.Program(["npm", "run", "build"], Samples);
        Assert.True(await build.Ended(RunningPlatform.Patience) == 0, build.Output);
        _database = await platform.Template.Copy();
        var port = Port.Free();
        _identity = ChildProcess.Identity(_database.Connection, port);
        _api = ChildProcess.Api(_database.Connection, Port.Free(), ("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", $"http://127.0.0.1:{port}"));
        await Task.WhenAll(_identity.Ready(), _api.Ready());
        _tokens = new IdentityClient(_identity.Http, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        _identity?.Dispose();
        if (_database is not null)
            await _database.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task Each_decides_what_is_its_own_once_and_after_an_outage_what_it_has_missed()
    {
        var first = await Started();
        try
        {
            await Decided(await Submitted(), first);
        }
        finally
        {
            foreach (var agency in first)
                await agency.Kill();
        }
        // Nothing is sent to them meanwhile, nor while they catch up: what they have missed the feed alone tells them.
        await Webhooks("pause");
        var missed = await Submitted();
        var second = await Started();
        try
        {
            await Decided(missed, second);
            // Of that they are told once more then. Each works through what it hears in order, so that once it has decided what comes later it is through with it.
            await Webhooks("resume");
            await RunningPlatform.Until(async () => await _database!.Count(Untold) == 0, "they have been told of all", () => Said(second));
            await Decided(await Submitted(), second);
            // Each has done what there was to do, once, and was never refused; and nobody has subscribed twice.
            string Heard() => string.Concat(first.Concat(second).Select(agency => agency.Output));
            string[] Done() => [.. Heard().Split('\n').Where(line => line.EndsWith(": granted", StringComparison.Ordinal) || line.EndsWith(": done", StringComparison.Ordinal))];
            // What it did is seen before what it says of it.
            await RunningPlatform.Until(() => Task.FromResult(Done().Length >= 3 * DoneOfThree), "they have said so", () => Said(second));
            Assert.DoesNotContain("case.", Heard(), StringComparison.Ordinal);
            var done = Done();
            Assert.Equal(done.Distinct(), done);
            Assert.Equal(3 * DoneOfThree, done.Length);
        }
        finally
        {
            foreach (var agency in first.Concat(second))
                agency.Dispose();
        }
    }

    // All who have webhooks, of which each has one.
    private async Task Webhooks(string command)
    {
        foreach (var client in new[] { Department.Tax, Department.SocialSecurity, Department.Customs }.Select(department => As(department, Scopes.WebhooksManage)))
        {
            var path = $"/v1/webhooks/{Assert.Single((await client.Get("/v1/webhooks")).Must(200).Json.List("items")).Text("id")}";
            (await client.Post($"{path}/{command}", null, ("If-Match", (await client.Get(path)).ETag))).Must(200);
        }
    }

    private async Task<ChildProcess[]> Started()
    {
        var agencies = Commands.Select(command => ChildProcess.Program(command.Value, Samples,
            ("API", Address(_api!)), ("IDENTITY", Address(_identity!)), ("ADDRESS", $"http://127.0.0.1:{_ports[command.Key]}/onedoor"), ("STATE", _state))).ToArray();
        try
        {
            await RunningPlatform.Until(() => Task.FromResult(agencies.All(a => a.Output.Contains(" listens ", StringComparison.Ordinal))), "the agencies listen", () => Said(agencies));
            return agencies;
        }
        catch
        {
            foreach (var agency in agencies)
                agency.Dispose();
            throw;
        }
    }

    // An establishment whose licence is granted, relief from duty, and a place where people gather.
    private async Task<string[]> Submitted()
    {
        var market = As(Department.MarketRegulation);
        var established = await Applied(market, Applications.Establishment);
        var accepted = (await market.Post($"{established}/acceptance", null, ("If-Match", (await market.Get(established)).ETag))).Must(200);
        (await market.Post($"{established}/steps/licence/decision", new { outcome = "granted", uscc = Applications.FreshUscc() }, ("If-Match", accepted.ETag))).Must(200);
        return [established, await Applied(market, "CUST-008"), await Applied(market, "FIRE-001-02")];
    }

    private static async Task<string> Applied(Client submitter, string item) =>
        (await submitter.PostRaw("/v1/cases", (await submitter.Get($"/v1/catalogue/items/{item}/example")).Must(200).Text)).Must(201).Header("Location")!;

    private async Task Decided(string[] cases, ChildProcess[] agencies) => await RunningPlatform.Until(async () =>
    {
        var office = As(Department.ServiceOffice, Scopes.CasesAudit);
        var seen = await Task.WhenAll(cases.Select(async path => (await office.Get(path)).Must(200).Json));
        return seen[0].List("steps").Count(s => s.Text("code") is "invoices" or "social-security-registration" && s.Text("status") == "granted") == 2
            && seen[1..].All(c => c.Text("status") == "granted");
    }, "all is decided", () => Said(agencies));

    private static string Said(ChildProcess[] agencies) => string.Join('\n', agencies.Select(a => a.Output));

    private static string Address(ChildProcess server) => server.Http.BaseAddress!.OriginalString;

    private Client As(Department department, string scopes = RunningPlatform.Clerk) => new(_api!.Http, () => _tokens!.Token($"sandbox-{Kebab.Of(department)}", scopes));
}
