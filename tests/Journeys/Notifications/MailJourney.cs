using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using OneDoor.Cases;
using OneDoor.Platform;
using SmtpServer.Protocol;
using Xunit;

namespace OneDoor.Notifications;

/// <summary>What somebody is told by e-mail: once, in their language, when it is not quiet, and whatever happens to the mail server meanwhile.</summary>
public sealed partial class MailJourney(RunningPlatform platform) : IAsyncLifetime
{
    private const string Preferences = "/v1/notification-preferences", Email = "chen@example.com";
    private const Department Lead = Department.MarketRegulation;

    private static readonly string[] Both = ["inbox", "email"];

    private readonly Dictionary<string, object?> _company = Applications.Company();
    private readonly MailSink _sink = new();
    private readonly List<InProcess<Caller>> _servers = [];
    private Database _database = null!;

    private HttpClient Api => _servers[0].Http;

    private Client Person => new ToldApplicant(platform, _company, Api).Person;

    public async ValueTask InitializeAsync()
    {
        _database = await platform.Template.Copy();
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
        await _sink.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task What_is_decided_is_told_by_one_letter_in_their_language_once_the_address_is_confirmed_and_after_the_quiet_hours()
    {
        // Two processes, of which one sends.
        Start();
        _sink.Open();
        await Says(new { channels = Both, email = Email, language = "en" });
        var asking = await Letter(1);
        Assert.Equal(("Please confirm your address · OneDoor", Email), (asking.Subject, asking.To.Mailboxes.Single().Address));
        // Nothing else before: and looking at the link confirms nothing.
        await Accepted();
        var link = Link(asking);
        Assert.Equal(200, (await new Client(Api, null).Get(link)).Status);
        Assert.True((await Person.Get(Preferences)).Json.IsNull("emailConfirmedAt"));
        Assert.Equal(404, (await new Client(Api, null).Post(link.Replace("confirmation", "unsubscription", StringComparison.Ordinal))).Status);
        (await new Client(Api, null).Post(link)).Must(200);
        Assert.Equal(platform.Now, (await Person.Get(Preferences)).Json.Instant("emailConfirmedAt"));

        var path = await Accepted();
        var accepted = await Letter(2);
        var inbox = (await Person.Get("/v1/notifications", ("Accept-Language", "en"))).Json.List("items").Single(n => n.Text("thing") == path);
        Assert.Equal(($"{inbox.Text("title")} · OneDoor", "en"), (accepted.Subject, accepted.Body!.Headers[HeaderId.ContentLanguage]));
        Assert.Contains(inbox.Text("text"), accepted.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain((string)_company["name"]!, accepted.ToString(), StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", accepted.Headers["List-Unsubscribe-Post"]);

        await Says(new { channels = Both, email = Email, quietHours = new { from = $"{platform.Now.AddHours(-1):HH:mm}", until = $"{platform.Now.AddHours(1):HH:mm}" } });
        await Decides(path, "steps/decision/decision", new { outcome = "granted" });
        await RunningPlatform.Until(async () => await Waiting("due > now") == 1, "it is shifted");
        platform.Pass(TimeSpan.FromHours(1));
        Assert.Equal("已准予 · 一门通", (await Letter(3)).Subject);
        await Until("sent", 3);
        Assert.Equal(3, _sink.All.Select(letter => letter.MessageId).Distinct().Count());
        Assert.Equal(3, _sink.All.Count);
    }

    [Fact]
    public async Task A_server_that_is_away_or_busy_gets_it_once_it_is_there_once_and_one_that_does_not_want_it_is_left_alone()
    {
        await Confirmed();
        await _sink.Close();
        using (var away = new TcpListener(IPAddress.Loopback, _sink.Port))
        {
            away.Start();
            await Accepted();
            // It comes again, so what came of the first time is recorded.
            for (var time = 0; time < 2; time++)
                (await away.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose();
            Assert.Equal(1, await Waiting("attempts = 0"));
        }
        _sink.Open();
        Assert.Equal("已受理 · 一门通", (await Letter(2)).Subject);
        await Until("sent", 2);

        HashSet<string?> tried = [];
        _sink.Answer = letter => tried.Add(letter.MessageId) ? new(SmtpReplyCode.ServiceUnavailable, "busy") : null;
        await Accepted();
        await RunningPlatform.Until(async () => await Waiting("attempts = 1 and due - interval '10 seconds' < now") == 1, "it was not taken");
        platform.Pass(TimeSpan.FromSeconds(10));
        var again = await Letter(3);
        Assert.Contains(again.MessageId, tried);
        await Until("sent", 3);

        _sink.Answer = _ => new(SmtpReplyCode.MailboxUnavailable, "no such mailbox");
        await Accepted();
        await Until("parked", 1);
        Assert.Equal(3, _sink.All.Count);

        // It stays when what was sent is forgotten, and an operator has it sent once more.
        await _servers[0].Services.GetRequiredService<MailTable>().Forget(NotificationChannel.Email, platform.Now.AddDays(1), TestContext.Current.CancellationToken);
        Assert.Equal(1, await _database.Count("select count(*) from onedoor.mails"));
        _sink.Answer = _ => null;
        await Operator.Run<Caller>(_database, "parked", "--again");
        // It is due when handing it over the last time would have been over.
        platform.Pass(TimeSpan.FromSeconds(30));
        await Letter(4);
        await Until("sent", 1);
    }

    [Fact]
    public async Task Whoever_presses_twice_at_once_is_told_both_times_what_holds()
    {
        _sink.Open();
        await Says(new { channels = Both, email = Email });
        var link = Link(await Letter(1));
        Task<Answered> Press() => new Client(Api, null).Post(link);

        var (first, second) = await RunningPlatform.Race(_database, $"{NotificationPreferences.IdOf($"p_{_company["uscc"]}")}", Press, Press);

        Assert.Equal((200, 200), (first.Status, second.Status));
    }

    [Fact]
    public async Task A_link_to_an_address_that_is_theirs_no_more_confirms_nothing()
    {
        _sink.Open();
        await Says(new { channels = Both, email = Email });
        var link = Link(await Letter(1));
        platform.Pass(NotificationPreferences.AskedAgainAfter);
        await Says(new { channels = Both, email = "other@example.com" });

        (await new Client(Api, null).Post(link)).Must(404);
        Assert.True((await Person.Get(Preferences)).Must(200).Json.IsNull("emailConfirmedAt"));
    }

    [Fact]
    public async Task An_address_is_asked_five_times_a_day_whoever_asks_and_however_it_is_written()
    {
        // Each time somebody else.
        async Task<Answered> Asks(string email)
        {
            var person = new ToldApplicant(platform, Applications.Company(), Api).Person;
            return await person.Send(HttpMethod.Put, Preferences, JsonContent.Create(new { channels = Both, email }), ("If-Match", (await person.Get(Preferences)).ETag));
        }
        foreach (var email in new[] { Email, "Chen@example.com", "chen@EXAMPLE.com", Email, Email })
            (await Asks(email)).Must(200);

        (await Asks("CHEN@example.com")).Refuses(429, "request.too-many");
        (await Asks("li@example.com")).Must(200);
    }

    [Fact]
    public async Task Whoever_unsubscribes_is_sent_what_is_decided_against_them_and_nothing_else_and_what_is_erased_goes_nowhere()
    {
        await Confirmed();
        await Accepted();
        var list = (await Letter(2)).Headers["List-Unsubscribe"]!;
        // As mail programs do it.
        var unsubscribed = await new Client(Api, null).Send(
            HttpMethod.Post, new Uri(list.Trim('<', '>')).AbsolutePath, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        unsubscribed.Must(200);
        Assert.Equal(["inbox"], (await Person.Get(Preferences)).Json.List("channels").Select(c => c.GetString()));

        await Accepted();
        var path = await Submitted();
        await Decides(path, "correction-notices", new { lines = new[] { new { material = (string?)null, text = "请写明经营范围。" } } });
        var act = await Letter(3);
        Assert.Equal(("请补正材料 · 一门通", null), (act.Subject, act.Headers["List-Unsubscribe"]));
        Assert.DoesNotContain("/mail/", act.TextBody, StringComparison.Ordinal);

        await Operator.Run<Caller>(_database, "erase", "--id", $"{NotificationPreferences.IdOf($"p_{_company["uscc"]}")}");
        await Decides(await Submitted(), "correction-notices", new { lines = new[] { new { material = (string?)null, text = "请写明经营范围。" } } });
        Assert.Equal((0, 0), (await _database.Count("select count(*) from onedoor.mail_readers"), await _database.Count("select count(*) from onedoor.mails")));
        Assert.Equal(404, (await new Client(Api, null).Get(new Uri(list.Trim('<', '>')).AbsolutePath)).Status);
    }

    [Fact] // what is taken and not recorded is sent once more, under the same id
    public async Task A_process_that_is_killed_between_handing_over_and_recording_is_followed_by_another_with_the_same_message()
    {
        await using var database = await platform.Template.Copy();
        (string, string)[] settings =
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", platform.Identity.Address.OriginalString), ("Store__ClockToleranceSeconds", "1000000000"), ("Mail__Host", "127.0.0.1"),
            ("Mail__Port", $"{_sink.Port}"), ("Mail__Tls", "None"), ("Mail__From", "noreply@onedoor.example"), ("Platform__Address", "https://onedoor.example/"), ("Mail__TimeoutSeconds", "1"),
        ];
        using var first = ChildProcess.Api(database.Connection, Port.Free(), settings);
        // Who came first sends.
        await first.Ready();
        using var second = ChildProcess.Api(database.Connection, Port.Free(), settings);
        var kills = 1;
        _sink.Answer = _ =>
        {
            if (Interlocked.Exchange(ref kills, 0) == 1)
                first.Kill().GetAwaiter().GetResult();
            return null;
        };
        _sink.Open();
        var person = platform.With(
            new() { ["sub"] = "p_chen", ["client_id"] = "mobile", ["scope"] = Scopes.NotificationsRead, [Claims.Applicant] = new ApplicantReference("person:1", "陈建国") }, first.Http, TimeProvider.System);
        (await person.Send(HttpMethod.Put, Preferences, JsonContent.Create(new { channels = Both, email = Email }), ("If-Match", (await person.Get(Preferences)).ETag))).Must(200);
        await Letter(1);
        await second.Ready();

        await Letter(2);
        await RunningPlatform.Until(async () => await database.Count("select count(*) from onedoor.mails where status = 'sent' and attempts = 2") == 1, "it is recorded", () => second.Output);
        Assert.Single(_sink.All.Select(letter => letter.MessageId).Distinct());
    }

    private void Start() => _servers.Add(platform.StartApi(
        _database, ("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{_sink.Port}"), ("Mail:Tls", "None"), ("Mail:From", "noreply@onedoor.example"), ("Platform:Address", "https://onedoor.example/")));

    private async Task Confirmed()
    {
        _sink.Open();
        await Says(new { channels = Both, email = Email });
        (await new Client(Api, null).Post(Link(await Letter(1)))).Must(200);
        await Until("sent", 1);
    }

    private async Task Says(object wanted) =>
        (await Person.Send(HttpMethod.Put, Preferences, JsonContent.Create(wanted), ("If-Match", (await Person.Get(Preferences)).ETag))).Must(200);

    private async Task<string> Submitted()
    {
        var application = Applications.For(Applications.Plain);
        application["applicant"] = _company;
        return (await platform.As(CaseJourney.Submitter).At(Api).Post("/v1/cases", application)).Must(201).Header("Location")!;
    }

    private async Task<string> Accepted()
    {
        var path = await Submitted();
        await Decides(path, "acceptance", new { });
        return path;
    }

    private async Task Decides(string path, string what, object body)
    {
        var lead = platform.As(Lead).At(Api);
        (await lead.Post($"{path}/{what}", body, ("If-Match", (await lead.Get(path)).ETag))).Must(200);
    }

    private async Task<MimeMessage> Letter(int n)
    {
        await RunningPlatform.Until(() => Task.FromResult(_sink.All.Count >= n), $"letter {n} has come", () => string.Join('\n', _sink.All.Select(letter => letter.Subject)));
        return _sink.All[n - 1];
    }

    private Task<long> Waiting(string which) => _database.Count(
        $"select count(*) from onedoor.mails where status = 'waiting' and {which.Replace("now", $"'{platform.Now.UtcDateTime:O}'", StringComparison.Ordinal)}");

    private Task Until(string status, int count) => RunningPlatform.Until(async () => await _database.Count($"select count(*) from onedoor.mails where status = '{status}'") == count, $"{count} are {status}");

    private static string Link(MimeMessage letter) => new Uri(Address().Match(letter.TextBody!).Value).AbsolutePath;

    [GeneratedRegex(@"https://onedoor\.example/mail/\S+")]
    private static partial Regex Address();
}
