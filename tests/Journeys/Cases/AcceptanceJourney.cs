using System.Globalization;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>From submission to acceptance: answered, corrected, deferred or deemed (CASE-2, CASE-3, MODE-7).</summary>
public sealed class AcceptanceJourney(RunningPlatform platform)
{
    private static readonly string[] Pledged = ["appraisal-report"];
    private const Department Lead = Department.MarketRegulation;
    private static readonly TimeSpan MomentsLater = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_plain_item_goes_through_one_department()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        (await @case.Grant(Lead, "decision")).Refuses(409, "case.not-accepted");

        (await @case.Accept(Lead)).Must(200);
        Assert.Equal(["decision open"], await @case.Tasks(Lead));
        await @case.Grant((Lead, "decision"));

        var granted = await @case.Now();
        Assert.Equal("granted", granted.Text("status"));
        Assert.Equal(["decision granted"], granted.Steps());
        Assert.Equal($"{granted.Text("number")}-1", Assert.Single(granted.Each("licences", "number")));
    }

    [Fact]
    public async Task A_case_nobody_answers_counts_as_accepted_from_the_day_it_came_in()
    {
        platform.PassUntilMonday();
        var @case = await CaseJourney.Submitted(platform, Applications.Plain, without: "appraisal-report");
        var acceptBy = @case.Receipt.Json.Instant("acceptBy");
        Assert.Equal(platform.Now.Date.AddDays(7), acceptBy.Date);

        platform.PassUntil(acceptBy - MomentsLater);
        Assert.Equal("submitted", await @case.Status());
        platform.Pass(MomentsLater + MomentsLater);
        await RunningPlatform.Until(async () => await @case.Status() == "accepted", "the case counts as accepted");

        var accepted = await @case.Now();
        Assert.True(accepted.GetProperty("deemed").GetBoolean());
        Assert.Equal(accepted.Text("submittedAt"), accepted.Text("acceptedAt"));
        Assert.Equal(accepted.Text("submittedAt"), accepted.Step("decision").Text("openedAt"));
        Assert.True(accepted.IsNull("acceptBy"));
        var fact = (await @case.History()).Single(h => h.Text("type") == "case-accepted");
        Assert.True(fact.IsNull("by"));
        Assert.True(fact.GetProperty("details").GetProperty("deemed").GetBoolean());
    }

    [Fact]
    public async Task An_answer_after_the_five_days_finds_the_case_accepted_by_law()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var etag = (await platform.As(Lead).Get(@case.Path)).ETag;
        platform.PassUntil(@case.Receipt.Json.Instant("acceptBy").AddSeconds(1));

        await platform.As(Lead).Post($"{@case.Path}/correction-notices", new { lines = Lines("staff-list") }, ("If-Match", etag));

        await RunningPlatform.Until(async () => await @case.Status() == "accepted", "the case counts as accepted");
        Assert.Equal(["case-submitted", "case-accepted", "step-opened", "case-overdue"], (await @case.History()).Select(h => h.Text("type")));
    }

    [Fact]
    public async Task After_a_deemed_acceptance_what_is_missing_may_still_be_supplied()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain, "staff-list");
        platform.PassUntil(@case.Receipt.Json.Instant("acceptBy") + MomentsLater);
        await RunningPlatform.Until(async () => await @case.Status() == "accepted", "the case counts as accepted");

        var supplied = (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material("staff-list") } })).Must(200).Json;

        Assert.Contains("staff-list", supplied.Each("materials", "code"));
        (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material("staff-list") } }))
            .Refuses(409, "case.not-in-this-state");
        await @case.Grant((Lead, "decision"));
    }

    [Fact]
    public async Task One_correction_notice_stops_the_five_days_and_its_materials_start_them_anew()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain, "staff-list", "safety-rules");
        (await @case.Accept(Lead)).Refuses(422, "case.materials-missing");

        var noticed = (await @case.Do(Lead, "correction-notices", new { lines = Lines("staff-list", "safety-rules") })).Must(200).Json;
        Assert.Equal("correction-requested", noticed.Text("status"));
        Assert.True(noticed.IsNull("acceptBy"));
        platform.Pass(TimeSpan.FromDays(15));
        Assert.Equal("correction-requested", await @case.Status());

        (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material("staff-list") } })).Must(200);
        Assert.Equal("correction-requested", await @case.Status());
        var answered = (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material("safety-rules") } })).Must(200).Json;
        Assert.Equal("submitted", answered.Text("status"));
        var suppliedAt = platform.Now;
        Assert.True(answered.Instant("acceptBy") > suppliedAt.AddDays(4));

        platform.PassUntil(answered.Instant("acceptBy") + MomentsLater);
        await RunningPlatform.Until(async () => await @case.Status() == "accepted", "the case counts as accepted");
        Assert.Equal(suppliedAt, (await @case.Now()).Instant("acceptedAt"));
    }

    [Fact] // JOINT-5
    public async Task The_one_notice_holds_what_every_department_misses()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Establishment);
        var lines = new { lines = new[] { new { material = (string?)null, text = "请写明开票种类。" } } };
        Assert.Equal("tax", (await @case.Do(Department.Tax, "correction-notices/lines", lines)).Must(200).Json.List("addedLines").Single().Text("department"));
        Assert.True((await @case.SeenBy(Department.PublicSecurity)).IsNull("addedLines"));
        (await @case.Accept(Department.MarketRegulation)).Refuses(409, "case.lines-waiting");

        var waits = (await @case.Do(Department.MarketRegulation, "correction-notices", new { lines = Array.Empty<object>() })).Refuses(409, "case.lines-awaited").Json;
        Assert.Contains("Public security", waits.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("Tax", waits.Text("detail"), StringComparison.Ordinal);
        foreach (var other in new[] { Department.PublicSecurity, Department.SocialSecurity, Department.MedicalInsurance, Department.HousingFund, Department.ServiceOffice })
            (await @case.Do(other, "correction-notices/lines", new { lines = Array.Empty<object>() })).Must(200);
        var sent = (await @case.Do(Department.MarketRegulation, "correction-notices", new { lines = Array.Empty<object>() })).Must(200).Json;

        Assert.Equal(["请写明开票种类。"], sent.List("correctionNotices").Single().Each("lines", "text"));
        Assert.Equal(["case-submitted", .. Enumerable.Repeat("correction-lines-added", 6), "correction-requested"], (await @case.History(Lead)).Select(h => h.Text("type")));
        Assert.Equal(["case-submitted", "correction-requested"], (await @case.History()).Select(h => h.Text("type")));
    }

    [Fact]
    public async Task A_second_notice_about_what_the_first_could_have_said_is_refused()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain, "staff-list", "safety-rules");
        (await @case.Do(Lead, "correction-notices", new { lines = Lines("staff-list") })).Must(200);
        (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material("staff-list") } })).Must(200);

        (await @case.Do(Lead, "correction-notices", new { lines = Lines("safety-rules") })).Refuses(409, "case.correction-already-sent");
        (await @case.Do(Lead, "correction-notices", new { lines = Lines("staff-list") })).Must(200);
        Assert.Equal("correction-requested", await @case.Status());
    }

    [Fact]
    public async Task A_deferrable_material_may_follow_under_the_applicants_pledge()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain, "appraisal-report");
        (await @case.Accept(Lead)).Refuses(422, "case.materials-missing");
        (await @case.Accept(Lead, new { deferred = new[] { new { code = "appraisal-report", supplyBy = Day(30) } } })).Refuses(422, "case.pledge-missing");
        (await @case.Do(CaseJourney.Submitter, "pledges", Applications.Pledge("staff-list", Day(5)))).Refuses(422, "case.material-not-deferrable");
        (await @case.Do(CaseJourney.Submitter, "pledges", Applications.Pledge("appraisal-report", Day(120)))).Refuses(422, "case.material-not-deferrable");
        (await @case.Do(Lead, "pledges", Applications.Pledge("appraisal-report", Day(30)))).Refuses(403, "case.not-your-case");

        var terms = (await platform.Anybody.Get($"/v1/catalogue/items/{Applications.Plain}/pledge")).Must(200).Json;
        Assert.Equal(("appraisal-report", 60), (Assert.Single(terms.Each("deferrable", "code")), terms.GetProperty("supplyWithin").GetProperty("value").GetInt32()));
        var pledged = (await @case.Do(CaseJourney.Submitter, "pledges",
            new { code = "appraisal-report", supplyBy = Day(30), digest = terms.Text("digest"), signatory = "陈建国" })).Must(200).Json;
        Assert.Equal(("open", "陈建国"), (pledged.List("pledges")[0].Text("state"), pledged.List("pledges")[0].Text("signatory")));
        var accepted = (await @case.Accept(Lead, new { pledges = Pledged })).Must(200).Json;
        Assert.Equal("accepted", accepted.Text("status"));
        Assert.Equal("appraisal-report", Assert.Single(accepted.Each("deferred", "code")));

        platform.Pass(TimeSpan.FromDays(1));
        var supplied = (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material("appraisal-report") } })).Must(200).Json;
        Assert.Empty(supplied.List("deferred"));
        Assert.Equal(["kept"], supplied.Each("pledges", "state"));
        Assert.Contains("material-pledged", (await @case.History()).Select(h => h.Text("type")));
    }

    [Fact]
    public async Task Another_department_does_not_accept_for_the_lead()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Establishment);

        (await @case.Accept(Department.Tax)).Refuses(403, "case.not-your-department");

        Assert.Equal("submitted", await @case.Status());
    }

    private string Day(int days) => platform.Now.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static object[] Lines(params string[] materials) => [.. materials.Select(material => new { material, text = "请补齐。" })];
}
