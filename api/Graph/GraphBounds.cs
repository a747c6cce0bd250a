using System.Collections.Frozen;
using GraphQLParser;
using GraphQLParser.AST;

namespace OneDoor.Graph;

/// <summary>
/// What a document would do, measured before it is validated or run. Each fragment is measured once, so that nothing a
/// client can write in 100 kB takes long.
/// </summary>
public sealed class GraphBounds
{
    private const long Countless = 1_000_000;

    // Types, their fields, those fields' types, their fields …: the answer would grow with the power of the nesting.
    private const int IntrospectionLists = 2, IntrospectionDepth = 20;
    private static readonly FrozenSet<string> Recursive = FrozenSet.Create("fields", "inputFields", "interfaces", "possibleTypes");

    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments = [];
    private readonly Dictionary<string, Extent?> _measured = [];

    private GraphBounds(GraphQLDocument document)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is GraphQLFragmentDefinition fragment)
                _fragments.TryAdd(fragment.FragmentName.Name.StringValue, fragment);
        }
    }

    /// <summary>Why a document is too large to be parsed; null when it is not.</summary>
    public static Refusal? Refused(string text, GraphOptions bounds)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) > bounds.DocumentBytes)
            return GraphRefusals.DocumentTooLarge.Because($"不得超过 {bounds.DocumentBytes} 字节。", $"At most {bounds.DocumentBytes} bytes.");
        var (tokens, at) = (0, 0);
        while (at < text.Length)
        {
            var token = Lexer.Lex(text, at);
            if (token.Kind == TokenKind.EOF)
                return null;
            if (++tokens > bounds.Tokens)
                return GraphRefusals.TooManyTokens.Because($"不得超过 {bounds.Tokens} 个。", $"At most {bounds.Tokens}.");
            at = token.End;
        }
        return null;
    }

    /// <summary>Why none of a document's operations may run; null when each may.</summary>
    public static Refusal? Refused(GraphQLDocument document, GraphOptions bounds)
    {
        var measured = new GraphBounds(document);
        foreach (var fragment in measured._fragments.Keys)
        {
            if (measured.OfFragment(fragment) is null)
                return GraphRefusals.FragmentCycle;
        }
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
        {
            var all = measured.Of(operation.SelectionSet) ?? new Extent();
            var directives = all.Directives + (operation.Directives?.Count ?? 0) + (operation.Variables?.Items.Sum(v => v.Directives?.Count ?? 0) ?? 0);
            var refused = 0 switch
            {
                _ when all.Roots > bounds.RootFields => Most(GraphRefusals.TooManyRootFields, bounds.RootFields),
                _ when all.Aliases > bounds.Aliases => Most(GraphRefusals.TooManyAliases, bounds.Aliases),
                _ when directives > bounds.Directives => Most(GraphRefusals.TooManyDirectives, bounds.Directives),
                _ when all.Fields > bounds.Fields => Most(GraphRefusals.TooManyFields, bounds.Fields),
                _ when all.Depth > bounds.Depth => Most(GraphRefusals.TooDeep, bounds.Depth),
                _ when all.MetaDepth > IntrospectionDepth || all.MetaLists > IntrospectionLists
                    => Most(GraphRefusals.TooDeep, IntrospectionDepth),
                _ => null,
            };
            if (refused is not null)
                return refused;
        }
        return null;
    }

    private static Refusal Most(Refusal refusal, int most) => refusal.Because($"上限 {most}。", $"At most {most}.");

    // Null: the fragments form a cycle.
    private Extent? Of(GraphQLSelectionSet? selections)
    {
        var sum = new Extent();
        foreach (var selection in selections?.Selections ?? [])
        {
            var one = selection switch
            {
                GraphQLField field => OfField(field),
                GraphQLInlineFragment inline => Of(inline.SelectionSet)?.WithDirectives(inline.Directives),
                GraphQLFragmentSpread spread => OfFragment(spread.FragmentName.Name.StringValue)?.WithDirectives(spread.Directives),
                _ => new Extent(),
            };
            if (one is null)
                return null;
            sum = sum.Plus(one.Value);
        }
        return sum;
    }

    private Extent? OfField(GraphQLField field)
    {
        if (Of(field.SelectionSet) is not { } inner)
            return null;
        var name = field.Name.StringValue;
        var isMeta = name is "__schema" or "__type";
        return new Extent(
            isMeta ? 1 : inner.Depth + 1,
            1,
            Math.Min(Countless, inner.Fields + 1),
            Math.Min(Countless, inner.Aliases + (field.Alias is null ? 0 : 1)),
            inner.Directives,
            isMeta ? inner.Depth + 1 : inner.MetaDepth,
            isMeta ? inner.Lists : inner.MetaLists,
            inner.Lists + (Recursive.Contains(name) ? 1 : 0)).WithDirectives(field.Directives);
    }

    private Extent? OfFragment(string name)
    {
        if (_measured.TryGetValue(name, out var known))
            return known;
        if (!_fragments.TryGetValue(name, out var fragment))
            return new Extent(); // Validation says that there is none.
        _measured[name] = null; // While it is being measured, meeting it again is a cycle.
        return _measured[name] = Of(fragment.SelectionSet)?.WithDirectives(fragment.Directives);
    }

    private readonly record struct Extent(
        int Depth, long Roots, long Fields, long Aliases, long Directives, int MetaDepth, int MetaLists, int Lists)
    {
        public Extent Plus(Extent o) => new(
            Math.Max(Depth, o.Depth), Math.Min(Countless, Roots + o.Roots), Math.Min(Countless, Fields + o.Fields),
            Math.Min(Countless, Aliases + o.Aliases), Math.Min(Countless, Directives + o.Directives),
            Math.Max(MetaDepth, o.MetaDepth), Math.Max(MetaLists, o.MetaLists), Math.Max(Lists, o.Lists));

        public Extent WithDirectives(GraphQLDirectives? directives) =>
            this with { Directives = Math.Min(Countless, Directives + (directives?.Count ?? 0)) };
    }
}
