using System.Reflection;
using System.Text.Json;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OneDoor.Platform;

/// <summary>Says of a record's members in openapi.yaml which can be null and which have to be there, as records and the reader of bodies have it.</summary>
public sealed class ContractMembers : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { } properties } record)
            return;
        var nullability = new NullabilityInfoContext();
        foreach (var property in context.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            // Whose type is a schema of its own is a bare reference, which cannot say so.
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (properties.TryGetValue(name, out var found) && found is OpenApiSchemaReference reference
                && nullability.Create(property).ReadState == NullabilityState.Nullable)
                properties[name] = new OpenApiSchema { OneOf = [reference, new OpenApiSchema { Type = JsonSchemaType.Null }], Description = reference.Description };
        }
        if (!context.Type.IsAssignableTo(typeof(ICommand)))
            return;
        // Those that a body is refused without, whether or not they may be null.
        var required = RestJson.Options.GetTypeInfo(context.Type).Properties.Where(BodyForm.IsRequired).Select(property => property.Name).Where(properties.ContainsKey).ToHashSet();
        record.Required = required.Count == 0 ? null : required;
    }
}
