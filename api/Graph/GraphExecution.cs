using System.Runtime.CompilerServices;
using GraphQL.Execution;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQLParser.AST;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace OneDoor.Graph;

/// <summary>
/// Runs queries, one field after the other: one session serves a request, and a session does one thing at a time. What a selection asks for is looked up once for
/// all objects it is asked of, and for all requests, as long as the document is remembered.
/// </summary>
public sealed class GraphExecution : SerialExecutionStrategy
{
    private readonly ConditionalWeakTable<GraphQLSelectionSet, Selected> _selected = [];

    protected override void SetSubFieldNodes(ExecutionContext context, ObjectExecutionNode parent)
    {
        var (selections, type) = (parent.SelectionSet!, parent.GetObjectGraphType(context.Schema));
        var known = _selected.TryGetValue(selections, out var before) ? before : null;
        // Whether what has a directive is left out, its variables say.
        if (context.DirectiveValues is not null || (known is not null && known.Type != type))
            base.SetSubFieldNodes(context, parent);
        else if (known is not null)
        {
            var nodes = parent.SubFields = new ExecutionNode[known.Fields.Length];
            for (var i = 0; i < nodes.Length; i++)
                nodes[i] = BuildExecutionNode(parent, known.Fields[i].Definition.ResolvedType!, known.Fields[i].Asked, known.Fields[i].Definition);
        }
        else
        {
            base.SetSubFieldNodes(context, parent);
            // Fragments, and what is asked for twice, are put together anew for each request, with its arguments.
            if (selections.Selections.TrueForAll(selection => selection is GraphQLField) && selections.Selections.Count == parent.SubFields!.Length)
                _selected.TryAdd(selections, new(type, [.. parent.SubFields.Select(node => (node.Field, node.FieldDefinition))]));
        }
    }

    protected override Task ExecuteNodeAsync(ExecutionContext context, ExecutionNode node)
    {
        if (node is ValueExecutionNode { Parent: not ArrayExecutionNode, FieldDefinition.Resolver: IShownResolver shown } value)
        {
            try
            {
                value.Result = value.GraphType.Serialize(shown.Of(value.Source));
                if (value.Result is not null || value.FieldDefinition.ResolvedType is not NonNullGraphType)
                    return Task.CompletedTask;
            }
            catch (Exception)
            {
                // It fails once more below, where that becomes an error at the field.
            }
        }
        return base.ExecuteNodeAsync(context, node);
    }

    private sealed record Selected(IObjectGraphType? Type, (GraphQLField Asked, FieldType Definition)[] Fields);
}

/// <summary>A field that is resolved from its source alone, and so without a context.</summary>
internal interface IShownResolver : IFieldResolver
{
    /// <summary>What the field shows of a source.</summary>
    object? Of(object? source);
}
