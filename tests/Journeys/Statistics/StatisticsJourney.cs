using System.Globalization;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Contracts;
using OneDoor.Platform;
using OneDoor.Reviews;
using OneDoor.Sample;
using OneDoor.Staff;
using OneDoor.Tickets;
using Xunit;

namespace OneDoor.Statistics;

/// <summary>Figures over HTTP: of a sample that was loaded, of a store that ends earlier, and of cases that people bring on.</summary>
public sealed class StatisticsJourney(RunningPlatform platform, LoadedSample sample) : IClassFixture<LoadedSample>
{
    private const string Years = "/v1/statistics/cases?from=2015-06-01&to=2020-05-31", Rows = "select coalesce(hashtextextended(string_agg(to_jsonb(r)::text, '' order by id), 0), 0) from onedoor.case_rows r";

    // Which facts there are and when, but for what hides personal data, which is drawn anew.
    private const string AllFacts = "select hashtextextended(string_agg(stream_id::text || version || type || timestamp, '' order by stream_id, version), 0) from onedoor.mt_events";

    private const string Kinds = "('case', 'licence', 'ticket', 'review', 'complaint', 'work_order')";

    // Midnight in China after the last day of 2019.
    private const string AsOf = "&asOf=2020-01-01T00:00:00%2B08:00";
    private static readonly DateTimeOffset Cut = LegalClock.MidnightOf(new(2020, 1, 1)).ToUniversalTime();

    /// <summary>STAT-2, STAT-3.</summary>
    [Fact]
    public async Task A_loaded_sample_has_the_figures_its_facts_fold_to_as_of_any_day_and_goes_on_where_it_was_stopped()
    {
        await using var database = await sample.Database.Copy();
        var (whole, then) = (await Read(database, ""), await Read(database, AsOf));
        var facts = await database.Count(AllFacts);
        var drawn = SampleDrawing.Draw(SampleTable.Solve(), LoadedSample.Cases);
        var life = new SampleLife();
        var folded = PublishedFigures.Of(CatalogueData.Zone(), Tally.Of(drawn.Select(one => CaseRow.Of(life.FactsOf(one).Aggregate(default(Case), Case.Evolve)!, one.Cell.Item, LegalClock.Zone))));
        Assert.Equal(folded.Figures.Select(figure => (figure.Id, figure.Value)), whole.Published);
        Assert.NotEqual(whole.Rows, then.Rows);

        await CutAt(database, Cut);
        await Operator.Run<Caller>(database, "rebuild");
        // As of then, for what is still open there has become late since.
        Assert.Equal(then, await Read(database, AsOf));
        // Of the catalogue of that day there is all that is there now, so that the cases alone tell the two apart.
        Assert.Equal(then.Published, (await Read(database, "")).Published);
        Assert.NotEqual(whole.Published, then.Published);

        await LoadedSample.Load(database);
        Assert.Equal(whole, await Read(database, ""));
        Assert.Equal(facts, await database.Count(AllFacts));
        var rows = await database.Count(Rows);
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(rows, await database.Count(Rows));
        // Under the numbers of the sample nobody is given another.
        Assert.True(await database.Count("select last_value from onedoor.case_numbers") >= SamplePlan.Cases);
    }

    /// <summary>In a month in which something happened beside the cases alone, as it does where there are few.</summary>
    [Fact]
    public async Task A_sample_of_few_cases_that_was_stopped_after_a_month_without_any_goes_on_to_the_same_store()
    {
        const int Few = 30;
        await using var database = await platform.Template.Copy();
        await LoadedSample.Load(database, Few);
        var facts = await database.Count(AllFacts);
        var ends = await database.First<DateTime>($"""
            select (max(month) filter (where not of_cases) + interval '1 month') at time zone 'Asia/Shanghai' from (
                select date_trunc('month', (e.data ->> 'at')::timestamptz at time zone 'Asia/Shanghai') as month, bool_or(s.type = 'case') as of_cases
                from onedoor.mt_events e join onedoor.mt_streams s on s.id = e.stream_id where s.type in {Kinds} group by 1) months where month < '2020-05-01'
            """);
        await CutAt(database, ends);
        Assert.NotEqual(facts, await database.Count(AllFacts));
        await LoadedSample.Load(database, Few);
        Assert.Equal(facts, await database.Count(AllFacts));
    }

    /// <summary>STAT-4: what is told of how people were served, counted once more in the facts that were drawn.</summary>
    [Fact]
    public async Task How_people_were_served_in_the_sample_is_what_its_tickets_and_reviews_say()
    {
        await using var database = await sample.Database.Copy();
        await using var api = platform.StartApi(database);
        var (life, drawn) = (new SampleLife(), SampleDrawing.Draw(SampleTable.Solve(), LoadedSample.Cases));
        SampleStream[] beside = [.. drawn.Zip(SampleVisit.Draw(drawn)).SelectMany(one => SampleService.Of(one.First, life.FactsOf(one.First).Aggregate(default(Case), Case.Evolve)!, one.Second))];
        Ticket[] tickets = [.. beside.Where(made => made.Of == typeof(Ticket)).Select(made => made.Facts.Cast<TicketFact>().Aggregate(default(Ticket), Ticket.Evolve)!)];
        ReviewGiven[] reviews = [.. beside.SelectMany(made => made.Facts).OfType<ReviewGiven>()];
        Assert.Equal(((long)tickets.Length, (long)reviews.Length), (await database.Count("select count(*) from onedoor.mt_doc_ticket"), await database.Count("select count(*) from onedoor.mt_doc_review")));

        Dictionary<string, int> told = [];
        void Told(string figure) => told[figure] = told.GetValueOrDefault(figure) + 1;
        for (var quarter = Quarter.Before(SamplePlan.Ends.AddMonths(1)); quarter.To > SamplePlan.Begins; quarter = Quarter.Before(quarter.From))
        {
            var figures = (await platform.Anybody.At(api.Http).Get($"/v1/statistics/service?quarter={quarter}")).Must(200).Json.List("figures").ToDictionary(figure => figure.Text("id"), figure => figure.List("rows"));
            Ticket[] served = [.. tickets.Where(ticket => ticket.Day >= quarter.From && ticket.Day <= quarter.To)];
            foreach (var row in figures["mean-wait"].Concat(figures["mean-service"]).Where(row => row.GetProperty("hall").ValueKind == JsonValueKind.String && !row.GetProperty("withheld").GetBoolean()))
            {
                Ticket[] here = [.. served.Where(ticket => ticket.Hall == row.Text("hall"))];
                var isWait = figures["mean-wait"].Contains(row);
                Assert.Equal(
                    ((decimal)here.Sum(ticket => isWait ? (int)(ticket.CalledAt! - ticket.TakenAt).Value.TotalSeconds : ticket.ServedSeconds), (decimal)here.Length),
                    (row.GetProperty("ratio").GetProperty("numerator").GetDecimal(), row.GetProperty("ratio").GetProperty("denominator").GetDecimal()));
                Told(isWait ? "mean-wait" : "mean-service");
            }
            foreach (var row in figures["positive"].Where(row => !row.GetProperty("withheld").GetBoolean()))
            {
                ReviewGiven[] here = [.. reviews.Where(given => Kebab.Of(given.Unit) == row.Text("department") && LegalClock.DayOf(given.At) is var day && day >= quarter.From && day <= quarter.To)];
                Assert.Equal(
                    ((decimal)here.Count(given => Review.IsPositive(given.Grade)), (decimal)here.Length),
                    (row.GetProperty("ratio").GetProperty("numerator").GetDecimal(), row.GetProperty("ratio").GetProperty("denominator").GetDecimal()));
                Told("positive");
            }
        }
        // Of so few cases few ratings are told.
        Assert.All([("mean-wait", 20), ("mean-service", 20), ("positive", 1)], least => Assert.True(told.GetValueOrDefault(least.Item1) >= least.Item2, $"{least.Item1}: {told.GetValueOrDefault(least.Item1)}"));
    }

    /// <summary>STAT-3: by an outside program, of the feed, the public catalogue and a calendar of somebody else's, and by plain SQL.</summary>
    [Fact]
    public async Task The_published_figures_recomputed_from_the_feed_and_from_the_stored_facts_are_equal_to_the_digit()
    {
        await using var database = await sample.Database.Copy();
        await using var api = platform.StartApi(database);
        var sql = await File.ReadAllTextAsync(Path.Combine(Approved.Root, "tests", "Journeys", "Statistics", "published.sql"), TestContext.Current.CancellationToken);
        var counted = JsonDocument.Parse(await database.First<string>($"select jsonb_object_agg(id, value)::text from ({sql.TrimEnd().TrimEnd(';')}) figures")).RootElement;
        Assert.Equal(11, counted.EnumerateObject().Count());
        var told = (await Published(api)).ToDictionary(figure => figure.Id, figure => figure.Value);
        foreach (var figure in counted.EnumerateObject())
            Assert.Equal((figure.Name, figure.Value.GetDecimal()), (figure.Name, told[figure.Name]));

        var (exit, output, errors) = await Recomputed(api);
        Assert.True(exit == 0, output + errors);
        Assert.Equal("34 of 34 figures agree\n", output);

        // It would notice: with one case left out, all that it counts in comes out otherwise.
        var one = await database.First<Guid>("select id from onedoor.case_rows where origin = 'municipal' and status = 'granted' and concluded_at < '2019-12-31' order by id limit 1");
        (exit, output, _) = await Recomputed(api, $"/v1/cases/{one}");
        Assert.Equal(1, exit);
        foreach (var figure in new[] { "cases", "cases-licences", "municipal-cases-2019", "municipal-actual-days" })
            Assert.Contains($"\n{figure} ", $"\n{output}", StringComparison.Ordinal);
        Assert.EndsWith("30 of 34 figures agree\n", output, StringComparison.Ordinal);
    }

    /// <summary>Neither the feed's readers, nor webhooks that were there before, nor holders hear of what was: not then, and not when time is looked at.</summary>
    [Fact]
    public async Task What_is_loaded_sends_nothing_out_and_leaves_nothing_to_be_done()
    {
        await using var database = await platform.Template.Copy();
        await database.Run("insert into onedoor.webhook_places (webhook, place, sequence) values (gen_random_uuid(), 0, 0)");
        await LoadedSample.Load(database);
        const string Facts = "select count(*) from onedoor.mt_events";
        var loaded = await database.Count(Facts);
        Assert.Equal(0, await database.Count("select max(seq_id) from onedoor.mt_events") - await database.Count("select place from onedoor.webhook_places"));
        Assert.NotEqual(0, await database.Count("select count(*) from onedoor.mt_events where type = 'licence_issued'"));
        Assert.NotEqual(0, await database.Count("select count(*) from onedoor.mt_events where type = 'ticket_completed'"));
        // Of complaints the store keeps the day alone beside the fact.
        Assert.Equal(0, await database.Count("select count(*) from (select (data ->> 'at')::timestamptz < lag((data ->> 'at')::timestamptz) over (order by seq_id) as back from onedoor.mt_events where type <> 'item_published') e where back"));

        await Operator.Run<Caller>(database, "migrate");
        await using var api = platform.StartApi(database);
        foreach (var sweep in api.Services.GetServices<ISweep>())
            Assert.True(await sweep.Record(api.Services.GetRequiredService<IDocumentStore>(), platform.Now.ToUniversalTime(), NullLogger.Instance, TestContext.Current.CancellationToken));
        Assert.Equal(loaded, await database.Count(Facts));
        Assert.Equal(0, await database.Count("select count(*) from onedoor.notifications") + await database.Count("select count(*) from onedoor.webhook_deliveries"));
        // Each has a place of its own in the status list, and the next one comes behind.
        Assert.Equal(0, await database.Count("select count(*) - count(distinct status_index) from onedoor.mt_doc_licence"));
        Assert.Equal(0, await database.Count("select max(status_index) - (select last_value from onedoor.licence_status_indexes) from onedoor.mt_doc_licence"));
    }

    [Fact]
    public async Task What_is_concluded_counts_at_once_and_what_is_withdrawn_does_not()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var (lead, office) = (platform.As(Department.MarketRegulation).At(api.Http), Reader(api));
        var today = $"/v1/statistics/cases?from={LegalClock.DayOf(platform.Now):yyyy-MM-dd}&to={LegalClock.DayOf(platform.Now.AddDays(1)):yyyy-MM-dd}";
        for (var i = 0; i < 5; i++)
            (await lead.Post("/v1/cases", Applications.For("SAMR-019"))).Must(201);
        var row = Assert.Single((await office.Get(today)).Must(200).Json.List("rows"));
        Assert.Equal((5, 5), (row.GetProperty("handled").GetInt32(), row.GetProperty("granted").GetInt32()));
        // A filing is judged by no limit.
        Assert.Equal(0, row.GetProperty("onTimeByPromise").GetProperty("denominator").GetInt32());
        Assert.Empty((await office.Get($"{today}&asOf={Uri.EscapeDataString(platform.Now.AddMinutes(-1).ToString("O"))}")).Must(200).Json.List("rows"));
        var table = (await office.Get($"{today}&by=item,month", ("Accept", "text/csv"))).Must(200);
        (await office.Get($"{today}&by=item,month", ("Accept", "text/csv"), ("If-None-Match", table.Header("ETag")!))).Must(304);
        (await office.Get($"{today}&by=item", ("Accept", "text/csv"), ("If-None-Match", table.Header("ETag")!))).Must(200);
        var csv = table.Text.Split("\r\n");
        Assert.StartsWith("item,month,withheld,handled", csv[0], StringComparison.Ordinal);
        Assert.StartsWith($"SAMR-019,{LegalClock.DayOf(platform.Now):yyyy-MM},false,5,5,", csv[1], StringComparison.Ordinal);

        await database.Run("""
            insert into onedoor.case_rows select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'item', 'ITEM-' || n))).*
                from onedoor.case_rows r, generate_series(1, 2001) n where r.id = (select id from onedoor.case_rows limit 1)
            """);
        Assert.Equal("statistics.too-many-groups", (await office.Get($"{today}&by=item")).Code);
    }

    /// <summary>STAT-2: what is late is held against who answers for it, as of an instant against who did then.</summary>
    [Fact]
    public async Task A_case_that_was_handed_on_counts_as_of_then_for_the_department_that_had_it()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var (lead, office) = (platform.As(Department.MarketRegulation).At(api.Http), Reader(api));
        var path = (await lead.Post("/v1/cases", Applications.For(Applications.Establishment))).Must(201).Header("Location")!;
        (await lead.Post($"{path}/referrals", new { kind = "department", department = "tax", reason = "属税务职责。" }, ("If-Match", (await lead.Get(path)).ETag))).Must(200);
        // Late before it was handed on, beside five that each of the two has concluded and no promise judges.
        await database.Run("""
            update onedoor.case_rows set late_at = submitted_at - interval '1 hour', led = jsonb_set(led, '{0,until}', to_jsonb(submitted_at));
            insert into onedoor.case_rows select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'department', d, 'led', '[]'::jsonb, 'late_at', null, 'promised_at', null, 'concluded_at', late_at, 'ended_at', late_at))).*
                from onedoor.case_rows r, unnest(array['tax', 'market-regulation']) d, generate_series(1, 5)
            """);
        var handedOn = await database.First<DateTime>("select max(submitted_at) from onedoor.case_rows");
        async Task<IEnumerable<(string, int)>> Late(DateTime? asOf) =>
            (await office.Get($"/v1/statistics/cases?from={handedOn.AddDays(-2):yyyy-MM-dd}&to={handedOn.AddDays(2):yyyy-MM-dd}&by=department{(asOf is { } at ? $"&asOf={at:yyyy-MM-ddTHH:mm:ss.ffffff}Z" : "")}")).Must(200).Json.List("rows")
                .Select(row => (row.Text("department"), row.GetProperty("onTimeByPromise").GetProperty("denominator").GetInt32()));

        Assert.Equal([("market-regulation", 1), ("tax", 0)], await Late(handedOn.AddMilliseconds(-1)));
        Assert.Equal([("market-regulation", 0), ("tax", 1)], await Late(handedOn));
        Assert.Equal([("market-regulation", 0), ("tax", 1)], await Late(null));
    }

    /// <summary>What was late in a period is found among what was late alone, however many cases there are.</summary>
    [Fact]
    public async Task A_period_is_added_up_from_its_own_cases()
    {
        await using var database = await platform.Template.Copy();
        foreach (var (n, on) in Enumerable.Range(0, 60).Select(n => (n, new DateOnly(2019, 1, 1).AddDays(n * 6))))
            await AssessedStaff.Decided(database, "p_clerk", on, 100, late: n % 2);
        await database.Run("analyze onedoor.case_rows");
        var plan = await database.First<string>($"""
            create function explained() returns text language plpgsql as $$ declare line text; plan text := ''; begin
                for line in explain {CaseFigureReader.Counted("false", "false").Replace("$1", "'2019-03-01'", StringComparison.Ordinal).Replace("$2", "'2019-04-01'", StringComparison.Ordinal)} select count(*) from done
                loop plan := plan || line || E'\n'; end loop;
                return plan;
            end $$;
            select explained()
            """);
        Assert.All(["case_rows_concluded", "case_rows_late", "case_rows_overdue"], index => Assert.Contains($" {index} ", plan, StringComparison.Ordinal));
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_would_wait_too_long_for_figures_that_others_ask_for_is_told_to_come_back()
    {
        var ct = TestContext.Current.CancellationToken;
        var (source, today) = (platform.Api.Services.GetRequiredService<NpgsqlDataSource>(), LegalClock.DayOf(platform.Now));
        using var cases = new CaseFigureReader(source, platform.Api.Services.GetRequiredService<CurrentCatalogue>(), TimeProvider.System) { Patience = TimeSpan.FromMilliseconds(50) };
        using var staff = new StaffFigureReader(source, TimeProvider.System) { Patience = cases.Patience };
        Task OfCases(CancellationToken until) => cases.Cases(today, today, [], null, until);
        Task OfStaff(CancellationToken until) => staff.OfGroups(new(today.Year, 1), reader: null, until);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var others = await connection.BeginTransactionAsync(ct);
        await using (var held = new NpgsqlCommand($"lock table {CaseRowTable.QualifiedName}", connection))
            await held.ExecuteNonQueryAsync(ct);
        Task[] asked = [OfCases(ct), OfCases(ct), OfStaff(ct), OfStaff(ct)];
        using var ending = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TimeoutException>(() => OfCases(ending.Token));
        await Assert.ThrowsAsync<TimeoutException>(() => OfStaff(ending.Token));
        await others.RollbackAsync(ct);
        await Task.WhenAll(asked);
    }

    /// <summary>STAT-1: what is asked for is bounded.</summary>
    [Theory]
    [InlineData("from=2020-02-01&to=2020-01-01", "request.parameter-invalid")]
    [InlineData("from=2000-01-01&to=2020-01-01", "request.parameter-invalid")]
    [InlineData("from=2020-01-01&to=2020-02-01&by=weather", "request.parameter-invalid")]
    [InlineData("from=2020-01-01&to=2020-02-01&by=item,item", "request.parameter-invalid")]
    [InlineData("from=2020-01-01&to=2020-02-01&by=item,hall,mode,month", "request.parameter-invalid")]
    public async Task More_than_can_be_read_is_refused(string query, string code) =>
        Assert.Equal(code, (await Reader(platform.Api).Get($"/v1/statistics/cases?{query}")).Code);

    [Fact]
    public async Task The_page_shows_them_to_anybody_in_the_language_asked_for()
    {
        var page = (await platform.Anybody.Get("/statistics", ("Accept-Language", "en"))).Must(200);
        Assert.Contains("87.9 %", page.Text, StringComparison.Ordinal);
        Assert.Contains(">平均法定办理时限 · 28<", (await platform.Anybody.Get("/statistics?lang=zh-CN", ("Accept-Language", "en"))).Must(200).Text, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", (await platform.Anybody.Get("/statistics", ("Accept-Language", "fr"))).Must(200).Text, StringComparison.Ordinal);
        Assert.Contains(">Mean statutory days · 28<", page.Text, StringComparison.Ordinal);
        // But for the way to the other language.
        Assert.DoesNotMatch("[\u4e00-\u9fff]", page.Text.Replace(">中文<", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_fits_a_phone_and_everybody_and_is_sent_once_while_nothing_happens()
    {
        await using var database = await platform.Template.Copy();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 9, 2, 0, 0, TimeSpan.Zero));
        await using var api = RunningPlatform.StartApi(database, platform.Identity, time);
        var anybody = platform.Anybody.At(api.Http);
        var page = (await anybody.Get("/statistics", ("Accept-Language", "en"))).Must(200);

        // Besides the table of each plot, which is folded, that of today's halls and that of all figures. Nobody was served last quarter, and nothing was late.
        Assert.Equal((7, 9, 7), (page.Text.Split("<svg ").Length - 1, page.Text.Split("<table").Length - 1, page.Text.Split("<details>").Length - 1));
        Assert.Contains("No case was past its promise.", page.Text, StringComparison.Ordinal);
        // A part of the cases says nothing against a figure.
        Assert.Contains("This platform has 0 of the 791,406 cases", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("✗", page.Text, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">0</td><td class=\"number\">14,500</td><td>—</td>", page.Text, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">18 working days</td><td class=\"number\">18 working days</td><td>✓ yes</td>", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("service-title", page.Text, StringComparison.Ordinal);

        time.Advance(TimeSpan.FromMinutes(2));
        (await anybody.Get("/statistics", ("Accept-Language", "en"), ("If-None-Match", page.Header("ETag")!))).Must(304);
        (await anybody.Get("/statistics", ("Accept-Language", "zh-CN"), ("If-None-Match", page.Header("ETag")!))).Must(200);

        var (exit, output, errors) = await OutsideTool.Run("statistics.mjs", api.Address.OriginalString.TrimEnd('/'));
        Assert.True(exit == 0, output + errors);
        Assert.EndsWith("8 of 8\n", output, StringComparison.Ordinal);
    }

    /// <summary>HALL-2: of whoever waits nothing is told but that somebody does.</summary>
    [Fact]
    public async Task The_page_shows_who_waits_in_the_halls_and_how_many_were_served_today_and_of_nobody_a_name()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database, ("Tickets:OutOfHours", "true"));
        var company = Applications.Company();
        var (office, somebody) = (platform.As(Department.ServiceOffice, $"{Scopes.QueueOperate} {Scopes.CasesSupervise}").At(api.Http), QueuedTickets.Somebody(platform, company).At(api.Http));
        (await office.Post("/v1/halls/lingang/windows/2/opening", new { groups = QueuedTickets.Market })).Must(200);
        var number = (await somebody.Post("/v1/halls/lingang/tickets", new { group = "market" })).Must(201).Json.Text("number");
        var page = (await platform.Anybody.At(api.Http).Get("/statistics?lang=en")).Must(200).Text;
        Assert.Matches("""href="/board/lingang">[^<]*</a> <span class="quiet">open</span></th>\s*<td class="number" data-name="Waiting">1</td><td class="number" data-name="Served">0</td>""", page);
        Assert.Matches("""href="/board/airport">[^<]*</a> <span class="quiet">open</span></th>\s*<td class="number" data-name="Waiting">0</td>""", page);
        Assert.DoesNotContain(number, page, StringComparison.Ordinal);
        Assert.DoesNotContain((string)company["name"]!, page, StringComparison.Ordinal);
    }

    // A store that ends there is also one whose loading was stopped there.
    private static Task CutAt(Database database, DateTimeOffset at) => database.Run(string.Create(CultureInfo.InvariantCulture, $"""
        delete from onedoor.personal_parts p using onedoor.mt_events e where (e.stream_id, e.version) = (p.stream_id, p.version) and (e.data ->> 'at')::timestamptz >= '{at:O}' and e.type <> 'item_published';
        delete from onedoor.mt_events where (data ->> 'at')::timestamptz >= '{at:O}' and type <> 'item_published';
        delete from onedoor.mt_streams where type in {Kinds} and created >= '{at:O}';
        update onedoor.mt_streams s set version = e.version, timestamp = e.at
            from (select stream_id, max(version) as version, max(timestamp) as at from onedoor.mt_events group by 1) e where e.stream_id = s.id and s.type in {Kinds};
        """));

    private async Task<Figures> Read(Database database, string asOf)
    {
        await using var api = platform.StartApi(database);
        var rows = (await Reader(api).Get($"{Years}&by=category,hall,month{asOf}")).Must(200).Json.GetProperty("rows").GetRawText();
        var published = await Published(api, asOf.Replace('&', '?'));
        var service = (await platform.Anybody.At(api.Http).Get($"/v1/statistics/service?quarter=2019-Q4{asOf}")).Must(200).Json.GetProperty("figures").GetRawText();
        if (asOf.Length > 0)
            Assert.Equal(published, OfFigures((await platform.Anybody.At(api.Http).Post("/graphql", new { query = """{ publishedFigures(asOf: "2020-01-01T00:00:00+08:00") { figures { id value } } }""" })).Must(200).Json.GetProperty("data").GetProperty("publishedFigures")));
        return new(rows, published, service);
    }

    private async Task<IReadOnlyList<(string Id, decimal? Value)>> Published(InProcess<Caller> api, string asOf = "") =>
        OfFigures((await platform.Anybody.At(api.Http).Get($"/v1/statistics/published{asOf}")).Must(200).Json);

    private static IReadOnlyList<(string Id, decimal? Value)> OfFigures(JsonElement published) =>
        [.. published.List("figures")
            .Select(figure => (figure.Text("id"), figure.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : (decimal?)null))];

    private Task<(int ExitCode, string Output, string Errors)> Recomputed(InProcess<Caller> api, params string[] leftOut) => OutsideTool.Converse(
        "published.mjs", _ => platform.As(Department.ServiceOffice, $"{Scopes.EventsRead} {Scopes.CasesAudit}").Token(), [api.Http.BaseAddress!.AbsoluteUri, .. leftOut]);

    private Client Reader(InProcess<Caller> api) => platform.As(Department.ServiceOffice, Scopes.StatisticsRead).At(api.Http);

    private sealed record Figures(string Rows, IReadOnlyList<(string Id, decimal? Value)> Published, string Service)
    {
        public bool Equals(Figures? other) => other is not null && Rows == other.Rows && Service == other.Service && Published.SequenceEqual(other.Published);

        public override int GetHashCode() => Rows.GetHashCode(StringComparison.Ordinal);
    }
}
