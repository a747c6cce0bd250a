using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Licences;

/// <summary>Licences are issued with the grant, and prove something for as long as they are valid (LIC-3, JOINT-4).</summary>
public sealed class IssuedLicences(RunningPlatform platform)
{
    private const string Purchase = "PSEC-008-01", Transport = "PSEC-008-02", Copy = "purchase-permit-copy";
    private const Department Police = Department.PublicSecurity, Office = Department.ServiceOffice;

    // Everything that is stored of licences, and their facts with what is personal of them.
    // The place in the status list is drawn.
    private const string Stored = """
        select hashtextextended(
            (select string_agg(to_jsonb(d)::text, '' order by id) from (select id, data - 'statusIndex' data, mt_version, due_at from onedoor.mt_doc_licence) d)
            || (select string_agg(e.type || (e.data - 'personal' - 'statusIndex')::text || p.data::text, '' order by e.stream_id, e.version)
                from onedoor.mt_events e left join onedoor.personal_parts p on p.stream_id = e.stream_id and p.version = e.version where e.type like 'licence\_%' and e.type <> 'licence_delivered'), 0)
        """;

    private readonly Dictionary<string, object?> _company = Applications.Company();

    [Fact]
    public async Task A_licence_that_has_expired_proves_nothing_whether_that_is_recorded_or_not()
    {
        var number = await Granted(Purchase, Police);
        Assert.Equal([number], (await Applied(Transport, Copy)).Receipt.Json.Each("proved", "number"));
        Assert.True(await Is("Valid", number));

        platform.Pass(TimeSpan.FromDays(32));

        Assert.Empty((await Applied(Transport, Copy)).Receipt.Json.List("proved"));
        await RunningPlatform.Until(() => Is("Expired", number), "the expiry is recorded");
        Assert.Equal(1, await platform.Database.Count($"select count(*) from onedoor.mt_events where type = 'licence_expired' and stream_id = '{Licence.IdOf(number)}'"));
    }

    [Fact]
    public async Task A_change_takes_the_place_of_the_licence_it_is_about()
    {
        var before = await Granted("OFFC-013-01", Office);

        var after = await Granted("OFFC-013-02", Office);

        Assert.True(await Is("Replaced", before) && await Is("Valid", after));
        Assert.Equal([after], (await Applied("OFFC-013-03", "labour-dispatch-copy")).Receipt.Json.Each("proved", "number"));
    }

    [Fact] // MODE-6, LIC-1
    public async Task What_is_renewed_after_a_copy_took_its_place_is_the_copy_and_what_is_sealed_says_so()
    {
        var produced = await Applied("SAMR-008-01");
        (await produced.Accept(Office)).Must(200);
        (await produced.Do(Office, "inspections", Applications.Inspection(platform.Now))).Must(200);
        var number = (await produced.Grant(Office, "decision")).Must(200).Json.Each("licences", "number").Single();
        var renewal = await CaseJourney.Submitted(platform, Applications.Renewing(number, new(Applications.For("SAMR-008-03")) { ["applicant"] = _company }));
        await GrantedLicences.Done(platform, number, "replacement", new { reason = "证照污损。", legalBasis = "《行政许可法》第四十九条" }, Office);
        (await renewal.Accept(Office)).Must(200);

        var granted = (await renewal.Grant(Office, "decision")).Must(200).Json;

        Assert.Equal(($"{number}-R1", $"{number}-R1"), (granted.Each("licences", "number").Single(), granted.GetProperty("renewal").Text("licence")));
        Assert.True(await Is("Replaced", number) && await Is("Valid", $"{number}-R1"));
        var documents = (await platform.As(Office).Get($"/v1/cases/{granted.Text("id")}/documents")).Must(200).Json;
        var written = (await platform.As(Office).Get($"/v1/cases/{granted.Text("id")}/documents/{documents.List("items").Length}", ("Accept", "application/json"))).Must(200).Text;
        Assert.Contains($"{number}-R1", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_delivered_before_there_were_licences_becomes_one_each_however_many_processes_migrate()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        foreach (var (item, department, step) in new[] { (Purchase, Police, "decision"), (Applications.Establishment, Department.MarketRegulation, "licence"), ("CUST-009", Department.Customs, "decision") })
        {
            var submitter = platform.As(Department.Planning).At(api.Http);
            var location = (await submitter.Post("/v1/cases", Applications.For(item))).Must(201).Header("Location")!;
            var clerk = platform.As(department).At(api.Http);
            (await clerk.Post($"{location}/acceptance", null, ("If-Match", (await clerk.Get(location)).ETag))).Must(200);
            (await clerk.Post($"{location}/steps/{step}/decision", new { outcome = "granted", uscc = step == "licence" ? Applications.FreshUscc() : null }, ("If-Match", (await clerk.Get(location)).ETag))).Must(200);
        }
        var issued = await database.Count(Stored);
        // A certificate of origin is for one consignment: a result, and no licence.
        Assert.Equal((3, 2), (await database.Count("select count(*) from onedoor.mt_events where type = 'licence_delivered'"), await database.Count("select count(*) from onedoor.mt_doc_licence")));

        await database.Run("""
            delete from onedoor.personal_parts where stream_id in (select id from onedoor.mt_doc_licence);
            delete from onedoor.mt_events where stream_id in (select id from onedoor.mt_doc_licence);
            delete from onedoor.mt_streams where id in (select id from onedoor.mt_doc_licence);
            delete from onedoor.mt_doc_licence
            """);
        await Task.WhenAll(Operator.Run<Caller>(database, "migrate"), Operator.Run<Caller>(database, "migrate"), Operator.Run<Caller>(database, "migrate"));
        Assert.Equal(issued, await database.Count(Stored));

        await database.Run("update onedoor.mt_doc_licence set data = data || '{\"status\":\"Revoked\"}', due_at = null");
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(issued, await database.Count(Stored));
    }

    private async Task<CaseJourney> Applied(string item, params string[] without)
    {
        var application = Applications.For(item, without);
        application["applicant"] = _company;
        return await CaseJourney.Submitted(platform, application, Department.Planning);
    }

    private async Task<string> Granted(string item, Department by)
    {
        var @case = await Applied(item);
        (await @case.Accept(by)).Must(200);
        return (await @case.Grant(by, "decision")).Must(200).Json.Each("licences", "number").Single();
    }

    private async Task<bool> Is(string status, string number) =>
        await platform.Database.Count($"select count(*) from onedoor.mt_doc_licence where id = '{Licence.IdOf(number)}' and data ->> 'status' = '{status}'") == 1;
}
