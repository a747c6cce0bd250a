using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OneDoor.Platform;

/// <summary>Offers in openapi.yaml the scopes that operations ask for, and no other: identity refuses what it does not know.</summary>
public sealed class OfferedScopes : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var asked = context.ApiDescriptions.SelectMany(route => route.ActionDescriptor.EndpointMetadata.OfType<NeededScopes>())
            .SelectMany(needed => needed.Scopes).ToHashSet();
        var flows = swaggerDoc.Components!.SecuritySchemes![ContractFilter.OAuth].Flows!;
        foreach (var flow in new[] { flows.ClientCredentials!, flows.AuthorizationCode! })
            flow.Scopes = flow.Scopes!.Where(scope => asked.Contains(scope.Key)).ToDictionary();
    }
}
