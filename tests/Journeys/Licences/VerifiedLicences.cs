using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Contracts;
using OneDoor.Platform;
using UglyToad.PdfPig;
using Xunit;

namespace OneDoor.Licences;

/// <summary>LIC-2, LIC-7: anybody verifies a licence, by its number or by what is printed of it, and learns nobody's name.</summary>
public sealed class VerifiedLicences(RunningPlatform platform)
{
    private const Department Issuer = Department.MarketRegulation;
    private static readonly object Grounds = new { reason = "存放过期气瓶。", legalBasis = "withholding-penalty" };

    private readonly Dictionary<string, object?> _company = Applications.Company();

    private string Keys => new Uri(platform.Api.Address, "/.well-known/jwks.json").AbsoluteUri;

    [Fact]
    public async Task The_signed_answer_says_how_a_licence_stands_and_is_nobodys_to_keep()
    {
        var number = await Granted();

        var answered = (await platform.Anybody.Get($"/v1/licences/{number}/verification")).Must(200);

        var said = answered.Json;
        Assert.Equal((number, "cylinder-filling-licence", "valid"), (said.Text("number"), said.GetProperty("kind").Text("code"), said.Text("status")));
        Assert.True(said.IsNull("paper"));
        Assert.Equal("no-store", answered.Header("Cache-Control"));
        Assert.DoesNotContain((string)_company["name"]!, answered.Text, StringComparison.Ordinal);
        Assert.DoesNotContain((string)_company["uscc"]!, answered.Text, StringComparison.Ordinal);
        var read = await Read("jwks", Keys, said.Text("token"), Flipped(said.Text("token")));
        Assert.Equal("onedoor-licence", read[0].Text("typ"));
        foreach (var member in said.EnumerateObject().Where(m => m.Name != "token"))
            Assert.Equal(member.Value.GetRawText(), read[0].GetProperty(member.Name).GetRawText());
        Assert.Equal(60 * 60, read[0].GetProperty("exp").GetInt64() - read[0].GetProperty("iat").GetInt64());
        Assert.Equal("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", read[1].Text("error"));

        await Done(number, "suspension");
        Assert.Equal("suspended", (await platform.Anybody.Get($"/v1/licences/{number}/verification")).Must(200).Json.Text("status"));
        (await platform.Anybody.Get("/v1/licences/SAMR-099-01-20200701-000001-1/verification")).Refuses(404, "licence.not-found");
        var asked = await platform.Anybody.Ask($$"""{ licenceVerification(number: "{{number}}") { status holder statusList { idx } } }""");
        Assert.Equal("SUSPENDED", asked.GetProperty("licenceVerification").Text("status"));
    }

    [Fact]
    public async Task What_is_printed_altered_invented_or_ended_says_so_and_none_tells_more()
    {
        var number = await Granted();
        var printed = await Printed(number);
        var (company, masked) = ((string)_company["name"]!, "有限公司");
        Assert.InRange(printed[(printed.IndexOf("token=", StringComparison.Ordinal) + 6)..].Length, 1, 300);
        Assert.Equal("matches", await Paper(printed));
        Assert.Equal("differs", await Paper(Flipped(printed)));
        var other = (await Printed(await Granted())).Split('?')[1];
        Assert.Equal("differs", await Paper($"{printed.Split('?')[0]}?{other}"));

        var genuine = (await platform.Anybody.Get(printed)).Must(200);
        Assert.Contains("真实有效", genuine.Text, StringComparison.Ordinal);
        Assert.Contains(masked, genuine.Text, StringComparison.Ordinal);
        Assert.Equal("no-store", genuine.Header("Cache-Control"));
        Assert.Contains("登记有此证照且有效", (await platform.Anybody.Get(printed.Split('?')[0])).Must(200).Text, StringComparison.Ordinal);
        var altered = (await platform.Anybody.Get(Flipped(printed))).Must(200).Text;
        Assert.Contains("不一致", altered, StringComparison.Ordinal);
        var invented = (await platform.Anybody.Get("/verify/SAMR-099-01-20200701-000001-1?" + other)).Must(404).Text;
        Assert.Contains("没有此文书或证照", invented, StringComparison.Ordinal);
        await Done(number, "cancellation");
        var ended = (await platform.Anybody.Get(printed)).Must(200).Text;
        Assert.Contains("本证照已注销", ended, StringComparison.Ordinal);
        foreach (var page in new[] { altered, invented, ended })
        {
            Assert.DoesNotContain(masked, page, StringComparison.Ordinal);
            Assert.DoesNotContain("气瓶", page, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(company, genuine.Text + altered + invented + ended, StringComparison.Ordinal);
    }

    [Fact] // SIGHT-1
    public async Task Of_a_confidential_licence_only_the_paper_tells()
    {
        const string Confidential = "SSEC-001-01";
        var application = Applications.For(Confidential);
        (application["applicant"], application["channel"]) = (_company, "window");
        var security = platform.As(Department.StateSecurity);
        var @case = await CaseJourney.Submitted(platform, application, Department.StateSecurity);
        (await @case.Accept(Department.StateSecurity)).Must(200);
        var number = (await @case.Grant(Department.StateSecurity, "decision")).Must(200).Json.Each("licences", "number").Single();
        var printed = await Printed(number, security);

        (await platform.Anybody.Get($"/v1/licences/{number}/verification")).Refuses(404, "licence.not-found");
        (await platform.Anybody.Get(printed.Split('?')[0])).Must(404);
        (await platform.Anybody.Get(Flipped(printed))).Must(404);
        Assert.Contains("真实有效", (await platform.Anybody.Get(printed)).Must(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_list_tells_offline_how_each_stands()
    {
        var numbers = await Task.WhenAll(Granted(), Granted(), Granted(), Granted());
        await Done(numbers[1], "suspension");
        await Done(numbers[2], "replacement");
        await Done(numbers[3], "cancellation");
        var places = await Task.WhenAll(numbers.Select(async n => (await platform.Anybody.Get($"/v1/licences/{n}/verification")).Must(200).Json.GetProperty("statusList")));

        // Whoever asked a moment before has it kept.
        platform.Pass(StatusLists.Freshness);
        var list = (await platform.Anybody.Get("/v1/licences/status-list")).Must(200);

        Assert.Equal(("application/statuslist+jwt", "no-store"), (list.Header("Content-Type"), list.Header("Cache-Control")));
        var read = await Read("status", [Keys, list.Text, .. places.Select(p => p.GetProperty("idx").GetRawText())]);
        Assert.Equal([0, 2, 11, 1], read.List("statuses").Select(s => s.GetInt32()));
        Assert.All(places, place => Assert.Equal(read.Text("sub"), place.Text("uri")));
    }

    [Fact] // LIC-7: time alone changes licences at midnight
    public async Task Nobody_relies_on_the_status_list_past_midnight()
    {
        await using var database = await platform.Template.Copy();
        var midnight = LegalClock.MidnightOf(LegalClock.DayOf(platform.Now).AddDays(1));
        var time = new FakeTimeProvider(midnight.AddMinutes(-10).ToUniversalTime());
        await using var api = RunningPlatform.StartApi(database, platform.Identity, time);

        var said = JsonElement.Parse(Base64Url.DecodeFromChars((await platform.Anybody.At(api.Http).Get("/v1/licences/status-list")).Must(200).Text.Split('.')[1]));

        Assert.Equal((midnight.ToUnixTimeSeconds(), 10 * 60), (said.GetProperty("exp").GetInt64(), said.GetProperty("ttl").GetInt32()));
        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        var last = await Issued();
        Assert.Equal(last, await Issued());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(midnight.ToUnixTimeSeconds(), await Issued());

        async Task<long> Issued() => JsonElement.Parse(Base64Url.DecodeFromChars((await platform.Anybody.At(api.Http).Get("/v1/licences/status-list")).Must(200).Text.Split('.')[1])).GetProperty("iat").GetInt64();
    }

    [Fact]
    public async Task The_paper_is_read_back_with_rare_characters_and_its_code_leads_to_its_page()
    {
        Assert.SkipUnless(File.Exists("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"), "Debian's font, which alone has them all, is not installed.");
        Assert.SkipUnless(File.Exists("/usr/bin/pdftoppm"), "Debian's poppler-utils is not installed.");
        _company["name"] = "天津𠮷祥·䶮𬭎气瓶充装有限公司";
        var number = await Granted();
        var drawn = (await platform.As(Issuer).Get($"/v1/licences/{number}/document")).Must(200);
        Assert.Equal("application/pdf", drawn.Header("Content-Type"));

        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (pdf, png) = (Path.Combine(folder.FullName, "licence.pdf"), Path.Combine(folder.FullName, "code.png"));
            await File.WriteAllBytesAsync(pdf, drawn.Bytes, TestContext.Current.CancellationToken);
            var picture = (await platform.As(Issuer).Get($"/v1/licences/{number}/qr", ("Accept", "image/png"))).Must(200);
            Assert.Equal("image/png", picture.Header("Content-Type"));
            await File.WriteAllBytesAsync(png, picture.Bytes, TestContext.Current.CancellationToken);

            var read = await Read("pdf", pdf);
            var code = new Uri(read.Text("code"));
            Assert.All(new[] { number, (string)_company["name"]!, (string)_company["uscc"]!, "有效期限" }, text => Assert.Contains(text, read.Text("text"), StringComparison.Ordinal));
            Assert.Equal($"/verify/{number}", code.AbsolutePath);
            Assert.Equal("matches", await Paper(code.PathAndQuery));
            Assert.Equal("matches", await Paper(new Uri((await Read("pictures", png))[0].GetString()!).PathAndQuery));
            var (exit, output, errors) = await OutsideTool.Run("verify.mjs", new Uri(platform.Api.Address, code.PathAndQuery).AbsoluteUri);
            Assert.True(exit == 0, output + errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_is_drawn_has_the_licences_tag_and_the_picture_that_was_asked_for()
    {
        var number = await Granted();
        var issuer = platform.As(Issuer);
        foreach (var path in new[] { $"/v1/licences/{number}/document", $"/v1/licences/{number}/qr" })
        {
            var tag = (await issuer.Get(path)).Must(200).ETag;
            (await issuer.Get(path, ("If-None-Match", tag))).Must(304);
            await Done(number, "suspension");
            Assert.NotEqual(tag, (await issuer.Get(path, ("If-None-Match", tag))).Must(200).ETag);
            await Done(number, "reinstatement", body: null);
        }
        // Who has as much drawn as they may is told all the same what takes no drawing.
        var (client, held) = ($"sandbox-{Kebab.Of(Issuer)}", (await issuer.Get($"/v1/licences/{number}/document")).Must(200).ETag);
        var drawers = platform.Api.Services.GetRequiredService<Drawers>();
        var places = Enumerable.Range(0, Drawers.PerSystem).Select(_ => drawers.Take(new Actor(client, client, Issuer))!).ToArray();
        try
        {
            (await issuer.Get($"/v1/licences/{number}/document")).Refuses(429, "request.too-many");
            (await issuer.Get($"/v1/licences/{number}/document", ("If-None-Match", held))).Must(304);
            (await issuer.Get("/v1/licences/NONE/document")).Refuses(404, "licence.not-found");
        }
        finally
        {
            foreach (var place in places)
                place.Dispose();
        }
        Assert.Equal("image/svg+xml", (await issuer.Get($"/v1/licences/{number}/qr", ("Accept", "image/*"))).Must(200).Header("Content-Type"));
        Assert.Equal("image/png", (await issuer.Get($"/v1/licences/{number}/qr", ("Accept", "image/svg+xml;q=0.1, image/png"))).Must(200).Header("Content-Type"));
        (await platform.As(Department.Tax).Get($"/v1/licences/{number}/document")).Refuses(404, "licence.not-found");
        (await platform.As(Department.Tax).Get($"/v1/licences/{number}/qr")).Refuses(404, "licence.not-found");
        _company["name"] = "天津\U0001F98A有限公司";
        (await issuer.Get($"/v1/licences/{await Granted()}/document")).Refuses(422, "document.not-drawable");
    }

    private Task<string> Granted() => new GrantedLicences(platform, _company).Granted();

    private Task<string> Done(string number, string command) => Done(number, command, Grounds);

    private Task<string> Done(string number, string command, object? body) => GrantedLicences.Done(platform, number, command, body);

    // Where its QR code leads, which on the PDF may be clicked as well.
    private async Task<string> Printed(string number, Client? reader = null)
    {
        using var file = PdfDocument.Open((await (reader ?? platform.As(Issuer)).Get($"/v1/licences/{number}/document")).Must(200).Bytes);
        return new Uri(Assert.Single(file.GetPages().SelectMany(page => page.GetHyperlinks())).Uri).PathAndQuery;
    }

    // What the register says of the paper whose code leads there.
    private async Task<string> Paper(string printed) =>
        (await platform.Anybody.Get($"/v1/licences/{printed.Split('?')[0].Split('/')[^1]}/verification?{printed.Split('?')[1]}")).Must(200).Json.Text("paper");

    private static async Task<JsonElement> Read(string what, params string[] given)
    {
        var (exit, output, errors) = await OutsideTool.Run("paper.mjs", [what, .. given]);
        Assert.True(exit == 0, errors);
        return JsonElement.Parse(output);
    }

    private static string Flipped(string @sealed) => @sealed[..^10] + (@sealed[^10] == 'A' ? 'B' : 'A') + @sealed[^9..];
}
