using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;
using Xunit;

namespace OneDoor.Batches;

/// <summary>What a file of applications says, what becomes of its lines, and whose it is (ENTRY-1).</summary>
public class BatchLaw
{
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateOnly Today = LegalClock.DayOf(Start);
    private static readonly Item Hiring = CatalogueData.Zone().Single(item => item.Code == "HRSS-002-01");
    private static readonly ItemPublished Published = new(Start, 1, Today, Hiring, CatalogueData.FormOf(Hiring, CatalogueData.Forms()));
    private static readonly IReadOnlyList<BatchColumn> Columns = BatchColumns.Of(Published.Form)!;
    private static readonly PersonOrEntity Company = new(ApplicantKind.LegalEntity, "沙箱示例有限公司", "91990000MA0000007X");
    private static readonly Actor Employer = new("playground", "p_1", Applicant: Company.Key), Customs = new("sandbox-customs", "sandbox-customs", Department.Customs);
    private static readonly Signature Declared = new(SignedTexts.Declaration.Digest, "陈建国");

    private static readonly Dictionary<string, string> Said = new()
    {
        ["worker.name"] = "李四", ["worker.idType"] = "居民身份证", ["worker.idNumber"] = "990000198505050026", ["worker.phone"] = "13900000001", ["hiredOn"] = "2026年3月2日", ["contract"] = "Fixed term",
        ["from"] = "2026/3/2", ["duration"] = "3-years", ["until"] = "20290301", ["probation"] = "6", ["occupation"] = "4-01-02-01", ["workplace.district"] = "airport", ["workplace.street"] = "西三道1号",
        ["hours"] = "标准工时", ["wage"] = "6800.5", ["household"] = "local-urban", ["education"] = "大学本科", ["dispatched"] = "否", ["insuranceFrom"] = "2026/3", ["contact.phone"] = "13900000000",
    };

    [Fact]
    public void The_columns_are_the_forms_fields_in_their_order_and_then_the_contact()
    {
        Assert.Equal(["worker.name", "worker.idType", "worker.idNumber", "worker.country", "worker.phone", "hiredOn", "contract", "from"], Columns.Take(8).Select(c => c.Path));
        Assert.Equal(["insuranceFrom", "contact.phone", "contact.email"], Columns.TakeLast(3).Select(c => c.Path));
        Assert.Equal(("职工姓名", "Employee: Name", true), (Columns[0].Label.Zh, Columns[0].Label.En, Columns[0].IsRequired));
        Assert.Equal(["worker.country", "duration", "until", "workplace.district"], Columns.Where(c => !c.IsRequired).Select(c => c.Path).Take(4));
        Assert.Equal(Columns.Count, Columns.SelectMany(c => new[] { c.Label.Zh }).Distinct().Count());
    }

    [Fact]
    public void Hirings_and_terminations_are_entered_by_batches_and_what_is_no_line_of_a_table_is_not()
    {
        var forms = CatalogueData.Forms();
        var offered = CatalogueData.Zone().Where(item => Batch.NotOffered(new(Start, 1, Today, item, CatalogueData.FormOf(item, forms)), Today) is null).Select(item => item.Code);

        Assert.Equal(["HRSS-002-01", "HRSS-002-02", "HRSS-007"], offered.Order());
    }

    [Fact]
    public void A_line_however_a_spreadsheet_writes_it_is_an_application_that_the_rule_of_cases_takes()
    {
        var batch = Received(Employer);
        var application = batch.Application(Cells(Said), Published.Form);

        Assert.Empty(FormAnswer.Refusals(Published.Form!, application.Form!.Value, Today));
        Assert.Empty(Case.Refusals(Hiring, application.Applicant!, Today));
        Assert.Equal("""{"worker":{"name":"李四","idType":"citizen-id","idNumber":"990000198505050026","phone":"13900000001"},"hiredOn":"2026-03-02","contract":"fixed","from":"2026-03-02","duration":"3-years","until":"2029-03-01","probation":6,"occupation":"4-01-02-01","workplace":{"district":"airport","street":"西三道1号"},"hours":"standard","wage":6800.5,"household":"local-urban","education":"bachelor","dispatched":false,"insuranceFrom":"2026-03"}""",
            AnswerText.Of(application.Form.Value));
        Assert.Equal(new(ApplicantKind.Employer, Company.Name, Company.Uscc, Worker: new(ApplicantKind.Person, "李四", CitizenId: "990000198505050026")), application.Applicant);
        Assert.Equal((Channel.Online, Channel.Agency), (application.Channel, Received(Customs).Application(Cells(Said), Published.Form).Channel));
        Assert.Equal((new Contact("13900000000"), Declared), (application.Contact, application.Declaration));
    }

    [Fact]
    public void A_worker_with_a_passport_is_known_by_it() => Assert.Equal(
        new(IdentifierKind.Passport, "A12345678", "USA"),
        Received(Employer).Application(Cells(new(Said) { ["worker.idType"] = "护照", ["worker.idNumber"] = "A12345678", ["worker.country"] = "USA" }), Published.Form).Applicant!.Worker!.Identifier);

    [Theory]
    [InlineData("worker.idNumber", "1.10105E+17", "batch.number-destroyed")]
    [InlineData("worker.phone", "1.39E+10", "batch.number-destroyed")]
    [InlineData("worker.idNumber", "990000198505050000", "batch.number-destroyed")]
    [InlineData("worker.idNumber", "990000198505011000", "batch.number-destroyed")] // its check digit fits, by chance
    [InlineData("occupation", "=A1", "batch.cell-formula")]
    [InlineData("occupation", "#REF!", "batch.cell-formula")]
    [InlineData("wage", "6.8E+3", null)]
    [InlineData("worker.phone", "'+8613900000001", null)]
    public void A_cell_is_what_it_says_and_not_what_a_spreadsheet_has_made_of_it(string path, string value, string? code)
    {
        var line = Read(new(Said) { [path] = value }).Sheet!.Lines.Single();

        Assert.Equal(code is null ? [] : [(code, path)], line.Problems.Select(p => (p.Code, p.Column)));
        Assert.Equal(value.TrimStart('\''), line.Cells[Columns.Index().First(c => c.Item.Path == path).Index]);
    }

    [Fact]
    public void A_quantity_is_no_number_of_a_document_and_does_for_a_phone()
    {
        var row = Cells(Said).Select((text, i) => new SheetCell(text, IsNumber: Columns[i].Path is "worker.phone" or "worker.idNumber")).ToArray();

        Assert.Equal(["worker.idNumber"], BatchSheet.Read([Header, new(2, row)], Columns).Sheet!.Lines.Single().Problems.Select(p => p.Column));
    }

    [Fact] // it ends in 000, and its check digit fits
    public void A_number_that_a_workbook_holds_as_text_was_rounded_by_nothing()
    {
        const string Number = "990000198505011000";
        var row = Cells(new(Said) { ["worker.idNumber"] = Number }).Select(text => new SheetCell(text, IsNumber: false)).ToArray();

        var line = BatchSheet.Read([Header, new(2, row)], Columns).Sheet!.Lines.Single();

        Assert.Empty(line.Problems);
        Assert.Contains(Number, line.Cells);
    }

    [Fact]
    public void What_is_written_out_is_run_by_no_program_and_reads_as_what_it_was()
    {
        foreach (var text in new[] { "=1+1", "+8613900000001", "-1", "@SUM(A1)", "\tx" })
        {
            Assert.Equal('\'', BatchSheet.Guarded(text)[0]);
            Assert.Equal(text, Read(new(Said) { ["worker.name"] = BatchSheet.Guarded(text) }).Sheet!.Lines.Single().Cells[0]);
        }
        Assert.Equal("李四", BatchSheet.Guarded("李四"));
    }

    [Fact]
    public void A_line_that_is_there_already_one_that_is_too_long_and_a_cell_that_is_are_told()
    {
        SheetCell[] good = [.. Cells(Said).Select(text => new SheetCell(text))];
        var lines = BatchSheet.Read(
            [Header, new(2, good), new(3, []), new(4, good), new(5, [.. good, new("one more")]), new(6, [new(new string('长', BatchSheet.LongestCell + 1)), .. good.Skip(1)])], Columns).Sheet!.Lines;

        Assert.Equal([(2, null), (4, "batch.line-repeated"), (5, "batch.line-too-long"), (6, "batch.cell-invalid")], lines.Select(line => (line.Number, line.Problems is [var problem, ..] ? problem.Code : null)));
        Assert.Equal(BatchSheet.LongestCell, lines[^1].Cells[0].Length);
        Assert.Equal("It is the same as line 2.", lines[1].Problems[0].Detail!.En);
    }

    [Fact]
    public void Columns_come_in_any_order_under_any_of_their_names_with_those_of_a_report()
    {
        var names = Columns.Select((c, i) => (Index: i, Name: (i % 3) switch { 0 => c.Path, 1 => c.Label.Zh, _ => c.Label.En.ToUpperInvariant() })).Reverse().ToArray();
        var cells = Cells(Said);
        SheetRow[] rows = [new(1, [.. names.Select(n => new SheetCell(n.Name)), new("问题"), new("Line")]), new(2, [.. names.Select(n => new SheetCell(cells[n.Index])), new("错"), new("7")])];

        Assert.Equal(cells, BatchSheet.Read(rows, Columns).Sheet!.Lines.Single().Cells);
    }

    [Fact]
    public void What_is_missing_repeated_or_not_known_of_the_columns_is_told_and_not_what_stands_in_them()
    {
        var refused = BatchSheet.Read([new(1, [new("职工姓名"), new("worker.name"), new("李四 990000198505050026")])], Columns).Refused!;

        Assert.Equal("batch.columns-invalid", refused.Code);
        Assert.Contains("worker.idNumber", refused.Detail!.En, StringComparison.Ordinal);
        Assert.Contains("repeated: worker.name; not known, by their places: 3.", refused.Detail.En, StringComparison.Ordinal);
        Assert.DoesNotContain("李四", refused.Detail.Zh, StringComparison.Ordinal);
        Assert.DoesNotContain("worker.country", refused.Detail.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_what_the_rule_of_cases_refuses_each_column_is_told_once()
    {
        var paths = Columns.Select(c => c.Path).ToArray();
        var refusal = Refusal.AllOf(
            [ApplicantRefusals.CitizenIdInvalid.At("/applicant/worker/citizenId"), FormRefusals.FieldInvalid.At("/form/worker/idNumber"), CaseRefusals.ContactMissing.At("/contact"), CaseRefusals.HallRequired.At("/hall"), FormRefusals.FieldMissing.At("/form/worker")])!;

        Assert.Equal(
            [("form.field-invalid", "worker.idNumber"), ("form.field-missing", "worker.name"), ("case.contact-missing", "contact.phone"), ("case.hall-required", null)],
            LineProblem.Of(refusal, paths).Select(p => (p.Code, p.Column)));
        Assert.Equal([("batch.line-failed", (string?)null)], LineProblem.Of(BatchRefusals.LineFailed, paths).Select(p => (p.Code, p.Column)));
    }

    [Fact]
    public void It_is_the_senders_and_the_employers_and_nobody_elses()
    {
        var batch = Received(Customs);

        Assert.NotNull(batch.SeenBy(Customs, Start));
        Assert.NotNull(batch.SeenBy(Employer, Start));
        Assert.Null(batch.SeenBy(Customs with { Subject = "another" }, Start));
        Assert.Null(batch.SeenBy(Employer with { Applicant = "legal-entity:another" }, Start));
    }

    [Fact]
    public void It_ends_once_and_what_it_said_is_dropped_thirty_days_later()
    {
        var running = Batch.Evolve(Received(Employer), new BatchStarted(Start.AddSeconds(1)));
        var cancelled = Batch.Evolve(running, Batch.Decide(running, new CancelBatch(), new(Employer, Start.AddMinutes(1))).Facts.Single());

        Assert.Equal((BatchStatus.Cancelled, Start.AddMinutes(1), Start.AddMinutes(1).AddDays(30)), (cancelled.Status, cancelled.EndedAt, cancelled.DropAt));
        Assert.Empty(Batch.Decide(cancelled, new CancelBatch(), new(Employer, Start)).Facts);
        Assert.Empty(cancelled.Lapse(cancelled.DropAt!.Value));
        var dropped = Batch.Evolve(cancelled, Assert.Single(cancelled.Lapse(cancelled.DropAt.Value.AddSeconds(1))));
        Assert.Null(dropped.DropAt);
        Assert.Equal(BatchStatus.Done, Batch.Evolve(running, new BatchFinished(Start, 1, 0)).Status);
    }

    [Fact]
    public void Every_refusal_of_the_rule_is_produced()
    {
        var asked = Asking(Employer);
        Assert.Equal("batch.not-found", Batch.Decide(null, new CancelBatch(), asked).Refused?.Code);
        Assert.Equal("batch.employer-not-yours", Batch.Decide(null, Sent() with { Employer = Company with { Uscc = "91120118MA06WRRW42" } }, asked).Refused?.Code);
        Assert.Equal("batch.too-many", Batch.Decide(null, Sent(), asked with { Open = Batch.MostOpen }).Refused?.Code);
        Assert.Equal("batch.ended", Batch.Decide(Batch.Evolve(Received(Employer), new BatchFinished(Start, 1, 0)), new CancelBatch(), asked).Refused?.Code);
        Assert.Equal("case.item-unknown", Batch.NotOffered(null, Today)?.Code);
        Assert.Equal(
            ["batch.item-not-offered", "case.declaration-changed", "case.signatory-invalid", "applicant.uscc-invalid"],
            Batch.Decide(null, Sent() with { Declaration = new("x", " "), Employer = Company with { Uscc = "1" } }, asked with { Item = Published with { Form = null } }).Refused!.Fields.Select(f => f.Code));
        Assert.Equal("batch.no-lines", BatchSheet.Read([Header], Columns).Refused?.Code);
        Assert.Equal("batch.too-many-lines", BatchSheet.Read(Enumerable.Repeat(new SheetRow(2, [new("")]), int.MaxValue).Prepend(Header), Columns).Refused?.Code);
        Assert.Equal("batch.too-large", BatchSheet.Read(Enumerable.Repeat(new SheetRow(2, [new(new string('x', 100_000))]), BatchSheet.MostLines).Prepend(Header), Columns).Refused?.Code);
        Assert.Equal("batch.too-many-lines", BatchSheet.Read(Enumerable.Repeat(new SheetRow(2, [new("x")]), BatchSheet.MostLines + 1).Prepend(Header), Columns).Refused?.Code);
    }

    private static SheetRow Header => new(1, [.. Columns.Select(c => new SheetCell(c.Label.Zh))]);

    private static (BatchSheet? Sheet, Refusal? Refused) Read(Dictionary<string, string> said) => BatchSheet.Read([Header, new(2, [.. Cells(said).Select(text => new SheetCell(text))])], Columns);

    private static string[] Cells(Dictionary<string, string> said) => [.. Columns.Select(c => said.GetValueOrDefault(c.Path, ""))];

    private static ReceiveBatch Sent() => new(Hiring.Code, Declared, "sha-256:x", Company);

    private static BatchAsking Asking(Actor by) => new(by, Start)
    {
        Id = Guid.CreateVersion7(Start), Item = Published, Sheet = new([.. Columns.Select(column => column.Path)], [new(2, Cells(Said), [])]),
    };

    private static Batch Received(Actor by) => Batch.Evolve(null, Batch.Decide(null, Sent(), Asking(by)).Facts.Single());
}
