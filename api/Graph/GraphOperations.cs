using GraphQL;
using GraphQL.Builders;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace OneDoor.Graph;

/// <summary>What a mutation came to.</summary>
/// <param name="Thing">As the caller sees it now; null when refused.</param>
/// <param name="Problem">Why nothing changed; null when it did.</param>
public sealed record GraphPayload<T>(T? Thing, GraphProblem? Problem)
{
    /// <summary>What the platform signs for to who asked; null where none is given.</summary>
    public string? Receipt { get; init; }
}

/// <summary>Commands as mutations: REST's handler in a transaction of its own, and its problems typed.</summary>
/// <typeparam name="TChanges">Who makes the changes.</typeparam>
/// <typeparam name="TCommand">The commands.</typeparam>
/// <typeparam name="TThing">What is changed, as GraphQL shows it.</typeparam>
/// <param name="roots">The schema in the making.</param>
/// <param name="resource">Where the things are, what the payload calls one, and what an id is answered with that is none.</param>
/// <param name="shown">What of an answer is shown; null where all of it is.</param>
public sealed class GraphOperations<TChanges, TCommand, TThing>(
    GraphRoots roots, IResource resource, Func<Answer, TThing>? shown = null) : IDoor<TCommand>
    where TChanges : IChanges<TCommand> where TCommand : class, ICommand where TThing : class
{
    private const int Price = 20;

    /// <summary>Shows more of what it came to.</summary>
    public Action<ObjectGraphType<GraphPayload<TThing>>> Besides { get; init; } = _ => { };

    /// <summary>The id of the thing of a number, where things are known by numbers; null where they are by ids.</summary>
    public Func<string, Guid>? ByNumber { get; init; }

    /// <summary>A mutation by which a thing begins.</summary>
    public void Begin<T>(Beginning<TChanges, T> beginning) where T : class, TCommand
    {
        roots.Input<T>($"{Capital(beginning.Name)}Input");
        var field = Keyed(Mutation(beginning.Name, beginning.Does).Argument<NonNullGraphType<GraphInput<T>>>("input", beginning.Sent))
            .ResolveAsync(async context => await Run(context, resource.Address, null, async changes => await beginning.Begin(changes, context.GetArgument<T>("input"), context.CancellationToken)));
        Told(beginning.Unless is { } unless ? field.NeedsUnless(context => unless.Is(context.GetArgument<T>("input")), unless.Says, beginning.Scopes) : field.Needs(beginning.Instead, beginning.Scopes));
    }

    /// <summary>A mutation of what an address of several parts names, for instance a hall's window. The arguments that name them come after.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="does">What it does, without a full stop.</param>
    /// <param name="path">The address that REST has for it.</param>
    /// <param name="change">Does it; null where there was nothing to do.</param>
    /// <param name="scopes">A token needs one of them.</param>
    public FieldBuilder<object?, object> Do(
        string name, string does, Func<IResolveFieldContext, string> path, Func<TChanges, IResolveFieldContext, Task<Outcome?>> change, params string[] scopes) =>
        Told(Keyed(Mutation(name, does)).ResolveAsync(async context => await Run(context, path(context), null, changes => change(changes, context))).Needs(scopes));

    /// <summary>A mutation, on a version, of what is there once: for the caller, or under an address of several parts. The arguments that name them come after.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="does">What it does, without a full stop.</param>
    /// <param name="idOf">The id of what is there.</param>
    /// <param name="path">The address that REST has for it.</param>
    /// <param name="set">Does it, on the version of that tag.</param>
    /// <param name="scopes">A token needs one of them.</param>
    public FieldBuilder<object?, object> Set<T>(
        string name, string does, Func<IResolveFieldContext, Guid> idOf, Func<IResolveFieldContext, string> path, Func<TChanges, IResolveFieldContext, string, T, Task<Outcome>> set, params string[] scopes)
        where T : class, TCommand
    {
        roots.Input<T>($"{Capital(name)}Input");
        return Told(Keyed(Versioned(Mutation(name, does)).Argument<NonNullGraphType<GraphInput<T>>>("input", "The particulars."))
            .ResolveAsync(async context =>
            {
                var etag = context.Service<Etags>().Of(idOf(context), context.GetArgument<int>("version"), "", null, []);
                return await Run(context, path(context), etag, async changes => await set(changes, context, etag, context.GetArgument<T>("input")));
            })
            .Needs(scopes));
    }

    public void Open<T>(Operation<T> operation) where T : class, TCommand
    {
        var field = Mutation(operation.Name, operation.Does);
        field = ByNumber is null
            ? field.Argument<NonNullGraphType<IdGraphType>>("id", $"The {resource.Name}'s id.")
            : field.Argument<NonNullGraphType<StringGraphType>>("number", $"The {resource.Name}'s number.");
        Keyed(Versioned(field));
        if (!operation.IsBare)
            roots.Input<T>($"{Capital(operation.Name)}Input");
        if (operation.Bare is null)
            field.Argument<NonNullGraphType<GraphInput<T>>>("input", "The particulars.");
        else if (!operation.IsBare)
            field.Argument<GraphInput<T>>("input", "The particulars, if any.");
        if (operation.Part is { IsNumber: true } number)
            field.Argument<NonNullGraphType<IntGraphType>>(number.Argument, number.Says);
        else if (operation.Part is { } text)
            field.Argument<NonNullGraphType<StringGraphType>>(text.Argument, text.Says);
        Told(field.ResolveAsync(async context => await Change(context, operation)).Needs(operation.Instead, operation.Scopes));
    }

    private FieldBuilder<object?, object> Mutation(string name, string does) =>
        roots.Mutation.Field(name, new NonNullGraphType(Payload(name))).Description($"{does}.").Costs(Price);

    private static FieldBuilder<object?, object> Versioned(FieldBuilder<object?, object> field) =>
        field.Argument<NonNullGraphType<IntGraphType>>("version", "The version the change is based on: a stale one changes nothing.");

    private static FieldBuilder<object?, object> Keyed(FieldBuilder<object?, object> field) =>
        field.Argument<StringGraphType>("idempotencyKey", "Repeat with the same key until there is an answer: it happens once.");

    // What keeps a mutation from running is its problem, too: as an error alone it would take along what those before it were answered, who have
    // committed (decision 0087). Comes after what it needs.
    private static FieldBuilder<object?, object> Told(FieldBuilder<object?, object> field)
    {
        var inner = field.FieldType.Resolver!;
        field.FieldType.Resolver = new FuncFieldResolver<object>(async context =>
        {
            try
            {
                return await inner.ResolveAsync(context);
            }
            catch (Exception fault) when (!context.CancellationToken.IsCancellationRequested)
            {
                var log = context.Service<ILogger<GraphRunner>>();
                GraphLog.Fault(log, fault);
                if (StoreFaults.Of(fault) == PlatformRefusals.Unavailable)
                    Problems.LogUnavailable(log, fault);
                var error = context.Refused(fault is RefusalError refused ? refused.Refusal : StoreFaults.Of(fault));
                error.Path = context.ResponsePath;
                error.AddLocation(context.FieldAst, context.Document);
                context.Errors.Add(error);
                return new GraphPayload<TThing>(null, GraphProblem.Of(error.Refusal, error.Language));
            }
        });
        return field;
    }

    private async Task<GraphPayload<TThing>> Change<T>(IResolveFieldContext context, Operation<T> operation) where T : class, TCommand
    {
        var named = context.GetArgument<string>(ByNumber is null ? "id" : "number");
        var id = ByNumber?.Invoke(named) ?? GraphRoots.IdOf(resource.Name, named);
        if (id == Guid.Empty)
            return Refused(context, resource.NotFound);
        var sent = operation.IsBare ? null : context.GetArgument<T?>("input");
        object? inAddress = operation.Part is not { } part ? null : part.IsNumber ? context.GetArgument<int>(part.Argument) : context.GetArgument<string>(part.Argument);
        var command = operation.CommandOf(sent, inAddress);
        if (operation.Misshapen(command) is { } refused)
            return Refused(context, refused);
        // No representation's tag, but one of the version: a change is the same whatever language its version was read in.
        var etag = context.Service<Etags>().Of(id, context.GetArgument<int>("version"), "", null, []);
        return await Run(context, operation.AddressOf($"{resource.Address}/{(ByNumber is null ? id.ToString() : named)}", inAddress), etag, async changes => await changes.Change(id, etag, sent, command, context.CancellationToken));
    }

    private async Task<GraphPayload<TThing>> Run(IResolveFieldContext context, string path, string? etag, Func<TChanges, Task<Outcome?>> change)
    {
        // Each mutation commits or fails by itself, so each has its own session.
        await using var scope = context.RequestServices!.CreateAsyncScope();
        if (context.HasArgument(InsteadOfToken.Argument))
            scope.ServiceProvider.GetRequiredService<ShownCode>().Value = context.GetArgument<string?>(InsteadOfToken.Argument);
        scope.ServiceProvider.GetRequiredService<Idempotency>().Request = new KeyedRequest(context.GetArgument<string?>("idempotencyKey"), path, etag);
        if (await change(scope.ServiceProvider.GetRequiredService<TChanges>()) is not { } outcome)
            return new GraphPayload<TThing>(null, null);
        return outcome.Answer is { } answer ? new GraphPayload<TThing>(shown is null ? answer.Read<TThing>() : shown(answer), null) { Receipt = answer.Receipt } : Refused(context, outcome.Refused!);
    }

    private static GraphPayload<TThing> Refused(IResolveFieldContext context, Refusal refusal)
    {
        context.Service<SecurityLog>().Refused(context.Service<IHttpContextAccessor>().HttpContext!, refusal);
        return new GraphPayload<TThing>(null, GraphProblem.Of(refusal, context.Language()));
    }

    private ObjectGraphType<GraphPayload<TThing>> Payload(string name)
    {
        var payload = new ObjectGraphType<GraphPayload<TThing>>
        {
            Name = $"{Capital(name)}Payload", Description = $"What {name} came to: the {resource.Name}, or the problem.",
        };
        payload.Field<TThing>(resource.Name, nullable: true).Description($"The {resource.Name} as the caller sees it now; null when refused.").Resolve(context => context.Source.Thing);
        payload.Field<GraphProblem>("problem", nullable: true).Description("Why nothing changed; null when it did.").Resolve(context => context.Source.Problem);
        payload.Field<StringGraphType>("receipt").Description("What the platform signs for (回执): a compact JWS over what was changed, its version, the digest of its facts and when; null where no fact was recorded.")
            .Resolve(context => context.Source.Receipt);
        Besides(payload);
        return payload;
    }

    private static string Capital(string name) => $"{char.ToUpperInvariant(name[0])}{name[1..]}";
}
