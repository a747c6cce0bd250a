using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OneDoor.Cases;
using OneDoor.Identity;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Upgrade;

/// <summary>What a release has stored, every later one answers in the same words and goes on with (CASE-8).</summary>
public sealed class LaterReleases
{
    // What an answer may have that the release's did not, and what may have changed in it, for one reader or for all; everything else is the same.
    private static readonly string[] Added = ["version", "href", "cancels", "releasedAt", "addedLines", "signBy", "withdrawalAgreedBy", "answerBy", "remindAt", "remindedAt", "extendedAt", "lapse", "extension", "delay", "legalBasis", "expectedUntil", "carriedOutBy", "overdueAt", "inspections", "thirdPartyNotices", "hearings", "declaration", "identifier", "nonAcceptance", "pledges", "refusal", "remedies", "form", "contact", "agent", "file", "files", "results", "greenChannel", "exemption", "commitment", "renewal", "awaitedFrom", "awaits", "waits", "handOvers", "notNeeded", "byLaw", "remarks", "window", "channel", "hall", "person", "calledOffAt"];
    private static readonly string[] Changed =
    [
        // Which licence proves a material is not told to whoever submitted the case for somebody else; nobody recorded then whether they knew.
        "customs proved.licence", "customs proved.number", "customs items.details.proved.licence", "customs items.details.proved.number",

        // The statute's remedy is told in the reader's language, not in both.
        "refusal.remedy", "items.details.refusal.remedy",
    ];

    [Theory]
    [InlineData("release-0.1.0")]
    public async Task Cases_of_a_release_are_read_and_decided_after_the_upgrade(string release)
    {
        var files = Path.Combine(AppContext.BaseDirectory, "Upgrade", release);
        await using var database = await Database.Empty();
        await database.Run(await File.ReadAllTextAsync($"{files}.sql", TestContext.Current.CancellationToken));
        await Operator.Run<IdentityHost>(database, "migrate");
        await Operator.Run<Caller>(database, "migrate");
        // After the release's facts and before today, when the newest edition comes into force.
        var then = new FakeTimeProvider(new DateTimeOffset(2026, 7, 1, 1, 30, 0, TimeSpan.Zero));
        await using var identity = RunningPlatform.StartIdentity(database, then);
        await using var api = RunningPlatform.StartApi(database, identity, then);
        await RunningPlatform.Ready(api.Http);
        var tokens = new IdentityClient(identity.Http, then);
        Client As(Department department, string scope = RunningPlatform.Clerk) => new(api.Http, () => tokens.Token($"sandbox-{Kebab.Of(department)}", scope));

        await AreAnsweredAsBefore(As, files);
        // Who reads moves nothing.
        var stored = (await As(Department.ServiceOffice, RunningPlatform.Auditor).Get("/v1/cases?first=1")).Must(200).Json.Each("items", "id")[0];
        (await As(Department.ServiceOffice, RunningPlatform.Auditor).Get($"/v1/cases/{stored}/proof")).Refuses(409, "proof.not-separated");
        // While it runs, and by two who do not know of each other.
        await Task.WhenAll(Operator.Run<Caller>(database, "separate"), Operator.Run<Caller>(database, "separate"));
        Assert.Equal(0, await database.Count("select count(*) from onedoor.mt_events where type <> 'item_published' and data::text similar to '%(天津|.pdf|归海关|另行办理|听证)%'"));
        (await As(Department.ServiceOffice, RunningPlatform.Auditor).Get($"/v1/cases/{stored}/proof")).Must(200);
        // CAT-4: where there was a catalogue, only today's edition is new, and cases stay on theirs.
        await Operator.Run<Caller>(database, "catalogue");
        await Operator.Run<Caller>(database, "catalogue");
        Assert.Equal((0, 409), (await database.Count("select count(*) from onedoor.mt_events where data -> 'item' ->> 'edition' = '2020-06'"),
            await database.Count("select count(*) from onedoor.mt_events where data -> 'item' ->> 'edition' = 'today'")));
        var recorded = await AreAnsweredAsBefore(As, files);

        // What cases are found by now, the release did not store.
        var office = As(Department.ServiceOffice);
        var changed = recorded.Where(r => r.Reader == Department.ServiceOffice && r.Path.EndsWith("/history", StringComparison.Ordinal))
            .OrderBy(r => r.Answer.List("items")[^1].Instant("at")).Select(r => r.Path.Split('/')[3]).ToArray();
        Assert.Equal(changed, (await office.Get("/v1/cases?sort=changed")).Must(200).Json.Each("items", "id"));
        foreach (var filter in new[] { "sort=due", "hall=airport", $"ids={string.Join(',', changed)}" })
            Assert.Equal(changed.Order(), (await office.Get($"/v1/cases?{filter}")).Must(200).Json.Each("items", "id").Order());

        var open = recorded.Last(r => r.Reader == Department.MarketRegulation && r.Path.Length == "/v1/cases/".Length + 36);
        Assert.Equal("accepted", open.Answer.Text("status"));
        var lead = As(Department.MarketRegulation);
        var tag = (await lead.Get(open.Path)).ETag;
        var application = Applications.For("SAMR-014", "business-licence-copy");
        application["applicant"] = open.Answer.GetProperty("applicant");
        // The release's own version is in force, which has no form.
        application.Remove("form");
        Assert.Single((await As(CaseJourney.Submitter).Post("/v1/cases", application)).Must(201).Json.List("proved"));
        (await lead.Post($"{open.Path}/steps/{open.Answer.List("steps")[0].Text("code")}/decision", new { outcome = "granted" }, ("If-Match", tag))).Must(200);
    }

    private static async Task<RecordedAnswer[]> AreAnsweredAsBefore(Func<Department, string, Client> @as, string files)
    {
        var recorded = JsonSerializer.Deserialize<RecordedAnswer[]>(
            await File.ReadAllTextAsync($"{files}.json", TestContext.Current.CancellationToken), PlatformJson.Options)!;
        List<string> differences = [];
        foreach (var (reader, path, before) in recorded)
        {
            // What the service office saw of every case then, only auditors see now (SIGHT-1).
            var now = (await @as(reader, reader == Department.ServiceOffice ? RunningPlatform.Auditor : RunningPlatform.Clerk).Get(path)).Must(200).Json;
            differences.AddRange(Differences(before, now, Kebab.Of(reader)).Select(d => $"{reader} {path}: {d}"));
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
        return recorded;
    }

    private static IEnumerable<string> Differences(JsonElement before, JsonElement now, string at)
    {
        if (before.ValueKind != now.ValueKind)
            return Differ();
        return before.ValueKind switch
        {
            JsonValueKind.Object =>
            [
                .. before.EnumerateObject().SelectMany(m => now.TryGetProperty(m.Name, out var value)
                    ? Differences(m.Value, value, Member(at, m.Name))
                    : [$"{Member(at, m.Name)} is gone"]),
                .. now.EnumerateObject().Where(m => !before.TryGetProperty(m.Name, out _) && !Added.Contains(m.Name)).Select(m => $"{Member(at, m.Name)} is new"),
            ],
            JsonValueKind.Array when before.GetArrayLength() == now.GetArrayLength() =>
                before.EnumerateArray().Zip(now.EnumerateArray()).SelectMany(pair => Differences(pair.First, pair.Second, at)),
            _ => JsonElement.DeepEquals(before, now) ? [] : Differ(),
        };

        IEnumerable<string> Differ() => Changed.Contains(at) || Changed.Contains(at[(at.IndexOf(' ', StringComparison.Ordinal) + 1)..]) ? [] : [$"{at} was {before} and is {now}"];
    }

    private static string Member(string at, string name) => at.Contains(' ', StringComparison.Ordinal) ? $"{at}.{name}" : $"{at} {name}";
}
