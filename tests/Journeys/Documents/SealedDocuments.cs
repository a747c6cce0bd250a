using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Contracts;
using OneDoor.Licences;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Documents;

/// <summary>DOC-1: what authorities decide the applicant has in writing, numbered and sealed with the fact itself.</summary>
public sealed class SealedDocuments(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax;

    [Fact]
    public async Task Every_act_has_a_document_with_a_number_and_a_seal_that_anybody_can_verify()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        await @case.Grant((Lead, "licence"));
        (await @case.Supervise(Tax, "steps/invoices/decision", new { outcome = "refused", reason = "欠税未清", legalBasis = "税收征管法" })).Must(200);

        var documents = await Of(@case.Id, CaseJourney.Submitter);

        Assert.Equal(["acceptance", "grant", "refusal"], documents.Select(d => d.Text("act")));
        Assert.Equal([1, 2, 3], documents.Select(d => d.GetProperty("n").GetInt32()));
        Assert.Equal(["天津港保税区市场监督管理局", "天津港保税区市场监督管理局", "国家税务总局天津港保税区税务局"], documents.Select(d => d.Text("authority")));
        var keys = (await platform.Anybody.Get("/.well-known/jwks.json")).Must(200).Json.List("keys");
        var history = (await @case.History()).ToArray();
        foreach (var document in documents)
        {
            Assert.Equal($"sha-256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.Text("text"))))}", document.Text("textDigest"));
            var @sealed = Opened(document.Text("seal"), keys)!.Value;
            foreach (var member in new[] { "number", "act", "date", "authority", "textDigest" })
                Assert.Equal(document.Text(member), @sealed.Text(member));
            Assert.Equal((await @case.Now()).Text("number"), @sealed.Text("case"));
            Assert.EndsWith(document.Text("act") == "acceptance" ? "accepted" : document.Text("act") == "grant" ? "granted" : "refused", history[@sealed.GetProperty("version").GetInt32() - 1].Text("type"), StringComparison.Ordinal);
            Assert.Contains(document.Text("number"), document.Text("text"), StringComparison.Ordinal);
            var flipped = document.Text("seal").ToCharArray();
            flipped[flipped.Length / 2] = flipped[flipped.Length / 2] == 'A' ? 'B' : 'A';
            Assert.Null(Opened(new string(flipped), keys));
        }
        Assert.Contains("向国家税务总局天津市税务局（", documents[2].Text("text"), StringComparison.Ordinal);
        // As other people's software sees it.
        var (exit, said, errors) = await OutsideTool.Run(
            "seals.mjs", new Uri(platform.Api.Address, "/.well-known/jwks.json").AbsoluteUri, documents[0].Text("seal"), documents[0].Text("seal")[..^8] + "AAAAAAAA");
        Assert.True(exit == 0, errors);
        Assert.StartsWith("onedoor-document {\"number\":\"" + documents[0].Text("number"), said, StringComparison.Ordinal);
        Assert.EndsWith("\nERR_JWS_SIGNATURE_VERIFICATION_FAILED\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_law_accepted_is_told_in_writing_too()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        platform.PassUntil(@case.Receipt.Json.Instant("acceptBy") + Sweeps.Every);
        await RunningPlatform.Until(async () => await @case.Status() == "accepted", "the law has accepted it");

        Assert.Contains("视为受理", Assert.Single(await Of(@case.Id, CaseJourney.Submitter)).Text("text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "application/pdf")]
    [InlineData("*/*", "application/pdf")]
    [InlineData("text/html, application/json;q=0.5, */*;q=0.5", "application/pdf")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/pdf;q=0.5, application/json", "application/json")]
    public async Task One_is_a_pdf_unless_json_is_preferred(string? accept, string type)
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        var document = (await platform.As(Lead).Get($"{@case.Path}/documents/1", accept is null ? [] : [("Accept", accept)])).Must(200);
        Assert.StartsWith(type, document.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Fact] // JOINT-3
    public async Task A_department_sees_its_own_and_the_applicants_side_all()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        await @case.Grant((Lead, "licence"), (Tax, "invoices"));

        Assert.Equal(["acceptance", "grant"], (await Of(@case.Id, Lead)).Select(d => d.Text("act")));
        Assert.Equal([3], (await Of(@case.Id, Tax)).Select(d => d.GetProperty("n").GetInt32()));
        Assert.Empty(await Of(@case.Id, Department.PublicSecurity));
        (await platform.As(Tax).Get($"{@case.Path}/documents/3")).Must(200);
        (await platform.As(Tax).Get($"{@case.Path}/documents/1")).Refuses(404, "document.not-found");
        (await platform.As(Department.Fire).Get($"{@case.Path}/documents")).Refuses(404, "case.not-found");
        (await platform.As(Department.Fire).Get($"{@case.Path}/documents/1")).Refuses(404, "case.not-found");
        var asked = await platform.As(Tax).Ask($"{{ case(id: \"{@case.Id}\") {{ documents {{ n number act authority textDigest seal text }} }} }}");
        Assert.Equal((await Of(@case.Id, Tax))[0].Text("seal"), Assert.Single(asked.GetProperty("case").List("documents")).Text("seal"));
    }

    [Fact]
    public async Task Two_processes_number_and_seal_side_by_side()
    {
        await using var other = platform.StartApi(platform.Database);
        await RunningPlatform.Ready(other.Http);
        var cases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CaseJourney.Submitted(platform, Applications.Plain)));

        await Task.WhenAll(cases.Select(async (@case, i) =>
        {
            var lead = i % 2 == 0 ? platform.As(Lead) : platform.As(Lead).At(other.Http);
            (await lead.Post($"{@case.Path}/acceptance", null, ("If-Match", await @case.ETag()))).Must(200);
        }));

        var documents = (await Task.WhenAll(cases.Select(@case => Of(@case.Id, Lead)))).Select(Assert.Single).ToArray();
        Assert.Equal(cases.Length, documents.Select(d => d.Text("number")).Distinct().Count());
        var (here, there) = ((await platform.Anybody.Get("/.well-known/jwks.json")).Must(200).Text, (await platform.Anybody.At(other.Http).Get("/.well-known/jwks.json")).Must(200).Text);
        Assert.Equal(here, there);
        Assert.All(documents, d => Assert.NotNull(Opened(d.Text("seal"), JsonDocument.Parse(there).RootElement.List("keys"))));
    }

    [Fact] // BAR-1, JOINT-3: imposed by who supervises what another department granted
    public async Task Who_granted_a_licence_reads_the_bar_that_another_department_imposed()
    {
        const Department Fire = Department.Fire, Supervising = Department.MarketRegulation;
        var @case = await CaseJourney.Accepted(platform, "SAMR-011", Department.ServiceOffice);
        (await @case.Do(Fire, "inspections", Applications.Inspection(platform.Now, "fire-check"))).Must(200);
        var number = (await @case.Grant(Fire, "fire-check")).Must(200).Json.Each("licences", "number").Single();
        await GrantedLicences.Done(platform, number, "annulment-notice", new { facts = "检测报告系伪造。", legalBasis = "《行政许可法》第六十九条第二款", deceit = true }, Supervising);
        // Long holidays between them, five working days are over by then.
        platform.Pass(TimeSpan.FromDays(20));
        await GrantedLicences.Done(platform, number, "revocation", new { ground = "annulled", reason = "检测报告系伪造。", legalBasis = "《行政许可法》第六十九条第二款" }, Supervising);

        var bar = Assert.Single(await Of(@case.Id, Fire), d => d.Text("act") == "bar");
        Assert.Equal("天津港保税区市场监督管理局", bar.Text("authority"));
        Assert.Contains("三年内", (await platform.As(Fire).Get($"{@case.Path}/documents/{bar.GetProperty("n").GetInt32()}", ("Accept", "application/json"))).Must(200).Json.Text("text"), StringComparison.Ordinal);
        Assert.DoesNotContain(await Of(@case.Id, Department.Ecology), d => d.Text("act") == "bar");
    }

    [Fact]
    public async Task The_key_that_seals_is_another_after_a_year_and_what_the_former_sealed_is_verified_for_ever()
    {
        await using var database = await platform.Template.Copy();
        // The first key is made by a process of its own, which goes by the real clock.
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var api = RunningPlatform.StartApi(database, platform.Identity, time);
        var former = await Receipt();

        time.Advance(TimeSpan.FromDays(366));
        var ahead = await Receipt();
        time.Advance(TimeSpan.FromHours(25));
        var latter = await Receipt();
        time.Advance(TimeSpan.FromHours(25));

        var keys = (await platform.Anybody.At(api.Http).Get("/.well-known/jwks.json")).Must(200).Json.List("keys");
        Assert.All(new[] { former, ahead, latter }, seal => Assert.NotNull(Opened(seal, keys)));
        Assert.Equal(KeyOf(former), KeyOf(ahead));
        Assert.NotEqual(KeyOf(former), KeyOf(latter));
        // What seals no more is kept nowhere.
        await Receipt();
        Assert.Equal(0, await database.Count($"select count(*) from onedoor.mt_doc_signingkey where id = '{KeyOf(former)}' and data ->> 'protected' is not null"));
        Assert.Equal(1, await database.Count($"select count(*) from onedoor.mt_doc_signingkey where id = '{KeyOf(latter)}' and data ->> 'protected' is not null"));

        async Task<string> Receipt()
        {
            var by = platform.As(CaseJourney.Submitter, Scopes.CasesSubmit, api.Http, time);
            return (await by.Post("/v1/cases", Applications.ForDay(Applications.Plain, LegalClock.DayOf(time.GetUtcNow())))).Must(201).Header("OneDoor-Receipt")!;
        }

        static string KeyOf(string seal) => JsonDocument.Parse(Bytes(seal.Split('.')[0])).RootElement.Text("kid");
    }

    [Fact]
    public async Task Erased_the_text_is_gone_and_number_digest_and_seal_stay()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        var before = Assert.Single(await Of(@case.Id, Lead));

        await Operator.Run<Caller>(platform.Database, "erase", $"--id={@case.Id}");

        var after = Assert.Single(await Of(@case.Id, Lead));
        Assert.True(after.IsNull("text"));
        foreach (var member in new[] { "number", "act", "date", "authority", "textDigest", "seal" })
            Assert.Equal(before.Text(member), after.Text(member));
        Assert.Equal(0, await platform.Database.Count($"select count(*) from onedoor.documents where case_id = '{@case.Id}' and text is not null"));
    }

    private async Task<JsonElement[]> Of(string @case, Department reader) =>
        (await platform.As(reader).Get($"/v1/cases/{@case}/documents")).Must(200).Json.List("items");

    private static JsonElement? Opened(string seal, JsonElement[] keys)
    {
        var parts = seal.Split('.');
        try
        {
            var header = JsonDocument.Parse(Bytes(parts[0])).RootElement;
            var key = keys.Single(k => k.Text("kid") == header.Text("kid"));
            using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Bytes(key.Text("x")), Y = Bytes(key.Text("y")) } });
            return ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256) ? JsonDocument.Parse(Bytes(parts[1])).RootElement : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            return null;
        }
    }

    private static byte[] Bytes(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
