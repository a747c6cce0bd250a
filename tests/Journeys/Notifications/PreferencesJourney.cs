using System.Net.Http.Json;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Notifications;

/// <summary>How somebody wants to be told: their own, on the version they saw, through both doors.</summary>
public sealed class PreferencesJourney(RunningPlatform platform)
{
    private const string Preferences = "/v1/notification-preferences";

    private static readonly string[] Both = ["inbox", "email"], Inbox = ["inbox"], Email = ["email"];

    private readonly Client _person = new ToldApplicant(platform, Applications.Company()).Person;

    [Fact]
    public async Task Somebody_says_how_they_want_to_be_told_on_the_version_they_saw_and_nobody_else_sees_it()
    {
        var nothing = (await _person.Get(Preferences)).Must(200);
        Assert.Equal((0, "zh-CN", true), (nothing.Json.GetProperty("version").GetInt32(), nothing.Json.Text("language"), nothing.Json.IsNull("email")));

        // By what nobody sends here may be chosen, and is said.
        Assert.Equal(Inbox, nothing.Json.List("availableChannels").Select(channel => channel.GetString()));
        object wanted = new { channels = Both, email = "chen@example.com", quietHours = new { from = "22:00", until = "07:00" }, language = "en" };
        (await Put(wanted)).Refuses(428, "request.if-match-missing");
        var said = (await Put(wanted, nothing.ETag)).Must(200);
        Assert.Equal((1, "chen@example.com", true), (said.Json.GetProperty("version").GetInt32(), said.Json.Text("email"), said.Json.IsNull("emailConfirmedAt")));
        (await Put(new { channels = Inbox }, nothing.ETag)).Refuses(412, "request.stale");
        Assert.Equal(304, (await _person.Get(Preferences, ("If-None-Match", said.ETag))).Status);
        (await Put(new { channels = Email, email = "nobody", language = "fr" }, said.ETag)).Refuses(422, "notification-preferences.channels-invalid");

        var another = new ToldApplicant(platform, Applications.Company()).Person;
        Assert.Equal(nothing.Text, (await another.Get(Preferences)).Must(200).Text);

        var graph = await _person.Ask("""mutation { setNotificationPreferences(version: 1, input: { channels: [INBOX] }) { preferences { version channels email language } problem { code } } }""");
        Assert.Equal("""{"version":2,"channels":["INBOX"],"email":null,"language":"zh-CN"}""", graph.GetProperty("setNotificationPreferences").GetProperty("preferences").GetRawText());
        Assert.Equal(2, (await _person.Ask("{ notificationPreferences { version availableChannels quietHours { from } } }")).GetProperty("notificationPreferences").GetProperty("version").GetInt32());
    }

    [Fact] // erase would not know whose it is
    public async Task What_is_answered_under_a_key_nobody_reads_without_it()
    {
        const string email = "sealed@example.com";
        var key = ("Idempotency-Key", "preferences-of-a-phone");
        var seen = (await _person.Get(Preferences)).ETag;
        var said = (await Put(new { channels = Both, email }, seen, key)).Must(200);

        Assert.Equal(0, await platform.Database.Count($"select count(*) from onedoor.idempotent_answers where position('{email}'::bytea in body) > 0"));
        var again = (await Put(new { channels = Both, email }, seen, key)).Must(200);
        Assert.Equal((said.Text, said.ETag, "true"), (again.Text, again.ETag, again.Header("Idempotency-Replayed")));
    }

    [Fact]
    public async Task Departments_and_systems_have_none()
    {
        var staff = platform.With(new()
        {
            ["sub"] = "p_clerk", ["client_id"] = "desk", ["scope"] = Scopes.NotificationsRead, [Claims.Department] = Kebab.Of(Department.Tax),
        });

        (await staff.Get(Preferences)).Refuses(403, "notification-preferences.of-people");
        (await staff.Send(HttpMethod.Put, Preferences, JsonContent.Create(new { channels = Inbox }), ("If-Match", "\"1\""))).Refuses(403, "notification-preferences.of-people");
        Assert.True((await staff.Ask("{ notificationPreferences { version } }")).IsNull("notificationPreferences"));
    }

    private Task<Answered> Put(object body, string? seen = null, params (string, string)[] headers) =>
        _person.Send(HttpMethod.Put, Preferences, JsonContent.Create(body), seen is null ? headers : [("If-Match", seen), .. headers]);
}
