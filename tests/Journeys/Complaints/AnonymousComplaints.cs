using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using OneDoor.Files;
using OneDoor.Observability;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Complaints;

/// <summary>Anonymous complaints: the code alone leads back to one, and nothing anywhere to who filed it (COMP-1).</summary>
public sealed class AnonymousComplaints(RunningPlatform platform)
{
    private static readonly string[] Logged = ["Default", "Microsoft.AspNetCore", "Marten", "Npgsql", "OneDoor.Reads"];

    private const string Person = "p_zhenbie", App = "mobile-zhenbie", Name = "甄别甄别", Program = "zhenbie-phone/1.0";

    private static readonly object About = new { about = new { department = "tax" }, text = "等了两个小时。", anonymous = true };

    [Fact]
    public async Task Nothing_that_is_stored_logged_traced_or_counted_leads_to_who_filed_one()
    {
        await using var database = await platform.Template.Copy();
        await using var collector = new Collector();
        await collector.Start();
        using var api = ChildProcess.Api(database.Connection, Port.Free(),
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", platform.Identity.Address.OriginalString), ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_BLRP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            .. Logged.Select(category => ($"Logging__LogLevel__{category}", "Trace")),
        ]);
        await api.Ready();
        // It has a clock of its own, and so has another, from which the office handles them: what is said there is not the complainant's.
        Client SignedIn(HttpClient http, Dictionary<string, object> claims) => platform.With(claims, http, TimeProvider.System);
        await using var office = RunningPlatform.StartApi(database, platform.Identity, TimeProvider.System);
        Client Staff(string subject) => SignedIn(office.Http, new()
        {
            ["sub"] = subject, ["client_id"] = "playground", ["scope"] = FiledComplaints.Handle, [Claims.Department] = Kebab.Of(Department.ServiceOffice),
        });
        var citizen = SignedIn(api.Http, new()
        {
            ["sub"] = Person, ["client_id"] = App, ["scope"] = $"{Scopes.ComplaintsFile} {Scopes.FilesWrite}", [Claims.Applicant] = new ApplicantReference("person:zhenbie", Name),
        });
        var file = (await citizen.Upload(SampleFiles.Png, "image/png")).Must(201).Json.Text("id");
        object[] files = [file];
        // Who would show it anonymously is told no, and then says it without.
        (await citizen.Post("/v1/complaints", new { about = new { department = "tax" }, text = "等了两个小时。", anonymous = true, attachments = files })).Refuses(422, "complaint.anonymous-attachments");

        var (named, hidden) = (new Trail("named-7f31c2aa90b1"), new Trail("hidden-5d0e77c1f3a2"));
        var signed = await named.Walk(citizen, new { about = new { department = "tax" }, text = "等了两个小时。", attachments = files }, Staff("p_clerk"), Staff("p_head"));
        var anonymous = await hidden.Walk(citizen, About, Staff("p_clerk"), Staff("p_head"));
        var secrets = new[] { anonymous.Json.Text("code"), hidden.Key };
        await RunningPlatform.Until(() => Task.FromResult(collector.Spans.Any(s => s.TraceId == named.TraceId && s.Name.Contains("/reopening", StringComparison.Ordinal))), "the spans arrive");
        // What is exported after the last span is told of everything before it.
        var exports = collector.MetricExports.Values.Sum();
        await RunningPlatform.Until(() => Task.FromResult(collector.MetricExports.Values.Sum() > exports + 1), "the figures arrive");
        var rows = await Rows(database);
        var told = collector.Bodies.Select(Encoding.UTF8.GetString).Append(api.Output).ToArray();

        // The search finds whoever is signed in: in a table, in a log and in a trace; and the file that shows it.
        var id = anonymous.Json.Text("id");
        Assert.Contains(rows, row => Holds(row, signed.Json.Text("id")) && Holds(row, Person));
        Assert.Contains(rows, row => Holds(row, signed.Json.Text("id")) && Holds(row, file));
        Assert.Contains(collector.Logs, log => log.Category == ReadLog.Category && Holds(string.Join(' ', log.Attributes.Values), signed.Json.Text("id")) && log.Attributes["onedoor.person"] == Person);
        Assert.Contains(collector.Spans, span => span.TraceId == named.TraceId);
        Assert.Contains(rows, row => Holds(row, "idempotent_answers") && Holds(row, signed.Json.Text("id")));
        await NobodyBeside(database, id, [Person, App, Name, "person:zhenbie", Program, "idempotent", file], rows, told);
        Assert.Empty(secrets.SelectMany(secret => rows.Concat(told).Where(text => Holds(text, secret)).Select(text => $"{secret} in {text[..Math.Min(300, text.Length)]}")));
        Assert.DoesNotContain(collector.Spans, span => span.Name.Contains("complaints", StringComparison.Ordinal) && span.TraceId != named.TraceId);
        Assert.DoesNotContain(collector.Spans, span => span.TraceId == hidden.TraceId);
        Assert.DoesNotContain(collector.Logs, log => log.TraceId == hidden.TraceId);
        Assert.Contains(collector.Logs, log => log.TraceId == named.TraceId);
        // Nor does the store know a trace, of a complaint with a name either: whoever is told of the complaint would know it by what else its caller does.
        Assert.DoesNotContain(rows, row => Holds(row, hidden.TraceId) || Holds(row, named.TraceId));
        Assert.Equal(2, collector.Sum("http.server.request.duration", "s", ("http.route", "/v1/complaints/"), ("http.request.method", "POST")));
        Assert.Equal(2, collector.Sum("http.server.request.duration", "s", ("http.route", "/v1/complaints/{id:guid}/rating"), ("http.request.method", "POST")));
        await OnlyTheDay(database, anonymous.Json);
        Assert.Equal('4', id[14]);
    }

    [Fact]
    public async Task A_repeat_gets_the_same_code_which_no_row_holds_and_another_body_is_another_complaint()
    {
        (string, string) key = ("Idempotency-Key", "a-key-of-the-phones-own");

        var filed = (await platform.Anybody.Post("/v1/complaints", About, key)).Must(201);
        var again = (await platform.Anybody.Post("/v1/complaints", About, key)).Must(201);
        // The app signs in in between: still it is nobody's.
        var signedIn = (await FiledComplaints.Somebody(platform, "p_again").Post("/v1/complaints", About, key)).Must(201);
        var other = (await platform.Anybody.Post("/v1/complaints", new { about = new { department = "customs" }, text = "等。", anonymous = true }, key)).Must(201);

        Assert.Equal((filed.Text, filed.ETag, filed.Header("Location"), "true"), (again.Text, again.ETag, again.Header("Location"), again.Header("Idempotency-Replayed")));
        Assert.Equal(filed.Text, signedIn.Text);
        Assert.NotEqual(filed.Json.Text("id"), other.Json.Text("id"));
        Assert.Matches("^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$", filed.Json.Text("code"));
        (await platform.Anybody.Post("/v1/complaints", About, ("Idempotency-Key", "short"))).Refuses(400, "idempotency.key-invalid");
    }

    [Fact]
    public async Task Its_code_reads_it_rates_it_and_reopens_it_by_both_doors()
    {
        var filed = (await platform.Anybody.Post("/v1/complaints", About)).Must(201);
        var (path, id, code) = (filed.Header("Location")!, filed.Json.Text("id"), filed.Json.Text("code"));
        var office = platform.As(Department.ServiceOffice, FiledComplaints.Handle);
        (string, string) shown = ("OneDoor-Complaint-Code", code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
        async Task Handle(string command, object? body) => (await office.Post($"{path}/{command}", body, ("If-Match", (await office.Get(path)).ETag))).Must(200);
        await Handle("acceptance", null);
        await Handle("answer", new { finding = "partly", text = "已经改正。" });

        var read = (await platform.Anybody.Get(path, shown)).Must(200);
        Assert.Equal(("answered", true, "tax"), (read.Json.Text("status"), read.Json.IsNull("code"), read.Json.List("units").Single().GetString()));
        Assert.Equal(["case", "department", "hall", "window", "ticket"], read.Json.GetProperty("about").EnumerateObject().Select(member => member.Name));
        var rated = (await FiledComplaints.Somebody(platform, "p_else").Post($"{path}/rating", new { satisfied = false }, shown, ("If-Match", read.ETag))).Must(200);
        const string Reopen = "mutation($id: ID!, $version: Int!, $code: String) { reopenComplaint(id: $id, version: $version, code: $code) { complaint { status } problem { code } } }";
        var reopened = (await platform.Anybody.Post("/graphql", new { query = Reopen, variables = new { id, version = rated.Json.GetProperty("version").GetInt32(), code } })).Must(200).Json;
        Assert.Equal("REOPENED", reopened.GetProperty("data").GetProperty("reopenComplaint").GetProperty("complaint").Text("status"));
        var byGraph = (await platform.Anybody.Post("/graphql", new { query = "query($id: ID!, $code: String) { complaint(id: $id, code: $code) { status } }", variables = new { id, code } })).Json;
        Assert.Equal("REOPENED", byGraph.GetProperty("data").GetProperty("complaint").Text("status"));

        (await platform.Anybody.Get(path)).Refuses(401, "auth.token-missing");
        (await platform.Anybody.Get(path, ("OneDoor-Complaint-Code", "7QK4-0ZB2-M9TD-C6RV-1XHN-58WE-JAPG"))).Refuses(404, "complaint.not-found");
        (await FiledComplaints.Somebody(platform, "p_else").Get(path)).Refuses(404, "complaint.not-found");
    }

    [Fact]
    public async Task Filed_by_the_other_door_it_has_a_code_and_no_name_either()
    {
        const string File = "mutation($input: FileComplaintInput!) { fileComplaint(input: $input) { complaint { id code name anonymous } problem { code } } }";
        object input = new { about = new { hall = "airport" }, text = "没有人。", anonymous = true };

        foreach (var client in new[] { platform.Anybody, FiledComplaints.Somebody(platform, "p_graph"), platform.As(Department.Tax) })
        {
            var filed = (await client.Post("/graphql", new { query = File, variables = new { input } })).Must(200).Json.GetProperty("data").GetProperty("fileComplaint").GetProperty("complaint");
            Assert.Equal((true, true), (filed.IsNull("name"), filed.GetProperty("anonymous").GetBoolean()));
            Assert.Equal(200, (await platform.Anybody.Get($"/v1/complaints/{filed.Text("id").Split(':')[^1]}", ("OneDoor-Complaint-Code", filed.Text("code")))).Status);
        }
        var beside = (await platform.Anybody.Post("/graphql", new { query = File.Replace("fileComplaint(", "version: __typename fileComplaint(", StringComparison.Ordinal), variables = new { input } })).Json;
        Assert.Equal("graphql.code-alone", beside.GetProperty("data").GetProperty("fileComplaint").GetProperty("problem").Text("code"));
        var named = (await platform.Anybody.Post("/graphql", new { query = File, variables = new { input = new { about = new { hall = "airport" }, text = "没有人。", anonymous = false } } })).Json;
        Assert.Equal("auth.token-missing", named.List("errors")[0].GetProperty("extensions").Text("code"));
        Assert.Equal(0, await platform.Database.Count("select count(*) from onedoor.mt_events where type like 'complaint%' and data::text like '%p_graph%'"));
    }

    [Fact]
    public async Task Guesses_are_limited_of_a_network_and_keep_nobody_out_and_so_are_anonymous_complaints()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database, ("Complaints:Guesses", "3"), ("Complaints:AnonymousComplaints", "2"));
        var anybody = platform.Anybody.At(api.Http);
        var filed = (await anybody.Post("/v1/complaints", About)).Must(201);
        (string, string) right = ("OneDoor-Complaint-Code", filed.Json.Text("code"));
        Task<Answered> Guess((string, string) code) => anybody.Get(filed.Header("Location")!, code);

        for (var i = 0; i < 5; i++)
            (await Guess(right)).Must(200);
        for (var i = 0; i < 3; i++)
            (await Guess(("OneDoor-Complaint-Code", "wrong"))).Refuses(404, "complaint.not-found");
        var limited = await Guess(("OneDoor-Complaint-Code", "wrong"));
        limited.Refuses(429, "request.too-many");
        Assert.NotNull(limited.Header("Retry-After"));
        // Whoever is complained about may guess as they like: whoever has the code is let in.
        (await Guess(right)).Must(200);
        (await anybody.Post("/v1/complaints", About)).Must(201);
        (await anybody.Post("/v1/complaints", About)).Refuses(429, "request.too-many");
        platform.Pass(TimeSpan.FromMinutes(15));

        (await Guess(("OneDoor-Complaint-Code", "wrong"))).Refuses(404, "complaint.not-found");
        (await anybody.Post("/v1/complaints", About)).Must(201);
    }

    private static bool Holds(string text, string mark) => new[]
    {
        mark, Convert.ToHexStringLower(Encoding.UTF8.GetBytes(mark)), Convert.ToBase64String(Encoding.UTF8.GetBytes(mark)).TrimEnd('='), mark.Replace("-", "", StringComparison.Ordinal),
    }.Any(spelling => text.Contains(spelling, StringComparison.OrdinalIgnoreCase));

    // Of whoever is not signed in nothing that names them stands beside it, nor beside the work order that came of it.
    private static async Task NobodyBeside(Database database, string id, string[] marks, IReadOnlyList<string> rows, string[] told)
    {
        var orders = await Read(database, $"select id::text from onedoor.mt_doc_workorder where data ->> 'complaint' = '{id}'");
        Assert.Single(orders);
        foreach (var thing in orders.Append(id))
        {
            Assert.Contains(rows, row => Holds(row, thing));
            Assert.DoesNotContain(rows, row => Holds(row, thing) && marks.Any(mark => Holds(row, mark)));
            Assert.Empty(told.Where(text => Holds(text, thing)).Select(text => text[Math.Max(0, text.IndexOf(thing, StringComparison.Ordinal) - 300)..]));
        }
    }

    // When, only to the day, or when the office did what came before.
    private static async Task OnlyTheDay(Database database, JsonElement complaint)
    {
        var id = complaint.Text("id");
        Assert.Equal("00:00:00+08:00", TimeOf(complaint.Text("filedAt")));
        Assert.Equal(["complaint_filed", "complaint_rated", "complaint_reopened", "complaint_rated"], await Read(database,
            $"""
             select type from (select type, version, data ->> 'at' as at, data -> 'by' as by, lag(data ->> 'at') over (order by version) as before from onedoor.mt_events where stream_id = '{id}') fact
             where by is null and (at like '%T00:00:00+08:00' or at = before) order by version
             """));
        Assert.Equal(0, await database.Count(
            $"""
             select (select count(*) from onedoor.mt_events where stream_id = '{id}' and timestamp <> date_trunc('day', timestamp, 'UTC'))
                + (select count(*) from onedoor.mt_streams where id = '{id}' and (timestamp <> date_trunc('day', timestamp, 'UTC') or created <> date_trunc('day', created, 'UTC')))
                + (select count(*) from onedoor.idempotent_answers where location is null and at <> date_trunc('day', at, 'UTC'))
                + (select count(*) from information_schema.columns where table_name = 'mt_doc_complaint' and column_name = 'mt_last_modified')
             """));
    }

    private static string TimeOf(string instant) => instant[(instant.IndexOf('T', StringComparison.Ordinal) + 1)..];

    // Every row of every table there is, each with its table's name.
    private static async Task<IReadOnlyList<string>> Rows(Database database)
    {
        var tables = await Read(database, "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')");
        List<string> rows = [];
        foreach (var table in tables)
            rows.AddRange((await Read(database, $"select row_to_json(t)::text from {table} t")).Select(row => $"{table} {row}"));
        return rows;
    }

    private static async Task<IReadOnlyList<string>> Read(Database database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Connection) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> rows = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(reader.GetString(0));
        return rows;
    }

    // What one phone sends, always signed in, in one trace of its own and as one program.
    private sealed record Trail(string Mark)
    {
        public string Key => $"key-{Mark}";

        public string TraceId { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

        /// <summary>Files it, follows it, is not content with the clerk's answer, has it handled by the clerk's superior and is.</summary>
        public async Task<Answered> Walk(Client client, object complaint, Client clerk, Client superior)
        {
            (string, string)[] sent = [("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01"), ("User-Agent", Program)];
            var filed = (await client.Post("/v1/complaints", complaint, [("Idempotency-Key", Key), .. sent])).Must(201);
            var path = filed.Header("Location")!;
            (string, string)[] shown = filed.Json.IsNull("code") ? sent : [("OneDoor-Complaint-Code", filed.Json.Text("code")), .. sent];
            async Task Do(Client by, string command, object? body, params (string, string)[] headers) =>
                (await by.Post($"{path}/{command}", body, [("If-Match", (await by.Get(path, headers)).Must(200).ETag), .. headers])).Must(200);
            (await client.Post("/v1/complaints", complaint, [("Idempotency-Key", Key), .. sent])).Must(201);
            await Do(clerk, "acceptance", null);
            await Do(clerk, "answer", new { finding = "partly", text = "已经改正。" });
            await Do(client, "rating", new { satisfied = false }, shown);
            await Do(client, "reopening", new { reason = "没有人问过我。" }, shown == sent ? sent : [("Idempotency-Key", $"{Key}-again"), .. shown]);
            await Do(superior, "answer", new { finding = "upheld", text = "属实。" });
            await Do(client, "rating", new { satisfied = true }, shown);
            (await client.Get($"{path}/history", shown)).Must(200);
            const string Query = "query($id: ID!, $code: String) { complaint(id: $id, code: $code) { status } }";
            (await client.Post("/graphql", new { query = Query, variables = new { id = filed.Json.Text("id"), code = filed.Json.GetProperty("code").GetString() } }, sent)).Must(200);
            return filed;
        }
    }
}
