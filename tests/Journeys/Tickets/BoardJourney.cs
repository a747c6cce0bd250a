using System.Runtime.CompilerServices;
using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Contracts;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Tickets;

/// <summary>A hall's big screen, over HTTP and in a real browser (HALL-2).</summary>
public sealed class BoardJourney(RunningPlatform platform)
{
    private const string Hall = "/v1/halls/lingang";

    private int _window;
    private Answered? _called;

    private Client Office => platform.As(Department.ServiceOffice, $"{Scopes.QueueOperate} {Scopes.CasesSupervise}");

    [Fact]
    public async Task A_screen_hears_at_once_what_another_process_changed_and_of_nobody_a_name()
    {
        PassUntilOpen();
        await using var database = await platform.Template.Copy();
        await using var one = platform.StartApi(database);
        await using var other = platform.StartApi(database);
        var company = Applications.Company();
        var (office, somebody) = (Office.At(other.Http), QueuedTickets.Somebody(platform, company).At(other.Http));
        await using var screen = Boards(one.Http, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await screen.MoveNextAsync());
        Assert.Empty(screen.Current.List("windows"));

        (await office.Post($"{Hall}/windows/2/opening", new { groups = QueuedTickets.Market })).Must(200);
        var number = (await somebody.Post($"{Hall}/tickets", new { group = "market", priority = "disabled" })).Must(201).Json.Text("number");
        await Hears(screen, board => board.List("groups")[0].GetProperty("waiting").GetInt32() == 1);
        (await office.Post($"{Hall}/windows/2/next")).Must(200);
        var called = await Hears(screen, board => board.List("calls") is [_, ..]);

        Assert.Equal((number, 2), (called.List("calls")[0].Text("number"), called.List("windows")[0].GetProperty("number").GetInt32()));
        Assert.DoesNotContain("disabled", called.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain((string)company["name"]!, called.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(called.GetRawText(), (await platform.Anybody.At(one.Http).Get($"{Hall}/board")).Must(200).Text);
        (await platform.Anybody.Get("/v1/halls/moon/board")).Refuses(404, "hall.not-found");
        foreach (var (path, code) in new[] { ("moon", "hall.not-found"), ("moon/1", "hall.not-found"), ("lingang/99", "window.not-found"), ("lingang/x", "window.not-found") })
            (await platform.Anybody.Get($"/board/{path}")).Refuses(404, code);

        var day = (await office.Get($"{Hall}/day")).Must(200).Json.List("groups")[0];
        Assert.Equal((1, 1, 0), (day.GetProperty("taken").GetInt32(), day.GetProperty("atWindow").GetInt32(), day.GetProperty("meanWaitSeconds").GetInt32()));
    }

    [Fact]
    public async Task Of_one_address_there_are_so_many_screens_and_no_more()
    {
        await using var api = platform.StartApi(platform.Database, ("Tickets:FollowersPerAddress", "3"));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var screens = Enumerable.Range(0, 3).Select(_ => Boards(api.Http, ending.Token).GetAsyncEnumerator(ending.Token)).ToArray();
        foreach (var screen in screens)
            Assert.True(await screen.MoveNextAsync());

        (await platform.Anybody.At(api.Http).Get($"{Hall}/board", ("Accept", "text/event-stream"))).Refuses(429, "hall.too-many-screens");

        await screens[0].DisposeAsync();
        await RunningPlatform.Until(async () =>
        {
            await using var again = Boards(api.Http, ending.Token).GetAsyncEnumerator(ending.Token);
            try
            {
                return await again.MoveNextAsync();
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "a screen that is closed has given its place back");
        await ending.CancelAsync();
    }

    [Fact]
    public async Task The_big_screen_shows_calls_says_when_it_is_cut_off_and_finds_back()
    {
        PassUntilOpen();
        var (exitCode, output, errors) = await OutsideTool.Converse("board.mjs", Answer, platform.Api.Address.OriginalString.TrimEnd('/'));

        Assert.True(exitCode == 0, output + errors);
        Assert.Matches(@"^([1-9]\d+) of \1$", output.Trim().Split('\n')[^1]);
    }

    private async Task<string> Answer(string asked)
    {
        if (asked is not ("open" or "call" or "next" or "serve" or "two" or "miss" or "close"))
            throw new ArgumentException(asked);
        // The tests' clock stands still meanwhile.
        if (asked == "two")
            return $"{await Answer("call")} {await Answer("call")}";
        if (asked == "close")
        {
            while (LegalClock.Zone.IsOpen("lingang", platform.Now))
                platform.Pass(TimeSpan.FromMinutes(10));
            return "";
        }
        if (asked == "miss")
            return (await Office.Post($"/v1/tickets/{_called!.Json.Text("id")}/miss", null, ("If-Match", _called.ETag))).Must(200).Json.Text("status");
        if (asked == "serve")
        {
            var path = $"/v1/tickets/{_called!.Json.Text("id")}";
            var serving = (await Office.Post($"{path}/service", null, ("If-Match", _called.ETag))).Must(200);
            platform.Pass(TimeSpan.FromMinutes(6));
            return (await Office.Post($"{path}/completion", null, ("If-Match", serving.ETag))).Must(200).Json.Text("status");
        }
        if (asked != "next")
            (await Office.Post($"{Hall}/windows/{++_window}/opening", new { groups = QueuedTickets.Market })).Must(200);
        if (asked == "open")
            return "";
        (await Office.Post($"{Hall}/tickets", new { group = "market" })).Must(201);
        _called = (await Office.Post($"{Hall}/windows/{_window}/next")).Must(200);
        return _called.Json.Text("number");
    }

    private static async Task<JsonElement> Hears(IAsyncEnumerator<JsonElement> screen, Func<JsonElement, bool> of)
    {
        while (await screen.MoveNextAsync())
            if (of(screen.Current))
                return screen.Current;
        throw new InvalidOperationException("The screen has ended.");
    }

    private static async IAsyncEnumerable<JsonElement> Boards(HttpClient api, [EnumeratorCancellation] CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Hall}/board");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
                yield return JsonElement.Parse(line[6..]);
        }
    }

    private void PassUntilOpen()
    {
        while (!LegalClock.Zone.IsOpen("lingang", platform.Now))
            platform.Pass(TimeSpan.FromMinutes(10));
    }
}
