using System.Text.Json;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Cases;

/// <summary>What the documentation shows of cases: one business establishment, decided by the platform's own rules.</summary>
public static class CaseExamples
{
    /// <summary>The sandbox's user <c>enterprise</c>, who may try them as well as an agency's system, founds a company.</summary>
    public static readonly Applicant Applicant = new(
        ApplicantKind.Founders, "沙箱新设有限公司", Founders: [new(ApplicantKind.LegalEntity, "沙箱贸易有限公司", Uscc: "91990000MA0000007X")], Representative: 0,
        Subject: new("沙箱新设有限公司", SubjectKind.Company));

    public static readonly PreviewItemRequest PreviewRequest = new(Applicant, ["registration-application", "identity-proof"], "airport");

    public static readonly ItemPreview Preview = ItemPreview.Of(CatalogueExamples.Establishment, PreviewRequest.Materials!, [], LegalClock.Zone, "airport", CatalogueExamples.Now);

    public static readonly SubmitCase Request = new(
        CatalogueExamples.Establishment.Item.Code, Channel.Online, Applicant, "airport",
        [.. CatalogueExamples.Establishment.Item.Materials.Where(m => m.Required).Select(m => Material(m.Code, m.Name.En + ".pdf"))],
        new Signature(SignedTexts.Declaration.Digest, "张三"), Form: Answer(CatalogueExamples.Establishment), Contact: new("13900000000", "zhangsan@example.com"),
        Agent: new("张三", "990000199001010017"));

    /// <summary>The sandbox's user <c>citizen</c> sells to its user <c>enterprise</c>.</summary>
    public static readonly Applicant Parties = new(ApplicantKind.JointParties, Parties:
    [
        new("transferor", new(ApplicantKind.Person, "张三", CitizenId: "990000199001010017")), new("transferee", new(ApplicantKind.LegalEntity, "沙箱贸易有限公司", Uscc: "91990000MA0000007X")),
    ]);

    public static readonly SignCase Signing = new(SignedTexts.Declaration.Digest, "李四");
    public static readonly PledgeMaterial Pledge = new("premises-proof", new DateOnly(2026, 12, 31), SignedTexts.Pledge.Digest, "张三");
    public static readonly DecideStep Grant = new(StepOutcome.Granted, Uscc: "91990000MA0000015Q") { Step = "licence" };
    public static readonly SendCorrectionNotice Notice = new([new("The lease lacks the landlord's signature.", "premises-proof")]);
    public static readonly RefuseCase Refusal = new("The scope of business is reserved by law.", "Company Law, art. 9");
    public static readonly DeclineCase NotOurs = new(NonAcceptanceKind.NotOurCompetence, "The company is to have its seat in another district.", "Market regulation bureau of that district");
    public static readonly AddCorrectionLines MoreLines = new([new("The articles name no legal representative.")]);
    public static readonly ExtendNotice MoreTime = new("The landlord is abroad.");
    public static readonly LapseCase NoAnswer = new("The lease was not handed in.");
    public static readonly DiscloseCase Disclosure = new("A complaint about the service at the window.");
    public static readonly WithdrawCase Withdrawal = new("We apply next year.");
    public static readonly ExtendLimit Extension = new(Limit.WorkingDays(3), "The expert opinion is contradictory.");
    public static readonly PauseClock Pause = new(
        PauseReason.ExpertReview, "Regulation on the registration of market entities, art. 19", new DateOnly(2026, 12, 4), "Expert panel of the zone");
    public static readonly InspectStep Inspection = new(
        "licence", [new("018", "Li Na"), new("027", "Wang Wei")], new DateOnly(2026, 11, 23), "Premises of the company", InspectionFinding.Passed);
    public static readonly TellThirdParties ThirdParties = new("licence", new DateOnly(2026, 12, 4), [new("Owners' committee of Garden 3")]);
    public static readonly HearThirdParty Statement = new("We fear for the quiet of the night.");
    public static readonly CallHearing Hearing = new("licence", HearingGround.Requested, new DateOnly(2026, 12, 8), "Airport hall, room 204", new("003", "Zhao Min"));
    public static readonly CloseHearing Minutes = new("Zhao Min, Li Na, the owners' committee", new DateOnly(2026, 12, 8), "The parties agreed on opening hours.");
    public static readonly RecordHandOver HandOver = new("licence", "Printed business licence", DeliveryWay.Pickup, "Zhang San", new DateOnly(2026, 11, 23));
    public static readonly ExplainDelay Delay = new("The register could not be reached.", DelayCause.System);

    /// <summary>An item that is granted by commitment.</summary>
    public static readonly ItemPublished Committed = new(CatalogueExamples.Now, 1, new DateOnly(2026, 11, 23), CatalogueData.Zone().First(item => item.Commitment is { Kind: CommitmentKind.ToBeMet }));

    private static readonly CaseAsking Market = new(
        new Actor("sandbox-market-regulation", "sandbox-market-regulation", Department.MarketRegulation, IsSupervisor: true), LegalClock.Zone, CatalogueExamples.Now)
    {
        Item = CatalogueExamples.Establishment, Applicant = Applicant,
        New = (new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), CaseNumber.Of(Request.Item, new DateOnly(2026, 11, 23), 42)),
    };

    private static readonly Case Start = After(null, Request);

    private static readonly Case Running = After(Start, new AcceptCase());

    /// <summary>An acceptance, and the case after it.</summary>
    public static readonly (Case Case, CaseFact Fact) Acceptance = (Running, Facts(Start, new AcceptCase())[0]);

    public static readonly CaseView Submitted = View(Start);
    public static readonly CaseView Signed = View(After(
        After(null, new SubmitCase(CatalogueExamples.Transfer.Item.Code, Channel.Online, Declaration: Request.Declaration, Form: Answer(CatalogueExamples.Transfer), Contact: Request.Contact), Of(0)), Signing, Of(1)));
    public static readonly CaseView Fulfilled = View(After(
        Start with { Commitment = new(CommitmentKind.ToBeMet, SignedTexts.CommitmentTo(Committed.Item).Digest, SignedTexts.CommitmentTo(Committed.Item).Text, "张三", CatalogueExamples.Now, new DateOnly(2027, 1, 29)) }, new FulfilCommitment()));
    public static readonly CaseView Accepted = View(Running);
    public static readonly CaseView Granted = View(After(Running, Grant));
    public static readonly CaseView HandedOver = View(After(After(Running, Grant), HandOver));
    public static readonly CaseView Corrected = View(After(Start, Notice));
    public static readonly CaseView Refused = View(After(Running, Refusal));
    public static readonly CaseView Declined = View(After(Start, NotOurs));
    public static readonly CaseView LinesAdded = View(After(Start, MoreLines));
    public static readonly CaseView NoticeExtended = View(After(After(Start, Notice), MoreTime));
    public static readonly CaseView Lapsed = View(After(Reminded(After(Start, Notice)), NoAnswer, CatalogueExamples.Now.AddDays(60)));
    public static readonly CaseView Withdrawn = View(After(Running, Withdrawal));
    public static readonly CaseView Extended = View(After(Running, Extension));
    public static readonly CaseView Paused = View(After(
        Running with { Plan = Running.Plan with { SpecialProcedures = [new(Pause.Reason, Pause.LegalBasis, Limit.WorkingDays(10))] } }, Pause));
    public static readonly CaseView Inspected = View(After(Running, Inspection));
    public static readonly CaseView Told = View(After(Running, ThirdParties));
    public static readonly CaseView Heard = View(After(After(Running, ThirdParties), Statement with { Notice = 1 }));
    public static readonly CaseView Called = View(After(Running, Hearing));
    public static readonly CaseView Minuted = View(After(After(Running, Hearing), Minutes with { Hearing = 1 }, CatalogueExamples.Now.AddDays(15)));
    public static readonly CaseView Explained = View(After(Running.Lapse(LegalClock.Zone, CatalogueExamples.Now.AddDays(1)).Aggregate(Running, Case.Evolve), Delay));
    public static readonly StepPlan Plan = Running.PlanOfSteps(LegalClock.Zone, CatalogueExamples.Now);
    public static readonly CaseSummary Summary = CaseSummary.Of(Running, "en");
    public static readonly TaskView Task = TaskView.Of(Running, ListTasks.TasksOf(Running, Department.MarketRegulation).First(), "en");

    public static readonly CaseHistory History = new(
        [.. Facts(null, Request).Select((fact, i) => GetCaseHistory.Entry(i + 1, fact))]);

    public static MaterialGiven Material(string code, string name) =>
        new(code, name, "sha-256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");

    /// <summary>The first fields of the establishment's form, for the whole of it would fill pages.</summary>
    public static Form PartOfForm { get; } = CatalogueExamples.Establishment.Form! with
    {
        Fields = [.. CatalogueExamples.Establishment.Form!.Fields.Where(field => field is { Type: FieldType.Text or FieldType.Choice or FieldType.Money or FieldType.Boolean, When: [] }).Take(3)],
        Checks = [],
    };

    private static JsonElement Answer(ItemPublished published) => FormExample.Of(published.Form!, LegalClock.DayOf(CatalogueExamples.Now));

    private static IReadOnlyList<CaseFact> Facts(Case? state, CaseCommand command, DateTimeOffset? at = null) =>
        Case.Decide(state, command, Market with { Now = at ?? Market.Now }).Facts;

    private static Case After(Case? state, CaseCommand command, DateTimeOffset? at = null) => Facts(state, command, at).Aggregate(state, Case.Evolve)!;

    private static Case After(Case? state, CaseCommand command, CaseAsking asked) => Case.Decide(state, command, asked).Facts.Aggregate(state, Case.Evolve)!;

    // One of the parties, at their own device.
    private static CaseAsking Of(int party) => Market with
    {
        By = new Actor("mobile", "", Applicant: Parties.Keys[party]),
        Item = CatalogueExamples.Transfer,
        Applicant = Parties,
        New = (Market.New.Id, CaseNumber.Of(CatalogueExamples.Transfer.Item.Code, new DateOnly(2026, 11, 23), 43)),
    };

    private static Case Reminded(Case open) => open.Lapse(LegalClock.Zone, CatalogueExamples.Now.AddDays(22)).Aggregate(open, Case.Evolve);

    private static CaseView View(Case @case) => CaseView.Of(@case, "en");
}
