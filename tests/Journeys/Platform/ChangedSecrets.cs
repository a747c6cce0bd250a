using OneDoor.Cases;
using OneDoor.Webhooks;
using Xunit;

namespace OneDoor.Platform;

/// <summary>The operator's secret under which keys lie in the database is replaced, or lost.</summary>
public sealed class ChangedSecrets(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;
    private const string First = "known to this run of the tests alone", Next = "the secret that comes after that one";

    [Fact]
    public async Task Replaced_within_one_start_it_changes_nothing_for_who_checks_seals_the_log_or_deliveries()
    {
        await using var database = await platform.Template.Copy();
        using var receiver = new Receiver();
        string webhook, secret;
        string[] keys;
        await using (var before = await Start(database, First, null))
        {
            (webhook, secret) = await Active(before, receiver);
            // The first of three signs as well, for its day.
            await Do(before, webhook, "secret");
            await Do(before, webhook, "secret");
            // Also of a webhook that is told nothing now.
            await Do(before, webhook, "pause");
            keys = await Keys(before);
        }
        await using (var between = await Start(database, Next, First))
        {
            Assert.Equal(keys, await Keys(between));
            await RunningPlatform.Until(async () => await database.Count("select count(*) from onedoor.mt_events where type = 'webhook_secret_resealed'") == 1, "its secret is kept anew");
        }

        await using var after = await Start(database, Next, null);
        await Do(after, webhook, "resume");
        Assert.NotNull((await platform.As(CaseJourney.Submitter).At(after.Http).Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Header("OneDoor-Receipt"));
        await RunningPlatform.Until(() => Task.FromResult(receiver.Events.Count > 0), "it is told");
        var log = new Client(after.Http, null);
        await RunningPlatform.Until(async () => (await log.Get("/v1/log/checkpoint")).Must(200).Text.Split('\n')[1] == $"{await database.Count("select count(*) from onedoor.mt_events")}", "the log has all and signs for it");

        Assert.Equal(keys, await Keys(after));
        Assert.All(receiver.All, r => Assert.True(r.IsSignedUnder(secret)));
    }

    [Fact]
    public async Task Lost_it_takes_nobody_the_keys_to_check_by_and_a_delivery_that_cannot_be_signed_is_counted_until_the_secret_is_rolled()
    {
        await using var database = await platform.Template.Copy();
        using var receiver = new Receiver();
        string webhook;
        string[] keys;
        await using (var before = await Start(database, First, null))
        {
            (webhook, _) = await Active(before, receiver);
            keys = await Keys(before);
        }
        await database.Run("update onedoor.mt_doc_signingkey set data = data - 'protected'");
        // The latest key seals, and none is as late as the one before.
        platform.Pass(TimeSpan.FromSeconds(1));

        await using var after = await Start(database, Next, null);
        var left = await Keys(after);
        Assert.Equal((keys.Length + 1, keys.Length), (left.Length, left.Intersect(keys).Count()));
        await Do(after, webhook, "ping");
        await RunningPlatform.Until(async () => await Ping() == "secret-lost 1 waiting", "the attempt is counted");
        var rolled = (await Do(after, webhook, "secret")).Json.Text("secret");
        platform.Pass(TimeSpan.FromSeconds(10));
        await RunningPlatform.Until(async () => await Ping() == " 2 delivered", "it is sent");

        Assert.True(receiver.All.Single(r => r.Type == "onedoor.webhook.ping").IsSignedUnder(rolled));

        Task<string> Ping() => database.First<string>("select concat(failure, ' ', attempts, ' ', status) from onedoor.webhook_deliveries where kind = 'ping'");
    }

    private async Task<InProcess<Caller>> Start(Database database, string secret, string? before)
    {
        (string, string)[] settings = [("Signing:Secret", secret), ("Logging:LogLevel:Default", "None"), .. before is null ? [] : new[] { ("Signing:PreviousSecret", before) }];
        var api = platform.StartApi(database, settings);
        await RunningPlatform.Ready(api.Http);
        return api;
    }

    private Client Owner(InProcess<Caller> api) => platform.As(Lead, $"{Scopes.WebhooksManage} {Scopes.EventsRead}").At(api.Http);

    private async Task<(string Path, string Secret)> Active(InProcess<Caller> api, Receiver receiver)
    {
        var created = await Owner(api).Tells(receiver, "onedoor.case.submitted");
        return (created.Header("Location")!, created.Json.Text("secret"));
    }

    private async Task<Answered> Do(InProcess<Caller> api, string path, string command) =>
        (await Owner(api).Post($"{path}/{command}", null, ("If-Match", (await Owner(api).Get(path)).Must(200).ETag))).Must(200);

    private static async Task<string[]> Keys(InProcess<Caller> api) =>
        [.. (await new Client(api.Http, null).Get("/.well-known/jwks.json")).Must(200).Json.List("keys").Select(key => key.GetRawText()).Order(StringComparer.Ordinal)];
}
