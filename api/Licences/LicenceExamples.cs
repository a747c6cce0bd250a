using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Documents;

namespace OneDoor.Licences;

/// <summary>What the documentation shows of licences: one, decided by the platform's own rules.</summary>
public static class LicenceExamples
{
    private const string Found = "The proof of the premises is forged.", Basis = "行政许可法第六十九条第二款";
    private static readonly Actor Clerk = new("sandbox-market-regulation", "sandbox-market-regulation", Department.MarketRegulation, IsSupervisor: true);

    private static readonly LicenceIssued Issue = new(
        CatalogueExamples.Now, Clerk, "ESTABLISHMENT-20261123-000042-1", new("business-licence", new("营业执照", "Business licence")), [new(ApplicantKind.LegalEntity, "天津临港智造有限公司", "91990000MA0000007X")],
        CatalogueExamples.Establishment.Item.Code, CatalogueExamples.Establishment.Item.Name, Department.MarketRegulation, Department.MarketRegulation, new("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), "licence",
        LegalClock.DayOf(CatalogueExamples.Now), null, LegalClock.DayOf(CatalogueExamples.Now));

    private static readonly Licence Fresh = Licence.Evolve(null, Issue);

    public static readonly SuspendLicence Suspension = new("Sales of expired food.", "withholding-penalty", LegalClock.DayOf(CatalogueExamples.Now).AddDays(30));
    public static readonly AnnounceRevocation Notice = new(Found, Basis);
    public static readonly RevokeLicence Revocation = new(RevocationGround.Annulled, Found, Basis);
    public static readonly CancelLicence Cancellation = new("The enterprise was dissolved.", "行政许可法第七十条第（三）项");
    public static readonly ReplaceLicence Replacement = new("The holder's name was misspelt.", "行政许可法第六十一条", "天津临港智造科技有限公司");

    public static readonly SpeakAboutRevocation Statement = new("The premises are as the proof says.", Hearing: true);
    public static readonly CallLicenceHearing Hearing = new(new DateOnly(2026, 12, 8), "Airport hall, room 204", new("003", "Zhao Min"));
    public static readonly CloseLicenceHearing Minutes = new("Zhao Min, the holder", new DateOnly(2026, 12, 8), "The holder showed the lease.");
    public static readonly ExtendRevocation Extension = new("The landlord is still to be heard.");

    public static readonly WithdrawNotice Withdrawal = new("The lease is genuine.");

    private static readonly IReadOnlyList<LicenceFact> Told = Facts(Fresh, Notice, CatalogueExamples.Now);
    private static readonly IReadOnlyList<LicenceFact> Ended = Facts(Told.Aggregate(Fresh, Licence.Evolve), Revocation, CatalogueExamples.Now.AddDays(20));

    public static readonly Draft NoticeInWriting = LicenceDrafts.Of(Told.Aggregate(Fresh, Licence.Evolve), Told[^1])!;

    public static readonly LicenceView Valid = View(Fresh);
    public static readonly LicenceView Suspended = View(After(Suspension));
    public static readonly LicenceView Noticed = View(After(Notice));
    public static readonly LicenceView Spoken = View(NoticedAnd(Statement));
    public static readonly LicenceView Called = View(NoticedAnd(Statement, Hearing));
    public static readonly LicenceView Minuted = View(Facts(NoticedAnd(Statement, Hearing), Minutes with { Hearing = 1 }, CatalogueExamples.Now.AddDays(15)).Aggregate(NoticedAnd(Statement, Hearing), Licence.Evolve));
    public static readonly LicenceView Extended = View(NoticedAnd(Extension));
    public static readonly LicenceView NoticeWithdrawn = View(NoticedAnd(Withdrawal));
    public static readonly LicenceView Revoked = View(Ended.Aggregate(Told.Aggregate(Fresh, Licence.Evolve), Licence.Evolve));
    public static readonly LicenceView Cancelled = View(After(Cancellation));
    public static readonly LicenceView Replaced = View(After(Replacement));
    public static readonly History<LicenceEvent> History = new([.. new LicenceFact[] { Issue }.Concat(Told).Concat(Ended).Select((fact, i) => LicenceEvent.Of(fact, i, "en"))]);
    public static readonly RegisteredLicence Registered = RegisteredLicence.Of(Fresh, "en");

    public static readonly LicenceVerification Verified = new(
        Fresh.Number, Fresh.Kind, Fresh.MaskedHolders, Fresh.Status, Fresh.ValidFrom, Fresh.ValidUntil, Fresh.OperationFrom, CatalogueExamples.Now, PaperCheck.Matches,
        new(42, "https://onedoor.example" + GetStatusList.Path), "eyJhbGciOiJFUzI1NiIsImtpZCI6…");

    private static Licence After(LicenceCommand command) => Facts(Fresh, command, CatalogueExamples.Now).Aggregate(Fresh, Licence.Evolve);

    private static Licence NoticedAnd(params LicenceCommand[] commands) =>
        commands.Aggregate(Told.Aggregate(Fresh, Licence.Evolve), (state, command) => Facts(state, command, CatalogueExamples.Now).Aggregate(state, Licence.Evolve));

    private static IReadOnlyList<LicenceFact> Facts(Licence state, LicenceCommand command, DateTimeOffset now) =>
        Licence.Decide(state, command, new LicenceAsking(Clerk, LegalClock.Zone, now) { MayManage = true, SuspensionBases = CatalogueExamples.Establishment.Item.SuspensionBases ?? [] }).Facts;

    private static LicenceView View(Licence l) => LicenceView.Of(l, "en");
}
