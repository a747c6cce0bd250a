using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OneDoor.Batches;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Complaints;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Feed;

/// <summary>The feed, which an agency's system follows instead of asking for every case.</summary>
public sealed class FollowedEvents(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_department_is_told_of_its_cases_in_order_as_CloudEvents()
    {
        var reader = Reader(Lead);
        var start = await End(reader);
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);

        var (events, next) = await ReadAll(reader, start);

        var told = events.Where(e => e.Text("subject") == @case.Path).ToArray();
        Assert.Equal(["onedoor.case.submitted", "onedoor.case.accepted", "onedoor.case.step-opened"], told.Select(e => e.Text("type")));
        Assert.Equal([1, 2, 3], told.Select(e => e.GetProperty("data").GetProperty("version").GetInt32()));
        Assert.Equal(["submitted", "accepted", "accepted"], told.Select(e => e.GetProperty("data").Text("status")));
        Assert.Equal(told.Select(e => long.Parse(e.Text("sequence"), CultureInfo.InvariantCulture)).Order(), told.Select(e => long.Parse(e.Text("sequence"), CultureInfo.InvariantCulture)));
        var address = platform.Api.Address.OriginalString.TrimEnd('/');
        Assert.All(told, e => Assert.Equal(("1.0", address, "application/json"), (e.Text("specversion"), e.Text("source"), e.Text("datacontenttype"))));
        var schema = (await platform.Anybody.Get(new Uri(told[0].Text("dataschema")).PathAndQuery)).Must(200).Json;
        Assert.Empty(told[0].GetProperty("data").EnumerateObject().Select(member => member.Name).Except(schema.GetProperty("properties").EnumerateObject().Select(member => member.Name)));
        Assert.Equal("onedoor.case.submitted", schema.Text("title"));
        // At the end the cursor that was sent, and the same events to whoever asks again.
        var again = (await reader.Get($"/v1/events?after={next}")).Must(200).Json;
        Assert.Equal((next, 0), (again.Text("next"), again.List("items").Length));
        Assert.Equal(events.Select(e => e.GetRawText()), (await ReadAll(reader, start)).Events.Take(events.Count).Select(e => e.GetRawText()));
    }

    [Fact]
    public async Task A_page_of_which_one_may_see_nothing_moves_the_cursor()
    {
        var reader = Reader(Department.Fire);
        var start = await End(reader);
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);

        var page = (await reader.Get($"/v1/events?after={start}")).Must(200).Json;

        Assert.Empty(page.List("items"));
        Assert.NotEqual(start, page.Text("next"));
        Assert.DoesNotContain(@case.Id, page.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_are_chosen_whole_or_by_how_they_begin()
    {
        var reader = Reader(Lead);
        var start = await End(reader);
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);

        async Task<string[]> Of(string types) => [.. (await ReadAll(reader, start, $"&types={types}&first=1")).Events.Where(e => e.Text("subject") == @case.Path).Select(e => e.Text("type"))];

        Assert.Equal(["onedoor.case.accepted"], await Of("onedoor.case.accepted"));
        Assert.Equal(["onedoor.case.submitted", "onedoor.case.step-opened"], await Of("onedoor.case.submitted,onedoor.case.step-opened"));
        Assert.Equal(3, (await Of("onedoor.case.*")).Length);
        Assert.Empty(await Of("onedoor.appointment.*"));
        (await reader.Get("/v1/events?types=onedoor.case.closed")).Refuses(400, "request.parameter-invalid");
        (await reader.Get("/v1/events?first=1001")).Refuses(400, "request.parameter-invalid");
        (await reader.Get("/v1/events?after=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).Refuses(400, "request.cursor-invalid");
        (await platform.Anybody.Get("/v1/events/types/onedoor.case.closed")).Refuses(404, "event-type.not-found");
        Assert.Contains("onedoor.case.accepted", (await platform.Anybody.Get("/v1/events/types")).Must(200).Json.Each("items", "type"));
    }

    [Fact] // the order of numbers is the order of telling, whoever is slow to commit
    public async Task Nothing_is_told_before_what_a_slower_transaction_has_numbered_and_nothing_is_left_out()
    {
        var reader = Reader(Lead);
        var slow = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        var start = await End(reader);

        await using var connection = new NpgsqlConnection(platform.Database.Connection);
        await connection.OpenAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await Append(transaction, slow);
        var quick = await CaseJourney.Submitted(platform, Applications.Plain);
        var meanwhile = (await ReadAll(reader, start)).Events;
        await transaction.CommitAsync(Ct);
        var after = (await ReadAll(reader, start)).Events;

        Assert.DoesNotContain(meanwhile, e => e.Text("subject") == quick.Path || e.Text("subject") == slow.Path);
        Assert.Equal([slow.Path, quick.Path], after.Select(e => e.Text("subject")).Where(s => s == slow.Path || s == quick.Path));
    }

    [Fact]
    public async Task What_is_rolled_back_holds_nothing_up()
    {
        var reader = Reader(Lead);
        var never = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        var start = await End(reader);

        await using var connection = new NpgsqlConnection(platform.Database.Connection);
        await connection.OpenAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await Append(transaction, never);
        var quick = await CaseJourney.Submitted(platform, Applications.Plain);
        await transaction.RollbackAsync(Ct);

        Assert.Equal([quick.Path], (await ReadAll(reader, start)).Events.Select(e => e.Text("subject")).Where(s => s == quick.Path || s == never.Path));
    }

    [Fact]
    public async Task A_stream_goes_on_where_another_ended_and_tells_what_any_process_commits()
    {
        await using var other = platform.StartApi(platform.Database);
        var reader = Reader(Lead);
        var start = await End(reader);
        var first = await CaseJourney.Submitted(platform, Applications.Plain);
        var (cursor, told) = await Streamed(platform.Api.Http, reader, start, Ct).FirstAsync(e => e.Event.Text("subject") == first.Path, Ct);

        await using var events = Streamed(platform.Api.Http, reader, cursor, Ct).GetAsyncEnumerator(Ct);
        var next = events.MoveNextAsync();
        var second = (await platform.As(CaseJourney.Submitter).At(other.Http).Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Json.Text("id");
        Assert.True(await next);
        while (events.Current.Event.Text("subject") != $"/v1/cases/{second}")
        {
            Assert.NotEqual(told.Text("id"), events.Current.Event.Text("id"));
            Assert.True(await events.MoveNextAsync());
        }
    }

    [Fact]
    public async Task A_stream_on_which_nothing_happens_says_so_within_fifteen_seconds_and_where_to_go_on()
    {
        await using var database = await platform.Template.Copy();
        var time = new FakeTimeProvider(platform.Now.ToUniversalTime());
        await using var api = RunningPlatform.StartApi(database, platform.Identity, time);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events?types=onedoor.case.submitted");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Reader(Lead).Token());
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Ct));
        Assert.Equal((":", ""), (await lines.ReadLineAsync(Ct), await lines.ReadLineAsync(Ct)));

        var line = lines.ReadLineAsync(Ct).AsTask();
        // From the moment on in which it waits.
        await RunningPlatform.Until(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(15));
                return await Task.WhenAny(line, Task.Delay(200, Ct)) == line;
            },
            "it says that it is there");
        var cursor = (await line)!;
        Assert.StartsWith("id: ", cursor, StringComparison.Ordinal);
        Assert.Empty((await lines.ReadLineAsync(Ct))!);
        (await Reader(Lead).At(api.Http).Get($"/v1/events?after={cursor[4..]}")).Must(200);

        // And from then on at least every fifteen seconds, though in each of them something happens that it is not told of.
        line = lines.ReadLineAsync(Ct).AsTask();
        var seconds = 0;
        for (; seconds < 16 && await Task.WhenAny(line, Task.Delay(200, Ct)) != line; seconds++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            (await platform.Anybody.At(api.Http).Post("/v1/complaints", new { about = new { hall = "airport" }, text = "等了两个小时。", anonymous = true })).Must(201);
        }
        Assert.InRange(seconds, 1, 15);
        // Where to go on may be further by then: others do something all the time.
        Assert.StartsWith("id: ", await line, StringComparison.Ordinal);
    }

    [Fact] // decision 0037: between what happened before and after it stands when it was filed
    public async Task Of_what_an_anonymous_complainant_does_nobody_is_told()
    {
        var office = Reader(Department.ServiceOffice, $"{Scopes.EventsRead} {FiledComplaints.Handle}");
        var start = await End(office);
        var anonymous = (await platform.Anybody.Post("/v1/complaints", new { about = new { department = "tax" }, text = "等了两个小时。", anonymous = true })).Must(201).Json.Text("id");
        var named = (await FiledComplaints.Somebody(platform, "p_citizen").Post("/v1/complaints", new { about = new { department = "tax" }, text = "等了两个小时。" })).Must(201).Json.Text("id");

        var (events, _) = await ReadAll(office, start);

        Assert.Contains(events, e => e.Text("subject") == $"/v1/complaints/{named}" && e.Text("type") == "onedoor.complaint.filed");
        Assert.DoesNotContain(events, e => e.Text("subject").Contains(anonymous, StringComparison.Ordinal));
        // What the service office does with it is its own doing, and no secret.
        var handler = platform.As(Department.ServiceOffice, FiledComplaints.Handle);
        (await handler.Post($"/v1/complaints/{anonymous}/acceptance", null, ("If-Match", (await handler.Get($"/v1/complaints/{anonymous}")).ETag))).Must(200);
        var told = Assert.Single((await ReadAll(office, start)).Events, e => e.Text("subject") == $"/v1/complaints/{anonymous}");
        Assert.Equal(("onedoor.complaint.accepted", true), (told.Text("type"), told.GetProperty("data").IsNull("name")));
        // Whom it is about is told once it is accepted, and of nothing that a complainant does.
        var citizen = FiledComplaints.Somebody(platform, "p_citizen");
        Assert.DoesNotContain((await ReadAll(Reader(Department.Tax), start)).Events, e => e.Text("subject").Contains(named, StringComparison.Ordinal));
        foreach (var (by, command, body) in new (Client, string, object?)[] { (handler, "acceptance", null), (handler, "answer", new { finding = "unfounded", text = "没有依据。" }), (citizen, "rating", new { satisfied = false }), (citizen, "reopening", null) })
            (await by.Post($"/v1/complaints/{named}/{command}", body, ("If-Match", (await by.Get($"/v1/complaints/{named}")).ETag))).Must(200);
        Assert.Equal(["filed", "accepted", "answered", "rated", "reopened"], await ToldOf(office));
        Assert.Equal(["accepted", "answered"], await ToldOf(Reader(Department.Tax, $"{Scopes.EventsRead} {Scopes.ComplaintsHandle}")));

        async Task<IEnumerable<string>> ToldOf(Client reader) =>
            (await ReadAll(reader, start)).Events.Where(e => e.Text("subject") == $"/v1/complaints/{named}").Select(e => e.Text("type").Split('.')[^1]);
    }

    [Fact]
    public async Task An_item_that_is_published_is_told_to_all_and_a_batch_to_who_sent_it()
    {
        var (sender, another) = (platform.As(CaseJourney.Submitter, $"{Scopes.EventsRead} {Scopes.CasesSubmit}"), Reader(Department.Tax));
        var item = (await another.Get("/v1/events?types=onedoor.item.published&first=1")).Must(200).Json.List("items")[0];
        Assert.Equal((item.Text("subject"), 1), ($"/v1/catalogue/items/{item.GetProperty("data").GetProperty("item").Text("code")}", item.GetProperty("data").GetProperty("version").GetInt32()));

        var start = await End(sender);
        var company = Applications.Company();
        var path = (await sender.Send(HttpMethod.Post, SampleBatches.Address((string)company["name"]!), new StringContent(SampleBatches.Csv([SampleBatches.Line(1)]), System.Text.Encoding.UTF8, "text/csv"),
            ("OneDoor-Applicant", (string)company["uscc"]!))).Must(202).Header("Location")!;
        await sender.Ended(path);
        var told = (await ReadAll(sender, start, "&types=onedoor.batch.*")).Events;
        Assert.Equal(["onedoor.batch.received", "onedoor.batch.started", "onedoor.batch.finished"], told.Select(e => e.Text("type")));
        Assert.Equal((path, 1), (told[^1].Text("subject"), told[^1].GetProperty("data").GetProperty("done").GetInt32() + told[^1].GetProperty("data").GetProperty("failed").GetInt32()));
        Assert.Empty((await ReadAll(another, start, "&types=onedoor.batch.*")).Events);
    }

    [Fact]
    public async Task A_confidential_case_is_told_to_its_department_alone()
    {
        var (own, office) = (Reader(Department.StateSecurity), Reader(Department.ServiceOffice));
        var start = await End(own);
        var item = CatalogueData.Zone().First(i => i.Confidential && i.Mode != ReformMode.Abolished).Code;
        var example = (await platform.As(Department.StateSecurity).Get($"/v1/catalogue/items/{item}/example")).Must(200).Json;
        var id = (await platform.As(Department.StateSecurity).PostRaw("/v1/cases", example.GetRawText())).Must(201).Json.Text("id");

        Assert.Contains((await ReadAll(own, start)).Events, e => e.Text("subject") == $"/v1/cases/{id}");
        Assert.DoesNotContain((await ReadAll(office, start)).Events, e => e.Text("subject") == $"/v1/cases/{id}");
    }

    [Fact]
    public async Task GraphQL_tells_the_same_and_goes_on_from_the_same_cursor()
    {
        var reader = Reader(Lead);
        var start = await End(reader);
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var rest = (await ReadAll(reader, start)).Events.Select(e => e.Text("id")).ToArray();

        var page = (await reader.Post("/graphql", new { query = "query($after: String) { events(after: $after) { items { id type cursor data } next } }", variables = new { after = start } })).Must(200).Json
            .GetProperty("data").GetProperty("events");
        var first = await platform.Api.Http.Events(await reader.Token(), "subscription($after: String) { eventCommitted(after: $after) { id subject } }", new { after = start }, Ct).FirstAsync(Ct);

        Assert.Equal(rest.Take(1), page.Each("items", "id").Take(1));
        Assert.Contains(page.List("items"), e => e.GetProperty("data").Text("id") == @case.Id);
        Assert.Equal(rest[0], first.GetProperty("data").GetProperty("eventCommitted").Text("id"));
    }

    private Client Reader(Department department, string scopes = Scopes.EventsRead) => platform.As(department, scopes);

    // A fact that is numbered, and not committed yet.
    private async Task Append(NpgsqlTransaction transaction, CaseJourney @case)
    {
        await using var session = platform.Api.Services.GetRequiredService<IDocumentStore>().LightweightSession(SessionOptions.ForTransaction(transaction));
        session.Events.Append(Guid.Parse(@case.Id), new CaseDisclosed(platform.Now, new Actor("office", "p_supervisor", Department.ServiceOffice, IsSupervisor: true), "抽查", platform.Now.AddHours(1)));
        await session.SaveChangesAsync(Ct);
    }

    /// <summary>The cursor at the end.</summary>
    internal static async Task<string> End(Client reader)
    {
        var next = "";
        await foreach (var page in Pages(reader, null, "&types=onedoor.appointment.lapsed"))
            next = page.Text("next");
        return next;
    }

    private static async Task<(IReadOnlyList<JsonElement> Events, string Next)> ReadAll(Client reader, string after, string rest = "")
    {
        List<JsonElement> events = [];
        var next = after;
        await foreach (var page in Pages(reader, after, rest))
        {
            events.AddRange(page.List("items"));
            next = page.Text("next");
        }
        return (events, next);
    }

    private static async IAsyncEnumerable<JsonElement> Pages(Client reader, string? after, string rest)
    {
        while (true)
        {
            var page = (await reader.Get($"/v1/events?{(after is null ? "" : $"after={after}")}{rest}".Replace("?&", "?", StringComparison.Ordinal))).Must(200).Json;
            yield return page;
            if (page.Text("next") == after)
                yield break;
            after = page.Text("next");
        }
    }

    private static async IAsyncEnumerable<(string Cursor, JsonElement Event)> Streamed(HttpClient api, Client reader, string after, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await reader.Token());
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Last-Event-ID", after);
        using var response = await api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        var cursor = "";
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                cursor = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                yield return (cursor, JsonElement.Parse(line[6..]));
        }
    }
}
