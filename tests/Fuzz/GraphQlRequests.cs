using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQL.Types;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Fuzz;

/// <summary>Documents for every field that offers what REST offers, and for <c>node</c>: some as they should be, most with something changed.</summary>
public sealed class GraphQlRequests(Random random, ISchema schema, EntitledRequests entitled)
{
    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", ":", "!", "|", "&", "=", "@", "$", "...", "\"", "\"\"\"", "#", "\\", "\u0000", "\ufeff", "，", "@skip(if: true)", "@include(if: null)", "@defer",
        "fragment A on Case { ...A }", "...A", "... on Case { id }", "__typename", "__schema { types { name fields { name } } }", "__type(name: \"Case\") { name }", "$x: Int = 1",
        "query", "mutation", "fragment", "on", "null", "true", "1e999", "-0", "99999999999", "0x1", "\"\\ud800\"", "\"\\u0000\"", "\"\\u{110000}\"", "asked: asked", "id", "id: id",
    ];

    private readonly Dictionary<string, EntitledRequest> _known = [];
    /// <summary>What has to be answered at least once.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. AccessTable.Operations.Select(row => row.Field).Where(field => field.Length > 0), "Query.node"];

    /// <summary>The token of whoever may ask for most.</summary>
    public Task<string> Token() => entitled.CallerOf("getCase").Client.Token();

    /// <summary>As it should be.</summary>
    public async Task<FuzzRequest> Right(string field) => Right(field, FieldQuery.Of(schema, field, await FieldQuery.Given(await entitled.For(OperationOf(field)))));

    private static string OperationOf(string field) => AccessTable.Operations.SingleOrDefault(row => row.Field == field)?.Name ?? "getCase";

    private FuzzRequest Right(string field, FieldQuery asked) => new(field, "POST", "/graphql")
    {
        Caller = FuzzCaller.Of(entitled.CallerOf(OperationOf(field))),
        Headers = [("Content-Type", "application/json"), ("Accept", random.Pick(["application/json", "application/graphql-response+json", "*/*"]))],
        Body = Body(asked.Query, asked.Variables.ToJsonString()),
    };

    public async Task<FuzzRequest> Next()
    {
        var field = random.Pick(Fields);
        if (random.Once(3) || !_known.TryGetValue(field, out var request))
            _known[field] = request = await entitled.For(OperationOf(field));
        var asked = FieldQuery.Of(schema, field, await FieldQuery.Given(request));
        return Changed(random.Once(8) ? Right(field, asked) with { Caller = null } : Right(field, asked), asked);
    }

    private FuzzRequest Changed(FuzzRequest request, FieldQuery asked)
    {
        var (query, variables) = (asked.Query, asked.Variables.ToJsonString());
        switch (random.Next(8))
        {
            case 0:
                return request;
            case 1:
                return request with { Headers = [request.Headers[0], ("Accept", random.Pick(["text/event-stream", "text/html", "application/json;q=0", Hostile.Header(random)]))] };
            case 2 or 3:
                return request with { Body = Body(query, Hostile.Changed(random, asked.Variables, random.Next(1, 4))) };
            case 4 or 5:
                return request with { Body = Body(Mangled(query), variables) };
            case 6:
                var get = $"/graphql?query={Uri.EscapeDataString(random.Once(2) ? query : Mangled(query))}&variables={Uri.EscapeDataString(random.Once(2) ? variables : "{")}&{Hostile.Segment(random)}";
                return get.Length > 7000 ? request : request with { Method = "GET", Path = get, Body = null };
            default:
                var envelope = new JsonObject
                {
                    ["query"] = query, ["variables"] = asked.Variables, ["operationName"] = null, ["documentId"] = null,
                    ["extensions"] = new JsonObject { ["persistedQuery"] = new JsonObject { ["version"] = 1, ["sha256Hash"] = "00" } },
                };
                var text = Hostile.Changed(random, envelope, random.Next(1, 4));
                return request with { Body = random.Once(4) ? Hostile.Damaged(random, text) : Encoding.UTF8.GetBytes(text) };
        }
    }

    // None of them makes a subscription of it, whose answer would have no end.
    private string Mangled(string query)
    {
        var text = new StringBuilder(query);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, string.Concat(Enumerable.Repeat(random.Pick(Pieces), random.Next(1, 200))));
                    break;
                case 2:
                    text.Insert(at, Hostile.Text(random));
                    break;
                default:
                    text.Insert(at, $" {random.Pick(Pieces)} ");
                    break;
            }
            if (text.Length == 0)
                return "";
        }
        return text.ToString();
    }

    private static byte[] Body(string query, string variables) => Encoding.UTF8.GetBytes($"{{\"query\":{JsonSerializer.Serialize(query)},\"variables\":{variables}}}");
}
