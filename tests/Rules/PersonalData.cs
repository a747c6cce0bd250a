using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Forms;
using Xunit;

namespace OneDoor;

/// <summary>Which members of facts are personal data, and which texts are not.</summary>
public sealed class PersonalData
{
    private static readonly JsonSerializerOptions Json = PlatformJson.Configure(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });

    // What the catalogue publishes is about nobody.
    private static readonly HashSet<Type> Published = [typeof(CasePlan), typeof(Form), typeof(Item), typeof(IssuedLicence)];

    // Texts that are about nobody, or by which nobody is known outside the platform.
    private static readonly HashSet<string> NotPersonal =
    [
        // Codes of what the catalogue publishes.
        "ApplicantBarred.Item", "ApplicantBarred.Step", "CaseDueSoon.Steps", "CaseRefused.Step", "ClockPaused.Step", "ClockResumed.Step", "LicenceDelivered.Step", "HearingCalled.Step", "HearingClosed.Step", "StepInspected.Step", "ThirdPartiesTold.Step", "ThirdPartyHeard.Step", "PauseOverdue.Step", "PledgeDueSoon.Code", "PledgeMissed.Code", "StepCancelled.Step", "StepDue.Step", "StepGranted.Rule", "StepGranted.Step",
        "LicenceIssued.Step", "LicenceIssued.Item", "StepOpened.Step", "StepRedirected.Step", "StepReferredUpward.Step", "StepRefused.Step", "StepWaived.Step", "CorrectionLine.Material", "MaterialDeferred.Code", "MaterialHandedIn.Code", "MaterialPledge.Code", "MaterialProved.Code", "CaseSubmitted.Hall", "SignaturesAwaited.Hall", "JointParty.Role", "Actor.Hall", "AppointmentReserved.Hall", "AppointmentReserved.Group", "AppointmentReserved.Item", "Text.En", "Text.Zh", "ReviewGiven.Indicators", "ReviewGiven.Tags", "ScheduleSet.Hall", "HallClosed.Hall", "HallClosed.Reason", "AppointmentMoved.Reason", "HallClosure.Reason", "HallReopened.Hall", "ComplaintAbout.Hall", "ComplaintWindow.Hall", "ComplaintPlace.Hall", "ComplaintFiled.Served", "GroupSchedule.Code", "TicketTaken.Hall", "TicketTaken.Group", "TicketTaken.Item", "TicketTransferred.Group", "WindowOpened.Hall", "WindowOpened.Groups", "RoundMade.Hall", "RoundFinding.Standard", "OutageRecorded.Hall", "StaffFigures.Hall", "AssessmentMade.Period", "AssessmentMade.Criteria", "SlotHours.From", "SlotHours.Until", "CorrectionLine.Field", "MaterialsSupplied.Fields", "SampleEventTriggered.Type", "SampleFact.Kind", "MaterialsAwaited.Step", "MaterialsAwaited.Materials", "HandedOver.Step", "AssessmentMade.Hall", "KeptZero.Code", "StepNotNeeded.Step", "StepNeeded.Step", "AttemptedRefusalStopped.Code", "AttemptedRefusalStopped.Hall", "AttemptedRefusalStopped.Step", "ContestedFigure.Quarter", "FigureContested.Quarter",

        // What the directory of exemptions publishes, and what the service office lists of an emergency project.
        "ExemptionDecided.Step", "EiaDecision.Class", "EiaEntry.Code", "EiaEntry.Source", "EiaFinding.Condition",
        "EmergencyProjectRegistered.Name", "EmergencyProjectRegistered.Ground", "EmergencyProjectRegistered.IssuedBy", "EmergencyProjectRegistered.Document", "CaseExpedited.Name",

        // What the plan and the frameworks publish, and who has evaluated how by which published source.
        "MeasureReported.Code", "IndicatorScore.Framework", "IndicatorScore.Topic", "IndicatorScore.Pillar", "IndicatorScore.Assessor", "IndicatorScore.Method", "IndicatorScore.Source",

        // What the departments' data say of where one turns against them.
        "Remedy.Address", "Remedy.Authority", "Remedy.Court", "Remedy.CourtWithin", "Remedy.Step", "Remedy.Within",

        // Numbers of the platform's own: once the rest is erased they lead to nobody. A subject is identity's, which forgets whose it is.
        "CaseSubmitted.Number", "SignaturesAwaited.Number", "LicenceDelivered.Number", "CommitmentBreached.Licence", "RenewalAudited.Licence", "RenewalAwaited.Licence", "RenewalDeemed.Licence", "RenewalInspected.Licence", "RenewalVoided.Licence", "RenewalPermitted.Licence", "CancellationAsked.Licence", "ObligationsReleased.Licence", "SupervisionHandedOn.Licence", "SupervisionOpened.Pledge", "SupervisionOpened.Licence", "LicenceRenewed.Step", "CreditRecorded.Document", "CreditRecorded.Item", "PledgeMissed.Code", "SupervisionOpened.Item", "LicenceIssued.Number", "LicenceIssued.Replaces", "LicenceReplaced.ReplacedBy", "SuspensionBasis.Code", "SuspensionBasis.LegalBasis", "MaterialProved.Number", "MaterialsProved.KnownToSubmitter", "Actor.Client", "Actor.Subject", "LicenceIssued.ReceivedBy", "TicketTaken.Number", "AppointmentTicket.Number",
        "ComplaintAccepted.Named", "WorkOrderOpened.Named", "WorkOrderOpened.Reviewer", "AssessmentMade.Person", "RoundMade.Person", "StaffFigures.Person",

        // Of systems, and what the platform makes for them.
        "WebhookActivated.Url", "WebhookChanged.Types", "WebhookChanged.Url", "WebhookCreated.Language", "WebhookCreated.Secret", "WebhookCreated.Source", "WebhookCreated.Types", "WebhookCreated.Url", "WebhookSecretResealed.EarlierSecrets", "WebhookSecretResealed.PreviousSecret", "WebhookSecretResealed.Secret", "WebhookSecretRolled.Secret",

        // Words of a few, and times of the day.
        "NotificationPreferencesSet.Language", "QuietHours.From", "QuietHours.Until",

        // What tells the holder of a code from everybody else, and nobody who that is.
        "ComplaintFiled.CodeDigest", "ReviewGiven.CodeDigest", "TicketTaken.CodeDigest",

        // What was handed in is still to be proved when nobody may tell any more whose it was.
        "MaterialHandedIn.Digest", "CarriedFile.Digest",

        // One of the few that are taken.
        "CarriedFile.MediaType",

        // Codes and columns of what the catalogue publishes, and of what file a batch is.
        "BatchReceived.Item", "BatchReceived.Columns",

        // Of a text that everybody reads.
        "MaterialPledge.Digest", "CommitmentMade.Digest", "Signature.Digest", "PartySignature.Digest",
    ];

    [Fact]
    public void Every_text_of_a_fact_is_personal_or_known_not_to_be()
    {
        var texts = Facts.SelectMany(MembersOf).Where(m => TextsIn(m.Member.PropertyType)).ToArray();
        var (personal, others) = (Names(texts.Where(m => PersonalAttribute.Marks(m.Member))), Names(texts.Where(m => !PersonalAttribute.Marks(m.Member))));

        Assert.Equal(NotPersonal.Order(StringComparer.Ordinal), others);
        Assert.Equal(
        [
            "Actor.Applicant", "Agent.CitizenId", "Agent.Name", "AnnulmentNotice.Facts", "AnnulmentNotice.LegalBasis", "Applicant.CitizenId", "Applicant.Name", "Applicant.Uscc", "AppointmentExcused.Reason", "AssessmentMade.Reason", "AssessmentObjected.Text", "AssessmentSettled.Reason", "CaseDisclosed.Reason", "CaseMovedToItem.Reason", "CaseSubmitted.Form", "CaseWithdrawn.Reason",
            "ClockPaused.CarriedOutBy", "ClockPaused.LegalBasis", "ClockPaused.Note", "CommitmentMade.Signatory", "ComplaintAbout.Case", "ComplaintAbout.Ticket", "ComplaintAnswered.Text", "ComplaintContact.Email", "ComplaintContact.Phone", "ComplaintExtended.Reason", "ComplaintFiled.Name", "ComplaintFiled.Text",
            "ComplaintReopened.Reason", "ComplaintReturned.Reason", "Contact.Email", "Contact.Phone", "CorrectionExtended.Reason", "CorrectionLine.Text", "CreditObjected.Reason", "DelayExplained.Reason", "EmergencyProjectClosed.Reason", "FigureContestSettled.Reason", "FigureContested.Reason", "Finding.Note", "HandedOver.Receiver", "HandedOver.What", "HearingCalled.Place",
            "HearingClosed.SignedBy", "HearingClosed.Text", "Identifier.Country", "Identifier.Number", "Lapse.Reason", "LicenceDecisionExtended.Reason", "LicenceGrounds.LegalBasis", "LicenceGrounds.Reason", "LicenceHearingCalled.Place", "LicenceHearingClosed.SignedBy", "LicenceHearingClosed.Text", "LicenceHolderHeard.Text", "LicenceNoticeWithdrawn.Reason", "LicenceReplaced.HolderName", "LimitExtended.Reason", "MaterialHandedIn.Name", "MaterialPledge.Signatory", "MaterialsSupplied.Form", "MeasureConfirmed.Note", "MeasureEvidence.Text", "MeasureEvidence.Url", "MeasureReported.Note", "MeasureReturned.Reason",
            "NonAcceptance.Authority", "NonAcceptance.Reason", "NotificationPreferencesSet.Email", "NotificationPreferencesSet.Phone", "ObjectionDecided.Reason", "Officer.Id", "Officer.Name", "OutageRecorded.Reason", "PartySignature.Signatory", "PersonOrEntity.CitizenId", "PersonOrEntity.Name", "PersonOrEntity.Uscc", "Rectification.Note", "RefusalGrounds.LegalBasis", "RefusalGrounds.Reason",
            "RefusalGrounds.Remedy", "RepairDecided.Reason", "RepairRequested.Reason", "RestWithdrawn.Reason", "ResultDocument.Name", "ReviewAppealRejected.Reason", "ReviewAppealed.Reason", "ReviewExcluded.Reason", "ReviewGiven.Comment", "ReviewerContact.Email", "ReviewerContact.Phone", "RoundFinding.Note", "SampleFact.Content", "Signature.Signatory", "SignaturesAwaited.Form", "StatutoryLimitExtended.Reason", "StepGranted.Reason", "StepGranted.Uscc", "StepInspected.Note",
            "StepInspected.Place", "StepRedirected.Reason", "StepReferredUpward.Reason", "Subject.Name", "Subject.Uscc", "ThirdPartiesTold.Publication", "ThirdParty.Name", "ThirdPartyHeard.Text", "TicketTaken.Applicant", "TicketTaken.Priority", "WebhookChanged.Description", "WebhookCreated.Description", "WithdrawalAgreed.Reason", "WorkOrderCalledBack.Note", "WorkOrderContacted.Note", "WorkOrderExtended.Reason", "WorkOrderFedBack.Text", "WorkOrderRectified.Text",
        ], personal);
    }

    // The mark that is stored in its place is one.
    [Fact]
    public void What_is_personal_is_a_text() =>
        Assert.Empty(Facts.SelectMany(MembersOf).Where(m => PersonalAttribute.Marks(m.Member) && m.Member.PropertyType != typeof(string)).Select(m => m.ToString()));

    private static IEnumerable<Type> Facts => typeof(AliasAttribute).Assembly.GetTypes().Where(type => type.IsDefined(typeof(AliasAttribute)));

    private static string[] Names(IEnumerable<(Type Of, JsonPropertyInfo Member)> members) =>
        [.. members.Select(m => $"{m.Of.Name}.{((MemberInfo)m.Member.AttributeProvider!).Name}").Distinct().Order(StringComparer.Ordinal)];

    // All that is stored of a type, at any depth.
    private static IEnumerable<(Type Of, JsonPropertyInfo Member)> MembersOf(Type type) => Json.GetTypeInfo(type) switch
    {
        _ when Published.Contains(type) => [],
        { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } => MembersOf(element),
        { Kind: JsonTypeInfoKind.Object } info => info.Properties.Where(p => p.AssociatedParameter is not null || p.Set is not null)
            .SelectMany(p => MembersOf(p.PropertyType).Prepend((type, p))),
        _ => [],
    };

    private static bool TextsIn(Type type) => type == typeof(string) || Json.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && TextsIn(element);
}
