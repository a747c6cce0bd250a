using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Graph;

public class GraphSchemaTests(Api api)
{
    private ISchema Schema => api.Services.GetRequiredService<ISchema>();

    [Fact]
    public async Task The_served_schema_is_the_approved_one() => Approved.Is("schema/schema.graphql", await api.Get("/graphql/schema.graphql"));

    [Fact]
    public void Everything_in_the_schema_says_what_it_is()
    {
        var types = Schema.AllTypes.Where(t => !t.Name.StartsWith("__", StringComparison.Ordinal)).ToArray();
        var silent = types.OfType<IComplexGraphType>().SelectMany(type => type.Fields
            .SelectMany(field => (field.Arguments ?? []).Select(a => ($"{type.Name}.{field.Name}({a.Name})", a.Description))
                .Append(($"{type.Name}.{field.Name}", field.Description))));
        silent.Concat(types.OfType<IComplexGraphType>().Select(type => (type.Name, type.Description)))
            .Where(said => string.IsNullOrWhiteSpace(said.Item2))
            .Select(said => said.Item1)
            .MustBeEmpty("Without a description:");
    }
}
