using Microsoft.AspNetCore.Mvc;

namespace OneDoor.Cases;

/// <summary>Materials handed in after submission.</summary>
/// <param name="Materials">One of a code already in the case replaces it.</param>
public sealed record SupplyMaterialsRequest(IReadOnlyList<MaterialGiven> Materials);

/// <summary>POST /v1/cases/{id}/materials.</summary>
public static class SupplyMaterialsEndpoint
{
    public static void MapSupplyMaterials(this IEndpointRouteBuilder cases) => cases.MapPost("/{id:guid}/materials", Handle)
        .ChangesCase("supplyMaterials", "Hand in what a correction notice or a pledge asks for",
            new SupplyMaterialsRequest([CaseExamples.Material("premises-proof", "Lease, signed.pdf")]), CaseExamples.Submitted, Scopes.CasesSubmit, Scopes.CasesHandle);

    private static Task<IResult> Handle(
        Guid id, SupplyMaterialsRequest request, CaseChange change, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
        change.Apply(id, ifMatch, request, Command(request), ct);

    internal static Func<Actor, CaseCommand> Command(SupplyMaterialsRequest request) => by => new SupplyMaterials(by, request.Materials);
}
