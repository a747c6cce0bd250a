using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Documents;

/// <summary>DOC-1: what is told in writing of which facts, and how it reads.</summary>
public class Drafts
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax;

    private static Draft[] Of(CaseSpec spec, Item item) => [.. spec.Facts.Select(fact => Draft.Of(spec.Case, item, fact)).OfType<Draft>()];

    [Fact] // DOC-1: 行政许可法 arts. 32, 36, 38, 42, 45, 48
    public void Of_every_fact_it_is_said_whether_it_makes_a_document()
    {
        var made = Stories.SelectMany(story => story.Facts.Select(fact => (fact.GetType(), Draft.Of(story.Case, Plain, fact)?.Act))).Where(told => told.Act is not null)
            .Distinct().OrderBy(told => told.Item1.Name, StringComparer.Ordinal).Select(told => $"{told.Item1.Name} {told.Act}");

        Assert.Equal(
        [
            "CaseAccepted Acceptance", "CaseLapsed Lapse", "CaseNotAccepted NonAcceptance", "CaseRefused Refusal", "ClockPaused SpecialProcedure", "CorrectionRequested CorrectionNotice",
            "HearingCalled Hearing", "StatutoryLimitExtended Extension", "StepGranted Grant", "StepRefused Refusal", "ThirdPartiesTold ThirdPartyNotice",
        ], made);
    }

    [Fact] // DOC-1: art. 38 II, REM-1
    public void A_refusal_states_basis_reason_and_remedies_and_is_of_the_authority_that_decided()
    {
        var refusal = Of(CaseSpec.Licensed().Given(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds)), Joint)[^1];

        Assert.Equal((DocumentAct.Refusal, Tax, "不予行政许可决定书", Company.Name), (refusal.Act, refusal.Authority, refusal.Title, refusal.Holder));
        Assert.StartsWith("你单位于2020年7月1日提出的“测试事项”申请（办件编号：", refusal.Paragraphs[0], StringComparison.Ordinal);
        Assert.EndsWith("依据行政许可法第三十八条，决定不予行政许可。", refusal.Paragraphs[0], StringComparison.Ordinal);
        Assert.Equal("理由：场地不符合要求", refusal.Paragraphs[1]);
        Assert.Contains("向国家税务总局天津市税务局（", refusal.Paragraphs[2], StringComparison.Ordinal);
    }

    [Fact] // BAR-1, REM-1: 行政许可法 art. 79; what false materials bar from stands in the refusal (art. 78)
    public void A_bar_for_deceit_says_until_when_it_holds_and_what_can_be_done_against_it()
    {
        var granted = CaseSpec.Submitted(Plain with { Safety = true }, "form", "lease").Given(Acceptance(Lead), Grant(Lead, "review")).Case;
        var barred = (ApplicantBarred)granted.Deceived(China.At("2020-08-03 10:00"), Supervisor(Department.Customs), "review")[0];
        var after = Case.Evolve(granted, barred);

        var told = Draft.Of(after, Plain, barred)!;

        Assert.Equal((DocumentAct.Bar, Department.Customs, China.Day("2020-08-03")), (told.Act, told.Authority, told.On));
        Assert.Contains("第七十九条的规定，你单位自2020年8月3日起三年内即至2023年8月3日止不得再次申请该行政许可，期满自动解除。", told.Paragraphs[0], StringComparison.Ordinal);
        var remedy = Assert.Single(after.Remedies, r => r.Act == RemedyAct.Bar);
        Assert.Equal((Remedy.Against(RemedyAct.Bar, Department.Customs) with { Step = "review" }, $"救济途径：{remedy.InWords().Zh}"), (remedy, told.Paragraphs[^1]));
        Assert.Null(Draft.Of(after, Plain, barred with { Ground = BarGround.FalseMaterials }));
    }

    [Fact] // MODE-1, MODE-2
    public void Nobody_is_told_that_something_was_examined_which_nobody_has()
    {
        string Granted(CaseSpec spec) => Of(spec, Plain)[^1].Paragraphs[0];

        Assert.Contains("申请人已签署告知承诺书", Granted(new CaseSpec().Given(Commitment(Committed))), StringComparison.Ordinal);
        Assert.Contains("材料齐全，予以备案", Granted(CaseSpec.Submitted(Plain with { Act = Act.Filing }, "form", "lease")), StringComparison.Ordinal);
        Assert.Contains("经审查", Granted(CaseSpec.Accepted().Given(Grant(Lead, "review"))), StringComparison.Ordinal);
    }

    [Fact] // DOC-1, CASE-11
    public void A_notice_calls_a_field_what_the_form_calls_it() => Assert.Equal(
        "1. 申请表“某项area”：与租赁合同不符", Of(Stated.Asked().Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("与租赁合同不符", Field: "/form/area")])), Plain)[^1].Paragraphs[1]);

    [Fact] // CASE-13, DOC-1: art. 32 I (1), (2)
    public void Not_accepting_says_whose_matter_it_is_and_where_to_turn()
    {
        var told = Of(CaseSpec.Submitted(Plain).Given(Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.NotOurCompetence, "住所在外区", "河西区市场监督管理局")), Plain)[^1];

        Assert.Equal((DocumentAct.NonAcceptance, Lead, "不予受理通知书"), (told.Act, told.Authority, told.Title));
        Assert.EndsWith("第三十二条第一款第（二）项的规定，决定不予受理，请向河西区市场监督管理局申请。", told.Paragraphs[0], StringComparison.Ordinal);
        Assert.Equal("理由：住所在外区", told.Paragraphs[1]);
        Assert.Contains("申请行政复议", told.Paragraphs[2], StringComparison.Ordinal);
    }

    [Fact] // CASE-4: the lead's refusal of the whole is one document
    public void A_refusal_of_the_whole_is_the_leads()
    {
        var refused = Of(CaseSpec.Accepted().Given(Ask.RefuseCase(Supervisor(Lead), Grounds)), Plain)[^1];

        Assert.Equal((DocumentAct.Refusal, Lead), (refused.Act, refused.Authority));
    }

    [Fact] // DOC-1: art. 32 I
    public void An_acceptance_states_both_limits_and_one_by_law_says_so()
    {
        var accepted = Of(CaseSpec.Accepted(), Plain)[0];
        Assert.Contains("第三十二条第一款第（五）项的规定，自2020年7月1日起予以受理。", accepted.Paragraphs[0], StringComparison.Ordinal);
        Assert.Equal("法定办理时限：20个工作日，至2020年7月29日止。承诺办理时限：5个工作日，至2020年7月8日止。", accepted.Paragraphs[1]);

        var submitted = CaseSpec.Submitted(Plain, "form", "lease").Case;
        var byLaw = submitted.Lapse(LegalClock.Zone, China.At("2020-07-09 00:00"))[0];
        Assert.Contains("第（四）项的规定，自收到申请材料之日即2020年7月1日起视为受理。", Draft.Of(Case.Evolve(submitted, byLaw), Plain, byLaw)!.Paragraphs[0], StringComparison.Ordinal);
        Assert.Equal("法定办理时限：20个工作日，至2020年7月29日止。承诺办理时限：5个工作日，已于2020年7月8日届满，未能兑现。", Draft.Of(Case.Evolve(submitted, byLaw), Plain, byLaw)!.Paragraphs[1]);
    }

    [Fact] // HEAR-1, HEAR-2: 行政许可法 arts. 36, 47, 48
    public void Third_parties_and_hearings_are_told_of_with_day_place_presider_and_rights()
    {
        var told = Of(Stories.Single(story => story.Facts.OfType<HearingClosed>().Any()), Joint);

        var notice = Assert.Single(told, draft => draft.Act == DocumentAct.ThirdPartyNotice);
        Assert.Equal((Tax, "利害关系人陈述申辩告知书"), (notice.Authority, notice.Title));
        Assert.EndsWith("第三十六条的规定，告知业主委员会：", notice.Paragraphs[0], StringComparison.Ordinal);
        Assert.Equal("利害关系人可以在2020年7月8日前（含当日）向本机关陈述、申辩；你单位同样有权陈述、申辩。", notice.Paragraphs[1]);
        var hearing = Assert.Single(told, draft => draft.Act == DocumentAct.Hearing);
        Assert.Contains("依法应当听证。依据《中华人民共和国行政许可法》第四十八条的规定，定于2020年7月14日在空港大厅204室公开举行听证，由赵敏主持", hearing.Paragraphs[0], StringComparison.Ordinal);
        Assert.Contains("有权申请回避", hearing.Paragraphs[1], StringComparison.Ordinal);
    }

    [Fact] // DOC-1: what is no licence is not called one
    public void Other_matters_do_not_cite_the_law_of_licences()
    {
        var service = Plain with { Category = Category.PublicService, LegalBasis = ["《就业促进法》第三十五条"] };
        var granted = Of(CaseSpec.Accepted().Given(Grant(Lead, "review")), service);

        Assert.All(granted, draft => Assert.DoesNotContain("行政许可", draft.Title + string.Concat(draft.Paragraphs), StringComparison.Ordinal));
        Assert.Contains("依据《就业促进法》第三十五条及有关规定，决定准予办理。", granted[^1].Paragraphs[0], StringComparison.Ordinal);
        Assert.Equal("办理结果告知书", granted[^1].Title);
        Assert.Equal("准予行政许可决定书", Of(CaseSpec.Accepted().Given(Grant(Lead, "review")), Plain)[^1].Title);
    }

    [Fact] // DOC-1: 一次性告知
    public void A_notice_lists_everything_that_is_missing()
    {
        var notice = Of(CaseSpec.Submitted(Plain).Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("请重签", "form"), new("请补充英文名称")])), Plain)[0];

        Assert.Equal(["1. form：请重签", "2. 请补充英文名称"], notice.Paragraphs.Skip(1).Take(2));
    }

    [Fact] // DOC-1, CASE-10, MODE-7
    public void Of_a_last_day_it_is_said_that_it_counts()
    {
        var told = Stories.SelectMany(story => Of(story, Plain)).ToArray();

        Assert.Contains(told, draft => draft.Paragraphs.Any(said => said.Contains("请于2020年8月3日前（含当日）补交。", StringComparison.Ordinal)));
        Assert.Contains(told, draft => draft.Paragraphs.Any(said => said.EndsWith("日前（含当日）补正；可以申请延长一次。逾期未补正的，经提醒后终止办理，不影响重新申请。", StringComparison.Ordinal)));
        Assert.All(told.SelectMany(draft => draft.Paragraphs), said => Assert.DoesNotMatch("日前(?!（含当日）)", said));
    }

    [Fact] // DOC-1
    public void A_text_begins_with_whose_it_is_and_ends_with_date_and_code()
    {
        var draft = Of(CaseSpec.Accepted(), Plain)[0];

        var lines = draft.Text(draft.Act.Number(draft.Authority, 2020, 7), "ABCD").Split('\n');

        Assert.Equal(["天津港保税区市场监督管理局", "受理通知书", "市监受〔2020〕7号", "", Company.Name + "："], lines.Take(5));
        Assert.Equal(["天津港保税区市场监督管理局", "2020年7月1日", "查验码：ABCD"], lines.TakeLast(3));
    }

    [Fact] // DOC-1: GB/T 9704
    public void Numbers_of_departments_and_acts_begin_differently()
    {
        var numbers = Enum.GetValues<Department>().SelectMany(d => Enum.GetValues<DocumentAct>().Select(act => act.Number(d, 2026, 1))).ToArray();

        Assert.Equal(numbers.Length, numbers.Distinct().Count());
        Assert.All(Enum.GetValues<DocumentAct>(), act => Assert.NotEqual(act.Name().Zh, act.Name().En));
    }
}
