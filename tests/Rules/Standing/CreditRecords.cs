using System.Reflection;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Standing;

/// <summary>CRED-1: what somebody did not keep bars from privileges until it is repaired, found wrong, or over.</summary>
public class CreditRecords
{
    private static readonly Actor Keeper = Supervisor(Department.Customs), Subject = Samples.Applicant;
    private static readonly DateOnly Today = China.Day("2020-07-01");

    private static CreditRecord Breached()
    {
        var spec = new CaseSpec().Given(Renewal());
        return CreditRecord.Evolve(null, CreditRecord.Of(spec.Case, spec.Case.Breached(spec.Now, Keeper, "OLD-1").Single(), new())!);
    }

    private static CreditRecord Missed()
    {
        var spec = CaseSpec.Submitted(Plain, "form").Given(Ask.PledgeMaterial(Agency, "lease", "2020-07-20"), Acceptance(Department.MarketRegulation)).At("2020-07-21 09:00").Passed();
        return CreditRecord.Evolve(null, CreditRecord.Of(spec.Case, spec.Facts.OfType<PledgeMissed>().Single(), new())!);
    }

    private static (CreditRecord Record, Refusal? Refused) After(CreditRecord record, CreditCommand command, Actor by, string at = "2020-07-02 09:00")
    {
        var decision = CreditRecord.Decide(record, command, new(by, LegalClock.Zone, China.At(at), new()));
        return (decision.Facts.Aggregate(record, CreditRecord.Evolve), decision.Refused);
    }

    [Fact]
    public void A_breach_bars_from_commitments_and_a_missed_pledge_from_deficiency_and_neither_for_ever()
    {
        Assert.Equal((CreditClass.Ordinary, "OLD-1", Department.Customs, China.Day("2023-07-01")), (Breached().Class, Breached().Document, Breached().Department, Breached().Until));
        Assert.Equal((CreditClass.Minor, "lease", Department.MarketRegulation, China.Day("2021-07-21")), (Missed().Class, Missed().Document, Missed().Department, Missed().Until));
        Assert.Equal(new Suspended(Commitments: true, Deficiency: false), CreditRecord.SuspendedBy([Breached()], Today));
        Assert.Equal(new Suspended(Commitments: false, Deficiency: true), CreditRecord.SuspendedBy([Missed()], China.Day("2021-07-21")));
        Assert.Equal(Suspended.Nothing, CreditRecord.SuspendedBy([Missed()], China.Day("2021-07-22")));
        Assert.Null(CreditRecord.Of(CaseSpec.Accepted().Case, CaseSpec.Accepted().Facts[0], new()));
    }

    /// <summary>(CRED-1) Whose paper it is that did not come: what was founded, and before that all who found it.</summary>
    [Fact] // MODE-7
    public void A_foundings_missed_pledge_is_the_companys_and_before_there_is_one_all_founders()
    {
        var another = new PersonOrEntity(ApplicantKind.Person, "张三", CitizenId: "11010519491231002X");
        CaseSpec Founding() => new CaseSpec().Given(Submission(Joint with { Applicants = [ApplicantKind.Founders] }, "form", "seal-order") with
        {
            Applicant = new(ApplicantKind.Founders, Founders: [new(ApplicantKind.LegalEntity, Company.Name, Company.Uscc), another], Representative: 0, Subject: new("新设公司", SubjectKind.Company)),
            Pledges = [new("tax-form", China.Day("2020-07-20"), SignedTexts.Pledge.Digest, "陈建国")],
        }, Acceptance(Department.MarketRegulation));
        IReadOnlyList<string> Recorded(CaseSpec spec) =>
            CreditRecord.Evolve(null, CreditRecord.Of(spec.At("2020-07-21 09:00").Passed().Case, spec.Facts.OfType<PledgeMissed>().Single(), new())!).SubjectKeys;

        Assert.Equal([Company.Key, another.Key], Recorded(Founding()));
        Assert.Equal(["legal-entity:91120118MA06WRRX2W"], Recorded(Founding().Given(Ask.Of(Second(Department.MarketRegulation), new DecideStep(StepOutcome.Granted, Uscc: "91120118MA06WRRX2W") { Step = "licence" }))));
    }

    [Fact] // ten working days
    public void It_is_repaired_when_its_subject_has_asked_and_its_keeper_says_so()
    {
        var (asked, _) = After(Breached(), new RequestRepair("已经整改"), Subject);
        Assert.Equal(China.At("2020-07-16 23:59:59"), asked.Repair!.DecideBy);
        Assert.True(asked.Counts(Today));

        var (repaired, _) = After(asked, new DecideRepair(), Keeper);
        Assert.Equal((false, true), (repaired.Counts(Today), repaired.Repair!.Granted));
        Assert.Equal(CreditRefusals.NotInThisState, After(repaired, new RequestRepair("再次"), Subject).Refused);
        // Refused with a reason, it may be asked for once more.
        var (refused, _) = After(asked, new DecideRepair(Granted: false, "仍未整改"), Keeper);
        Assert.True(refused.Counts(Today));
        Assert.Null(After(refused, new RequestRepair("已经整改"), Subject).Refused);
    }

    [Fact]
    public void A_record_that_is_wrong_counts_for_nothing()
    {
        var (disputed, _) = After(Breached(), new ObjectToRecord("并非本公司"), Subject);

        Assert.False(After(disputed, new DecideObjection(Upheld: true), Keeper).Record.Counts(Today));
        Assert.True(After(disputed, new DecideObjection(Upheld: false, "属实"), Keeper).Record.Counts(Today));
    }

    [Fact] // CRED-1: it stands there, and is wrong, after it has ceased to bar
    public void A_wrong_record_is_objected_to_until_it_is_struck_out_and_an_objection_decided_however_late()
    {
        const string Over = "2021-08-02 09:00";
        var (disputed, _) = After(Missed(), new ObjectToRecord("并非本公司"), Subject, Over);
        Assert.Equal(China.At("2021-08-16 23:59:59"), disputed.Objection?.DecideBy);
        var (struckOut, _) = After(disputed, new DecideObjection(Upheld: true), Supervisor(Department.MarketRegulation), Over);
        Assert.Equal(China.At(Over), struckOut.StruckOutAt);
        Assert.Equal(CreditRefusals.NotInThisState, After(struckOut, new ObjectToRecord("再次"), Subject, Over).Refused);

        var repaired = After(After(Missed(), new RequestRepair("已经补交"), Subject).Record, new DecideRepair(), Supervisor(Department.MarketRegulation)).Record;
        Assert.Null(After(repaired, new ObjectToRecord("并非本公司"), Subject).Refused);
        // What bars from nothing needs no repair.
        Assert.Equal(CreditRefusals.NotInThisState, After(Missed(), new RequestRepair("已经补交"), Subject, Over).Refused);
    }

    [Fact] // decision 0075
    public void In_the_sandbox_it_counts_by_everybodys_clock()
    {
        var spec = CaseSpec.Submitted(Plain, "form").Given(Ask.PledgeMaterial(Agency, "lease", "2020-07-20"), Acceptance(Department.MarketRegulation)).When(new(Agency, new MoveClock(default, China.At("2020-07-23 10:00"))));
        var recorded = CreditRecord.Of(spec.Case, spec.Case.ByEverybodysClock(spec.Facts).OfType<PledgeMissed>().Single(), new())!;

        // Two days before what its clock shows now: by everybody's not before the case, but when the clock was moved.
        Assert.Equal((China.At("2020-07-01 10:00"), China.Day("2020-07-01"), China.Day("2021-07-01")), (recorded.At, recorded.Since, recorded.Until));
    }

    [Fact]
    public void Each_asks_and_decides_what_is_theirs_in_its_turn_and_says_why()
    {
        Assert.All(new CreditCommand[] { new RequestRepair("x"), new ObjectToRecord("x") }, command => Assert.Equal(CreditRefusals.NotYours, After(Breached(), command, Keeper).Refused));
        Assert.All(new CreditCommand[] { new DecideRepair(), new DecideObjection(true) }, command =>
        {
            Assert.Equal(CreditRefusals.NotYours, After(Breached(), command, Clerk(Department.Tax)).Refused);
            Assert.Equal(CreditRefusals.NotInThisState, After(Breached(), command, Keeper).Refused);
        });
        Assert.Equal(CreditRefusals.ReasonMissing.Code, After(Breached(), new RequestRepair(" "), Subject).Refused!.Code);
        var (asked, _) = After(Breached(), new RequestRepair("x"), Subject);
        Assert.Equal(CreditRefusals.NotInThisState, After(asked, new RequestRepair("x"), Subject).Refused);
        Assert.Equal(CreditRefusals.ReasonMissing.Code, After(asked, new DecideRepair(Granted: false), Keeper).Refused!.Code);
        Assert.Equal(CreditRefusals.ReasonMissing.Code, After(asked, new DecideRepair(Granted: true, " "), Keeper).Refused!.Code);
        Assert.Equal(CreditRefusals.NotFound, CreditRecord.Decide(null, new DecideRepair(), new(Keeper, LegalClock.Zone, China.At("2020-07-02 09:00"), new())).Refused);
    }

    [Fact]
    public void It_is_there_for_whose_it_is_and_for_departments()
    {
        Assert.All(new[] { Subject, Keeper, Clerk(Department.Tax) }, reader => Assert.NotNull(Breached().SeenBy(reader, China.At("2020-07-02 09:00"))));
        Assert.All(new[] { SellerSignedIn, new Actor("app", "app") }, reader => Assert.Null(Breached().SeenBy(reader, China.At("2020-07-02 09:00"))));
    }

    [Fact]
    public void Every_refusal_of_standing_is_known_here() => Assert.Equal(
        ["standing.nobody-named", "standing.not-found", "standing.not-in-this-state", "standing.not-yours", "standing.reason-missing"],
        typeof(CreditRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal));
}
