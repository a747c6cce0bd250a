using System.Collections.Frozen;
using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace OneDoor.Platform;

/// <summary>
/// What a document would do, measured before it is validated or run. Each fragment is measured once, so that nothing a
/// client can write in 100 kB takes long.
/// </summary>
public sealed class GraphQlBounds
{
    private const long Countless = 1_000_000;

    // Types, their fields, those fields' types, their fields …: the answer would grow with the power of the nesting.
    private const int IntrospectionLists = 2, IntrospectionDepth = 20;
    private static readonly FrozenSet<string> Recursive = FrozenSet.Create("fields", "inputFields", "interfaces", "possibleTypes");

    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments = [];
    private readonly Dictionary<string, Shape?> _measured = [];

    private GraphQlBounds(GraphQLDocument document)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is GraphQLFragmentDefinition fragment)
                _fragments.TryAdd(fragment.FragmentName.Name.StringValue, fragment);
        }
    }

    /// <summary>Why a document is too large to be parsed; null when it is not.</summary>
    public static Refusal? Refused(string text, GraphQlOptions bounds)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) > bounds.DocumentBytes)
            return GraphQlRefusals.DocumentTooLarge.Because($"不得超过 {bounds.DocumentBytes} 字节。", $"At most {bounds.DocumentBytes} bytes.");
        var (tokens, at) = (0, 0);
        while (at < text.Length)
        {
            var token = Lexer.Lex(text, at);
            if (token.Kind == TokenKind.EOF)
                return null;
            if (++tokens > bounds.Tokens)
                return GraphQlRefusals.TooManyTokens.Because($"不得超过 {bounds.Tokens} 个。", $"At most {bounds.Tokens}.");
            at = token.End;
        }
        return null;
    }

    /// <summary>Why none of a document's operations may run; null when each may.</summary>
    public static Refusal? Refused(GraphQLDocument document, GraphQlOptions bounds)
    {
        var measured = new GraphQlBounds(document);
        foreach (var fragment in measured._fragments.Keys)
        {
            if (measured.OfFragment(fragment) is null)
                return GraphQlRefusals.FragmentCycle;
        }
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
        {
            var all = measured.Of(operation.SelectionSet) ?? new Shape();
            var directives = all.Directives + (operation.Directives?.Count ?? 0) + (operation.Variables?.Items.Sum(v => v.Directives?.Count ?? 0) ?? 0);
            var refused = 0 switch
            {
                _ when all.Roots > bounds.RootFields => Most(GraphQlRefusals.TooManyRootFields, bounds.RootFields),
                _ when all.Aliases > bounds.Aliases => Most(GraphQlRefusals.TooManyAliases, bounds.Aliases),
                _ when directives > bounds.Directives => Most(GraphQlRefusals.TooManyDirectives, bounds.Directives),
                _ when all.Fields > bounds.Fields => Most(GraphQlRefusals.TooManyFields, bounds.Fields),
                _ when all.Depth > bounds.Depth => Most(GraphQlRefusals.TooDeep, bounds.Depth),
                _ when all.MetaDepth > IntrospectionDepth || all.MetaLists > IntrospectionLists
                    => Most(GraphQlRefusals.TooDeep, IntrospectionDepth),
                _ => null,
            };
            if (refused is not null)
                return refused;
        }
        return null;
    }

    private static Refusal Most(Refusal refusal, int most) => refusal.Because($"上限 {most}。", $"At most {most}.");

    // Null: the fragments form a cycle.
    private Shape? Of(GraphQLSelectionSet? selections)
    {
        var sum = new Shape();
        foreach (var selection in selections?.Selections ?? [])
        {
            var one = selection switch
            {
                GraphQLField field => OfField(field),
                GraphQLInlineFragment inline => Of(inline.SelectionSet)?.WithDirectives(inline.Directives),
                GraphQLFragmentSpread spread => OfFragment(spread.FragmentName.Name.StringValue)?.WithDirectives(spread.Directives),
                _ => new Shape(),
            };
            if (one is null)
                return null;
            sum = sum.Plus(one.Value);
        }
        return sum;
    }

    private Shape? OfField(GraphQLField field)
    {
        if (Of(field.SelectionSet) is not { } inner)
            return null;
        var name = field.Name.StringValue;
        var isMeta = name is "__schema" or "__type";
        return new Shape(
            isMeta ? 1 : inner.Depth + 1,
            1,
            Math.Min(Countless, inner.Fields + 1),
            Math.Min(Countless, inner.Aliases + (field.Alias is null ? 0 : 1)),
            inner.Directives,
            isMeta ? inner.Depth + 1 : inner.MetaDepth,
            isMeta ? inner.Lists : inner.MetaLists,
            inner.Lists + (Recursive.Contains(name) ? 1 : 0)).WithDirectives(field.Directives);
    }

    private Shape? OfFragment(string name)
    {
        if (_measured.TryGetValue(name, out var known))
            return known;
        if (!_fragments.TryGetValue(name, out var fragment))
            return new Shape(); // Validation says that there is none.
        _measured[name] = null; // While it is being measured, meeting it again is a cycle.
        return _measured[name] = Of(fragment.SelectionSet)?.WithDirectives(fragment.Directives);
    }

    private readonly record struct Shape(
        int Depth, long Roots, long Fields, long Aliases, long Directives, int MetaDepth, int MetaLists, int Lists)
    {
        public Shape Plus(Shape o) => new(
            Math.Max(Depth, o.Depth), Math.Min(Countless, Roots + o.Roots), Math.Min(Countless, Fields + o.Fields),
            Math.Min(Countless, Aliases + o.Aliases), Math.Min(Countless, Directives + o.Directives),
            Math.Max(MetaDepth, o.MetaDepth), Math.Max(MetaLists, o.MetaLists), Math.Max(Lists, o.Lists));

        public Shape WithDirectives(GraphQLDirectives? directives) =>
            this with { Directives = Math.Min(Countless, Directives + (directives?.Count ?? 0)) };
    }
}

/// <summary>What an operation costs: one for every object it asks for, times the length of the lists they stand in.</summary>
public sealed class GraphQlCost
{
    private const string Own = "cost", Times = "cost-times";
    private const double Priceless = 1e9;

    private readonly ISchema _schema;
    private readonly Inputs _variables;
    private readonly GraphQLOperationDefinition _operation;
    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments;
    private readonly Dictionary<string, double> _known = [];

    private GraphQlCost(ISchema schema, GraphQLDocument document, GraphQLOperationDefinition operation, Inputs variables)
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
        return (int)Math.Ceiling(new GraphQlCost(schema, document, operation, variables).Sum(operation.SelectionSet, root));
    }

    /// <summary>The field's own price, and how many times what it holds is asked for.</summary>
    public static FieldType Price(FieldType field, int own, int times = 1) => field.WithMetadata(Own, own).WithMetadata(Times, times);

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
        var times = known.GetMetadata(Times, 1);
        if (known.Arguments?.Find("first") is not null)
            times = First(field);
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
