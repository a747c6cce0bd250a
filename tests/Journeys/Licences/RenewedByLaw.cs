using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;
using OneDoor.Supervision;
using Xunit;

namespace OneDoor.Licences;

/// <summary>CLK-7, LIC-5: a holder is told in time, asks for a renewal, and silence until the licence ends grants it: once, whatever number of processes runs.</summary>
public sealed class RenewedByLaw(RunningPlatform platform)
{
    private const Department Issuer = Department.MarketRegulation;
    private const string Renewal = "SAMR-028-02";

    private readonly Dictionary<string, object?> _company = Applications.Company();

    [Fact]
    public async Task A_licence_whose_renewal_nobody_answers_goes_on()
    {
        await using var database = await platform.Template.Copy();
        var (number, last) = await Granted(database);
        // The law takes a renewal until half a year before the end, and its holder is told a month before that.
        var then = new FakeTimeProvider(LegalClock.MidnightOf(last.AddDays(-200)).AddHours(10).ToUniversalTime());
        await using var one = RunningPlatform.StartApi(database, platform.Identity, then);
        await using var other = RunningPlatform.StartApi(database, platform.Identity, then);
        await RunningPlatform.Ready(one.Http);
        await RunningPlatform.Ready(other.Http);
        Client As(Department whose, InProcess<Caller> api) => platform.As(whose, $"{RunningPlatform.Clerk} {Scopes.EventsRead}", api.Http, then);
        then.Advance(Sweeps.Every);
        await RunningPlatform.Until(async () => await Facts(database, "licence_expiring") == 1, "its holder is told");

        var application = Applications.Renewing(number, Applications.ForDay(Renewal, LegalClock.DayOf(then.GetUtcNow())));
        application["applicant"] = _company;
        var asked = (await As(CaseJourney.Submitter, one).Post("/v1/cases", application)).Must(201);
        Assert.Equal((true, "submitted"), (asked.Json.GetProperty("renewal").GetProperty("awaited").GetBoolean(), asked.Json.Text("status")));
        (await As(CaseJourney.Submitter, one).Post("/v1/cases", application)).Refuses(422, "renewal.already-asked");
        var path = asked.Header("Location")!;
        var accepted = (await As(Issuer, other).Post($"{path}/acceptance", null, ("If-Match", (await As(Issuer, other).Get(path)).ETag))).Must(200).Json;
        then.Advance(accepted.GetProperty("clock").GetProperty("promised").Instant("dueAt").AddHours(-1) - then.GetUtcNow());
        await RunningPlatform.Until(async () => await Facts(database, "case_due_soon") == 1, "whoever has the step open is told");

        // One of the two is gone when the day comes.
        await other.DisposeAsync();
        then.Advance(LegalClock.MidnightOf(last.AddDays(1)) + Sweeps.Every - then.GetUtcNow());
        await RunningPlatform.Until(async () => await Facts(database, "licence_renewal_deemed") == 1 && await Facts(database, "renewal_deemed") == 1, "it is renewed by law");

        var licence = (await As(Issuer, one).Get($"/v1/licences/{number}")).Must(200).Json;
        Assert.Equal(("valid", last.AddYears(4).ToString("O", CultureInfo.InvariantCulture)), (licence.Text("status"), licence.Text("validUntil")));
        Assert.Equal(
            ["licence-issued", "licence-expiring", "licence-renewal-awaited", "licence-renewal-deemed"], (await As(Issuer, one).Get($"/v1/licences/{number}/history")).Must(200).Json.Each("items", "type"));
        var @case = (await As(CaseJourney.Submitter, one).Get(path)).Must(200).Json;
        Assert.Equal(("granted", number), (@case.Text("status"), @case.GetProperty("renewal").Text("licence")));
        // Two processes looked a while after that.
        Assert.Equal((LegalClock.MidnightOf(last.AddDays(1)), false), (@case.GetProperty("renewal").Instant("deemedAt"), @case.GetProperty("renewal").TryGetProperty("awaited", out _)));
        Assert.Contains("renewal-deemed", (await As(Issuer, one).Get($"{path}/history")).Must(200).Json.Each("items", "type"));
        var told = (await As(Issuer, one).Get("/v1/events?first=1000&types=onedoor.licence.*,onedoor.case.renewal-deemed,onedoor.case.due-soon")).Must(200).Json.Each("items", "type");
        Assert.Superset(new HashSet<string>(["onedoor.licence.expiring", "onedoor.licence.renewal-awaited", "onedoor.licence.renewal-deemed", "onedoor.case.renewal-deemed", "onedoor.case.due-soon"]), told.ToHashSet());
    }

    [Fact]
    public async Task A_licence_whose_renewal_is_refused_ends_and_one_that_is_revoked_is_not_renewed()
    {
        await using var database = await platform.Template.Copy();
        var (number, last) = await Granted(database);
        var then = new FakeTimeProvider(LegalClock.MidnightOf(last.AddDays(-200)).AddHours(10).ToUniversalTime());
        await using var api = RunningPlatform.StartApi(database, platform.Identity, then);
        await RunningPlatform.Ready(api.Http);
        Client As(Department whose, string scope = RunningPlatform.Supervisor) => platform.As(whose, scope, api.Http, then);
        Task<Answered> Apply() => As(CaseJourney.Submitter, RunningPlatform.Clerk).Post("/v1/cases", new Dictionary<string, object?>(Applications.Renewing(number, Applications.ForDay(Renewal, LegalClock.DayOf(then.GetUtcNow())))) { ["applicant"] = _company });
        async Task<string> Last() => (await As(Issuer).Get($"/v1/licences/{number}/history")).Must(200).Json.Each("items", "type").Last();
        var path = (await Apply()).Must(201).Header("Location")!;
        async Task Do(Client who, string at, object? body) => (await who.Post(at, body, ("If-Match", (await who.Get(at[..at.LastIndexOf('/')])).Must(200).ETag))).Must(200);

        await Do(As(CaseJourney.Submitter, RunningPlatform.Clerk), $"{path}/withdrawal", null);
        Assert.Equal("licence-renewal-answered", await Last());
        // What a clerk finds to be a renewal was asked for when it was submitted.
        var sent = (await As(CaseJourney.Submitter, RunningPlatform.Clerk).Post("/v1/cases", new Dictionary<string, object?>(Applications.ForDay(Applications.Plain, LegalClock.DayOf(then.GetUtcNow()))) { ["applicant"] = _company })).Must(201).Header("Location")!;
        await Do(As(Issuer), $"{sent}/referrals", new { kind = "item", item = Renewal, reason = "应为延续。" });
        Assert.Equal((number, "licence-renewal-awaited"), ((await As(Issuer).Get(sent)).Must(200).Json.GetProperty("renewal").Text("licence"), await Last()));
        await Do(As(CaseJourney.Submitter, RunningPlatform.Clerk), $"{sent}/withdrawal", null);
        // To the item of first issues, and back, and there again, where nobody accepts it in time.
        var moved = (await Apply()).Must(201).Header("Location")!;
        await Do(As(Issuer), $"{moved}/referrals", new { kind = "item", item = Applications.Plain, reason = "应为新办。" });
        (await Apply()).Refuses(422, "renewal.already-asked");
        await Do(As(Issuer), $"{moved}/referrals", new { kind = "item", item = Renewal, reason = "仍为延续。" });
        Assert.Equal("licence-renewal-awaited", await Last());
        await Do(As(Issuer), $"{moved}/referrals", new { kind = "item", item = Applications.Plain, reason = "确为新办。" });
        then.Advance(TimeSpan.FromDays(15));
        await RunningPlatform.Until(async () => await Facts(database, "renewal_voided") == 1, "it is accepted for the other item");
        Assert.Equal("licence-renewal-answered", await Last());
        var again = (await Apply()).Must(201).Header("Location")!;
        await Do(As(Issuer), $"/v1/licences/{number}/cancellation", new { reason = "停业。", legalBasis = "《行政许可法》第七十条" });

        var @case = (await As(Issuer).Get(again)).Must(200).Json;
        Assert.Equal((true, "submitted"), (@case.IsNull("renewal"), @case.Text("status")));
        Assert.Contains("renewal-voided", (await As(Issuer).Get($"{again}/history")).Must(200).Json.Each("items", "type"));
    }

    [Fact] // SUP-1: what nobody examined is looked into as every grant is
    public async Task What_is_renewed_by_law_reaches_who_supervises_it()
    {
        await using var database = await platform.Template.Copy();
        var (number, last) = await Granted(database, "OFFC-013-01", Department.ServiceOffice);
        var then = new FakeTimeProvider(LegalClock.MidnightOf(last.AddDays(-100)).AddHours(10).ToUniversalTime());
        await using var api = RunningPlatform.StartApi(database, platform.Identity, then);
        await RunningPlatform.Ready(api.Http);
        var application = Applications.Renewing(number, Applications.ForDay("OFFC-013-03", LegalClock.DayOf(then.GetUtcNow())));
        application["applicant"] = _company;
        var asked = (await platform.As(CaseJourney.Submitter, RunningPlatform.Clerk, api.Http, then).Post("/v1/cases", application)).Must(201);

        then.Advance(LegalClock.MidnightOf(last.AddDays(1)) + Sweeps.Every - then.GetUtcNow());
        await RunningPlatform.Until(async () => await Facts(database, "renewal_deemed") == 1, "it is renewed by law");

        var head = platform.As(Department.HumanResources, Scopes.SupervisionHandle, api.Http, then);
        var task = (await head.Get($"/v1/supervision-tasks/{SupervisionTask.IdOf(Guid.Parse(asked.Json.Text("id")), number)}")).Must(200);
        Assert.Equal(("opened", number, LegalClock.MidnightOf(last.AddDays(1))), (task.Json.Text("status"), task.Json.Text("licence"), task.Json.Instant("openedAt")));
        (await head.Post($"/v1/supervision-tasks/{task.Json.Text("id")}/finding", new { outcome = "in-order" }, ("If-Match", task.ETag))).Must(200);
        Assert.Equal(1, await Facts(database, "renewal_inspected"));
    }

    private async Task<(string Number, DateOnly Last)> Granted(Database database, string item = Applications.Plain, Department by = Issuer)
    {
        await using var api = platform.StartApi(database);
        var (customs, issuer) = (platform.As(CaseJourney.Submitter).At(api.Http), platform.As(by).At(api.Http));
        var application = Applications.For(item);
        application["applicant"] = _company;
        var path = (await customs.Post("/v1/cases", application)).Must(201).Header("Location")!;
        (await issuer.Post($"{path}/acceptance", null, ("If-Match", (await issuer.Get(path)).ETag))).Must(200);
        var granted = (await issuer.Post($"{path}/steps/decision/decision", new { outcome = "granted" }, ("If-Match", (await issuer.Get(path)).ETag))).Must(200).Json;
        var number = granted.Each("licences", "number").Single();
        return (number, DateOnly.Parse((await issuer.Get($"/v1/licences/{number}")).Must(200).Json.Text("validUntil"), CultureInfo.InvariantCulture));
    }

    private static Task<long> Facts(Database database, string type) => database.Count($"select count(*) from onedoor.mt_events where type = '{type}'");
}
