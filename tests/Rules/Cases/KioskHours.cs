using OneDoor.Catalogue;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>When the kiosks of a hall take something in, and where one goes on whom they leave without a decision (KIOSK-1).</summary>
public sealed class KioskHours
{
    private static readonly Asked AtHaigang = Submission(Plain, "form") with { By = Applicant, Channel = Channel.Kiosk, Hall = "haigang" };

    [Theory]
    [InlineData("2020-07-02 02:00", "2020-07-02 08:30")]
    [InlineData("2020-07-02 12:30", "2020-07-02 13:00")]
    // Friday evening; the Saturday before the National Day is worked instead of a day of the holiday.
    [InlineData("2020-07-03 17:30", "2020-07-06 08:30")]
    [InlineData("2019-09-28 10:00", "2019-09-29 08:30")]
    public void Kiosks_take_applications_in_their_halls_hours_and_say_when_it_opens(string now, string opens)
    {
        var refused = new CaseSpec().At(now).When(AtHaigang).Refused!;

        Assert.Equal((CaseRefusals.KiosksClosed.Code, 409, "/hall"), (refused.Code, refused.Status, refused.Fields.Single().Pointer));
        Assert.Contains(opens, refused.Detail!.En, StringComparison.Ordinal);
        Assert.Contains(opens, refused.Detail.Zh, StringComparison.Ordinal);
        Assert.EndsWith("are those of: Airport service hall.", refused.Detail.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2020-07-02 08:30")]
    [InlineData("2020-07-02 17:29:59")]
    [InlineData("2019-09-29 10:00")]
    public void In_its_hours_a_hall_takes_what_its_kiosks_take(string now) => new CaseSpec().At(now).When(AtHaigang).Then<CaseSubmitted>();

    [Fact]
    public void A_hall_that_is_round_the_clock_takes_it_at_two_in_the_morning_be_it_closed_or_not() =>
        new CaseSpec().At("2020-07-05 02:00").When(AtHaigang with { Hall = "airport", HallsClosed = [("airport", "2020-07-05")] }).Then<CaseSubmitted>();

    [Fact]
    public void On_a_day_on_which_the_hall_is_closed_its_kiosks_are_and_others_are_named()
    {
        var refused = new CaseSpec().At("2020-07-02 10:00").When(AtHaigang with { HallsClosed = [("haigang", "2020-07-02"), ("haigang", "2020-07-03"), ("logistics", "2020-07-02")] }).Refused!;

        Assert.Equal(CaseRefusals.KiosksClosed.Code, refused.Code);
        Assert.Contains("2020-07-06 08:30", refused.Detail!.En, StringComparison.Ordinal);
        Assert.EndsWith("are those of: Airport service hall, Lingang service hall.", refused.Detail.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_channels_have_no_hours() => new CaseSpec().At("2020-07-02 02:00").When(AtHaigang with { Channel = Channel.Online }).Then<CaseSubmitted>();

    [Fact]
    public void Whom_a_machine_leaves_without_a_decision_goes_on_at_a_window_of_its_hall()
    {
        var submitted = new CaseSpec().At("2020-07-02 10:00").When(AtHaigang).Case;

        Assert.Equal("haigang", GoesOn(submitted, null));
        Assert.Equal("haigang", GoesOn(null, CaseRefusals.MaterialUnknown));
        Assert.Equal("lingang", GoesOn(submitted, null, hall: null, by: Applicant with { Hall = "lingang" }));
        Assert.Null(GoesOn(submitted with { Status = CaseStatus.Granted }, null));
        Assert.Null(GoesOn(submitted, null, channel: Channel.Online));
        // A department's system stands before no machine.
        Assert.Null(GoesOn(submitted, null, by: Agency));
        Assert.Null(GoesOn(null, CaseRefusals.HallNotOffered, hall: "moon"));
    }

    [Fact]
    public void No_window_mends_what_the_law_says()
    {
        Assert.All(new[] { CaseRefusals.ItemUnknown, CaseRefusals.ItemAbolished, CaseRefusals.ApplicantNotOffered, CaseRefusals.Barred }, refused =>
        {
            Assert.Null(GoesOn(null, refused));
            // Be it told first or not.
            Assert.Null(GoesOn(null, Refusal.AllOf([CaseRefusals.MaterialUnknown.At("/materials/0"), refused.At("/item")])));
        });
    }

    private static string? GoesOn(Case? submitted, Refusal? refused, Channel channel = Channel.Kiosk, string? hall = "haigang", Actor? by = null) =>
        Case.GoesOnAt((SubmitCase)AtHaigang.Command with { Channel = channel, Hall = hall }, by ?? Applicant, submitted, refused)?.Code;
}
