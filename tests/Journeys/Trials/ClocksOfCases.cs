using OneDoor.Cases;
using OneDoor.Platform;
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
        Assert.Equal(["case-submitted", "sandbox-clock-moved", "case-accepted", "step-opened", "case-overdue", "delay-unexplained"], history);
        Assert.Contains(@case.Id, await Overdue());
        var decided = (await platform.As(Lead).Post($"{@case.Path}/steps/decision/decision", new { outcome = "granted", reason = "符合" }, ("If-Match", await @case.ETag()))).Must(200).Json;
        Assert.InRange(decided.GetProperty("decidedAt").GetDateTimeOffset(), to, to.AddMinutes(1));
        (await Submitter.Post("/v1/sandbox/clock", new { @case = @case.Id, to = platform.Now.AddDays(59) })).Refuses(409, "sandbox.clock-backward");
        // Another case's stands where everybody's does.
        Assert.Equal("submitted", (await Submitter.Get((await CaseJourney.Submitted(platform, Applications.Plain)).Path)).Must(200).Json.Text("status"));
    }

    // Whatever else is late by now comes on pages of its own.
    private async Task<List<string>> Overdue()
    {
        List<string> ids = [];
        for (var page = $"/v1/tasks?overdue=true&first=100&item={Applications.Plain}"; page is not null;)
        {
            var answer = (await platform.As(Lead).Get(page)).Must(200).Json;
            ids.AddRange(answer.List("items").Select(task => task.GetProperty("case").Text("id")));
            page = answer.GetProperty("next").GetString();
        }
        return ids;
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
