using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Platform;

namespace OneDoor.Batches;

/// <summary>Files of employment registrations, and how they are sent.</summary>
public static class SampleBatches
{
    /// <summary>Hiring: an employer applies, for one worker in each line (ENTRY-1).</summary>
    public const string Hiring = "HRSS-002-01";

    /// <summary>Its columns.</summary>
    public static readonly IReadOnlyList<BatchColumn> Columns = BatchColumns.Of(CatalogueData.FormOf(CatalogueData.Zone().Single(item => item.Code == Hiring), CatalogueData.Forms()))!;

    /// <summary>Ways in which a line is bad: what is said in which column, and how that is told.</summary>
    public static readonly (string Column, string Value, string Code)[] Bad =
    [
        ("worker.idNumber", "1.10105E+17", "batch.number-destroyed"), ("worker.idNumber", "990000198505050000", "batch.number-destroyed"), ("worker.idNumber", "990000198505050027", "form.field-invalid"),
        ("worker.name", "", "form.field-missing"), ("contract", "长期", "form.field-invalid"), ("hiredOn", "2099-01-01", "form.field-invalid"), ("wage", "一千", "form.field-invalid"),
        ("until", "2025-01-01", "form.fields-contradict"), ("occupation", "=A1", "batch.cell-formula"), ("contact.phone", "123", "case.contact-invalid"), ("education", "", "form.field-missing"),
    ];

    /// <summary>A line about somebody nobody else is about, with some of its cells said otherwise.</summary>
    public static string[] Line(int number, params (string Path, string Value)[] otherwise)
    {
        var said = new Dictionary<string, string>
        {
            ["worker.name"] = $"𬭎职工{number}", ["worker.idType"] = "居民身份证", ["worker.idNumber"] = CitizenIdOf(number), ["worker.phone"] = "13900000001",
            ["hiredOn"] = "2026/3/2", ["contract"] = "固定期限", ["from"] = "2026-03-02", ["duration"] = "三年以上", ["until"] = "2029年3月1日", ["probation"] = "6", ["occupation"] = "4-01-02-01",
            ["hours"] = "standard", ["wage"] = "6800.50", ["household"] = "本市城镇", ["education"] = "大学本科", ["dispatched"] = "否", ["insuranceFrom"] = "2026-03", ["contact.phone"] = "13900000000",
        };
        foreach (var (path, value) in otherwise)
            said[path] = value;
        return [.. Columns.Select(column => said.GetValueOrDefault(column.Path, ""))];
    }

    /// <summary>A number that nobody has.</summary>
    public static string CitizenIdOf(int number)
    {
        var born = new DateOnly(1980, 1, 1).AddDays(number % 5000);
        var first17 = string.Create(CultureInfo.InvariantCulture, $"990000{born:yyyyMMdd}{1 + number / 5000:D3}");
        return first17 + CitizenId.Check(first17);
    }

    /// <summary>A file of them, under the columns' Chinese names.</summary>
    public static string Csv(IEnumerable<string[]> lines, string separator = ",") =>
        string.Join("\r\n", lines.Prepend([.. Columns.Select(column => column.Label.Zh)]).Select(line => string.Join(separator, line)));

    /// <summary>The rows of such a file.</summary>
    public static List<string[]> Rows(byte[] csv)
    {
        using var parser = new CsvParser(new StreamReader(new MemoryStream(csv)), new CsvConfiguration(CultureInfo.InvariantCulture));
        List<string[]> rows = [];
        while (parser.Read())
            rows.Add(parser.Record!);
        return rows;
    }

    /// <summary>Where a batch is sent, for whoever is signed in or, with a name, for whom a department names.</summary>
    public static string Address(string? employer = null) =>
        $"/v1/batches?item={Hiring}&declaration={SignedTexts.Declaration.Digest}&signatory={Uri.EscapeDataString("陈建国")}{(employer is null ? "" : $"&employer={Uri.EscapeDataString(employer)}")}";

    public static Task<Answered> SendBatch(this Client client, string csv, params (string Name, string Value)[] headers) => client.SendBatch(Encoding.UTF8.GetBytes(csv), BatchFiles.Csv, headers);

    public static Task<Answered> SendBatch(this Client client, byte[] file, string type, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Post, Address(), new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } }, headers);

    /// <summary>The batch once it has ended.</summary>
    public static async Task<JsonElement> Ended(this Client client, string path)
    {
        var batch = default(JsonElement);
        await RunningPlatform.Until(async () => (batch = (await client.Get(path)).Must(200).Json).Text("status") is "done" or "cancelled", "the batch has ended", () => batch.ToString());
        return batch;
    }

    /// <summary>A whole number of an answer.</summary>
    public static int Number(this JsonElement json, string name) => json.GetProperty(name).GetInt32();

    /// <summary>An employer, signed in.</summary>
    /// <param name="platform">By whose identity server.</param>
    /// <param name="company">Name and code.</param>
    /// <param name="http">The server; the platform's where it is left out.</param>
    /// <param name="now">The server's time.</param>
    public static Client Employer(RunningPlatform platform, Dictionary<string, object?> company, HttpClient? http = null, Func<DateTimeOffset>? now = null) => new(http ?? platform.Api.Http, () => Task.FromResult(platform.Token(
        new()
        {
            ["sub"] = $"p_{company["uscc"]}", ["client_id"] = "playground", ["scope"] = "cases:submit cases:read",
            [Claims.Applicant] = new ApplicantReference($"legal-entity:{company["uscc"]}", (string)company["name"]!),
        },
        now?.Invoke())));
}
