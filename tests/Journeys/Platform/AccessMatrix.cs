using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Contracts;
using OneDoor.Feed;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Every operation and every field, asked by everybody, answers as access-matrix.md says; what is refused changes nothing.</summary>
public sealed class AccessMatrix(RunningPlatform platform) : IAsyncLifetime
{
    private readonly EntitledRequests _requests = new(platform);
    private readonly Dictionary<string, Client> _clients = [];
    private EntitledRequest? _request;
    private long _last;

    // The same for every test: each is an object of its own.
    private static IReadOnlyDictionary<string, Operation> _operations = null!;

    public static TheoryData<string> Operations => [.. AccessTable.Operations.Select(row => row.Name)];

    private ISchema Schema => platform.Api.Services.GetRequiredService<ISchema>();

    public async ValueTask InitializeAsync() =>
        _operations ??= Operation.All(JsonNode.Parse((await platform.Anybody.Get("/openapi.json")).Text)!).ToDictionary(o => o.Id!);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Every_operation_and_every_field_has_its_row_and_every_row_is_reached_by_somebody()
    {
        Schema.Initialize();
        var roots = new[] { Schema.Query, Schema.Mutation!, Schema.Subscription! };
        var fields = roots.SelectMany(root => root.Fields.Select(f => $"{root.Name}.{f.Name}")).ToHashSet();
        var known = Schema.AllTypes.OfType<IComplexGraphType>().SelectMany(type => type.Fields.Select(f => $"{type.Name}.{f.Name}")).ToHashSet();
        var all = AccessTable.Operations.Concat(AccessTable.Fields).ToArray();
        var rows = all.Where(row => row.Field.Length > 0).ToArray();

        Assert.Equal(_operations.Keys.Order(), AccessTable.Operations.Select(row => row.Name).Order());
        Assert.Equal(_operations.Values.Where(o => o.Method == "GET").Select(o => o.Id).Order(), AccessTable.Operations.Where(row => row.Cached.Length > 0).Select(row => row.Name).Order());
        Assert.Equal(rows.Length, rows.Select(row => row.Field).Distinct().Count());
        Assert.Empty(fields.Except(rows.Select(row => row.Field)));
        Assert.Empty(rows.Select(row => row.Field).Except(known));
        Assert.All(all, row => Assert.Contains(row.Expected.Values, cell => cell is "200" or "201" or "202" or "204" or "200 listed"));
    }

    // Whoever stands in the table for a role may what the role may, and no more.
    [Theory]
    [InlineData("applicant", "citizen")]
    [InlineData("other applicant", "enterprise")]
    [InlineData("clerk", "clerk")]
    [InlineData("supervisor", "supervisor")]
    [InlineData("auditor", "auditor")]
    public async Task A_person_of_the_table_has_the_scopes_that_identity_gives_their_role(string caller, string signsInAs)
    {
        var given = new JsonWebToken(await SignedIn.Token(platform, signsInAs, string.Join(' ', Scopes.All)));
        Assert.Equal(given.GetClaim("scope").Value.Split(' ').Order(), AccessTable.ScopesOf(caller).Split(' ').Order());
    }

    // Over all doors of the same thing, for what is refused or read leaves it as it is.
    [Theory, MemberData(nameof(Operations))]
    public async Task Everybody_is_answered_as_the_table_says_and_alike_over_GraphQL_and_from_what_others_keep(string operation)
    {
        var row = AccessTable.Operations.Single(row => row.Name == operation);
        await Compare(row, "REST", cell => cell, (caller, request) => Rest(caller, _operations[operation], request));
        // Bytes come over REST alone. Done is done: REST's 201 has no counterpart.
        if (row.Field.Length > 0)
            await Compare(row, "GraphQL", cell => cell.Replace("201", "200", StringComparison.Ordinal), (caller, request) => GraphQl(caller, row.Field, request));
        if (row.Cached.Length > 0)
            Assert.Equal(row.Cached, await Cached(operation));
    }

    // What a reader would take from another's cache is what they are answered without it.
    private async Task<string> Cached(string operation)
    {
        var path = (await Request(operation)).PathOf(_operations[operation].Path);
        List<(Func<(string, string)[], Task<Answered>> Ask, Answered Read)> readers = [];
        foreach (var (client, language) in AccessTable.Callers.SelectMany(caller => new[] { (ClientOf(caller), "en"), (ClientOf(caller), "zh-CN") }))
        {
            Task<Answered> Ask((string, string)[] headers) => client.Get(path, [("Accept-Language", language), .. headers]);
            readers.Add((Ask, await Ask([])));
        }
        var kept = readers.Where(r => r.Read.Header("ETag") is not null).GroupBy(r => r.Read.ETag).ToArray();
        // No two drawings have the same bytes, and the log grows meanwhile.
        var isAlike = operation is not ("getDocument" or "getDocumentOfLicence" or "getLicenceDocument" or "getLicenceQrCode" or "getCaseProof");
        foreach (var reader in readers)
        {
            var own = reader.Read.Header("ETag") is null ? null : reader.Read.ETag;
            if (isAlike && own is not null)
                Assert.Equal(kept.Single(of => of.Key == own).First().Read.Text, reader.Read.Text);
            var others = string.Join(", ", kept.Select(of => of.Key).Where(tag => tag != own));
            if (others.Length == 0)
                continue;
            var again = await reader.Ask([("If-None-Match", others)]);
            Assert.Equal(reader.Read.Status, again.Status);
            if (isAlike && again.Status == 200)
                Assert.Equal(reader.Read.Text, again.Text);
        }
        return kept.Length == 0 ? "no tag" : readers.All(r => r.Read.Status == 200 && r.Read.Text == readers[0].Read.Text) ? "the same" : "their own";
    }

    [Fact]
    public Task A_node_is_there_for_whom_the_case_is() => Compare(
        AccessTable.Fields.Single(row => row.Field == "Query.node"), "GraphQL", cell => cell, (caller, request) => GraphQl(caller, "Query.node", request), "getCase");

    [Fact]
    public Task A_case_is_followed_by_those_who_see_it() => Compare(
        AccessTable.Fields.Single(row => row.Field == "Subscription.caseChanged"), "GraphQL", cell => cell,
        async (caller, request) =>
        {
            await foreach (var sent in Followed(caller, "Subscription.caseChanged", request))
                return Cell(sent);
            return "nothing";
        },
        "getCase");

    [Fact]
    public Task A_batch_is_followed_by_those_whose_it_is() => Compare(
        AccessTable.Fields.Single(row => row.Field == "Subscription.batchProgressed"), "GraphQL", cell => cell,
        async (caller, request) =>
        {
            await foreach (var sent in Followed(caller, "Subscription.batchProgressed", request))
                return Cell(sent);
            return "nothing";
        },
        "getBatch");

    [Fact]
    public Task A_departments_tasks_are_followed_by_the_department() => Compare(
        AccessTable.Fields.Single(row => row.Field == "Subscription.tasksChanged"), "GraphQL", cell => cell, HearsOfTasks, "listTasks");

    [Fact]
    public Task Events_are_followed_by_those_who_may_read_them() => Compare(
        AccessTable.Fields.Single(row => row.Field == "Subscription.eventCommitted"), "GraphQL", cell => cell,
        async (caller, request) =>
        {
            // There is something to be told of.
            if (caller.Department.Length > 0)
                await CaseOf(caller);
            await foreach (var sent in Followed(caller, "Subscription.eventCommitted", request with { Query = new Dictionary<string, string> { ["after"] = platform.Api.Services.GetRequiredService<EventCursors>().Of(0) } }))
                return Cell(sent);
            return "nothing";
        },
        "listEvents");

    [Fact]
    public Task Notifications_are_followed_by_those_who_are_told() => Compare(
        AccessTable.Fields.Single(row => row.Field == "Subscription.notificationWritten"), "GraphQL", cell => cell, HearsOfNotifications, "listNotifications");

    // Whoever is refused finds the case as it was, so it serves until somebody has changed it.
    private async Task Compare(
        AccessRow row, string door, Func<string, string> expected, Func<AccessCaller, EntitledRequest, Task<string>> ask, string? operation = null)
    {
        List<string> differences = [];
        foreach (var caller in AccessTable.Callers)
        {
            var request = await Request(operation ?? row.Name);
            var answered = await ask(caller, request);
            if (answered != expected(row.Expected[caller.Name]))
                differences.Add($"{caller.Name}: {answered}, and the table says {row.Expected[caller.Name]}");
            if (await platform.Database.FactsAfter(_last) == 0)
                continue;
            _request = null;
            // A subscriber's own cases are no change of this one.
            if (operation is null && !answered.StartsWith('2'))
                differences.Add($"{caller.Name}: {answered}, and yet something was recorded");
        }
        Assert.True(differences.Count == 0, $"access-matrix.md, row {row.Name}, over {door}:\n  {string.Join("\n  ", differences)}");
    }

    private async Task<EntitledRequest> Request(string operation)
    {
        if (_request is not null)
            return _request;
        _request = await _requests.For(operation);
        _last = await platform.Database.LastFact();
        return _request;
    }

    private async Task<string> Rest(AccessCaller caller, Operation operation, EntitledRequest request)
    {
        var path = request.PathOf(operation.Path);
        var client = ClientOf(caller);
        if (operation.Method == "GET")
        {
            var read = await client.Get(path, [.. request.Headers]);
            return read.Status == 200 && (operation.Id is "listBatches" or "listCases" or "listTasks" or "listAppointments" or "listComplaints" or "listEmergencyProjects" or "listReviews" or "listTickets" or "listWorkOrders" or "listLicences" or "listSupervisionTasks") ? $"200 {await Listed(client, path, request)}" : Cell(read);
        }
        return Cell(await client.Send(new HttpMethod(operation.Method), path, request.Content, [("If-Match", await request.ETag()), .. request.Headers]));
    }

    private static string Cell(Answered answered) => answered.Status < 300 ? $"{answered.Status}" : Cell(answered.Status, answered.Code);

    private static string Cell(int status, string code) => code.EndsWith(".not-found", StringComparison.Ordinal) || code == "auth.token-missing" ? $"{status}" : $"{status} {code.Split('.')[1]}";

    private static async Task<string> Listed(Client client, string list, EntitledRequest request) =>
        (await client.Every($"{list}?first=100")).Any(entry => entry.GetRawText().Contains(request.Thing, StringComparison.Ordinal)) ? "listed" : "absent";

    private async Task<string> GraphQl(AccessCaller caller, string field, EntitledRequest request)
    {
        var given = await FieldQuery.Given(request);
        var listed = false;
        while (true)
        {
            var asked = FieldQuery.Of(Schema, field, given);
            var answer = (await ClientOf(caller).Post("/graphql", new { query = asked.Query, variables = asked.Variables })).Must(200).Json;
            if (Cell(answer) is var cell && cell != "200")
                return cell;
            var data = answer.GetProperty("data").GetProperty("asked");
            if (field is not ("Query.batches" or "Query.cases" or "Query.tasks" or "Query.appointments" or "Query.complaints" or "Query.emergencyProjects" or "Query.reviews" or "Query.tickets" or "Query.workOrders" or "Query.licences" or "Query.supervisionTasks"))
                return "200";
            listed |= data.GetProperty("nodes").GetRawText().Contains(request.Thing, StringComparison.Ordinal);
            Assert.Equal(data.List("nodes").Select(n => n.GetRawText()), data.List("edges").Select(e => e.GetProperty("node").GetRawText()));
            if (!data.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean())
                return listed ? "200 listed" : "200 absent";
            given["after"] = data.GetProperty("pageInfo").Text("endCursor");
        }
    }

    private static string Cell(JsonElement answer)
    {
        if (answer.TryGetProperty("errors", out var errors))
            return Of(errors[0].GetProperty("extensions"));
        var asked = answer.GetProperty("data").EnumerateObject().Single().Value;
        if (asked.ValueKind == JsonValueKind.Null)
            return "404";
        return asked.ValueKind == JsonValueKind.Object && asked.TryGetProperty("problem", out var problem) && problem.ValueKind == JsonValueKind.Object ? Of(problem) : "200";

        static string Of(JsonElement refused) => Cell(refused.GetProperty("status").GetInt32(), refused.Text("code"));
    }

    private async IAsyncEnumerable<JsonElement> Followed(AccessCaller caller, string field, EntitledRequest request)
    {
        var asked = FieldQuery.Of(Schema, field, await FieldQuery.Given(request));
        var token = caller.TokenOf.Length == 0 ? null : await ClientOf(caller).Token();
        await foreach (var sent in platform.Api.Http.Events(token, asked.Query, asked.Variables, TestContext.Current.CancellationToken))
            yield return sent;
    }

    // Cases of the subscriber's own department mark the time: some before the change, until it is known to listen, and one after.
    private async Task<string> HearsOfTasks(AccessCaller caller, EntitledRequest request)
    {
        var events = Followed(caller, "Subscription.tasksChanged", request).GetAsyncEnumerator();
        var next = events.MoveNextAsync().AsTask();
        await RunningPlatform.Until(
            async () =>
            {
                if (await Task.WhenAny(next, Task.Delay(300)) == next)
                    return true;
                // Who has no department is refused sooner or later, whatever becomes a department's to do.
                if (caller.Department.Length > 0)
                    await CaseOf(caller);
                return false;
            },
            $"{caller.Name} hears of tasks");
        // Not before: while it waits it cannot be disposed of, and that would be all one hears of a wait in vain.
        await using var listening = events;
        Assert.True(await next);
        if (Cell(events.Current) is var cell && cell != "200")
            return cell;

        (await request.Case!.Do(Department.MarketRegulation, "referrals", new { kind = "upward", reason = "拿不准。", step = "licence" })).Must(200);
        var last = await CaseOf(caller);
        List<string> heard = [];
        while (!heard.Contains(last.Id) && await events.MoveNextAsync())
            heard.Add(events.Current.GetProperty("data").GetProperty("asked").GetProperty("case").Text("id"));
        return heard.Contains(request.Case.Id) ? "200 listed" : "200 absent";
    }

    // The applicant is told until somebody hears of it or, who is told of nothing, has listened for long.
    private async Task<string> HearsOfNotifications(AccessCaller caller, EntitledRequest request)
    {
        var events = Followed(caller, "Subscription.notificationWritten", request).GetAsyncEnumerator();
        var next = events.MoveNextAsync().AsTask();
        for (var told = 0; told < 8 && await Task.WhenAny(next, Task.Delay(300)) != next; told++)
            await new Notifications.ToldApplicant(platform, _requests.Applicant).Told();
        if (!next.IsCompleted)
            return "200 absent";
        await using var listening = events;
        Assert.True(await next);
        return Cell(events.Current) is var cell && cell == "200" ? "200 listed" : cell;
    }

    private Task<CaseJourney> CaseOf(AccessCaller caller) => CaseJourney.Submitted(platform, CatalogueData.Zone().First(item =>
        item.Department == Kebab.Parse<Department>(caller.Department) && item.Mode != ReformMode.Abolished && item.Act != Act.Filing && item.Channels.Contains(Channel.Agency)).Code);

    private Client ClientOf(AccessCaller caller) => _clients.TryGetValue(caller.Name, out var known) ? known : _clients[caller.Name] = caller.TokenOf switch
    {
        "" => platform.Anybody,
        "a person" => platform.With(Person(caller)),
        _ => platform.As(Kebab.Parse<Department>(caller.Department)!.Value, caller.Scopes),
    };

    private Dictionary<string, object> Person(AccessCaller caller)
    {
        var claims = new Dictionary<string, object> { ["sub"] = $"p_{caller.Name}", ["client_id"] = "playground", ["scope"] = caller.Scopes };
        if (caller.Department.Length > 0)
            claims[Claims.Department] = caller.Department;
        if (caller.AppliesFor.Length > 0)
        {
            var company = caller.AppliesFor == "another" ? Applications.Company() : _requests.Applicant;
            claims[Claims.Applicant] = new ApplicantReference($"legal-entity:{company["uscc"]}", (string)company["name"]!);
        }
        return claims;
    }
}
