using OneDoor.Cases;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Licences.LicenceSpec;

namespace OneDoor.Licences;

/// <summary>LIC-6, MODE-4, HEAR-2: a holder speaks and is heard before their licence is revoked, and only the hearing takes none of the time to decide.</summary>
public class HoldersAreHeard
{
    private static readonly SpeakAboutRevocation Asks = new("材料属实", Hearing: true);

    private static LicenceSpec Noticed => new LicenceSpec().Given(LicenceSpec.System, Notice() with { Officer = new("018", "李娜") });

    [Fact]
    public void What_a_holder_says_is_recorded_until_the_last_day_to_speak()
    {
        var spec = Noticed.At("2020-07-08 23:59").Given(Holder, new SpeakAboutRevocation("材料属实")).Given(Issuer, new SpeakAboutRevocation("到场补充"));
        Assert.Equal(["材料属实", "到场补充"], spec.Licence.Statements!.Select(s => s.Text));
        Assert.Null(spec.Licence.HearingAskedOn);
        spec.At("2020-07-09 00:00").When(Holder, Asks).ThenRefused(LicenceRefusals.SpeakingOver).When(Head, Revocation()).Then<LicenceRevoked>();

        new LicenceSpec().When(Holder, Asks).ThenRefused(LicenceRefusals.NoticeMissing);
        Noticed.When(Samples.SellerSignedIn, Asks).ThenRefused(LicenceRefusals.NotYourDepartment).When(Holder, new SpeakAboutRevocation(" ", Hearing: true)).ThenRefused(LicenceRefusals.StatementMissing, "/text");
        // Asked for twice it is one hearing.
        Noticed.Given(Holder, Asks).When(Holder, new SpeakAboutRevocation(Hearing: true)).Then();
    }

    [Fact]
    public void Who_asks_for_a_hearing_is_heard_by_somebody_else_before_a_decision()
    {
        var spec = Noticed.Given(Holder, Asks).At("2020-07-09 09:00").When(Head, Revocation()).ThenRefused(LicenceRefusals.HearingMissing);
        // Seven working days ahead, and within twenty of the day on which it was asked for.
        spec.When(Issuer, Hearing("2020-07-17")).ThenRefused(LicenceRefusals.HearingInvalid, "/heldOn").When(Issuer, Hearing("2020-07-30")).ThenRefused(LicenceRefusals.HearingInvalid, "/heldOn");
        foreach (var rest in new[] { "2020-07-25", "2020-07-26" })
            spec.When(Issuer, Hearing(rest)).ThenRefused(LicenceRefusals.HearingInvalid, "/heldOn");
        spec.When(Issuer, Hearing("2020-07-30", "０１８") with { Place = " " }).ThenRefused(LicenceRefusals.PresiderProposed, "/presider/id", "/place", "/heldOn");
        spec.Given(Supervises, Hearing("2020-07-29")).When(Issuer, Hearing("2020-07-29")).ThenRefused(LicenceRefusals.NotInThisState);
        spec.At("2020-07-29 17:00").When(Head, Revocation()).ThenRefused(LicenceRefusals.HearingMissing);
        spec.When(Issuer, Minutes("2020-07-28") with { Text = "", SignedBy = "" }).ThenRefused(LicenceRefusals.MinutesInvalid, "/text", "/signedBy", "/signedOn");
        spec.Given(Issuer, Minutes("2020-07-29")).When(Issuer, Minutes("2020-07-29")).Then();
        // Once: its time does not count.
        spec.When(Issuer, Hearing("2020-08-10")).ThenRefused(LicenceRefusals.NotInThisState).When(Head, Revocation()).Then<LicenceRevoked>();
    }

    [Fact] // fourteen working days from its calling to its minutes
    public void A_hearing_takes_none_of_the_time_to_decide_however_late_it_ends()
    {
        var spec = Noticed.Given(Holder, Asks).At("2020-07-09 09:00").Given(Issuer, Hearing("2020-07-29")).At("2020-12-01 09:00");
        Assert.True(spec.Licence.IsToBeRevoked(spec.Now));
        spec.When(Issuer, Minutes("2020-07-29")).Then<LicenceHearingClosed>();
        Assert.Equal(China.Day("2020-10-19"), spec.Licence.Notice!.DecideBy);
        // One that nobody called stops nothing.
        var uncalled = Noticed.Given(Holder, Asks).At("2020-09-24 00:00");
        Assert.False(uncalled.Licence.IsToBeRevoked(uncalled.Now));
        uncalled.When(Head, Revocation()).ThenRefused(LicenceRefusals.HearingMissing);
    }

    [Fact] // MODE-4: and twenty more
    public void The_time_to_decide_is_extended_once_by_a_supervisor_and_before_it_ends()
    {
        var spec = Noticed.At("2020-09-23 09:00").When(Issuer, new ExtendRevocation("尚须核实")).ThenRefused(LicenceRefusals.OnlyASupervisorRevokes);
        spec.When(Head, new ExtendRevocation(null)).ThenRefused(LicenceRefusals.GroundsMissing, "/reason").Given(Head, new ExtendRevocation("尚须核实"));
        Assert.Equal((China.Day("2020-10-27"), true), (spec.Licence.Notice!.DecideBy, spec.Licence.Notice.Extended));
        spec.When(Head, new ExtendRevocation("再延长")).ThenRefused(LicenceRefusals.NotInThisState);
        spec.At("2020-10-28 00:00").When(Head, Revocation()).ThenRefused(LicenceRefusals.NoticeOutdated);
        Noticed.At("2020-09-24 00:00").When(Head, new ExtendRevocation("尚须核实")).ThenRefused(LicenceRefusals.NoticeMissing);
    }

    [Fact] // LIC-6, MODE-4
    public void A_supervisor_withdraws_a_notice_and_what_was_said_to_it_and_gains_no_time_by_that()
    {
        var spec = Noticed.Given(Holder, Asks).At("2020-07-09 09:00").Given(Issuer, Hearing("2020-07-29"));
        spec.When(Issuer, new WithdrawNotice("材料属实")).ThenRefused(LicenceRefusals.OnlyASupervisorRevokes).When(Samples.Supervisor(Department.Fire), new WithdrawNotice("材料属实")).ThenRefused(LicenceRefusals.NotYourDepartment);
        spec.When(Head, new WithdrawNotice(" ")).ThenRefused(LicenceRefusals.GroundsMissing, "/reason").When(Head, new WithdrawNotice("材料属实")).Then<LicenceNoticeWithdrawn>();
        var l = spec.Licence;
        Assert.Equal((null, null, null, null, null), (l.Notice, l.ProposedBy, l.Statements, l.HearingAskedOn, l.Hearings));
        spec.When(Head, new WithdrawNotice("材料属实")).ThenRefused(LicenceRefusals.NoticeMissing).When(Head, Revocation()).ThenRefused(LicenceRefusals.NoticeMissing, "/ground");
        // It may be given back, and anything else is told at once.
        Assert.Equal(China.Day("2020-07-09"), new LicenceSpec().Given(Issuer, Notice()).Given(Head, new WithdrawNotice("材料属实")).At("2020-07-09 09:00").When(Issuer, Notice() with { Facts = "另一情形" }).Then<LicenceAnnulmentNoticed>().Notice.FoundOn);
        // The same has the days of the first notice.
        var again = spec.When(Issuer, Notice()).Then<LicenceAnnulmentNoticed>().Notice;
        Assert.Equal((China.Day("2020-07-01"), China.Day("2020-09-23"), China.Day("2020-07-16")), (again.FoundOn, again.DecideBy, again.SpeakBy));
        Noticed.Given(Head, new WithdrawNotice("材料属实")).At("2020-09-24 00:00").When(Issuer, Notice()).ThenRefused(LicenceRefusals.NoticeOutdated);
    }
}
