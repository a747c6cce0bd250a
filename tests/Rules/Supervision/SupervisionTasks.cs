using System.Reflection;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Licences;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Supervision;

/// <summary>SUP-1, MODE-4: what was granted reaches who supervises it, and what they find leads to no annulment by itself.</summary>
public class SupervisionTasks
{
    private static readonly Actor Supervises = Clerk(Department.Customs);
    private const string Late = "2020-07-21 09:00";
    private static readonly RecordFinding Breach = new(FindingOutcome.Breach, "没有检测报告", China.Day("2020-07-20"));
    private static readonly RecordRectification NotDone = new(RectificationOutcome.NotRectified, "仍然没有");

    private static SupervisionOpened? Opened(bool committed = true, Department supervisedBy = Department.Customs, bool confidential = false)
    {
        var item = Renewing with { SupervisedBy = supervisedBy, CommitmentEligible = true, Renewal = null, Confidential = false };
        var spec = committed ? new CaseSpec().Given(Commitment(item))
            : CaseSpec.Submitted(item, "form", "lease").Given(Acceptance(Department.MarketRegulation), Grant(Department.MarketRegulation, "review"));
        var licence = Licence.Evolve(null, Issuing.Of(spec.Case, item, spec.Facts.OfType<LicenceDelivered>().Single(), replaces: null)!) with { Confidential = confidential };
        return SupervisionTask.Opens(spec.Case, item, licence, spec.Now, LegalClock.Zone, new());
    }

    private static (SupervisionTask Task, Refusal? Refused) After(SupervisionTask task, SupervisionCommand command, Actor? by = null, string at = "2020-07-02 09:00")
    {
        var decision = SupervisionTask.Decide(task, command, new SupervisionAsking(by ?? Supervises, LegalClock.Zone, China.At(at)));
        return (decision.Facts.Aggregate(task, SupervisionTask.Evolve), decision.Refused);
    }

    private static SupervisionTask Fresh => SupervisionTask.Evolve(null, Opened()!);

    [Fact] // SUP-1
    public void A_grant_opens_a_task_the_same_day_where_another_department_supervises_or_nobody_has_looked()
    {
        var opened = Opened()!;
        Assert.Equal((Department.Customs, Department.MarketRegulation, true), (opened.Department, opened.DecidedBy, opened.Committed));
        // A working day to say that one knows; forty to look into a commitment.
        Assert.Equal((China.At("2020-07-02 23:59:59"), China.Day("2020-08-26")), (opened.AcknowledgeBy, opened.InspectBy));
        Assert.Equal((false, null), (Opened(committed: false)!.Committed, Opened(committed: false)!.InspectBy));
        Assert.NotNull(Opened(supervisedBy: Department.MarketRegulation));
        Assert.Null(Opened(committed: false, supervisedBy: Department.MarketRegulation));
        Assert.Null(Opened(confidential: true));
    }

    [Fact] // SUP-1, MODE-4: whoever is to put something right is told so, and by which day
    public void The_holder_is_told_of_an_order_and_of_what_came_of_it()
    {
        var found = Told(Fresh, Breach);
        Assert.Equal(new Way.AsApplicant(Company.Key), Assert.Single(found.Notification!.To));
        Assert.Equal(("责令限期整改", true), (found.Notification.Title.Zh, found.Notification.IsAct));
        Assert.Contains("2020年7月20日前（含当日）", found.Notification.Text.Zh, StringComparison.Ordinal);
        Assert.Contains("by 20 July 2020", found.Notification.Text.En, StringComparison.Ordinal);

        var missed = Told(found.Task, NotDone, Late);
        Assert.Equal(("未整改", true), (missed.Notification!.Title.Zh, missed.Notification.IsAct));
        Assert.Equal(("已整改", false), Told(found.Task, new RecordRectification(RectificationOutcome.Rectified, "已补检测报告")).Notification is { } done ? (done.Title.Zh, done.IsAct) : default);
        Assert.Null(Told(Fresh, new RecordFinding(FindingOutcome.InOrder, null, null)).Notification);
        Assert.Null(Told(Fresh, new AcknowledgeSupervision()).Notification);

        static (SupervisionTask Task, Notification? Notification) Told(SupervisionTask task, SupervisionCommand command, string at = "2020-07-02 09:00")
        {
            var facts = SupervisionTask.Decide(task, command, new SupervisionAsking(Supervises, LegalClock.Zone, China.At(at))).Facts;
            var after = facts.Aggregate(task, SupervisionTask.Evolve);
            return (after, SupervisionNotifications.Of(after, facts[^1]));
        }
    }

    [Fact] // SUP-1, MODE-1
    public void What_is_granted_without_a_licence_opens_one_for_its_supervisor_as_well()
    {
        SupervisionOpened? Opens(Item item, params Asked[] asked)
        {
            var spec = new CaseSpec().Given(asked);
            return SupervisionTask.Opens(spec.Case, item, spec.Facts[^1], LegalClock.Zone, new());
        }
        var filing = Plain with { Act = Act.Filing, SupervisedBy = Department.Customs };
        var opened = Opens(filing, Submission(filing, "form", "lease"))!;

        Assert.Equal((null, null, Department.Customs, Department.MarketRegulation, false, null), (opened.Licence, opened.Pledge, opened.Department, opened.DecidedBy, opened.Committed, opened.InspectBy));
        Assert.Equal((China.At("2020-07-02 23:59:59"), Company.Key), (opened.AcknowledgeBy, opened.Holders.Single().Key));
        var task = SupervisionTask.Evolve(null, opened);
        Assert.Equal(SupervisionTask.IdOfGrant(opened.Case), task.Id);
        // What was not put right stands there: there is no licence to annul.
        Assert.Equal(SupervisionStatus.NotRectified, After(After(task, Breach).Task, NotDone, at: Late).Task.Status);
        var committed = Committed with { SupervisedBy = Department.MarketRegulation };
        Assert.Equal((true, China.Day("2020-08-26")), Opens(committed, Commitment(committed)) is { } looked ? (looked.Committed, looked.InspectBy) : default);
        // Not before it is granted, nor where it is refused, confidential, the decider's own to supervise, or has a licence, whose task it is then.
        Assert.Null(Opens(filing, Submission(filing, "form")));
        Assert.Null(Opens(Plain with { SupervisedBy = Department.Customs }, Submission(Plain, "form", "lease"), Acceptance(Department.MarketRegulation), Ask.RefuseStep(Supervisor(Department.MarketRegulation), "review", Grounds)));
        Assert.Null(Opens(filing with { SupervisedBy = Department.MarketRegulation }, Submission(filing, "form", "lease")));
        Assert.Null(Opens(Licensing with { SupervisedBy = Department.Customs }, Commitment(Licensing, "2020-07-20")));
    }

    [Fact] // MODE-4
    public void A_breach_is_to_be_put_right_by_a_day_and_only_then_found_not_to_be()
    {
        var (known, _) = After(Fresh, new AcknowledgeSupervision());
        Assert.Equal((SupervisionStatus.Acknowledged, China.At("2020-08-26 23:59:59")), (known.Status, known.DueAt));
        Assert.Equal(SupervisionRefusals.NotInThisState, After(known, NotDone).Refused);

        var (rectifying, _) = After(known, Breach);
        Assert.Equal((SupervisionStatus.Rectifying, China.At("2020-07-20 23:59:59")), (rectifying.Status, rectifying.DueAt));
        Assert.Equal(SupervisionRefusals.NotInThisState, After(rectifying, Breach).Refused);

        // Until then it may still be put right, and the holder is asked to do no more.
        var early = After(rectifying, NotDone, at: "2020-07-20 23:59:59").Refused!;
        Assert.Equal((SupervisionRefusals.RectifyByNotOver.Code, true), (early.Code, early.Detail!.En.Contains("2020-07-20", StringComparison.Ordinal)));
        var (ended, _) = After(rectifying, NotDone, at: "2020-07-21 00:00");
        Assert.Equal((SupervisionStatus.NotRectified, null), (ended.Status, ended.DueAt));
        Assert.Equal(SupervisionStatus.Rectified, After(rectifying, new RecordRectification(RectificationOutcome.Rectified)).Task.Status);
        Assert.Equal(SupervisionStatus.InOrder, After(Fresh, new RecordFinding(FindingOutcome.InOrder)).Task.Status);
    }

    [Fact]
    public void A_finding_says_what_was_seen_and_a_breach_by_when_it_is_put_right()
    {
        foreach (var wrong in new RecordFinding[] { new(FindingOutcome.Breach), new(FindingOutcome.Breach, " ", China.Day("2020-07-01")), new(FindingOutcome.InOrder, "", China.Day("2020-07-20")), Breach with { Note = null, RectifyBy = China.Day("2021-07-03") } })
            Assert.Equal(["/note", "/rectifyBy"], After(Fresh, wrong).Refused!.Fields.Select(f => f.Pointer));
        Assert.Equal(SupervisionRefusals.RectifyByInvalid.Code, After(Fresh, Breach with { RectifyBy = null }).Refused!.Code);
        // Notice, five working days to speak and a decision have to follow within sixty of the finding.
        Assert.Null(After(Fresh, Breach with { RectifyBy = China.Day("2020-09-15") }).Refused);
        Assert.Equal(["/rectifyBy"], After(Fresh, Breach with { RectifyBy = China.Day("2020-09-16") }).Refused!.Fields.Select(f => f.Pointer));
        Assert.Equal(["/note"], After(After(Fresh, Breach).Task, NotDone with { Note = null }).Refused!.Fields.Select(f => f.Pointer));
    }

    [Fact] // SIGHT-1
    public void It_is_there_for_who_supervises_who_decided_and_who_holds_what_was_granted()
    {
        Assert.All(new[] { Supervises, Clerk(Department.MarketRegulation), Samples.Applicant }, reader => Assert.NotNull(Fresh.SeenBy(reader, China.At("2020-07-02 09:00"))));
        Assert.All(new[] { Clerk(Department.Tax), SellerSignedIn, new Actor("app", "app") }, reader => Assert.Null(Fresh.SeenBy(reader, China.At("2020-07-02 09:00"))));
        Assert.Equal(SupervisionRefusals.NotYourDepartment, After(Fresh, new AcknowledgeSupervision(), Clerk(Department.MarketRegulation)).Refused);
        Assert.Equal(SupervisionRefusals.NotFound, SupervisionTask.Decide(null, Breach, new(Supervises, LegalClock.Zone, China.At("2020-07-02 09:00"))).Refused);
    }

    [Fact] // MODE-4: no timer revokes
    public void What_is_owed_and_not_done_is_recorded_once_and_nothing_else_follows()
    {
        // The last second of a day is in time, all of it; and what the sweep finds has followed.
        Assert.Empty(Fresh.Lapse(China.At("2020-07-02 23:59:59").AddMilliseconds(999)));
        Assert.Single(Fresh.Lapse(Fresh.WakeAt!.Value));
        // Whenever that is found, it happened when it was due.
        Assert.Equal(Fresh.Lapse(China.At("2020-07-03 00:00")), Fresh.Lapse(China.At("2020-07-09 17:00")));
        Assert.Equal(China.At("2020-07-02 23:59:59"), Fresh.Lapse(China.At("2020-07-09 17:00")).Single().At);
        var late = Fresh.Lapse(China.At("2020-07-03 00:00")).Aggregate(Fresh, SupervisionTask.Evolve);
        Assert.Equal((true, SupervisionStatus.Opened, null), (late.IsOverdue, late.Status, late.WakeAt));
        Assert.Empty(late.Lapse(China.At("2021-07-03 00:00")));

        // What was due before one said that one knows of it is overdue from then on.
        var known = After(Fresh, new AcknowledgeSupervision(), at: "2020-09-01 09:00").Task;
        var overdue = Assert.IsType<SupervisionOverdue>(Assert.Single(known.Lapse(China.At("2020-09-02 09:00"))));
        Assert.Equal((China.At("2020-09-01 09:00"), China.At("2020-08-26 23:59:59")), (overdue.At, overdue.DueAt));

        // Done late, the next thing is due in its own time; and a command comes first where the sweep has not been by.
        Assert.False(After(late, new AcknowledgeSupervision(), at: "2020-07-06 09:00").Task.IsOverdue);
        Assert.Equal(3, After(Fresh, new AcknowledgeSupervision(), at: "2020-07-06 09:00").Task.Version);
        Assert.Equal(late, After(late with { Status = SupervisionStatus.Acknowledged }, new AcknowledgeSupervision()).Task with { Status = SupervisionStatus.Opened });
    }

    [Fact] // MODE-3, MODE-4
    public void A_commitment_that_is_overdue_is_told_to_who_supervises_until_it_is_looked_into()
    {
        var overdue = new CommitmentOverdue(Then, By: null, China.Day("2020-07-09"));
        var told = Fresh.After(overdue, inForce: null).Aggregate(Fresh, SupervisionTask.Evolve);
        Assert.Equal((SupervisionStatus.Opened, China.Day("2020-07-09")), (told.Status, told.CommitmentMissed));
        Assert.Null(After(told, Breach, at: "2020-07-10 10:00").Task.CommitmentMissed);
        Assert.Empty(After(Fresh, Breach).Task.After(overdue, inForce: null));
    }

    [Fact] // MODE-3, MODE-4: what was in order early need not be so on the day
    public void What_was_looked_into_early_is_looked_into_again_when_the_commitment_is_overdue()
    {
        var overdue = new CommitmentOverdue(Then, By: null, China.Day("2020-07-09"));
        foreach (var early in new[] { After(Fresh, new RecordFinding(FindingOutcome.InOrder)).Task, After(After(Fresh, Breach).Task, new RecordRectification(RectificationOutcome.Rectified)).Task })
        {
            // Its licence may have given way to another meanwhile, to which what was in order was not handed on.
            var told = early.After(overdue, new LicenceSpec().Licence with { Number = "NEW-1" }).Aggregate(early, SupervisionTask.Evolve);
            Assert.Equal("NEW-1", told.Licence);
            Assert.Equal((SupervisionStatus.Acknowledged, China.Day("2020-07-09"), null, null, null), (told.Status, told.CommitmentMissed, told.Finding, told.Rectification, told.DueAt));
            var (found, refused) = After(told, Breach, at: "2020-07-10 10:00");
            Assert.Equal((null, SupervisionStatus.Rectifying, null), (refused?.Code, found.Status, found.CommitmentMissed));
        }
        Assert.Empty(After(After(Fresh, Breach).Task, NotDone, at: Late).Task.After(overdue, inForce: null));
    }

    [Fact] // MODE-4: sixty working days from the finding, or where a former release let it be put right for longer than that, from when it was not
    public void The_time_to_decide_about_what_was_not_put_right_runs_from_its_finding()
    {
        var missed = After(After(Fresh, Breach).Task, NotDone, at: Late).Task;
        DateTimeOffset FoundAt(string rectifyBy) => (missed with { Finding = missed.Finding! with { RectifyBy = China.Day(rectifyBy) } }).FoundAt(LegalClock.Zone, new());

        Assert.Equal(China.At("2020-07-02 09:00"), FoundAt("2020-09-15"));
        Assert.Equal(China.At(Late), FoundAt("2020-09-16"));
        Assert.Equal(China.At("2020-07-02 09:00"), After(Fresh, Breach with { RectifyBy = China.Day("2020-09-15") }).Task.FoundAt(LegalClock.Zone, new()));
    }

    private static readonly DateTimeOffset Then = China.At("2020-07-10 09:00");

    public static TheoryData<LicenceFact, LicenceStatus> Ends => new()
    {
        { new LicenceCancelled(Then, Supervises, Grounds: null), LicenceStatus.Cancelled }, { new LicenceExpired(Then), LicenceStatus.Expired },
        { new LicenceRevoked(Then, Supervises, RevocationGround.Recalled, new("a", "b", [])), LicenceStatus.Revoked }, { new LicenceReplaced(Then, Supervises, "NEW-1", Grounds: null), LicenceStatus.Replaced },
    };

    [Theory, MemberData(nameof(Ends))] // SUP-1, MODE-4: what has ended has no more clocks
    public void It_is_closed_with_its_licence_and_says_how_that_ended(LicenceFact end, LicenceStatus ended)
    {
        var ordered = After(Fresh, Breach).Task with { IsOverdue = true };
        // Whoever asked late for its renewal may have one after its end, and the order with it.
        if (end is LicenceExpired)
            Assert.Null(ordered.After(end, successor: null));
        foreach (var open in end is LicenceExpired ? [Fresh, After(Fresh, new AcknowledgeSupervision()).Task] : new[] { Fresh, After(Fresh, new AcknowledgeSupervision()).Task, ordered })
        {
            var closed = SupervisionTask.Evolve(open, Assert.IsType<SupervisionClosed>(open.After(end, successor: null)));
            Assert.Equal((SupervisionStatus.Closed, ended, null, false), (closed.Status, closed.Ended, closed.DueAt, closed.IsOverdue));
            Assert.Empty(closed.Lapse(China.At("2021-07-03 00:00")));
            Assert.Equal(SupervisionRefusals.NotInThisState, After(closed, Breach).Refused);
            Assert.Null(closed.After(end, successor: null));
        }
        // Nor is anything over while it is to be decided whether it is annulled.
        foreach (var open in new[] { Fresh, After(Fresh, new AcknowledgeSupervision()).Task, ordered })
            Assert.Null(open.After(new LicenceExpired(Then, KeepsNotice: true), successor: null));
        // What was found stays found.
        foreach (var done in new[] { After(Fresh, new RecordFinding(FindingOutcome.InOrder)).Task, After(After(Fresh, Breach).Task, NotDone, at: Late).Task })
            Assert.Null(done.After(end, successor: null));
    }

    [Fact] // LIC-6: nobody gets rid of an order by another licence
    public void What_is_not_done_goes_on_with_the_licence_that_takes_the_place_and_whoever_holds_it()
    {
        var end = new LicenceReplaced(Then, Supervises, "NEW-1", Grounds: null);
        var next = new LicenceSpec().Licence with { Number = "NEW-1", Holders = [Samples.Seller] };
        foreach (var open in new[] { Fresh, After(Fresh, Breach).Task, After(After(Fresh, Breach).Task, NotDone, at: Late).Task })
        {
            var handed = SupervisionTask.Evolve(open, Assert.IsType<SupervisionHandedOn>(open.After(end, next)));
            Assert.Equal((open.Status, "NEW-1"), (handed.Status, handed.Licence));
            Assert.Equal([Samples.Seller.Key], handed.HolderKeys);
        }
        Assert.Null(After(Fresh, new RecordFinding(FindingOutcome.InOrder)).Task.After(end, next));
    }

    [Fact] // SUP-1: whatever is found late happened in order
    public void What_was_due_by_then_comes_before_what_else_brings_about_and_nothing_before_what_happened()
    {
        var end = new LicenceReplaced(Then, Supervises, "NEW-1", Grounds: null);
        var next = new LicenceSpec().Licence with { Number = "NEW-1" };
        Assert.Equal([typeof(SupervisionOverdue), typeof(SupervisionHandedOn)], Fresh.With(Fresh.After(end, next)).Select(fact => fact.GetType()));
        Assert.Equal(China.At("2020-07-13 09:00"), Assert.Single(After(Fresh, Breach, at: "2020-07-13 09:00").Task.With(Fresh.After(end, next))).At);
        Assert.Empty(Fresh.With([null]));
    }

    [Fact] // MODE-4: of a pledge nobody knows for what it is before something is granted
    public void A_task_without_a_licence_is_about_the_first_that_is_granted_or_ends_with_its_case()
    {
        var licence = new LicenceSpec().Licence;
        var waiting = Fresh with { Licence = null, Pledge = "lease" };

        Assert.Equal(licence.Number, Assert.IsType<SupervisionHandedOn>(waiting.After(licence, Then, Supervises)).Licence);
        Assert.Equal((SupervisionStatus.Closed, null), SupervisionTask.Evolve(waiting, waiting.After(new CaseWithdrawn(Then, Supervises, "")) ?? throw new InvalidOperationException()) is var ended ? (ended.Status, ended.Ended) : default);
        Assert.Null(Fresh.After(licence, Then, Supervises));
        Assert.Null(Fresh.After(new CaseWithdrawn(Then, Supervises, "")));
    }

    [Fact] // MODE-4, MODE-7
    public void A_missed_pledge_opens_a_task_for_who_supervises_the_item()
    {
        var spec = CaseSpec.Submitted(Plain, "form").Given(Ask.PledgeMaterial(Agency, "lease", "2020-08-03"), Acceptance(Department.MarketRegulation)).At("2020-08-04 09:00").Passed();
        var opened = SupervisionTask.Opens(spec.Case, Plain with { SupervisedBy = Department.Customs }, spec.Fact<PledgeMissed>(), LegalClock.Zone, new())!;

        Assert.Equal((null, "lease", Department.Customs, Department.MarketRegulation, false, null), (opened.Licence, opened.Pledge, opened.Department, opened.DecidedBy, opened.Committed, opened.InspectBy));
        Assert.Equal((null, China.At("2020-08-05 23:59:59")), (opened.By, opened.AcknowledgeBy)); // the clock's doing
        Assert.Equal(SupervisionTask.IdOfPledge(spec.Case.Id, "lease"), SupervisionTask.Evolve(null, opened).Id);
        // Of a founding before anything is granted: about all who found it, whoever of them applies.
        Applicants.PersonOrEntity[] founders = [Samples.Buyer, new(Applicants.ApplicantKind.Person, "赵敏", CitizenId: "11010519491231002X")];
        Assert.Equal(founders, SupervisionTask.Opens(spec.Case with { Applicant = new(Applicants.ApplicantKind.Founders, Founders: founders) }, Plain, spec.Fact<PledgeMissed>(), LegalClock.Zone, new())!.Holders);
        // By then something may be granted; and of what is confidential nobody else is told.
        Assert.Equal("A-1", SupervisionTask.Opens(spec.Case with { Licences = [new("review", new("food-business-licence", new("证", "Licence")), "A-1", Then, default)] }, Plain, spec.Fact<PledgeMissed>(), LegalClock.Zone, new())!.Licence);
        Assert.Null(SupervisionTask.Opens(spec.Case with { Plan = spec.Case.Plan with { Confidential = true } }, Plain, spec.Fact<PledgeMissed>(), LegalClock.Zone, new()));
    }

    [Fact] // decision 0075
    public void In_the_sandbox_a_missed_pledge_opens_it_by_everybodys_clock()
    {
        var spec = CaseSpec.Submitted(Plain, "form").Given(Ask.PledgeMaterial(Agency, "lease", "2020-07-20"), Acceptance(Department.MarketRegulation)).When(new(Agency, new MoveClock(default, China.At("2020-07-23 10:00"))));
        var opened = SupervisionTask.Opens(spec.Case, Plain, spec.Case.ByEverybodysClock(spec.Facts).OfType<PledgeMissed>().Single(), LegalClock.Zone, new())!;

        // Two days before what its clock shows now: by everybody's not before the case, but when the clock was moved.
        Assert.Equal((China.At("2020-07-01 10:00"), China.At("2020-07-02 23:59:59")), (opened.At, opened.AcknowledgeBy));
    }

    [Fact]
    public void Every_refusal_of_supervision_is_produced_here() => Assert.Equal(
        ["supervision.not-found", "supervision.not-in-this-state", "supervision.not-your-department", "supervision.note-missing", "supervision.rectify-by-invalid", "supervision.rectify-by-not-over"],
        typeof(SupervisionRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal));
}
