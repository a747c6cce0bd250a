using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace OneDoor.Graph;

/// <summary>What an operation costs: one for every object it asks for, times the length of the lists they stand in.</summary>
public sealed class GraphCost
{
    public const string Own = "cost";
    private const double Priceless = 1e9;

    private readonly ISchema _schema;
    private readonly Inputs _variables;
    private readonly GraphQLOperationDefinition _operation;
    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments;
    private readonly Dictionary<string, double> _known = [];

    private GraphCost(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation, Inputs variables)
    {
        (_schema, _operation, _variables) = (schema, operation, variables);
        _fragments = document.Definitions.OfType<GraphQLFragmentDefinition>()
            .DistinctBy(f => f.FragmentName.Name.StringValue).ToDictionary(f => f.FragmentName.Name.StringValue);
    }

    public static int Of(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation, Inputs variables)
    {
        IComplexGraphType? root = operation.Operation switch
        {
            OperationType.Mutation => schema.Mutation,
            OperationType.Subscription => schema.Subscription,
            _ => schema.Query,
        };
        return (int)Math.Ceiling(new GraphCost(schema, document, operation, variables).Sum(operation.SelectionSet, root));
    }

    private double Sum(GraphQLSelectionSet? selections, IGraphType? type)
    {
        var sum = 0.0;
        foreach (var selection in selections?.Selections ?? [])
        {
            sum += selection switch
            {
                GraphQLField field => OfField(field, type as IComplexGraphType),
                GraphQLInlineFragment inline => Sum(inline.SelectionSet, Named(inline.TypeCondition) ?? type),
                GraphQLFragmentSpread spread => OfFragment(spread.FragmentName.Name.StringValue),
                _ => 0,
            };
        }
        return Math.Min(sum, Priceless);
    }

    private double OfField(GraphQLField field, IComplexGraphType? parent)
    {
        if (parent?.GetField(field.Name) is not { } known)
            return field.SelectionSet is null ? 0 : 1 + Sum(field.SelectionSet, null);
        var inner = known.ResolvedType?.GetNamedType();
        var own = known.GetMetadata(Own, inner is IComplexGraphType or IAbstractGraphType ? 1 : 0);
        var times = known.Arguments?.Find("first") is null ? 1 : First(field);
        return Math.Min(Priceless, own + times * Sum(field.SelectionSet, inner));
    }

    private int First(GraphQLField field)
    {
        var given = field.Arguments?.Items.FirstOrDefault(a => a.Name.StringValue == "first")?.Value;
        if (given is GraphQLVariable variable)
        {
            var name = variable.Name.StringValue;
            if (_variables.TryGetValue(name, out var value))
                return value is int number ? Math.Clamp(number, 1, PageRequest.Most) : PageRequest.Usual;
            given = _operation.Variables?.Items.FirstOrDefault(v => v.Variable.Name.StringValue == name)?.DefaultValue;
        }
        return given is GraphQLIntValue literal && int.TryParse(literal.Value.Span, out var first)
            ? Math.Clamp(first, 1, PageRequest.Most)
            : given is GraphQLIntValue ? PageRequest.Most : PageRequest.Usual;
    }

    private double OfFragment(string name)
    {
        if (_known.TryGetValue(name, out var cost))
            return cost;
        _known[name] = 0;
        return _fragments.TryGetValue(name, out var fragment)
            ? _known[name] = Sum(fragment.SelectionSet, Named(fragment.TypeCondition))
            : 0;
    }

    private IGraphType? Named(GraphQLTypeCondition? condition) => condition is null ? null : _schema.AllTypes[condition.Type.Name];
}
