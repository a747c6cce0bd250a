using Marten;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>A whole application.</summary>
/// <param name="Item">Code of the item applied for.</param>
/// <param name="Channel">How it reached the platform.</param>
/// <param name="Applicant">Who applies; left out, the one who is signed in.</param>
/// <param name="Hall">The receiving hall; needed at a window or a kiosk.</param>
/// <param name="Materials">What is handed in; what is missing can follow.</param>
public sealed record SubmitCaseRequest(
    string Item, Channel Channel, Applicant? Applicant = null, string? Hall = null, IReadOnlyList<MaterialGiven>? Materials = null);

/// <summary>POST /v1/cases (CASE-1).</summary>
public static class SubmitCaseEndpoint
{
    public static void MapSubmitCase(this IEndpointRouteBuilder cases) => cases.MapPost("", Handle)
        .Needs(Scopes.CasesSubmit)
        .WithName("submitCase")
        .WithSummary("Submit a case")
        .WithDescription("One request creates the whole case and answers with its receipt. Send an Idempotency-Key, and repeat with it until you have an answer.")
        .TakesIdempotencyKey()
        .Produces<CaseView>(StatusCodes.Status201Created)
        .Shows(CaseExamples.Request, CaseExamples.Submitted)
        .Refuses(400, 409, 413, 415, 422);

    private static async Task<IResult> Handle(SubmitCaseRequest request, CaseSubmission submission, CancellationToken ct) =>
        (await submission.Submit(request, ct)).ToResult();
}

/// <summary>Who applies.</summary>
public static class Applying
{
    /// <summary>Whom the request names, or who is signed in; a refusal where it is nobody.</summary>
    public static (Applicant? Applicant, Refusal? Refused) WhoApplies(this Caller caller, Applicant? named) => (named, caller.Applicant) switch
    {
        ({ } applicant, _) => (applicant, null),
        (null, { } signedIn) => (Applicant.Of(signedIn), null),
        _ => (null, RequestRefusals.FieldMissing.Because(
            "只有以公民或企业身份登录者可以省略。", "Only who is signed in as a citizen or an enterprise may leave it out.").At("/applicant")),
    };
}

/// <summary>Takes an application in: draws its number, asks the rule, starts its stream.</summary>
public sealed class CaseSubmission(
    Caller caller, CurrentCatalogue catalogue, IDocumentSession session, Idempotency idempotency, CaseNumbers numbers, LegalClock clock,
    TimeProvider time, Etags etags, IHttpContextAccessor accessor)
{
    public Task<Outcome> Submit(SubmitCaseRequest request, CancellationToken ct) => idempotency.Once(request, () => Decide(request, ct), ct);

    private async Task<Outcome> Decide(SubmitCaseRequest request, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (applicant, unnamed) = caller.WhoApplies(request.Applicant);
        if (await catalogue.Find(request.Item, ct) is not { } published)
            return Refusal.AllOf([CaseRefusals.ItemUnknown.At("/item"), .. unnamed is null ? applicant!.Refusals(LegalClock.DayOf(now)) : [unnamed]])!;
        if (unnamed is not null)
            return unnamed;

        var id = Guid.CreateVersion7(now);
        var submit = new SubmitCase(
            caller.Actor, id, CaseNumber.Of(published.Item.Code, LegalClock.DayOf(now), await numbers.Next(ct)), published.Item, published.Version,
            applicant!, request.Channel, request.Hall, request.Materials ?? [], caller.Applicant?.Name);
        var decision = Case.Decide(state: null, await session.Informed(submit, state: null, ct), clock, now);
        if (decision.Refused is { } refusal)
            return refusal;

        session.Events.StartStream<Case>(id, decision.Facts);
        var submitted = decision.Facts.Aggregate(default(Case), Case.Evolve)!;
        return etags.Answer(submitted.SeenBy(caller.Actor)!, caller.Actor, Language.Of(accessor.HttpContext!.Request), $"/v1/cases/{id}");
    }
}
