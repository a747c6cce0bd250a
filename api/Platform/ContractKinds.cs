using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OneDoor.Platform;

/// <summary>A record whose <c>type</c> says what its <c>details</c> hold: openapi.yaml describes it as one of its kinds, each with a schema of its own.</summary>
/// <param name="Record">The record.</param>
/// <param name="Says">What one of any kind is.</param>
/// <param name="Kinds">What <c>details</c> hold, by what <c>type</c> says.</param>
public sealed record ContractKinds(Type Record, string Says, IEnumerable<(string Type, Type Details)> Kinds);

/// <summary>Describes the records that <see cref="ContractKinds"/> tells of; each capability registers its own.</summary>
public sealed class KindsFilter(IEnumerable<ContractKinds> registered) : ISchemaFilter
{
    private const string TypeMember = "type", DetailsMember = "details";

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema described || registered.FirstOrDefault(one => one.Record == context.Type) is not { } record)
            return;
        var kinds = record.Kinds.ToDictionary(kind => kind.Type, kind => KindOf(described, record, kind.Type, kind.Details, context));
        (described.Type, described.Properties, described.Required, described.AdditionalPropertiesAllowed) = (null, null, null, true);
        described.OneOf = [.. kinds.Values];
        described.Discriminator = new OpenApiDiscriminator { PropertyName = TypeMember, Mapping = kinds };
    }

    private static OpenApiSchemaReference KindOf(OpenApiSchema described, ContractKinds record, string type, Type details, SchemaFilterContext context)
    {
        var holds = (OpenApiSchemaReference)context.SchemaGenerator.GenerateSchema(details, context.SchemaRepository);
        holds.Description = described.Properties![DetailsMember].Description;
        var named = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [(JsonNode)type], Description = "Which kind this is." };
        var kind = context.SchemaRepository.AddDefinition($"{record.Record.Name}Of{details.Name}", new OpenApiSchema
        {
            Type = described.Type, Description = record.Says, AdditionalPropertiesAllowed = described.AdditionalPropertiesAllowed,
            Required = new HashSet<string>([.. described.Required!.Where(name => name != TypeMember), TypeMember]),
            Properties = new Dictionary<string, IOpenApiSchema>(
                [new(TypeMember, named), .. described.Properties.Where(member => member.Key is not (TypeMember or DetailsMember)), new(DetailsMember, holds)]),
        });
        kind.Description = record.Says;
        return kind;
    }
}
