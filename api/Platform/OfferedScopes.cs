using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OneDoor.Platform;

/// <summary>Offers in openapi.yaml the scopes that operations ask for, and no other: identity refuses what it does not know, and systems what people do for themselves.</summary>
public sealed class OfferedScopes : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var asked = context.ApiDescriptions.SelectMany(route => route.ActionDescriptor.EndpointMetadata.OfType<NeededScopes>())
            .SelectMany(needed => needed.Scopes).ToHashSet();
        var flows = swaggerDoc.Components!.SecuritySchemes![ContractFilter.OAuth].Flows!;
        flows.AuthorizationCode!.Scopes = flows.AuthorizationCode.Scopes!.Where(scope => asked.Contains(scope.Key)).ToDictionary();
        flows.ClientCredentials!.Scopes = flows.AuthorizationCode.Scopes.Where(scope => !Scopes.OfPeople.Contains(scope.Key)).ToDictionary();
    }
}
