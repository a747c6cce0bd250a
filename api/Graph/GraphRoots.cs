using System.Linq.Expressions;
using System.Text.Json;
using GraphQL;
using GraphQL.MicrosoftDI;
using GraphQL.Types;
using GraphQL.Utilities;

namespace OneDoor.Graph;

/// <summary>
/// The schema in the making: capabilities add their fields to its roots. A record that comes up in one is shown, or taken, under its own name;
/// what has another name, leaves something out or has fields besides is said here.
/// </summary>
public sealed class GraphRoots
{
    private readonly List<(Type Clr, IGraphType Graph)> _shapes = [];
    private readonly Dictionary<string, Func<IResolveFieldContext, string, Task<object?>>> _nodes = [];

    public ObjectGraphType Query { get; } = new() { Name = "Query", Description = "What one can read." };

    public ObjectGraphType Mutation { get; } = new() { Name = "Mutation", Description = "What one can do." };

    public ObjectGraphType Subscription { get; } = new() { Name = "Subscription", Description = "What one can be told of as it happens." };

    /// <summary>A record is shown, wherever it comes up, as an object type of this name, to which further fields may be added.</summary>
    /// <param name="name">The type's name in GraphQL.</param>
    /// <param name="without">Names of properties that GraphQL does not show, or not so.</param>
    public GraphShape<T, T> Shape<T>(string name, params string[] without) => Shape<T, T>(name, record => record, without);

    /// <summary>A record is shown as <see cref="Shape{T}"/> says, but comes inside of something.</summary>
    /// <param name="name">The type's name in GraphQL.</param>
    /// <param name="record">Where in it the record is.</param>
    /// <param name="without">Names of properties that GraphQL does not show, or not so.</param>
    public GraphShape<TSource, TRecord> Shape<TSource, TRecord>(string name, Expression<Func<TSource, TRecord>> record, params string[] without) =>
        Add<TSource, GraphShape<TSource, TRecord>>(new(name, record, without));

    /// <summary>As what a record is shown that a capability before has named, for fields of one that builds on it.</summary>
    public ObjectGraphType<T> ShapeOf<T>() => (ObjectGraphType<T>)_shapes.Single(shape => shape.Clr == typeof(T)).Graph;

    /// <summary>A record is taken, wherever it is asked for, as an input type of this name.</summary>
    public GraphInput<T> Input<T>(string name) => Add<T, GraphInput<T>>(new(name));

    /// <summary>Pages of these things are shown as Relay connections.</summary>
    /// <param name="node">The things' name in GraphQL.</param>
    /// <param name="description">What a page is of.</param>
    public void Connection<T>(string node, string description) => Add<GraphPage<T>, GraphConnection<T>>(new(node, description));

    /// <summary>Things have an id, by which they are found again.</summary>
    /// <param name="shape">As what they are shown.</param>
    /// <param name="kind">What their ids begin with, before a colon. Cases are older than kinds: an id without one is a case's.</param>
    /// <param name="key">The rest of a thing's id.</param>
    /// <param name="find">The thing of that rest, as the caller sees it; null when there is none for the caller.</param>
    public void Node<TSource, TRecord>(
        GraphShape<TSource, TRecord> shape, string kind, Func<TSource, string> key, Func<IResolveFieldContext, string, Task<TSource?>> find) where TSource : class
    {
        shape.Interface<NodeGraph>();
        shape.Field<NonNullGraphType<IdGraphType>>("id").Description("For node.")
            .Resolve(context => kind.Length == 0 ? key(context.Source) : $"{kind}:{key(context.Source)}");
        _nodes.Add(kind, async (context, rest) => await find(context, rest));
    }

    /// <summary>The id that somebody names, with or without the kind that stands before it in what was answered; empty for what is none.</summary>
    /// <param name="kind">The kind of things it is one of.</param>
    /// <param name="named">What they name.</param>
    public static Guid IdOf(string kind, string named) =>
        Guid.TryParse(named.StartsWith($"{kind}:", StringComparison.Ordinal) ? named[(kind.Length + 1)..] : named, out var id) ? id : Guid.Empty;

    public ISchema Build(IServiceProvider services)
    {
        GlobalSwitches.EnableReadDescriptionFromXmlDocumentation = true;
        Query.Field<NodeGraph>("node").Description("Any object with an id (Relay); null when it does not exist for the caller.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "An id this platform gave out.")
            .ResolveAsync(async context =>
            {
                var (kind, key) = context.GetArgument<string>("id").Split(':', 2) is [var first, var rest] ? (first, rest) : ("", context.GetArgument<string>("id"));
                return _nodes.TryGetValue(kind, out var find) ? await find(context, key) : null;
            })
            // What the dearest of them costs by its own field.
            .Costs(5);
        var schema = new Schema(new Types(_shapes.ToDictionary(s => s.Graph.GetType(), s => s.Graph), new SelfActivatingServiceProvider(services)), runConfigurations: false)
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
        schema.RegisterTypeMapping(typeof(JsonElement), typeof(JsonGraph));
        foreach (var (clr, graph) in _shapes)
        {
            schema.RegisterTypeMapping(clr, graph.GetType());
            schema.RegisterType(graph);
        }
        schema.Initialize();
        SpecifiedBy.Show(schema);
        GraphCost.PriceIntrospection(schema);
        return schema;
    }

    public static string Print(ISchema schema)
    {
        schema.Initialize();
        return schema.Print(new PrintOptions { IncludeDescriptions = true, StringComparison = StringComparison.Ordinal });
    }

    private TGraph Add<T, TGraph>(TGraph graph) where TGraph : IGraphType
    {
        _shapes.Add((typeof(T), graph));
        return graph;
    }

    // Shapes are made by those who name them; what else the schema needs makes itself.
    private sealed class Types(IReadOnlyDictionary<Type, IGraphType> shapes, IServiceProvider others) : IServiceProvider, IGraphTypeMappingProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType == typeof(IEnumerable<IGraphTypeMappingProvider>) ? new[] { this } : shapes.GetValueOrDefault(serviceType) ?? others.GetService(serviceType);

        // Asked for every type of a field, before the mappings that are registered: those go before it.
        public Type? GetGraphTypeFromClrType(Type clrType, bool isInputType, Type? preferredGraphType) =>
            clrType is { IsClass: true, Namespace: { } space } && space.StartsWith(nameof(OneDoor), StringComparison.Ordinal)
                ? (isInputType ? typeof(GraphInput<>) : typeof(GraphRecord<>)).MakeGenericType(clrType)
                : preferredGraphType;
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
