using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OneDoor.Cases;
using OneDoor.Contracts;
using OneDoor.Notifications;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Webhooks;

/// <summary>Webhooks, from their creation on, with receivers that are well, slow, gone or malicious.</summary>
public sealed class DeliveredWebhooks(RunningPlatform platform)
{
    private static readonly string[] Submissions = ["onedoor.case.submitted"];

    private const Department Lead = Department.MarketRegulation;

    private Client Owner => platform.As(Lead, $"{Scopes.WebhooksManage} {Scopes.EventsRead}");

    [Fact]
    public async Task It_answers_the_challenge_and_is_told_of_everything_since_its_creation_in_order_and_signed()
    {
        using var receiver = new Receiver();
        var (path, secret) = await Created(receiver);
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);

        var told = await Told(receiver, @case, 3);

        Assert.Equal(("active", true), ((await Owner.Get(path)).Must(200).Json.Text("status"), (await Owner.Get(path)).Json.TryGetProperty("secret", out _) is false));
        Assert.All(receiver.All, r => Assert.True(r.IsSignedUnder(secret)));
        Assert.Equal(["onedoor.case.accepted", "onedoor.case.step-opened", "onedoor.case.submitted"], told.Select(r => r.Type).Order());
        Assert.All(told, r => Assert.Equal(r.Id, r.Json.Text("id")));
        var numbered = receiver.Events.DistinctBy(r => r.Id).OrderBy(SequenceOf).ToArray();
        Assert.Equal(numbered.SkipLast(1).Select(r => r.Id), numbered.Skip(1).Select(r => r.Json.Text("webhookprevious")));
        Assert.Equal(Enumerable.Range(1, numbered.Length).Select(i => (long)i), numbered.Select(SequenceOf));
        await RunningPlatform.Until(async () => (await Deliveries(path)).Count(d => d.Text("status") == "delivered") == numbered.Length + 1, "all is delivered");
        Assert.DoesNotContain((await Owner.Get($"{path}/deliveries")).Text, "陈建国", StringComparison.Ordinal);
    }

    [Fact] // by the verifier that the specification's authors publish
    public async Task An_outside_library_verifies_what_is_sent_and_with_either_secret_while_one_is_rolled()
    {
        using var receiver = new Receiver();
        var (path, before) = await Created(receiver);
        await RunningPlatform.Until(async () => (await Owner.Get(path)).Json.Text("status") == "active", "it is active");
        var after = (await Do(path, "secret")).Must(200).Json.Text("secret");
        (await Do(path, "ping")).Must(200);
        await RunningPlatform.Until(() => Task.FromResult(receiver.All.Any(r => r.Type == "onedoor.webhook.ping")), "the ping has come");
        var ping = receiver.All.Single(r => r.Type == "onedoor.webhook.ping");

        string[] Asked(string secret) => [secret, ping.Id, ping.At.ToString(CultureInfo.InvariantCulture), ping.Signature, ping.Body];
        var (_, output, errors) = await OutsideTool.Run("webhooks.mjs", [.. Asked(before), .. Asked(after), .. Asked("whsec_" + Convert.ToBase64String(new byte[32]))]);

        Assert.True(output == "verified verified refused\n", output + errors);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public async Task What_is_over_is_found_by_an_index_and_forgotten_however_much_it_is()
    {
        // More than is forgotten at once, and a page of one webhook among them.
        const int Many = ParkedRows.ForgottenAtOnce + 1;
        var webhook = Guid.CreateVersion7(platform.Now);
        await platform.Database.Run($"""
            insert into onedoor.webhook_deliveries (webhook, id, kind, type, status, attempts, created_at, due, done_at)
                select '{webhook}', gen_random_uuid(), 'event', 'onedoor.case.submitted', 'delivered', 1, at, at, at from (select '{platform.Now:O}'::timestamptz - interval '29 days' - n * interval '1 second' as at from generate_series(1, {Many}) n) done;
            insert into onedoor.mails (id, channel, person, kind, is_act, status, attempts, due, done_at)
                select gen_random_uuid(), 'email', '{webhook}', 'notification', false, 'sent', 1, at, at from (select '{platform.Now:O}'::timestamptz - n * interval '1 second' as at from generate_series(1, {Many}) n) done;
            analyze onedoor.webhook_deliveries, onedoor.mails
            """);
        try
        {
            // Where nothing is old enough, nothing is looked through.
            var before = $"'{platform.Now.AddDays(-60):O}'";
            foreach (var (asked, index) in new[]
            {
                (WebhookTable.Parked.Over.Replace("$1", before, StringComparison.Ordinal), "webhook_deliveries_done"),
                (MailTable.ParkedOf(NotificationChannel.Email).Over.Replace("$1", before, StringComparison.Ordinal), "mails_done"),
                ($"select * from onedoor.webhook_deliveries where webhook = '{webhook}' order by created_at desc, id desc limit 25", "webhook_deliveries_listed"),
            })
                Assert.Contains(index, await platform.Database.First<string>($"explain (format json) {asked}"), StringComparison.Ordinal);
            platform.Pass(TimeSpan.FromDays(2));
            await RunningPlatform.Until(async () => await platform.Database.Count($"select count(*) from onedoor.webhook_deliveries where webhook = '{webhook}'") == 0, "they are forgotten");
        }
        finally
        {
            await platform.Database.Run($"delete from onedoor.webhook_deliveries where webhook = '{webhook}'; delete from onedoor.mails where person = '{webhook}'");
        }
    }

    [Theory]
    [InlineData("{\"challenge\":\"\\ud800\"}")]
    [InlineData("{\"challenge\":7}")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Who_does_not_answer_the_challenge_is_asked_again_when_it_is_due_and_told_nothing(string answer)
    {
        using var receiver = new Receiver { Challenged = _ => answer };
        var (path, _) = await Created(receiver, "onedoor.case.submitted");
        await RunningPlatform.Until(async () => (await Deliveries(path)).Single().GetProperty("attempts").GetInt32() == 1, "the attempt is recorded");
        await CaseJourney.Submitted(platform, Applications.Plain);
        (await Do(path, "ping")).Must(200);

        platform.Pass(TimeSpan.FromSeconds(10));

        await RunningPlatform.Until(async () => (await Deliveries(path)).Single(d => d.Text("type") == "onedoor.webhook.challenge").GetProperty("attempts").GetInt32() == 2, "it has been asked once more");
        Assert.Equal("pending", (await Owner.Get(path)).Json.Text("status"));
        Assert.Equal(["onedoor.webhook.challenge", "onedoor.webhook.challenge"], receiver.All.Select(r => r.Type));
    }

    [Fact]
    public async Task What_is_disabled_after_five_days_of_failing_has_five_days_again_once_it_is_resumed()
    {
        await using var database = await platform.Template.Copy();
        var time = new FakeTimeProvider(platform.Now.ToUniversalTime());
        await using var api = RunningPlatform.StartApi(database, platform.Identity, time);
        var owner = platform.As(Department.MarketRegulation, $"{Scopes.WebhooksManage} {Scopes.CasesSubmit}", api.Http, time);
        using var receiver = new Receiver
        {
            Answer = (_, response) =>
            {
                response.StatusCode = 503;
                return Task.CompletedTask;
            },
        };
        var path = (await owner.Post("/v1/webhooks", new { url = receiver.Url, types = Submissions })).Must(201).Header("Location")!;
        async Task<string> Status() => (await owner.Get(path)).Must(200).Json.Text("status");
        async Task<int> Failed() => (await owner.Get($"{path}/deliveries?first=100")).Must(200).Json.List("items").Count(d => !d.IsNull("failure"));
        async Task Fails()
        {
            var before = await Failed();
            await Submitted(owner);
            await RunningPlatform.Until(async () => await Failed() > before, "it has failed");
        }
        await RunningPlatform.Until(async () => await Status() == "active", "it is active");
        await Fails();
        time.Advance(TimeSpan.FromDays(5) + TimeSpan.FromMinutes(1));
        await RunningPlatform.Until(async () => await Status() == "disabled", "it is disabled");
        time.Advance(TimeSpan.FromDays(1));

        (await owner.Post($"{path}/resume", null, ("If-Match", (await owner.Get(path)).ETag))).Must(200);
        await Fails();
        receiver.Answer = (_, _) => Task.CompletedTask;
        await Submitted(owner);

        await RunningPlatform.Until(async () => (await owner.Get($"{path}/deliveries?status=delivered&first=100")).Json.List("items").Any(d => d.Text("type") == Submissions[0]), "one is delivered");
        Assert.Equal("active", await Status());
    }

    [Fact]
    public async Task What_fails_is_tried_again_under_the_same_id_and_what_the_receiver_asks_for_is_honoured()
    {
        using var receiver = new Receiver();
        var (path, _) = await Created(receiver, "onedoor.case.submitted");
        receiver.Answer = (_, response) =>
        {
            response.StatusCode = 503;
            response.Headers["Retry-After"] = "600";
            return Task.CompletedTask;
        };
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var first = (await Told(receiver, @case, 1))[0];
        await RunningPlatform.Until(async () => (await Deliveries(path)).Any(d => d.Text("id") == first.Id && d.GetProperty("attempts").GetInt32() == 1), "the attempt is recorded");
        var waiting = (await Deliveries(path)).Single(d => d.Text("id") == first.Id);
        Assert.Equal(("waiting", 503, "refused"), (waiting.Text("status"), waiting.GetProperty("lastStatus").GetInt32(), waiting.Text("failure")));
        Assert.Equal(platform.Now.AddSeconds(600), waiting.Instant("nextAt"), TimeSpan.FromSeconds(5));

        receiver.Answer = (_, _) => Task.CompletedTask;
        platform.Pass(TimeSpan.FromSeconds(601));
        var again = await Told(receiver, @case, 2);

        Assert.Equal(again[0].Id, again[1].Id);
        Assert.NotEqual(again[0].At, again[1].At);
        await RunningPlatform.Until(async () => (await Deliveries(path)).Single(d => d.Text("id") == first.Id).Text("status") == "delivered", "it is delivered");
    }

    [Fact]
    public async Task What_is_parked_is_listed_with_what_waits_and_sent_once_more_by_a_replay_without_a_cursor()
    {
        using var receiver = new Receiver();
        var (path, _) = await Created(receiver, "onedoor.case.submitted");
        receiver.Answer = (_, response) =>
        {
            response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var first = (await Told(receiver, @case, 1))[0];
        await RunningPlatform.Until(async () => (await Deliveries(path)).Any(d => d.Text("id") == first.Id && d.GetProperty("attempts").GetInt32() == 1), "the attempt is recorded");
        await platform.Database.Run($"update onedoor.webhook_deliveries set status = 'parked', due = created_at, done_at = now() where webhook = '{path[^36..]}' and kind = 'event'");
        receiver.Answer = (_, _) => Task.CompletedTask;

        Assert.Equal(["parked"], (await Owner.Get($"{path}/deliveries?status=parked,waiting")).Must(200).Json.Each("items", "status").Distinct());
        var counted = (await Owner.Get($"{path}/deliveries?status=parked&first=1&count=true")).Must(200).Json;
        Assert.Equal(await platform.Database.Count($"select count(*) from onedoor.webhook_deliveries where webhook = '{path[^36..]}' and status = 'parked'"), counted.GetProperty("total").GetInt64());
        (await Owner.Get($"{path}/deliveries?status=lost")).Refuses(400, "request.parameter-invalid");
        var graph = await Owner.Ask($$"""{ webhook(id: "{{path[^36..]}}") { deliveries(status: [PARKED, WAITING], first: 1) { nodes { id } pageInfo { hasNextPage } } } webhooks(first: 1) { nodes { id } totalCount } }""");
        Assert.Single(graph.GetProperty("webhook").GetProperty("deliveries").List("nodes"));
        Assert.Equal([$"webhook:{path[^36..]}"], graph.GetProperty("webhooks").Each("nodes", "id"));
        (await Do(path, "replay")).Must(200);

        Assert.All(await Told(receiver, @case, 2), r => Assert.Equal(first.Id, r.Id));
        await RunningPlatform.Until(async () => (await Owner.Get($"{path}/deliveries?status=parked,waiting")).Must(200).Json.List("items").Length == 0, "all is delivered");
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_sent_nothing_more_and_goes_on_from_there_when_it_is_resumed()
    {
        using var receiver = new Receiver();
        var (path, _) = await Created(receiver, "onedoor.case.submitted");
        receiver.Answer = (_, response) =>
        {
            response.StatusCode = 410;
            return Task.CompletedTask;
        };
        var first = await CaseJourney.Submitted(platform, Applications.Plain);
        await RunningPlatform.Until(async () => (await Owner.Get(path)).Json.Text("status") == "disabled", "it is disabled");
        Assert.Equal("gone", (await Owner.Get(path)).Json.Text("disabledBecause"));
        receiver.Answer = (_, _) => Task.CompletedTask;
        var second = await CaseJourney.Submitted(platform, Applications.Plain);
        (await Do(path, "resume")).Must(200);
        platform.Pass(TimeSpan.FromSeconds(10));

        await Told(receiver, second, 1);
        await Told(receiver, first, 2);
    }

    [Fact]
    public async Task Who_answers_the_challenge_with_gone_is_asked_no_more_until_it_is_resumed()
    {
        using var receiver = new Receiver { OfChallenges = HttpStatusCode.Gone };
        var (path, _) = await Created(receiver, Submissions);
        await RunningPlatform.Until(async () => (await Owner.Get(path)).Must(200).Json.Text("status") == "disabled", "it is disabled");
        Assert.Equal("gone", (await Owner.Get(path)).Must(200).Json.Text("disabledBecause"));
        receiver.OfChallenges = HttpStatusCode.OK;

        (await Do(path, "resume")).Must(200);

        await RunningPlatform.Until(async () => (await Owner.Get(path)).Must(200).Json.Text("status") == "active", "it is active");
        Assert.Equal(2, receiver.All.Count(r => r.Type == "onedoor.webhook.challenge"));
    }

    [Fact]
    public async Task A_redirection_is_followed_nowhere_and_a_private_address_is_never_connected_to()
    {
        using var elsewhere = new Receiver();
        using var receiver = new Receiver();
        var (path, _) = await Created(receiver, "onedoor.case.submitted");
        receiver.Answer = (_, response) =>
        {
            response.Redirect(elsewhere.Url);
            return Task.CompletedTask;
        };
        await Told(receiver, await CaseJourney.Submitted(platform, Applications.Plain), 1);
        await RunningPlatform.Until(async () => (await Deliveries(path)).Any(d => d.TryGetProperty("failure", out var why) && why.ValueKind == JsonValueKind.String && why.GetString() == "redirected"), "the redirection is recorded");
        Assert.Empty(elsewhere.All);

        (await Owner.Post("/v1/webhooks", new { url = "http://10.0.0.1/" })).Refuses(422, "webhook.url-refused");
        await using var strict = platform.StartApi(platform.Database, ("Webhooks:AllowedNetworks:0", "198.51.100.0/24"));
        (await Owner.At(strict.Http).Post("/v1/webhooks", new { url = receiver.Url })).Refuses(422, "webhook.url-refused");
    }

    [Fact]
    public async Task An_address_that_leads_inside_is_never_connected_to_and_an_operator_ends_what_a_client_is_told()
    {
        using var receiver = new Receiver();
        await using var database = await platform.Template.Copy();
        string path;
        // Where it could be reached when it was asked for.
        await using (var lenient = platform.StartApi(database))
        {
            path = (await Owner.At(lenient.Http).Post("/v1/webhooks", new { url = receiver.Url })).Must(201).Header("Location")!;
            await RunningPlatform.Until(async () => (await Owner.At(lenient.Http).Get(path)).Json.Text("status") == "active", "it has answered");
        }
        var before = receiver.All.Count;
        await using var strict = platform.StartApi(database, ("Webhooks:AllowedNetworks:0", "198.51.100.0/24"));
        var owner = Owner.At(strict.Http);
        (await owner.Post($"{path}/ping", null, ("If-Match", (await owner.Get(path)).ETag))).Must(200);

        await RunningPlatform.Until(
            async () => (await owner.Get($"{path}/deliveries")).Must(200).Json.List("items").Any(d => d.GetProperty("failure").GetString() == "refused-address"), "the refusal is recorded");
        Assert.Equal(before, receiver.All.Count);

        await database.Run("update onedoor.webhook_deliveries set status = 'parked', done_at = now() where kind = 'ping'");
        using var parked = ChildProcess.Command(database.Connection, ["parked"], ("ASPNETCORE_ENVIRONMENT", "Development"));
        Assert.Equal(0, await parked.Ended(RunningPlatform.Patience));
        Assert.Contains($"webhook {path[^36..]} of sandbox-market-regulation: onedoor.webhook.ping, refused-address", parked.Output, StringComparison.Ordinal);
        await Operator.Run<Caller>(database, "parked", "--again");
        Assert.Equal(0, await database.Count("select count(*) from onedoor.webhook_deliveries where status = 'parked'"));

        await Operator.Run<Caller>(database, "disable-webhooks", "--client=sandbox-market-regulation");
        Assert.Equal(("disabled", "operator"), (await owner.Get(path)).Must(200).Json is var ended ? (ended.Text("status"), ended.Text("disabledBecause")) : default);
    }

    [Fact] // at most two attempts in flight
    public async Task One_that_is_slow_holds_up_nobody_else()
    {
        using var slow = new Receiver();
        using var quick = new Receiver();
        var (ending, most, now) = (new TaskCompletionSource(), 0, 0);
        slow.Answer = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await ending.Task;
            Interlocked.Decrement(ref now);
        };
        await Created(slow, "onedoor.case.*");
        await Created(quick, "onedoor.case.*");
        var started = Stopwatch.StartNew();
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        await Told(quick, @case, 3);
        ending.SetResult();
        await Told(slow, @case, 3);

        Assert.InRange(most, 1, 2);
        Assert.True(started.Elapsed < RunningPlatform.Patience);
    }

    [Fact]
    public async Task Paused_it_misses_nothing_and_a_replay_tells_once_more()
    {
        using var receiver = new Receiver();
        var (path, _) = await Created(receiver, "onedoor.case.submitted");
        await RunningPlatform.Until(async () => (await Owner.Get(path)).Json.Text("status") == "active", "it is active");
        (await Do(path, "pause")).Must(200);
        var start = await Feed.FollowedEvents.End(Owner);
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        (await Do(path, "resume")).Must(200);
        var first = (await Told(receiver, @case, 1))[0];
        await RunningPlatform.Until(async () => (await Deliveries(path)).Single(d => d.Text("id") == first.Id).Text("status") == "delivered", "it is delivered");

        (await Do(path, "replay", new { after = start })).Must(200);

        Assert.All(await Told(receiver, @case, 2), r => Assert.Equal(first.Id, r.Id));
        (await Do(path, "replay", new { after = "no cursor" })).Refuses(422, "webhook.place-unknown");
        var etag = (await Owner.Get(path)).ETag;
        Assert.Equal("deleted", (await Owner.Send(HttpMethod.Delete, path, null, ("If-Match", etag))).Must(200).Json.Text("status"));
        (await Owner.Get(path)).Refuses(404, "webhook.not-found");
    }

    private static async Task<string> Submitted(Client client) => (await client.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Header("Location")!;

    private async Task<(string Path, string Secret)> Created(Receiver receiver, params string[] types)
    {
        var created = (await Owner.Post("/v1/webhooks", new { url = receiver.Url, types = types.Length == 0 ? null : types, description = "登记系统" })).Must(201);
        Assert.Equal("pending", created.Json.Text("status"));
        return (created.Header("Location")!, created.Json.Text("secret"));
    }

    private async Task<Answered> Do(string path, string command, object? body = null) => await Owner.Post($"{path}/{command}", body, ("If-Match", (await Owner.Get(path)).Must(200).ETag));

    private async Task<JsonElement[]> Deliveries(string path) => (await Owner.Get($"{path}/deliveries?first=100")).Must(200).Json.List("items");

    private static long SequenceOf(Received received) => long.Parse(received.Json.Text("webhooksequence"), CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<Received>> Told(Receiver receiver, CaseJourney @case, int times)
    {
        Received[] Of() => [.. receiver.Events.Where(r => r.Json.Text("subject") == @case.Path)];
        await RunningPlatform.Until(() => Task.FromResult(Of().Length >= times), $"{times} deliveries about the case have come", () => string.Join(' ', receiver.All.Select(r => r.Type)));
        return Of();
    }
}
