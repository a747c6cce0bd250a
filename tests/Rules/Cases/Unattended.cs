using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>What a kiosk decides with nobody at hand (KIOSK-1).</summary>
public sealed class Unattended
{
    private static Item Certificate => Plain with { Unattended = true, Channels = [.. Plain.Channels, Channel.Kiosk] };

    [Fact]
    public void A_complete_application_at_a_kiosk_is_decided_by_a_rule_that_the_fact_names()
    {
        var spec = new CaseSpec().When(At(Channel.Kiosk, Certificate, "form", "lease"));

        spec.Then(typeof(CaseSubmitted), typeof(CaseAccepted), typeof(StepOpened), typeof(StepGranted), typeof(CaseGranted));
        Assert.Equal((Case.UnattendedRule, true, Department.MarketRegulation), (spec.Fact<StepGranted>().Rule, spec.Fact<StepGranted>().By!.IsPlatform, spec.Fact<StepGranted>().By!.Department));
    }

    [Fact]
    public void Everything_else_is_received_for_somebody_to_look_at()
    {
        new CaseSpec().When(At(Channel.Kiosk, Certificate, "form")).Then<CaseSubmitted>();
        new CaseSpec().When(At(Channel.Online, Certificate, "form", "lease")).Then<CaseSubmitted>();
        new CaseSpec().When(At(Channel.Kiosk, Certificate with { Unattended = false }, "form", "lease")).Then<CaseSubmitted>();
        // A department's system is nobody who stands at the machine.
        new CaseSpec().When(At(Channel.Kiosk, Certificate, "form", "lease") with { By = Agency }).Then<CaseSubmitted>();
    }

    [Fact] // MODE-6: whether there is a licence to renew, and the time for it, no machine looks at
    public void What_renews_a_licence_is_received_for_somebody_to_look_at() =>
        new CaseSpec().When(At(Channel.Kiosk, Certificate with { Renewal = Renewing.Renewal }, "form", "lease")).Then<CaseSubmitted>();

    /// <summary>(KIOSK-1) What a commitment renews elsewhere a kiosk renews by what is there, but not of whom nothing is had by commitment.</summary>
    [Fact] // MODE-6, CRED-1
    public void A_renewal_of_whoever_is_barred_from_commitments_is_received_for_somebody_to_look_at()
    {
        var renewal = At(Channel.Kiosk, Renewing with { Unattended = true }, "form", "lease") with { Renews = Old.Number, Renewed = Old };

        Assert.Equal(Case.UnattendedRule, new CaseSpec().When(renewal).Fact<StepGranted>().Rule);
        Assert.Equal([Company.Key], Case.MayBeSuspended(null, renewal.Command, renewal.At(China.At("2020-07-01 10:00"))));
        new CaseSpec().When(renewal with { Suspended = new(Commitments: true, Deficiency: false) }).Then(typeof(CaseSubmitted), typeof(RenewalPermitted), typeof(RenewalAwaited));
    }

    [Fact]
    public void What_comes_in_later_is_examined_as_ever()
    {
        var spec = new CaseSpec().Given(At(Channel.Kiosk, Certificate, "form"));

        spec.When(Ask.SupplyMaterials(Applicant, [Paper("lease")])).Then<MaterialsSupplied>();
        spec.Given(Acceptance(Department.MarketRegulation)).When(Grant(Department.MarketRegulation, "review"));
        Assert.Null(spec.Fact<StepGranted>().Rule);
    }

    private static Asked At(Channel channel, Item item, params string[] materials)
    {
        var asked = Submission(item, materials);
        return asked with { By = Applicant, Command = (SubmitCase)asked.Command with { Channel = channel, Hall = "airport" } };
    }
}
