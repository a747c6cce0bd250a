using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>What an applicant is told of the facts of a case, by themselves the reason to look.</summary>
public class ToldApplicants
{
    private const Department Lead = Department.MarketRegulation;

    [Fact]
    public void Whoever_applies_is_told_what_others_and_time_do_and_not_what_they_did_themselves()
    {
        var told = Stories.SelectMany(story => story.Facts.Where(fact => CaseNotifications.Of(story.Case, fact) is not null)).Select(fact => fact.GetType()).ToHashSet();

        Assert.Equal(
            [
                typeof(CaseAccepted), typeof(CaseEnded), typeof(CaseGranted), typeof(CaseLapsed), typeof(CaseNotAccepted), typeof(CaseOverdue), typeof(CaseRefused), typeof(CaseSubmitted), typeof(ClockPaused), typeof(CommitmentOverdue), typeof(CorrectionReminded), typeof(CorrectionRequested),
                typeof(DelayExplained), typeof(HearingCalled), typeof(LimitsSettled), typeof(MaterialsAwaited), typeof(PledgeDueSoon), typeof(PledgeMissed), typeof(RenewalDeemed), typeof(RenewalVoided), typeof(SignaturesAwaited), typeof(SignaturesLapsed),
                typeof(StatutoryLimitExtended), typeof(StatutoryLimitPassed), typeof(StepCancelled),
            ],
            told.OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Fact] // what they have to do or lose by is served, and not subscribed to
    public void What_is_decided_against_somebody_or_demanded_of_them_is_an_act()
    {
        var acts = Stories.SelectMany(story => story.Facts.Where(fact => CaseNotifications.Of(story.Case, fact) is { IsAct: true })).Select(fact => fact.GetType()).ToHashSet();

        Assert.Equal(
            [
                typeof(CaseEnded), typeof(CaseLapsed), typeof(CaseNotAccepted), typeof(CaseRefused), typeof(ClockPaused), typeof(CommitmentOverdue), typeof(CorrectionReminded), typeof(CorrectionRequested),
                typeof(HearingCalled), typeof(PledgeMissed), typeof(RenewalVoided), typeof(SignaturesAwaited), typeof(StatutoryLimitExtended), typeof(StatutoryLimitPassed), typeof(StepCancelled),
            ],
            acts.OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void It_says_which_case_what_happened_and_by_when_in_both_languages()
    {
        var spec = CaseSpec.Submitted(Plain, "form").Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺租赁合同", "lease")]));

        var told = CaseNotifications.Of(spec.Case, spec.Fact<CorrectionRequested>())!;

        Assert.Equal([new Way.AsApplicant(Company.Key)], told.To);
        Assert.Equal(new("请补正材料", "Something is missing"), told.Title);
        Assert.Equal(
            new($"“测试事项”（办件编号：{spec.Case.Number}）：申请材料需要补正，请于2020年7月29日前（含当日）补正。", $"“Test item” (case {spec.Case.Number}): something is missing: hand it in by 29 July 2020."), told.Text);
    }

    [Theory] // CASE-2, CLK-8: that nobody answered, and what has become of the promise
    [InlineData(5, "未在期限内答复，依法自2020年7月1日起视为受理，承诺于2020年7月8日前（含当日）办结，未能兑现。", "nobody answered in time, so that by law it is accepted as of 1 July 2020; it was promised by 8 July 2020, which could not be kept.")]
    [InlineData(6, "未在期限内答复，依法自2020年7月1日起视为受理，承诺于2020年7月9日前（含当日）办结。", "nobody answered in time, so that by law it is accepted as of 1 July 2020, and promised by 9 July 2020.")]
    public void What_the_law_accepted_is_told_as_that(int promised, string zh, string en)
    {
        var spec = CaseSpec.Submitted(Plain with { PromisedLimit = Limit.WorkingDays(promised) }).At("2020-07-09 00:00").Passed();

        var told = CaseNotifications.Of(spec.Case, spec.Fact<CaseAccepted>())!;

        Assert.Equal(new("视为受理", "Accepted by law"), told.Title);
        Assert.Equal((zh, en), (told.Text.Zh.Split('：')[^1], told.Text.En.Split("): ")[1]));
    }

    [Fact] // HEAR-2: who was told of a hearing is told that it is off
    public void A_hearing_whose_case_was_withdrawn_is_off()
    {
        var spec = CaseSpec.Accepted().Given(FairProcedure.Called("2020-07-14"));
        Assert.Null(spec.Case.CalledOffAt(spec.Case.Hearings[0]));
        spec.At("2020-07-03 09:00").When(Ask.WithdrawCase(Agency, null));

        Assert.Equal(spec.Now, spec.Case.CalledOffAt(spec.Case.Hearings[0]));
        var told = CaseNotifications.Of(spec.Case, spec.Fact<StepCancelled>())!;
        Assert.Equal((new("听证不再举行", "The hearing is off"), true), (told.Title, told.IsAct));
        Assert.EndsWith("the hearing called for 14 July 2020 is not held.", told.Text.En, StringComparison.Ordinal);
        // One that was to be held before was, whatever has become of its minutes; and of no hearing nothing is told.
        var held = CaseSpec.Accepted().Given(FairProcedure.Called("2020-07-14")).At("2020-07-15 09:00").When(Ask.WithdrawCase(Agency, null));
        Assert.Null(held.Case.CalledOffAt(held.Case.Hearings[0]));
        Assert.Null(CaseNotifications.Of(held.Case, held.Fact<StepCancelled>()));
        var none = CaseSpec.Accepted().When(Ask.WithdrawCase(Agency, null));
        Assert.Null(CaseNotifications.Of(none.Case, none.Fact<StepCancelled>()));
    }

    [Fact] // a last day counts, as in the documents
    public void Of_a_last_day_it_is_said_that_it_counts()
    {
        var told = Stories.SelectMany(story => story.Facts.Select(fact => CaseNotifications.Of(story.Case, fact)?.Text.Zh)).OfType<string>().ToArray();

        Assert.All(told, said => Assert.DoesNotMatch(@"日前(?!（含当日）)", said));
        foreach (var what in new[] { "补正", "补交", "签署", "办结", "具备" })
            Assert.Contains(told, said => said.Contains($"前（含当日）{what}", StringComparison.Ordinal));
    }

    [Fact]
    public void Its_days_are_written_as_people_read_them()
    {
        var told = Stories.SelectMany(story => story.Facts.Select(fact => CaseNotifications.Of(story.Case, fact)?.Text)).OfType<Text>().ToArray();

        Assert.All(told, said => Assert.DoesNotMatch(@"\d{4}-\d\d-\d\d", $"{said.Zh} {said.En}"));
        Assert.Equal(new("2020年1月5日 09:30", "5 January 2020 09:30"), WrittenDay.Minute(new(2020, 1, 5, 1, 30, 0, TimeSpan.Zero)));
    }

    [Fact] // CASE-11
    public void A_company_is_told_that_somebody_applies_for_it_as_its_agent()
    {
        var agent = new Agent("李四", "11010519491231002X");
        var spec = new CaseSpec().When(Submission(Plain, "form") with { Agent = agent });

        var told = CaseNotifications.Of(spec.Case, spec.Then<CaseSubmitted>())!;

        Assert.Equal((new Way.AsApplicant(Company.Key), "经办人已为您提交申请", false), (Assert.Single(told.To), told.Title.Zh, told.IsAct));
        Assert.Null(CaseNotifications.Of(spec.Case, spec.Then<CaseSubmitted>() with { Agent = null }));
        Assert.Null(CaseNotifications.Of(spec.Case, spec.Then<CaseSubmitted>() with { By = Samples.Applicant }));
    }

    [Fact] // CASE-9
    public void Whoever_something_is_taken_in_for_at_a_window_is_told_so_each_party_before_it_signs()
    {
        static Asked AtAWindow(Asked asked) => asked with { By = Clerk(Department.Fire) with { Hall = "airport" }, Channel = Channel.Window };
        var taken = new CaseSpec().Given(AtAWindow(Submission(Plain, "form")));
        var sale = new CaseSpec().Given(AtAWindow(BySeller));
        var signing = CaseNotifications.Of(sale.Case, sale.Fact<SignaturesAwaited>())!;
        sale.Given(SignedBy(Seller), SignedBy(Buyer));

        var told = CaseNotifications.Of(taken.Case, taken.Fact<CaseSubmitted>())!;
        Assert.Equal((new Way.AsApplicant(Company.Key), "窗口已为您收件", false), (Assert.Single(told.To), told.Title.Zh, told.IsAct));
        Assert.Equal("窗口已为您收件", CaseNotifications.Of(taken.Case, taken.Fact<CaseSubmitted>() with { Agent = new("李四", "11010519491231002X") })!.Title.Zh);
        Assert.Equal((2, "窗口已为您收件", true), (signing.To.Count, signing.Title.Zh, signing.IsAct));
        Assert.Null(CaseNotifications.Of(sale.Case, sale.Fact<CaseSubmitted>()));
        var sent = CaseSpec.Submitted(Plain);
        Assert.Null(CaseNotifications.Of(sent.Case, sent.Fact<CaseSubmitted>()));
    }

    [Fact] // REV-1
    public void Whatever_is_decided_its_applicant_is_invited_to_rate_how_it_was_handled()
    {
        var inviting = Stories.SelectMany(story => story.Facts.Where(fact => CaseNotifications.Of(story.Case, fact) is { } told && told.Text.En.Contains("can be rated", StringComparison.Ordinal)));

        Assert.Equal(
            [typeof(CaseEnded), typeof(CaseGranted), typeof(CaseNotAccepted), typeof(CaseRefused)], inviting.Select(fact => fact.GetType()).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Fact] // of parties each, of what is decided by its submission nobody, whom the answer told
    public void Every_party_is_told_and_what_the_answer_says_is_not_said_twice()
    {
        var sale = new CaseSpec().Given(BySeller, SignedBy(Buyer)).At("2020-07-09 00:00").Passed();
        Assert.Equal(
            new[] { Seller.Key, Buyer.Key }.Order().Select(key => new Way.AsApplicant(key).Name), CaseNotifications.Of(sale.Case, sale.Fact<CaseAccepted>())!.To.Select(way => way.Name).Order());
        var committed = new CaseSpec().Given(Commitment(Committed));
        Assert.Equal([typeof(CaseGranted)], committed.Facts.Where(fact => CaseNotifications.Of(committed.Case, fact) is not null).Select(fact => fact.GetType()));
    }

    [Fact] // APP-2
    public void A_party_is_asked_for_its_signature_and_who_has_signed_is_not()
    {
        var sale = new CaseSpec().Given(BySeller);

        Assert.Equal([new Way.AsApplicant(Buyer.Key)], CaseNotifications.Of(sale.Case, sale.Fact<SignaturesAwaited>())!.To);
    }

    [Fact] // CLK-3: a hearing is told of once
    public void A_pause_is_told_with_the_day_by_which_it_ends_unless_it_is_for_a_hearing()
    {
        var paused = CaseSpec.Accepted().Given(Ask.PauseClock(Clerk(Lead), null, PauseReason.ExpertReview, "专家评审", "2020-07-10"));
        var until = paused.Fact<ClockPaused>().ExpectedUntil!.Value;

        Assert.Contains($"until {WrittenDay.Of(until).En}", CaseNotifications.Of(paused.Case, paused.Fact<ClockPaused>())!.Text.En, StringComparison.Ordinal);
        Assert.Null(CaseNotifications.Of(paused.Case, paused.Fact<ClockPaused>() with { Reason = PauseReason.Hearing }));
    }

    [Fact] // SIGHT-1
    public void Of_what_is_confidential_nobody_is_told()
    {
        var secret = CaseSpec.Submitted(Plain, "form", "lease").Given(Acceptance(Lead));

        Assert.NotNull(CaseNotifications.Of(secret.Case, secret.Fact<CaseAccepted>()));
        Assert.Null(CaseNotifications.Of(secret.Case with { Plan = secret.Case.Plan with { Confidential = true } }, secret.Fact<CaseAccepted>()));
    }

    [Fact] // whoever reads it over a shoulder learns of nobody: neither names nor numbers of people, nor anybody's words
    public void Nothing_of_it_says_who_somebody_is_or_what_they_wrote()
    {
        string[] words = [Company.Name, Company.Uscc!, Seller.Name, Seller.CitizenId!, Declared.Signatory, Reached.Phone, "李四", "空港大厅204室", "赵敏", Grounds.Reason];

        foreach (var (story, fact) in Stories.SelectMany(story => story.Facts.Select(fact => (story, fact))))
        {
            if (CaseNotifications.Of(story.Case, fact) is { } told)
                Assert.All(words, word => Assert.DoesNotContain(word, $"{told.Title} {told.Text}", StringComparison.Ordinal));
        }
    }
}
