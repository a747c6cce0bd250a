using System.Reflection;
using OneDoor.Cases;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Licences.LicenceSpec;

namespace OneDoor.Licences;

/// <summary>Every refusal of a licence is produced by the rule, by one story at least, and every act is somebody's.</summary>
public class EveryLicenceRefusal
{
    private static readonly Dictionary<Refusal, Func<Refusal?>> Stories = new()
    {
        [LicenceRefusals.NotFound] = () => Licence.Decide(null, new ReinstateLicence(), new(Issuer, LegalClock.Zone, China.At("2020-07-01 10:00"))).Refused,
        [LicenceRefusals.NotYourDepartment] = () => new LicenceSpec().When(Holder, Suspension()).Refused,
        [LicenceRefusals.OnlyASupervisorRevokes] = () => new LicenceSpec().Given(Issuer, Notice()).At("2020-07-09 09:00").When(Issuer, Revocation()).Refused,
        [LicenceRefusals.BasisNotListed] = () => new LicenceSpec().When(Issuer, new SuspendLicence("存放过期食品", "《食品安全法》第一百二十四条")).Refused,
        [LicenceRefusals.CorrectionInvalid] = () => new LicenceSpec().When(Issuer, Replacement with { HolderName = Samples.Buyer.Name }).Refused,
        [LicenceRefusals.GroundsMissing] = () => new LicenceSpec().When(Issuer, new SuspendLicence(null, null)).Refused,
        [LicenceRefusals.DeceitMisplaced] = () => new LicenceSpec().When(Issuer, Notice(RevocationGround.Recalled) with { Deceit = true }).Refused,
        [LicenceRefusals.UntilInvalid] = () => new LicenceSpec().When(Issuer, Suspension("2020-06-30")).Refused,
        [LicenceRefusals.NotInThisState] = () => new LicenceSpec().When(Issuer, new ReinstateLicence()).Refused,
        [LicenceRefusals.NoticeMissing] = () => new LicenceSpec().When(Head, Revocation()).Refused,
        [LicenceRefusals.TooEarly] = () => new LicenceSpec().Given(Issuer, Notice()).When(Head, Revocation()).Refused,
        [LicenceRefusals.NoticeOutdated] = () => new LicenceSpec().Given(Issuer, Notice()).At("2020-12-01 09:00").When(Head, Revocation()).Refused,
        [LicenceRefusals.BeingPutRight] = () => new LicenceSpec { IsBeingPutRight = true }.When(Issuer, Notice() with { Breach = true }).Refused,
        [LicenceRefusals.BreachNotFound] = () => new LicenceSpec().When(Issuer, Notice() with { Breach = true }).Refused,
        [LicenceRefusals.SpeakingOver] = () => new LicenceSpec().Given(Issuer, Notice()).At("2020-07-09 00:00").When(Holder, new SpeakAboutRevocation("不实")).Refused,
        [LicenceRefusals.StatementMissing] = () => new LicenceSpec().Given(Issuer, Notice()).When(Holder, new SpeakAboutRevocation()).Refused,
        [LicenceRefusals.HearingMissing] = () => new LicenceSpec().Given(Issuer, Notice()).Given(Issuer, Hearing()).At("2020-07-10 09:00").When(Head, Revocation()).Refused,
        [LicenceRefusals.HearingInvalid] = () => new LicenceSpec().Given(Issuer, Notice()).When(Issuer, Hearing("2020-07-09")).Refused,
        [LicenceRefusals.PresiderProposed] = () => new LicenceSpec().Given(LicenceSpec.System, Notice() with { Officer = new("003", "赵敏") }).When(Issuer, Hearing()).Refused,
        [LicenceRefusals.HearingNotFound] = () => new LicenceSpec().Given(Issuer, Notice()).When(Issuer, Minutes()).Refused,
        [LicenceRefusals.MinutesInvalid] = () => new LicenceSpec().Given(Issuer, Notice()).Given(Issuer, Hearing()).When(Issuer, Minutes()).Refused,
        [LicenceRefusals.NoticeOpen] = () => new LicenceSpec().Given(Issuer, Notice()).When(Issuer, Replacement).Refused,
        [LicenceRefusals.HeldJointly] = () => new LicenceSpec(null, Samples.Seller, Samples.Buyer).When(Holder, new CancelLicence()).Refused,
    };

    [Fact]
    public void Every_refusal_is_produced() => Assert.All(Stories, story => Assert.Equal(story.Key.Code, story.Value()?.Code));

    [Fact]
    public void No_refusal_is_without_a_story() => Assert.Equal(
        typeof(LicenceRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal),
        Stories.Keys.Select(r => r.Code).Order(StringComparer.Ordinal));

    [Fact] // LIC-6: each act is possible in the states that are listed, by those who are listed, and otherwise refused
    public void Every_act_is_somebodys_and_some_states()
    {
        string[] acts = ["suspend", "reinstate", "notice", "speak", "call", "revoke", "extend", "withdraw", "cancel", "replace"];
        LicenceCommand[] commands = [Suspension(), new ReinstateLicence(), Notice(), new SpeakAboutRevocation("情况不实", Hearing: true), Hearing("2020-07-20"), Revocation(), new ExtendRevocation("尚须核实"), new WithdrawNotice("材料属实"), Cancellation, Replacement];
        (string, Func<LicenceSpec>)[] states =
        [
            ("valid", () => new LicenceSpec()), ("noticed", () => new LicenceSpec().Given(Issuer, Notice()).At("2020-07-08 09:00")), ("over", () => Noticed()), ("suspended", () => Noticed().Given(Issuer, Suspension())), ("revoked", () => Noticed().Given(Head, Revocation())),
            ("expired", () => new LicenceSpec(China.Day("2020-07-08")).At("2020-07-09 09:00")), ("undecided", () => Noticed("2020-07-08")), ("replaced", () => new LicenceSpec().Given(Issuer, Replacement)), ("cancelled", () => new LicenceSpec().Given(Issuer, Cancellation)),
        ];
        (string, Actor)[] callers = [("issuer", Head), ("supervisor", Supervises with { IsSupervisor = true }), ("holder", Holder), ("another", Samples.Supervisor(Department.Fire))];

        var may = from state in states
                  from caller in callers
                  select $"{state.Item1} {caller.Item1}: {string.Join(' ', acts.Zip(commands).Where(act => state.Item2().When(caller.Item2, act.Second) is { Refused: null, Facts: var f } && f.Count > state.Item2().Facts.Count).Select(act => act.First))}".TrimEnd();

        Assert.Equal(
        [
            "valid issuer: suspend notice cancel replace", "valid supervisor: suspend notice", "valid holder: cancel", "valid another:",
            "noticed issuer: suspend speak call extend withdraw", "noticed supervisor: suspend speak call extend withdraw", "noticed holder: speak", "noticed another:",
            "over issuer: suspend call revoke extend withdraw", "over supervisor: suspend call revoke extend withdraw", "over holder:", "over another:",
            "suspended issuer: reinstate call revoke extend withdraw", "suspended supervisor: reinstate call revoke extend withdraw", "suspended holder:", "suspended another:",
            "revoked issuer: cancel", "revoked supervisor:", "revoked holder: cancel", "revoked another:",
            "expired issuer: cancel", "expired supervisor:", "expired holder: cancel", "expired another:",
            "undecided issuer: call revoke extend withdraw", "undecided supervisor: call revoke extend withdraw", "undecided holder:", "undecided another:",
            "replaced issuer:", "replaced supervisor:", "replaced holder:", "replaced another:",
            "cancelled issuer:", "cancelled supervisor:", "cancelled holder:", "cancelled another:",
        ], may);

        static LicenceSpec Noticed(string? until = null) => new LicenceSpec(until is null ? null : China.Day(until)).Given(Issuer, Notice()).At("2020-07-09 09:00");
    }
}
