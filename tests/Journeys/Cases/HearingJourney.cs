using System.Globalization;
using OneDoor.Files;
using OneDoor.Platform;
using Xunit;
using static OneDoor.Files.SampleFiles;

namespace OneDoor.Cases;

/// <summary>A decision that others are heard on first (CASE-16, HEAR-1, HEAR-2).</summary>
public sealed class HearingJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;
    private const string Writer = $"{RunningPlatform.Clerk} files:write";

    [Fact]
    public async Task A_hearing_goes_from_its_request_to_its_minutes_and_the_decision_rests_on_them()
    {
        platform.PassUntilMonday();
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        (await @case.Accept(Lead, new { officer = new { id = "018", name = "李娜" } })).Must(200);
        (await @case.Do(Lead, "inspections", Applications.Inspection(platform.Now))).Must(200);
        (await @case.Do(Lead, "third-party-notices", new { step = "decision", until = Day(14), parties = new[] { new { name = "业主委员会" } } })).Must(200);
        (await @case.Do(Lead, "third-party-notices/1/statements", new { text = "夜间扰民。" })).Must(200);
        var held = EntitledRequests.HearingDay(platform.Now);
        (await @case.Do(Lead, "hearings", new { step = "decision", ground = "requested", heldOn = $"{held:yyyy-MM-dd}", place = "空港大厅204室", presider = new { id = "027", name = "王伟" } }))
            .Refuses(422, "case.presider-reviewed");

        var called = (await @case.Do(Lead, "hearings", new
        {
            step = "decision",
            ground = "requested",
            heldOn = $"{held:yyyy-MM-dd}",
            place = "空港大厅204室",
            presider = new { id = "003", name = "赵敏" },
        })).Must(200).Json;
        Assert.Equal("paused", called.Text("status"));
        platform.Pass(TimeSpan.FromDays(15));
        await RunningPlatform.Until(async () => (await @case.History()).Any(h => h.Text("type") == "pause-overdue"), "the pause is recorded as longer than expected");
        (await @case.Do(Lead, "pauses/1/end")).Refuses(409, "case.hearing-open");
        var others = (await platform.As(CaseJourney.Submitter, Writer).Upload(Pdf(), "application/pdf")).Must(201).Json.Text("id");
        (await @case.Do(Lead, "hearings/1/minutes", new { file = others, signedBy = "赵敏、业主委员会", signedOn = Day(-1) })).Refuses(422, "file.unknown");
        var paper = (await platform.As(Lead, Writer).Upload(Pdf(), "application/pdf")).Must(201).Json;
        var closed = (await @case.Do(Lead, "hearings/1/minutes", new { file = paper.Text("id"), signedBy = "赵敏、业主委员会", signedOn = Day(-1) })).Must(200).Json;
        Assert.Equal("accepted", closed.Text("status"));
        Assert.Equal((paper.GetRawText(), true), (closed.List("hearings")[0].GetProperty("minutes").GetProperty("file").GetRawText(), closed.List("hearings")[0].GetProperty("minutes").IsNull("text")));
        (await platform.As(CaseJourney.Submitter).Get(paper.Text("href"))).Must(200);
        (await platform.As(Department.Fire).Get(paper.Text("href"))).Refuses(404, "file.not-found");

        (await @case.Grant(Lead, "decision")).Refuses(422, "case.decision-unreasoned");
        (await @case.Do(Lead, "steps/decision/decision", new { outcome = "granted", reason = "依据笔录准予。", officer = new { id = "018", name = "李娜" } })).Refuses(403, "case.decider-accepted");
        (await @case.Do(Lead, "steps/decision/decision", new { outcome = "granted", reason = "依据笔录准予。", officer = new { id = "027", name = "王伟" } })).Must(200);

        Assert.Equal(
        [
            "case-submitted", "case-accepted", "step-opened", "step-inspected", "third-parties-told", "third-party-heard", "hearing-called", "clock-paused",
            "pause-overdue", "hearing-closed", "clock-resumed", "step-granted", "licence-delivered", "case-granted",
        ], (await @case.History()).Select(h => h.Text("type")));
        var asked = await platform.As(Lead).Ask(
            "query($id: ID!) { case(id: $id) { hearings { minutes { signedBy text file { digest } } } thirdPartyNotices { statements { text } } inspections { finding } } }", new { id = @case.Id });
        var minutes = asked.GetProperty("case").List("hearings")[0].GetProperty("minutes");
        Assert.Equal(("赵敏、业主委员会", true, paper.Text("digest")), (minutes.Text("signedBy"), minutes.IsNull("text"), minutes.GetProperty("file").Text("digest")));
    }

    private string Day(int later) => platform.Now.AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
