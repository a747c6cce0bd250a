using System.Text.Json;
using OneDoor.Catalogue;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>CAT-7, CASE-11, JOINT-4: a form is read, filled in, seen in shares, mended and offered again, through both doors.</summary>
public sealed class FormJourney(RunningPlatform platform)
{
    private const string Item = Applications.Plain;

    private static string Path(string item) => $"/v1/catalogue/items/{item}/form";

    private Client Company(string uscc, string scope = $"{Scopes.CasesSubmit} {Scopes.CasesRead}") => platform.With(new()
    {
        ["sub"] = $"e_{uscc}", ["client_id"] = "mobile", ["scope"] = scope, [Claims.Applicant] = new ApplicantReference($"legal-entity:{uscc}", "天津临港智造有限公司"),
    });

    [Fact] // CAT-7
    public async Task A_form_is_everybodys_in_the_language_they_read_and_kept_for_a_minute()
    {
        var english = (await platform.Anybody.Get(Path(Applications.Establishment), ("Accept-Language", "en"))).Must(200);
        var chinese = (await platform.Anybody.Get(Path(Applications.Establishment), ("Accept-Language", "zh-CN"))).Must(200);
        var graph = (await platform.Anybody.Ask($$"""{ form(code: "{{Applications.Establishment}}") none: form(code: "NOTHING") }"""));

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", english.Json.Text("$schema"));
        Assert.NotEqual(english.Json.Text("title"), chinese.Json.Text("title"));
        Assert.Equal("public, max-age=60", english.Header("Cache-Control"));
        (await platform.Anybody.Get(Path(Applications.Establishment), ("Accept-Language", "en"), ("If-None-Match", english.ETag))).Must(304);
        Assert.Equal("establishment", graph.GetProperty("form").GetProperty("x-onedoor").Text("form"));
        Assert.True(graph.IsNull("none"));
        Assert.Equal(2, english.Json.GetProperty("x-onedoor").GetProperty("version").GetInt32());
        (await platform.Anybody.Get(Path(Applications.Establishment) + "?version=1")).Must(200);
        (await platform.Anybody.Get(Path(Applications.Establishment) + "?version=9")).Refuses(404, "catalogue.version-not-found");
        (await platform.Anybody.Get(Path("SAMR-033"))).Refuses(404, "catalogue.form-not-found");
        (await platform.Anybody.Get(Path("NOTHING"))).Refuses(404, "catalogue.item-not-found");
    }

    [Fact] // CASE-11
    public async Task What_is_wrong_with_an_answer_is_told_at_once_through_both_doors()
    {
        var before = await platform.Database.Facts();
        var application = Applications.For(Item);
        application["form"] = new { colour = "red" };
        application["contact"] = new { phone = "1" };

        var refused = (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application, ("Accept-Language", "en"))).Must(422).Json;
        application.Remove("form");
        application.Remove("contact");
        (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Refuses(422, "case.form-missing");
        var input = new { item = Item, channel = "AGENCY", hall = "airport", applicant = new { kind = "LEGAL_ENTITY", name = "公司", uscc = Applications.FreshUscc() }, declaration = Applications.Declared, form = new { colour = "red" }, contact = Applications.Reached };
        var graph = (await platform.As(CaseJourney.Submitter).Ask("mutation M($input: SubmitCaseInput!) { submitCase(input: $input) { problem { code errors { pointer } } } }", new { input }))
            .GetProperty("submitCase").GetProperty("problem");

        Assert.Contains(("/form/colour", "form.field-unknown"), refused.List("errors").Select(e => (e.Text("pointer"), e.Text("code"))));
        Assert.Contains(("/contact/phone", "case.contact-invalid"), refused.List("errors").Select(e => (e.Text("pointer"), e.Text("code"))));
        Assert.Contains("/form/colour", graph.List("errors").Select(e => e.Text("pointer")).Select(pointer => pointer.Replace("/input", "", StringComparison.Ordinal)));
        Assert.Equal(before, await platform.Database.Facts());
    }

    [Fact] // CASE-11: as it was then, too
    public async Task A_notice_names_a_field_and_the_applicant_mends_it()
    {
        var uscc = Applications.FreshUscc();
        var application = Applications.For(Item);
        application["applicant"] = new { kind = "legal-entity", name = "天津临港智造有限公司", uscc };
        application["channel"] = "online";
        var submitted = (await Company(uscc).Post("/v1/cases", application)).Must(201);
        var (path, field) = (submitted.Header("Location")!, Applications.Answer(Item)!.Value.EnumerateObject().First());
        var lead = CatalogueData.Zone().First(item => item.Code == Item).Department;

        var noticed = (await platform.As(lead).Post($"{path}/correction-notices", new { lines = new[] { new { text = "请更正", field = $"/form/{field.Name}" } } }, ("If-Match", submitted.ETag))).Must(200);
        platform.PassUntil(platform.Now.AddMinutes(5));
        var mended = (await Company(uscc).Post($"{path}/materials", new { form = new Dictionary<string, JsonElement> { [field.Name] = field.Value } }, ("If-Match", noticed.ETag))).Must(200);
        var history = (await Company(uscc).Get($"{path}/history")).Must(200).Json.List("items");
        var then = (await Company(uscc).Get($"{path}?asOf={Uri.EscapeDataString(submitted.Json.Text("submittedAt"))}")).Must(200).Json;
        var graph = (await Company(uscc).Ask($"{{ case(id: \"{submitted.Json.Text("id")}\") {{ form contact {{ phone }} agent {{ name }} history {{ details {{ form }} }} }} }}")).GetProperty("case");

        Assert.Equal("submitted", mended.Json.Text("status"));
        Assert.Equal(field.Name, mended.Json.List("correctionNotices")[0].List("mended")[0].GetString());
        Assert.Equal(Applications.Reached.Phone, then.GetProperty("contact").Text("phone"));
        Assert.Equal(field.Name, history.Single(entry => entry.Text("type") == "materials-supplied").GetProperty("details").List("fields")[0].GetString());
        Assert.True(graph.GetProperty("form").TryGetProperty(field.Name, out _));
        Assert.True(graph.IsNull("agent"));
    }

    [Fact] // JOINT-4
    public async Task What_one_answered_is_offered_to_oneself_and_to_nobody_else()
    {
        var (own, other) = (Applications.FreshUscc(), Applications.FreshUscc());
        const string Place = """{"district":"airport","street":"西三道166号"}""";
        var application = Applications.For(Item);
        application["applicant"] = new { kind = "legal-entity", name = "天津临港智造有限公司", uscc = own };
        application["form"] = Forms.AnswerText.With(Applications.Answer(Item)!.Value, JsonSerializer.Deserialize<JsonElement>($"{{\"place\":{Place}}}"));
        application["agent"] = new { name = "李四", citizenId = "11010519491231002X" };
        var id = (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Must(201).Json.Text("id");

        var offered = (await Company(own).Get(Path(Item) + "?prefill=true")).Must(200);
        var graph = (await Company(own).Ask($$"""{ form(code: "{{Item}}", prefill: true) }""")).GetProperty("form");

        Assert.Equal(id, offered.Json.GetProperty("properties").GetProperty("place").GetProperty("x-onedoor").GetProperty("source").Text("case"));
        Assert.Equal(Place, offered.Json.GetProperty("properties").GetProperty("place").GetProperty("default").GetRawText());
        var besides = offered.Json.GetProperty("x-onedoor").GetProperty("offered");
        Assert.Equal((Applications.Reached.Phone, id), (besides.GetProperty("contact").GetProperty("value").Text("phone"), besides.GetProperty("contact").GetProperty("source").Text("case")));
        Assert.Equal("""{"name":"李四","citizenId":"11010519491231002X"}""", besides.GetProperty("agent").GetProperty("value").GetRawText());
        Assert.Equal("no-store", offered.Header("Cache-Control"));
        Assert.Equal(id, graph.GetProperty("properties").GetProperty("place").GetProperty("x-onedoor").GetProperty("source").Text("case"));
        foreach (var nobody in new[] { Company(other), platform.As(CaseJourney.Submitter) })
        {
            var seen = (await nobody.Get(Path(Item) + "?prefill=true")).Must(200);
            Assert.DoesNotContain("\"default\"", seen.Text, StringComparison.Ordinal);
            Assert.False(seen.Json.GetProperty("x-onedoor").TryGetProperty("offered", out _));
        }
        (await platform.Anybody.Get(Path(Item) + "?prefill=true")).Must(401);
        (await Company(own, Scopes.CasesSubmit).Get(Path(Item) + "?prefill=true")).Refuses(403, "auth.scope-missing");
    }
}
