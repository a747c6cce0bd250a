using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Contracts;
using OneDoor.Platform;
using SpreadCheetah;
using SpreadCheetah.Worksheets;
using Xunit;

namespace OneDoor.Batches;

/// <summary>Files of applications, from their being sent to the report and back (ENTRY-1).</summary>
public sealed class BatchJourney(RunningPlatform platform)
{
    [Fact]
    public async Task An_enterprise_watches_its_batch_in_the_app()
    {
        const int Lines = 600;
        var lines = Enumerable.Range(90_001, Lines).Select(n => n % 300 == 0 ? SampleBatches.Line(n, ("wage", "一千")) : SampleBatches.Line(n));
        var (exit, output, errors) = await OutsideTool.Converse("batch.mjs", asked => Task.FromResult(asked switch
        {
            "path" => SampleBatches.Address(),
            "file" => Convert.ToBase64String(Encoding.UTF8.GetBytes(SampleBatches.Csv(lines))),
            _ => throw new ArgumentException(asked),
        }), platform.Api.Address.OriginalString.TrimEnd('/'), platform.Identity.Address.OriginalString.TrimEnd('/'));
        Assert.True(exit == 0, output + errors);
    }

    [Fact]
    public async Task Good_lines_become_cases_and_the_bad_ones_mended_give_the_rest()
    {
        const int Lines = 150;
        var company = Applications.Company();
        var employer = SampleBatches.Employer(platform, company);
        // Every tenth line is bad, each in a way of its own; at the end one that is there already.
        var lines = Enumerable.Range(1, Lines).Select(n => n % 10 == 0 && n / 10 <= SampleBatches.Bad.Length ? SampleBatches.Line(n, (SampleBatches.Bad[n / 10 - 1].Column, SampleBatches.Bad[n / 10 - 1].Value)) : SampleBatches.Line(n)).ToList();
        lines.Add(lines[0]);
        var file = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(SampleBatches.Csv(lines, ";"));

        var sent = (await employer.SendBatch(file, BatchFiles.Csv, ("Idempotency-Key", "batch-1"))).Must(202);
        var again = (await employer.SendBatch(file, BatchFiles.Csv, ("Idempotency-Key", "batch-1"))).Must(202);
        var path = sent.Header("Location")!;
        var batch = await employer.Ended(path);

        Assert.Equal((path, "true"), (again.Header("Location"), again.Header("Idempotency-Replayed")));
        Assert.Equal(("done", Lines + 1, Lines - SampleBatches.Bad.Length, SampleBatches.Bad.Length + 1), (batch.Text("status"), batch.Number("lines"), batch.Number("done"), batch.Number("failed")));
        Assert.Equal(Lines - SampleBatches.Bad.Length, await Cases(company));
        var failed = (await employer.Get($"{path}/lines?status=failed&first=100")).Must(200).Json.List("items");
        // The first row names the columns.
        Assert.Equal(
            [.. SampleBatches.Bad.Index().Select(bad => (bad.Index * 10 + 11, bad.Item.Code, (string?)bad.Item.Column)), (Lines + 2, "batch.line-repeated", null)],
            failed.Select(line => (line.Number("line"), line.List("problems").First().Text("code"), line.List("problems").First().GetProperty("column").GetString())));
        var done = (await employer.Get($"{path}/lines?status=done&first=1&count=true")).Must(200).Json;
        Assert.Equal(batch.Number("done"), done.Number("total"));
        var ended = (await employer.Get($"{path}/lines?status=failed,done&first=10&count=true")).Must(200).Json;
        Assert.Equal((Lines + 1, ("done", "failed")), (ended.Number("total"), (ended.List("items")[0].Text("status"), ended.List("items")[^1].Text("status"))));
        (await employer.Get($"{path}/lines?status=failed,gone")).Refuses(400, "request.parameter-invalid");
        var @case = (await employer.Get($"/v1/cases/{done.List("items").Single().Text("case")}")).Must(200).Json;
        Assert.Equal(("employer", "𬭎职工1", "online"), (@case.GetProperty("applicant").Text("kind"), @case.GetProperty("applicant").GetProperty("worker").Text("name"), @case.Text("channel")));
        Assert.Equal(6800.50m, @case.GetProperty("form").GetProperty("wage").GetDecimal());

        var report = (await employer.Get($"{path}/report", ("Accept-Language", "zh-CN"))).Must(200);
        var rows = SampleBatches.Rows(report.Bytes);
        Assert.Equal(SampleBatches.Bad.Length + 2, rows.Count);
        Assert.Contains("电子表格", rows[1][^1], StringComparison.Ordinal);
        foreach (var (i, bad) in SampleBatches.Bad.Index())
            rows[i + 1][SampleBatches.Columns.Index().First(c => c.Item.Path == bad.Column).Index] = SampleBatches.Line((i + 1) * 10)[SampleBatches.Columns.Index().First(c => c.Item.Path == bad.Column).Index];
        rows.RemoveAt(rows.Count - 1);
        // Of two of one instant neither is the later.
        platform.Pass(TimeSpan.FromSeconds(1));
        var mended = await employer.Ended((await employer.SendBatch(string.Join('\n', rows.Select(row => string.Join('\t', row))))).Must(202).Header("Location")!);

        Assert.Equal((SampleBatches.Bad.Length, 0), (mended.Number("done"), mended.Number("failed")));
        Assert.Equal(Lines, await Cases(company));
        Assert.Equal(["batch-received", "batch-started", "batch-finished"], (await employer.Get($"{path}/history")).Must(200).Json.Each("items", "type"));
        var own = (await employer.Get("/v1/batches?first=1&status=done,cancelled&count=true")).Must(200).Json;
        Assert.Equal((2, mended.Text("id"), SampleBatches.Bad.Length), (own.Number("total"), own.List("items").Single().Text("id"), own.List("items").Single().Number("done")));
        Assert.Equal([batch.Text("id")], (await employer.Get(own.Text("next"))).Must(200).Json.Each("items", "id"));
        Assert.Empty((await employer.Get("/v1/batches?status=running")).Must(200).Json.List("items"));
        // One that a department sends for them is theirs as well; another employer's is not.
        var sentFor = (await platform.As(Department.Customs).SendBatch(SampleBatches.Csv([SampleBatches.Line(1, ("occupation", "=A1"))]), (CaseFilter.ApplicantHeader, (string)company["uscc"]!))).Must(202).Header("Location")!;
        Assert.Contains(sentFor.Split('/')[^1], (await employer.Get("/v1/batches")).Must(200).Json.Each("items", "id"));
        Assert.DoesNotContain(batch.Text("id"), (await platform.As(Department.Customs).Get("/v1/batches?first=100")).Must(200).Json.Each("items", "id"));
        // Nobody else has it.
        (await SampleBatches.Employer(platform, Applications.Company()).Get(path)).Refuses(404, "batch.not-found");
    }

    [Fact] // ENTRY-1
    public void How_long_a_line_took_is_told_at_the_end_by_those_that_are_cases()
    {
        var start = platform.Now;
        BatchFact[] facts =
        [
            new BatchReceived(start, new("app", "p_1"), Guid.Empty, SampleBatches.Hiring, new(ApplicantKind.LegalEntity, "公司", "1"), new("x", "陈建国"), [], 5),
            new BatchStarted(start.AddSeconds(2)), new BatchFinished(start.AddSeconds(12), 4, 1),
        ];
        decimal? After(int count) => BatchView.Of(facts[..count].Aggregate(default(Batch), Batch.Evolve)!, new(4, 1)).SecondsPerLine;

        Assert.Equal([null, null, 2.5m], [After(1), After(2), After(3)]);
    }

    [Fact]
    public async Task A_workbook_is_read_by_its_values_and_its_destroyed_numbers_are_told()
    {
        var employer = SampleBatches.Employer(platform, Applications.Company());
        var template = (await platform.Anybody.Get($"/v1/batches/template?item={SampleBatches.Hiring}", ("Accept", BatchFiles.Xlsx), ("Accept-Language", "en"))).Must(200);
        Assert.Equal(SampleBatches.Columns.Select(c => c.Label.En), (await BatchFiles.Read<string[]>(template.Bytes, rows => ([.. rows.Single().Cells.Select(cell => cell.Text)], null), TestContext.Current.CancellationToken)).Read!);
        var csv = (await platform.Anybody.Get($"/v1/batches/template?item={SampleBatches.Hiring}", ("Accept-Language", "zh-CN"))).Must(200);
        Assert.Equal(SampleBatches.Columns.Select(c => c.Label.Zh), SampleBatches.Rows(csv.Bytes).Single());
        var (number, hired, wage) = (ColumnOf("worker.idNumber"), ColumnOf("hiredOn"), ColumnOf("wage"));

        var path = (await employer.SendBatch(await Workbook(
            row => row[hired] = new Cell(new DateTime(2026, 3, 2)),
            row => row[wage] = new Cell(6800.5m),
            row => row[number] = new Cell(110101990030712000d)), BatchFiles.Xlsx)).Must(202).Header("Location")!;
        var batch = await employer.Ended(path);

        Assert.Equal((2, 1), (batch.Number("done"), batch.Number("failed")));
        var problem = (await employer.Get($"{path}/lines?status=failed", ("Accept-Language", "en"))).Must(200).Json.List("items").Single().List("problems").Single();
        Assert.Equal(("batch.number-destroyed", "worker.idNumber"), (problem.Text("code"), problem.Text("column")));
        Assert.Contains("Format the column as text", problem.Text("message"), StringComparison.Ordinal);
        var report = (await employer.Get($"{path}/report", ("Accept", BatchFiles.Xlsx))).Must(200);
        Assert.Equal(2, (await BatchFiles.Read<SheetRow[]>(report.Bytes, rows => (rows.ToArray(), null), TestContext.Current.CancellationToken)).Read!.Length);
    }

    [Fact]
    public async Task What_is_no_such_file_is_refused_and_nothing_of_it_is_kept()
    {
        var employer = SampleBatches.Employer(platform, Applications.Company());
        var good = SampleBatches.Csv([SampleBatches.Line(1)]);
        var batches = await platform.Database.Count("select count(*) from onedoor.mt_doc_batch");

        (await employer.SendBatch(Encoding.UTF8.GetBytes(good), "application/json")).Refuses(415, "batch.media-type");
        (await employer.SendBatch([0xff, 0xfe, 0x41, 0x00, 0xff], BatchFiles.Csv)).Refuses(422, "batch.file-unreadable");
        (await employer.SendBatch([.. "PK"u8, 3, 4, 0, 0, 9, 9], BatchFiles.Xlsx)).Refuses(422, "batch.file-unreadable");
        (await employer.SendBatch(Bomb(), BatchFiles.Xlsx)).Refuses(413, "batch.too-large");
        (await employer.SendBatch(new byte[BatchFiles.Largest + 1], BatchFiles.Csv, Client.AskFirst)).Refuses(413, "batch.too-large");
        (await employer.SendBatch("姓名,电话\n张三,1")).Refuses(422, "batch.columns-invalid");
        (await employer.SendBatch(SampleBatches.Csv([]))).Refuses(422, "batch.no-lines");
        (await employer.SendBatch(SampleBatches.Csv(Enumerable.Range(1, BatchSheet.MostLines + 1).Select(_ => SampleBatches.Line(1))))).Refuses(422, "batch.too-many-lines");
        (await employer.Send(HttpMethod.Post, SampleBatches.Address().Replace("HRSS-002-01", "SAMR-009-01", StringComparison.Ordinal), Csv(good))).Refuses(422, "batch.item-not-offered");
        (await employer.SendBatch(good, (CaseFilter.ApplicantHeader, Applications.FreshUscc()))).Refuses(403, "batch.employer-not-yours");
        // What is not taken anyway is not unpacked first.
        (await employer.SendBatch(Bomb(), BatchFiles.Xlsx, (CaseFilter.ApplicantHeader, Applications.FreshUscc()))).Refuses(403, "batch.employer-not-yours");
        (await platform.As(Department.Customs).SendBatch(good)).Refuses(422, "batch.employer-missing");
        (await employer.Send(HttpMethod.Post, SampleBatches.Address() + "&strange=1", Csv(good))).Refuses(400, "request.parameter-unknown");
        var wrong = (await employer.Send(HttpMethod.Post, $"/v1/batches?item={SampleBatches.Hiring}&declaration=x&signatory=%20", Csv(good))).Refuses(422, "case.declaration-changed");

        Assert.Equal(["declaration", "signatory"], wrong.Json.List("errors").Select(e => e.Text("pointer")));
        Assert.Equal(batches, await platform.Database.Count("select count(*) from onedoor.mt_doc_batch"));
        (await platform.Anybody.Get("/v1/batches/template?item=SAMR-009-01")).Refuses(422, "batch.item-not-offered");
    }

    [Fact]
    public async Task Of_one_sender_so_many_files_wait_in_memory_and_no_more()
    {
        var company = Applications.Company();
        var employer = SampleBatches.Employer(platform, company);
        var senders = platform.Api.Services.GetRequiredService<BatchSenders>();
        var waiting = Enumerable.Range(0, BatchSenders.PerCaller).Select(_ => senders.Take($"p_{company["uscc"]}")!).ToArray();

        Assert.Equal("5", (await employer.SendBatch(SampleBatches.Csv([]))).Refuses(429, "batch.too-many-sent").Header("Retry-After"));
        (await SampleBatches.Employer(platform, Applications.Company()).SendBatch(SampleBatches.Csv([]))).Refuses(422, "batch.no-lines");
        waiting[0].Dispose();

        (await employer.SendBatch(SampleBatches.Csv([]))).Refuses(422, "batch.no-lines");
        (await employer.SendBatch(SampleBatches.Csv([]))).Refuses(422, "batch.no-lines");
        foreach (var one in waiting)
            one.Dispose();
    }

    private Task<long> Cases(Dictionary<string, object?> company) => platform.Database.Count($"select count(*) from onedoor.mt_doc_case where data #>> '{{applicant,uscc}}' = '{company["uscc"]}'");

    private static int ColumnOf(string path) => SampleBatches.Columns.Index().First(column => column.Item.Path == path).Index;

    private static ByteArrayContent Csv(string text) => new(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue(BatchFiles.Csv) } };

    // A good line each, changed.
    private static async Task<byte[]> Workbook(params Action<Cell[]>[] changes)
    {
        using var file = new MemoryStream();
        await using (var workbook = await Spreadsheet.CreateNewAsync(file))
        {
            await workbook.StartWorksheetAsync("Sheet1", new WorksheetOptions());
            await workbook.AddRowAsync([.. SampleBatches.Columns.Select(column => new Cell(column.Path))]);
            foreach (var (i, change) in changes.Index())
            {
                Cell[] row = [.. SampleBatches.Line(i + 1).Select(text => new Cell(text))];
                change(row);
                await workbook.AddRowAsync(row);
            }
            await workbook.FinishAsync();
        }
        return file.ToArray();
    }

    // Small, and large once it is unpacked.
    private static byte[] Bomb()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("xl/worksheets/sheet1.xml").Open())
            for (var i = 0; i < 60; i++)
                entry.Write(new byte[1_000_000]);
        return file.ToArray();
    }
}
