using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OneDoor.Platform;

/// <summary>Says of a command's members which have to be there: those that a body is refused without, whether or not they may be null.</summary>
public sealed class RequiredMembers : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { } properties } body || !context.Type.IsAssignableTo(typeof(ICommand)))
            return;
        var required = RestJson.Options.GetTypeInfo(context.Type).Properties.Where(BodyForm.IsRequired).Select(property => property.Name).Where(properties.ContainsKey).ToHashSet();
        body.Required = required.Count == 0 ? null : required;
    }
}
