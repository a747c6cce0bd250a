using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>How a step is decided.</summary>
public enum StepOutcome { Granted, Refused }

/// <summary>A department's decision on its step.</summary>
/// <param name="Outcome">A clerk grants; only a supervisor refuses.</param>
/// <param name="Reason">Needed for a refusal.</param>
/// <param name="LegalBasis">Needed for a refusal, and of no other outcome: the provision it rests on.</param>
/// <param name="Remedy">Of a refusal only: what the applicant can do against a refusal; the statutory remedies when left out.</param>
public sealed record DecideStepRequest(StepOutcome Outcome, string? Reason = null, string? LegalBasis = null, string? Remedy = null);

/// <summary>POST /v1/cases/{id}/steps/{step}/decision (CASE-4, CASE-5).</summary>
public static class DecideStep
{
    public static void MapDecideStep(this IEndpointRouteBuilder cases) => cases.MapPost("/{id:guid}/steps/{step}/decision", Handle)
        .ChangesCase("decideStep", "Grant or refuse a step of one's own department",
            new DecideStepRequest(StepOutcome.Granted), CaseExamples.Granted, Scopes.CasesHandle, Scopes.CasesSupervise);

    private static async Task<IResult> Handle(
        Guid id, [Description("The step's code.")] string step, DecideStepRequest request, CaseChange change, CancellationToken ct,
        [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
        await change.Result(id, await Decide(id, step, request, change, ifMatch, ct), ct);

    internal static async Task<Outcome> Decide(
        Guid id, string step, DecideStepRequest request, CaseChange change, string? ifMatch, CancellationToken ct)
    {
        // A clerk who names the grounds of a refusal has not meant to grant.
        (string At, string? Given)[] ofRefusals = request.Outcome == StepOutcome.Refused ? [] : [("/legalBasis", request.LegalBasis), ("/remedy", request.Remedy)];
        if (Refusal.AllOf(ofRefusals.Where(field => field.Given is not null).Select(field =>
            RequestRefusals.UnknownField.Because("仅在 outcome 为 refused 时填写。", "It belongs to the outcome refused.").At(field.At))) is { } misshapen)
            return misshapen;
        return await change.Change(id, ifMatch, request, by => request.Outcome == StepOutcome.Granted
            ? new GrantStep(by, step, request.Reason)
            : new RefuseStep(by, step, new RefusalGrounds(
                request.LegalBasis ?? "", request.Reason ?? "", request.Remedy ?? RefusalGrounds.StatutoryRemedy)), ct);
    }
}
