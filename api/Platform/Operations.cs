using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;

namespace OneDoor.Platform;

/// <summary>A command on a thing of a kind, declared once for both doors.</summary>
/// <param name="Name">Of the operation and of the mutation, for instance <c>extendLimit</c>.</param>
/// <param name="Path">The thing's sub-resource that it is posted to, for instance <c>extension</c>; empty for the thing itself, by a method of its own.</param>
/// <param name="Does">What it does, in a sentence with the Chinese term and without a full stop.</param>
/// <param name="Shows">What the documentation shows.</param>
/// <param name="Scopes">A token needs one of them.</param>
public sealed partial record Operation<TCommand>(string Name, string Path, string Does, Example Shows, params string[] Scopes) where TCommand : class, ICommand
{
    /// <summary>The command when nothing is sent with it; null where something has to be.</summary>
    public TCommand? Bare { get; init; }

    /// <summary>Nothing can be sent with it.</summary>
    public bool IsBare { get; init; }

    /// <summary>What of the command stands in the address; null where nothing does.</summary>
    public AddressPart<TCommand>? Part { get; init; }

    /// <summary>What will do instead of a token; null where nothing does.</summary>
    public InsteadOfToken? Instead { get; init; }

    /// <summary>Why what was sent is no command of this kind, before anything is looked for; null when it is one.</summary>
    public Func<TCommand, Refusal?> Misshapen { get; init; } = _ => null;

    /// <summary>The command that came in.</summary>
    /// <param name="sent">What was sent with it; null for nothing.</param>
    /// <param name="part">What of it stood in the address.</param>
    public TCommand CommandOf(TCommand? sent, object? part) => part is null ? sent ?? Bare! : Part!.Set(sent ?? Bare!, part);

    /// <summary>The address of the sub-resource.</summary>
    /// <param name="thing">The thing's.</param>
    /// <param name="part">What of the command stands in it.</param>
    public string AddressOf(string thing, object? part) => Path.Length == 0 ? thing :
        $"{thing}/{InBraces().Replace(Path, _ => Convert.ToString(part, CultureInfo.InvariantCulture)!)}";

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex InBraces();
}

/// <summary>The command by which a thing of a kind begins, declared once for both doors.</summary>
/// <param name="Name">Of the operation and of the mutation, for instance <c>makeRound</c>.</param>
/// <param name="Does">What it does, in a sentence with the Chinese term and without a full stop.</param>
/// <param name="Sent">What is sent, with a full stop.</param>
/// <param name="Says">What REST's documentation says besides.</param>
/// <param name="Shows">What the documentation shows.</param>
/// <param name="Begin">Does it.</param>
/// <param name="Scopes">A token needs one of them.</param>
public sealed record Beginning<TChanges, TCommand>(string Name, string Does, string Sent, string Says, Example Shows, Func<TChanges, TCommand, CancellationToken, Task<Outcome>> Begin, params string[] Scopes)
    where TCommand : class
{
    /// <summary>What will do instead of a token; null where nothing does.</summary>
    public InsteadOfToken? Instead { get; init; }

    /// <summary>What needs no token by itself; null where everything needs one.</summary>
    public NoToken<TCommand>? Unless { get; init; }
}

/// <summary>What can be asked without a token.</summary>
/// <param name="Is">Whether a command is so.</param>
/// <param name="Says">Which are.</param>
/// <param name="Besides">What REST's documentation says of the scopes then.</param>
public sealed record NoToken<TCommand>(Func<TCommand, bool> Is, string Says, string Besides);

/// <summary>What of a command stands in its address.</summary>
/// <param name="Name">In the route.</param>
/// <param name="Argument">The mutation's argument.</param>
/// <param name="Says">What it is.</param>
/// <param name="Set">The command with it.</param>
public sealed record AddressPart<TCommand>(string Name, string Argument, string Says, Func<TCommand, object, TCommand> Set)
{
    /// <summary>It is a whole number, and text otherwise.</summary>
    public bool IsNumber { get; init; }
}

/// <summary>The commands on things of a kind.</summary>
public sealed class Operations<TCommand> where TCommand : class, ICommand
{
    private readonly List<Action<IDoor<TCommand>>> _declared = [];

    /// <summary>Declares a command.</summary>
    public Operations<TCommand> On<T>(Operation<T> operation) where T : class, TCommand
    {
        _declared.Add(door => door.Open(operation));
        return this;
    }

    /// <summary>Opens a door to all of them.</summary>
    public void OpenTo(IDoor<TCommand> door)
    {
        foreach (var open in _declared)
            open(door);
    }
}

/// <summary>A door that commands come in by.</summary>
public interface IDoor<TCommand> where TCommand : class, ICommand
{
    void Open<T>(Operation<T> operation) where T : class, TCommand;
}

/// <summary>What a request may show instead of a token: a code that opens one thing.</summary>
/// <param name="Header">In which REST takes it.</param>
/// <param name="Says">What it is.</param>
public sealed record InsteadOfToken(string Header, string Says)
{
    /// <summary>As which GraphQL takes it.</summary>
    public const string Argument = "code";
}

/// <summary>The code that a request shows: GraphQL in an argument, REST in a header.</summary>
public sealed class ShownCode
{
    /// <summary>Where it does not come in a header.</summary>
    public string? Value { get; set; }

    /// <summary>The code that a request shows, in whichever way.</summary>
    public string? Of(HttpRequest request, InsteadOfToken instead) => Value ?? (request.Headers.TryGetValue(instead.Header, out var sent) ? sent.ToString() : null);
}

/// <summary>Tells the contract of a part of an address that no handler names.</summary>
public sealed record RoutePart(string Name, string Says, bool IsNumber);

/// <summary>Commands as sub-resources of a thing, posted to.</summary>
/// <typeparam name="TChanges">Who makes the changes.</typeparam>
/// <typeparam name="TCommand">The commands.</typeparam>
/// <typeparam name="TView">What a change is answered with.</typeparam>
/// <param name="things">Where they are.</param>
/// <param name="byNumber">The id of the thing of a number, where numbers stand in their addresses; null where ids do.</param>
public sealed class RestDoor<TChanges, TCommand, TView>(IEndpointRouteBuilder things, Func<string, Guid>? byNumber = null) : IDoor<TCommand>
    where TChanges : IChanges<TCommand> where TCommand : class, ICommand
{
    /// <summary>Opens to the command by which a thing begins, posted to where they are.</summary>
    /// <param name="beginning">The command.</param>
    /// <param name="path">Where among them.</param>
    /// <param name="status">Of the answer.</param>
    public RouteHandlerBuilder Begin<T>(Beginning<TChanges, T> beginning, string path = "", int status = StatusCodes.Status201Created) where T : class, TCommand
    {
        var route = things.MapPost(path, async Task<IResult> (T request, TChanges changes, HttpContext http, CancellationToken ct) =>
        {
            // Only the body says whether there has to be a token.
            if (beginning.Unless?.Is(request) == false && !Caller.ScopesOf(http.User).Overlaps(beginning.Scopes))
                return http.User.Identity?.IsAuthenticated == true ? TypedResults.Forbid() : TypedResults.Challenge();
            return (await beginning.Begin(changes, request, ct)).ToResult();
        });
        if (beginning.Unless is { } unless)
            route.AllowAnonymous().WithMetadata(new NeededScopes(beginning.Scopes) { Unless = unless.Besides });
        else
            route.Needs(beginning.Instead, beginning.Scopes);
        return route.Does<TView>(beginning.Name, beginning.Does, beginning.Shows.Request, beginning.Shows.Answer, status).WithDescription(beginning.Says);
    }

    public void Open<T>(Operation<T> operation) where T : class, TCommand
    {
        Delegate handler = byNumber is not null ? ByNumber(operation, byNumber) : operation switch
        {
            { IsBare: true } => (Guid id, HttpContext http, TChanges changes, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
                Apply(operation, id, http, null, changes, ifMatch, ct),
            { Bare: not null } => (Guid id, HttpContext http, TChanges changes, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null, T? request = null) =>
                Apply(operation, id, http, request, changes, ifMatch, ct),
            _ => (Guid id, T request, HttpContext http, TChanges changes, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
                Apply(operation, id, http, request, changes, ifMatch, ct),
        };
        var route = things.MapPost($"/{(byNumber is null ? "{id:guid}" : "{number}")}/{operation.Path}", handler)
            .Needs(operation.Instead, operation.Scopes)
            .Changes<TView>(operation.Name, operation.Does, operation.Shows.Request, operation.Shows.Answer);
        if (operation.IsBare)
            route.TakesNothing();
        if (operation.Part is { } part)
            route.WithMetadata(new RoutePart(part.Name, part.Says, part.IsNumber));
    }

    private static Delegate ByNumber<T>(Operation<T> operation, Func<string, Guid> idOf) where T : class, TCommand => operation switch
    {
        { IsBare: true } => (string number, HttpContext http, TChanges changes, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
            Apply(operation, idOf(number), http, null, changes, ifMatch, ct),
        { Bare: not null } => (string number, HttpContext http, TChanges changes, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null, T? request = null) =>
            Apply(operation, idOf(number), http, request, changes, ifMatch, ct),
        _ => (string number, T request, HttpContext http, TChanges changes, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
            Apply(operation, idOf(number), http, request, changes, ifMatch, ct),
    };

    private static async Task<IResult> Apply<T>(
        Operation<T> operation, Guid id, HttpContext http, T? sent, TChanges changes, string? ifMatch, CancellationToken ct) where T : class, TCommand
    {
        var given = operation.Part is null ? null : (string)http.Request.RouteValues[operation.Part.Name]!;
        var command = operation.CommandOf(sent, operation.Part is { IsNumber: true } ? int.Parse(given!, CultureInfo.InvariantCulture) : given);
        return operation.Misshapen(command) is { } refused ? refused.ToProblem() : await changes.Apply(id, ifMatch, sent, command, ct);
    }
}
