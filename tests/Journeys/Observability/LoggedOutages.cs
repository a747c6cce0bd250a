using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OneDoor.Platform;
using OneDoor.Tests.Identity.Platform;
using Xunit;

namespace OneDoor.Observability;

/// <summary>What an operator reads of a database that is away: how many find it out is no matter.</summary>
public sealed partial class LoggedOutages(RunningPlatform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_database_that_goes_and_comes_back_each_server_says_two_lines()
    {
        await using var database = await platform.Template.Copy();
        var port = Port.Free();
        using var identity = ChildProcess.Identity(database.Connection, port);
        using var api = ChildProcess.Api(database.Connection, Port.Free(),
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", $"http://127.0.0.1:{port}"), ("Sweep__EverySeconds", "1"));
        await identity.Ready();
        await api.Ready();
        var token = await new IdentityClient(identity.Http, TimeProvider.System).Token("sandbox-customs", RunningPlatform.Clerk);
        var (customs, anybody) = (new Client(api.Http, () => Task.FromResult(token)), new Client(identity.Http, null));
        var before = (Api: api.Output.Length, Identity: identity.Output.Length);

        await database.GoAway();
        // Meanwhile whoever works in turns looks again every second or two.
        for (var round = 0; round < 5; round++)
        {
            (await customs.Get("/v1/cases")).Refuses(503, "platform.unavailable");
            Assert.Equal("platform.unavailable", (await customs.Post("/graphql", new { query = "{ a: cases { nodes { id } } b: items { nodes { code } } }" })).Json.List("errors")[0].GetProperty("extensions").Text("code"));
            (await customs.Get("/health/ready")).Must(503);
            using var asked = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "sandbox-customs"), new("client_secret", "sandbox-secret")]);
            Assert.Equal(503, (await anybody.Send(HttpMethod.Post, "/connect/token", asked)).Status);
            Assert.Contains("The database does not answer", (await anybody.Get("/health/ready")).Must(503).Text, StringComparison.Ordinal);
            await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        }
        await database.ComeBack();
        foreach (var (server, from) in new[] { (api, before.Api), (identity, before.Identity) })
        {
            string[] Said() => [.. Record().Split(server.Output[from..]).Skip(1).Where(record => !record.StartsWith("info", StringComparison.Ordinal) && !record.Contains("OneDoor.Security", StringComparison.Ordinal))];
            await RunningPlatform.Until(() => Task.FromResult(Said().Any(record => record.Contains("is back after", StringComparison.Ordinal))), "it says that the database is back");
            await server.Ready();
            (await customs.Get("/v1/cases")).Must(200);
            Assert.Collection(Said(), gone => Assert.Matches(@"The database at 127\.0\.0\.1:[0-9]+ is away \(.*\)\. See that PostgreSQL runs there", gone), back => Assert.Contains("is back after", back, StringComparison.Ordinal));
            Assert.DoesNotContain("   at ", server.Output[from..], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task As_long_as_it_is_away_a_line_a_minute_says_so_and_what_fails_besides_is_said_once_a_minute()
    {
        await using var database = await platform.Template.Copy();
        var (time, lines) = (new FakeTimeProvider(), new LogLines());
        using var loggers = LoggerFactory.Create(log => log.AddProvider(lines));
        using var log = new OutageLog(
            new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:OneDoor", database.Connection)]).Build(), time, loggers.CreateLogger<OutageLog>());
        int Said(string what) => Regex.Count(lines.All, Regex.Escape(what) + ".*{OriginalFormat}");
        Task Finds(string what, Func<bool> until)
        {
            log.Found(what, new NpgsqlException("The connection pool has been exhausted"));
            return RunningPlatform.Until(() => Task.FromResult(until()), what);
        }
        await log.StartAsync(Ct);

        await Finds("Answered 503", () => Said("Not done, though the database answers: Answered 503 (The connection pool has been exhausted)") == 1);
        log.Found("Answered 503", new NpgsqlException("The connection pool has been exhausted"));
        await Finds("Work failed", () => Said("Work failed") == 1);
        Assert.Equal(1, Said("Answered 503"));
        time.Advance(TimeSpan.FromSeconds(61));
        await Finds("Answered 503", () => Said("Answered 503") == 2);

        await database.GoAway();
        await Finds("Answered 503", () => Said("is away") == 1);
        time.Advance(TimeSpan.FromSeconds(61));
        await Finds("Work failed", () => Said("has been away for 1 min") == 1);
        await database.ComeBack();
        await RunningPlatform.Until(() => Task.FromResult(Said("is back after 61 s") == 1), "it is back");
        await log.StopAsync(Ct);

        Assert.Equal((1, 2, 1), (Said("is away"), Said("Answered 503"), Said("Work failed")));
    }

    // A record of the plain log begins with its level.
    [GeneratedRegex(@"^(?=(?:info|warn|fail|crit|dbug): )", RegexOptions.Multiline)]
    private static partial Regex Record();
}
