using System.Net.Http.Json;
using System.Text.Json;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Graph;

/// <summary>What keeps a mutation from running takes nothing along of what the others of its request have come to.</summary>
public sealed class GraphProblemTests(Api api)
{
    [Fact]
    public async Task A_variable_inside_of_JSON_is_refused_for_it_would_be_null()
    {
        const string Inside = """mutation($remarks: String) { submitCase(input: { item: "x", channel: ONLINE, form: { remarks: $remarks } }) { problem { code } } }""";
        using var client = api.CreateClient();
        using var answered = await client.PostAsJsonAsync(new Uri("/graphql", UriKind.Relative), new { query = Inside, variables = new { remarks = "x" } }, TestContext.Current.CancellationToken);
        var answer = JsonElement.Parse(await answered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal("graphql.validation", Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_keeps_a_mutation_from_running_is_its_problem_and_an_error_as_well()
    {
        // Without a token, without a database, and for nobody to find.
        const string Three = """
            mutation {
              withdrawCase(id: "x", version: 1) { case { id } problem { code status } }
              giveReview(input: { grade: FAIR, ticket: "00000000-0000-0000-0000-000000000001" }, code: "x") { review { id } problem { code status } }
              cancelTicket(id: "x", version: 1, code: "x") { problem { code status } }
            }
            """;
        using var client = api.CreateClient();
        using var answered = await client.PostAsJsonAsync(new Uri("/graphql", UriKind.Relative), new { query = Three }, TestContext.Current.CancellationToken);
        var answer = JsonElement.Parse(await answered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        static (string?, int) Said(JsonElement of) => (of.GetProperty("code").GetString(), of.GetProperty("status").GetInt32());
        Assert.Equal(
            [("withdrawCase", ("auth.token-missing", 401)), ("giveReview", ("platform.unavailable", 503)), ("cancelTicket", ("ticket.not-found", 404))],
            answer.GetProperty("data").EnumerateObject().Select(one => (one.Name, Said(one.Value.GetProperty("problem")))));
        Assert.Equal(
            [("withdrawCase", ("auth.token-missing", 401)), ("giveReview", ("platform.unavailable", 503))],
            answer.GetProperty("errors").EnumerateArray().Select(one => (one.GetProperty("path")[0].GetString()!, Said(one.GetProperty("extensions")))));
    }
}
