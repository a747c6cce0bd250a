using OneDoor.Cases;
using Xunit;
using static OneDoor.Reviews.ReviewSpec;

namespace OneDoor.Reviews;

/// <summary>REV-1, REV-3: who rates what, when and how often.</summary>
public class Rating
{
    [Fact]
    public void A_matter_can_be_rated_whatever_became_of_it_and_while_it_runs()
    {
        Case[] matters =
        [
            Granted, CaseSpec.Accepted().Case, CaseSpec.Submitted(Samples.Plain).Case,
            CaseSpec.Accepted().Given(Ask.RefuseCase(Samples.Supervisor(Department.MarketRegulation), Samples.Grounds)).Case,
            CaseSpec.Accepted().Given(Ask.WithdrawCase(Samples.Agency, "不办了")).Case,
            CaseSpec.Submitted(Samples.Plain).Given(Ask.DeclineCase(Samples.Supervisor(Department.MarketRegulation), NonAcceptanceKind.NotOurCompetence, "住所在外区", "河西区市场监督管理局")).Case,
        ];

        Assert.Equal(6, matters.Select(m => m.Status).Distinct().Count());
        Assert.All(matters, matter => new ReviewSpec(matter).Given().Then(ReviewStatus.Given));
    }

    [Fact]
    public void What_joint_parties_have_not_all_signed_is_no_matter_yet() =>
        new ReviewSpec(new CaseSpec().Given(Samples.BySeller).Case).Do(new GiveReview(ReviewGrade.Fair, CaseId), Samples.SellerSignedIn).ThenRefused(ReviewRefusals.TooEarly);

    [Fact]
    public void What_ended_before_all_had_signed_is_none_and_never_will_be() =>
        new ReviewSpec(new CaseSpec().Given(Samples.BySeller, Ask.WithdrawCase(Samples.SellerSignedIn, null)).Case).Do(new GiveReview(ReviewGrade.Fair, CaseId), Samples.SellerSignedIn).ThenRefused(ReviewRefusals.NotSubmitted);

    [Theory]
    [InlineData("2020-07-31 23:59:59", null)]
    [InlineData("2020-08-01 00:00", "review.too-late")]
    public void It_is_open_for_thirty_days_after_the_end(string at, string? refused)
    {
        Assert.Equal(refused, new ReviewSpec().At(at).Given().Refused?.Code);
        Assert.Equal(refused, new ReviewSpec(CaseSpec.Accepted().Given(Ask.WithdrawCase(Samples.Agency, "不办了")).Case).At(at).Given().Refused?.Code);
        Assert.Null(new ReviewSpec(CaseSpec.Accepted().Case).At("2021-07-01 09:00").Given().Refused);
    }

    [Fact]
    public void Only_its_applicant_rates_a_matter()
    {
        var rating = new GiveReview(ReviewGrade.VerySatisfied, CaseId);

        new ReviewSpec().Do(rating, Stranger).ThenRefused(ReviewRefusals.CaseUnknown, "/case");
        Assert.All([Rated, Head, Samples.Agency], department => new ReviewSpec().Do(rating, department).ThenRefused(ReviewRefusals.NotYours));
        // Who submitted it for somebody else sees it, and is not served by it.
        new ReviewSpec(Granted with { SubmittedBy = Stranger.Subject }).Do(rating, Stranger).ThenRefused(ReviewRefusals.NotYours);
    }

    [Fact]
    public void One_matter_has_one_rating_and_a_joint_one_besides_one_for_each_department()
    {
        new ReviewSpec().Do(new GiveReview(ReviewGrade.Fair, CaseId), Applicant, given: [null]).ThenRefused(ReviewRefusals.AlreadyGiven);

        var joint = CaseSpec.Licensed().Case;
        new ReviewSpec(joint).Given().Then(ReviewStatus.Given);
        var ofTax = new ReviewSpec(joint).Do(new GiveReview(ReviewGrade.Fair, CaseId, Department: Department.Tax), Applicant, given: [null, Department.PublicSecurity]);
        ofTax.Then(ReviewStatus.Given);
        Assert.Equal((Department.Tax, Department.Tax), (ofTax.State.Unit, ofTax.State.Part!.Value));
        Assert.Equal(Department.MarketRegulation, new ReviewSpec(joint).Given().State.Unit);
        new ReviewSpec(joint).Do(new GiveReview(ReviewGrade.Fair, CaseId, Department: Department.Tax), Applicant, given: [Department.Tax]).ThenRefused(ReviewRefusals.AlreadyGiven);
        // Insurance waits for seals and invoices, customs has no part in it, and a plain matter has no parts.
        new ReviewSpec(joint).Given(department: Department.SocialSecurity).ThenRefused(ReviewRefusals.TooEarly);
        new ReviewSpec(joint).Given(department: Department.Customs).ThenRefused(ReviewRefusals.DepartmentInvalid, "/department");
        new ReviewSpec().Given(department: Department.MarketRegulation).ThenRefused(ReviewRefusals.DepartmentInvalid, "/department");
    }

    [Fact]
    public void What_can_be_named_depends_on_the_channel_and_stays_what_it_was()
    {
        var agency = new ReviewSpec().Do(new GiveReview(ReviewGrade.Fair, CaseId, Tags: ["attitude"]), Applicant);
        agency.Then(ReviewStatus.Given);
        Assert.Equal((ReviewChannel.OnSite, "on-site-2019"), (agency.State.Channel, agency.State.Indicators));
        new ReviewSpec().Do(new GiveReview(ReviewGrade.Fair, CaseId, Tags: ["platform", "attitude", "attitude"], Comment: " "), Applicant)
            .ThenRefused(ReviewRefusals.TagUnknown, "/tags/0", "/tags/2", "/comment");
        Assert.Equal(IndicatorSets.All.Count, IndicatorSets.All.Select(s => s.Version).Distinct().Count());
        Assert.Null(IndicatorSets.InForce(ReviewChannel.Online, new DateOnly(2019, 12, 2)));
        Assert.Equal("online-2019", IndicatorSets.InForce(ReviewChannel.Online, new DateOnly(2019, 12, 3))!.Version);
    }

    [Fact]
    public void The_middle_grade_counts_as_positive_and_what_is_excluded_counts_nowhere()
    {
        static ReviewCount Of(ReviewSpec spec, int count = 1) => new(spec.State.Unit, spec.State.Grade, spec.State.Status, count);
        var excluded = Of(new ReviewSpec().Given().Do(new ExcludeReview("恶意。"), Head));

        var figures = Assert.Single(ReviewFigures.Of(
            new(2020, 7, 1), new(2020, 7, 31),
            [Of(new ReviewSpec().Given(ReviewGrade.VerySatisfied)), Of(new ReviewSpec().Given(ReviewGrade.Fair), 3), Of(new ReviewSpec().Given(ReviewGrade.VeryDissatisfied)), Of(new ReviewSpec().Appealed()), excluded]).Units);

        Assert.Equal(new ReviewUnitFigures(Department.MarketRegulation, new(1, 0, 3, 1, 1), new(0.6667m, 4, 6), 1), figures);
        Assert.Equal(new PositiveShare(null, 0, 0), ReviewUnitFigures.Of(Department.Tax, [excluded]).Positive);
    }
}
