using System.Globalization;
using System.Text.Json;
using OneDoor.Licences;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>全承诺、无审批、签字即办结: what is committed to is licensed in one request (MODE-2, MODE-3), and a complete filing is filed (MODE-1).</summary>
public sealed class CommitmentJourney(RunningPlatform platform)
{
    private readonly Dictionary<string, object?> _company = Applications.Company();

    private Client Holder => platform.With(new()
    {
        ["sub"] = $"p_{_company["uscc"]}", ["client_id"] = "mobile", ["scope"] = "cases:submit cases:read licences:read",
        [Claims.Applicant] = new ApplicantReference($"legal-entity:{_company["uscc"]}", (string)_company["name"]!),
    });

    [Fact] // the article's own: 公共场所卫生许可
    public async Task A_hygiene_licence_for_a_public_place_is_had_in_one_request()
    {
        var terms = (await platform.Anybody.Get($"/v1/catalogue/items/{Applications.Committed}/commitment")).Must(200).Json;
        Assert.Equal(("met", true, "working-days"), (terms.Text("kind"), terms.IsNull("meetWithin"), terms.GetProperty("inspectWithin").Text("unit")));

        var example = (await platform.Anybody.Get($"/v1/catalogue/items/{Applications.Committed}/example?commitment=true")).Must(200);
        var granted = (await platform.As(Department.Tax).PostRaw("/v1/cases", example.Text, ("Idempotency-Key", Guid.CreateVersion7(platform.Now).ToString()))).Must(201).Json;

        Assert.Equal("granted", granted.Text("status"));
        var signed = granted.GetProperty("commitment");
        Assert.Equal((terms.Text("digest"), terms.GetProperty("terms").Text("zh")), (signed.Text("digest"), signed.GetProperty("terms").Text("zh")));
        Assert.Equal("valid", await StatusOf(granted, Department.ServiceOffice));
        Assert.Equal(["acceptance", "grant"], (await platform.As(Department.ServiceOffice).Get($"/v1/cases/{granted.Text("id")}/documents")).Must(200).Json.Each("items", "act"));
    }

    [Fact] // MODE-5
    public async Task What_is_not_granted_by_commitment_says_so_wherever_it_is_asked()
    {
        (await platform.Anybody.Get($"/v1/catalogue/items/{Applications.Plain}/commitment")).Refuses(422, "commitment.not-eligible");
        (await platform.Anybody.Get($"/v1/catalogue/items/{Applications.Plain}/example?commitment=true")).Refuses(422, "commitment.not-eligible");
        (await platform.Anybody.Get("/v1/catalogue/items/NOTHING/commitment")).Refuses(404, "catalogue.item-not-found");
    }

    [Fact] // MODE-3
    public async Task A_licence_whose_conditions_are_to_be_met_opens_when_that_is_filed()
    {
        var granted = (await Holder.Post("/v1/cases", Online(Applications.Committing(Applications.CommittedAhead, _company, Day(20))))).Must(201);
        var number = granted.Json.Each("licences", "number").Single();
        var closed = (await Holder.Get($"/v1/licences/{number}", ("Accept-Language", "en"))).Must(200).Json;
        Assert.True(closed.IsNull("operationFrom"));
        Assert.Contains("no operation is authorised", closed.Text("scope"), StringComparison.Ordinal);

        var path = $"/v1/cases/{granted.Json.Text("id")}";
        var met = (await Holder.Post($"{path}/commitment/fulfilment", null, ("If-Match", granted.ETag))).Must(200).Json;

        Assert.False(met.GetProperty("commitment").IsNull("metAt"));
        var open = (await Holder.Get($"/v1/licences/{number}", ("Accept-Language", "en"))).Must(200).Json;
        Assert.Equal(open.Text("validFrom"), open.Text("operationFrom"));
        Assert.DoesNotContain("no operation", open.Text("scope"), StringComparison.Ordinal);
        Assert.Equal(["licence-issued", "licence-operation-opened"], (await Holder.Get($"/v1/licences/{number}/history")).Must(200).Json.Each("items", "type"));
        Assert.Contains("commitment-fulfilled", (await Holder.Get($"{path}/history")).Must(200).Json.Each("items", "type"));
    }

    [Fact] // MODE-2
    public async Task What_is_wrong_with_a_commitment_is_said_at_its_place_and_nothing_is_stored()
    {
        var application = Online(Applications.Committing(Applications.Committed, _company));
        application["commitment"] = new { digest = "sha-256:old", signatory = "", meetBy = Day(20) };
        application["materials"] = Array.Empty<object>();

        var refused = await Holder.Post("/v1/cases", application);

        refused.Refuses(422, "commitment.terms-changed");
        Assert.Equal(
            ["/commitment/digest", "/commitment/signatory", "/commitment/meetBy", "/materials/public-place-application", "/materials/business-licence-copy"], refused.Json.Each("errors", "pointer"));
        Assert.Empty((await Holder.Get("/v1/cases")).Must(200).Json.List("items"));
    }

    [Fact] // MODE-1
    public async Task A_complete_filing_is_filed_by_its_submission()
    {
        const string Filing = "ECOL-002";
        Assert.Equal("granted", (await CaseJourney.Submitted(platform, Filing)).Receipt.Json.Text("status"));
        Assert.Equal("submitted", (await CaseJourney.Submitted(platform, Filing, [.. Applications.MaterialsOf(Filing)])).Receipt.Json.Text("status"));
    }

    [Fact] // MODE-5: nobody has another while theirs is suspended
    public async Task Of_a_suspension_and_a_grant_at_once_the_later_one_hears_of_the_other()
    {
        var first = (await CaseJourney.Submitted(platform, Applications.Committing(Applications.Committed, _company))).Receipt.Json.Each("licences", "number").Single();
        var office = platform.As(Department.ServiceOffice);
        var seen = (await office.Get($"/v1/licences/{first}")).Must(200);

        var (suspended, granted) = await RunningPlatform.Race(
            platform.Database, $"{Licence.IdOf(first)}",
            () => office.Post($"/v1/licences/{first}/suspension", new { reason = "抽检不合格。", legalBasis = "withholding-penalty" }, ("If-Match", seen.ETag)),
            () => platform.As(CaseJourney.Submitter).Post("/v1/cases", Applications.Committing(Applications.Committed, _company)));

        Assert.Equal("suspended", suspended.Must(200).Json.Text("status"));
        granted.Refuses(422, "commitment.not-eligible");
    }

    [Fact]
    public async Task GraphQL_tells_and_takes_the_same()
    {
        var asked = await platform.Anybody.Ask($$"""{ commitment(code: "{{Applications.Committed}}") { kind digest terms { en } inspectWithin { value } } none: commitment(code: "NOTHING") { digest } example(code: "{{Applications.Committed}}", commitment: true) { commitment { digest } } }""");

        Assert.Equal(asked.GetProperty("commitment").Text("digest"), asked.GetProperty("example").GetProperty("commitment").Text("digest"));
        Assert.True(asked.IsNull("none"));
    }

    private async Task<string> StatusOf(JsonElement granted, Department reader) =>
        (await platform.As(reader).Get($"/v1/licences/{granted.Each("licences", "number").Single()}")).Must(200).Json.Text("status");

    private string Day(int later) => platform.Now.AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Dictionary<string, object?> Online(Dictionary<string, object?> application) => new(application) { ["channel"] = "online", ["hall"] = null };
}
