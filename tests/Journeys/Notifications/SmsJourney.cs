using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Cases;
using OneDoor.Platform;
using OneDoor.Webhooks;
using Xunit;

namespace OneDoor.Notifications;

/// <summary>What somebody is told by text message: signed for the gateway, once, and only at a number that is theirs.</summary>
public sealed partial class SmsJourney(RunningPlatform platform) : IAsyncLifetime
{
    private const string Preferences = "/v1/notification-preferences", Phone = "13800000000", Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
    private const Department Lead = Department.MarketRegulation;

    private static readonly string[] Both = ["inbox", "sms"];

    private readonly Dictionary<string, object?> _company = Applications.Company();
    private readonly Receiver _gateway = new();
    private Database _database = null!;
    private InProcess<Caller> _server = null!;

    private Client Person => new ToldApplicant(platform, _company, _server.Http).Person;

    public async ValueTask InitializeAsync()
    {
        _database = await platform.Template.Copy();
        _server = Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _gateway.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_number_is_confirmed_by_the_code_it_was_sent_and_told_each_thing_once_until_its_owner_unsubscribes_or_is_erased()
    {
        await Says(new { channels = Both, phone = Phone, language = "en" });
        var asking = await Message(1);
        Assert.True(asking.IsSignedUnder(Secret));
        Assert.Equal(("onedoor.sms.confirmation", Phone), (asking.Type, asking.Json.GetProperty("data").Text("to")));
        await Accepted();
        (await Confirms("x")).Refuses(422, "notification-preferences.code-wrong");
        Assert.Equal(platform.Now, (await Confirms(Code().Match(Text(asking)).Value)).Must(200).Json.Instant("phoneConfirmedAt"));

        // One that was not taken is handed over again under the same id.
        HashSet<string> tried = [];
        _gateway.Answer = (received, response) =>
        {
            response.StatusCode = tried.Add(received.Id) ? 503 : 202;
            return Task.CompletedTask;
        };
        platform.Pass(TimeSpan.FromSeconds(1));
        await Accepted();
        await IsPutOff(attempts: 1);
        platform.Pass(TimeSpan.FromSeconds(10));
        var (first, again) = (await Message(2), await Message(3));
        Assert.Equal((first.Id, Text(first)), (again.Id, Text(again)));
        var inbox = (await Person.Get("/v1/notifications?first=1", ("Accept-Language", "en"))).Must(200).Json.List("items")[0];
        Assert.StartsWith($"[OneDoor] {inbox.Text("text")}", Text(again), StringComparison.Ordinal);
        Assert.DoesNotContain((string)_company["name"]!, again.Body, StringComparison.Ordinal);
        await RunningPlatform.Until(async () => await Count("status = 'sent'") == 2, "it is sent");

        // What the gateway will not have is parked; what is decided against them is sent all the same.
        var unsubscribing = new Uri(Link().Match(Text(again)).Value).AbsolutePath;
        (await new Client(_server.Http, null).Post(unsubscribing)).Must(200);
        Assert.Equal(["inbox"], (await Person.Get(Preferences)).Json.List("channels").Select(c => c.GetString()));
        _gateway.Answer = (_, response) =>
        {
            response.StatusCode = (int)HttpStatusCode.UnprocessableEntity;
            return Task.CompletedTask;
        };
        await Accepted();
        await Decides(await Submitted(), "correction-notices", new { lines = new[] { new { material = (string?)null, text = "请写明经营范围。" } } });
        var act = await Message(4);
        Assert.DoesNotContain("/mail/", Text(act), StringComparison.Ordinal);
        await RunningPlatform.Until(async () => await Count("status = 'parked'") == 1, "it is parked");

        await Operator.Run<Caller>(_database, "rebuild");
        Assert.Equal(2, await _database.Count("select count(*) from onedoor.mail_readers where channel = 'sms' and not everything"));
        await Operator.Run<Caller>(_database, "erase", "--id", $"{NotificationPreferences.IdOf($"p_{_company["uscc"]}")}");
        Assert.Equal((0, 0), (await _database.Count("select count(*) from onedoor.mail_readers"), await Count("true")));
        Assert.Equal(0, await _database.Count($"select count(*) from onedoor.mt_events where data::text like '%{Phone}%'"));
    }

    [Fact]
    public async Task A_gateway_that_is_away_costs_no_attempt_and_whoever_guesses_codes_has_to_wait()
    {
        _gateway.Dispose();
        await Says(new { channels = Both, phone = Phone });
        for (var guess = 0; guess < 5; guess++)
            (await Confirms("x")).Refuses(422, "notification-preferences.code-wrong");
        var refused = await Confirms("x");
        refused.Refuses(429, "request.too-many");
        Assert.NotEmpty(refused.Header("Retry-After")!);
        // It has been put off, and is again whenever it is due.
        for (var round = 0; round < 3; round++)
        {
            await IsPutOff(attempts: 0);
            platform.Pass(TimeSpan.FromSeconds(5));
        }
        // A code is good for ten minutes: after that it goes nowhere.
        platform.Pass(NotificationPreferences.AskedAgainAfter);
        await RunningPlatform.Until(async () => await Count("status = 'withdrawn'") == 1, "it is withdrawn");
    }

    [Fact]
    public async Task A_gateway_that_knows_nobody_costs_no_attempt_and_one_message_that_it_will_not_read_holds_up_no_other()
    {
        var status = HttpStatusCode.NotFound;
        _gateway.Answer = (_, response) =>
        {
            response.StatusCode = (int)status;
            return Task.CompletedTask;
        };
        await Says(new { channels = Both, phone = Phone });
        await Message(1);
        await IsPutOff(attempts: 0);

        status = HttpStatusCode.BadRequest;
        platform.Pass(TimeSpan.FromSeconds(5));
        await Message(2);
        await IsPutOff(attempts: 1);
        // Somebody else's is handed over beside it.
        status = HttpStatusCode.Accepted;
        (await Asks("+8613800000002")).Must(200);
        Assert.EndsWith("13800000002", (await Message(3)).Json.GetProperty("data").Text("to"), StringComparison.Ordinal);
        await RunningPlatform.Until(async () => await Count("status = 'sent'") == 1, "it is recorded");
        Assert.Equal(1, await Count("status = 'waiting' and attempts = 1"));
    }

    [Fact]
    public async Task A_number_is_sent_five_codes_a_day_whoever_asks_by_whichever_process_and_however_it_is_written()
    {
        await using var other = Start();
        string[] written = [Phone, "+8613800000001", "13800000001", "+8613800000001", "13800000001", "13800000001"];
        foreach (var (i, phone) in written.Index())
            Assert.Equal(Both, (await Asks(phone, i % 2 == 0 ? _server : other)).Must(200).Json.List("availableChannels").Select(channel => channel.GetString()));
        foreach (var server in new[] { _server, other })
        {
            var refused = await Asks("+8613800000001", server);
            refused.Refuses(429, "request.too-many");
            Assert.Equal("86400", refused.Header("Retry-After"));
        }
        Assert.Equal(written.Length, await Count("kind = 'confirmation'"));
        (await Asks(Phone)).Must(200);
        Assert.Equal(0, await _database.Count("select count(*) from onedoor.mails m where to_jsonb(m)::text like '%13800000001%'"));

        var atOnce = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Asks("13800000003", i % 2 == 0 ? _server : other)));
        Assert.Equal(5, atOnce.Count(answered => answered.Status == 200));
    }

    [Fact]
    public async Task Codes_go_before_notifications_that_have_waited_longer()
    {
        // Nothing is sent by e-mail here.
        var table = _server.Services.GetRequiredService<MailTable>();
        await Backlog("email", 2);
        await _database.Run("update onedoor.mails set kind = 'confirmation', due = due + interval '1 minute' where id = (select id from onedoor.mails order by due desc, id limit 1)");
        Assert.Equal([MailKind.Confirmation, MailKind.Notification], (await table.Due(NotificationChannel.Email, platform.Now, 2, TestContext.Current.CancellationToken)).Select(mail => mail.Kind));
    }

    private InProcess<Caller> Start() => platform.StartApi(_database, ("Sms:Gateway", _gateway.Url), ("Sms:Secret", Secret), ("Platform:Address", "https://onedoor.example/"));

    private Task Backlog(string channel, int count) => _database.Run(
        $"""
        insert into onedoor.mails (id, channel, person, kind, notification, is_act, status, attempts, due)
        select gen_random_uuid(), '{channel}', gen_random_uuid(), 'notification', gen_random_uuid(), false, 'waiting', 0, '{platform.Now.UtcDateTime.AddHours(-1):O}' from generate_series(1, {count})
        """);

    private Task IsPutOff(int attempts) => RunningPlatform.Until(
        async () => await Count($"status = 'waiting' and attempts = {attempts} and due > '{platform.Now.UtcDateTime:O}' and due < '{platform.Now.AddSeconds(10).UtcDateTime:O}'") == 1, "it is put off");

    // Each time somebody else.
    private async Task<Answered> Asks(string phone, InProcess<Caller>? at = null)
    {
        var person = new ToldApplicant(platform, Applications.Company(), (at ?? _server).Http).Person;
        return await person.Send(HttpMethod.Put, Preferences, JsonContent.Create(new { channels = Both, phone }), ("If-Match", (await person.Get(Preferences)).ETag));
    }

    private async Task<Answered> Confirms(string code) => await Person.Post($"{Preferences}/phone-confirmation", new { code }, ("If-Match", (await Person.Get(Preferences)).ETag));

    private async Task Says(object wanted) =>
        (await Person.Send(HttpMethod.Put, Preferences, JsonContent.Create(wanted), ("If-Match", (await Person.Get(Preferences)).ETag))).Must(200);

    private async Task<string> Submitted()
    {
        var application = Applications.For(Applications.Plain);
        application["applicant"] = _company;
        return (await platform.As(CaseJourney.Submitter).At(_server.Http).Post("/v1/cases", application)).Must(201).Header("Location")!;
    }

    private async Task Accepted() => await Decides(await Submitted(), "acceptance", new { });

    private async Task Decides(string path, string what, object body)
    {
        var lead = platform.As(Lead).At(_server.Http);
        (await lead.Post($"{path}/{what}", body, ("If-Match", (await lead.Get(path)).ETag))).Must(200);
    }

    private async Task<Received> Message(int n)
    {
        await RunningPlatform.Until(() => Task.FromResult(_gateway.All.Count >= n), $"message {n} has come", () => string.Join('\n', _gateway.All.Select(m => m.Body)));
        return _gateway.All[n - 1];
    }

    private Task<long> Count(string which) => _database.Count($"select count(*) from onedoor.mails where channel = 'sms' and {which}");

    private static string Text(Received message) => message.Json.GetProperty("data").Text("text");

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex Code();

    [GeneratedRegex(@"https://onedoor\.example/mail/\S+")]
    private static partial Regex Link();
}
