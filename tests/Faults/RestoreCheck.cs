using System.Diagnostics;
using System.Globalization;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Faults;

/// <summary>What docs/BACKUP.md says an operator does, done: a backup under load, a restore elsewhere, and the platform goes on there.</summary>
public sealed class RestoreCheck(PlatformUnderFire platform)
{
    private const int Clients = 4, ReadWhole = 20;

    private const string Restored = "onedoor.example/restored";

    /// <summary>How many cases have ended before the backup begins.</summary>
    private static readonly int Cases = Setting.Number("RESTORE_CASES", 200);

    private Client Customs => new(platform.Http, () => platform.Token(Department.Customs));

    [Fact]
    public async Task Everything_acknowledged_before_a_backup_is_there_after_its_restore_and_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("onedoor-backup");
        var elsewhere = new PrivateCluster("restored");
        using var over = new CancellationTokenSource();
        var ledger = new Ledger(platform);
        Task[] clients = [.. Enumerable.Range(1, Clients).Select(c => ledger.Work(c, new Random(PlatformUnderFire.Seed + c), over.Token))];
        try
        {
            while (ledger.Cases.Count is var ended && ended < Cases)
                await RunningPlatform.Until(() => Task.FromResult(ledger.Cases.Count > ended), $"another case ends after {ended} of {Cases}");
            var before = await Remember(ledger);
            var file = Path.Combine(folder.FullName, "onedoor.dump");
            var (dumping, during) = (Stopwatch.StartNew(), ledger.Acknowledged);
            await PrivateCluster.Dump(platform.Database.Connection, file);
            dumping.Stop();
            during = ledger.Acknowledged - during;
            await over.CancelAsync();
            await Task.WhenAll(clients);
            var followed = await Follow("");

            var restoring = Stopwatch.StartNew();
            await elsewhere.Stop("fast");
            await elsewhere.Start();
            // What a restore before this one has left.
            await Execute(elsewhere.Connection, "drop schema if exists onedoor cascade; drop schema if exists identity cascade");
            await PrivateCluster.Restore(elsewhere.Connection, file);
            var restored = restoring.Elapsed;
            await Execute(elsewhere.Connection, await Documented());
            await platform.MoveTo(elsewhere.Connection, ("Log__Origin", Restored));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{before.Cases.Count} cases ended before the backup of {new FileInfo(file).Length / 1000} kB took {dumping.Elapsed.TotalSeconds:0.0} s, with {during} changes acknowledged meanwhile; cluster and restore {restored.TotalSeconds:0.0} s, serving after {restoring.Elapsed.TotalSeconds:0.0} s"));

            Assert.Empty(ledger.Wrong);
            Assert.True(during > 0, "Nothing happened during the backup: it was not taken under load.");
            await Compare(before, followed);
        }
        finally
        {
            await over.CancelAsync();
            await platform.MoveTo(platform.Database.Connection);
            await elsewhere.Stop("fast");
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What readers and clients were told by now.</summary>
    private async Task<Told> Remember(Ledger ledger)
    {
        var cases = ledger.Cases.ToDictionary();
        var (token, moment) = (await platform.Token(Department.Customs), Uri.EscapeDataString(TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)));
        var paths = cases.Keys.Order(StringComparer.Ordinal).Take(ReadWhole)
            .SelectMany(id => new[] { $"/v1/cases/{id}", $"/v1/cases/{id}/history", $"/v1/cases/{id}/clock", $"/v1/cases/{id}?asOf={moment}" }).ToList();
        paths.Add((await Customs.Get("/v1/cases?first=10")).Must(200).Json.Text("next"));
        var read = new Dictionary<string, string>();
        foreach (var path in paths)
            read[path] = (await Customs.Get(path)).Must(200).Text;
        var application = Applications.For(Applications.Plain);
        var key = $"restore-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}";
        var submitted = (await Customs.Post("/v1/cases", application, ("Idempotency-Key", key))).Must(201).Text;
        return new(cases, read, application, key, submitted, token);
    }

    // What an agency is told from a cursor on, and the cursor at the end.
    private async Task<(List<Heard> Told, string Cursor)> Follow(string cursor)
    {
        var agency = new Client(platform.Http, () => platform.Token(Department.MarketRegulation, Scopes.EventsRead));
        for (List<Heard> told = []; ;)
        {
            var page = (await agency.Get($"/v1/events?first=1000{(cursor.Length == 0 ? "" : $"&after={cursor}")}")).Must(200).Json;
            told.AddRange(page.List("items").Select(Heard.Of));
            if (page.Text("next") == cursor)
                return (told, cursor);
            cursor = page.Text("next");
        }
    }

    // The statements of docs/BACKUP.md, word for word.
    private static async Task<string> Documented()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(PrivateCluster.Root, "docs", "BACKUP.md"));
        return page.Split("```sql")[1].Split("```")[0];
    }

    private async Task Compare(Told before, (List<Heard> Told, string Cursor) followed)
    {
        // The log of before has signed for what is lost: another begins, over all facts that are there.
        await RunningPlatform.Until(async () => (await platform.Anybody.Get("/v1/log/checkpoint")).Text.Split('\n') is [Restored, var size, ..] && int.Parse(size, CultureInfo.InvariantCulture) > before.Cases.Count, "a log of another name has the facts");
        foreach (var (id, told) in before.Cases)
            Assert.Equal(told.Status, (await Customs.Get($"/v1/cases/{id}")).Must(200).Json.Text("status"));
        // A token of the time before: the keys that signed it came along.
        var carrier = new Client(platform.Http, () => Task.FromResult(before.Token));
        foreach (var (path, text) in before.Read)
            Assert.Equal(text, (await carrier.Get(path)).Must(200).Text);
        var repeated = (await Customs.Post("/v1/cases", before.Application, ("Idempotency-Key", before.Key))).Must(201);
        Assert.Equal((before.Submitted, "true"), (repeated.Text, repeated.Header(Idempotency.Replayed)));
        var next = (await Customs.Post("/v1/cases", before.Application)).Must(201);
        Assert.NotEqual(repeated.Json.Text("number"), next.Json.Text("number"));
        (await new Client(platform.Http, () => platform.Token(Department.MarketRegulation)).Post($"{next.Header("Location")}/acceptance", null, ("If-Match", next.ETag))).Must(200);
        // Who was told of what is lost is told of what comes after, and no number of theirs is given again.
        var (news, _) = await Follow(followed.Cursor);
        Assert.Contains(news, told => told.Subject == next.Header("Location"));
        Assert.All(news, told => Assert.True(told.Number > followed.Told[^1].Number, $"the number {told.Number} is given twice"));
    }

    private static async Task Execute(string connection, string sql)
    {
        await using var database = new Npgsql.NpgsqlConnection(new Npgsql.NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await database.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, database);
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Told(
        Dictionary<string, (string Status, string ETag)> Cases, Dictionary<string, string> Read, object Application, string Key, string Submitted, string Token);
}
