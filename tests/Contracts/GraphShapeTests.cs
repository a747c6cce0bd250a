using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Graph;

/// <summary>What becomes of a record that GraphQL shows or takes.</summary>
public sealed partial class GraphShapeTests(Api api)
{
    [Fact]
    public void A_record_shows_what_its_JSON_shows_and_nothing_else() =>
        Assert.Equal(["given", "why"], new GraphShape<Told, Told>("Told", told => told, []).Fields.Select(field => field.Name).Order());

    [Fact]
    public void A_property_that_is_left_out_is_not_shown() =>
        Assert.Equal(["why"], new GraphShape<Told, Told>("Told", told => told, [nameof(Told.Given)]).Fields.Select(field => field.Name));

    [Fact]
    public void What_may_be_null_in_the_record_may_be_null_in_its_type()
    {
        var shape = new GraphShape<Told, Told>("Told", told => told, []);
        Assert.False(shape.GetField("why")!.Type!.IsGenericType && shape.GetField("why")!.Type!.GetGenericTypeDefinition() == typeof(NonNullGraphType<>));
        Assert.Equal(GraphList.Of<string>(), shape.GetField("given")!.Type);
    }

    [Fact]
    public void A_command_takes_what_its_JSON_takes_and_nothing_else() =>
        Assert.Equal(["given", "why"], new GraphInput<Told>("ToldInput").Fields.Select(field => field.Name.ToCamelCase()).Order());

    [Fact]
    public async Task A_command_needs_no_more_than_REST_needs()
    {
        var schemas = (await api.Document())["components"]!["schemas"]!;
        var schema = api.Services.GetRequiredService<ISchema>();
        schema.Initialize();
        var inputs = schema.AllTypes.OfType<IInputObjectGraphType>().Where(type => type.GetType() is { IsGenericType: true } made && made.GetGenericTypeDefinition() == typeof(GraphInput<>)).ToArray();
        Assert.NotEmpty(inputs);
        inputs.SelectMany(input => Needed(input).Except(Required(schemas, input.GetType().GetGenericArguments()[0].Name)).Select(field => $"{input.Name}.{field}"))
            .MustBeEmpty("What GraphQL needs and REST does not:");

        static IEnumerable<string> Needed(IInputObjectGraphType input) => input.Fields.Where(field => field.ResolvedType is NonNullGraphType && field.DefaultValue is null).Select(field => field.Name);
        static IEnumerable<string> Required(JsonNode schemas, string record) =>
            (new[] { $"{record}Request", $"{record}Input", record }.Select(name => schemas[name]).FirstOrDefault(schema => schema is not null)?["required"]?.AsArray() ?? []).Select(name => (string)name!);
    }

    [Fact]
    public async Task Neither_contract_cites_rules_or_the_source()
    {
        foreach (var contract in new[] { "/graphql/schema.graphql", "/openapi.yaml" })
            Cited().Matches(await api.Get(contract)).Select(match => match.Value).MustBeEmpty($"Of {contract}, what means nothing outside:");
    }

    /// <summary>A record.</summary>
    /// <param name="Given">Always there.</param>
    /// <param name="Why">May be left out.</param>
    private sealed record Told(IReadOnlyList<string> Given, string? Why = null)
    {
        [JsonIgnore]
        public string Hidden { get; init; } = "";

        public static string Everywhere => "";

        public string Said() => Hidden;
    }

    [GeneratedRegex(@"\b(APPT|CASE|CAT|CLK|ID|JOINT|MODE)-\d+\b|\bOneDoor\.[A-Z]\w+\.\w+")]
    private static partial Regex Cited();
}
