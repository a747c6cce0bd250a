using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OneDoor.Batches;
using OneDoor.Cases;
using OneDoor.Platform;
using OneDoor.Webhooks;
using Xunit;

namespace OneDoor.Trials;

/// <summary>Events to try things with, of things that do not exist.</summary>
public sealed class TriedEvents(RunningPlatform platform)
{
    private const string Granted = "onedoor.case.granted";

    private static readonly string[] Appointments = ["onedoor.appointment.*"];

    private Client Customs => platform.As(Department.Customs, $"{Scopes.EventsRead} {Scopes.WebhooksManage} {Scopes.CasesRead}");

    [Fact]
    public async Task Whoever_asks_is_told_as_of_any_other_event_and_nobody_else_is()
    {
        var triggered = (await Customs.Post("/v1/sandbox/events", new { type = Granted })).Must(201);

        var told = (await ReadAll(Customs, triggered.Json.Text("cursor"))).Single(e => e.Text("id") == triggered.Json.Text("event"));
        Assert.Equal((Granted, triggered.Json.Text("subject"), true), (told.Text("type"), told.Text("subject"), told.GetProperty("sample").GetBoolean()));
        Assert.Equal(("granted", told.Text("subject")), (told.GetProperty("data").Text("status"), $"/v1/cases/{told.GetProperty("data").Text("id")}"));
        var schema = (await platform.Anybody.Get(new Uri(told.Text("dataschema")).PathAndQuery)).Must(200).Json;
        Assert.Empty(told.GetProperty("data").EnumerateObject().Select(member => member.Name).Except(schema.GetProperty("properties").EnumerateObject().Select(member => member.Name)));
        Assert.Contains((await Customs.Get(triggered.Header("Location")!)).Must(200).Json.Each("items", "id"), id => id == told.Text("id"));

        // Not who would be told of such a case, nor whoever is of the same department, and it is nowhere else.
        foreach (var other in new[] { platform.As(Department.ServiceOffice, Scopes.EventsRead), platform.As(Department.MarketRegulation, Scopes.EventsRead), Clerk })
            Assert.DoesNotContain(await ReadAll(other, triggered.Json.Text("cursor")), e => e.Text("id") == told.Text("id") || e.Text("subject") == told.Text("subject"));
        (await Customs.Get(told.Text("subject"))).Refuses(404, "case.not-found");
        Assert.Empty((await Customs.Get($"/v1/cases?ids={told.GetProperty("data").Text("id")}")).Must(200).Json.List("items"));
    }

    [Fact]
    public async Task Every_type_is_told_to_whom_it_concerns_and_else_is_refused_by_name()
    {
        var office = platform.As(Department.ServiceOffice, $"{Scopes.EventsRead} {RunningPlatform.Supervisor}");
        List<(string Type, Answered Answer)> tried = [];
        foreach (var type in (await platform.Anybody.Get("/v1/events/types")).Must(200).Json.Each("items", "type"))
            tried.Add((type, await office.Post("/v1/sandbox/events", new { type })));

        // No rule extends every limit any more.
        var refused = Assert.Single(tried, one => one.Answer.Status != 201);
        Assert.Equal("onedoor.case.limit-extended", refused.Type);
        refused.Answer.Refuses(422, "sandbox.event-not-offered");
        var told = (await ReadAll(office, tried[0].Answer.Json.Text("cursor"))).ToDictionary(e => e.Text("id"));
        Assert.All(tried.Where(one => one != refused), one =>
        {
            var (triggered, read) = (one.Answer.Json, told[one.Answer.Json.Text("event")]);
            Assert.Equal((one.Type, triggered.Text("subject")), (read.Text("type"), read.Text("subject")));
        });
        // What is told is what its schema says.
        List<string> misfits = [];
        foreach (var of in told.Values.GroupBy(e => e.Text("type")))
        {
            var schema = (await platform.Anybody.Get($"/v1/events/types/{of.Key}")).Must(200).Json;
            misfits.AddRange(of.SelectMany(e => Misfits(e.GetProperty("data"), schema, of.Key)));
            // What is told of a thing says which version of it.
            misfits.AddRange(of.Where(e => !e.GetProperty("data").TryGetProperty("version", out _)).Select(_ => $"{of.Key}/version is missing"));
        }
        Assert.Equal([], misfits);
        // Whoever complains, rates, or is assessed is not a department's to know of in all that happens.
        foreach (var type in new[] { "onedoor.assessment.made", "onedoor.complaint.filed", "onedoor.emergency-project.closed", "onedoor.review.given", "onedoor.work-order.opened" })
            (await Customs.Post("/v1/sandbox/events", new { type })).Refuses(422, "sandbox.event-not-told");
    }

    // As much of JSON Schema as the types of events need.
    private static IEnumerable<string> Misfits(JsonElement value, JsonElement schema, string at)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return [];
        if (schema.TryGetProperty("enum", out var names) && names.EnumerateArray().All(name => name.GetRawText() != value.GetRawText()))
            return [$"{at}: {value.GetRawText()} is none of {names.GetRawText()}"];
        var kind = value.ValueKind switch { JsonValueKind.True or JsonValueKind.False => "boolean", JsonValueKind.Number => "number", var other => other.ToString().ToLowerInvariant() };
        if (schema.TryGetProperty("type", out var type) && !type.GetRawText().Replace("integer", "number", StringComparison.Ordinal).Contains($"\"{kind}\"", StringComparison.Ordinal))
            return [$"{at}: {kind} is not {type.GetRawText()}"];
        var properties = schema.TryGetProperty("properties", out var named) ? named : default;
        return value.ValueKind switch
        {
            JsonValueKind.Object when properties.ValueKind == JsonValueKind.Object =>
            [
                .. value.EnumerateObject().SelectMany(member => properties.TryGetProperty(member.Name, out var of) ? Misfits(member.Value, of, $"{at}/{member.Name}") : []),
                .. (schema.TryGetProperty("required", out var required) ? required.EnumerateArray() : []).Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}/{name} is missing"),
            ],
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value.EnumerateArray().SelectMany((element, i) => Misfits(element, items, $"{at}/{i}")),
            _ => [],
        };
    }

    [Fact]
    public async Task A_webhook_hears_it_and_GraphQL_asks_for_it_as_well()
    {
        using var receiver = new Receiver();
        var webhook = (await Customs.Tells(receiver, Appointments)).Header("Location")!;

        var answer = (await Customs.Ask("mutation { triggerEvent(input: {type: \"onedoor.appointment.confirmed\"}) { event { type event cursor } problem { code } } }")).GetProperty("triggerEvent");

        await RunningPlatform.Until(() => Task.FromResult(receiver.Events.Count == 1), "it has come");
        var (heard, asked) = (receiver.Events[0].Json, answer.GetProperty("event"));
        Assert.Equal((asked.Text("event"), "onedoor.appointment.confirmed", true, "confirmed"), (heard.Text("id"), heard.Text("type"), heard.GetProperty("sample").GetBoolean(), heard.GetProperty("data").Text("status")));
        var read = await Customs.Ask("query ($after: String!) { events(after: $after, types: [\"onedoor.appointment.*\"]) { items { id sample } } }", new { after = asked.Text("cursor") });
        Assert.Contains(read.GetProperty("events").List("items"), e => e.Text("id") == $"{asked.Text("event")}" && e.GetProperty("sample").GetBoolean());
        await Customs.Send(HttpMethod.Delete, webhook, null, ("If-Match", (await Customs.Get(webhook)).ETag));
    }

    [Fact]
    public async Task It_is_refused_by_code_where_it_is_no_type_and_outside_development()
    {
        var unknown = await Customs.Post("/v1/sandbox/events", new { type = "onedoor.case.closed" });
        unknown.Refuses(422, "sandbox.event-type-unknown");
        Assert.Equal(["/type"], unknown.Json.Each("errors", "pointer"));

        await using var database = await platform.Template.Copy();
        await using var production = platform.StartApi(database);
        foreach (var environment in new[] { production.Services.GetRequiredService<IHostEnvironment>(), production.Services.GetRequiredService<IWebHostEnvironment>() })
            environment.EnvironmentName = Environments.Production;
        (await Customs.At(production.Http).Post("/v1/sandbox/events", new { type = Granted })).Refuses(403, "sandbox.only-in-development");
        // Whichever case it is.
        var (submitter, @case) = (SampleBatches.Employer(platform, Applications.Company(), production.Http), Guid.CreateVersion7(platform.Now));
        (await submitter.Post("/v1/sandbox/clock", new { @case, to = platform.Now.AddDays(1) })).Refuses(403, "sandbox.only-in-development");
        var graph = await submitter.Ask($$"""mutation { moveClock(input: { case: "{{@case}}", to: "{{platform.Now.AddDays(1):O}}" }) { problem { code } } }""");
        Assert.Equal("sandbox.only-in-development", graph.GetProperty("moveClock").GetProperty("problem").Text("code"));
        Assert.Equal(0, await database.Count("select count(*) from onedoor.mt_events where type in ('sample_event_triggered', 'clock_moved')"));
    }

    // A person of customs, whose department's system asked.
    private Client Clerk => platform.With(new() { ["sub"] = "p_customs", ["client_id"] = "onedoor-desk", ["department"] = "customs", ["scope"] = Scopes.EventsRead });

    /// <summary>All that a reader is told after a place in the feed.</summary>
    internal static async Task<JsonElement[]> ReadAll(Client reader, string after)
    {
        var page = (await reader.Get($"/v1/events?after={after}&first=1000")).Must(200).Json;
        return page.Text("next") == after ? [] : [.. page.List("items"), .. await ReadAll(reader, page.Text("next"))];
    }
}
