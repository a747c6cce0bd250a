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

/// <summary>What each client may still spend, as a token bucket. Each process counts for itself.</summary>
public sealed class GraphQlBudgets(GraphQlOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _buckets = PartitionedRateLimiter.Create<string, string>(client =>
        RateLimitPartition.GetTokenBucketLimiter(client, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Budget,
            TokensPerPeriod = options.BudgetPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

    public bool Spend(string client, int cost)
    {
        using var lease = _buckets.AttemptAcquire(client, cost);
        return lease.IsAcquired;
    }

    public long Left(string client) => _buckets.GetStatistics(client)?.CurrentAvailablePermits ?? options.Budget;

    public void Dispose() => _buckets.Dispose();
}

/// <summary>Holds requests to their bounds and runs them.</summary>
public sealed class GraphQlDoor(
    GraphQlOptions options, GraphQlDocuments documents, GraphQlBudgets budgets, IDocumentExecuter executer, ISchema schema, PlatformMetrics metrics,
    ILogger<GraphQlDoor> log)
{
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
        return budgets.Spend(Spender(http), cost)
            ? (new GraphQlOperation(request, document, operation, cost), null)
            : (null, GraphQlRefusals.BudgetSpent);
    }

    public async Task<ExecutionResult> Run(HttpContext http, GraphQlOperation operation, IServiceProvider services, CancellationToken ct)
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
            UserContext = new Dictionary<string, object?> { [GraphContext.LanguageKey] = Language.Of(http.Request) },
            UnhandledExceptionDelegate = context =>
            {
                // What is the client's mistake or the database's absence is said in the answer, and once in the database's own log.
                if (context.OriginalException is not OperationCanceledException && Problems.OfFault(context.OriginalException) == RequestRefusals.Fault)
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
        ["requested"] = cost, ["most"] = options.Cost, ["budget"] = options.Budget, ["left"] = budgets.Left(Spender(http)),
        ["restoredPerSecond"] = options.BudgetPerSecond,
    };

    private static string Spender(HttpContext http) =>
        http.User.FindFirst("client_id")?.Value ?? $"address:{http.Connection.RemoteIpAddress}";
}

internal static partial class GraphQlLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A field of GraphQL failed")]
    public static partial void Failed(ILogger log, Exception fault);
}
