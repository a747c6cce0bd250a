using OneDoor.Clock;
using OneDoor.Files;
using Xunit;

namespace OneDoor.Complaints;

/// <summary>
/// A complaint from its filing on, decided as the platform does. Every story begins at half past nine on the 1st of July 2020, a Wednesday;
/// no holiday follows for weeks.
/// </summary>
internal sealed class ComplaintSpec
{
    public const string Digest = "d1", OtherDigest = "d2";

    public static readonly Actor Citizen = new("mobile", "p_citizen", Applicant: "person:1"), Stranger = new("mobile", "p_other", Applicant: "person:2"),
        Holder = new("", "") { CodeDigest = Digest }, Guesser = new("", "") { CodeDigest = OtherDigest },
        Clerk = new("office", "p_clerk", Department.ServiceOffice), Supervisor = new("office", "p_head", Department.ServiceOffice, IsSupervisor: true),
        Superior = new("office", "p_superior", Department.ServiceOffice, IsSupervisor: true), Tax = new("sandbox-tax", "sandbox-tax", Department.Tax, IsSupervisor: true);

    public static readonly ComplaintAbout OfTax = new(Department: Department.Tax);

    /// <summary>The only file that is anybody's to attach.</summary>
    public static readonly CarriedFile Photograph = new(new Guid(7, 0, 0, new byte[8]), "sha-256:" + new string('a', 64), 1000, FileTypes.Jpeg);

    public ComplaintOptions Policy { get; } = new();
    public DateTimeOffset Now { get; set; } = China.At("2020-07-01 09:30");
    public List<ComplaintFact> Facts { get; } = [];
    public Complaint State { get; private set; } = null!;
    public Refusal? Refused { get; private set; }

    public ComplaintSpec Filed(ComplaintAbout? about = null, bool anonymous = false, IReadOnlyList<Department>? ofCase = null) =>
        Do(new FileComplaint(about ?? OfTax, "等了两个小时。", anonymous), anonymous ? Holder : Citizen, ofCase);

    public ComplaintSpec Accepted(ComplaintAbout? about = null, bool anonymous = false) => Filed(about, anonymous).Do(new AcceptComplaint(), Supervisor);

    public ComplaintSpec Answered(ComplaintAbout? about = null, bool anonymous = false, Actor? by = null) =>
        Accepted(about, anonymous).Do(new AnswerComplaint(ComplaintFinding.Partly, "已经改正。"), by ?? Supervisor);

    public ComplaintSpec Reopened(bool anonymous = false) => Answered(anonymous: anonymous).Do(new ReopenComplaint("没有人问过我。"), anonymous ? Holder : Citizen);

    public ComplaintSpec Do(ComplaintCommand command, Actor by, IReadOnlyList<Department>? ofCase = null, bool confidential = false, ComplaintMatter? matter = null)
    {
        var decision = Complaint.Decide(State, command, new ComplaintAsking(by, LegalClock.Zone, Now)
        {
            Policy = Policy, New = new Guid(1, 0, 0, new byte[8]), CodeDigest = by.CodeDigest, Name = by.Applicant is null ? null : "张三", Matter = matter ?? (ofCase is null ? null : new(ofCase, confidential)),
            Files = new Dictionary<Guid, CarriedFile> { [Photograph.Id] = Photograph },
        });
        Refused = decision.Refused;
        Facts.AddRange(decision.Facts);
        State = decision.Facts.Aggregate(State, Complaint.Evolve)!;
        return this;
    }

    public ComplaintSpec At(string later)
    {
        Now = China.At(later);
        return this;
    }

    /// <summary>What the sweep records then.</summary>
    public ComplaintSpec Swept()
    {
        var lapsed = State.Lapse(Now);
        Facts.AddRange(lapsed);
        State = lapsed.Aggregate(State, Complaint.Evolve);
        return this;
    }

    public void Then(ComplaintStatus status)
    {
        Assert.Null(Refused?.Code);
        Assert.Equal(status, State.At(Now).Status);
    }

    public void ThenRefused(Refusal expected, params IEnumerable<string> pointers)
    {
        Assert.Equal(expected.Code, Refused?.Code);
        Assert.Equal(pointers, Refused!.Fields.Select(f => f.Pointer));
    }
}
