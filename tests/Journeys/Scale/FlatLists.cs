using System.Globalization;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Contracts;
using OneDoor.Platform;
using Xunit;
using TaskStatus = OneDoor.Cases.TaskStatus;

namespace OneDoor.Scale;

/// <summary>
/// Lists cost the same however many cases there are, and other things. Time on a shared machine says nothing; what is counted are the pages the database
/// touches for the statements the platform sends, for every list with every filter and order, its next page and its total.
/// <c>make scale</c> does it at full size and prints a table.
/// </summary>
public sealed class FlatLists(RunningPlatform platform)
{
    /// <summary>So many pages of 8 KB at most, for a page of a list; for its total, which reads up to 10,001 rows.</summary>
    private const int Most = 500, MostCounted = 600;

    // With ten times the cases, at most so much more: indexes are a level deeper.
    private const double Growth = 1.2;
    private const int Deeper = 60;

    private static readonly int[] Sizes = [.. (Environment.GetEnvironmentVariable("SCALE") ?? "2000,20000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_list_touches_few_pages_however_many_cases_there_are()
    {
        List<Dictionary<string, Cost>> measured = [];
        foreach (var size in Sizes)
        {
            await using var database = await platform.Template.Copy();
            await using var api = platform.StartApi(database);
            await RunningPlatform.Ready(api.Http);
            var (source, costs) = (api.Services.GetRequiredService<NpgsqlDataSource>(), new Dictionary<string, Cost>());
            await Measure(costs, size, source, api.Services.GetRequiredService<FoundTable>());
            await GeneratedThings.Store(size, source, platform.Now, Ct);
            await using var session = api.Services.GetRequiredService<IDocumentStore>().QuerySession();
            foreach (var (_, name, asked) in GeneratedThings.Questions(session, platform.Now))
                costs.Add(name, new(await PagesOf(asked.CommandText, asked.Parameters, source), IsFlat: true));
            measured.Add(costs);
        }
        Print(measured);

        Assert.Equal([], measured.SelectMany((costs, i) => costs.Where(c => c.Value.Pages > (c.Key.EndsWith(", total", StringComparison.Ordinal) ? MostCounted : Most)).Select(c => $"{c.Key} at {Sizes[i]}: {c.Value.Pages} pages")));
        Assert.Equal([], measured.Zip(measured.Skip(1)).SelectMany(pair => pair.Second
            .Where(c => c.Value.IsFlat && pair.First[c.Key].IsFlat && c.Value.Pages > pair.First[c.Key].Pages * Growth + Deeper)
            .Select(c => $"{c.Key}: {pair.First[c.Key].Pages}, then {c.Value.Pages} pages")));
    }

    // Each with why it is not walked.
    private static readonly Dictionary<string, string> NotWalked = new()
    {
        ["listItems"] = "as many as the catalogue has, which is kept in memory", ["listBatchLines"] = "of one batch, in the order of its lines", ["listEvents"] = "by the facts' numbers (make feed)",
        ["listNotifications"] = "of one person, by a table of their own", ["listWebhooks"] = "of one client, as many as it has set up", ["listDeliveries"] = "of one webhook",
        ["listEmergencyProjects"] = "a few a year", ["listAssessments"] = "one a half-year for each of staff", ["listRounds"] = "a few hundred a year", ["listOutages"] = "a few a year",
        ["listAttemptedRefusals"] = "a few hundred a year", ["listFigureContests"] = "a few a year",
    };

    /// <summary>Each list of the contract that has pages is walked, or it is said why not.</summary>
    [Fact]
    public async Task A_list_of_the_contract_is_walked_or_is_said_not_to_be()
    {
        List<string> lists = [];
        var operation = "";
        await foreach (var line in File.ReadLinesAsync(Path.Combine(Approved.Root, "openapi.yaml"), Ct))
        {
            if (line.StartsWith("      operationId: ", StringComparison.Ordinal))
                operation = line[19..];
            else if (line == "        - name: first")
                lists.Add(operation);
        }
        await using var session = platform.Api.Services.GetRequiredService<IDocumentStore>().QuerySession();
        Assert.Equal(lists.Order(), NotWalked.Keys.Concat(["listCases", "listTasks"]).Concat(GeneratedThings.Questions(session, platform.Now).Select(asked => asked.Operation).Distinct()).Order());
    }

    private async Task Measure(Dictionary<string, Cost> costs, int size, NpgsqlDataSource database, FoundTable table)
    {
        var cases = new GeneratedCases(size, platform.Now.ToUniversalTime());
        await cases.Store(database, table, Ct);
        // In mixed order, so that whatever one asks for does not prepare the ground for the next.
        var questions = Questions(cases, table).ToArray();
        new Random(size).Shuffle(questions);
        NpgsqlBatchCommand? asked = null;
        table.Asked = command => asked = command;
        foreach (var question in questions)
        {
            await question.Ask();
            costs.Add(question.Name, new(await PagesOf(asked!.CommandText, asked.Parameters, database), question.IsFlat));
        }
    }

    private IEnumerable<Question> Questions(GeneratedCases cases, FoundTable table)
    {
        foreach (var (who, viewer) in Viewers)
        {
            // What one has submitted and another department works on is looked for one by one (decision 0022).
            foreach (var (what, filter) in Filters(cases).Where(f => f.Filter.Department is not { } with || with == viewer.Department || viewer.Department == Department.ServiceOffice))
            {
                foreach (var order in CaseFilter.Orders.Values)
                {
                    var list = filter with { Sort = order.Name };
                    yield return new($"{who}: {what}, {order.Name}", IsFlat(viewer, list), () => First(null));
                    if (HasPages.Contains(what))
                        yield return new($"{who}: {what}, {order.Name}, a later page", IsFlat(viewer, list), async () => await First((await First(null)) is [.., var last] ? Position.Of(last) : null));

                    Task<IReadOnlyList<Finding>> First(Position? after) => ListCases.Matching(table, viewer, list, platform.Now).First(order, after, including: false, 21, Ct);
                }
                yield return new($"{who}: {what}, total", IsFlat: false, () => ListCases.Matching(table, viewer, filter, platform.Now).Count(Search.CountsTo + 1, Ct));
            }
        }
        foreach (var whose in new[] { GeneratedCases.Big, GeneratedCases.Rare, GeneratedCases.Silent, Department.Tax, Department.StateSecurity })
        {
            foreach (var (what, filter) in TaskFilters)
            {
                foreach (var order in TaskFilter.Orders.Values)
                    yield return new($"tasks of {Kebab.Of(whose)}: {what}, {order.Name}", IsFlat: filter.DueBefore is null && !filter.Overdue,
                        () => ListTasks.Matching(table, Of(whose), whose, filter, platform.Now).First(order, null, including: true, 22, Ct));
                yield return new($"tasks of {Kebab.Of(whose)}: {what}, total", IsFlat: false, () =>
                {
                    var found = ListTasks.Matching(table, Of(whose), whose, filter, platform.Now);
                    return found.Sum(ListTasks.Amount(found, filter, platform.Now), Search.CountsTo + 1, Ct);
                });
            }
        }
    }

    private static IEnumerable<(string Name, Actor Viewer)> Viewers =>
    [
        ("the office", Of(Department.ServiceOffice)), ("the big department", Of(GeneratedCases.Big)), ("a rare one", Of(GeneratedCases.Rare)),
        ("a silent one", Of(GeneratedCases.Silent)), ("one without any", Of(Department.StateSecurity)), ("the windows", new Actor("windows", GeneratedCases.Window)),
        ("a person with many", GeneratedCases.Applicant(0)), ("a person with few", GeneratedCases.Applicant(700)),
    ];

    private static readonly string[] HasPages = ["all", "granted", "accepted", $"item {GeneratedCases.Popular}", "hall haigang"];

    // What has changed in a month, or was submitted in one, is looked at whole where it is sorted by something else, and of ids each; so is what an
    // applicant has, who here has the more the more cases there are, and the recent ones of a hall or a month in the order of their changes.
    private static bool IsFlat(Actor viewer, CaseFilter filter) =>
        filter is { ChangedSince: null, SubmittedTo: null, Ids: null } && viewer.Applicant != GeneratedCases.KeyOf(0) && filter.Applicant != GeneratedCases.KeyOf(0)
        && !((filter.Hall is not null || filter.SubmittedFrom is not null) && filter.Sort.EndsWith("changed", StringComparison.Ordinal));

    private static Actor Of(Department department) => new($"sandbox-{Kebab.Of(department)}", $"sandbox-{Kebab.Of(department)}", department);

    private IEnumerable<(string Name, CaseFilter Filter)> Filters(GeneratedCases cases)
    {
        var today = LegalClock.DayOf(platform.Now);
        yield return ("all", new());
        foreach (var status in CaseFinding.Everything)
            yield return ($"{Kebab.Of(status)}", new(Status: [status]));
        yield return ("running", new(Status: [CaseStatus.Submitted, CaseStatus.Accepted]));
        foreach (var item in new[] { GeneratedCases.Popular, GeneratedCases.SilentItem, "CONS-015", "NONE" })
            yield return ($"item {item}", new(Item: item));
        yield return ("refused of the popular item", new(Item: GeneratedCases.Popular, Status: [CaseStatus.Refused]));
        yield return ("department tax", new(Department: Department.Tax));
        yield return ("department rare", new(Department: GeneratedCases.Rare));
        yield return ("from a month ago", new(SubmittedFrom: today.AddDays(-30)));
        yield return ("a month two years ago", new(SubmittedFrom: today.AddDays(-760), SubmittedTo: today.AddDays(-730)));
        yield return ("number", new(Number: cases.SomeNumber));
        yield return ("since yesterday", new(ChangedSince: platform.Now.AddDays(-1)));
        yield return ("since a month ago", new(ChangedSince: platform.Now.AddDays(-30)));
        foreach (var hall in new[] { "airport", "haigang" })
            yield return ($"hall {hall}", new(Hall: hall));
        yield return ("unexplained", new(Raised: RaisedMatter.DelayUnexplained));
        yield return ("ids", new(Ids: cases.SomeIds));
        yield return ("an applicant with many", new(Applicant: GeneratedCases.KeyOf(0)));
        yield return ("an applicant with few", new(Applicant: GeneratedCases.KeyOf(700)));
    }

    private IEnumerable<(string Name, TaskFilter Filter)> TaskFilters =>
    [
        ("all", new()), ("open", new(TaskStatus.Open)), ("waiting", new(TaskStatus.Waiting)), ("overdue", new(Overdue: true)), ("due in a week", new(DueBefore: platform.Now.AddDays(7))),
        ("popular item", new(Item: GeneratedCases.Popular)), ("open of the silent item", new(TaskStatus.Open, Item: GeneratedCases.SilentItem)), ("overdue of the popular item", new(Item: GeneratedCases.Popular, Overdue: true)),
    ];

    private static async Task<int> PagesOf(string asked, NpgsqlParameterCollection values, NpgsqlDataSource database)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('plan_cache_mode', 'force_custom_plan', true)"));
        var explained = new NpgsqlBatchCommand("explain (analyze, buffers, timing off, format json) " + asked);
        foreach (NpgsqlParameter value in values)
            explained.Parameters.Add(value.Clone());
        batch.BatchCommands.Add(explained);
        await using var reader = await batch.ExecuteReaderAsync(Ct);
        await reader.NextResultAsync(Ct);
        await reader.ReadAsync(Ct);
        var text = reader.GetString(0);
        if (Environment.GetEnvironmentVariable("SCALE_PLANS") is { Length: > 0 } file)
            await File.AppendAllTextAsync(file, $"{asked}\n{text}\n", Ct);
        using var plan = JsonDocument.Parse(text);
        var root = plan.RootElement[0].GetProperty("Plan");
        return root.GetProperty("Shared Hit Blocks").GetInt32() + root.GetProperty("Shared Read Blocks").GetInt32();
    }

    // The dearest of each kind of request.
    private static void Print(List<Dictionary<string, Cost>> measured)
    {
        Console.WriteLine($"{"pages touched at most",-60}{string.Concat(Sizes.Select(size => $"{size,10}"))}");
        foreach (var group in measured[^1].GroupBy(c => Title(c.Key)).OrderBy(g => g.Key))
            Console.WriteLine($"{group.Key,-60}{string.Concat(measured.Select(costs => $"{group.Max(c => costs[c.Key].Pages),10}"))}");
        foreach (var (name, cost) in measured[^1].OrderByDescending(c => c.Value.Pages).Take(Environment.GetEnvironmentVariable("SCALE_TOP") is { } top ? int.Parse(top, CultureInfo.InvariantCulture) : 5))
            Console.WriteLine($"{cost.Pages,10}  {name}");
    }

    private static string Title(string name) =>
        $"{name[..name.IndexOf(':', StringComparison.Ordinal)]}: {(name.EndsWith("total", StringComparison.Ordinal) ? "totals" : name.EndsWith("page", StringComparison.Ordinal) ? "later pages" : name.EndsWith("rare ones", StringComparison.Ordinal) ? "few of many" : "first pages")}";

    private sealed record Cost(int Pages, bool IsFlat);

    private sealed record Question(string Name, bool IsFlat, Func<Task> Ask);
}
