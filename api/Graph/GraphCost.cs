using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace OneDoor.Graph;

/// <summary>What an operation costs: one for every object it asks for, times the length of the lists they stand in.</summary>
public sealed class GraphCost
{
    public const string Own = "cost", Page = "page";
    private const string Times = "times";
    private const double Priceless = 1e9;

    // What introspection tells is at hand: four of its objects cost one.
    private const double Told = 0.25;

    private readonly ISchema _schema;
    private readonly Inputs _variables;
    private readonly GraphQLOperationDefinition _operation;
    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments;
    private readonly Dictionary<string, double> _known = [];
    private bool _dependsOnVariables;

    private GraphCost(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation, Inputs variables)
    {
        (_schema, _operation, _variables) = (schema, operation, variables);
        _fragments = document.Definitions.OfType<GraphQLFragmentDefinition>()
            .DistinctBy(f => f.FragmentName.Name.StringValue).ToDictionary(f => f.FragmentName.Name.StringValue);
    }

    /// <summary>What an operation costs, and whether it costs that whatever its variables are.</summary>
    public static (int Cost, bool IsFixed) Of(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation, Inputs variables)
    {
        IComplexGraphType? root = operation.Operation switch
        {
            OperationType.Mutation => schema.Mutation,
            OperationType.Subscription => schema.Subscription,
            _ => schema.Query,
        };
        var cost = new GraphCost(schema, document, operation, variables);
        return ((int)Math.Ceiling(cost.Sum(operation.SelectionSet, root)), !cost._dependsOnVariables);
    }

    /// <summary>Says how long the lists are that introspection tells of a schema: on average, and of the type that is asked for by its name as of the longest.</summary>
    public static void PriceIntrospection(ISchema schema)
    {
        IGraphType[] types = [.. schema.AllTypes];
        int[] fields = [.. types.OfType<IComplexGraphType>().Where(type => type is not IInputObjectGraphType).Select(type => type.Fields.Count)];
        var arguments = types.OfType<IComplexGraphType>().SelectMany(type => type.Fields).Sum(field => field.Arguments?.Count ?? 0);
        var type = (IComplexGraphType)schema.AllTypes["__Type"]!;
        SetTimes(schema.AllTypes["__Schema"], "types", types.Length);
        SetTimes(schema.AllTypes["__Schema"], "directives", schema.Directives.Count);
        SetTimes(type, "fields", (double)fields.Sum() / types.Length);
        SetTimes(type, "inputFields", (double)types.OfType<IInputObjectGraphType>().Sum(input => input.Fields.Count) / types.Length);
        SetTimes(type, "enumValues", (double)types.OfType<EnumerationGraphType>().Sum(names => names.Values.Count) / types.Length);
        SetTimes(type, "interfaces", (double)types.OfType<IImplementInterfaces>().Sum(one => one.ResolvedInterfaces.Count) / types.Length);
        SetTimes(type, "possibleTypes", (double)types.OfType<IAbstractGraphType>().Sum(one => one.PossibleTypes.Count) / types.Length);
        // Each second type of a field wraps another one.
        SetTimes(type, "ofType", 0.5);
        SetTimes(schema.AllTypes["__Field"], "args", (double)arguments / fields.Sum());
        schema.TypeMetaFieldType.WithMetadata(Times, (double)types.Length * fields.Max() / fields.Sum());

        static void SetTimes(IGraphType? of, string field, double times) => ((IComplexGraphType)of!).GetField(field)!.WithMetadata(Times, times);
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
        var name = field.Name.StringValue;
        if ((name switch { "__schema" => _schema.SchemaMetaFieldType, "__type" => _schema.TypeMetaFieldType, _ => parent?.GetField(field.Name) }) is not { } known)
            return field.SelectionSet is null ? 0 : 1 + Sum(field.SelectionSet, null);
        var inner = known.ResolvedType?.GetNamedType();
        var isTold = inner?.Name.StartsWith("__", StringComparison.Ordinal) is true;
        double own = known.GetMetadata(Own, inner is IComplexGraphType or IAbstractGraphType ? 1 : 0);
        var times = isTold ? known.GetMetadata(Times, 1.0) : known.Arguments?.Find("first") is null ? 1 : First(field, known);
        return Math.Min(Priceless, (isTold ? times * Told * own : own) + times * Sum(field.SelectionSet, inner));
    }

    private int First(GraphQLField field, FieldType known)
    {
        var (usual, most) = known.GetMetadata(Page, (PageRequest.Usual, PageRequest.Most));
        var given = field.Arguments?.Items.FirstOrDefault(a => a.Name.StringValue == "first")?.Value;
        if (given is GraphQLVariable variable)
        {
            _dependsOnVariables = true;
            var name = variable.Name.StringValue;
            if (_variables.TryGetValue(name, out var value))
                return value is int number ? Math.Clamp(number, 1, most) : usual;
            given = _operation.Variables?.Items.FirstOrDefault(v => v.Variable.Name.StringValue == name)?.DefaultValue;
        }
        return given is GraphQLIntValue literal && int.TryParse(literal.Value.Span, out var first)
            ? Math.Clamp(first, 1, most)
            : given is GraphQLIntValue ? most : usual;
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
