namespace OneDoor.Supervision;

/// <summary>GET /v1/supervision-tasks/{id}, now or as of a past instant, and its history.</summary>
public static class SupervisionReading
{
    public static readonly Reading<SupervisionTask, SupervisionFact, SupervisionView, SupervisionEvent> One = new(
        "supervisionTask", "a supervision task", "监管任务", "supervision", "/v1/supervision-tasks", SupervisionRefusals.NotFound, Scopes.SupervisionHandle, Scopes.LicencesRead)
    {
        View = (task, to) => new(SupervisionView.Of(task, to.Language)),
        Event = (fact, i, _) => SupervisionEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (SupervisionExamples.Opened, SupervisionExamples.History),
    };
}
