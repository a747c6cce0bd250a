using System.Reflection;
using System.Text.Json;

namespace OneDoor.Platform;

/// <summary>
/// What is read page by page, declared once for both doors. Each member of the filter is a parameter of both (a yes or no, a day, an instant, an id,
/// a text, one of an enum, or several), and its docstring what they say of it.
/// </summary>
/// <param name="Name">Of what it holds, in camel case: that of GraphQL's field, and what its operation is named after.</param>
/// <param name="Pages">Of what a page is one, in a sentence.</param>
/// <param name="Does">What REST does with it.</param>
/// <param name="Shows">What GraphQL shows by it.</param>
/// <param name="Scopes">A token needs one of them; none where it is everybody's to read.</param>
public abstract record PagedList<TRow, TFilter>(string Name, string Pages, string Does, string Shows, params string[] Scopes) where TFilter : class
{
    /// <summary>How a text is read, by the parameter's name; where nothing is said, as one code.</summary>
    public Dictionary<string, Func<Parameters, string?, string, string?>> Texts { get; } = [];

    /// <summary>The headers in which REST takes a text, by the parameter's name.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>Notes what is wrong with parameters that are each as they have to be.</summary>
    public Action<TFilter, Parameters> Check { get; init; } = (_, _) => { };

    /// <summary>Why what is wanted is not the viewer's to read; null where it is.</summary>
    public Func<Actor, TFilter, Refusal?> Refused { get; init; } = (_, _) => null;

    /// <summary>What is said of the list besides.</summary>
    public string? Says { get; init; }

    /// <summary>By what it can be filtered.</summary>
    public IReadOnlyList<ReadsParameter> Filters => field ??= [.. Filter.Members.Select(member => member with { Header = Headers.GetValueOrDefault(member.Name) })];

    /// <summary>What is wanted.</summary>
    /// <param name="value">The value of a parameter; null where it is left out.</param>
    public TFilter Wanted(Func<ReadsParameter, object?> value) => Filter.With(Filters.Select(value));

    /// <summary>A text as either door is given it.</summary>
    public string? TextOf(ReadsParameter parameter, string? text, string name, Parameters parameters) =>
        Texts.TryGetValue(parameter.Name, out var read) ? read(parameters, text, name) : parameters.One(text, name);

    /// <summary>What cursors are signed for.</summary>
    public string Of(TFilter filter) => $"{Name} {JsonSerializer.Serialize(filter, PlatformJson.Options)}";

    /// <summary>The page of what is wanted that somebody asks for; or why they do not get it.</summary>
    public (PageRequest Page, Refusal? Refused) Asked(TFilter filter, Parameters parameters, IServiceProvider services, int? first, string? after)
    {
        Check(filter, parameters);
        var page = parameters.Page(services.GetRequiredService<Cursors>(), Of(filter), first, after);
        return (page, parameters.Refused ?? Refused(services.GetRequiredService<Caller>().Actor, filter));
    }

    /// <summary>A page of what is wanted, for whoever may see it, and whether more follows.</summary>
    /// <param name="services">What it is read with.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="page">Which part of it.</param>
    /// <param name="asked">What the log of reads calls what is asked, and in which language it is read.</param>
    public abstract Task<(IReadOnlyList<Listed<TRow>> Found, bool HasNext)> Read(
        IServiceProvider services, TFilter filter, PageRequest page, (string Operation, string Language) asked, CancellationToken ct);

    /// <summary>How much there is on all pages.</summary>
    public abstract Task<long> Count(IServiceProvider services, TFilter filter, CancellationToken ct);

    // Looked for once: lists are read all the time.
    private static class Filter
    {
        private static readonly ConstructorInfo Constructor = typeof(TFilter).GetConstructors().Single();

        public static readonly IReadOnlyList<ReadsParameter> Members = [.. Constructor.GetParameters().Select(member =>
        {
            var (name, isSeveral) = (JsonNamingPolicy.CamelCase.ConvertName(member.Name!), member.ParameterType is { IsInterface: true });
            return new ReadsParameter(
                name, isSeveral ? member.ParameterType.GetGenericArguments()[0] : KnownParameter.TypeOf(member), Docstrings.Of(typeof(TFilter).GetProperty(member.Name!)!)!, isSeveral);
        })];

        // What is left out is null, or no.
        public static TFilter With(IEnumerable<object?> values) => (TFilter)Constructor.Invoke([.. values]);
    }
}

/// <summary>What a list holds, and where in it that stands, in the list's own terms.</summary>
public sealed record Listed<TRow>(TRow Row, string Position);

/// <summary>Of a list that is not filtered.</summary>
public sealed record Unfiltered;

/// <summary>A list of what is no thing of its own, or is not read as one.</summary>
/// <inheritdoc cref="PagedList{TRow, TFilter}"/>
public sealed record RowList<TRow, TFilter>(string Name, string Pages, string Does, string Shows, params string[] Scopes)
    : PagedList<TRow, TFilter>(Name, Pages, Does, Shows, Scopes) where TFilter : class
{
    /// <inheritdoc cref="Read"/>
    public required Func<IServiceProvider, TFilter, PageRequest, (string Operation, string Language), CancellationToken, Task<(IReadOnlyList<Listed<TRow>> Found, bool HasNext)>> Rows { get; init; }

    /// <inheritdoc cref="Count"/>
    public required Func<IServiceProvider, TFilter, CancellationToken, Task<long>> Total { get; init; }

    public override Task<(IReadOnlyList<Listed<TRow>> Found, bool HasNext)> Read(
        IServiceProvider services, TFilter filter, PageRequest page, (string Operation, string Language) asked, CancellationToken ct) => Rows(services, filter, page, asked, ct);

    public override Task<long> Count(IServiceProvider services, TFilter filter, CancellationToken ct) => Total(services, filter, ct);
}

/// <summary>GET of a list.</summary>
public static class RestLists
{
    /// <summary>A page, and whether more follows.</summary>
    /// <param name="rows">What it holds, and one more where there is more.</param>
    public static (IReadOnlyList<Listed<TRow>> Found, bool HasNext) CutTo<TRow>(this IEnumerable<Listed<TRow>> rows, PageRequest page) =>
        rows.Take(page.First + 1).ToArray() is var found && found.Length > page.First ? (found[..page.First], true) : (found, false);

    /// <summary>Opens REST to a list of things of a kind.</summary>
    /// <param name="things">Where they are.</param>
    /// <param name="list">How they are listed.</param>
    /// <param name="path">Where under that.</param>
    public static RouteHandlerBuilder MapList<TState, TFact, TView, TEvent, TFilter>(this IEndpointRouteBuilder things, ThingList<TState, TFact, TView, TEvent, TFilter> list, string path = "")
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class where TFilter : class => things.MapList(list, list.One.Shows.One, path);

    /// <summary>Opens REST to a list of what is shown as it is.</summary>
    /// <inheritdoc cref="MapList{TRow, TFilter, TView}"/>
    public static RouteHandlerBuilder MapList<TView, TFilter>(this IEndpointRouteBuilder at, PagedList<TView, TFilter> list, TView example, string path = "") where TFilter : class =>
        at.MapList(list, (view, _) => view, example, path);

    /// <summary>Opens REST to a list.</summary>
    /// <param name="at">Where it is.</param>
    /// <param name="list">The list.</param>
    /// <param name="show">What is shown of what it holds, in a language.</param>
    /// <param name="example">What the documentation shows of it.</param>
    /// <param name="path">Where under that.</param>
    /// <param name="answer">How a page is answered; where nothing is said, for its reader and without a version.</param>
    public static RouteHandlerBuilder MapList<TRow, TFilter, TView>(
        this IEndpointRouteBuilder at, PagedList<TRow, TFilter> list, Func<TRow, string, TView> show, TView example, string path = "", Func<HttpContext, Page<TView>, IResult>? answer = null)
        where TFilter : class
    {
        var route = at.MapGet(path, Handle)
            .Lists<TView>($"list{char.ToUpperInvariant(list.Name[0])}{list.Name[1..]}", list.Does, example)
            .WithMetadata([.. list.Filters]);
        if (list.Says is { } said)
            route.WithDescription(said);
        return list.Scopes is [] ? route.AllowAnonymous() : route.Needs(list.Scopes);

        async Task<IResult> Handle(HttpContext http, Cursors cursors, Parameters parameters, CancellationToken ct, int? first = null, string? after = null, bool count = false)
        {
            var (services, language) = (http.RequestServices, Language.Of(http.Request));
            var filter = list.Wanted(parameter => Value(parameter, http.Request, parameters));
            var (page, refused) = list.Asked(filter, parameters, services, first, after);
            if (refused is not null)
                return refused.ToProblem();
            var total = count ? (long?)await list.Count(services, filter, ct) : null;
            var (found, hasNext) = await list.Read(services, filter, page, (ReadLog.OperationOf(http), language), ct);
            var next = hasNext && found is [.., var last] ? cursors.Sign(list.Of(filter), last.Position) : null;
            var shown = http.PageOf<TView>([.. found.Select(listed => show(listed.Row, language))], next, total);
            return answer?.Invoke(http, shown) ?? TypedResults.Ok(shown);
        }

        object? Value(ReadsParameter parameter, HttpRequest request, Parameters parameters)
        {
            var name = parameter.Header ?? parameter.Name;
            string? text = parameter.Header is null ? request.Query[name] : request.Headers[name];
            return parameter.Type == typeof(string) ? list.TextOf(parameter, text, name, parameters) : parameter.Known.Read(text, name, parameters);
        }
    }
}
