using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Graph;

/// <summary>What is too much is refused before it costs anything: under 50 ms from the request to the answer, and so less of CPU.</summary>
public sealed class GraphBoundsTests(Api api)
{
    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(50);
    private const string Dear =
        "{cases(first:100){nodes{history{details{refusal{reason}} by{client}} steps{code} explainedClock{statutory{limit{value}} promised{limit{value}} pauses{step}} "
        + "item{entry{parent{name{zh}} name{zh} steps{name{zh} limit{value} issues{name{zh}}} materials{name{zh}} conditions{zh} promisedLimit{value} statutoryLimit{value}}} "
        + "clock{statutory{limit{value}} promised{limit{value} skipped{name{zh}}} actual{value} pauses{step}} materials{code} deferred{code} correctionNotices{lines{text}} "
        + "licences{licence{name{zh}}} applicant{name} refusal{reason}} edges{node{history{type by{client} details{actual{value} lines{text}}} steps{code} item{entry{name{zh}}}}}}}";

    public static TheoryData<string, string, string> TooMuch => new()
    {
        { "1,000 aliases", $"{{ {Repeat(1000, i => $"a{i}: __typename ")} }}", "graphql.too-many-root-fields" },
        { "1,000 aliases below", $"{{ catalogueSummary {{ {Repeat(1000, i => $"a{i}: items ")} }} }}", "graphql.too-many-aliases" },
        { "depth 50", Repeat(50, _ => "{ node ") + "{ id }" + new string('}', 50), "graphql.too-deep" },
        { "depth 1,200", Repeat(1200, _ => "{ a ") + new string('}', 1200), "graphql.too-deep" },
        { "a cycle", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "graphql.fragment-cycle" },
        { "a long cycle", "{ ...F0 } " + Repeat(400, i => $"fragment F{i} on Query {{ ...F{(i + 1) % 400} }} "), "graphql.fragment-cycle" },
        { "doubling fragments", "{ ...F0 } " + Repeat(300, i => $"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }} ") + "fragment F300 on Query { __typename }", "graphql.too-many-root-fields" },
        { "repeated fields", $"{{ catalogueSummary {{ {Repeat(4000, _ => "items ")} }} }}", "graphql.too-many-fields" },
        { "repeated root fields", $"{{ {Repeat(4000, _ => "__typename ")} }}", "graphql.too-many-root-fields" },
        { "a flood of directives", $"{{ __typename {Repeat(1500, _ => "@skip ")} }}", "graphql.too-many-directives" },
        { "tokens", $"{{ {Repeat(30_000, _ => "a ")} }}", "graphql.too-many-tokens" },
        { "1 MB", $"{{ {Repeat(499_900, _ => "a ")} }}", "graphql.document-too-large" },
        { "introspection within introspection", "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }", "graphql.too-deep" },
        { "cost", Dear, "graphql.cost-too-high" },
        { "introspection that multiplies", $"{{ {Repeat(20, i => $"a{i}: __schema {{ types {{ fields {{ type {{ fields {{ name description type {{ kind name ofType {{ kind name ofType {{ name }} }} }} }} }} }} }} }} ")} }}", "graphql.cost-too-high" },
        { "no GraphQL", new string('{', 4000), "graphql.syntax" },
        { "no GraphQL on lines that end in CR", "{ a\r b\n 0x1 }", "graphql.syntax" },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public async Task Too_much_is_refused_at_no_cost(string what, string document, string code)
    {
        using var client = api.CreateClient();
        await Ask(client, "{ catalogueSummary { items } }");
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await Ask(client, document);
            var took = Stopwatch.GetElapsedTime(started);
            Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
            least = took < least ? took : least;
        }
        Assert.True(least < Cheap, $"{what} took {least.TotalMilliseconds:F1} ms.");
    }

    [Fact]
    public void A_documents_place_in_memory_counts_the_operations_name()
    {
        using var documents = new GraphDocuments(new GraphOptions { RememberedCharacters = 1_100 });
        BoundedDocument? Found(string operation) => documents.Find("{ __typename }", id: null, operation, client: "").Document;

        Assert.Same(Found("A"), Found("A"));
        var endless = new string('A', 1_000);
        Assert.NotSame(Found(endless), Found(endless));
    }

    [Fact]
    public async Task A_client_whose_budget_is_spent_waits_until_it_is_restored()
    {
        await using var poor = new Api().WithWebHostBuilder(host => host.UseSetting("GraphQl:Budget", "200").UseSetting("GraphQl:BudgetPerSecond", "1"));
        using var client = poor.CreateClient();

        var first = await Ask(client, Items(60));
        var second = await Ask(client, Items(60));
        var small = await Ask(client, Items(5));
        var never = await Ask(client, Items(100));

        Assert.DoesNotContain("graphql.budget-spent", first, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"graphql.budget-spent\"", second, StringComparison.Ordinal);
        Assert.DoesNotContain("graphql.budget-spent", small, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"graphql.cost-too-high\"", never, StringComparison.Ordinal);

        static string Items(int first) => $"{{ items(first: {first}) {{ nodes {{ name {{ zh }} }} }} }}";
    }

    [Fact]
    public async Task A_thing_costs_the_same_by_whichever_field_it_is_asked_for()
    {
        var answers = await Task.WhenAll(
            api.Get("/graphql?query=" + Uri.EscapeDataString("{case(id:\"x\"){id}}")), api.Get("/graphql?query=" + Uri.EscapeDataString("{node(id:\"x\"){id}}")));
        Assert.All(answers, answer => Assert.Contains("\"cost\":{\"requested\":5,", answer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{__schema{types{name fields{name args{name type{name ofType{name}}} type{name ofType{name ofType{name}}}} inputFields{name} enumValues{name}}}}")]
    [InlineData("{__schema{types{fields{type{fields{name}}}}}}")]
    [InlineData("{__type(name:\"Mutation\"){fields{name type{name}}}}")]
    [InlineData("{a:__type(name:\"Case\"){fields{type{fields{name}}}} b:__type(name:\"Query\"){fields{type{ofType{fields{name}}}}}}")]
    public async Task What_introspection_answers_it_has_paid_for(string query)
    {
        var answer = JsonNode.Parse(await api.Get("/graphql?query=" + Uri.EscapeDataString(query)))!;
        Assert.InRange(Objects(answer["data"]!), 200, 4 * (int)answer["extensions"]!["cost"]!["requested"]!);

        static int Objects(JsonNode? node) => node switch
        {
            JsonObject one => 1 + one.Sum(member => Objects(member.Value)),
            JsonArray many => many.Sum(Objects),
            _ => 0,
        };
    }

    [Theory]
    [InlineData("{events(first:1000){items{id}}}", 1_050)]
    [InlineData("{events{items{id}}}", 150)]
    [InlineData("{cases(first:1000){nodes{id}}}", 110)]
    [InlineData("{cases{nodes{id}}}", 30)]
    public async Task A_list_costs_as_much_as_it_is_long(string query, int cost) =>
        Assert.Contains($"\"cost\":{{\"requested\":{cost},", await api.Get("/graphql?query=" + Uri.EscapeDataString(query)), StringComparison.Ordinal);

    [Fact]
    public async Task Introspection_as_tools_ask_for_it_is_within_the_bounds() =>
        Assert.Contains("previewItem", await api.Get("/graphql?query={__schema{types{name fields{name args{name type{name ofType{name ofType{name ofType{name}}}}}}}}}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{items(first:100){nodes{steps{limit{value}} materials{name{zh}} parent{name{zh}} conditions{zh} statutoryLimit{unit} promisedLimit{unit}}}}", false)]
    [InlineData(Dear, true)]
    public async Task Each_answer_shows_what_it_cost(string query, bool isTooMuch)
    {
        var answer = await api.Get("/graphql?query=" + Uri.EscapeDataString(query));
        Assert.Contains("\"cost\":{\"requested\":", answer, StringComparison.Ordinal);
        Assert.Equal(isTooMuch, answer.Contains("graphql.cost-too-high", StringComparison.Ordinal));
    }

    private static async Task<string> Ask(HttpClient client, string query)
    {
        using var answer = await client.PostAsJsonAsync(new Uri("/graphql", UriKind.Relative), new { query }, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static string Repeat(int times, Func<int, string> text) => string.Concat(Enumerable.Range(0, times).Select(text));
}
