using System.Reflection;
using System.Text.Json;
using Marten;

namespace OneDoor.Platform;

/// <summary>
/// How things of a kind are listed, the latest first: declared once for both doors. Each member of the filter is a parameter of both (a yes
/// or no, a day, an id, a text, or some of an enum), and its docstring what they say of it.
/// </summary>
/// <param name="One">How one of them is read; a list shows of each what that shows.</param>
/// <param name="Name">Of the things, in camel case: that of GraphQL's field, and what its operation is named after.</param>
/// <param name="Things">What they are called in a sentence.</param>
/// <param name="Order">Which of them come first.</param>
public sealed record ThingList<TState, TFact, TView, TEvent, TFilter>(Reading<TState, TFact, TView, TEvent> One, string Name, string Things, string Order = "the latest first")
    where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class where TFilter : class
{
    /// <summary>By which instant they are ordered.</summary>
    public required LatestFirst<TState> By { get; init; }

    /// <summary>Those that a viewer may see, as <see cref="IFolded{TSelf, TFact}.SeenBy"/> says, and that are wanted, as they stand at an instant.</summary>
    public required Func<IQuerySession, Actor, TFilter, DateTimeOffset, IQueryable<TState>> Matching { get; init; }

    /// <summary>What is shown of a page of them; null where what is shown of each asks for nothing that it does not hold.</summary>
    public Func<IReadOnlyList<TState>, Showing, ValueTask<IReadOnlyList<TView>>>? Views { get; init; }

    /// <summary>The codes that a text is one of, by the parameter's name.</summary>
    public Dictionary<string, IReadOnlyList<string>> Codes { get; } = [];

    /// <summary>The members that REST takes in a header, and how what stands there is read, by the member's name.</summary>
    public Dictionary<string, (string Header, Func<Parameters, string?, string, string?> Read)> Headers { get; } = [];

    /// <summary>Notes what is wrong with parameters that are each as they have to be.</summary>
    public Action<TFilter, Parameters> Check { get; init; } = (_, _) => { };

    /// <summary>What is said of the list besides.</summary>
    public required string Says { get; init; }

    /// <summary>By what it can be filtered.</summary>
    public IReadOnlyList<ReadsParameter> Filters => field ??= [.. Filter.Members.Select(member => member with { Header = Headers.TryGetValue(member.Name, out var taken) ? taken.Header : null })];

    /// <summary>What is wanted.</summary>
    /// <param name="value">The value of a parameter; null where it is left out.</param>
    public TFilter Wanted(Func<ReadsParameter, object?> value) => Filter.With(Filters.Select(value));

    /// <summary>What cursors are signed for.</summary>
    public string Of(TFilter filter) => $"{Things} {JsonSerializer.Serialize(filter, PlatformJson.Options)}";

    /// <summary>A page of those that are wanted, for whoever may see them.</summary>
    /// <param name="tools">What they are read with.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="page">Which part of them.</param>
    /// <param name="asked">What the log of reads calls what is asked, and in which language it is read.</param>
    public async Task<ShownPage<TView>> Read(ReadingTools tools, TFilter filter, PageRequest page, (string Operation, string Language) asked, CancellationToken ct)
    {
        await using var session = tools.Store.QuerySession();
        var (viewer, now) = (tools.Caller.Actor, tools.Time.GetUtcNow());
        var (found, hasNext) = await By.PageOf(Matching(session, viewer, filter, now), page, ct);
        TState[] seen = [.. found.Select(thing => thing.At(now).SeenBy(viewer, now)!)];
        tools.Reads.Note(viewer, asked.Operation, One.Noted, seen.Select(thing => thing.Id));
        var of = Of(filter);
        var to = new Showing(viewer, asked.Language, null, now, session, tools.Http.RequestServices, ct);
        return new(Views is { } views ? await views(seen, to) : await Each(), [.. found.Select(thing => tools.Cursors.Sign(of, By.PositionOf(thing)))], hasNext);

        async Task<IReadOnlyList<TView>> Each()
        {
            List<TView> each = [];
            foreach (var thing in seen)
                each.Add(await One.View(thing, to));
            return each;
        }
    }

    /// <summary>How many there are on all pages.</summary>
    public async Task<long> Count(ReadingTools tools, TFilter filter, CancellationToken ct)
    {
        await using var session = tools.Store.QuerySession();
        return await Matching(session, tools.Caller.Actor, filter, tools.Time.GetUtcNow()).LongCountAsync(ct);
    }

    // Looked for once: lists are read all the time.
    private static class Filter
    {
        private static readonly ConstructorInfo Constructor = typeof(TFilter).GetConstructors().Single();

        public static readonly IReadOnlyList<ReadsParameter> Members = [.. Constructor.GetParameters().Select(p => new ReadsParameter(
            JsonNamingPolicy.CamelCase.ConvertName(p.Name!), TypeOf(p.ParameterType), Docstrings.Of(typeof(TFilter).GetProperty(p.Name!)!)!))];

        // Of some of an enum it is the enum's.
        private static Type TypeOf(Type type) => Nullable.GetUnderlyingType(type) ?? (type.IsGenericType ? type.GetGenericArguments()[0] : type);

        // What is left out is null, or no.
        public static TFilter With(IEnumerable<object?> values) => (TFilter)Constructor.Invoke([.. values]);
    }
}

/// <summary>Of a list that is not filtered.</summary>
public sealed record Unfiltered;

/// <summary>A page of things as they are shown.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Cursors">After each of them.</param>
/// <param name="HasNext">There are more.</param>
public sealed record ShownPage<TView>(IReadOnlyList<TView> Items, IReadOnlyList<string> Cursors, bool HasNext);

/// <summary>GET of a list.</summary>
public static class RestLists
{
    /// <summary>Opens REST to a list of things of a kind.</summary>
    /// <param name="things">Where they are.</param>
    /// <param name="list">How they are listed.</param>
    /// <param name="path">Where under that.</param>
    public static RouteHandlerBuilder MapList<TState, TFact, TView, TEvent, TFilter>(this IEndpointRouteBuilder things, ThingList<TState, TFact, TView, TEvent, TFilter> list, string path = "")
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class where TFilter : class
    {
        return things.MapGet(path, Handle)
            .Needs(list.One.Scopes)
            .Lists<TView>($"list{char.ToUpperInvariant(list.Name[0])}{list.Name[1..]}", $"List {list.Things}, {list.Order}", list.One.Shows.One)
            .WithDescription(list.Says)
            .WithMetadata([.. list.Filters]);

        async Task<IResult> Handle(HttpContext http, ReadingTools tools, Parameters parameters, CancellationToken ct, int? first = null, string? after = null, bool count = false)
        {
            var filter = list.Wanted(parameter => Value(parameter, http.Request, parameters));
            list.Check(filter, parameters);
            var page = parameters.Page(tools.Cursors, list.Of(filter), first, after);
            if (parameters.Refused is { } refused)
                return refused.ToProblem();
            var total = count ? (long?)await list.Count(tools, filter, ct) : null;
            var found = await list.Read(tools, filter, page, (ReadLog.OperationOf(http), Language.Of(http.Request)), ct);
            return TypedResults.Ok(http.PageOf(found.Items, found.HasNext ? found.Cursors[^1] : null, total));
        }

        object? Value(ReadsParameter parameter, HttpRequest request, Parameters parameters)
        {
            if (parameter.Header is { } header)
                return list.Headers[parameter.Name].Read(parameters, request.Headers[header], header);
            string? text = request.Query[parameter.Name];
            return parameter.Type != typeof(string) ? parameter.Known.Read(text, parameter.Name, parameters)
                : list.Codes.TryGetValue(parameter.Name, out var codes) ? parameters.OneOf(text, parameter.Name, codes) : parameters.One(text, parameter.Name);
        }
    }
}
