using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Standing;

/// <summary>What the documentation shows of standing: a record, decided by the platform's own rules.</summary>
public static class StandingExamples
{
    private static readonly PersonOrEntity Company = new(ApplicantKind.LegalEntity, "沙箱贸易有限公司", Uscc: "91990000MA0000007X");

    private static readonly CreditAsking
        Subject = new(new Actor("mobile", "enterprise", Applicant: Company.Key), LegalClock.Zone, CatalogueExamples.Now, new()),
        Keeper = Subject with { By = new Actor("sandbox-market-regulation", "sandbox-market-regulation", Department.MarketRegulation) };

    private static readonly CreditRecorded Recorded = new(
        CatalogueExamples.Now, Keeper.By, CreditKind.CommitmentBreached, CreditClass.Ordinary, new("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), "SAMR-018-01", "SAMR-018-01-20261123-000042-1",
        [Company], Department.MarketRegulation, new DateOnly(2026, 11, 23), new DateOnly(2029, 11, 23));

    private static readonly CreditRecord Fresh = CreditRecord.Evolve(null, Recorded);

    public static readonly RequestRepair Request = new("The quality system is in place since the 20th.");
    public static readonly ObjectToRecord Objection = new("The licence was another company's.");

    private static readonly CreditRecord Asked = After(Fresh, Request, Subject), Disputed = After(Fresh, Objection, Subject);

    public static readonly CreditRecordView Record = CreditRecordView.Of(Fresh);
    public static readonly CreditRecordView Requested = CreditRecordView.Of(Asked);
    public static readonly CreditRecordView Repaired = CreditRecordView.Of(After(Asked, new DecideRepair(), Keeper));
    public static readonly CreditRecordView Objected = CreditRecordView.Of(Disputed);
    public static readonly CreditRecordView StruckOut = CreditRecordView.Of(After(Disputed, new DecideObjection(Upheld: true), Keeper));
    public static readonly History<CreditEvent> History = new([.. CreditRecord.Decide(Fresh, Request, Subject).Facts.Prepend(Recorded).Select(CreditEvent.Of)]);
    public static readonly StandingView Standing = StandingView.Of([Fresh], [], LegalClock.DayOf(CatalogueExamples.Now));

    private static CreditRecord After(CreditRecord state, CreditCommand command, CreditAsking asked) => CreditRecord.Decide(state, command, asked).Facts.Aggregate(state, CreditRecord.Evolve);
}
