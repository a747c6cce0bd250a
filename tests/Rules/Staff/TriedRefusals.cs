using OneDoor.Cases;
using OneDoor.Statistics;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Staff;

/// <summary>CASE-4: what a clerk tried who may not say no is kept, counted, and nobody's but theirs and their supervisors'.</summary>
public class TriedRefusals
{
    private static readonly Actor Clerk = new("onedoor-desk", "p_clerk", Department.MarketRegulation), Head = Clerk with { Subject = "p_head", IsSupervisor = true };

    [Fact]
    public void Every_way_to_say_no_that_a_clerk_is_not_let_is_recorded_with_who_which_and_why()
    {
        Assert.Equal((AttemptedNo.Refusal, "review"), Tried(CaseSpec.Accepted(), Ask.RefuseStep(Clerk, "review", Grounds)));
        Assert.Equal((AttemptedNo.Refusal, null), Tried(CaseSpec.Accepted(), Ask.RefuseCase(Clerk, Grounds)));
        Assert.Equal((AttemptedNo.NonAcceptance, null), Tried(CaseSpec.Submitted(Plain), new(Clerk, new DeclineCase(NonAcceptanceKind.NoLicenceNeeded, "无须许可"))));
        Assert.Equal((AttemptedNo.Lapse, null), Tried(CaseSpec.Submitted(Plain).Given(Ask.SendCorrectionNotice(Clerk, [new("缺", "form")])), Ask.LapseCase(Clerk, "逾期")));
    }

    [Fact]
    public void Where_nobody_could_be_turned_away_nobody_tried_to()
    {
        var decline = new Asked(Clerk, new DeclineCase(NonAcceptanceKind.NoLicenceNeeded, "无须许可"));
        var granted = CaseSpec.Accepted().Given(Grant(Department.MarketRegulation, "review"));

        Assert.All(
            [
                (CaseSpec.Accepted(), Ask.LapseCase(Clerk, "逾期")), (CaseSpec.Submitted(Plain), Ask.LapseCase(Clerk, "逾期")), (CaseSpec.Accepted(), decline), (granted, decline),
                (CaseSpec.Submitted(Plain), Ask.RefuseCase(Clerk, Grounds)), (CaseSpec.Submitted(Plain), Ask.RefuseStep(Clerk, "review", Grounds)),
                (granted, Ask.RefuseCase(Clerk, Grounds)), (CaseSpec.Licensed(), Ask.RefuseCase(Clerk, Grounds)), (CaseSpec.Licensed(), Ask.RefuseStep(Clerk, "licence", Grounds)),
            ],
            story =>
            {
                Assert.Null(Of(story.Item1, story.Item2));
                Assert.Equal(CaseRefusals.OnlyASupervisorRefuses.Code, story.Item1.Refused!.Code);
            });
    }

    [Fact]
    public void What_is_refused_for_another_reason_turned_nobody_away()
    {
        Assert.Null(Of(CaseSpec.Submitted(Plain), Ask.RefuseCase(Head, Grounds)));
        Assert.Null(Of(CaseSpec.Accepted(), Ask.RefuseCase(Clerk with { Department = Department.Fire }, Grounds)));
        Assert.Null(Of(CaseSpec.Accepted(), new(Clerk, new ExtendLimit(Clock.Limit.WorkingDays(3), "意见不一。"))));
    }

    [Fact]
    public void A_confidential_case_is_not_named_and_a_system_is_nobody()
    {
        var spec = CaseSpec.Accepted();
        var hidden = AttemptedRefusal.Of(
            default, spec.Now, Clerk, spec.Case with { Plan = spec.Case.Plan with { Confidential = true } }, Ask.RefuseStep(Clerk, "review", Grounds).Command, CaseRefusals.OnlyASupervisorRefuses)!;
        Assert.Equal((null, null), (hidden.Case, hidden.Step));
        var attempt = AttemptedRefusal.Evolve(null, hidden);
        Assert.All([Clerk, Head], viewer => Assert.NotNull(attempt.SeenBy(viewer, default)));
        Assert.All([StaffSpec.Office, StaffSpec.Auditor, StaffSpec.Office with { Hall = attempt.Hall }], viewer => Assert.Null(attempt.SeenBy(viewer, default)));
        Assert.Null(AttemptedRefusal.Evolve(null, hidden with { By = Clerk with { Subject = Clerk.Client } }).Person);
    }

    [Fact]
    public void Who_tried_sees_it_and_so_do_their_supervisors()
    {
        var attempt = AttemptedRefusal.Evolve(null, Of(CaseSpec.Accepted(), Ask.RefuseCase(Clerk, Grounds))!);

        Assert.All([Clerk, Head, StaffSpec.Office, StaffSpec.Auditor], viewer => Assert.NotNull(attempt.SeenBy(viewer, default)));
        Assert.All(
            [Clerk with { Subject = "p_colleague" }, StaffSpec.Head, StaffSpec.Office with { Hall = "moon" }, new("mobile", "p_citizen", Applicant: "person:1")],
            viewer => Assert.Null(attempt.SeenBy(viewer, default)));
    }

    /// <summary>PERF-2: the hall's first zero counts what was tried as well.</summary>
    [Fact]
    public void What_was_tried_is_counted_beside_what_was_said_but_of_no_window()
    {
        static StaffFigures Of(StaffKey key) => StaffSpec.Of(key, cases: 40, kept: 40, refused: 5, more: c => c with { Tried = 3 }, counted: [("clerks-noes", 1)]);

        Assert.Equal(new StatisticsRatio(0.375m, 3, 8), Of(new(Department.Tax)).TriedByClerks);
        Assert.Equal((4m, 8m), Of(new(Hall: "airport")).Zeros![0].Share is var zero ? (zero.Numerator, zero.Denominator) : default);
        Assert.Null(Of(new(Hall: "airport", Window: 3)).TriedByClerks);
    }

    private static (AttemptedNo, string?) Tried(CaseSpec spec, Asked asked)
    {
        var stopped = Of(spec, asked)!;
        Assert.Equal((spec.Case.Id, spec.Case.Hall, Department.MarketRegulation, "case.only-a-supervisor-refuses"), (stopped.Case, stopped.Hall, stopped.Department, stopped.Code));
        var attempt = AttemptedRefusal.Evolve(null, stopped);
        Assert.Equal("p_clerk", attempt.Person);
        return (attempt.Tried, attempt.Step);
    }

    private static AttemptedRefusalStopped? Of(CaseSpec spec, Asked asked)
    {
        var facts = spec.Facts.Count;
        spec.When(asked);
        Assert.Equal(facts, spec.Facts.Count);
        return AttemptedRefusal.Of(default, spec.Now, asked.By, spec.Case, asked.Command, spec.Refused!);
    }
}
