using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>行政许可法 art. 57: licences of a limited number are had in order of acceptance, among those who satisfy what the law asks.</summary>
public class LimitedNumbers
{
    private const Department Lead = Department.MarketRegulation;
    private const string Kind = "food-business-licence";

    private static readonly Places Three = new(3, "《测试法》第三条");

    /// <summary>(B20)</summary>
    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(2, 0, null)]
    [InlineData(0, 2, null)]
    [InlineData(1, 1, null)]
    [InlineData(2, 1, "case.earlier-first")]
    [InlineData(0, 3, "case.earlier-first")]
    [InlineData(3, 0, "case.places-taken")]
    [InlineData(4, 9, "case.places-taken")]
    public void A_place_is_left_for_whom_those_before_leave_one(int taken, int earlier, string? refused)
    {
        var spec = CaseSpec.Accepted().When(Grant(Lead, "review") with { PlacesLeft = new(Three, taken, earlier) });

        Assert.Equal(refused, spec.Refused?.Code);
        Assert.Equal(refused is null ? CaseStatus.Granted : CaseStatus.Accepted, spec.Case.Status);
        // Over the number it is refused, with that as its reason.
        if (refused == "case.places-taken")
            spec.When(Ask.RefuseStep(Supervisor(Lead), "review", new("《行政许可法》第五十七条", "名额已满", RefusalGrounds.StatutoryRemedy))).Fact<StepRefused>();
    }

    [Fact]
    public void It_is_said_how_many_there_are_and_by_which_law()
    {
        var full = CaseSpec.Accepted().When(Grant(Lead, "review") with { PlacesLeft = new(Three, 3, 1) }).Refused!;
        Assert.Equal(("名额3个（《测试法》第三条），现有有效证照3份。", "There are 3 (《测试法》第三条), and 3 licences stand."), (full.Detail!.Zh, full.Detail.En));

        var early = CaseSpec.Accepted().When(Grant(Lead, "review") with { PlacesLeft = new(Three, 2, 4) }).Refused!;
        Assert.Equal("剩余名额1个，先受理而未决定的申请4件。", early.Detail!.Zh);
    }

    /// <summary>(B20)</summary>
    [Fact] // as long as it may still have one: accepted, not decided, and for the same
    public void Who_was_accepted_earlier_and_is_undecided_is_before()
    {
        var (first, later) = (Accepted("2020-07-01 10:00"), Accepted("2020-07-01 10:01") with { Id = Guid.Parse("02900000-0000-7000-8000-000000000001") });

        Assert.True(IsBefore(first, later));
        Assert.False(IsBefore(later, first));
        Assert.False(IsBefore(first, first));
        Assert.False(first.IsBefore("business-licence", later, replaces: false));
        Assert.False(IsBefore(CaseSpec.Submitted(Licensing, "form", "lease").Case, later));
        Assert.False(IsBefore(Spec("2020-07-01 10:00").Given(Grant(Lead, "review")).Case, later));
        Assert.False(IsBefore(Spec("2020-07-01 10:00").Given(Ask.RefuseStep(Supervisor(Lead), "review", Grounds)).Case, later));
        // Of two accepted at once it is the one that came first.
        Assert.True(IsBefore(first, later with { AcceptedAt = first.AcceptedAt }));
        Assert.False(IsBefore(later, first with { AcceptedAt = later.AcceptedAt }));
    }

    /// <summary>(B20)</summary>
    [Fact] // LIC-5: by whatever item it asks; a renewal needs no place as long as what it renews stands, and one once that has ended
    public void A_renewal_is_before_where_what_it_renews_stands_no_more()
    {
        var later = Accepted("2020-07-01 10:01") with { Id = Guid.Parse("02900000-0000-7000-8000-000000000001") };
        var renewal = Accepted("2020-07-01 10:00") with { Renewal = new("JY1", China.Day("2020-07-31"), RunsFrom.Expiry, KeepsNumber: true, China.At("2020-07-01 09:00")) };
        renewal = renewal with { Plan = renewal.Plan with { Item = "RENEWAL" } };

        Assert.False(renewal.IsBefore(Kind, later, replaces: true));
        Assert.True(renewal.IsBefore(Kind, later, replaces: false));
    }

    private static bool IsBefore(Case one, Case other) => one.IsBefore(Kind, other, replaces: false);

    private static CaseSpec Spec(string at) => new CaseSpec().At(at).Given(Submission(Licensing, "form", "lease"), Acceptance(Lead));

    private static Case Accepted(string at) => Spec(at).Case;
}
