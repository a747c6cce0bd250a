using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Documents;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>BAR-1 (行政许可法 art. 78): who gives false materials is not accepted or refused, warned, and barred from what bears on safety.</summary>
public class FalseMaterials
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax;

    private static readonly Item Safe = Plain with { Safety = true };

    private static Asked NotAccepted => Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.FalseMaterials, "检验报告系伪造");

    private static CaseSpec Accepted(Item item) => CaseSpec.Submitted(item, "form", "lease").Given(Acceptance(Lead));

    private static CaseSpec Barred(string day, Item? item = null) =>
        new CaseSpec().At($"{day} 10:00").Given(Submission(item ?? Safe, "form", "lease"), Acceptance(Lead), Ask.RefuseCase(Supervisor(Lead), Grounds, falseMaterials: true));

    [Theory] // BAR-1: one year from the decision, both ends to the day; a year that begins on 29 February ends on the 28th
    [InlineData("2020-07-01", "2021-07-01", "2021-07-02")]
    [InlineData("2020-02-28", "2021-02-28", "2021-03-01")]
    [InlineData("2024-02-29", "2025-02-28", "2025-03-01")]
    public void Whoever_is_barred_is_refused_the_item_for_a_year_from_the_decision(string decided, string last, string free)
    {
        var bars = Barred(decided).Case.Bars!;
        Assert.Equal([new Bar(Safe.Code, BarGround.FalseMaterials, China.Day(decided), China.Day(last), null)], bars);

        CaseSpec Again(string at) => new CaseSpec().At(at).When(Submission(Safe) with { Bars = bars });
        Again($"{decided} 23:59").ThenRefused(CaseRefusals.Barred, "/applicant");
        Assert.Contains(last, Again($"{last} 23:59:59").ThenRefused(CaseRefusals.Barred, "/applicant").Refused!.Fields[0].Detail!.En, StringComparison.Ordinal);
        Assert.Null(Again($"{free} 00:00").Refused);
        Assert.Null(new CaseSpec().At($"{last} 10:00").When(Submission(Safe with { Code = "OTHER" }) with { Bars = bars }).Refused);
    }

    [Theory] // BAR-1 (该行政许可): of its item, and of whatever issues the same, but neither filed nor given back
    [InlineData("CUST-004-01", null, "CUST-004-02", true)]
    [InlineData("CUST-004-02", null, "CUST-004-01", true)]
    [InlineData("SAMR-009-01", null, "SAMR-011", true)]
    [InlineData("FIRE-001-02", null, "PSEC-001-02", true)]
    [InlineData("SAMR-009-01", null, "SAMR-009-06", false)]
    [InlineData("SAMR-009-06", null, "SAMR-009-06", true)]
    [InlineData("CONS-011-01", null, "CONS-011-03", false)]
    [InlineData("SAMR-012", null, "SAMR-019", false)]
    [InlineData("CUST-004-01", null, "SAMR-009-01", false)]
    [InlineData("SAMR-011", null, "FIRE-001-01", true)]
    [InlineData("SAMR-011", "food-business-licence", "FIRE-001-01", false)]
    [InlineData("SAMR-011", "fire-check-opinion", "FIRE-001-01", true)]
    public void A_bar_is_on_the_permission_whichever_item_somebody_applies_by(string barred, string? of, string wanted, bool isBarred)
    {
        ItemPublished[] zone = [.. CatalogueData.Zone().Select(item => new ItemPublished(default, 1, default, item))];
        var step = of is null ? null : zone.Single(one => one.Item.Code == barred).Item.Procedure.Steps.Single(s => s.Issues?.Code == of).Code;

        Assert.Equal(isBarred, Permission.Of(wanted, zone)?.IsOf(barred, step) == true);
    }

    [Fact] // BAR-1, SIGHT-1: the refusal says whose bar it is, unless nobody is to know
    public void The_refusal_says_of_which_item_the_bar_is()
    {
        var bars = Barred("2020-07-01").Case.Bars!;
        Text Told(Item barred) => new CaseSpec().When(Submission(Plain with { Code = "NEXT" }) with { Bars = bars, Catalogue = [barred] }).ThenRefused(CaseRefusals.Barred, "/applicant").Refused!.Fields[0].Detail!;

        Assert.Equal(new("因提供虚假材料（事项 TEST-ITEM），至 2021-07-01 止不得再次申请该行政许可。", "Because of false materials in TEST-ITEM nobody applies for that permission again until 2021-07-01, that day included."), Told(Safe));
        Assert.DoesNotContain("TEST-ITEM", $"{Told(Safe with { Confidential = true })}", StringComparison.Ordinal);
        // What nobody is ever barred from asks for nobody's bars.
        Assert.Null(Case.MayBeBarred(null, new SubmitCase(Plain.Code, Channel.Online, Company, null, []), Submission(Plain).At(China.At("2020-07-01 10:00"))));
    }

    [Fact] // BAR-1 (行政许可法 art. 79): three years where a licence was had by deceit and so annulled, of what bears on safety alone
    public void Whoever_had_a_licence_by_deceit_is_refused_the_item_for_three_years()
    {
        var barred = Assert.IsType<ApplicantBarred>(Assert.Single(Accepted(Safe).Case.Deceived(China.At("2020-07-01 10:00"), Supervisor(Lead), "review")));
        Assert.Equal((BarGround.Deceit, China.Day("2020-07-01"), China.Day("2023-07-01"), "review"), (barred.Ground, barred.From, barred.Until, barred.Step));

        var again = new CaseSpec().At("2023-07-01 23:59:59").When(Submission(Safe) with { Bars = [new(Safe.Code, barred.Ground, barred.From, barred.Until, barred.Step)] });
        Assert.Contains("deceit", again.ThenRefused(CaseRefusals.Barred, "/applicant").Refused!.Fields[0].Detail!.En, StringComparison.Ordinal);
        Assert.Empty(Accepted(Plain).Case.Deceived(China.At("2020-07-01 10:00"), Supervisor(Lead), "review"));
    }

    [Fact] // BAR-1, APP-2: each is asked of their own when they sign, and nobody learns of another's
    public void Of_joint_parties_whoever_signs_is_held_to_their_own_bar()
    {
        var safe = Sale with { Safety = true };
        var (begin, bars) = (BySeller with { Item = safe }, new[] { new Bar(safe.Code, BarGround.FalseMaterials, China.Day("2020-06-01"), China.Day("2021-06-01"), null) });

        new CaseSpec().When(begin with { Bars = bars }).ThenRefused(CaseRefusals.Barred, "/applicant");
        var spec = new CaseSpec().Given(begin);
        spec.When(SignedBy(Buyer) with { Bars = bars, Catalogue = [safe] }).ThenRefused(CaseRefusals.Barred);
        spec.When(SignedBy(Buyer)).Fact<CaseSubmitted>();

        IReadOnlyList<string>? Asked(Case? state, Asked asked) => Case.MayBeBarred(state, asked.Command, asked.At(China.At("2020-07-01 10:00")));
        Assert.Equal([Seller.Key], Asked(null, begin));
        Assert.Equal([Buyer.Key], Asked(new CaseSpec().Given(begin).Case, SignedBy(Buyer) with { Catalogue = [safe] }));
        Assert.Null(Asked(null, BySeller));
    }

    [Fact] // BAR-1: art. 78 bars from licences that bear on safety alone
    public void Without_bearing_on_safety_nobody_is_barred()
    {
        Accepted(Plain).When(Ask.RefuseCase(Supervisor(Lead), Grounds, falseMaterials: true)).Then(typeof(StepCancelled), typeof(CaseRefused));
        Accepted(Safe with { Act = Act.Registration }).When(Ask.RefuseCase(Supervisor(Lead), Grounds, falseMaterials: true)).Then(typeof(StepCancelled), typeof(CaseRefused));
        Accepted(Safe).When(Ask.RefuseCase(Supervisor(Lead), Grounds)).Then(typeof(StepCancelled), typeof(CaseRefused));
        CaseSpec.Submitted(Safe).When(Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.NoLicenceNeeded, "无须许可")).Then(typeof(StepCancelled), typeof(CaseNotAccepted));
    }

    [Fact] // BAR-1: before acceptance, in a step or of the whole
    public void Every_way_to_say_no_for_false_materials_bars()
    {
        CaseSpec.Submitted(Safe).When(NotAccepted).Then(typeof(StepCancelled), typeof(CaseNotAccepted), typeof(ApplicantBarred));
        Accepted(Safe).When(Ask.RefuseCase(Supervisor(Lead), Grounds, falseMaterials: true)).Then(typeof(StepCancelled), typeof(CaseRefused), typeof(ApplicantBarred));
        var step = CaseSpec.Licensed(Joint with { Safety = true }).When(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds, falseMaterials: true))
            .Then(typeof(StepRefused), typeof(ApplicantBarred), typeof(StepCancelled));
        Assert.Equal("invoices", step.Fact<ApplicantBarred>().Step);
        step.When(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds, falseMaterials: true)).ThenNothing();
        step.When(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds)).ThenRefused(CaseRefusals.StepNotOpen); // on other grounds it is another refusal
    }

    [Fact] // CASE-13, BAR-1: the answer at once is art. 32's, not art. 78's; once it is accepted there is only refusal
    public void That_materials_are_false_may_be_found_until_the_answer_is_due()
    {
        var spec = CaseSpec.Submitted(Safe).At("2020-07-08 23:59");
        spec.When(NotAccepted with { By = Clerk(Lead) }).ThenRefused(CaseRefusals.OnlyASupervisorRefuses);
        spec.When(NotAccepted).Then(typeof(StepCancelled), typeof(CaseNotAccepted), typeof(ApplicantBarred));
        spec.When(NotAccepted).ThenNothing();

        CaseSpec.Submitted(Safe).At("2020-07-09 00:00").When(NotAccepted).ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // BAR-1: nobody comes to the item by way of another
    public void A_case_is_not_moved_to_an_item_from_which_its_applicant_is_barred()
    {
        var item = Safe with { Code = "SAFE" };
        var moving = Ask.MoveCaseToItem(Clerk(Lead), item, 1, "应为此事项") with { Bars = Barred("2020-06-01", item).Case.Bars! };

        CaseSpec.Submitted(Plain).When(moving).ThenRefused(CaseRefusals.Barred, "/item");
        CaseSpec.Submitted(Plain).When(moving with { Bars = [] }).Then<CaseMovedToItem>();
    }

    [Fact] // BAR-1: all who apply are found by it, however they are known, and nobody comes to a case by it
    public void The_bar_is_found_by_everybody_who_applied()
    {
        var founders = new Applicant(ApplicantKind.Founders, Founders:
        [
            new(ApplicantKind.Person, "陈建国", Identifier: new(IdentifierKind.HmtResidencePermit, "810000199408230021")), new(ApplicantKind.LegalEntity, Company.Name, Company.Uscc),
        ], Representative: 0, Subject: new("新设公司", SubjectKind.Company));
        var item = Safe with { Applicants = [ApplicantKind.Founders] };
        var barred = new CaseSpec().Given(Submission(item, "form", "lease") with { Applicant = founders }, NotAccepted).Case;

        Assert.Equal(
            [new Way.AsBarred("person:810000199408230021"), new Way.AsBarred(Company.Key)], barred.Find().Places.Select(p => p.Way).OfType<Way.AsBarred>());
        Assert.DoesNotContain(Accepted(Safe).Case.Find().Places, p => p.Way is Way.AsBarred);
        Assert.DoesNotContain(CaseSight.WaysTo(Samples.Applicant, barred.ChangedAt), way => way is Way.AsBarred);
    }

    [Fact] // BAR-1, DOC-1, REM-1: the warning and the bar are told with the decision and its remedies
    public void The_document_warns_and_says_until_when()
    {
        string[] Told(CaseSpec spec, Item item) => [.. spec.Facts.Select(fact => Draft.Of(spec.Case, item, fact)).OfType<Draft>().Last().Paragraphs];
        var declined = Told(CaseSpec.Submitted(Safe).Given(NotAccepted), Safe);
        var refused = Told(Barred("2020-07-01"), Safe);

        Assert.EndsWith("隐瞒有关情况或者提供虚假材料。依据《中华人民共和国行政许可法》第七十八条的规定，决定不予受理。", declined[0], StringComparison.Ordinal);
        Assert.Contains("隐瞒有关情况或者提供虚假材料。依据行政许可法第三十八条，决定不予行政许可。", refused[0], StringComparison.Ordinal);
        foreach (var told in new[] { declined, refused })
        {
            Assert.Equal("依据《中华人民共和国行政许可法》第七十八条的规定，对你单位给予警告。", told[1]);
            Assert.Contains("自2020年7月1日起一年内即至2021年7月1日止不得再次申请该行政许可", told[2], StringComparison.Ordinal);
            Assert.Contains("申请行政复议", told[^1], StringComparison.Ordinal);
        }
        // Without bearing on safety there is the warning alone; what is no licence is no matter of that law.
        Assert.DoesNotContain("不得再次申请", string.Concat(Told(CaseSpec.Submitted(Plain).Given(NotAccepted), Plain)), StringComparison.Ordinal);
        var service = Plain with { Act = Act.Service };
        Assert.DoesNotContain("警告", string.Concat(Told(CaseSpec.Submitted(service).Given(NotAccepted), service)), StringComparison.Ordinal);
    }
}
