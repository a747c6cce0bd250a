using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Supervision;

/// <summary>What the documentation shows of supervision: a task, decided by the platform's own rules.</summary>
public static class SupervisionExamples
{
    private static readonly SupervisionAsking Health = new(new Actor("sandbox-health", "sandbox-health", Department.Health), LegalClock.Zone, CatalogueExamples.Now);

    private static readonly SupervisionTask Fresh = SupervisionTask.Evolve(null, new SupervisionOpened(
        CatalogueExamples.Now, Actor.OfPlatform(Department.ServiceOffice), new("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), "OFFC-017-01-20261123-000042-1",
        [new(ApplicantKind.LegalEntity, "沙箱贸易有限公司", Uscc: "91990000MA0000007X")], "OFFC-017-01", new("公共场所卫生许可（新办）", "Hygiene licence for public places: first issue"),
        Department.Health, Department.ServiceOffice, Committed: true, LegalClock.Zone.Simulate(CatalogueExamples.Now, Limit.WorkingDays(1)).DueAt, new DateOnly(2027, 1, 20)));

    public static readonly RecordFinding Breach = new(FindingOutcome.Breach, "The report on the air is missing.", new DateOnly(2026, 12, 18));
    public static readonly RecordRectification NotDone = new(RectificationOutcome.NotRectified, "There is still none.");

    private static readonly SupervisionTask Rectifying = After(Fresh, Breach);

    public static readonly SupervisionView Opened = View(Fresh);
    public static readonly SupervisionView Acknowledged = View(After(Fresh, new AcknowledgeSupervision()));
    public static readonly SupervisionView Found = View(Rectifying);
    public static readonly SupervisionView NotRectified = View(After(Rectifying, NotDone, later: 30));
    public static readonly History<SupervisionEvent> History = new([.. SupervisionTask.Decide(Fresh, Breach, Health).Facts.Select(SupervisionEvent.Of)]);

    private static SupervisionTask After(SupervisionTask state, SupervisionCommand command, int later = 0) => SupervisionTask.Decide(state, command, Health with { Now = Health.Now.AddDays(later) }).Facts.Aggregate(state, SupervisionTask.Evolve);

    private static SupervisionView View(SupervisionTask task) => SupervisionView.Of(task, "en");
}
