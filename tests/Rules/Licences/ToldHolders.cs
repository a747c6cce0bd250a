using OneDoor.Cases;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Licences.LicenceSpec;

namespace OneDoor.Licences;

/// <summary>What holders are told of the facts of a licence.</summary>
public class ToldHolders
{
    [Fact]
    public void Holders_are_told_what_is_done_to_their_licence_and_what_time_does_to_it()
    {
        Assert.Equal(["证照即将届满", "证照已届满"], Titles(new LicenceSpec(China.Day("2025-06-30")), spec => spec.Licence.Lapse(China.At("2026-01-01 00:00"))));
        Assert.Equal(["证照已暂扣", "证照已恢复", "证照已注销"], Titles(
            new LicenceSpec().Given(Issuer, Suspension("2020-07-31")).Given(Issuer, new ReinstateLicence()).Given(Issuer, Cancellation), spec => spec.Facts));
        Assert.Equal(["证照已换发"], Titles(new LicenceSpec().Given(Issuer, Replacement), spec => spec.Facts));
        Assert.Equal(["拟撤销证照", "证照已撤销"], Titles(Revoked(), spec => spec.Facts));
        Assert.Equal(["拟撤销证照", "将举行听证", "决定期限延长", "告知已撤回"], Titles(
            new LicenceSpec().Given(Issuer, Notice()).Given(Holder, new SpeakAboutRevocation("不实", Hearing: true)).Given(Issuer, Hearing()).Given(Head, new ExtendRevocation("尚须核实")).Given(Head, new WithdrawNotice("材料属实")), spec => spec.Facts));
        // Its own doing needs no telling.
        Assert.Equal([], Titles(new LicenceSpec().Given(Holder, new CancelLicence()), spec => spec.Facts));
    }

    [Fact] // LIC-6: what is corrected is said, and the name itself stays in the licence
    public void A_correction_is_told_without_the_name()
    {
        var spec = new LicenceSpec().Given(Issuer, Replacement with { HolderName = "李雷" });
        var told = LicenceNotifications.Of(spec.Licence, spec.Facts[^1])!;

        Assert.Contains("持证人名称已更正", told.Text.Zh, StringComparison.Ordinal);
        Assert.All([told.Title.Zh, told.Title.En, told.Text.Zh, told.Text.En], said => Assert.DoesNotContain("李雷", said, StringComparison.Ordinal));
        Assert.DoesNotContain("更正", LicenceNotifications.Of(new LicenceSpec().Licence, new LicenceSpec().When(Issuer, Replacement).Then<LicenceReplaced>())!.Text.Zh, StringComparison.Ordinal);
    }

    [Fact] // served, and not subscribed to
    public void What_is_done_to_a_licence_is_an_act_and_what_time_does_to_it_is_none()
    {
        var spec = new LicenceSpec().Given(Issuer, Suspension("2020-07-31")).Given(Issuer, new ReinstateLicence()).Given(Issuer, Cancellation);
        Assert.Equal([true, false, true], spec.Facts.Select(fact => LicenceNotifications.Of(spec.Licence, fact)?.IsAct).OfType<bool>());
        Assert.True(LicenceNotifications.Of(Revoked().Licence, Revoked().Facts[^1])!.IsAct);
        var old = new LicenceSpec(China.Day("2025-06-30"));
        LicenceFact[] lapsed = [.. old.Licence.Lapse(China.At("2026-01-01 00:00"))];
        Assert.NotEmpty(lapsed);
        Assert.All(lapsed, fact => Assert.False(LicenceNotifications.Of(old.Licence, fact)!.IsAct));
    }

    [Fact] // of several, each; of what is confidential nobody (SIGHT-1)
    public void Each_holder_is_told_and_of_what_is_confidential_nobody()
    {
        var spec = new LicenceSpec(null, Samples.Seller, Samples.Buyer).Given(Issuer, Suspension());

        Assert.Equal([Samples.Seller.Key, Samples.Buyer.Key], LicenceNotifications.Of(spec.Licence, spec.Facts[^1])!.To.Cast<Way.AsApplicant>().Select(way => way.Key));
        Assert.Null(LicenceNotifications.Of(spec.Licence with { Confidential = true }, spec.Facts[^1]));
    }

    private static IEnumerable<string> Titles(LicenceSpec spec, Func<LicenceSpec, IReadOnlyList<LicenceFact>> facts) =>
        facts(spec).Select(fact => LicenceNotifications.Of(spec.Licence, fact)?.Title.Zh).OfType<string>();
}
