using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OneDoor.Clock;
using OneDoor.Platform;
using OneDoor.Reviews;
using Xunit;

namespace OneDoor.Cases;

/// <summary>
/// Two processes over one store by one clock, of which the one that looks for what is due is killed again and again at moments drawn from a seed: alone, and while
/// another writes the same, because it lost its turn. Whatever became due is a fact once, and nothing is missing (CLK-7, MODE-4, MODE-7, REV-2).
/// </summary>
public sealed class KilledSweeps(RunningPlatform platform)
{
    private const int UsualSeed = 20, Usual = 2, OfEach = 4, Looks = 1000, Stops = 3;

    // Of who looks for what is due.
    private const string Turn = """
        from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
        and (classid::bigint << 32 | objid::bigint) = hashtextextended('onedoor sweep', 0)
        """;

    // A swimming pool's licence, which has a term, and whose conditions may be met later.
    private const string Insert = "onedoor.mt_events", Committed = "OFFC-031";

    // What is due so soon after something else is recorded with it.
    private static readonly TimeSpan Soon = TimeSpan.FromHours(12);

    private static readonly int Kills = Setting.Number("DEADLINES_KILLS", Usual);
    private static readonly int Seed = Setting.Seed("DEADLINES_SEED", UsualSeed);

    /// <summary>What time alone does to a case that nobody accepts, to one that nobody decides and whose pledge is missed, to a licence whose conditions nobody meets, and to a bad review that nobody puts right: each of it once.</summary>
    private static readonly Dictionary<string, int> Due = new()
    {
        // By a clerk, by silence from the first day on, so that the promise is over then, and by a commitment.
        ["case_accepted"] = 3, ["case_overdue"] = 2, ["delay_unexplained"] = 2,
        // The law's limit of both is near as well, and passes.
        ["case_due_soon"] = 3, ["statutory_limit_passed"] = 2,
        ["pledge_due_soon"] = 1, ["pledge_missed"] = 1, ["credit_recorded"] = 1, ["commitment_overdue"] = 1,
        // One with the licence, and one with the miss.
        ["supervision_opened"] = 2, ["supervision_overdue"] = 2, ["supervision_commitment_missed"] = 1, ["licence_expiring"] = 1, ["licence_expired"] = 1,
        // Nobody got in touch, and nothing was put right.
        ["work_order_overdue"] = 2,
    };

    private readonly SharedClock _clock = SharedClock.From(new DateTimeOffset(2026, 3, 10, 1, 30, 0, TimeSpan.Zero));

    [Fact]
    public async Task What_becomes_due_is_a_fact_once_though_who_writes_it_is_killed()
    {
        var (drawn, began) = (new Random(Seed), Stopwatch.StartNew());
        await using var database = await platform.Template.Copy();
        // Who came first leads, and whoever is there when it ends follows.
        var leader = await Start(database);
        var standby = Start(database);
        await using var store = await database.Open();
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                if (kill % 2 == 0)
                    await Begin(leader.Http);
                await Pass(store, leader);
                var sweeper = await Sweeper(database);
                for (var stop = drawn.Next(Stops); stop > 0; stop--)
                    await Pass(store, leader);
                // Whoever else comes, the one that looks goes on to.
                var next = await standby;
                Assert.Equal(sweeper, await Sweeper(database));
                var (due, moment) = ((await NextDue(store))!.Value + Soon, TimeSpan.FromMilliseconds(drawn.Next(2 * Looks)));
                if (kill % 2 == 0)
                    await KillBesideAnother(database, leader, due, moment);
                else
                    await KillAlone(leader, due, moment);
                leader.Dispose();
                // The last one goes on alone.
                (leader, standby) = (next, kill < Kills - 1 ? Start(database) : standby);
            }
            while (await NextDue(store) is not null)
                await Pass(store, leader);
            Assert.Equal(1, await database.Count($"select count(*) {Turn}"));
            var facts = await Facts(database);
            var things = OfEach * ((Kills + 1) / 2);
            Console.WriteLine($"DEADLINES_SEED={Seed} DEADLINES_KILLS={Kills}: {facts.Values.Sum(f => f.Facts)} facts, {began.Elapsed.TotalSeconds:F0} s");
            var wrong = Due.Where(due => facts.GetValueOrDefault(due.Key) != (due.Value * things, due.Value * things)).Select(due => $"{due.Key} {due.Value * things} times, not {facts.GetValueOrDefault(due.Key)}");
            Assert.True(!wrong.Any(), string.Join("; ", wrong));
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"DEADLINES_SEED={Seed} DEADLINES_KILLS={Kills}", fault);
        }
        finally
        {
            leader.Dispose();
            if (await standby is var other && other != leader)
                other.Dispose();
            _clock.Dispose();
        }
    }

    private async Task<ChildProcess> Start(Database database)
    {
        var process = _clock.StartApi(database, platform.Identity.Address);
        await process.Ready();
        return process;
    }

    // Until the next thing is due, and is recorded.
    private async Task Pass(NpgsqlConnection store, ChildProcess leader)
    {
        _clock.PassUntil((await NextDue(store))!.Value + Soon);
        await RunningPlatform.Until(async () => !(await NextDue(store) <= _clock.GetUtcNow()), "what is due is recorded", () => leader.Output);
    }

    private async Task KillAlone(ChildProcess leader, DateTimeOffset due, TimeSpan moment)
    {
        _clock.PassUntil(due);
        await Task.Delay(moment);
        await leader.Kill();
    }

    // It loses its turn while it writes: another process has read the same before that is committed, and both go on at once.
    private async Task KillBesideAnother(Database database, ChildProcess leader, DateTimeOffset due, TimeSpan moment)
    {
        await using var connection = await database.Open();
        await using var held = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand($"lock table {Insert} in share mode", connection, held))
            await hold.ExecuteNonQueryAsync();
        Task Waiting(int many, string what) => RunningPlatform.Until(
            async () => await database.Count($"select count(*) from pg_locks where relation = '{Insert}'::regclass and not granted") >= many, what, () => leader.Output);
        _clock.PassUntil(due);
        await Waiting(1, "it writes what is due");
        await database.Count($"select count(pg_terminate_backend(pid)) {Turn}");
        await Waiting(2, "another process writes the same");
        await held.RollbackAsync();
        await Task.Delay(moment);
        await leader.Kill();
    }

    // Some of each kind that something becomes due for.
    private async Task Begin(HttpClient api)
    {
        var today = LegalClock.DayOf(_clock.GetUtcNow());
        Client As(Department department) => platform.As(department, RunningPlatform.Clerk, api, _clock);
        var (customs, lead) = (As(Department.Customs), As(Department.MarketRegulation));
        string Day(int later) => today.AddDays(later).ToString("O", CultureInfo.InvariantCulture);
        for (var n = 0; n < OfEach; n++)
        {
            var (plain, deferred) = (Applications.Plain, Applications.MaterialsOf(Applications.Plain).Last());
            var company = Applications.Company();
            var plainly = (await customs.Post("/v1/cases", new Dictionary<string, object?>(Applications.ForDay(plain, today)) { ["applicant"] = company })).Must(201).Json;
            (await Applicant(company, api).Post("/v1/reviews", GivenReviews.Body(new GiveReview(ReviewGrade.VeryDissatisfied, plainly.GetProperty("id").GetGuid())))).Must(201);
            var pledged = (await customs.Post("/v1/cases", new Dictionary<string, object?>(Applications.For(plain, deferred)) { ["form"] = Applications.Answer(plain, today), ["pledges"] = new[] { Applications.Pledge(deferred, Day(30)) } })).Must(201);
            (await lead.Post($"{pledged.Header("Location")}/acceptance", null, ("If-Match", pledged.ETag))).Must(200);
            (await customs.Post("/v1/cases", new Dictionary<string, object?>(Applications.Committing(Committed, Applications.Company(), Day(20))) { ["form"] = Applications.Answer(Committed, today) })).Must(201);
        }
    }

    private Client Applicant(Dictionary<string, object?> company, HttpClient api) => platform.With(new()
    {
        ["sub"] = $"p_{company["uscc"]}", ["client_id"] = "mobile", ["scope"] = Scopes.ReviewsWrite,
        [Claims.Applicant] = new ApplicantReference($"legal-entity:{company["uscc"]}", (string)company["name"]!),
    }, api, _clock);

    // When the next thing is due, as each kind is found by; null where nothing is.
    private static async Task<DateTimeOffset?> NextDue(NpgsqlConnection store)
    {
        await using var command = new NpgsqlCommand(
            """
            select min(due) from (
                select least(min(wake_at), min(accept_by)) as due from onedoor.mt_doc_case
                union all select min(wake_at) from onedoor.mt_doc_licence
                union all select min(wake_at) from onedoor.mt_doc_supervisiontask
                union all select min(wake_at) from onedoor.mt_doc_workorder) as kinds
            """, store);
        return await command.ExecuteScalarAsync() is DateTime due ? new DateTimeOffset(due, TimeSpan.Zero).AddSeconds(1) : null;
    }

    private static Task<long> Sweeper(Database database) => database.Count($"select max(pid)::bigint {Turn}");

    // How many there are of each, and of how many things and ends of theirs.
    private static async Task<Dictionary<string, (int Facts, int Things)>> Facts(Database database)
    {
        await using var connection = await database.Open();
        await using var command = new NpgsqlCommand("select type, count(*)::int, count(distinct (stream_id, coalesce(data ->> 'dueAt', data ->> 'due')))::int from onedoor.mt_events group by type", connection);
        await using var reader = await command.ExecuteReaderAsync();
        Dictionary<string, (int, int)> facts = [];
        while (await reader.ReadAsync())
            facts[reader.GetString(0)] = (reader.GetInt32(1), reader.GetInt32(2));
        return facts;
    }
}
