using System.Diagnostics;
using System.Threading.RateLimiting;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace OneDoor.Platform;

/// <summary>One request, whichever way it came.</summary>
public sealed record GraphQlRequest(string? Query, string? OperationName, Inputs Variables, string? DocumentId);

/// <summary>A request ready to run.</summary>
public sealed record GraphQlOperation(GraphQlRequest Request, BoundedDocument Document, GraphQLOperationDefinition Definition, int Cost)
{
    public OperationType Kind => Definition.Operation;
}

/// <summary>What callers may still spend, as token buckets: a client for one person or itself, and for all together. Each process counts for itself.</summary>
public sealed class GraphQlBudgets(GraphQlOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _ofSubjects = Buckets(options.Budget, options.BudgetPerSecond, 1);
    private readonly PartitionedRateLimiter<string> _ofClients = Buckets(options.Budget, options.BudgetPerSecond, options.BudgetsPerClient);

    public bool Spend(CountedCaller caller, int cost)
    {
        // The caller's own first: whoever has nothing left must not use up what the client's other people need.
        using var own = _ofSubjects.AttemptAcquire(caller.Subject, cost);
        if (!own.IsAcquired || caller.Client is null)
            return own.IsAcquired;
        using var shared = _ofClients.AttemptAcquire(caller.Client, cost);
        return shared.IsAcquired;
    }

    public long Left(CountedCaller caller)
    {
        var own = _ofSubjects.GetStatistics(caller.Subject)?.CurrentAvailablePermits ?? options.Budget;
        return caller.Client is null ? own : Math.Min(own, _ofClients.GetStatistics(caller.Client)?.CurrentAvailablePermits ?? own);
    }

    public void Dispose()
    {
        _ofSubjects.Dispose();
        _ofClients.Dispose();
    }

    private static PartitionedRateLimiter<string> Buckets(int most, int perSecond, int times) => PartitionedRateLimiter.Create<string, string>(caller =>
        RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = (int)Math.Min(int.MaxValue, (long)most * times),
            TokensPerPeriod = (int)Math.Min(int.MaxValue, (long)perSecond * times),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));
}

/// <summary>Holds requests to their bounds and runs them.</summary>
public sealed class GraphQlDoor(
    GraphQlOptions options, GraphQlDocuments documents, GraphQlBudgets budgets, IDocumentExecuter executer, ISchema schema, PlatformMetrics metrics,
    ILogger<GraphQlDoor> log)
{
    /// <summary>WebSockets and event streams.</summary>
    public GraphQlPlaces Connections { get; } = new(options.Connections, options.ConnectionsPerCaller);

    /// <summary>Subscriptions on whichever connections.</summary>
    public GraphQlPlaces Subscriptions { get; } = new(int.MaxValue, options.SubscriptionsPerCaller);

    /// <summary>What a request asks; the refusal when it may not run.</summary>
    public (GraphQlOperation? Operation, Refusal? Refused) Prepare(HttpContext http, GraphQlRequest request)
    {
        var (document, refused) = documents.Find(request.Query, request.DocumentId, request.OperationName, new Caller(http.User).Client);
        if (document is null)
            return (null, refused);
        var operations = document.Document.Definitions.OfType<GraphQLOperationDefinition>()
            .Where(o => request.OperationName is null || o.Name?.StringValue == request.OperationName).ToArray();
        if (operations is not [var operation])
            return (null, GraphQlRefusals.OperationUnknown);
        schema.Initialize();
        var cost = GraphQlCost.Of(schema, document.Document, operation, request.Variables);
        // What exceeds the whole budget could never be paid.
        var most = Math.Min(options.Cost, options.Budget);
        if (cost > most)
            return (null, GraphQlRefusals.CostTooHigh.Because($"代价 {cost}，上限 {most}。", $"It costs {cost}; at most {most}."));
        return budgets.Spend(CountedCaller.Of(http), cost)
            ? (new GraphQlOperation(request, document, operation, cost), null)
            : (null, GraphQlRefusals.BudgetSpent);
    }

    /// <param name="turns">In which the events of a subscription are answered; null for what is none.</param>
    public async Task<ExecutionResult> Run(HttpContext http, GraphQlOperation operation, IServiceProvider services, GraphQlTurns? turns, CancellationToken ct)
    {
        var kind = Kebab.Of(operation.Kind);
        Activity.Current?.SetTag("graphql.operation.type", kind);
        metrics.Spent(operation.Cost, kind);
        var result = await executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = schema,
            Document = operation.Document.Document,
            OperationName = operation.Request.OperationName,
            Variables = operation.Request.Variables,
            ValidationRules = operation.Document.IsValid ? [] : null,
            RequestServices = services,
            User = http.User,
            CancellationToken = ct,
            UserContext = new Dictionary<string, object?> { [GraphContext.LanguageKey] = Language.Of(http.Request), [GraphContext.TurnsKey] = turns },
            UnhandledExceptionDelegate = context =>
            {
                // What is the client's mistake or the database's absence is said in the answer, and once in the database's own log.
                if (context.OriginalException is not OperationCanceledException && StoreFaults.Of(context.OriginalException) == RequestRefusals.Fault)
                    GraphQlLog.Failed(log, context.OriginalException);
                return Task.CompletedTask;
            },
        });
        operation.Document.IsValid |= result.Executed;
        result.Extensions = new Dictionary<string, object?> { ["cost"] = CostOf(http, operation.Cost) };
        return result;
    }

    /// <summary>The answer to a request that does not run.</summary>
    public ExecutionResult Refuse(HttpContext http, Refusal refusal)
    {
        var result = new ExecutionResult { Extensions = new Dictionary<string, object?> { ["cost"] = CostOf(http, 0) } };
        result.AddError(new RefusalError(refusal, Language.Of(http.Request)));
        return result;
    }

    private Dictionary<string, object?> CostOf(HttpContext http, int cost) => new()
    {
        ["requested"] = cost, ["most"] = options.Cost, ["budget"] = options.Budget, ["left"] = budgets.Left(CountedCaller.Of(http)),
        ["restoredPerSecond"] = options.BudgetPerSecond,
    };
}

internal static partial class GraphQlLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A field of GraphQL failed")]
    public static partial void Failed(ILogger log, Exception fault);
}
