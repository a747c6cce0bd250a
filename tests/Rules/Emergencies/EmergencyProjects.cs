using OneDoor.Cases;
using OneDoor.Clock;
using Xunit;

namespace OneDoor.Emergencies;

/// <summary>CLK-6: the list of emergency projects, which a supervisor of the service office keeps.</summary>
public class EmergencyProjects
{
    private static readonly Actor Office = Samples.Supervisor(Department.ServiceOffice);
    private static readonly DateTimeOffset Now = China.At("2020-02-03 09:00");

    internal static readonly RegisterEmergencyProject Masks = new("口罩生产线扩建", "疫情防控急需", "天津港保税区管理委员会", "津保应急〔2020〕1号", China.Day("2020-06-30"));

    internal static EmergencyProject Listed => After(null, Masks);

    internal static EmergencyProject Closed => After(Listed, new CloseEmergencyProject("任务完成"));

    private static Decision<EmergencyProjectFact> Decide(EmergencyProject? state, EmergencyProjectCommand command, Actor? by = null) =>
        EmergencyProject.Decide(state, command, new Asking(by ?? Office, LegalClock.Zone, Now), new Guid("01900000-0000-7000-8000-0000000000e1"));

    private static EmergencyProject After(EmergencyProject? state, EmergencyProjectCommand command)
    {
        var decision = Decide(state, command);
        Assert.Null(decision.Refused?.Code);
        return decision.Facts.Aggregate(state, EmergencyProject.Evolve)!;
    }

    [Fact] // CLK-6: ground, issuing body, document, validity
    public void A_listed_project_is_open_until_its_validity_is_over_or_it_is_closed()
    {
        Assert.Equal((Masks.Ground, Masks.IssuedBy, Masks.Document), (Listed.Ground, Listed.IssuedBy, Listed.Document));
        Assert.Equal(EmergencyProjectStatus.Open, Listed.StatusAt(China.At("2020-06-30 23:59:59")));
        Assert.Equal(EmergencyProjectStatus.Expired, Listed.StatusAt(China.At("2020-07-01 00:00")));
        Assert.Equal(EmergencyProjectStatus.Closed, Closed.StatusAt(Now));
        Assert.Empty(Decide(Closed, new CloseEmergencyProject("再关一次")).Facts);
    }

    [Fact] // CLK-6: a claim rests on what the issuing body told, and on no list that anybody reads
    public void It_is_a_supervisors_of_the_service_office_alone()
    {
        Actor[] others = [Samples.Clerk(Department.ServiceOffice), Samples.Supervisor(Department.Tax), Samples.Applicant, Office with { Department = null }];

        Assert.NotNull(Listed.SeenBy(Office, Now));
        Assert.All(others, other => Assert.Null(Listed.SeenBy(other, Now)));
        Assert.All(others, other => Assert.Equal(EmergencyProjectRefusals.NotYours.Code, Decide(null, Masks, other).Refused?.Code));
        Assert.Equal(EmergencyProjectRefusals.NotFound.Code, Decide(null, new CloseEmergencyProject("无")).Refused?.Code);
    }

    [Fact]
    public void Everything_that_is_missing_is_told_at_once()
    {
        var refused = Decide(null, new RegisterEmergencyProject("", " ", "", "一\n二", China.Day("2020-02-02"))).Refused!;

        Assert.Equal(["/name", "/issuedBy", "/document", "/ground", "/validUntil"], refused.Fields.Select(f => f.Pointer));
        Assert.Equal(EmergencyProjectRefusals.ValidityInvalid.Code, refused.Fields[^1].Code);
        Assert.Equal(EmergencyProjectRefusals.Incomplete.Code, Decide(Listed, new CloseEmergencyProject("")).Refused?.Code);
    }
}
