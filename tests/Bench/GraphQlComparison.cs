using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using OneDoor.Platform;

namespace OneDoor.Bench;

/// <summary>
/// GraphQL against mercurius + pg on Node.js: the same questions about the same cases, asked with the same token, and the
/// same answers. One is one process on all cores, the other one thread, so what counts is requests per second of CPU.
/// </summary>
public static class GraphQlComparison
{
    private const int Cases = 1_000, Rounds = 3;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(5);

    private const string Steps = "steps { code department status openedAt dueAt decidedAt }";
    private const string Whole = "id version number status item { code version name } applicant { kind name uscc } channel hall submittedAt acceptedAt decidedAt "
        + Steps + " materials { code name digest } clock { statutory { limit { value unit } dueOn dueAt provisional } promised { limit { value unit } dueOn dueAt provisional } }";
    private const string Detail = "query Detail($id: ID!) { case(id: $id) { " + Whole + " } }";
    private const string List = "query List { cases(first: 20) { nodes { id number status item { code version name } " + Steps + " } pageInfo { hasNextPage } } }";

    private const string Tables = """
        create table mercurius_cases (id uuid primary key, submitted_by text not null, departments text[] not null, version int not null,
            number text not null, status text not null, item jsonb not null, applicant jsonb not null, channel text not null, hall text not null,
            submitted_at text not null, accepted_at text, decided_at text, materials jsonb not null, clock jsonb not null);
        create index on mercurius_cases (submitted_by, id);
        create index on mercurius_cases using gin (departments);
        create table mercurius_steps (case_id uuid not null, position int not null, code text not null, department text not null, status text not null,
            opened_at text, due_at text, decided_at text, primary key (case_id, position));
        """;

    /// <param name="http">Sends the token.</param>
    /// <param name="connection">The database.</param>
    /// <param name="authority">The identity server.</param>
    /// <param name="api">OneDoor's program.</param>
    /// <param name="environment">What its processes need.</param>
    /// <param name="submit">A submission to a server.</param>
    public static async Task Measure(
        HttpClient http, string connection, string authority, string api, Func<(string, string)[], Dictionary<string, string>> environment,
        Func<Server, HttpRequestMessage> submit)
    {
        await using var oneDoor = await Server.Start("OneDoor", api, Port.Free(), environment(
        [
            ("Authentication__Authority", authority), ("RateLimit__Requests", "100000000"), ("GraphQl__Budget", "1000000000"), ("GraphQl__BudgetPerSecond", "1000000000"),
        ]));
        for (var i = 0; i < Cases; i++)
        {
            using var message = submit(oneDoor);
            using var answer = await http.SendAsync(message);
            answer.EnsureSuccessStatusCode();
        }
        var first = await Copy(http, oneDoor, connection);
        var npgsql = new NpgsqlConnectionStringBuilder(connection);
        var script = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../tests/Bench/mercurius/server.mjs"));
        await using var rival = await Server.Start("mercurius", script, Port.Free(), environment(
        [
            ("BENCH_AUTHORITY", authority), ("NODE_ENV", "production"),
            ("BENCH_CONNECTION", $"postgres://{npgsql.Username}:{Uri.EscapeDataString(npgsql.Password!)}@{npgsql.Host}:{npgsql.Port}/{npgsql.Database}"),
        ]));

        await Compare("GraphQL: a case", http, oneDoor, rival, Request(Detail, new { id = first }));
        await Compare("GraphQL: a list of 20 cases with steps and item", http, oneDoor, rival, Request(List, new { }));
    }

    private static byte[] Request(string query, object variables) => JsonSerializer.SerializeToUtf8Bytes(new { query, variables });

    private static HttpRequestMessage Ask(Server server, byte[] request)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/graphql")) { Content = new ByteArrayContent(request) };
        message.Content.Headers.ContentType = new("application/json");
        message.Headers.Accept.ParseAdd("application/json");
        return message;
    }

    private static async Task<JsonNode> Data(HttpClient http, Server server, byte[] request)
    {
        using var message = Ask(server, request);
        using var answer = await http.SendAsync(message);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return body["errors"] is null ? body["data"]! : throw new InvalidOperationException($"{server.Name}: {body["errors"]}");
    }

    private static async Task Compare(string what, HttpClient http, Server oneDoor, Server rival, byte[] request)
    {
        if (!JsonNode.DeepEquals(await Data(http, oneDoor, request), await Data(http, rival, request)))
            throw new InvalidOperationException($"{what}: the two answer differently.");
        Program.Title(what);
        foreach (var server in new[] { oneDoor, rival })
            await Load.Run(server, http, Program.WarmUp, () => Ask(server, request));
        List<double> ratios = [];
        for (var round = 0; round < Rounds; round++)
        {
            var one = await Load.Run(oneDoor, http, RoundTime, () => Ask(oneDoor, request));
            var other = await Load.Run(rival, http, RoundTime, () => Ask(rival, request));
            Program.Print(oneDoor.Name, one);
            Program.Print(rival.Name, other);
            ratios.Add(other.CpuMicroseconds / one.CpuMicroseconds);
        }
        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"ratio of requests per second of CPU, median of {Rounds}: {ratios[Rounds / 2]:F2} ({ratios[0]:F2}–{ratios[^1]:F2})"));
    }

    /// <summary>Copies every case into the rival's tables, as GraphQL shows it.</summary>
    /// <returns>The id of one.</returns>
    private static async Task<string> Copy(HttpClient http, Server oneDoor, string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await Execute(database, Tables);
        await using var open = await database.OpenConnectionAsync();
        string? after = null, id = null;
        do
        {
            var page = (await Data(http, oneDoor, Request(
                $"query Page($after: String) {{ cases(first: 100, after: $after) {{ nodes {{ {Whole} history {{ by {{ client }} }} }} pageInfo {{ endCursor hasNextPage }} }} }}",
                new { after })))["cases"]!;
            await using var batch = new NpgsqlBatch(open);
            foreach (var @case in page["nodes"]!.AsArray())
                Insert(batch, @case!);
            await batch.ExecuteNonQueryAsync();
            id = (string?)page["nodes"]![0]!["id"];
            after = (bool)page["pageInfo"]!["hasNextPage"]! ? (string?)page["pageInfo"]!["endCursor"] : null;
        }
        while (after is not null);
        await Execute(database, "analyze");
        return id!;
    }

    private static void Insert(NpgsqlBatch batch, JsonNode @case)
    {
        var id = Guid.Parse((string)@case["id"]!);
        var steps = @case["steps"]!.AsArray();
        batch.BatchCommands.Add(Command(
            "insert into mercurius_cases values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            id, (string)@case["history"]![0]!["by"]!["client"]!, steps.Select(s => (string)s!["department"]!).Distinct().ToArray(), (int)@case["version"]!,
            Text("number"), Text("status"), Json("item"), Json("applicant"), Text("channel"), Text("hall"),
            Text("submittedAt"), Text("acceptedAt"), Text("decidedAt"), Json("materials"), Json("clock")));
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i]!;
            batch.BatchCommands.Add(Command(
                "insert into mercurius_steps values ($1, $2, $3, $4, $5, $6, $7, $8)", id, i, (string)step["code"]!, (string)step["department"]!,
                (string)step["status"]!, (string?)step["openedAt"], (string?)step["dueAt"], (string?)step["decidedAt"]));
        }
        string? Text(string name) => (string?)@case[name];
        NpgsqlParameter Json(string name) => new() { Value = @case[name]!.ToJsonString(), NpgsqlDbType = NpgsqlDbType.Jsonb };
    }

    private static NpgsqlBatchCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    private static async Task Execute(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
