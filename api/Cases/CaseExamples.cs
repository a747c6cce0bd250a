using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>What the documentation shows of cases: one business establishment, decided by the platform's own rules.</summary>
public static class CaseExamples
{
    /// <summary>The sandbox's user <c>enterprise</c>, who may try them as well as an agency's system.</summary>
    public static readonly Applicant Applicant = new(ApplicantKind.LegalEntity, "沙箱贸易有限公司", Uscc: "91990000MA0000007X");

    public static readonly PreviewItemRequest PreviewRequest = new(Applicant, ["registration-application", "identity-proof"], "airport");

    public static readonly ItemPreview Preview = ItemPreview.Of(CatalogueExamples.Establishment, PreviewRequest.Materials!, [], LegalClock.Zone, "airport", CatalogueExamples.Now);

    public static readonly SubmitCaseRequest Request = new(
        CatalogueExamples.Establishment.Item.Code, Channel.Online, Applicant, "airport",
        [.. CatalogueExamples.Establishment.Item.Materials.Where(m => m.Required).Select(m => Material(m.Code, m.Name.En + ".pdf"))]);

    private static readonly Actor Market = new("sandbox-market-regulation", "sandbox-market-regulation", Department.MarketRegulation);

    private static readonly SubmitCase Submit = new(
        Market, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), CaseNumber.Of(Request.Item, new DateOnly(2026, 11, 23), 42),
        CatalogueExamples.Establishment.Item, 1, Applicant, Request.Channel, Request.Hall, Request.Materials!);

    private static readonly Case Start = After(null, Submit);

    private static readonly Case Running = After(Start, new AcceptCase(Market, []));

    private static readonly RefusalGrounds Grounds = new(
        "Company Law, art. 9", "The scope of business is reserved by law.", RefusalGrounds.StatutoryRemedy);

    public static readonly CaseView Submitted = View(Start);
    public static readonly CaseView Accepted = View(Running);
    public static readonly CaseView Granted = View(After(Running, new GrantStep(Market, "licence", null)));
    public static readonly CaseView Corrected = View(After(Start, new SendCorrectionNotice(
        Market, [new CorrectionLine("The lease lacks the landlord's signature.", "premises-proof")])));
    public static readonly CaseView Refused = View(After(Running, new RefuseCase(Market with { IsSupervisor = true }, Grounds)));
    public static readonly CaseView Withdrawn = View(After(Running, new WithdrawCase(Market, "We apply next year.")));
    public static readonly CaseView Extended = View(After(Running, new ExtendLimit(Market with { IsSupervisor = true }, 5, "The expert opinion is contradictory.")));
    public static readonly CaseView Paused = View(After(Running, new PauseClock(Market, null, PauseReason.ExpertReview, "Experts look at the articles.")));
    public static readonly CaseSummary Summary = CaseSummary.Of(Running, "en");
    public static readonly TaskView Task = TaskView.Of(Running, ListTasks.TasksOf(Running, Department.MarketRegulation).First(), "en");

    public static readonly CaseHistory History = new(
        [.. Facts(null, Submit).Select((fact, i) => GetCaseHistory.Entry(i + 1, fact))]);

    public static MaterialGiven Material(string code, string name) =>
        new(code, name, "sha-256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");

    private static IReadOnlyList<CaseFact> Facts(Case? state, CaseCommand command) =>
        Case.Decide(state, command, LegalClock.Zone, CatalogueExamples.Now).Facts;

    private static Case After(Case? state, CaseCommand command) => Facts(state, command).Aggregate(state, Case.Evolve)!;

    private static CaseView View(Case @case) => CaseView.Of(@case, "en");
}
