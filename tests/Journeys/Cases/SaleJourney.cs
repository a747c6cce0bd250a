using System.Text.Json;
using OneDoor.Clock;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>A property is sold, for which both parties apply, each by own signature (APP-2).</summary>
public sealed class SaleJourney(RunningPlatform platform)
{
    private static readonly object Citizen = new { kind = "person", name = "张三", citizenId = "990000199001010017" };
    private static readonly object Enterprise = new { kind = "legal-entity", name = "沙箱贸易有限公司", uscc = "91990000MA0000007X" };

    [Fact]
    public async Task A_property_sale_signed_by_both()
    {
        var (seller, buyer) = (SignedInAs("citizen"), SignedInAs("enterprise"));
        var begun = (await seller.Post("/v1/cases", Sale([], ("transferor", Citizen), ("transferee", Enterprise)))).Must(201).Json;
        var path = $"/v1/cases/{begun.Text("id")}";
        Assert.Equal(("awaiting-signatures", true, true), (begun.Text("status"), begun.IsNull("acceptBy"), begun.GetProperty("clock").GetProperty("promised").IsNull("dueAt")));
        Assert.Equal([(true, "陈建国"), (false, "")], Signatures(begun));
        // It is nobody's but theirs, and neither time nor anybody else moves it on.
        foreach (var department in new[] { Department.Planning, Department.Tax })
        {
            (await platform.As(department).Get(path)).Refuses(404, "case.not-found");
            Assert.DoesNotContain(await platform.As(department).Every("/v1/tasks?first=100"), task => task.GetProperty("case").Text("id") == begun.Text("id"));
        }
        platform.Pass(TimeSpan.FromDays(10));
        Assert.Contains(begun.Text("id"), (await buyer.Get("/v1/cases?status=awaiting-signatures")).Must(200).Json.Each("items", "id"));
        (await buyer.Post($"{path}/materials", new { materials = new[] { Applications.Material("identity-proof") } }, await Seen(buyer, path))).Refuses(409, "case.awaiting-signatures");

        platform.Pass(TimeSpan.FromDays(2));
        var submitted = (await buyer.Post($"{path}/signatures", new { digest = Applications.Declared.Digest, signatory = "李四" }, await Seen(buyer, path))).Must(200).Json;

        Assert.Equal(("submitted", true), (submitted.Text("status"), submitted.IsNull("signBy")));
        Assert.Equal(platform.Now, submitted.Instant("submittedAt"));
        Assert.Equal(LegalClock.Zone.Simulate(platform.Now, Limit.WorkingDays(5)).DueAt, submitted.Instant("acceptBy"));
        Assert.Equal([(true, "陈建国"), (true, "李四")], Signatures(submitted));
        Assert.Equal(["signatures-awaited", "party-signed", "case-submitted"], await History(seller, path));
        Assert.Equal(["case-submitted"], await History(platform.As(Department.Planning), path));

        // One of them alone withdraws nothing.
        Assert.Equal([1], (await buyer.Post($"{path}/withdrawal", new { reason = "再想想" }, await Seen(buyer, path))).Must(200).Json.List("withdrawalAgreedBy").Select(p => p.GetInt32()));
        await Decide(path);
        Assert.Equal("granted", (await seller.Get(path)).Must(200).Json.Text("status"));
        var told = (await buyer.Get($"{path}/documents")).Must(200).Json.List("items")[0].Text("text");
        Assert.Contains("张三（转让方）、沙箱贸易有限公司（受让方）：", told, StringComparison.Ordinal);

        // What the buyer holds now proves when the buyer sells: the certificate is handed in by nobody.
        var resale = (await buyer.Post("/v1/cases", Sale(["real-estate-copy"], ("transferor", Enterprise), ("transferee", Citizen)))).Must(201).Json;
        Assert.Empty(resale.List("proved"));
        var again = $"/v1/cases/{resale.Text("id")}";
        var proved = await seller.Ask($$"""mutation { signCase(id: "{{resale.Text("id")}}", version: 1, input: { digest: "{{Applications.Declared.Digest}}", signatory: "张三" }) { case { status proved { code } applicant { parties { role signature { signatory } } } } problem { code } } }""");
        var graph = proved.GetProperty("signCase").GetProperty("case");
        Assert.Equal("SUBMITTED", graph.Text("status"));
        Assert.Equal(["real-estate-copy"], graph.Each("proved", "code"));
        await Withdrawn(again, buyer, seller);
    }

    [Fact]
    public async Task A_department_sends_what_all_parties_have_signed()
    {
        var application = Applications.For(Applications.Transfer);
        var parties = new[] { ("transferor", Applications.Company()), ("transferee", Applications.Company()) }.Select((party, i) => new
        {
            role = party.Item1,
            applicant = party.Item2,
            signature = new { digest = Applications.Declared.Digest, signatory = $"签署人{i}", signedAt = platform.Now.AddDays(-i) },
        }).ToArray();
        application["applicant"] = new { kind = "joint-parties", parties };
        var submitted = await CaseJourney.Submitted(platform, application);

        Assert.Equal("submitted", submitted.Receipt.Json.Text("status"));
        Assert.Equal([(true, "签署人0"), (true, "签署人1")], Signatures(submitted.Receipt.Json));
        (await submitted.Accept(Department.Planning)).Must(200);
        application["applicant"] = new { kind = "joint-parties", parties = parties.Select(p => new { p.role, p.applicant, signature = p.signature with { signatory = "", signedAt = platform.Now.AddDays(1) } }) };
        Assert.Equal(
            ["/applicant/parties/0/signature/signatory", "/applicant/parties/0/signature/signedAt", "/applicant/parties/1/signature/signatory", "/applicant/parties/1/signature/signedAt"],
            (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Refuses(422, "case.signatory-invalid").Json.Each("errors", "pointer"));
    }

    private async Task Decide(string path)
    {
        async Task Do(Department by, string command, object? body = null)
        {
            var who = platform.As(by);
            (await who.Post($"{path}/{command}", body, await Seen(who, path))).Must(200);
        }

        await Do(Department.Planning, "acceptance");
        await Do(Department.Planning, "steps/intake/decision", new { outcome = "granted" });
        await Do(Department.Tax, "steps/tax-payment/decision", new { outcome = "granted" });
        await Do(Department.Planning, "steps/registration/decision", new { outcome = "granted" });
    }

    private static async Task Withdrawn(string path, params Client[] parties)
    {
        foreach (var party in parties)
            (await party.Post($"{path}/withdrawal", null, await Seen(party, path))).Must(200);
        Assert.Equal("withdrawn", (await parties[0].Get(path)).Must(200).Json.Text("status"));
    }

    // A token is good for ten minutes: whoever comes back later signs in again.
    private Client SignedInAs(string name)
    {
        var (token, until) = ("", DateTimeOffset.MinValue);
        return new Client(platform.Api.Http, async () =>
        {
            if (platform.Now > until)
                (token, until) = (await SignedIn.Token(platform, name, $"{Scopes.CasesRead} {Scopes.CasesSubmit}"), platform.Now.AddMinutes(9));
            return token;
        });
    }

    private static Dictionary<string, object?> Sale(string[] without, params (string, object)[] parties)
    {
        var application = Applications.For(Applications.Transfer, without);
        application["channel"] = "online";
        application["applicant"] = Applications.Jointly(parties);
        return application;
    }

    private static async Task<(string, string)> Seen(Client who, string path) => ("If-Match", (await who.Get(path)).Must(200).ETag);

    private static async Task<IEnumerable<string>> History(Client who, string path) => (await who.Get($"{path}/history")).Must(200).Json.List("items").Select(h => h.Text("type"));

    private static IEnumerable<(bool, string)> Signatures(JsonElement @case) => @case.GetProperty("applicant").List("parties").Select(p =>
        p.GetProperty("signature") is { ValueKind: JsonValueKind.Object } made ? (!made.IsNull("signedAt"), made.Text("signatory")) : (false, ""));
}
