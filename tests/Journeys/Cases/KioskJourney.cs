using System.Text.Json;
using OneDoor.Clock;
using OneDoor.Licences;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>Kiosks by night and by day: people sign in at them by the device flow (KIOSK-1).</summary>
public sealed class KioskJourney(RunningPlatform platform)
{
    private const string TaxesPaid = "TAX-004-01", Insurance = "MEDI-002";

    [Fact]
    public async Task At_two_in_the_morning_a_matter_is_decided_where_kiosks_are_round_the_clock_and_the_rest_goes_on_when_the_hall_opens()
    {
        platform.PassUntilMonday();
        platform.Pass(TimeSpan.FromHours(16.5));
        using var kiosk = await Kiosk.In("airport", platform);
        var tokens = await kiosk.SignIn("citizen");
        var person = kiosk.For(tokens);

        var granted = (await person.Post("/v1/cases", At(TaxesPaid))).Must(201).Json;
        var received = (await person.Post("/v1/cases", At(Insurance))).Must(201).Json;

        Assert.Equal((2, "granted", "granted", "airport"), (platform.Now.Hour, granted.Text("status"), granted.List("steps").Single().Text("status"), granted.Text("hall")));
        Assert.True(granted.IsNull("window"));
        var decided = (await person.Get($"/v1/cases/{granted.Text("id")}/history")).Must(200).Json.List("items").Single(h => h.Text("type") == "step-granted");
        Assert.Equal(Case.UnattendedRule, decided.GetProperty("details").Text("rule"));
        Assert.Contains("无人审批规则", (await person.Get($"/v1/cases/{granted.Text("id")}/documents")).Must(200).Text, StringComparison.Ordinal);
        Assert.Equal(("submitted", "takeTicket", "/v1/halls/airport/tickets", Opening), Window(received));
        Assert.True((await person.Get($"/v1/cases/{received.Text("id")}")).Must(200).Json.IsNull("window"));
        Assert.Equal("submitted", (await person.Post("/v1/cases", At(TaxesPaid, "identity-proof"))).Must(201).Json.Text("status"));
        // What holds somebody up that a window can mend is no end either, and what nobody mends is.
        var undeclared = At(TaxesPaid);
        undeclared.Remove("declaration");
        Assert.Equal(Opening, (await person.Post("/v1/cases", undeclared)).Refuses(422, "case.declaration-missing").Json.GetProperty("instead").Instant("from"));
        var unknown = At(TaxesPaid);
        unknown["item"] = "NOTHING";
        Assert.False((await person.Post("/v1/cases", unknown)).Refuses(422, "case.item-unknown").Json.TryGetProperty("instead", out _));

        // The machine keeps nothing of whoever goes away: neither at its browser nor for longer than their token.
        Assert.Equal("/signin", await kiosk.LooksWhoIsSignedIn());
        Assert.Equal((600, false), (tokens.GetProperty("expires_in").GetInt32(), tokens.TryGetProperty("refresh_token", out _)));
        platform.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal(401, (await person.Get("/v1/cases")).Status);
    }

    [Fact]
    public async Task Elsewhere_kiosks_keep_their_halls_hours_and_a_window_takes_over_from_them()
    {
        platform.PassUntilMonday();
        platform.Pass(TimeSpan.FromHours(16.5));
        using var kiosk = await Kiosk.In("haigang", platform);
        var person = kiosk.For(await kiosk.SignIn("citizen"));

        var closed = (await person.Post("/v1/cases", At(TaxesPaid), ("Accept-Language", "en"))).Refuses(409, "case.kiosks-closed").Json;
        Assert.Equal(("takeTicket", "/v1/halls/haigang/tickets", Opening), Ticket(closed.GetProperty("instead")));
        Assert.Contains($"next from {Opening:yyyy-MM-dd HH:mm}. Open now are those of: Airport service hall.", closed.Text("detail"), StringComparison.Ordinal);
        const string Submit = "mutation($input: SubmitCaseInput!) { submitCase(input: $input) { case { window { operation path from } } problem { code instead { operation path from } } } }";
        Assert.Equal(Opening, (await person.Ask(Submit, new { input = Input(TaxesPaid) })).GetProperty("submitCase").GetProperty("problem").GetProperty("instead").Instant("from"));
        platform.PassUntil(Opening);
        person = kiosk.For(await kiosk.SignIn("citizen"));
        Assert.Equal("granted", (await person.Post("/v1/cases", At(TaxesPaid))).Must(201).Json.Text("status"));
        var received = (await person.Post("/v1/cases", At(Insurance))).Must(201).Json;

        Assert.Equal(("submitted", "takeTicket", "/v1/halls/haigang/tickets", (DateTimeOffset?)null), Window(received));
        Assert.True((await person.Ask(Submit, new { input = Input(Insurance) })).GetProperty("submitCase").GetProperty("case").GetProperty("window").IsNull("from"));
        var ticket = (await person.Post(received.GetProperty("window").Text("path"), new { item = Insurance })).Must(201).Json;
        Assert.Equal(("haigang", "tax-and-insurance", "waiting"), (ticket.Text("hall"), ticket.Text("group"), ticket.Text("status")));
        Assert.Equal(["airport"], (await platform.Anybody.Get("/v1/halls")).Must(200).Json.List("items").Where(hall => hall.GetProperty("kiosksRoundTheClock").GetBoolean()).Select(hall => hall.Text("code")));
    }

    /// <summary>LIC-2, LIC-7: whoever stands there holds what is printed.</summary>
    [Fact]
    public async Task Whoever_signs_in_at_a_kiosk_prints_a_licence_of_theirs_with_what_verifies_it_and_nobody_elses()
    {
        platform.PassUntilMonday();
        var own = await new GrantedLicences(platform, new() { ["kind"] = "person", ["name"] = "张三", ["citizenId"] = "990000199001010017" }).Granted("OFFC-020-02", Department.ServiceOffice);
        var anothers = await new GrantedLicences(platform, Applications.Company()).Granted();
        using var kiosk = await Kiosk.In("lingang", platform);
        var person = kiosk.For(await kiosk.SignIn("citizen"));

        Assert.Contains(own, (await person.Get("/v1/licences?first=100")).Must(200).Json.Each("items", "number"));
        Assert.StartsWith("%PDF-", (await person.Get($"/v1/licences/{own}/document")).Must(200).Text, StringComparison.Ordinal);
        Assert.StartsWith("<svg", (await person.Get($"/v1/licences/{own}/qr")).Must(200).Text, StringComparison.Ordinal);
        Assert.Contains("有效", (await platform.Anybody.Get($"/verify/{own}")).Must(200).Text, StringComparison.Ordinal);
        foreach (var part in new[] { "document", "qr" })
            (await person.Get($"/v1/licences/{anothers}/{part}")).Refuses(404, "licence.not-found");
    }

    // When the halls open on the day of the platform.
    private DateTimeOffset Opening => LegalClock.MidnightOf(LegalClock.DayOf(platform.Now)).AddHours(8.5);

    private static (string, string, string, DateTimeOffset?) Window(JsonElement @case)
    {
        var (operation, path, from) = Ticket(@case.GetProperty("window"));
        return (@case.Text("status"), operation, path, from);
    }

    private static (string, string, DateTimeOffset?) Ticket(JsonElement instead) =>
        (instead.Text("operation"), instead.Text("path"), instead.IsNull("from") ? null : instead.Instant("from"));

    private static Dictionary<string, object?> At(string item, params string[] without)
    {
        var application = Applications.For(item, without);
        application.Remove("applicant");
        application.Remove("hall");
        application["channel"] = "kiosk";
        return application;
    }

    private static Dictionary<string, object?> Input(string item)
    {
        var application = At(item);
        application["channel"] = "KIOSK";
        return application;
    }
}
