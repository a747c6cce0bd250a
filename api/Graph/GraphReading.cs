using GraphQL;
using GraphQL.Types;

namespace OneDoor.Graph;

/// <summary>A thing as a field of the query, as a node, and with its history: what REST reads.</summary>
public static class GraphReading
{
    /// <summary>Opens GraphQL to a thing of a kind.</summary>
    /// <param name="roots">The schema in the making.</param>
    /// <param name="reading">How one is read.</param>
    /// <param name="shape">As what it is shown. Where that leaves out its id, it gets one by which <c>node</c> finds it.</param>
    public static void Reads<TState, TFact, TView, TEvent>(this GraphRoots roots, Reading<TState, TFact, TView, TEvent> reading, GraphShape<TView, TView> shape)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class
    {
        if (!shape.HasField("id"))
        {
            roots.Node(shape, reading.Name, reading.Key, async (context, id) =>
                Caller.ScopesOf(context.User!).Overlaps(reading.Scopes) ? await Find(context, id, null, null) : null);
        }
        shape.HasHistory(reading);
        var (named, the) = (reading.ByNumber is null ? "id" : "number", $"The {reading.Says[(reading.Says.IndexOf(' ', StringComparison.Ordinal) + 1)..]}");
        var field = roots.Query.Field<TView>(reading.Name, nullable: true)
            .Description($"{char.ToUpperInvariant(reading.Says[0])}{reading.Says[1..]} ({reading.Term}), now or as of a past instant; null when it does not exist for the caller.");
        field = reading.ByNumber is null
            ? field.Argument<NonNullGraphType<IdGraphType>>(named, $"{the}'s id.")
            : field.Argument<NonNullGraphType<StringGraphType>>(named, $"{the}'s number.");
        field.Argument<InstantGraph>("asOf", $"{the} as it was then.")
            .ResolveAsync(async context => await Find(
                context, context.GetArgument<string>(named), context.GetArgument<DateTimeOffset?>("asOf"), context.GetArgument<string?>(InsteadOfToken.Argument)))
            .Needs(reading.Code?.Instead, reading.Scopes).Costs(5);

        Task<TView?> Find(IResolveFieldContext context, string key, DateTimeOffset? asOf, string? code) => context.Read(reading, IdOf(reading, key), asOf, code);
    }

    /// <summary>A thing as the caller sees it, now or as of a past instant; null when it does not exist for them.</summary>
    /// <inheritdoc cref="Reading{TState, TFact, TView, TEvent}.Read"/>
    public static async Task<TView?> Read<TState, TFact, TView, TEvent>(
        this IResolveFieldContext context, Reading<TState, TFact, TView, TEvent> reading, Guid id, DateTimeOffset? asOf, string? code = null, TState? untouched = null)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class
    {
        var (view, _, refused) = await reading.Read(context.Service<ReadingTools>(), id, asOf, code, (context.Operation(), context.Language()), reading.View, context.CancellationToken, untouched);
        return refused is null || refused == reading.NotFound ? view : throw context.Refused(refused);
    }

    /// <summary>What happened to a thing, as a field of it.</summary>
    /// <inheritdoc cref="Reads"/>
    /// <param name="says">What that is.</param>
    public static void HasHistory<TState, TFact, TView, TEvent>(this GraphShape<TView, TView> shape, Reading<TState, TFact, TView, TEvent> reading, string says = "What happened to it, in order.")
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class =>
        shape.Field("history", GraphList.Of<TEvent>()).Description(says).Resolve(context => context.Service<FactBatch<TFact>>().Facts.Load(
            IdOf(reading, reading.Key(context.Source)), facts => reading.HistoryOf(context.Service<ReadingTools>(), facts!, context.Language())));

    private static Guid IdOf<TState, TFact, TView, TEvent>(Reading<TState, TFact, TView, TEvent> reading, string named)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class => reading.ByNumber?.Invoke(named) ?? GraphRoots.IdOf(reading.Name, named);
}
