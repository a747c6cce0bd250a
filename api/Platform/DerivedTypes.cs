using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OneDoor.Platform;

/// <summary>Describes a type that JSON tells its kinds apart in as one of those kinds: each with a schema of its own that names it.</summary>
public sealed class DerivedTypes : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema described)
            return;
        if (context.Type.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false) is { } one)
            BeOneOf(described, one, context);
        else if (context.Type.BaseType?.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false) is { } whole)
            BeNamed(described, whole, (string)Kinds(context.Type.BaseType).Single(kind => kind.DerivedType == context.Type).TypeDiscriminator!);
    }

    private static void BeOneOf(OpenApiSchema described, JsonPolymorphicAttribute one, SchemaFilterContext context)
    {
        var kinds = Kinds(context.Type).ToDictionary(
            kind => (string)kind.TypeDiscriminator!,
            kind => (OpenApiSchemaReference)context.SchemaGenerator.GenerateSchema(kind.DerivedType, context.SchemaRepository));
        (described.Type, described.Properties, described.Required, described.AdditionalPropertiesAllowed) = (null, null, null, true);
        described.OneOf = [.. kinds.Values];
        described.Discriminator = new OpenApiDiscriminator { PropertyName = one.TypeDiscriminatorPropertyName, Mapping = kinds };
    }

    private static void BeNamed(OpenApiSchema described, JsonPolymorphicAttribute whole, string name)
    {
        var discriminator = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [(JsonNode)name], Description = "Which kind this is." };
        described.Properties = new Dictionary<string, IOpenApiSchema>([new(whole.TypeDiscriminatorPropertyName!, discriminator), .. described.Properties!]);
        described.Required = new HashSet<string>([.. described.Required!, whole.TypeDiscriminatorPropertyName!]);
    }

    private static IEnumerable<JsonDerivedTypeAttribute> Kinds(Type type) => type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false);
}
