using System.Text.RegularExpressions;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Platform;

public partial class GraphQlSchemaTests(Api api)
{
    /// <summary>REST's operations and the fields that offer the same.</summary>
    private static readonly Dictionary<string, string> Parity = new()
    {
        ["listItems"] = "Query.items",
        ["getItem"] = "Query.item",
        ["getCatalogueSummary"] = "Query.catalogueSummary",
        ["previewItem"] = "Query.previewItem",
        ["simulateClock"] = "Query.simulateClock",
        ["listCases"] = "Query.cases",
        ["getCase"] = "Query.case",
        ["getCaseHistory"] = "Case.history",
        ["getCaseClock"] = "Case.explainedClock",
        ["listTasks"] = "Query.tasks",
        ["submitCase"] = "Mutation.submitCase",
        ["acceptCase"] = "Mutation.acceptCase",
        ["sendCorrectionNotice"] = "Mutation.sendCorrectionNotice",
        ["supplyMaterials"] = "Mutation.supplyMaterials",
        ["referCase"] = "Mutation.referCase",
        ["refuseCase"] = "Mutation.refuseCase",
        ["withdrawCase"] = "Mutation.withdrawCase",
        ["extendLimit"] = "Mutation.extendLimit",
        ["pauseClock"] = "Mutation.pauseClock",
        ["resumeClock"] = "Mutation.resumeClock",
        ["decideStep"] = "Mutation.decideStep",
    };

    /// <summary>What only GraphQL has, for it is its own way of reading.</summary>
    private static readonly string[] Own = ["Query.node", "Subscription.caseChanged", "Subscription.tasksChanged"];

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

    [Fact]
    public async Task What_REST_offers_GraphQL_offers_and_the_other_way_round()
    {
        var operations = OperationId().Matches(await api.Get("/openapi.yaml")).Select(m => m.Groups[1].Value).ToArray();
        operations.Except(Parity.Keys).Select(o => $"REST's {o} has no field")
            .Concat(Parity.Keys.Except(operations).Select(o => $"{o} is no operation of REST"))
            .MustBeEmpty("Name the field of every operation in this test:");
        var roots = new[] { Schema.Query, Schema.Mutation!, Schema.Subscription! };
        var fields = roots.SelectMany(root => root.Fields.Select(f => $"{root.Name}.{f.Name}")).ToArray();
        var known = Schema.AllTypes.OfType<IComplexGraphType>().SelectMany(type => type.Fields.Select(f => $"{type.Name}.{f.Name}")).ToHashSet();
        fields.Except(Parity.Values).Except(Own).Select(f => $"{f} has no operation of REST")
            .Concat(Parity.Values.Concat(Own).Where(f => !known.Contains(f)).Select(f => $"{f} is no field"))
            .MustBeEmpty("Name the operation of every field in this test:");
    }

    [GeneratedRegex(@"operationId: (\w+)")]
    private static partial Regex OperationId();
}
