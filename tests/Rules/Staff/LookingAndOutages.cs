using OneDoor.Clock;
using Xunit;
using static OneDoor.Staff.StaffSpec;

namespace OneDoor.Staff;

/// <summary>PERF-2: a round is a fact of standard, finding and officer. PERF-1: so is an outage, which excuses.</summary>
public class LookingAndOutages
{
    private static readonly DateTimeOffset Now = China.At("2026-07-01 09:00");
    private static readonly MakeRound Look = new("lingang", 2, Department.Tax, [new("presence", true), new("manner", false, "没有回答。")], "p_clerk");
    private static readonly RecordOutage Down = new(Now.AddHours(-3), Now, "登记系统停机。");

    [Fact]
    public void A_round_says_who_looked_at_what_and_what_was_seen()
    {
        var fact = Assert.IsType<RoundMade>(Assert.Single(Decide(Look, Head).Facts));
        var round = Round.Evolve(null, fact);

        Assert.Equal(("p_head", "lingang", 2, Department.Tax), (round.Officer, round.Hall, round.Window, round.Department));
        Assert.Equal(Look.Findings, round.Findings);
        Assert.All([Head, Office, Clerk, Office with { Hall = "lingang" }], viewer => Assert.NotNull(round.SeenBy(viewer, default)));
        Assert.All([Colleague, Head with { Department = Department.Fire }, Office with { Hall = "airport" }, Auditor], viewer => Assert.Null(round.SeenBy(viewer, default)));
        Assert.Null((round with { Person = null }).SeenBy(Clerk, default));
    }

    [Fact]
    public void Supervisors_look_where_they_supervise()
    {
        Assert.Equal(StaffRefusals.NeedsSupervisor.Code, Decide(Look, Colleague).Refused?.Code);
        Assert.Equal(StaffRefusals.NotYours.Code, Decide(Look, Head with { Department = Department.Fire }).Refused?.Code);
        Assert.Equal(StaffRefusals.NotYours.Code, Decide(Look, Office with { Hall = "airport" }).Refused?.Code);
        Assert.All([Office, Office with { Hall = "lingang" }], by => Assert.Single(Decide(Look, by).Facts));
    }

    [Fact]
    public void What_is_wrong_with_a_round_is_said_at_once()
    {
        Assert.Equal(["/window", "/person", "/findings", "/findings/1/note"], Decide(Look with { Window = 99, Person = "", Findings = [new("moon", true), new("moon", true, " ")] }, Head).Refused!.Fields.Select(f => f.Pointer));
        Assert.Equal([RoundRefusals.FindingsInvalid.Code], Decide(Look with { Findings = [] }, Head).Refused!.Fields.Select(f => f.Code));
    }

    [Fact]
    public void The_service_office_alone_says_that_a_system_was_down()
    {
        Assert.All([Head, Office with { IsSupervisor = false }], other => Assert.Equal(StaffRefusals.NeedsSupervisor.Code, Decide(Down, other).Refused?.Code));
        var outage = Outage.Evolve(null, Assert.Single(Decide(Down, Office).Facts));
        Assert.Equal((Down.From, Down.Until, null), (outage.FromAt, outage.UntilAt, outage.Hall));
        Assert.NotNull(outage.SeenBy(Clerk, default));
        Assert.Null(outage.SeenBy(new Actor("mobile", "p_citizen", Applicant: "person:1"), default));
    }

    [Fact]
    public void It_was_down_for_some_time_that_is_over()
    {
        Assert.Null(Decide(Down with { From = Now.AddDays(-30) }, Office).Refused);
        Assert.All(
            [Down with { From = Now }, Down with { Until = Now.AddSeconds(1) }, Down with { From = Now.AddDays(-30).AddSeconds(-1) }],
            wrong => Assert.Equal(OutageRefusals.TimesInvalid.Code, Decide(wrong, Office).Refused?.Code));
        Assert.Equal(["/hall", "/reason"], Decide(Down with { Hall = "moon", Reason = "" }, Office).Refused!.Fields.Select(f => f.Pointer));
    }

    private static Decision<RoundFact> Decide(MakeRound command, Actor by) => Round.Decide(null, command, new RoundAsking(by, LegalClock.Zone, Now));

    private static Decision<OutageFact> Decide(RecordOutage command, Actor by) => Outage.Decide(null, command, new OutageAsking(by, LegalClock.Zone, Now));
}
