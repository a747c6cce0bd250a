using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>Who is signed in as a citizen or an enterprise applies for themselves, under their own name and by themselves.</summary>
public sealed class OwnApplications(RunningPlatform platform)
{
    private static readonly ApplicantReference ZhangSan = new("person:11010519491231002X", "张三");

    private Client Citizen => platform.With(new()
    {
        ["sub"] = "p_1", ["client_id"] = "mobile", ["scope"] = $"{Scopes.CasesSubmit} {Scopes.CasesRead}", [Claims.Applicant] = ZhangSan,
    });

    [Fact]
    public async Task Who_is_signed_in_leaves_the_applicant_out()
    {
        var rest = (await Citizen.Post("/v1/cases", new { item = Applications.Plain, channel = "online", declaration = Applications.Declared, form = Applications.Answer(Applications.Plain), contact = Applications.Reached })).Must(201).Json.GetProperty("applicant");
        var graph = (await Citizen.Ask($"mutation Submit($form: JSON) {{ submitCase(input: {{ item: \"{Applications.Plain}\", channel: ONLINE, form: $form, contact: {{ phone: \"13900000000\" }}, declaration: {{ digest: \"{Applications.Declared.Digest}\", signatory: \"张三\" }} }}) {{ case {{ applicant {{ kind name citizenId }} }} }} }}", new { form = Applications.Answer(Applications.Plain) }))
            .GetProperty("submitCase").GetProperty("case").GetProperty("applicant");

        Assert.Equal(("person", "张三", "11010519491231002X"), (rest.Text("kind"), rest.Text("name"), rest.Text("citizenId")));
        Assert.Equal(("张三", "11010519491231002X"), (graph.Text("name"), graph.Text("citizenId")));
        (await Citizen.Post($"/v1/catalogue/items/{Applications.Plain}/preview", new { })).Must(200);
    }

    [Fact]
    public async Task The_application_through_which_somebody_applies_sees_what_they_applied_for()
    {
        Client Of(string application) => Holding(new() { ["sub"] = application, ["client_id"] = application, ["scope"] = $"{Scopes.CasesSubmit} {Scopes.CasesRead}" });
        Client Holding(Dictionary<string, object> claims) => platform.With(claims);
        var person = Holding(new() { ["sub"] = "p_of_an_app", ["client_id"] = "an-app", ["scope"] = Scopes.CasesSubmit, [Claims.Applicant] = ZhangSan });
        var id = (await person.Post("/v1/cases", new { item = Applications.Plain, channel = "online", declaration = Applications.Declared, form = Applications.Answer(Applications.Plain), contact = Applications.Reached })).Must(201).Json.Text("id");

        Assert.Equal([id], (await Of("an-app").Get("/v1/cases")).Must(200).Json.Each("items", "id"));
        Assert.Equal("13900000000", (await Of("an-app").Get($"/v1/cases/{id}")).Must(200).Json.GetProperty("contact").Text("phone"));
        (await Of("another-app").Get($"/v1/cases/{id}")).Refuses(404, "case.not-found");
        Assert.Empty((await Of("another-app").Get("/v1/cases")).Must(200).Json.Each("items", "id"));
        // What a person does is the person's.
        var seen = (await Of("an-app").Get($"/v1/cases/{id}")).Must(200);
        (await Of("an-app").Post($"/v1/cases/{id}/withdrawal", new { reason = "不办了。" }, ("If-Match", seen.ETag))).Refuses(403, "case.not-your-case");
    }

    [Fact] // ID-5
    public async Task Who_has_a_passport_applies_by_it_and_is_found_by_it()
    {
        var number = Applications.Company()["uscc"] + "P";
        var foreigner = platform.With(new()
        {
            ["sub"] = $"p_{number}", ["client_id"] = "mobile", ["scope"] = $"{Scopes.CasesSubmit} {Scopes.CasesRead}",
            [Claims.Applicant] = new ApplicantReference($"passport:USA:{number}", "Jane Doe"),
        });

        var own = (await foreigner.Post("/v1/cases", new { item = Applications.Plain, channel = "online", declaration = Applications.Declared, form = Applications.Answer(Applications.Plain), contact = Applications.Reached })).Must(201).Json;
        var application = Applications.For(Applications.Plain);
        application["applicant"] = new { kind = "person", name = "Jane Doe", identifier = new { kind = "passport", country = "US", number } };
        var other = (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Must(201).Json;

        Assert.Equal(("passport", "USA"), (own.GetProperty("applicant").GetProperty("identifier").Text("kind"), own.GetProperty("applicant").GetProperty("identifier").Text("country")));
        var found = (await platform.As(Department.ServiceOffice).Get("/v1/cases", (CaseFilter.ApplicantHeader, $"passport:USA:{number}"))).Must(200).Json.Each("items", "id");
        Assert.Equal(new[] { own.Text("id"), other.Text("id") }.Order(), found.Order());
        (await foreigner.Get($"/v1/cases/{other.Text("id")}")).Must(200);
        application["applicant"] = new { kind = "person", name = "Jane Doe", identifier = new { kind = "passport", country = "HK", number = "1" } };
        Assert.Equal(["/applicant/identifier/country", "/applicant/identifier/number"],
            (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Refuses(422, "applicant.country-invalid").Json.Each("errors", "pointer"));
    }

    [Fact]
    public async Task Another_name_and_a_channel_of_staff_are_refused_at_once()
    {
        var applicant = new { kind = "person", name = "王五", citizenId = "11010519491231002X" };
        var before = await platform.Database.Facts();

        var refused = (await Citizen.Post("/v1/cases", new { item = Applications.Plain, channel = "window", hall = "airport", applicant, declaration = Applications.Declared, form = Applications.Answer(Applications.Plain), contact = Applications.Reached })).Refuses(422, "case.name-not-registered");

        Assert.Equal([("/applicant/name", "case.name-not-registered"), ("/channel", "case.channel-of-staff")],
            refused.Json.List("errors").Select(e => (e.Text("pointer"), e.Text("code"))));
        Assert.DoesNotContain("张三", refused.Text, StringComparison.Ordinal);
        Assert.Equal(before, await platform.Database.Facts());
    }

    [Fact]
    public async Task Where_nobody_is_signed_in_the_applicant_is_named()
    {
        var customs = platform.As(Department.Customs);

        Assert.Equal("/applicant", Assert.Single((await customs.Post("/v1/cases", new { item = Applications.Plain, channel = "agency" }))
            .Refuses(400, "request.field-missing").Json.Each("errors", "pointer")));
        (await platform.Anybody.Post($"/v1/catalogue/items/{Applications.Plain}/preview", new { })).Refuses(400, "request.field-missing");
        Assert.Equal(["/item", "/applicant"], (await customs.Post("/v1/cases", new { item = "NOTHING", channel = "agency" }))
            .Refuses(422, "case.item-unknown").Json.Each("errors", "pointer"));
    }
}
