using System.Globalization;
using System.Linq.Expressions;
using GraphQL;
using GraphQL.Builders;
using GraphQL.MicrosoftDI;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQLParser.AST;

namespace OneDoor.Platform;

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
        GraphQlCost.Price(node.FieldType, NodePrice);
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

/// <summary>An object type whose every field says what it is.</summary>
public abstract class GraphObject<T> : ObjectGraphType<T>
{
    protected GraphObject(string name, string description) => (Name, Description) = (name, description);

    protected FieldBuilder<T, TValue> Has<TValue>(Expression<Func<T, TValue>> value, string description) => Field(value).Description(description);

    protected FieldBuilder<T, TValue> Has<TValue>(string name, Expression<Func<T, TValue>> value, string description) =>
        Field(name, value).Description(description);
}

/// <summary>An input type whose every field says what it is.</summary>
public abstract class GraphInput<T> : InputObjectGraphType<T>
{
    protected GraphInput(string name, string description) => (Name, Description) = (name, description);

    protected void Takes<TValue>(Expression<Func<T, TValue>> value, string description) => Field(value).Description(description);
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

/// <summary>A page of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Cursor">The signed cursor of an entry; REST takes it as well.</param>
/// <param name="HasNext">There are more.</param>
/// <param name="Count">Counts the whole list, if asked.</param>
public sealed record GraphPage<T>(IReadOnlyList<T> Items, Func<T, string> Cursor, bool HasNext, Func<Task<long>>? Count = null);

/// <summary>An entry of a page.</summary>
public sealed record GraphEdge<T>(T Node, string Cursor);

/// <summary>A Relay connection.</summary>
public abstract class GraphConnection<T, TGraph> : ObjectGraphType<GraphPage<T>> where TGraph : IGraphType
{
    protected GraphConnection(string node, string description, bool counted)
    {
        (Name, Description) = (node + "Connection", description);
        var edge = new ObjectGraphType<GraphEdge<T>> { Name = node + "Edge", Description = "An entry of the list and where it stands." };
        edge.Field<NonNullGraphType<TGraph>>("node").Description("The entry.").Resolve(context => context.Source.Node);
        edge.Field<NonNullGraphType<StringGraphType>>("cursor").Description("Its signed cursor, for after.").Resolve(context => context.Source.Cursor);
        Field("edges", new NonNullGraphType(new ListGraphType(new NonNullGraphType(edge)))).Description("The page's entries, each with its cursor.")
            .Resolve(context => context.Source.Items.Select(item => new GraphEdge<T>(item, context.Source.Cursor(item))));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TGraph>>>>("nodes").Description("The page's entries.")
            .Resolve(context => context.Source.Items);
        Field<NonNullGraphType<PageInfoGraph>>("pageInfo").Description("How to go on.").Resolve(context => new PageInfo(
            context.Source.HasNext, context.Source.Items is [var first, ..] ? context.Source.Cursor(first) : null,
            context.Source.Items is [.., var last] ? context.Source.Cursor(last) : null));
        if (counted)
            GraphQlCost.Price(Field<NonNullGraphType<LongGraphType>>("totalCount").Description("All entries of the whole list; where counting stops, one more than is counted.")
                .ResolveAsync(async context => await context.Source.Count!()).FieldType, 20);
    }
}

/// <summary>Where a page ends.</summary>
public sealed record PageInfo(bool HasNextPage, string? StartCursor, string? EndCursor);

public sealed class PageInfoGraph : GraphObject<PageInfo>
{
    public PageInfoGraph() : base("PageInfo", "Where a page begins and ends (Relay).")
    {
        Has(p => p.HasNextPage, "There are more entries: ask for first … after endCursor.");
        Field<NonNullGraphType<BooleanGraphType>>("hasPreviousPage").Description("Always false: lists go forward only.").Resolve(_ => false);
        Has(p => p.StartCursor, "Cursor of the first entry.");
        Has(p => p.EndCursor, "Cursor of the last entry.");
    }
}

/// <summary>Text that every store can hold: valid Unicode, no NUL.</summary>
public sealed class PlatformStringGraph : StringGraphType
{
    public PlatformStringGraph() => Name = "String";

    public override object? ParseLiteral(GraphQLValue value) => Checked(base.ParseLiteral(value));

    public override object? ParseValue(object? value) => Checked(base.ParseValue(value));

    public override bool CanParseLiteral(GraphQLValue value) => base.CanParseLiteral(value) && IsText(base.ParseLiteral(value) as string);

    private static object? Checked(object? value) => IsText(value as string) ? value : throw new FormatException(PlatformText.Invalid);

    private static bool IsText(string? text)
    {
        for (var i = 0; i < (text?.Length ?? 0); i++)
        {
            if (text![i] == '\0' || char.IsLowSurrogate(text[i]) || (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i]))))
                return false;
        }
        return true;
    }
}

/// <summary>A scalar that is written as text.</summary>
public abstract class TextScalar<T> : ScalarGraphType where T : struct
{
    protected TextScalar(string name, string description)
    {
        (Name, Description) = (name, description);
        SpecifiedBy.Apply(this, "https://www.rfc-editor.org/rfc/rfc3339");
    }

    protected abstract T? Read(string? text);

    protected abstract string Write(T value);

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text when Read((string)text.Value) is { } read => read,
        _ => ThrowLiteralConversionError(value),
    };

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        T typed => typed,
        string text when Read(text) is { } read => read,
        _ => ThrowValueConversionError(value),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        T typed => Write(typed),
        _ => ThrowSerializationError(value),
    };
}

/// <summary>
/// Where a scalar's form is specified, as GraphQL of October 2021 tells it: by <c>@specifiedBy</c> in the schema's text and by
/// <c>specifiedByURL</c> in introspection. GraphQL.NET has neither.
/// </summary>
public static class SpecifiedBy
{
    private const string Name = "specifiedBy", Url = "url";

    public static void Register(Schema schema) => schema.Directives.Register(new Directive(Name, DirectiveLocation.Scalar)
    {
        Description = "Where the form of this scalar is specified.",
        Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<StringGraphType>> { Name = Url, Description = "The specification's address." }),
    });

    public static void Apply(ScalarGraphType scalar, string url) => scalar.ApplyDirective(Name, Url, url);

    public static void Show(ISchema schema)
    {
        var type = (IComplexGraphType)schema.AllTypes["__Type"]!;
        type.AddField(new FieldType
        {
            Name = "specifiedByURL", Description = "Scalars: where their form is specified.", ResolvedType = schema.AllTypes["String"],
            Resolver = new FuncFieldResolver<object?>(context => (context.Source as ScalarGraphType)?.FindAppliedDirective(Name)?.FindArgument(Url)?.Value),
        });
        // No argument of a directive is deprecated, but tools ask.
        var arguments = ((IComplexGraphType)schema.AllTypes["__Directive"]!).GetField("args")!;
        arguments.Arguments ??= new QueryArguments();
        arguments.Arguments.Add(new QueryArgument<BooleanGraphType>
        {
            Name = "includeDeprecated", Description = "Deprecated ones as well.", DefaultValue = false, ResolvedType = schema.AllTypes["Boolean"],
        });
    }
}

public sealed class InstantGraph() : TextScalar<DateTimeOffset>(
    "DateTime", "An instant with its offset (RFC 3339), for instance 2026-11-23T09:30:00+08:00; answers are in China Standard Time.")
{
    protected override DateTimeOffset? Read(string? text) => Instant.Parse(text);

    protected override string Write(DateTimeOffset value) => Instant.Format(value);
}

public sealed class DayGraph() : TextScalar<DateOnly>("Date", "A day, YYYY-MM-DD, China Standard Time.")
{
    protected override DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 9000
            ? day
            : null;

    protected override string Write(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What resolvers need to know of the request.</summary>
public static class GraphContext
{
    public const string LanguageKey = "language", TurnsKey = "turns";

    public static string Language(this IResolveFieldContext context) => (string)context.UserContext[LanguageKey]!;

    public static T Service<T>(this IResolveFieldContext context) where T : notnull => context.RequestServices!.GetRequiredService<T>();

    /// <summary>The refusal as an error at the field.</summary>
    public static RefusalError Refused(this IResolveFieldContext context, Refusal refusal) => new(refusal, context.Language());

    /// <summary>The token has none of these scopes.</summary>
    public static RefusalError LacksScope(this IResolveFieldContext context, params string[] scopes) => context.Refused(
        RequestRefusals.ScopeMissing.Because($"需要其一：{string.Join(' ', scopes)}。", $"One of these is needed: {string.Join(' ', scopes)}."));

    /// <summary>The page a connection is asked for.</summary>
    public static PageRequest Page(this IResolveFieldContext context, string list)
    {
        var parameters = new Parameters();
        var page = parameters.Page(context.Service<Cursors>(), list, context.GetArgument<int?>("first"), context.GetArgument<string?>("after"));
        return parameters.Refused is { } refused ? throw context.Refused(refused) : page;
    }

    /// <summary>The field takes a page's arguments.</summary>
    public static FieldBuilder<TSource, TReturn> Paged<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field) => field
        .Argument<IntGraphType>("first", "Entries per page, 1 to 100; 20 when left out.")
        .Argument<StringGraphType>("after", "The cursor after which the page begins.");

    /// <summary>The field needs a token with one of these scopes. Comes after the resolver.</summary>
    public static FieldBuilder<TSource, TReturn> Needs<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, params string[] scopes)
    {
        var type = field.FieldType;
        type.Description += $" Needs one of the scopes {string.Join(", ", scopes)}.";
        if (type.Resolver is { } resolver)
            type.Resolver = new Scoped(resolver, scopes);
        if (type.StreamResolver is { } stream)
            type.StreamResolver = new ScopedStream(stream, scopes);
        return field;
    }

    private static void Check(IResolveFieldContext context, string[] scopes)
    {
        if (context.User?.Identity is not { IsAuthenticated: true })
            throw context.Refused(RequestRefusals.TokenMissing);
        if (!scopes.Any(Caller.ScopesOf(context.User).Contains))
            throw context.LacksScope(scopes);
    }

    private sealed class Scoped(IFieldResolver inner, string[] scopes) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context)
        {
            Check(context, scopes);
            return inner.ResolveAsync(context);
        }
    }

    private sealed class ScopedStream(ISourceStreamResolver inner, string[] scopes) : ISourceStreamResolver
    {
        public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context)
        {
            Check(context, scopes);
            return inner.ResolveAsync(context);
        }
    }
}
