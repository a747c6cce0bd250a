using System.Reflection;
using System.Text.RegularExpressions;
using OneDoor.Contracts;
using OneDoor.Graph;
using Xunit;

namespace OneDoor.Platform;

public partial class RefusalTests(Api api)
{
    /// <summary>Every refusal that any class of the platform declares, whatever the class is called.</summary>
    private static readonly (string Where, Refusal Refusal)[] Declared =
    [
        .. new[] { typeof(Refusal).Assembly, typeof(Problem).Assembly, typeof(Caller).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(Refusal))
            .Select(field => ($"{field.DeclaringType!.Name}.{field.Name}", (Refusal)field.GetValue(null)!)),
    ];

    [Fact]
    public void A_code_means_one_refusal() =>
        Declared.GroupBy(d => d.Refusal.Code)
            .Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(d => d.Where))}")
            .MustBeEmpty("One code, one refusal:");

    [Fact]
    public void Every_declared_refusal_has_its_page() =>
        Declared.Where(d => ErrorPages.All.GetValueOrDefault(d.Refusal.Code) != d.Refusal)
            .Select(d => d.Where)
            .MustBeEmpty("Not in ErrorPages.All, so that its problem's type leads nowhere:");

    [Fact]
    public void The_docs_list_what_is_declared()
    {
        const string Docs = "docs/API.md", Head = "| code | status | meaning |\n| --- | --- | --- |\n";
        var page = File.ReadAllText(Path.Combine(Approved.Root, Docs));
        var rows = ErrorPages.All.Values.OrderBy(r => r.Code, StringComparer.Ordinal)
            .Select(r => $"| `{r.Code}` | {r.Status} | {r.Title.En}{(r.Detail is { } detail ? $". {detail.En}" : "")} |\n");
        var start = page.LastIndexOf(Head, StringComparison.Ordinal) + Head.Length;
        var end = page.IndexOf("\n\n", start, StringComparison.Ordinal);
        Approved.Is(Docs, page[..start] + string.Concat(rows) + (end < 0 ? "" : page[(end + 1)..]));
    }

    [Fact]
    public void Codes_are_capability_and_reason_in_kebab_case() =>
        ErrorPages.All.Keys.Where(code => !CapabilityAndReason().IsMatch(code)).MustBeEmpty("capability.reason, in kebab case:");

    [Fact]
    public void Refusals_speak_both_languages() =>
        ErrorPages.All.Values
            .SelectMany(r => new[] { (r.Code, Text: r.Title), (r.Code, Text: r.Detail ?? r.Title) })
            .Where(said => string.IsNullOrWhiteSpace(said.Text.Zh) || string.IsNullOrWhiteSpace(said.Text.En)
                || !said.Text.Zh.Any(c => c is >= '一' and <= '鿿') || said.Text.En.Any(c => c is >= '一' and <= '鿿'))
            .Select(said => said.Code)
            .MustBeEmpty("A title or detail is missing in Chinese or in English:");

    [Fact]
    public void A_refusal_is_a_client_or_server_error() =>
        ErrorPages.All.Values.Where(r => r.Status is < 400 or > 599).Select(r => $"{r.Code}: {r.Status}").MustBeEmpty("400 to 599:");

    // A change that names no version, and an argument that there is not, do not fit the schema.
    [Fact]
    public void GraphQL_does_not_speak_in_the_words_of_REST() =>
        Declared.Select(d => GraphRefusals.InOwnWords(d.Refusal))
            .Where(r => r.Code != RequestRefusals.ParameterUnknown.Code && !r.Code.Contains("if-match", StringComparison.Ordinal))
            .Where(r => WordsOfRest().IsMatch($"{r.Title.En} {r.Title.Zh} {r.Detail?.En} {r.Detail?.Zh}"))
            .Select(r => r.Code)
            .MustBeEmpty("Headers and addresses mean nothing to who asks by GraphQL; see GraphRefusals:");

    [Fact]
    public async Task The_type_of_a_problem_leads_to_a_page_about_its_code()
    {
        foreach (var refusal in ErrorPages.All.Values)
        {
            var problem = Problems.Of(refusal, "en", traceId: "0");
            Assert.Contains($"<h1>{refusal.Code} ", await api.Get(problem.Type), StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("If-|ETag|Retry-After|Idempotency-Key|GET /|POST /v|/v1/|query parameter", RegexOptions.IgnoreCase)]
    private static partial Regex WordsOfRest();

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\z")]
    private static partial Regex CapabilityAndReason();
}
