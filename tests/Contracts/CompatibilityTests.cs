using System.Text.Json.Nodes;
using Xunit;

namespace OneDoor.Contracts;

/// <summary>Whoever wrote a client for the last release goes on with this one (docs/COMPATIBILITY.md).</summary>
public sealed class CompatibilityTests(Api api)
{
    // Each is a decision: what a client of the last release meets, and why it is right that it does.
    private static readonly (string Change, string Why)[] Declared =
    [
        ("POST /v1/cases: answer, proved, an entry may lack licence", Discreet),
        ("POST /v1/cases: answer, proved, an entry may lack number", Discreet),
        ("POST /v1/cases: answer, proved, an entry, licence is null or object and was object", Discreet),
        ("POST /v1/cases: answer, proved, an entry, number is null or string and was string", Discreet),
        ("GET /v1/cases: parameter status is array and was string", "Several are written with commas between them, and one as before."),
        ("POST /v1/cases/{id}/extension: body has no workingDays", Extension),
        .. new[] { "statutoryLimit", "promisedLimit" }.SelectMany(limit => new[]
        {
            ($"GET /v1/catalogue/items: answer, items, an entry may lack {limit}", Ended),
            ($"GET /v1/catalogue/items: answer, items, an entry, {limit} is null or object and was object", Ended),
            ($"GET /v1/catalogue/items/{{code}}: answer, item, {limit} is null or object and was object", Ended),
        }),
        ("POST /v1/cases/{id}/extension: body needs by", Extension),
        .. new[] { "legalBasis", "expectedUntil", "carriedOutBy" }.Select(member => ($"POST /v1/cases/{{id}}/pauses: body needs {member}", "行政许可法 art. 45: the applicant is told how long a special procedure takes.")),
        .. new[]
        {
            "step", "proved", "lines", "acceptedAt", "deemed", "dueAt", "from", "to", "pause", "pauseReason", "workingDays", "reason", "refusal", "because", "licence", "actual",
        }.Select(member => ($"GET /v1/cases/{{id}}/history: answer, items, an entry, details has no {member}", "It is where it was: each type of fact describes its own members now.")),
    ];

    private const string Discreet = "Whoever applies for somebody else learned which licences they hold; now only that a material is proved.";

    private const string Ended = "优化营商环境条例 art. 40: of what was abolished nothing is asked for any more, and nothing is promised.";

    private const string Extension = "行政许可法 art. 42: the statutory limit is extended, by the item's own measure, and not what was promised.";

    private const string Case = """
        { "paths": { "/v1/things": { "post": { "operationId": "makeThing", "security": [ { "oauth": ["a"] }, { "oauth": ["b"] } ],
            "parameters": [ { "name": "kind", "in": "query", "schema": { "$ref": "#/components/schemas/Kind" } } ],
            "requestBody": { "content": { "application/json": { "schema": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" }, "size": { "type": ["integer", "null"] } } } } } },
            "responses": { "201": { "headers": { "Location": {} }, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } } } } } },
          "components": { "schemas": { "Kind": { "type": "string", "enum": ["x", "y"] }, "Thing": { "type": "object", "required": ["id", "kind"],
            "properties": { "id": { "type": "string" }, "kind": { "$ref": "#/components/schemas/Kind" }, "part": { "oneOf": [ { "$ref": "#/components/schemas/Thing" }, { "type": "null" } ] } } } } } }
        """;

    [Fact]
    public async Task A_client_of_the_last_release_meets_no_change_but_the_declared_ones()
    {
        var bundled = Path.GetTempFileName() + ".json";
        var (exitCode, _, errors) = await OutsideTool.Run(
            OpenApiTests.Redocly, "bundle", "released/openapi.yaml", "--config", "redocly.yaml", "--ext", "json", "-o", bundled);
        Assert.True(exitCode == 0, errors);
        var released = JsonNode.Parse(await File.ReadAllTextAsync(bundled, TestContext.Current.CancellationToken))!;
        File.Delete(bundled);

        var changes = BreakingChanges.Between(released, await api.Document());

        changes.Except(Declared.Select(d => d.Change)).MustBeEmpty("Clients of the last release trip over (docs/COMPATIBILITY.md):");
        Declared.Select(d => d.Change).Except(changes).MustBeEmpty("Declared, and not so:");
    }

    [Theory]
    [InlineData("/v1/things", "/v1/matters", "POST /v1/things is gone")]
    [InlineData("makeThing", "createThing", "POST /v1/things is named createThing and was makeThing")]
    [InlineData(", { \"oauth\": [\"b\"] }", "", "POST /v1/things is not to be had for b")]
    [InlineData("\"name\": \"kind\", \"in\"", "\"name\": \"sort\", \"in\"", "POST /v1/things takes no parameter kind")]
    [InlineData("\"in\": \"query\",", "\"in\": \"query\", \"required\": true,", "POST /v1/things needs the parameter kind")]
    [InlineData("\"requestBody\": {", "\"requestBody\": { \"required\": true,", "POST /v1/things needs a body")]
    [InlineData("[\"x\", \"y\"]", "[\"x\"]", "POST /v1/things: parameter kind does not take y")]
    [InlineData("\"required\": [\"name\"]", "\"required\": [\"name\", \"size\"]", "POST /v1/things: body needs size")]
    [InlineData("\"size\": {", "\"length\": {", "POST /v1/things: body has no size")]
    [InlineData("[\"integer\", \"null\"]", "\"integer\"", "POST /v1/things: body, size is integer and was integer or null")]
    [InlineData("\"201\"", "\"200\"", "POST /v1/things does not answer 201")]
    [InlineData("\"Location\"", "\"Place\"", "POST /v1/things answers no Location")]
    [InlineData("[\"id\", \"kind\"]", "[\"kind\"]", "POST /v1/things: answer may lack id")]
    [InlineData("\"id\": { \"type\": \"string\" }", "\"id\": { \"type\": [\"string\", \"null\"] }", "POST /v1/things: answer, id is null or string and was string")]
    [InlineData("\"part\": {", "\"piece\": {", "POST /v1/things: answer has no part")]
    public void A_change_that_breaks_clients_is_found(string was, string now, string change) => Assert.Equal([change], Changes(was, now));

    [Theory]
    [InlineData("[\"x\", \"y\"]", "[\"x\", \"y\", \"z\"]")]
    [InlineData("\"id\": { \"type\"", "\"version\": { \"type\": \"integer\" }, \"id\": { \"type\"")]
    [InlineData("[\"id\", \"kind\"]", "[\"id\", \"kind\", \"part\"]")]
    [InlineData("\"size\": {", "\"weight\": { \"type\": \"number\" }, \"size\": {")]
    [InlineData("\"required\": [\"name\"], ", "")]
    [InlineData("\"security\": [ { \"oauth\": [\"a\"] }, { \"oauth\": [\"b\"] } ],", "")]
    [InlineData("\"201\"", "\"202\": {}, \"201\"")]
    public void What_only_grows_breaks_nobody(string was, string now) => Assert.Empty(Changes(was, now));

    private static IReadOnlyList<string> Changes(string was, string now)
    {
        Assert.Contains(was, Case, StringComparison.Ordinal);
        return BreakingChanges.Between(JsonNode.Parse(Case)!, JsonNode.Parse(Case.Replace(was, now, StringComparison.Ordinal))!);
    }
}
