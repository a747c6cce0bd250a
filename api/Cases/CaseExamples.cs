using System.Text.Json;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>What the documentation shows of cases: one business establishment, decided by the platform's own rules.</summary>
public static class CaseExamples
{
    /// <summary>The sandbox's user <c>enterprise</c>, who may try them as well as an agency's system, founds a company.</summary>
    public static readonly Applicant Applicant = new(
        ApplicantKind.Founders, "沙箱新设有限公司", Founders: [new(ApplicantKind.LegalEntity, "沙箱贸易有限公司", Uscc: "91990000MA0000007X")], Representative: 0,
        Subject: new("沙箱新设有限公司", SubjectKind.Company));

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

    internal static readonly SendCorrectionNotice Notice = new([new("The lease lacks the landlord's signature.", "premises-proof")]);
    internal static readonly TellThirdParties ThirdParties = new("licence", new DateOnly(2026, 12, 4), [new("Owners' committee of Garden 3")]);
    internal static readonly CallHearing Hearing = new("licence", HearingGround.Requested, new DateOnly(2026, 12, 8), "Airport hall, room 204", new("003", "Zhao Min"));
    internal static readonly DecideStep Grant = new(StepOutcome.Granted, Uscc: "91990000MA0000015Q") { Step = "licence" };

    /// <summary>An item that is granted by commitment.</summary>
    public static readonly ItemPublished Committed = new(CatalogueExamples.Now, 1, new DateOnly(2026, 11, 23), CatalogueData.Zone().First(item => item.Commitment is { Kind: CommitmentKind.ToBeMet }));

    private static readonly CaseAsking Market = new(
        new Actor("sandbox-market-regulation", "sandbox-market-regulation", Department.MarketRegulation, IsSupervisor: true), LegalClock.Zone, CatalogueExamples.Now)
    {
        Item = CatalogueExamples.Establishment, Applicant = Applicant,
        New = (new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), CaseNumber.Of(Request.Item, new DateOnly(2026, 11, 23), 42)),
    };

    internal static readonly Case Start = Next(null, Request);
    internal static readonly Case Running = Next(Start, new AcceptCase());
    // The other departments miss nothing.
    internal static readonly Case Heard = Start with { Added = [.. Start.Unheard.Select(d => new AddedLines(d, []))] };
    internal static readonly Case Noticed = Next(Heard, Notice);
    internal static readonly Case HalfSigned = Next(null, new SubmitCase(
        CatalogueExamples.Transfer.Item.Code, Channel.Online, Declaration: Request.Declaration, Form: Answer(CatalogueExamples.Transfer), Contact: Request.Contact), Of(0));
    internal static readonly Case ToBeMet = Start with
    {
        Commitment = new(CommitmentKind.ToBeMet, SignedTexts.CommitmentTo(Committed.Item).Digest, SignedTexts.CommitmentTo(Committed.Item).Text, "张三", CatalogueExamples.Now, new DateOnly(2027, 1, 29)),
    };

    /// <summary>An acceptance, and the case after it.</summary>
    public static readonly (Case Case, CaseFact Fact) Acceptance = (Running, Facts(Start, new AcceptCase())[0]);

    public static readonly CaseView Submitted = View(Start);
    public static readonly CaseView Accepted = View(Running);
    public static readonly StepPlan Plan = Running.PlanOfSteps(LegalClock.Zone, CatalogueExamples.Now);
    public static readonly CaseSummary Summary = CaseSummary.Of(Running, "en");
    public static readonly TaskView Task = TaskView.Of(Running, ListTasks.TasksOf(Running, Department.MarketRegulation).First(), "en");

    public static readonly CaseHistory History = new(
        [.. Facts(null, Request).Select((fact, i) => HistoryEntry.Of(i + 1, fact, Market.By))]);

    public static MaterialGiven Material(string code, string name) =>
        new(code, name, "sha-256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");

    private static JsonElement Answer(ItemPublished published) => FormExample.Of(published.Form!, LegalClock.DayOf(CatalogueExamples.Now));

    private static IReadOnlyList<CaseFact> Facts(Case? state, CaseCommand command, CaseAsking? asked = null) => Case.Decide(state, command, asked ?? Market).Facts;

    /// <summary>A command, and what it is answered with.</summary>
    /// <param name="state">The case before it.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="asked">Who asks, and when; left out, the lead's supervisor at the moment of all examples.</param>
    internal static Example After(Case state, CaseCommand command, CaseAsking? asked = null) => new(command, View(Next(state, command, asked)));

    internal static Case Next(Case? state, CaseCommand command, CaseAsking? asked = null) => Facts(state, command, asked).Aggregate(state, Case.Evolve)!;

    /// <summary>A case as so many days alone have left it.</summary>
    internal static Case Later(Case state, int days) => state.Lapse(LegalClock.Zone, At(days).Now).Aggregate(state, Case.Evolve);

    /// <summary>The lead's supervisor asks, so many days later.</summary>
    internal static CaseAsking At(int days) => Market with { Now = Market.Now.AddDays(days) };

    /// <summary>One of the parties asks, at their own device.</summary>
    internal static CaseAsking Of(int party) => Market with
    {
        By = new Actor("mobile", "", Applicant: Parties.Keys[party]),
        Item = CatalogueExamples.Transfer,
        Applicant = Parties,
        New = (Market.New.Id, CaseNumber.Of(CatalogueExamples.Transfer.Item.Code, new DateOnly(2026, 11, 23), 43)),
    };

    private static CaseView View(Case @case) => CaseView.Of(@case, "en");
}
