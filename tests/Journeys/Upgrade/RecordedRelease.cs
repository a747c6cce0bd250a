using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Upgrade;

/// <summary>What a release answered about one thing.</summary>
/// <param name="Reader">Who asked.</param>
/// <param name="Path">What was asked for.</param>
/// <param name="Answer">The body.</param>
public sealed record RecordedAnswer(Department Reader, string Path, JsonElement Answer);

/// <summary>
/// Records a release for <see cref="LaterReleases"/>: cases that between them hold every type of fact, as its store keeps them
/// and as it answered. It runs when asked for by name, alone, on the last commit of the release:
/// <c>OneDoor.Tests.Journeys.dll -explicit only -class OneDoor.Upgrade.RecordedRelease</c>, with <c>RECORD</c> naming the files.
/// </summary>
public sealed partial class RecordedRelease(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;
    private static readonly JsonSerializerOptions Readable = PlatformJson.Configure(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    [Fact(Explicit = true)]
    public async Task Is_stored_and_answered_like_this()
    {
        var files = Environment.GetEnvironmentVariable("RECORD") ?? throw new InvalidOperationException("RECORD names the files, without their ending.");
        platform.PassUntilMonday();
        CaseJourney[] cases = [await Deferred(), await Refused(), await Moved(), await Deemed(), await RefusedWhole()];
        CaseJourney[] all = [.. cases, await Proved(cases[1])];
        Assert.Equal(21, await platform.Database.Count("select count(distinct type) from onedoor.mt_events where type <> 'item_published'"));

        List<RecordedAnswer> answers = [];
        foreach (var @case in all)
        {
            foreach (var reader in new[] { CaseJourney.Submitter, Lead, Department.Tax, Department.ServiceOffice })
                await Record(answers, reader, @case.Path, "/history", "/clock");
            var instants = (await @case.History()).Select(h => h.Text("at")).Distinct().ToArray();
            foreach (var reader in new[] { CaseJourney.Submitter, Lead })
                await Record(answers, reader, @case.Path, [.. instants.Select(at => $"?asOf={Uri.EscapeDataString(at)}")]);
        }
        await File.WriteAllLinesAsync($"{files}.json", ["[", .. answers.Select((a, i) => JsonSerializer.Serialize(a, Readable) + (i + 1 < answers.Count ? "," : "")), "]"], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync($"{files}.sql", await Dump(), TestContext.Current.CancellationToken);
    }

    private async Task Record(List<RecordedAnswer> answers, Department reader, string path, params string[] more)
    {
        foreach (var asked in more.Contains("/history") ? ["", .. more] : more)
        {
            var answer = await platform.As(reader).Get(path + asked);
            if (answer.Status == 200)
                answers.Add(new(reader, path + asked, answer.Json));
        }
    }

    // A material follows, the limit is extended, the clock stands still and runs again, everything is granted.
    private async Task<CaseJourney> Deferred()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain, without: "appraisal-report");
        Later();
        var day = platform.Now.AddDays(10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (await @case.Do(CaseJourney.Submitter, "pledges", Applications.Pledge("appraisal-report", day))).Must(200);
        (await @case.Accept(Lead)).Must(200);
        Later();
        (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material("appraisal-report") } })).Must(200);
        (await @case.Supervise(Lead, "extension", Applications.Extension(5))).Must(200);
        (await @case.Do(Lead, "pauses", Applications.Pause(platform.Now.AddDays(10), "鉴定评审"))).Must(200);
        Later();
        (await @case.Do(Lead, "pauses/1/end")).Must(200);
        Later();
        await @case.Grant((Lead, "decision"));
        return @case;
    }

    // A joint case with referrals, of which one department refuses its step in the statute's words, and the rest is withdrawn.
    private async Task<CaseJourney> Refused()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        Later();
        await @case.Grant((Lead, "licence"));
        (await @case.Do(Department.PublicSecurity, "referrals", new { kind = "upward", reason = "拿不准。" })).Must(200);
        (await @case.Do(Department.MedicalInsurance, "referrals", new { kind = "department", department = "social-security", reason = "归社保。" })).Must(200);
        Later();
        (await @case.Supervise(Department.Tax, "steps/invoices/decision", new { outcome = "refused", reason = "票种核定资料不实", legalBasis = "税收征收管理法第二十一条" })).Must(200);
        Later();
        (await @case.Do(CaseJourney.Submitter, "withdrawal", new { reason = "其余另行办理" })).Must(200);
        return @case;
    }

    // A notice, its answer, another item, and taken back.
    private async Task<CaseJourney> Moved()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain, without: "staff-list");
        Later();
        (await @case.Do(Lead, "correction-notices", new { lines = new[] { new { material = (string?)"staff-list", text = "请补齐人员名单。" }, new { material = (string?)null, text = "请写明经营范围。" } } })).Must(200);
        Later();
        (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material("staff-list") } })).Must(200);
        (await @case.Do(Lead, "referrals", new { kind = "item", item = "SAMR-014", reason = "应为注销登记。" })).Must(200);
        Later();
        (await @case.Do(CaseJourney.Submitter, "withdrawal", new { reason = "另行办理" })).Must(200);
        return @case;
    }

    // Nobody answers, and the law accepts.
    private async Task<CaseJourney> Deemed()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain, without: "appraisal-report");
        platform.PassUntil(@case.Receipt.Json.Instant("acceptBy").AddMinutes(2));
        await RunningPlatform.Until(async () => await @case.Status() == "accepted", "the law accepts");
        return @case;
    }

    // A person's case, refused as a whole in the department's words.
    private async Task<CaseJourney> RefusedWhole()
    {
        var application = Applications.For(Applications.Plain);
        application["applicant"] = new { kind = "person", name = "买买提·吐尔逊", citizenId = "990000199001010017" };
        var @case = await CaseJourney.Submitted(platform, application);
        Later();
        (await @case.Accept(Lead)).Must(200);
        (await @case.Supervise(Lead, "refusal", new { reason = "不符合法定条件", legalBasis = "行政许可法第三十八条", remedy = "可以申请行政复议。" })).Must(200);
        return @case;
    }

    // What a licence of the same company makes unnecessary.
    private async Task<CaseJourney> Proved(CaseJourney licensed)
    {
        const string Closing = "SAMR-014", Copy = "business-licence-copy";
        var application = Applications.For(Closing, Copy);
        application["applicant"] = (await licensed.Now()).GetProperty("applicant");
        var @case = await CaseJourney.Submitted(platform, application);
        Assert.Equal([Copy], @case.Receipt.Json.Each("proved", "code"));
        Later();
        (await @case.Accept(Lead)).Must(200);
        return @case;
    }

    private void Later() => platform.Pass(TimeSpan.FromHours(3));

    // Without the catalogue's items that none of the cases is for, and without the secret.
    private async Task<string> Dump()
    {
        await platform.Database.Run("""
            delete from onedoor.mt_doc_catalogueentry where data ->> 'code' not in (select data -> 'plan' ->> 'item' from onedoor.mt_doc_case);
            delete from onedoor.mt_events where type = 'item_published' and stream_id not in (select id from onedoor.mt_doc_catalogueentry);
            delete from onedoor.mt_streams where id not in (select stream_id from onedoor.mt_events);
            delete from onedoor.mt_doc_storesecret;
            """);
        using var dump = Process.Start(new ProcessStartInfo("bash",
            ["-c", "PATH=$PATH:$(echo /usr/lib/postgresql/*/bin); pg_dump --inserts --no-owner --no-privileges --schema=onedoor \"$1\"", "dump", Address(platform.Database)])
        { RedirectStandardOutput = true })!;
        var sql = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        Assert.Equal(0, dump.ExitCode);
        return PsqlOnly().Replace(sql, "");
    }

    private static string Address(Database database)
    {
        var at = new Npgsql.NpgsqlConnectionStringBuilder(database.Connection);
        return $"postgresql://{at.Username}:{at.Password}@{at.Host}:{at.Port}/{at.Database}";
    }

    // Comments, settings of the session and commands to psql are none of the database's.
    [GeneratedRegex(@"^(?:--.*|\\.*|SET .*|SELECT pg_catalog\.set_config.*)?\n", RegexOptions.Multiline)]
    private static partial Regex PsqlOnly();
}
