using GraphQL;
using GraphQL.MicrosoftDI;
using GraphQL.Types;
using GraphQL.Utilities;

namespace OneDoor.Graph;

/// <summary>The schema in the making: capabilities add their fields to its roots.</summary>
public sealed class GraphRoots
{
    private const int NodePrice = 5;

    private readonly List<(Type Clr, Type Graph)> _mappings = [];
    private readonly List<Func<IResolveFieldContext, string, Task<object?>>> _nodes = [];

    public ObjectGraphType Query { get; } = new() { Name = "Query", Description = "What one can read." };

    public ObjectGraphType Mutation { get; } = new() { Name = "Mutation", Description = "What one can do." };

    public ObjectGraphType Subscription { get; } = new() { Name = "Subscription", Description = "What one can be told of as it happens." };

    /// <summary>Values of <typeparamref name="T"/> are shown as <typeparamref name="TGraph"/>.</summary>
    public GraphRoots Show<T, TGraph>() where TGraph : IGraphType
    {
        _mappings.Add((typeof(T), typeof(TGraph)));
        return this;
    }

    /// <summary>Values of <typeparamref name="T"/> are taken as <typeparamref name="TGraph"/>.</summary>
    public GraphRoots Take<T, TGraph>() where TGraph : IInputObjectGraphType => Show<T, TGraph>();

    /// <summary>How a capability finds its objects by their ids; null for ids of others.</summary>
    public void Nodes(Func<IResolveFieldContext, string, Task<object?>> find) => _nodes.Add(find);

    public ISchema Build(IServiceProvider services)
    {
        GlobalSwitches.EnableReadDescriptionFromXmlDocumentation = true;
        var node = Query.Field<NodeGraph>("node").Description("Any object with an id (Relay); null when it does not exist for the caller.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "An id this platform gave out.")
            .ResolveAsync(async context =>
            {
                var id = context.GetArgument<string>("id");
                foreach (var find in _nodes)
                {
                    if (await find(context, id) is { } found)
                        return found;
                }
                return null;
            });
        // What the dearest of them costs by its own field.
        GraphCost.Price(node.FieldType, NodePrice);
        var schema = new Schema(new SelfActivatingServiceProvider(services), runConfigurations: false)
        {
            Query = Query, Mutation = Mutation.Fields.Count > 0 ? Mutation : null, Subscription = Subscription.Fields.Count > 0 ? Subscription : null,
            Description = "OneDoor (只进一扇门，能办百件事): one door to every department of the zone.",
        };
        // What GraphQL of October 2021 asks beyond that of June 2018.
        (schema.Features.RepeatableDirectives, schema.Features.DeprecationOfInputValues) = (true, true);
        SpecifiedBy.Register(schema);
        schema.RegisterType(new PlatformStringGraph());
        schema.RegisterTypeMapping(typeof(DateTimeOffset), typeof(InstantGraph));
        schema.RegisterTypeMapping(typeof(DateOnly), typeof(DayGraph));
        foreach (var (clr, graph) in _mappings)
        {
            schema.RegisterTypeMapping(clr, graph);
            schema.RegisterType(graph);
        }
        schema.Initialize();
        SpecifiedBy.Show(schema);
        return schema;
    }

    public static string Print(ISchema schema)
    {
        schema.Initialize();
        return schema.Print(new PrintOptions { IncludeDescriptions = true, StringComparison = StringComparison.Ordinal });
    }
}

/// <summary>Anything with an id.</summary>
public sealed class NodeGraph : InterfaceGraphType
{
    public NodeGraph()
    {
        (Name, Description) = ("Node", "Anything with an id (Relay).");
        Field<NonNullGraphType<IdGraphType>>("id").Description("Opaque, and unique on the platform.");
    }
}
