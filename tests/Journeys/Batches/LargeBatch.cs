using System.Diagnostics;
using System.Globalization;
using System.Text;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Batches;

/// <summary>
/// A large file among which some lines are bad, each in one of ten ways, beside whoever else asks (ENTRY-1): exactly its good lines become cases, and what is
/// mended in its report gives the rest. <c>make batch</c> sends 10,000 lines, which may take a minute, and make others wait half as long again.
/// </summary>
public sealed class LargeBatch(RunningPlatform platform)
{
    private static readonly int Lines = Setting.Number("BATCH_LINES", 300), Seed = Setting.Seed("BATCH_SEED", 1);
    private static readonly int BadLines = Math.Max(30, Lines * 3 / 100);

    // Of fewer lines too few others ask meanwhile for what they felt to be told from chance.
    private static readonly bool IsMeasured = Lines > 1_000;

    // So long is listened before it is sent.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(IsMeasured ? 30 : 1);

    [Fact]
    public async Task ENTRY_1_exactly_the_good_lines_become_cases_and_the_mended_ones_the_rest()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {Seed}: {Lines} lines, {BadLines} of them bad"));
        var random = new Random(Seed);
        var company = Applications.Company();
        var employer = SampleBatches.Employer(platform, company);
        // In which way each line is bad that is: the ten of them equally often.
        var ways = Enumerable.Range(1, Lines).OrderBy(_ => random.Next()).Take(BadLines).Index().ToDictionary(bad => bad.Item, bad => SampleBatches.Bad[bad.Index % 10]);
        var file = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(SampleBatches.Csv(Enumerable.Range(1, Lines).Select(n =>
            ways.TryGetValue(n, out var bad) ? SampleBatches.Line(n, (bad.Column, bad.Value)) : SampleBatches.Line(n))));
        await using var others = new Others(platform.As(Department.MarketRegulation));
        await Task.Delay(Quiet, TestContext.Current.CancellationToken);
        var before = others.Waited();

        var began = Stopwatch.GetTimestamp();
        var path = (await employer.SendBatch(file, BatchFiles.Csv)).Must(202).Header("Location")!;
        var batch = await Ended(employer, path);
        var took = Stopwatch.GetElapsedTime(began);
        var beside = others.Waited();
        var ratio = beside.P99 / before.P99;

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Lines} lines in {took.TotalSeconds:F1} s, {Lines / took.TotalSeconds:F0} a second; p99 of others {before.P99:F0} ms before ({before.Asked} asked), {beside.P99:F0} ms beside it ({beside.Asked}), ratio {ratio:F2}"));
        Assert.Equal(("done", Lines, Lines - BadLines, BadLines), (batch.Text("status"), batch.Number("lines"), batch.Number("done"), batch.Number("failed")));
        Assert.Equal(Enumerable.Range(1, Lines).Where(n => !ways.ContainsKey(n)).Select(NameOf).Order(StringComparer.Ordinal), await Workers(company));
        Assert.Equal(ways.OrderBy(bad => bad.Key).Select(bad => (bad.Key + 1, bad.Value.Code, bad.Value.Column)), await Failed(employer, path));

        var rows = SampleBatches.Rows((await employer.Get($"{path}/report", ("Accept-Language", "zh-CN"))).Must(200).Bytes);
        Assert.Equal(BadLines + 1, rows.Count);
        foreach (var (row, (line, bad)) in rows.Skip(1).Zip(ways.OrderBy(bad => bad.Key)))
        {
            var column = SampleBatches.Columns.Index().First(c => c.Item.Path == bad.Column).Index;
            row[column] = SampleBatches.Line(line)[column];
        }
        platform.Pass(TimeSpan.FromSeconds(1));
        var mended = await Ended(employer, (await employer.SendBatch(string.Join('\n', rows.Select(row => string.Join('\t', row))))).Must(202).Header("Location")!);

        Assert.Equal((BadLines, BadLines, 0), (mended.Number("lines"), mended.Number("done"), mended.Number("failed")));
        Assert.Equal(Enumerable.Range(1, Lines).Select(NameOf).Order(StringComparer.Ordinal), await Workers(company));
        // Last, so that a slow machine hides nothing that is wrong.
        if (!IsMeasured)
            return;
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange(ratio, 0, 1.5);
    }

    private static string NameOf(int line) => SampleBatches.Line(line)[SampleBatches.Columns.Index().First(c => c.Item.Path == "worker.name").Index];

    // Ten minutes: what asks is not to be what others feel.
    private static async Task<System.Text.Json.JsonElement> Ended(Client employer, string path)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(10); await Task.Delay(250, TestContext.Current.CancellationToken))
            if ((await employer.Get(path)).Must(200).Json is var batch && batch.Text("status") is "done" or "cancelled")
                return batch;
        throw new TimeoutException("The batch has not ended.");
    }

    private static async Task<IEnumerable<(int, string, string)>> Failed(Client employer, string path) => (await employer.Every($"{path}/lines?status=failed&first=100"))
        .Select(line => (line.Number("line"), line.List("problems").First().Text("code"), line.List("problems").First().Text("column")));

    // About whom the company's cases are, as the store has them.
    private async Task<IReadOnlyList<string>> Workers(Dictionary<string, object?> company)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(platform.Database.Connection);
        await using var command = source.CreateCommand("select data #>> '{applicant,worker,name}' from onedoor.mt_doc_case where data #>> '{applicant,uscc}' = $1");
        command.Parameters.Add(new() { Value = (string)company["uscc"]! });
        await using var found = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> names = [];
        while (await found.ReadAsync(TestContext.Current.CancellationToken))
            names.Add(found.GetString(0));
        return [.. names.Order(StringComparer.Ordinal)];
    }

    // Who asks besides, twenty times a second whatever the answers take: a department that takes cases in, reads them and lists them.
    private sealed class Others : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ending = new();
        private readonly List<double> _waited = [];
        private readonly List<Task> _asked = [];
        private readonly Client _department;
        private readonly Task _asking;
        private string _case = "/v1/cases?first=1";

        public Others(Client department)
        {
            _department = department;
            _asking = Run();
        }

        // What those waited who have asked since this was asked last, in milliseconds.
        public (double P99, int Asked) Waited()
        {
            lock (_waited)
            {
                var waited = _waited.Order().ToArray();
                _waited.Clear();
                return (waited[(int)Math.Ceiling(waited.Length * 0.99) - 1], waited.Length);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _ending.CancelAsync();
            await _asking;
            await Task.WhenAll(_asked);
            _ending.Dispose();
        }

        private async Task Run()
        {
            // Nobody waits for what is slow the first time.
            for (var i = 0; i < 8; i++)
                await Ask(i);
            lock (_waited)
                _waited.Clear();
            using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            try
            {
                for (var i = 0; await beat.WaitForNextTickAsync(_ending.Token); i++)
                    _asked.Add(Ask(i));
            }
            catch (OperationCanceledException)
            {
                // It is enough.
            }
        }

        private async Task Ask(int i)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await (i % 4 == 0 ? _department.Post("/v1/cases", Applications.For(Applications.Plain)) : _department.Get(i % 4 == 1 ? "/v1/tasks?first=20" : _case));
            var waited = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            Assert.True(answer.Status is 200 or 201, answer.Text);
            _case = answer.Header("Location") ?? _case;
            lock (_waited)
                _waited.Add(waited);
        }
    }
}
