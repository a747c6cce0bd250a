using System.Reflection;
using OneDoor.Cases;
using Xunit;
using static OneDoor.Reviews.ReviewSpec;

namespace OneDoor.Reviews;

/// <summary>Every refusal of a review is produced by the rule, by one story at least.</summary>
public class EveryReviewRefusal
{
    private static readonly Dictionary<Refusal, Func<ReviewSpec>> Stories = new()
    {
        [ReviewRefusals.NotFound] = () => new ReviewSpec().Do(new AppealReview("不对。"), Rated),
        [ReviewRefusals.NotYours] = () => new ReviewSpec().Do(new GiveReview(ReviewGrade.Fair, CaseId), Rated),
        [ReviewRefusals.CaseUnknown] = () => new ReviewSpec().Do(new GiveReview(ReviewGrade.Fair, CaseId), Stranger),
        [ReviewRefusals.MatterMissing] = () => new ReviewSpec().Do(new GiveReview(ReviewGrade.Fair), Applicant),
        [ReviewRefusals.TicketUnknown] = () => new ReviewSpec(visit: Visit).OfVisit(Stranger),
        [ReviewRefusals.NotServed] = () => new ReviewSpec(visit: Visit with { ServedBy = null }).OfVisit(),
        [ReviewRefusals.CaseConfidential] = () => new ReviewSpec(Granted with { Plan = Granted.Plan with { Confidential = true } }).Given(),
        [ReviewRefusals.DepartmentInvalid] = () => new ReviewSpec().Given(department: Department.Tax),
        [ReviewRefusals.TagUnknown] = () => new ReviewSpec().Do(new GiveReview(ReviewGrade.Fair, CaseId, Tags: ["moon"]), Applicant),
        [ReviewRefusals.TextInvalid] = () => new ReviewSpec().Given().Do(new AppealReview(" "), Rated),
        [ReviewRefusals.NotSubmitted] = () => new ReviewSpec(new CaseSpec().Given(Samples.BySeller, Ask.WithdrawCase(Samples.SellerSignedIn, null)).Case).Do(new GiveReview(ReviewGrade.Fair, CaseId), Samples.SellerSignedIn),
        [ReviewRefusals.TooEarly] = () => new ReviewSpec(CaseSpec.Licensed().Case).Given(department: Department.SocialSecurity),
        [ReviewRefusals.TooLate] = () => new ReviewSpec().At("2020-08-01 00:00").Given(),
        [ReviewRefusals.AlreadyGiven] = () => new ReviewSpec().Do(new GiveReview(ReviewGrade.Fair, CaseId), Applicant, [null]),
        [ReviewRefusals.NotYoursToAppeal] = () => new ReviewSpec().Given().Do(new AppealReview("不对。"), Head),
        [ReviewRefusals.AppealedAlready] = () => new ReviewSpec().Appealed().Do(new AppealReview("还是不对。"), Rated),
        [ReviewRefusals.NeedsSupervisor] = () => new ReviewSpec().Given().Do(new ExcludeReview("恶意。"), Office),
        [ReviewRefusals.AppealedYourself] = () => new ReviewSpec().OfOffice().Do(new AppealReview("不对。"), Head).Do(new ExcludeReview("恶意。"), Head),
        [ReviewRefusals.NotInThisState] = () => new ReviewSpec().Given().Do(new RejectReviewAppeal("没有申诉。"), Head),
    };

    [Fact]
    public void Every_refusal_is_produced() => Assert.All(Stories, story => Assert.Equal(story.Key.Code, story.Value().Refused?.Code));

    [Fact]
    public void No_refusal_is_without_a_story() => Assert.Equal(
        typeof(ReviewRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal),
        Stories.Keys.Select(r => r.Code).Order(StringComparer.Ordinal));
}
