using Microsoft.AspNetCore.Mvc;
using OneDoor.Catalogue;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>Where a referral goes.</summary>
public enum ReferralKind
{
    /// <summary>A step goes to the department that is right for it.</summary>
    Department,

    /// <summary>A case not yet accepted goes to the item that is right for it.</summary>
    Item,

    /// <summary>A step is left to a supervisor.</summary>
    Upward,
}

/// <summary>A referral: what a clerk does instead of refusing (CASE-4).</summary>
/// <param name="Kind">Where it goes.</param>
/// <param name="Reason">Why.</param>
/// <param name="Step">With kinds <c>department</c> and <c>upward</c>: the step; may be left out where the department has one.</param>
/// <param name="Department">With kind <c>department</c>: the right one.</param>
/// <param name="Item">With kind <c>item</c>: the right one.</param>
public sealed record ReferCaseRequest(ReferralKind Kind, string Reason, string? Step = null, Department? Department = null, string? Item = null);

/// <summary>POST /v1/cases/{id}/referrals (CASE-4).</summary>
public static class ReferCase
{
    public static void MapReferCase(this IEndpointRouteBuilder cases) => cases.MapPost("/{id:guid}/referrals", Handle)
        .ChangesCase("referCase", "Redirect to the right department or item, or refer upward",
            new ReferCaseRequest(ReferralKind.Upward, "Two companies claim the same name."), CaseExamples.Accepted, Scopes.CasesHandle);

    private static async Task<IResult> Handle(
        Guid id, ReferCaseRequest request, CaseChange change, CurrentCatalogue catalogue, CancellationToken ct,
        [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
        await change.Result(id, await Refer(id, request, change, catalogue, ifMatch, ct), ct);

    internal static async Task<Outcome> Refer(
        Guid id, ReferCaseRequest request, CaseChange change, CurrentCatalogue catalogue, string? ifMatch, CancellationToken ct)
    {
        var kind = Kebab.Of(request.Kind);
        var outOfPlace = OutOfPlace(request).Select(field => RequestRefusals.UnknownField.Because(
            $"kind 为 {kind} 时没有此字段。", $"There is no such field with the kind {kind}.").At(field));
        var missing = Missing(request) is { } lacking
            ? [RequestRefusals.FieldMissing.Because($"kind 为 {kind} 时须有此字段。", $"It is required with the kind {kind}.").At(lacking)]
            : Array.Empty<Refusal>();
        if (Refusal.AllOf([.. outOfPlace, .. missing]) is { } misshapen)
            return misshapen;
        var published = request is { Kind: ReferralKind.Item, Item: { } item } ? await catalogue.Find(item, ct) : null;
        if (request.Kind == ReferralKind.Item && published is null)
            return CaseRefusals.ItemUnknown.At("/item");
        return await change.Change(id, ifMatch, request, by => request.Kind switch
        {
            ReferralKind.Department => new RedirectStep(by, request.Step, request.Department!.Value, request.Reason),
            ReferralKind.Item => new MoveCaseToItem(by, published!.Item, published.Version, request.Reason),
            _ => new ReferStepUpward(by, request.Step, request.Reason),
        }, ct);
    }

    // What another kind of referral would take: to leave it out of account would be to do something else than was asked.
    private static IEnumerable<string> OutOfPlace(ReferCaseRequest request)
    {
        if (request is { Kind: not ReferralKind.Department, Department: not null })
            yield return "/department";
        if (request is { Kind: not ReferralKind.Item, Item: not null })
            yield return "/item";
        if (request is { Kind: ReferralKind.Item, Step: not null })
            yield return "/step";
    }

    private static string? Missing(ReferCaseRequest request) => request switch
    {
        { Kind: ReferralKind.Department, Department: null } => "/department",
        { Kind: ReferralKind.Item, Item: null } => "/item",
        _ => null,
    };
}
