using OneDoor.Platform;
using Xunit;

namespace OneDoor.Tickets;

/// <summary>No number is given twice and no ticket called by two windows, through any number of processes (HALL-1).</summary>
public sealed class QueueRace(RunningPlatform platform)
{
    private const string Hall = "/v1/halls/airport";

    [Fact]
    public async Task Twenty_take_numbers_and_twelve_windows_call_at_once_through_two_processes_and_one_is_killed()
    {
        await using var database = await platform.Template.Copy();
        // Processes of their own go by the real clock, whatever the hour.
        (string, string)[] settings =
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", platform.Identity.Address.OriginalString), ("RateLimit__Requests", "1000000"), ("Tickets__OutOfHours", "true"),
        ];
        using var one = ChildProcess.Api(database.Connection, Port.Free(), settings);
        using var other = ChildProcess.Api(database.Connection, Port.Free(), settings);
        await Task.WhenAll(one.Ready(), other.Ready());
        await Task.WhenAll(new[] { one, other }.Select(process => At(process).Get("/v1/tickets")));
        ChildProcess Process(int n) => n % 2 == 0 ? one : other;

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => At(Process(n)).Post($"{Hall}/tickets", new { group = "market" })));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"A{n:D3}"), taken.Select(t => t.Must(201).Json.Text("number")).Order(StringComparer.Ordinal));
        foreach (var window in Enumerable.Range(1, 12))
            (await At(one).Post($"{Hall}/windows/{window}/opening", new { groups = QueuedTickets.Market })).Must(200);
        var called = await Task.WhenAll(Enumerable.Range(1, 12).SelectMany(window => new[] { (window, one), (window, other) }).Select(w => At(w.Item2).Post($"{Hall}/windows/{w.window}/next")));
        Assert.Equal(12, called.Count(c => c.Status == 200));
        Assert.All(called.Where(c => c.Status != 200), c => c.Refuses(409, "window.busy"));
        Assert.Equal(Enumerable.Range(1, 12).Select(n => $"A{n:D3}"), called.Where(c => c.Status == 200).Select(c => c.Json.Text("number")).Order(StringComparer.Ordinal));

        var more = Enumerable.Range(0, 20).Select(n => At(Process(n)).Post($"{Hall}/tickets", new { group = "market" })).ToArray();
        await Task.WhenAny(more);
        await other.Kill();
        await Task.WhenAll(more.Select(asked => asked.ContinueWith(_ => { }, TaskScheduler.Default)));
        // What it was doing is undone, or done; the next number is the next, and whoever was answered has theirs.
        var last = (await At(one).Post($"{Hall}/tickets", new { group = "market" })).Must(201).Json.Text("number");
        Assert.Equal($"A{await database.Count("select count(*) from onedoor.mt_doc_ticket"):D3}", last);
        Assert.Equal(0, await database.Count("select count(*) - count(distinct data ->> 'number') from onedoor.mt_doc_ticket"));
    }

    private Client At(ChildProcess process)
    {
        var token = platform.Token(
            new() { ["sub"] = "office", ["client_id"] = "office", ["scope"] = Scopes.QueueOperate, [Claims.Department] = "service-office" }, TimeProvider.System.GetUtcNow());
        return new Client(process.Http, () => Task.FromResult(token));
    }
}
