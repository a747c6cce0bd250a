using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-14: until when a notice is answered, and what follows when it is not. CASE-15: what is mended without one.</summary>
public class UnansweredNotices
{
    private const Department Lead = Department.MarketRegulation;

    private static readonly Asked Close = Ask.LapseCase(Supervisor(Lead), "逾期未补正");

    private static CaseSpec Sent() => CaseSpec.Submitted(Plain).Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "form")]));

    // As the sweep does it.
    private static Case Reminded(CaseSpec spec, string at) => spec.Case.Lapse(LegalClock.Zone, China.At(at)).Aggregate(spec.Case, Case.Evolve);

    private static Decision<CaseFact> Closed(Case @case, string at) => Case.Decide(@case, Close.Command, Close.At(China.At(at)));

    /// <summary>(B12)</summary>
    [Fact] // CASE-14
    public void A_notice_says_until_when_it_can_be_answered()
    {
        var notice = Sent().Case.Notices.Single();

        Assert.Equal((China.At("2020-07-29 23:59:59"), China.At("2020-07-22 23:59:59")), (notice.AnswerBy, notice.RemindAt));
        var shorter = Acceptance(Lead).At(China.At("2020-07-01 10:00")) with { Policy = new() { AnswerWithin = 2, RemindBefore = 1 } };
        var sent = Case.Decide(CaseSpec.Submitted(Plain).Case, new SendCorrectionNotice([new("缺", "form")]), shorter).Facts.Single();
        Assert.Equal(new AnswerTime(China.At("2020-07-03 23:59:59"), China.At("2020-07-02 23:59:59")), ((CorrectionRequested)sent).Answer);
    }

    [Fact] // CASE-14
    public void The_applicant_is_reminded_once_before_the_end()
    {
        var spec = Sent();
        Assert.Empty(spec.Case.Lapse(LegalClock.Zone, China.At("2020-07-22 23:59:59")));

        var reminded = Reminded(spec, "2020-07-23 00:00");

        Assert.Equal(China.At("2020-07-23 00:00"), reminded.Notices.Single().RemindedAt);
        Assert.Empty(reminded.Lapse(LegalClock.Zone, China.At("2020-07-28 00:00")));
        spec.Given(Ask.SupplyMaterials(Agency, [Paper("form")]));
        Assert.Null(spec.Case.WakeAt); // answered
    }

    /// <summary>(B12)</summary>
    [Fact] // CASE-14: without prejudice, and no refusal
    public void A_supervisor_closes_what_nobody_answered()
    {
        var reminded = Reminded(Sent(), "2020-07-23 00:00");
        Assert.Equal(CaseRefusals.LapseTooEarly.Code, Closed(reminded, "2020-07-29 23:59:59").Refused?.Code);

        var closed = Closed(reminded, "2020-07-30 09:00").Facts;
        var lapsed = closed.Aggregate(reminded, Case.Evolve);

        Assert.Equal([typeof(StepCancelled), typeof(CaseLapsed)], closed.Select(f => f.GetType()));
        Assert.Equal((CaseStatus.Lapsed, "逾期未补正", null, null), (lapsed.Status, lapsed.Lapsed!.Reason, lapsed.RefusedFor, lapsed.DecidedAt));
        Assert.Equal([Remedy.Against(RemedyAct.Lapse, Lead)], lapsed.Remedies); // REM-1
        Assert.Empty(Closed(lapsed, "2020-07-31 09:00").Facts);
    }

    [Fact] // CASE-14: a reminder that comes with the closing is none
    public void Whoever_was_reminded_late_has_as_long_as_if_it_had_been_in_time()
    {
        Sent().At("2020-08-03 09:00").When(Close).ThenRefused(CaseRefusals.LapseTooEarly);

        var late = Reminded(Sent(), "2020-08-03 09:00");
        Assert.Equal(CaseRefusals.LapseTooEarly.Code, Closed(late, "2020-08-10 23:59:59").Refused?.Code);
        Assert.Equal(2, Closed(late, "2020-08-11 00:00").Facts.Count);
    }

    [Fact] // CASE-14: extended once, from the end there was, and of the new end there is a reminder again
    public void The_applicant_has_more_time_once()
    {
        var spec = Sent().When(Ask.ExtendNotice(Samples.Applicant, "房东在国外"));

        Assert.Equal(China.At("2020-08-26 23:59:59"), spec.Then<CorrectionExtended>().Answer.By);
        spec.When(Ask.ExtendNotice(Agency, "还要时间")).ThenRefused(CaseRefusals.NoticeExtended);
        Assert.Empty(spec.Case.Lapse(LegalClock.Zone, China.At("2020-07-30 09:00")));
        Assert.Single(spec.Case.Lapse(LegalClock.Zone, China.At("2020-08-20 00:00")));
    }

    [Fact] // CASE-14
    public void More_time_is_the_applicants_to_ask_for_while_a_notice_is_open_and_closing_a_supervisors()
    {
        Sent().When(Ask.ExtendNotice(Clerk(Lead), "替申请人申请")).ThenRefused(CaseRefusals.NotYourCase);
        Sent().When(Ask.ExtendNotice(Agency, " ")).ThenRefused(CaseRefusals.ReasonMissing, "/reason");
        CaseSpec.Submitted(Plain).When(Ask.ExtendNotice(Agency, "还要时间")).ThenRefused(CaseRefusals.NotInThisState);
        Sent().When(Ask.LapseCase(Clerk(Lead), "逾期")).ThenRefused(CaseRefusals.OnlyASupervisorRefuses);
        Sent().When(Ask.LapseCase(Supervisor(Department.Tax), "逾期")).ThenRefused(CaseRefusals.NotYourDepartment);
        Sent().When(Ask.LapseCase(Supervisor(Lead), "")).ThenRefused(CaseRefusals.ReasonMissing, "/reason");
        CaseSpec.Accepted().When(Close).ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // CASE-3, CASE-14: whoever comes back to an open notice has the whole time again
    public void A_notice_that_is_open_again_can_be_answered_anew()
    {
        var other = Plain with { Code = "OTHER-ITEM" };
        var spec = Sent().Given(Ask.MoveCaseToItem(Clerk(Lead), other, 3, "事项有误")).At("2020-07-03 10:00").Given(Ask.MoveCaseToItem(Clerk(Lead), Plain, 3, "原事项无误"));

        Assert.Equal((CaseStatus.CorrectionRequested, China.At("2020-07-31 23:59:59")), (spec.Case.Status, spec.Case.Notices.Single().AnswerBy));
    }

    [Fact] // CASE-14: a notice of a release before named no day, and so binds nobody to one
    public void A_notice_without_a_day_is_never_overdue()
    {
        var spec = CaseSpec.Submitted(Plain);
        var old = Case.Evolve(spec.Case, new CorrectionRequested(spec.Now, Clerk(Lead), [new("缺", "form")]));

        Assert.Empty(old.Lapse(LegalClock.Zone, China.At("2021-07-01 10:00")));
        Assert.Equal(CaseRefusals.LapseTooEarly.Code, Closed(old, "2020-12-01 10:00").Refused?.Code);
    }

    [Fact] // CASE-15 (行政许可法 art. 32 (3)): no notice, and the department's five days go on
    public void What_can_be_mended_on_the_spot_is_mended_without_a_notice()
    {
        var better = Paper("form") with { Name = "better.pdf" };
        var spec = CaseSpec.Submitted(Plain, "form").At("2020-07-02 09:00").Given(Ask.SupplyMaterials(Samples.Applicant, [better, Paper("lease")]));

        Assert.Equal((CaseStatus.Submitted, China.At("2020-07-08 23:59:59"), 0), (spec.Case.Status, spec.Case.AcceptBy, spec.Case.Notices.Count));
        Assert.Equal([HandedIn(better), HandedIn(Paper("lease"))], spec.Case.Materials);
        spec.When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened));
    }
}
