using OneDoor.Cases;
using OneDoor.Platform;
using OneDoor.Standing;
using OneDoor.Supervision;
using Xunit;

namespace OneDoor.Trials;

/// <summary>Time passes for one case, in the sandbox.</summary>
public sealed class ClocksOfCases(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    private Client Submitter => platform.As(CaseJourney.Submitter);

    [Fact]
    public async Task What_becomes_due_happens_and_what_is_asked_then_is_dated_by_the_cases_clock()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var to = platform.Now.ToOffset(TimeSpan.FromHours(8)).AddDays(60);

        var moved = (await Submitter.Post("/v1/sandbox/clock", new { @case = @case.Id, to })).Must(200);

        Assert.Equal(("accepted", true), (moved.Json.Text("status"), moved.Header("OneDoor-Receipt") is not null));
        var history = (await Submitter.Get($"{@case.Path}/history")).Must(200).Json.Each("items", "type");
        Assert.Equal(["case-submitted", "sandbox-clock-moved", "case-accepted", "step-opened", "case-overdue", "delay-unexplained", "case-due-soon", "statutory-limit-passed"], history);
        Assert.Contains(@case.Id, await Overdue());
        var decided = (await platform.As(Lead).Post($"{@case.Path}/steps/decision/decision", new { outcome = "granted", reason = "符合" }, ("If-Match", await @case.ETag()))).Must(200).Json;
        Assert.InRange(decided.GetProperty("decidedAt").GetDateTimeOffset(), to, to.AddMinutes(1));
        (await Submitter.Post("/v1/sandbox/clock", new { @case = @case.Id, to = platform.Now.AddDays(59) })).Refuses(409, "sandbox.clock-backward");
        // Another case's stands where everybody's does.
        Assert.Equal("submitted", (await Submitter.Get((await CaseJourney.Submitted(platform, Applications.Plain)).Path)).Must(200).Json.Text("status"));
    }

    private async Task<IEnumerable<string>> Overdue() =>
        (await platform.As(Lead).Every($"/v1/tasks?overdue=true&first=100&item={Applications.Plain}")).Select(task => task.GetProperty("case").Text("id"));

    [Fact] // decision 0075: what others keep of a case goes by everybody's clock
    public async Task A_pledge_that_was_missed_on_the_way_is_looked_into_and_counts_from_when_the_clock_was_moved()
    {
        const string Late = "appraisal-report";
        var application = Applications.For(Applications.Plain, Late);
        application["pledges"] = new[] { Applications.Pledge(Late, $"{platform.Now.AddDays(30):yyyy-MM-dd}") };
        var @case = await CaseJourney.Submitted(platform, application);
        (await @case.Accept(Lead)).Must(200);

        (await Submitter.Post("/v1/sandbox/clock", new { @case = @case.Id, to = platform.Now.AddDays(60) })).Must(200);

        var task = (await platform.As(Lead).Get($"/v1/supervision-tasks/{SupervisionTask.IdOfPledge(Guid.Parse(@case.Id), Late)}")).Must(200).Json;
        Assert.Equal(platform.Now, task.Instant("openedAt"));
        var record = (await platform.As(Lead).Get($"/v1/standing/records/{CreditRecord.IdOf(Guid.Parse(@case.Id), CreditKind.PledgeMissed, Late)}")).Must(200).Json;
        Assert.Equal($"{platform.Now:yyyy-MM-dd}", record.Text("since"));
        Assert.Contains(@case.Id, (await Submitter.Get($"/v1/cases?first=100&changedSince={Uri.EscapeDataString($"{platform.Now:O}")}")).Must(200).Json.Each("items", "id"));
    }

    [Fact]
    public async Task The_sweep_finds_by_everybodys_clock_what_is_due_by_the_cases()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var due = (await Submitter.Get(@case.Path)).Must(200).Json.GetProperty("acceptBy").GetDateTimeOffset();
        (await Submitter.Post("/v1/sandbox/clock", new { @case = @case.Id, to = due.AddMinutes(-1) })).Must(200);

        platform.Pass(TimeSpan.FromMinutes(3));

        await RunningPlatform.Until(async () => (await Submitter.Get(@case.Path)).Must(200).Json.Text("status") == "accepted", "it counts as accepted");
        var accepted = (await Submitter.Get(@case.Path)).Json.GetProperty("acceptedAt").GetDateTimeOffset();
        Assert.True(accepted < due);
        (await platform.As(Department.Fire).Post("/v1/sandbox/clock", new { @case = @case.Id, to = due.AddDays(1) })).Refuses(404, "case.not-found");
    }
}
