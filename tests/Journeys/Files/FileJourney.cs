using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OneDoor.Cases;
using OneDoor.Forms;
using OneDoor.Platform;
using Xunit;
using static OneDoor.Files.SampleFiles;

namespace OneDoor.Files;

/// <summary>CASE-12 over HTTP: files come in, are carried by cases, and are shown to whom the cases show them.</summary>
public sealed class FileJourney(RunningPlatform platform)
{
    private const Department Submitter = CaseJourney.Submitter, Lead = Department.MarketRegulation;
    private const string Writer = $"{RunningPlatform.Clerk} files:write", Both = "articles-of-association";

    private Client Uploader => platform.As(Submitter, Writer);

    [Fact] // CASE-12
    public async Task A_file_comes_back_as_it_came_and_is_never_shown_by_a_browser()
    {
        var sent = (await Uploader.Upload(Jpeg, "image/jpeg", ("Repr-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Jpeg))}:, sha-512=:{Convert.ToBase64String(SHA512.HashData(Jpeg))}:, md5=:passed over:"))).Must(201);
        var (file, address) = (sent.Json, sent.Header("Location")!);

        Assert.Equal((Sha256Digest.Of(Jpeg), Jpeg.Length, "image/jpeg", address), (file.Text("digest"), file.GetProperty("size").GetInt32(), file.Text("mediaType"), file.Text("href")));
        var read = (await Uploader.Get(address)).Must(200);
        Assert.Equal(Jpeg, read.Bytes); // the position where it was taken included: it is evidence
        Assert.Equal($"\"{file.Text("digest")}\"", read.ETag);
        Assert.Equal("image/jpeg", read.Header("Content-Type"));
        Assert.Equal($"attachment; filename={file.Text("id")}.jpg; filename*=UTF-8''{file.Text("id")}.jpg", read.Header("Content-Disposition"));
        Assert.Equal(("nosniff", "sandbox; default-src 'none'; frame-ancestors 'none'"), (read.Header("X-Content-Type-Options"), read.Header("Content-Security-Policy")));
        Assert.Contains("private", read.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal(304, (await Uploader.Get(address, ("If-None-Match", read.ETag))).Status);
    }

    [Fact] // CASE-12
    public async Task A_part_of_a_file_is_read_as_long_as_it_is_that_file()
    {
        // Of more pieces than one.
        var content = new byte[700_000];
        new Random(7).NextBytes(content);
        content = Docx(("word/media/a.bin", content));
        var sent = (await Uploader.Upload(content, WordType)).Must(201);
        var address = sent.Header("Location")!;

        var part = (await Uploader.Get(address, ("Range", "bytes=262100-262200"))).Must(206);
        Assert.Equal(content[262_100..262_201], part.Bytes);
        Assert.Equal($"bytes 262100-262200/{content.Length}", part.Header("Content-Range"));
        Assert.Equal(content[^10..], (await Uploader.Get(address, ("Range", "bytes=-10"))).Must(206).Bytes);
        Assert.Equal(content, (await Uploader.Get(address, ("Range", "bytes=0-9"), ("If-Range", "\"another\""))).Must(200).Bytes);
        (await Uploader.Get(address, ("Range", $"bytes={content.Length}-"))).Refuses(416, "request.range-not-satisfiable");
    }

    [Fact] // ten hostile files
    public async Task What_is_no_honest_file_is_refused_and_nothing_of_it_stays()
    {
        var before = await Stored();
        (await Uploader.Upload([.. Pdf(), .. Zip(("a.class", [1]))], "application/pdf")).Refuses(422, "file.polyglot");
        (await Uploader.Upload(Bomb(), WordType)).Refuses(422, "file.unpacks-too-large");
        (await Uploader.Upload(Svg, "image/svg+xml")).Refuses(415, "file.type-not-accepted");
        (await Uploader.Upload(Pdf(), "image/png")).Refuses(422, "file.type-mismatch");
        (await Uploader.Upload(Pdf(), "application/pdf", ("Digest", "sha-256=" + Convert.ToBase64String(new byte[32])))).Refuses(422, "file.digest-mismatch");
        (await Uploader.Upload(Pdf(), "application/pdf", ("Content-Digest", "sha-256=:nonsense:"))).Refuses(422, "file.digest-mismatch");
        (await Uploader.Upload(Pdf(), "application/pdf", ("Repr-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Pdf()))}:, sha-512=:{Convert.ToBase64String(new byte[64])}:"))).Refuses(422, "file.digest-mismatch");
        (await Uploader.Upload(new byte[FileTypes.Largest + 1], "application/pdf", Client.AskFirst)).Refuses(413, "file.too-large");
        (await Uploader.Send(HttpMethod.Post, "/v1/files", new StreamContent(new MemoryStream(new byte[FileTypes.Largest + 1])) { Headers = { ContentLength = null } },
            ("Transfer-Encoding", "chunked"))).Refuses(413, "file.too-large");
        (await Uploader.Upload([], "application/pdf")).Refuses(422, "file.empty");
        (await Uploader.Upload(Pdf("/OpenAction << /S /JavaScript >>"), "application/pdf")).Refuses(422, "file.active-content");
        Assert.Equal(before, await Stored());

        // Names are texts of the case, and neither paths nor headers.
        var id = (await Uploader.Upload(Pdf(), "application/pdf")).Must(201).Json.GetProperty("id").GetGuid();
        (await Submit(With(new { code = Both, name = "合同\u202Efdp.exe", file = id }))).Refuses(422, "case.material-invalid");
        var named = (await Submit(With(new { code = Both, name = "../../عقد/\"合同\".pdf", file = id }))).Must(201).Json;
        Assert.Equal("../../عقد/\"合同\".pdf", named.List("materials").Single(m => m.Text("code") == Both).Text("name"));
        Assert.StartsWith($"attachment; filename={id}.pdf", (await Uploader.Get($"/v1/files/{id}")).Must(200).Header("Content-Disposition"), StringComparison.Ordinal);
    }

    [Fact] // CASE-12, JOINT-3
    public async Task Sight_of_a_file_is_sight_of_the_material()
    {
        var content = Pdf("/Type /Catalog /Lang (zh)");
        var file = (await Uploader.Upload(content, "application/pdf")).Must(201).Json;
        var id = file.Text("id");
        // Nobody else's before something carries it, and not to be found.
        (await platform.As(Lead, Writer).Get($"/v1/files/{id}")).Refuses(404, "file.not-found");
        (await Submit(With(new { code = Both, name = "章程.pdf", file = id }), by: platform.As(Department.Tax, Writer))).Refuses(422, "file.unknown");
        (await Submit(With(new { code = Both, name = "章程.pdf", file = Guid.CreateVersion7(platform.Now) }))).Refuses(422, "file.unknown");
        (await Submit(With(new { code = Both, name = "章程.pdf", file = id, digest = "sha-256:" + new string('a', 64) }))).Refuses(422, "file.digest-mismatch");

        var @case = await CaseJourney.Submitted(platform, With(new { code = Both, name = "章程.pdf", file = id }));
        var material = (await @case.Now()).List("materials").Single(m => m.Text("code") == Both);
        Assert.Equal(file.GetRawText(), material.GetProperty("file").GetRawText());
        Assert.Equal(file.Text("digest"), material.Text("digest"));
        Assert.Equal(content, (await platform.As(Lead).Get($"/v1/files/{id}")).Must(200).Bytes); // its step needs it
        foreach (var other in new[] { Department.Tax, Department.Fire }) // of a step that needs other papers, and of none
            (await platform.As(other).Get($"/v1/files/{id}")).Refuses(404, "file.not-found");
        (await platform.Anybody.Get($"/v1/files/{id}")).Refuses(401, "auth.token-missing");
        // To hand in is one thing and to read another.
        (await platform.As(Submitter, "cases:submit files:write").Get($"/v1/files/{id}")).Refuses(404, "file.not-found");
        Assert.Equal(1, await Rows("file_uses", $"file_id = '{id}'"));

        var asked = (await platform.As(Lead).Post("/graphql", new
        {
            query = "query ($id: ID!) { case(id: $id) { materials { code file { id digest size mediaType href } } } }",
            variables = new { id = @case.Id },
        })).Must(200).Json;
        Assert.Equal(
            file.GetRawText(), asked.GetProperty("data").GetProperty("case").List("materials").Single(m => m.Text("code") == Both).GetProperty("file").GetRawText());
    }

    [Fact] // CASE-12, JOINT-3
    public async Task What_a_field_or_an_agent_names_is_kept_and_seen_with_it()
    {
        const string Dispatch = "OFFC-013-01";
        var (agreement, authority) = ((await Uploader.Upload(Pdf(), "application/pdf")).Must(201).Json, (await Uploader.Upload(Png, "image/png")).Must(201).Json);
        var application = Applications.For(Dispatch);
        application["form"] = AnswerText.With(Applications.Answer(Dispatch)!.Value, JsonSerializer.SerializeToElement(new { agreement = "file", agreementSample = agreement.Text("id") }));
        application["agent"] = new { name = "张三", citizenId = "990000199001010017", authority = authority.Text("id") };

        var refused = (await Submit(application, by: platform.As(Department.Tax, Writer))).Refuses(422, "file.unknown");
        var @case = await CaseJourney.Submitted(platform, application);

        Assert.Equal(["/form/agreementSample", "/agent/authority"], refused.Json.Each("errors", "pointer"));
        Assert.Equal([agreement.GetRawText(), authority.GetRawText()], (await @case.Now()).List("files").Select(file => file.GetRawText()));
        foreach (var file in new[] { agreement, authority })
        {
            var address = file.Text("href");
            Assert.Equal(1, await Rows("files", $"id = '{file.Text("id")}' and attached_at is not null"));
            (await platform.As(Department.ServiceOffice).Get(address)).Must(200); // whose item it is
            (await platform.As(Department.Fire).Get(address)).Refuses(404, "file.not-found");
        }
        var asked = await platform.As(Department.ServiceOffice).Ask("query ($id: ID!) { case(id: $id) { files { id } } }", new { id = @case.Id });
        Assert.Equal([agreement.Text("id"), authority.Text("id")], asked.GetProperty("case").Each("files", "id"));
    }

    [Fact] // CASE-12
    public async Task What_is_exchanged_later_is_seen_by_who_sees_that_it_was_there()
    {
        var first = (await Uploader.Upload(Pdf(), "application/pdf")).Must(201).Json.Text("id");
        var second = (await Uploader.Upload(Png, "image/png")).Must(201).Json.Text("id");
        var @case = await CaseJourney.Submitted(platform, With(new { code = Both, name = "章程.pdf", file = first }));
        (await @case.Do(Lead, "correction-notices", new { lines = new[] { new { material = Both, text = "看不清。" } } })).Must(200);
        (await @case.Do(Submitter, "materials", new { materials = new[] { new { code = Both, name = "章程.png", file = second } } })).Must(200);

        foreach (var file in new[] { first, second })
            (await platform.As(Lead).Get($"/v1/files/{file}")).Must(200);
    }

    [Fact] // CASE-12
    public async Task Documents_come_with_a_decision_and_are_the_applicants_and_that_departments()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        var file = (await platform.As(Lead, Writer).Upload(Pdf(), "application/pdf")).Must(201).Json.Text("id");
        var decision = new { outcome = "granted", uscc = Applications.FreshUscc(), results = new[] { new { name = "准予设立登记通知书.pdf", file } } };
        (await @case.Do(Lead, "steps/licence/decision", decision with { results = [new { name = " ", file }] })).Refuses(422, "case.result-invalid");
        (await @case.Do(Lead, "steps/licence/decision", decision with { results = [new { name = "通知书", file = Guid.CreateVersion7(platform.Now).ToString() }] })).Refuses(422, "file.unknown");
        (await @case.Do(Lead, "steps/licence/decision", decision)).Must(200);

        var shown = (await @case.Now()).Step("licence").List("results").Single();
        Assert.Equal(("准予设立登记通知书.pdf", file), (shown.Text("name"), shown.GetProperty("file").Text("id")));
        foreach (var reader in new[] { Submitter, Lead })
            (await platform.As(reader).Get($"/v1/files/{file}")).Must(200);
        (await platform.As(Department.Tax).Get($"/v1/files/{file}")).Refuses(404, "file.not-found");
    }

    [Fact]
    public async Task The_same_key_and_the_same_file_are_one_file()
    {
        var key = ("Idempotency-Key", Guid.CreateVersion7(platform.Now).ToString());
        var first = (await Uploader.Upload(Png, "image/png", key)).Must(201);
        var before = await Stored();
        var again = (await Uploader.Upload(Png, "image/png", key)).Must(201);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal(before, await Stored());
        (await Uploader.Upload(Pdf(), "application/pdf", key)).Refuses(422, "idempotency.key-reused");
    }

    [Fact] // CASE-12: dropped after 48 hours, but never what has been handed in meanwhile
    public async Task What_nothing_carries_is_dropped_and_what_something_carries_stays()
    {
        var carried = (await Uploader.Upload(Pdf(), "application/pdf")).Must(201).Json.Text("id");
        var dropped = (await Uploader.Upload(Pdf(), "application/pdf")).Must(201).Json.Text("id");
        // More than are deleted at a time.
        await platform.Database.Run($"insert into onedoor.files (id, uploader, length, received, place, created_at) select gen_random_uuid(), 'p_of_many', 1, 1, 'database', '{platform.Now:O}' from generate_series(1, 50)");
        await CaseJourney.Submitted(platform, With(new { code = Both, name = "章程.pdf", file = carried }));

        platform.Pass(TimeSpan.FromHours(47));
        (await Uploader.Get($"/v1/files/{dropped}")).Must(200);
        platform.Pass(TimeSpan.FromHours(1) + Sweeps.Every * 2);
        await RunningPlatform.Until(async () => await Rows("files", $"id = '{dropped}' or uploader = 'p_of_many'") == 0, "the files are dropped");
        (await Uploader.Get($"/v1/files/{dropped}")).Refuses(404, "file.not-found");
        Assert.Equal(0, await Rows("file_pieces", $"file_id = '{dropped}'"));
        (await Submit(With(new { code = Both, name = "章程.pdf", file = dropped }))).Refuses(422, "file.unknown");
        (await Uploader.Get($"/v1/files/{carried}")).Must(200);
    }

    [Fact] // CASE-12: whoever hands a file in holds it from the moment it is looked at
    public async Task A_file_that_is_being_handed_in_while_it_is_swept_is_not_lost()
    {
        var file = Guid.Parse((await Uploader.Upload(Pdf(), "application/pdf")).Must(201).Json.Text("id"));
        var table = platform.Api.Services.GetRequiredService<FileTable>();
        await using var session = platform.Api.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        Assert.Single(await FileTable.Own(session, new Actor("sandbox-customs", "sandbox-customs"), [file], TestContext.Current.CancellationToken));

        // Another process sweeps, as if the two days were over; it waits for who holds the file.
        var swept = table.Mark(platform.Time.GetUtcNow().AddDays(1), TestContext.Current.CancellationToken);
        session.QueueSqlCommand(FileTable.Attach, platform.Time.GetUtcNow(), file, "test", Guid.CreateVersion7(platform.Now));
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);

        await swept;
        Assert.Equal(1, await Rows("files", $"id = '{file}' and dropped_at is null and attached_at is not null"));
    }

    [Fact]
    public async Task Whoever_has_uploaded_enough_is_told()
    {
        await using var api = platform.StartApi(platform.Database, ("Files:PerDay", "3"), ("Files:UnattachedBytes", "1000"), ("Files:OfSystems", "1"));
        var person = platform.With(new() { ["sub"] = "p_of_many_files", ["client_id"] = "mobile", ["scope"] = "files:write" }, api.Http);

        (await person.Upload(Docx(("a.bin", RandomNumberGenerator.GetBytes(1000))), WordType)).Refuses(409, "file.too-much-unattached");
        // All at once, and yet no more than there is room for.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => person.Upload(Csv, "text/csv")));
        Assert.Equal(3, answers.Count(a => a.Status == 201));
        Assert.All(answers.Where(a => a.Status != 201), a => a.Refuses(429, "file.too-many-today"));
        // What is refused, given up or never sent was begun all the same, also once its bytes are dropped.
        var other = platform.With(new() { ["sub"] = "p_of_many_attempts", ["client_id"] = "mobile", ["scope"] = "files:write" }, api.Http);
        var tus = ("Tus-Resumable", "1.0.0");
        (await other.Upload(Svg, "image/svg+xml")).Refuses(415, "file.type-not-accepted");
        foreach (var length in new[] { "900", "1000" })
            (await other.Send(HttpMethod.Delete, (await other.Send(HttpMethod.Post, "/v1/uploads", null, tus, ("Upload-Length", length))).Must(201).Header("Location")!, null, tus)).Must(204);
        await new DropFiles(platform.Api.Services.GetRequiredService<FileTable>(), platform.Api.Services.GetRequiredService<FileStores>(), new())
            .Record(null!, platform.Time.GetUtcNow(), NullLogger.Instance, TestContext.Current.CancellationToken);
        (await other.Upload(Csv, "text/csv")).Refuses(429, "file.too-many-today");
        Assert.Equal(
            (3, Svg.Length, 0),
            (await Rows("files", "uploader = 'p_of_many_attempts' and place = ''"), await platform.Database.Count("select sum(length) from onedoor.files where uploader = 'p_of_many_attempts'"),
                await Rows("file_pieces", "file_id in (select id from onedoor.files where uploader = 'p_of_many_attempts')")));
        // So does what did not have the checksum that came with it, however often it is sent: here to the third time.
        var again = platform.With(new() { ["sub"] = "p_of_wrong_checksums", ["client_id"] = "mobile", ["scope"] = "files:write" }, api.Http);
        var upload = (await again.Send(HttpMethod.Post, "/v1/uploads", null, tus, ("Upload-Length", "900"))).Must(201).Header("Location")!;
        Task<Answered> Sent() => again.Send(HttpMethod.Patch, upload, new ByteArrayContent(new byte[400]) { Headers = { ContentType = new("application/offset+octet-stream") } }, tus, ("Upload-Offset", "0"), ("Upload-Checksum", "sha1 AAAA"));
        (await Sent()).Refuses(460, "request.checksum-mismatch");
        (await Sent()).Refuses(429, "file.too-many-today");
        (await Sent()).Refuses(404, "upload.not-found");
        Assert.Equal((3, 800L), (await Rows("files", "uploader = 'p_of_wrong_checksums' and dropped_at is not null"), await platform.Database.Count("select sum(length) from onedoor.files where uploader = 'p_of_wrong_checksums'")));
        // Whoever signs in for one company counts with all who do.
        Client For(string subject, string company) => platform.With(new()
        {
            ["sub"] = subject, ["client_id"] = "mobile", ["scope"] = "files:write", [Claims.Applicant] = new ApplicantReference($"legal-entity:{company}", "天津临港智造有限公司"),
        }, api.Http);
        var (own, another) = (Applications.FreshUscc(), Applications.FreshUscc());
        foreach (var subject in new[] { "e_one", "e_two", "e_three" })
            (await For(subject, own).Upload(Csv, "text/csv")).Must(201);
        (await For("e_four", own).Upload(Csv, "text/csv")).Refuses(429, "file.too-many-today");
        (await For("e_four", another).Upload(Csv, "text/csv")).Must(201);
        // Of a number the store has a keyed digest: from another everybody could tell whose it is.
        var guessed = string.Join(", ", new[] { $"legal-entity:{own}", $"uploads of legal-entity:{own}" }.Select(text => $"'{Sha256Digest.Of(text)}', '{Sha256Digest.Of(text)[8..]}', '{text}'"));
        Assert.Equal((3, 0), (await Rows("files", "uploader in ('e_one', 'e_two', 'e_three') and counted_as ~ '^[0-9a-f]{64}$'"), await Rows("files", $"counted_as in ({guessed})")));
    }

    [Fact] // 个人信息保护法 art. 47
    public async Task Erasure_takes_the_bytes_away()
    {
        var file = (await Uploader.Upload(Pdf(), "application/pdf")).Must(201).Json.Text("id");
        var @case = await CaseJourney.Submitted(platform, With(new { code = Both, name = "章程.pdf", file }));
        await Operator.Run<Caller>(platform.Database, "erase", $"--id={@case.Id}");

        (await platform.As(Lead).Get($"/v1/files/{file}")).Refuses(404, "file.not-found");
        Assert.Equal(0, await Rows("file_pieces", $"file_id = '{file}'"));
        Assert.Equal(file, (await @case.SeenBy(Lead)).List("materials").Single(m => m.Text("code") == Both).GetProperty("file").Text("id"));
    }

    [Fact] // 个人信息保护法 art. 47: of one thing, and of no other
    public async Task A_file_that_something_else_takes_up_while_it_is_erased_is_not_lost()
    {
        var file = Guid.Parse((await Uploader.Upload(Pdf(), "application/pdf")).Must(201).Json.Text("id"));
        var (store, erased, ct) = (platform.Api.Services.GetRequiredService<IDocumentStore>(), Guid.CreateVersion7(platform.Now), TestContext.Current.CancellationToken);
        void Attach(IDocumentSession session, Guid thing) => session.QueueSqlCommand(FileTable.Attach, platform.Time.GetUtcNow(), file, "test", thing);
        await using var first = store.LightweightSession();
        Attach(first, erased);
        await first.SaveChangesAsync(ct);
        await using var other = store.LightweightSession();
        Assert.Single(await FileTable.Own(other, new Actor("sandbox-customs", "sandbox-customs"), [file], ct));

        await using var erasing = store.LightweightSession();
        foreach (var besides in platform.Api.Services.GetServices<ErasedBesides>())
            erasing.QueueSqlCommand(besides.Sql, erased);
        var done = erasing.SaveChangesAsync(ct);
        await RunningPlatform.Until(
            async () => await platform.Database.Count("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%file_uses%' and datname = current_database()") > 0, "who erases waits");
        Attach(other, Guid.CreateVersion7(platform.Now));
        await other.SaveChangesAsync(ct);

        await done;
        Assert.Equal((1, 1), (await Rows("files", $"id = '{file}' and dropped_at is null"), await Rows("file_uses", $"file_id = '{file}'")));
    }

    private static Dictionary<string, object?> With(object material)
    {
        var application = Applications.For(Applications.Establishment, Both);
        application["materials"] = ((object[])application["materials"]!).Append(material).ToArray();
        return application;
    }

    private Task<Answered> Submit(Dictionary<string, object?> application, Client? by = null) => (by ?? Uploader).Post("/v1/cases", application);

    private Task<long> Rows(string table, string where) => platform.Database.Count($"select count(*) from onedoor.{table} where {where}");

    private Task<long> Stored() => Rows("files", "dropped_at is null");
}

/// <summary>How clients send files.</summary>
public static class SentFiles
{
    public static Task<Answered> Upload(this Client client, byte[] content, string mediaType, params (string Name, string Value)[] headers)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return client.Send(HttpMethod.Post, "/v1/files", body, headers);
    }
}
