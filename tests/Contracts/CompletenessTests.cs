using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace OneDoor.Contracts;

/// <summary>What linters do not ask of openapi.yaml and clients rely on.</summary>
public sealed partial class CompletenessTests(Api api) : IAsyncLifetime
{
    private static readonly string[] Promised =
    [
        "GET /v1/catalogue/items", "GET /v1/catalogue/items/{code}", "GET /v1/catalogue/summary",
        "POST /v1/catalogue/items/{code}/preview", "GET /v1/catalogue/items/{code}/example",
        "POST /v1/clock/simulate",
        "GET /v1/halls", "GET /v1/halls/{hall}", "GET /v1/departments",
        "POST /v1/cases", "GET /v1/cases", "GET /v1/cases/{id}", "GET /v1/cases/{id}/history", "GET /v1/cases/{id}/clock", "GET /v1/cases/{id}/plan",
        "POST /v1/cases/{id}/acceptance", "POST /v1/cases/{id}/correction-notices", "POST /v1/cases/{id}/materials",
        "POST /v1/cases/{id}/referrals", "POST /v1/cases/{id}/refusal", "POST /v1/cases/{id}/non-acceptance", "POST /v1/cases/{id}/withdrawal", "POST /v1/cases/{id}/lapse", "POST /v1/cases/{id}/correction-notices/extension", "POST /v1/cases/{id}/correction-notices/lines",
        "POST /v1/cases/{id}/extension", "POST /v1/cases/{id}/delay-reason", "POST /v1/cases/{id}/inspections", "POST /v1/cases/{id}/hand-overs", "POST /v1/cases/{id}/third-party-notices",
        "POST /v1/cases/{id}/third-party-notices/{n}/statements", "POST /v1/cases/{id}/hearings", "POST /v1/cases/{id}/hearings/{n}/minutes",
        "POST /v1/cases/{id}/pauses", "POST /v1/cases/{id}/pauses/{n}/end",
        "POST /v1/cases/{id}/steps/{step}/decision",
        "GET /v1/tasks",
        "POST /v1/files", "GET /v1/files/{id}", "GET /v1/files/{id}/preview", "POST /v1/uploads", "GET /v1/uploads/{id}", "PATCH /v1/uploads/{id}", "DELETE /v1/uploads/{id}",
        "GET /v1/standing", "GET /v1/standing/records/{id}", "GET /v1/standing/records/{id}/history", "POST /v1/standing/records/{id}/repair-requests", "POST /v1/standing/records/{id}/repair",
        "POST /v1/standing/records/{id}/objection", "POST /v1/standing/records/{id}/objection-decision",
        "GET /v1/supervision-tasks", "GET /v1/supervision-tasks/{id}", "GET /v1/supervision-tasks/{id}/history",
        "POST /v1/supervision-tasks/{id}/acknowledgement", "POST /v1/supervision-tasks/{id}/finding", "POST /v1/supervision-tasks/{id}/rectification",
        "GET /v1/catalogue/items/{code}/commitment", "POST /v1/cases/{id}/commitment/fulfilment",
        "GET /v1/licences", "GET /v1/licences/{number}", "GET /v1/licences/{number}/history", "GET /v1/licences/{number}/verification", "GET /v1/licences/{number}/document", "GET /v1/licences/{number}/qr", "GET /v1/licences/status-list", "GET /v1/register/licences",
        "POST /v1/licences/{number}/suspension", "POST /v1/licences/{number}/reinstatement", "POST /v1/licences/{number}/annulment-notice", "POST /v1/licences/{number}/annulment-notice/extension", "POST /v1/licences/{number}/annulment-notice/withdrawal", "POST /v1/licences/{number}/statements", "POST /v1/licences/{number}/hearings", "POST /v1/licences/{number}/hearings/{n}/minutes", "POST /v1/licences/{number}/revocation",
        "POST /v1/licences/{number}/cancellation", "POST /v1/licences/{number}/replacement",
        "POST /v1/appointments", "GET /v1/appointments", "GET /v1/appointments/{id}", "GET /v1/appointments/{id}/history",
        "POST /v1/appointments/{id}/confirmation", "POST /v1/appointments/{id}/rescheduling", "POST /v1/appointments/{id}/cancellation", "POST /v1/appointments/{id}/check-in",
        "POST /v1/complaints", "GET /v1/complaints", "GET /v1/complaints/{id}", "GET /v1/complaints/{id}/history", "GET /v1/complaints/figures",
        "POST /v1/complaints/{id}/acceptance", "POST /v1/complaints/{id}/return", "POST /v1/complaints/{id}/extension", "POST /v1/complaints/{id}/answer",
        "POST /v1/complaints/{id}/rating", "POST /v1/complaints/{id}/reopening",
        "POST /v1/batches", "GET /v1/batches", "GET /v1/batches/template", "GET /v1/batches/{id}", "GET /v1/batches/{id}/history", "GET /v1/batches/{id}/lines", "GET /v1/batches/{id}/report", "POST /v1/batches/{id}/cancellation",
        "GET /v1/exemptions/eia", "POST /v1/exemptions/eia/check",
        "GET /v1/emergency-projects", "POST /v1/emergency-projects", "GET /v1/emergency-projects/{id}", "GET /v1/emergency-projects/{id}/history", "POST /v1/emergency-projects/{id}/closing",
        "GET /v1/staff/performance", "GET /v1/staff/excellence", "POST /v1/staff/rounds", "GET /v1/staff/rounds", "GET /v1/staff/rounds/{id}",
        "POST /v1/staff/outages", "GET /v1/staff/outages", "GET /v1/staff/outages/{id}", "GET /v1/staff/attempted-refusals", "GET /v1/staff/attempted-refusals/{id}", "POST /v1/staff/figure-contests", "GET /v1/staff/figure-contests", "GET /v1/staff/figure-contests/{id}", "POST /v1/staff/figure-contests/{id}/settlement", "POST /v1/staff/assessments", "GET /v1/staff/assessments", "GET /v1/staff/assessments/{id}",
        "GET /v1/staff/assessments/{id}/history", "POST /v1/staff/assessments/{id}/objection", "POST /v1/staff/assessments/{id}/settlement",
        "GET /v1/business-environment/frameworks", "GET /v1/business-environment/{year}", "GET /v1/business-environment/{year}/measures/{code}",
        "GET /v1/business-environment/{year}/measures/{code}/progress", "POST /v1/business-environment/{year}/measures/{code}/progress",
        "POST /v1/business-environment/{year}/measures/{code}/confirmation", "POST /v1/business-environment/{year}/measures/{code}/return",
        "GET /v1/business-environment/{year}/indicators", "GET /v1/business-environment/{year}/indicators/history", "PUT /v1/business-environment/{year}/indicators",
        "GET /v1/statistics/published", "GET /v1/statistics/cases", "GET /v1/statistics/service",
        "GET /v1/events", "GET /v1/events/types", "GET /v1/events/types/{type}",
        "POST /v1/webhooks", "GET /v1/webhooks", "GET /v1/webhooks/{id}", "PATCH /v1/webhooks/{id}", "DELETE /v1/webhooks/{id}", "GET /v1/webhooks/{id}/deliveries",
        "POST /v1/webhooks/{id}/secret", "POST /v1/webhooks/{id}/ping", "POST /v1/webhooks/{id}/pause", "POST /v1/webhooks/{id}/resume", "POST /v1/webhooks/{id}/replay",
        "POST /v1/halls/{hall}/tickets", "GET /v1/tickets", "GET /v1/tickets/{id}", "GET /v1/tickets/{id}/history", "GET /v1/tickets/{id}/rating-code",
        "POST /v1/tickets/{id}/recall", "POST /v1/tickets/{id}/service", "POST /v1/tickets/{id}/parking", "POST /v1/tickets/{id}/return", "POST /v1/tickets/{id}/miss",
        "POST /v1/tickets/{id}/completion", "POST /v1/tickets/{id}/transfer", "POST /v1/tickets/{id}/cancellation",
        "GET /v1/halls/{hall}/board", "GET /v1/halls/{hall}/day", "POST /v1/halls/{hall}/windows/{n}/opening", "POST /v1/halls/{hall}/windows/{n}/closing", "POST /v1/halls/{hall}/windows/{n}/next",
        "POST /v1/reviews", "GET /v1/reviews", "GET /v1/reviews/{id}", "GET /v1/reviews/{id}/history", "GET /v1/reviews/figures", "GET /v1/reviews/indicators",
        "POST /v1/reviews/{id}/appeal", "POST /v1/reviews/{id}/appeal/rejection", "POST /v1/reviews/{id}/exclusion",
        "GET /v1/work-orders", "GET /v1/work-orders/{id}", "GET /v1/work-orders/{id}/history", "POST /v1/work-orders/{id}/contact", "POST /v1/work-orders/{id}/rectification", "POST /v1/work-orders/{id}/extension",
        "POST /v1/work-orders/{id}/feedback", "POST /v1/work-orders/{id}/call-backs", "POST /v1/work-orders/{id}/answer", "POST /v1/work-orders/{id}/closing",
        "POST /v1/sandbox/events", "POST /v1/sandbox/clock",
        "GET /v1/halls/{hall}/slots", "GET /v1/halls/{hall}/schedule", "GET /v1/halls/{hall}/schedule/history", "PUT /v1/halls/{hall}/schedule", "POST /v1/halls/{hall}/schedule/closing", "POST /v1/halls/{hall}/schedule/reopening",
        "GET /v1/notification-preferences", "PUT /v1/notification-preferences", "POST /v1/notification-preferences/phone-confirmation",
    ];

    private static readonly (string Operation, string[] Parameters)[] Filters =
    [
        ("GET /v1/catalogue/items", ["query", "category", "mode", "department", "hall", "channel", "first", "after", "count"]),
        ("GET /v1/cases", ["status", "item", "department", "submittedFrom", "submittedTo", "first", "after", "count"]),
        ("GET /v1/cases/{id}", ["asOf", "If-None-Match"]),
        ("GET /v1/catalogue/items/{code}", ["version", "asOf", "If-None-Match"]),
        ("GET /v1/tasks", ["first", "after"]),
        ("GET /v1/supervision-tasks", ["status", "dueTo", "first", "after", "count"]),
        ("GET /v1/licences", ["kind", "status", "item", "first", "after", "count"]),
        ("GET /v1/licences/{number}", ["asOf", "If-None-Match"]),
    ];

    // What begins a thing, or says how a window is to be: decided one after the other, whatever version somebody saw.
    private static readonly string[] InTurn =
        ["POST /v1/halls/{hall}/tickets", "POST /v1/halls/{hall}/windows/{n}/opening", "POST /v1/halls/{hall}/windows/{n}/closing", "POST /v1/halls/{hall}/windows/{n}/next",
            // Whatever version somebody saw: what is read is read.
            "POST /v1/notifications/{id}/reading",
            // Forward only, from whatever it shows.
            "POST /v1/sandbox/clock"];

    private IReadOnlyList<Operation> _operations = [];

    private IEnumerable<Operation> Changes => _operations.Where(o => (o.Method is "POST" or "PUT" || o.Parameter("Idempotency-Key") is not null) && o.Scopes.Count > 0);

    public async ValueTask InitializeAsync() => _operations = Operation.All(await api.Document());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Every_promised_route_is_there() =>
        Promised.Except(_operations.Select(o => o.Name)).MustBeEmpty("Promised to outside clients, and not there:");

    [Fact]
    public void Lists_take_the_promised_filters() =>
        Filters.SelectMany(f => f.Parameters.Where(name => _operations.Single(o => o.Name == f.Operation).Parameter(name) is null)
                .Select(name => $"{f.Operation}: {name}"))
            .MustBeEmpty("Promised filters:");

    [Fact]
    public void Operations_explain_themselves() =>
        _operations.Where(o => string.IsNullOrWhiteSpace((string?)o.Described["summary"])
                || string.IsNullOrWhiteSpace((string?)o.Described["description"])
                || o.Described["tags"] is not JsonArray { Count: 1 })
            .Select(o => o.Name)
            .MustBeEmpty("Summary, description and one tag:");

    [Fact]
    public void Operation_ids_are_unique_and_camel_case() =>
        _operations.GroupBy(o => o.Id).Where(same => same.Count() > 1 || !CamelCase().IsMatch(same.Key ?? ""))
            .SelectMany(same => same.Select(o => $"{o.Name}: {o.Id}"))
            .MustBeEmpty("Clients name their methods after operation ids:");

    [Fact]
    public void Parameters_are_explained() =>
        _operations.SelectMany(o => (o.Described["parameters"]?.AsArray() ?? [])
                .Where(p => string.IsNullOrWhiteSpace((string?)p!["description"]))
                .Select(p => $"{o.Name}: {p!["name"]}"))
            .MustBeEmpty("A parameter without a word about it:");

    [Fact]
    public void A_success_shows_its_schema_and_an_example() =>
        _operations.Where(o => !o.Responses.Any(r => r.Key[0] == '2')
                || o.Responses.Where(r => r.Key[0] == '2' && r.Key != "204").Any(r => !IsShown(r.Value)))
            .Select(o => o.Name)
            .MustBeEmpty("A 2xx answer with schema and example:");

    [Fact]
    public void A_request_body_shows_its_schema_and_an_example() =>
        _operations.Where(o => o.Body is { } body && !IsShown(body)).Select(o => o.Name).MustBeEmpty("A body with schema and example:");

    [Fact]
    public void Refusals_are_problems_with_an_example() =>
        _operations.SelectMany(o => o.Responses.Where(r => r.Key[0] is '4' or '5')
                .Where(r => r.Value["content"]?["application/problem+json"] is null || !IsShown(r.Value))
                .Select(r => $"{o.Name}: {r.Key}"))
            .MustBeEmpty("application/problem+json with schema and example:");

    [Fact]
    public void Every_operation_may_be_limited_fail_or_be_unavailable() => MustAnswer(_operations, "429", "500", "503");

    [Fact]
    public void A_secured_operation_refuses_tokens_and_scopes() => MustAnswer(_operations.Where(o => o.Scopes.Count > 0), "401", "403");

    [Fact]
    public void One_published_scope_is_enough() =>
        // The last may be nothing at all: what is anonymous takes no token.
        _operations.Where(o => o.Security.Any(requirement => requirement!.AsObject() is not { Count: 1 } schemes
                    ? requirement.AsObject().Count > 0 || requirement != o.Security[^1] : schemes.Single().Value is not JsonArray { Count: 1 })
                || o.Scopes.Except(Scopes.All).Any()
                || o.Scopes.Distinct().Count() != o.Scopes.Count)
            .Select(o => $"{o.Name}: {o.Security.ToJsonString()}")
            .MustBeEmpty("Each requirement is one scope of OneDoor.Scopes:");

    [Fact]
    public void A_scope_says_what_it_lets() =>
        _operations[0].Document["components"]!["securitySchemes"]!["oauth"]!["flows"]!.AsObject()
            .SelectMany(flow => flow.Value!["scopes"]!.AsObject().Where(scope => ((string?)scope.Value)?.EndsWith('.') != true).Select(scope => $"{flow.Key}: {scope.Key}"))
            .MustBeEmpty("A scope without a sentence about it (Scopes.cs):");

    [Fact]
    public void A_change_happens_once_per_idempotency_key()
    {
        Changes.Where(o => o.Parameter("Idempotency-Key") is null).Select(o => o.Name).MustBeEmpty("Takes Idempotency-Key:");
        MustAnswer(Changes, "409", "422");
    }

    [Fact]
    public void A_change_of_a_thing_names_the_version_it_saw()
    {
        var changes = Changes.Where(o => o.Path.Contains('{', StringComparison.Ordinal) && !InTurn.Contains(o.Name)).ToList();
        changes.Where(o => (bool?)o.Parameter("If-Match")?["required"] != true).Select(o => o.Name).MustBeEmpty("Needs If-Match:");
        MustAnswer(changes, "404", "412", "428");
    }

    [Fact]
    public void Bodies_may_be_malformed_too_large_or_of_another_type() => MustAnswer(_operations.Where(o => o.Body is not null), "400", "413", "415");

    [Fact]
    public void A_read_of_one_thing_takes_the_version_the_client_has()
    {
        // An example is another one each time; how far an upload has come, and how a licence was said to stand, are never kept.
        var reads = _operations.Where(o => o.Method == "GET" && o.Path.Contains('{', StringComparison.Ordinal) && o.Id is not ("getExample" or "getUpload" or "verifyLicence")).ToList();
        reads.Where(o => o.Parameter("If-None-Match") is null || o.Responses["200"]["headers"]?["ETag"] is null)
            .Select(o => o.Name)
            .MustBeEmpty("Answers ETag, takes If-None-Match:");
        MustAnswer(reads, "304", "404");
    }

    [Fact]
    public void Nothing_but_reads_of_one_thing_and_changes_answers_a_version() =>
        _operations.Where(o => !o.Responses.ContainsKey("304") && !Changes.Contains(o) && o.Responses.GetValueOrDefault("200")?["headers"]?["ETag"] is not null)
            .Select(o => o.Name)
            .MustBeEmpty("Answers no ETag:");

    [Theory]
    [InlineData("/v1/tasks", "status", "waiting", "open")]
    [InlineData("/v1/catalogue/items", "category", "administrative-licence", "public-service", "internal-approval", "other")]
    public void A_parameter_that_takes_names_lists_them(string path, string parameter, params string[] names)
    {
        var operation = _operations.Single(o => o.Method == "GET" && o.Path == path);
        Assert.Equal(names, operation.Resolve(operation.Parameter(parameter)!["schema"]!)["enum"]?.AsArray().Select(n => (string?)n));
    }

    [Fact]
    public void An_enum_is_one_schema_however_many_parameters_take_it() =>
        Parameters().Where(p => p.Schema["enum"] is not null).Select(p => p.Name).MustBeEmpty("Names listed in place, of which generators make a type each:");

    [Fact]
    public void Parameters_say_what_a_client_could_check_itself()
    {
        Parameters().Where(p => p.Name.EndsWith(" first", StringComparison.Ordinal) && ((int?)p.Schema["minimum"], (int?)p.Schema["maximum"]) != (1, p.Name.StartsWith("GET /v1/events", StringComparison.Ordinal) ? 1_000 : 100))
            .Select(p => p.Name).MustBeEmpty("1 to 100, and to 1,000 in the feed:");
        Parameters().Where(p => (string?)p.Schema["format"] != (
                p.Name.EndsWith(" asOf", StringComparison.Ordinal) ? "date-time"
                : p.Name.EndsWith("From", StringComparison.Ordinal) || p.Name.EndsWith("To", StringComparison.Ordinal) ? "date" : (string?)p.Schema["format"]))
            .Select(p => p.Name).MustBeEmpty("Days and instants have their format:");
    }

    [Fact]
    public async Task What_is_published_cites_no_rules_by_number()
    {
        var published = await api.Get("/openapi.yaml") + await File.ReadAllTextAsync(Path.Combine(Approved.Root, "schema/schema.graphql"), TestContext.Current.CancellationToken);
        RuleNumber().Matches(published).Select(m => m.Value).Distinct().MustBeEmpty("Numbers of rules that mean nothing outside:");
    }

    [Fact]
    public void A_refusal_is_described_by_what_holds_of_all_its_codes() =>
        _operations[0].Document["components"]!["responses"]!.AsObject()
            .Where(r => r.Value!["content"]!["application/problem+json"]!["examples"]!.AsObject().Any(e => (string?)e.Value!["value"]!["title"] == (string?)r.Value["description"]))
            .Select(r => r.Key).MustBeEmpty("Described by one code's title:");

    [Fact]
    public void History_tells_every_type_of_fact_apart_and_describes_all_that_belongs_to_it()
    {
        var history = _operations.Single(o => o.Name == "GET /v1/cases/{id}/history");
        var schemas = history.Document["components"]!["schemas"]!;
        var entry = schemas["HistoryEntry"]!;
        var facts = typeof(Cases.CaseFact).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Cases.CaseFact))).Select(t => JsonNamingPolicy.KebabCaseLower.ConvertName(t.Name));

        Assert.Equal("type", (string?)entry["discriminator"]!["propertyName"]);
        Assert.Equal(facts.Order(StringComparer.Ordinal), entry["discriminator"]!["mapping"]!.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Equal(entry["discriminator"]!["mapping"]!.AsObject().Select(m => (string?)m.Value), entry["oneOf"]!.AsArray().Select(one => (string?)one!["$ref"]));
        foreach (var (type, reference) in entry["discriminator"]!["mapping"]!.AsObject())
        {
            var one = history.Resolve(new JsonObject { ["$ref"] = (string?)reference });
            Assert.Equal([type], one["properties"]!["type"]!["enum"]!.AsArray().Select(name => (string?)name));
            var details = history.Resolve(one["properties"]!["details"]!);
            one["properties"]!.AsObject().Concat(details["properties"]!.AsObject())
                .Where(member => string.IsNullOrWhiteSpace((string?)(member.Value!["description"] ?? history.Resolve(member.Value!)["description"])))
                .Select(member => $"{type}: {member.Key}")
                .MustBeEmpty("A member without a word about it:");
        }
    }

    [Fact]
    public void A_list_links_to_its_next_page() => _operations.Where(o => o.Parameter("after") is not null && o.Responses["200"]["headers"]?["Link"] is null)
        .Select(o => o.Name)
        .MustBeEmpty("Answers Link:");

    private IEnumerable<(string Name, JsonNode Schema)> Parameters() => _operations.SelectMany(o => (o.Described["parameters"]?.AsArray() ?? [])
        .Where(p => (string?)p!["in"] == "query").Select(p => ($"{o.Name} {p!["name"]}", p["schema"]!)));

    private static void MustAnswer(IEnumerable<Operation> operations, params string[] statuses)
    {
        var list = operations.ToList();
        Assert.NotEmpty(list);
        list.SelectMany(o => statuses.Except(o.Responses.Keys).Select(status => $"{o.Name}: {status}")).MustBeEmpty("Undocumented answers:");
    }

    private static bool IsShown(JsonNode bodyOrResponse) =>
        bodyOrResponse["content"]?.AsObject() is { Count: > 0 } content
        && content.All(media => media.Value?["schema"] is not null && (media.Value["example"] ?? media.Value["examples"]) is not null);

    // UTF-8 and its like are no rules; items have three digits.
    [GeneratedRegex(@"\b(?!UTF|SHA)[A-Z]{2,8}-\d{1,2}\b(?![-\d])")]
    private static partial Regex RuleNumber();

    [GeneratedRegex(@"^[a-z]+([A-Z][a-z]+)*\z")]
    private static partial Regex CamelCase();
}
