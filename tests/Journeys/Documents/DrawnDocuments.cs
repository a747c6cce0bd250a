using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Cases;
using OneDoor.Contracts;
using OneDoor.Licences;
using OneDoor.Platform;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;
using Xunit;

namespace OneDoor.Documents;

/// <summary>DOC-1: a document as PDF, with names as people have them, and the page its QR code leads to.</summary>
public sealed class DrawnDocuments(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;
    private static readonly string[] LicenceActs =
    [
        "suspension", "reinstatement", "revocation-notice", "hearing", "extension", "notice-withdrawal", "revocation-notice", "annulment", "bar", "cancellation",
        "replacement", "revocation-notice", "recall", "revocation-notice", "penalty", "bar",
    ];

    private static readonly (string, string) Pdf = ("Accept", "application/pdf");

    [Fact]
    public async Task Its_text_is_read_back_with_rare_characters_too()
    {
        Assert.SkipUnless(File.Exists("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"), "Debian's font, which alone has them all, is not installed.");
        const string name = "天津𠮷祥·䶮𬭎（买买提·吐尔逊）Żółw 有限公司";
        var document = await Of(name);

        var drawn = (await platform.As(Lead).Get(document, Pdf)).Must(200);

        var text = (await platform.As(Lead).Get(document, ("Accept", "application/json"))).Must(200).Json.Text("text");
        Assert.Equal(Bare(text), Bare(TextOf(drawn.Bytes)), ignoreCase: false);
        using var file = PdfDocument.Open(drawn.Bytes);
        Assert.All(file.GetPages().SelectMany(page => page.Letters), letter => Assert.Matches("^[A-Z]{6}\\+", letter.FontName!)); // an embedded subset
        Assert.InRange(drawn.Bytes.Length, 1, 300_000);
    }

    [Fact]
    public async Task Of_every_act_there_is_one_to_look_at()
    {
        var (reader, establishment) = (platform.As(CaseJourney.Submitter), await CaseJourney.Submitted(platform, Applications.Establishment, "premises-proof"));
        await establishment.OthersMissNothing(Lead);
        (await establishment.Do(Lead, "correction-notices", new { lines = new[] { new { material = "premises-proof", text = "租赁合同缺出租方签字，请补签后重新提交。" } } })).Must(200);
        (await establishment.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material("premises-proof") } })).Must(200);
        (await establishment.Accept(Lead)).Must(200);
        (await establishment.Supervise(Lead, "extension", new { by = new { value = 3, unit = "working-days" }, reason = "专家意见不一致，须进一步核实" })).Must(200);
        await establishment.Grant((Lead, "licence"), (Department.PublicSecurity, "seals"), (Department.SocialSecurity, "social-security-registration"));
        (await establishment.Supervise(Department.Tax, "steps/invoices/decision", new { outcome = "refused", reason = "存在欠税未结清。", legalBasis = "《中华人民共和国税收征收管理法》第四十五条", remedy = "也可向办税服务厅说明情况。" })).Must(200);
        var plain = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        (await plain.Supervise(Lead, "refusal", new { reason = string.Concat(Enumerable.Repeat("场所不符合法定条件，经现场核查消防通道不足。", 40)), legalBasis = "《中华人民共和国行政许可法》第三十八条第二款" })).Must(200);

        var heard = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        (await heard.Do(Lead, "pauses", Applications.Pause(platform.Now.AddDays(30), "鉴定评审"))).Must(200);
        (await heard.Do(Lead, "pauses/1/end")).Must(200);
        (await heard.Do(Lead, "third-party-notices", new { step = "decision", until = $"{platform.Now.AddDays(14):yyyy-MM-dd}", parties = new[] { new { name = "业主委员会" } } })).Must(200);
        (await heard.Do(Lead, "hearings", new { step = "decision", ground = "requested", heldOn = $"{EntitledRequests.HearingDay(platform.Now):yyyy-MM-dd}", place = "空港大厅204室", presider = new { id = "003", name = "赵敏" } })).Must(200);
        var turnedAway = await CaseJourney.Submitted(platform, Applications.Plain);
        (await turnedAway.Supervise(Lead, "non-acceptance", new { kind = "no-licence-needed", reason = "该事项依法不需要取得行政许可。" })).Must(200);
        var unanswered = await new EntitledRequests(platform).Overdue();
        (await unanswered.Supervise(Lead, "lapse", new { reason = "逾期未补正" })).Must(200);

        List<string> acts = [];
        foreach (var @case in new[] { establishment, plain, heard, turnedAway, unanswered })
        {
            foreach (var document in (await reader.Get($"{@case.Path}/documents")).Must(200).Json.List("items"))
            {
                acts.Add(document.Text("act"));
                var drawn = (await reader.Get($"{@case.Path}/documents/{document.GetProperty("n").GetInt32()}", Pdf)).Must(200);
                Assert.Equal(Bare(document.Text("text")), Bare(TextOf(drawn.Bytes)));
                if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
                    await File.WriteAllBytesAsync(Path.Combine(folder, $"{acts.Count:00}-{document.Text("act")}.pdf"), drawn.Bytes, TestContext.Current.CancellationToken);
            }
        }
        Assert.Equal(
            ["correction-notice", "acceptance", "extension", "grant", "grant", "grant", "refusal", "acceptance", "refusal", "acceptance", "special-procedure", "third-party-notice", "hearing", "special-procedure", "non-acceptance", "correction-notice", "lapse"], acts);
        Assert.Equal(Enum.GetValues<DocumentAct>().Select(Kebab.Of).Order(), acts.Concat(LicenceActs).Distinct().Order());
    }

    [Fact] // LIC-6, BAR-1: what ends a licence, and who may not apply again
    public async Task Of_every_act_on_a_licence_there_is_one_for_who_sees_it()
    {
        var head = platform.As(Lead, RunningPlatform.Supervisor);
        var (deceived, other, penal) = (new GrantedLicences(platform, Applications.Company()), new GrantedLicences(platform, Applications.Company()), new GrantedLicences(platform, Applications.Company()));
        object grounds = new { reason = "充装记录虚假。", legalBasis = "《特种设备安全法》第八十三条" };
        var first = await deceived.Granted();
        var started = platform.Now;
        platform.Pass(TimeSpan.FromMinutes(1));
        foreach (var (command, body) in new[]
        {
            ("suspension", new { reason = "充装记录虚假。", legalBasis = "withholding-penalty" }), ("reinstatement", null), ("annulment-notice", new { facts = "充装记录虚假。", legalBasis = "《行政许可法》第六十九条" }), ("hearings", deceived.Hearing),
            ("annulment-notice/extension", new { reason = "尚须核实。" }), ("annulment-notice/withdrawal", new { reason = "记录属实。" }),
            ("annulment-notice", new { facts = "以伪造的检验报告取得许可。", legalBasis = "《行政许可法》第六十九条第二款", deceit = true }),
        })
            await deceived.Done(first, command, body);
        var second = (await head.Get($"/v1/licences/{await other.Done(await other.Granted(), "replacement", grounds)}")).Must(200).Json;
        await other.Done(second.Text("replacedBy"), "annulment-notice", new { ground = "recalled", facts = "规划已修改。", legalBasis = "《行政许可法》第八条" });
        var third = await penal.Done(await penal.Granted(), "annulment-notice", new { ground = "penalty", facts = "充装过期气瓶。", legalBasis = "《特种设备安全法》第八十五条" });
        // Long holidays between them, five working days are over by then.
        platform.Pass(TimeSpan.FromDays(20));
        await deceived.Done(first, "revocation", new { ground = "annulled", reason = "检验报告系伪造。", legalBasis = "《行政许可法》第六十九条第二款" });
        await deceived.Done(first, "cancellation", grounds);
        await other.Done(second.Text("replacedBy"), "revocation", new { ground = "recalled", reason = "规划已修改。", legalBasis = "《行政许可法》第八条" });
        await penal.Done(third, "revocation", new { ground = "penalty", reason = "充装过期气瓶。", legalBasis = "《特种设备安全法》第八十五条" });

        List<string> acts = [];
        var @case = (await head.Get($"/v1/licences/{first}")).Must(200).Json.Text("case");
        foreach (var path in new[] { $"/v1/licences/{first}", $"/v1/licences/{second.Text("number")}", $"/v1/licences/{second.Text("replacedBy")}", $"/v1/licences/{third}", $"/v1/cases/{@case}" })
        {
            foreach (var document in (await head.Get($"{path}/documents")).Must(200).Json.List("items").Where(d => path.Contains("licences", StringComparison.Ordinal) || d.Text("act") == "bar"))
            {
                acts.Add(document.Text("act"));
                var drawn = (await head.Get($"{path}/documents/{document.GetProperty("n").GetInt32()}", Pdf)).Must(200);
                Assert.Equal(Bare(document.Text("text")), Bare(TextOf(drawn.Bytes)));
                Assert.Contains("登记有此文书", (await platform.Anybody.Get("/verify/" + Uri.EscapeDataString(document.Text("number")))).Must(200).Text, StringComparison.Ordinal);
                if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
                    await File.WriteAllBytesAsync(Path.Combine(folder, $"licence-{acts.Count:00}-{document.Text("act")}.pdf"), drawn.Bytes, TestContext.Current.CancellationToken);
            }
        }
        Assert.Equal(LicenceActs, acts);
        (await platform.As(Department.Tax).Get($"/v1/licences/{first}/documents")).Refuses(404, "licence.not-found");
        (await platform.As(Department.Tax).Get($"/v1/licences/{first}/documents/1")).Refuses(404, "licence.not-found");
        (await head.Get($"/v1/licences/{first}/documents/99")).Refuses(404, "document.not-found");
        // REM-1: what can be done against the bar stands in the case as well.
        Assert.Contains("bar", (await head.Get($"/v1/cases/{@case}")).Must(200).Json.Each("remedies", "act"));
        var asked = await head.Ask($$"""{ licence(number: "{{first}}") { documents { n act seal } } documentOfLicence(number: "{{first}}", n: 1) { act text } past: licence(number: "{{first}}", asOf: "{{started:O}}") { documents { n } } }""");
        Assert.Equal(LicenceActs.Take(10), asked.GetProperty("licence").Each("documents", "act").Select(act => act.ToLowerInvariant().Replace('_', '-')));
        Assert.Empty(asked.GetProperty("past").List("documents"));
        Assert.Contains("暂扣你单位持有的", asked.GetProperty("documentOfLicence").Text("text"), StringComparison.Ordinal);

        await Operator.Run<Caller>(platform.Database, "erase", $"--id={Licence.IdOf(first)}");
        // The bar's is its case's.
        var left = (await head.Get($"/v1/licences/{first}/documents")).Must(200).Json.List("items");
        Assert.Equal(LicenceActs.Take(10), left.Select(document => document.Text("act")));
        Assert.All(left.Where(document => document.Text("act") != "bar"), document => Assert.True(document.IsNull("text")));
    }

    [Fact] // DOC-1: whoever does not see it hears it in its order
    public async Task It_is_tagged_so_that_it_is_read_out_with_its_title_and_language()
    {
        using var file = PdfDocument.Open((await platform.As(Lead).Get(await Of("天津朗读有限公司"), Pdf)).Must(200).Bytes);

        var catalog = file.Structure.Catalog.CatalogDictionary;
        Assert.Equal("true", Part(catalog, "MarkInfo").Data["Marked"].ToString(), ignoreCase: true);
        Assert.Equal("zh-CN", ((StringToken)catalog.Data["Lang"]).Data);
        Assert.Equal("true", Part(catalog, "ViewerPreferences").Data["DisplayDocTitle"].ToString(), ignoreCase: true);
        Assert.Contains("受理", file.Information.Title, StringComparison.Ordinal);
        var tags = Elements(Part(catalog, "StructTreeRoot")).ToArray();
        Assert.Equal(["Document", "P", "H1", "P"], tags[..4]);
        Assert.Equal(["Figure", "Link", "P", "P", "P"], tags[^5..]);
        // All of the text is in what is tagged.
        var page = file.GetPage(1);
        Assert.Equal(page.Letters.Count, page.GetMarkedContents().Sum(content => content.Letters.Count));

        IToken Found(IToken token) => token is IndirectReferenceToken there ? file.Structure.GetObject(there.Data).Data : token;

        DictionaryToken Part(DictionaryToken of, string name) => (DictionaryToken)Found(of.Data[name]);

        IEnumerable<string> Elements(DictionaryToken element)
        {
            if (element.Data.TryGetValue("S", out var tag))
                yield return ((NameToken)tag).Data;
            if (!element.Data.TryGetValue("K", out var children))
                yield break;
            foreach (var child in Found(children) is ArrayToken several ? several.Data : [children])
            {
                foreach (var below in Found(child) is DictionaryToken next ? Elements(next) : [])
                    yield return below;
            }
        }
    }

    [Fact]
    public async Task Its_tag_is_the_documents_and_nobody_else_keeps_it()
    {
        var document = await Of("天津标签有限公司");

        var first = (await platform.As(Lead).Get(document, Pdf)).Must(200);
        Assert.Equal("application/pdf", first.Header("Content-Type"));
        Assert.Equal("no-store, private", first.Header("Cache-Control"));
        Assert.StartsWith("inline; filename*=UTF-8", first.Header("Content-Disposition"), StringComparison.Ordinal);
        (await platform.As(Lead).Get(document, Pdf, ("If-None-Match", first.Header("ETag")!))).Must(304);
        Assert.Equal(first.Header("ETag"), (await platform.As(Lead).Get(document, Pdf)).Header("ETag"));
    }

    [Fact] // pasted from wherever it was written
    public async Task What_nobody_sees_is_left_out_and_a_tab_is_a_blank()
    {
        var plain = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        (await plain.Supervise(Lead, "refusal", new { reason = "一、场所\t不符合；\r\n二、葛\U000E0100某\u200D未\uFE0F签字\u2028三、逾期。", legalBasis = "《中华人民共和国行政许可法》第三十八条第二款" })).Must(200);

        var drawn = (await platform.As(Lead).Get($"{plain.Path}/documents/2", Pdf)).Must(200);

        Assert.Contains("理由：一、场所不符合；二、葛某未签字三、逾期。", Bare(TextOf(drawn.Bytes)), StringComparison.Ordinal);
        using var file = PdfDocument.Open(drawn.Bytes);
        var lines = file.GetPages().SelectMany(page => page.Letters).GroupBy(letter => Math.Round(letter.StartBaseLine.Y)).Select(line => string.Concat(line.Select(letter => letter.Value))).ToArray();
        Assert.Contains("理由：一、场所 不符合；", lines);
        Assert.Contains("二、葛某未签字", lines);
        Assert.Contains("三、逾期。", lines);
    }

    [Fact]
    public async Task A_name_that_no_font_can_draw_is_refused_and_its_text_is_there_all_the_same()
    {
        (await platform.As(Lead).Get(await Of("天津能画有限公司"), Pdf)).Must(200);
        var document = await Of("天津\U0001F98A有限公司");

        (await platform.As(Lead).Get(document, Pdf)).Refuses(422, "document.not-drawable");
        (await platform.As(Lead).Get(document, ("Accept", "application/json"))).Must(200);
    }

    [Fact]
    public async Task Erased_there_is_nothing_to_draw()
    {
        var document = await Of("天津删除有限公司");

        await Operator.Run<Caller>(platform.Database, "erase", $"--id={document.Split('/')[3]}");

        (await platform.As(Lead).Get(document, Pdf)).Refuses(404, "document.erased");
    }

    [Fact] // whoever waits for a drawing keeps nobody else waiting
    public async Task One_is_drawn_at_a_time_and_who_waits_holds_no_thread()
    {
        using var fonts = new SlowFonts();
        using var pdf = new DocumentPdf(new(new() { Fonts = fonts }));
        var first = Task.Run(() => Draw(CancellationToken.None));
        fonts.Asked.Wait(TestContext.Current.CancellationToken);
        using var givingUp = new CancellationTokenSource();
        var begun = Task.Run(() => new[] { Draw(givingUp.Token) });
        try
        {
            var waiting = Assert.Single(await begun.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
            Assert.False(waiting.IsCompleted);
            await givingUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
        finally
        {
            fonts.Go.Set();
            await first;
        }

        Task<byte[]?> Draw(CancellationToken ct) => pdf.Draw("", "", "文", "", ct);
    }

    [Fact]
    public async Task Anybody_verifies_what_they_scan_and_learns_nobodys_name()
    {
        var document = await Of("天津核验有限公司");
        var shown = (await platform.As(Lead).Get(document, ("Accept", "application/json"))).Must(200).Json;
        var scanned = await AddressIn(document);
        Assert.InRange(scanned[(scanned.IndexOf("token=", StringComparison.Ordinal) + 6)..].Length, 1, 300);

        var page = (await platform.Anybody.Get(scanned)).Must(200);
        Assert.Contains("真实有效", page.Text, StringComparison.Ordinal);
        Assert.Contains(shown.Text("number"), page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("核验有限公司", page.Text, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Header("Cache-Control"));

        Assert.Contains("登记有此文书", (await platform.Anybody.Get(scanned.Split('?')[0])).Must(200).Text, StringComparison.Ordinal);
        Assert.Contains("不一致", (await platform.Anybody.Get(Flipped(scanned))).Must(200).Text, StringComparison.Ordinal);
        var other = await AddressIn(await Of("天津另一有限公司"));
        Assert.Contains("不一致", (await platform.Anybody.Get($"{scanned.Split('?')[0]}?{other.Split('?')[1]}")).Must(200).Text, StringComparison.Ordinal);
        Assert.Contains("没有此文书", (await platform.Anybody.Get("/verify/" + Uri.EscapeDataString("市监受〔2026〕0号"))).Must(404).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_a_code_leads_to_fits_a_phone_and_everybody()
    {
        var scanned = await AddressIn(await Of("天津手机有限公司"));

        var (exit, output, errors) = await OutsideTool.Run("verify.mjs", new Uri(platform.Api.Address, scanned).AbsoluteUri);

        Assert.True(exit == 0, output + errors);
    }

    [Fact]
    public async Task A_document_that_was_changed_in_the_register_is_found()
    {
        var scanned = await AddressIn(await Of("天津篡改有限公司"));
        var number = Uri.UnescapeDataString(scanned.Split('?')[0].Split('/')[^1]);

        foreach (var change in new[] { "text = replace(text, '受理', '不理')", "title = '准予行政许可决定书'", "title = '准予行政许可决定书', text = null", "version = version + 100", "act = 'grant'", "made_on = made_on - 1" })
        {
            var before = await platform.Database.First<string>($"select row_to_json(d)::text from onedoor.documents d where number = '{number}'");
            await platform.Database.Run($"update onedoor.documents set {change} where number = '{number}'");
            Assert.Contains("印章与登记内容不符", (await platform.Anybody.Get(scanned)).Must(200).Text, StringComparison.Ordinal);
            await platform.Database.Run($"delete from onedoor.documents where number = '{number}'; insert into onedoor.documents select * from json_populate_record(null::onedoor.documents, $it${before}$it$)");
        }
        // Another department signed it, as the paper says.
        await platform.Database.Run($"update onedoor.documents set department = 'tax' where number = '{number}'");
        var page = (await platform.Anybody.Get(scanned)).Must(200).Text;
        Assert.Contains("真实有效", page, StringComparison.Ordinal);
        Assert.Contains("<dd>天津港保税区市场监督管理局</dd>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("税务局", page, StringComparison.Ordinal);
    }

    [Fact] // whose seals hold no title
    public async Task What_former_releases_have_sealed_is_verified_as_before()
    {
        var document = await Of("天津从前有限公司");
        var scanned = await AddressIn(document);
        var number = Uri.UnescapeDataString(scanned.Split('?')[0].Split('/')[^1]);
        var seal = (await platform.As(Lead).Get(document, ("Accept", "application/json"))).Must(200).Json.Text("seal");
        var held = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(seal.Split('.')[1]))!.AsObject();
        Assert.True(held.Remove("title"));
        var former = await platform.Api.Services.GetRequiredService<SigningKeys>().Sign(MakeDocuments.Seal, held, TestContext.Current.CancellationToken);

        await platform.Database.Run($"update onedoor.documents set seal = '{former}' where number = '{number}'");
        Assert.Matches("真实有效.*<dd>受理通知书 &#183; Acceptance</dd>", await Page());
        await platform.Database.Run($"update onedoor.documents set title = '准予行政许可决定书' where number = '{number}'");
        Assert.Contains("印章与登记内容不符", await Page(), StringComparison.Ordinal);
        // With its text gone nothing vouches for a title.
        await platform.Database.Run($"update onedoor.documents set text = null where number = '{number}'");
        Assert.Matches("真实有效.*<dd>受理 &#183; Acceptance</dd>", await Page());

        async Task<string> Page() => (await platform.Anybody.Get(scanned)).Must(200).Text.ReplaceLineEndings("");
    }

    // The acceptance of an applicant of that name.
    private async Task<string> Of(string name)
    {
        var application = Applications.For(Applications.Plain);
        var company = Applications.Company();
        company["name"] = name;
        application["applicant"] = company;
        var @case = await CaseJourney.Submitted(platform, application);
        (await @case.Accept(Lead)).Must(200);
        return $"{@case.Path}/documents/1";
    }

    // Where its QR code leads, which may be clicked as well.
    private async Task<string> AddressIn(string document)
    {
        using var file = PdfDocument.Open((await platform.As(Lead).Get(document, Pdf)).Must(200).Bytes);
        return new Uri(Assert.Single(file.GetPages().SelectMany(page => page.GetHyperlinks())).Uri).PathAndQuery;
    }

    // Fonts that are read when they may be.
    private sealed class SlowFonts : IReadOnlyList<string>, IDisposable
    {
        public readonly ManualResetEventSlim Asked = new(), Go = new();

        public int Count => 1;

        public string this[int index] => throw new NotSupportedException();

        public IEnumerator<string> GetEnumerator()
        {
            Asked.Set();
            Go.Wait();
            yield break;
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose()
        {
            Asked.Dispose();
            Go.Dispose();
        }
    }

    private static string Flipped(string address) => address[..^10] + (address[^10] == 'A' ? 'B' : 'A') + address[^9..];

    private static string TextOf(byte[] pdf)
    {
        using var file = PdfDocument.Open(pdf);
        return string.Concat(file.GetPages().SelectMany(page => page.Letters).Select(letter => letter.Value));
    }

    private static string Bare(string text) => Regex.Replace(text.Replace("扫码核验", "", StringComparison.Ordinal), @"\s", "");
}
