using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>GET /v1/cases/{id}/plan (JOINT-2).</summary>
public static class GetCasePlan
{
    public static void MapGetCasePlan(this IEndpointRouteBuilder cases) => cases.MapPart(
            "plan", "getCasePlan", "Read when a case's steps run and have to, and how late each may be (关键线路)", CaseExamples.Plan,
            (whole, seen, to) => ValueTask.FromResult(Of(whole, seen, to.Services.GetRequiredService<LegalClock>(), to.Now)))
        .WithDescription("Before acceptance as if it were accepted now. A department sees its own steps.");

    /// <summary>The plan of the whole, and of it what has to do with the steps that its reader sees (JOINT-3).</summary>
    /// <param name="whole">The case.</param>
    /// <param name="seen">What its reader may see of it.</param>
    internal static StepPlan Of(Case whole, Case seen, LegalClock clock, DateTimeOffset now) => whole.PlanOfSteps(clock, now).Only(seen.Steps.Select(s => s.Code).ToHashSet());
}
