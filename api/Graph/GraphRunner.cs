using System.Diagnostics;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace OneDoor.Graph;

/// <summary>A request ready to run.</summary>
public sealed record GraphOperation(GraphRequest Request, BoundedDocument Document, GraphQLOperationDefinition Definition, int Cost)
{
    public OperationType Kind => Definition.Operation;
}

/// <summary>Holds requests to their bounds and runs them.</summary>
public sealed class GraphRunner(
    GraphOptions options, GraphDocuments documents, GraphBudgets budgets, IDocumentExecuter executer, ISchema schema, PlatformMetrics metrics,
    ILogger<GraphRunner> log)
{
    /// <summary>WebSockets and event streams.</summary>
    public Places Connections { get; } = new(options.Connections, options.ConnectionsPerCaller);

    /// <summary>Subscriptions on whichever connections.</summary>
    public Places Subscriptions { get; } = new(int.MaxValue, options.SubscriptionsPerCaller);

    /// <summary>What a request asks; the refusal when it may not run.</summary>
    public (GraphOperation? Operation, Refusal? Refused) Prepare(HttpContext http, GraphRequest request)
    {
        var (document, refused) = documents.Find(request.Query, request.DocumentId, request.OperationName, new Caller(http.User).Client);
        if (document is null)
            return (null, refused);
        var operations = document.Document.Definitions.OfType<GraphQLOperationDefinition>()
            .Where(o => request.OperationName is null || o.Name?.StringValue == request.OperationName).ToArray();
        if (operations is not [var operation])
            return (null, GraphRefusals.OperationUnknown);
        schema.Initialize();
        var cost = CostOf(document, operation, request.Variables);
        // What exceeds the whole budget could never be paid.
        var most = Math.Min(options.Cost, options.Budget);
        if (cost > most)
            return (null, GraphRefusals.CostTooHigh.Because($"代价 {cost}，上限 {most}。", $"It costs {cost}; at most {most}."));
        return budgets.Spend(CountedCaller.Of(http), cost)
            ? (new GraphOperation(request, document, operation, cost), null)
            : (null, GraphRefusals.BudgetSpent);
    }

    /// <param name="turns">In which the events of a subscription are answered; null for what is none.</param>
    public async Task<ExecutionResult> Run(HttpContext http, GraphOperation operation, IServiceProvider services, GraphTurns? turns, CancellationToken ct)
    {
        if (operation.Definition.SelectionSet.Selections is not [GraphQLField])
            http.Share();
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
                GraphLog.Fault(log, context.OriginalException);
                return Task.CompletedTask;
            },
        });
        // However many fields wanted it.
        if (result.Errors?.FirstOrDefault(error => error.InnerException is { } fault && StoreFaults.Of(fault) == PlatformRefusals.Unavailable) is { InnerException: { } away })
            Problems.LogUnavailable(log, away);
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

    private int CostOf(BoundedDocument document, GraphQLOperationDefinition operation, Inputs variables)
    {
        if (document.Cost >= 0)
            return document.Cost;
        var (cost, isFixed) = GraphCost.Of(schema, document.Document, operation, variables);
        if (isFixed)
            document.Cost = cost;
        return cost;
    }

    private Dictionary<string, object?> CostOf(HttpContext http, int cost) => new()
    {
        ["requested"] = cost, ["most"] = options.Cost, ["budget"] = options.Budget, ["left"] = budgets.Left(CountedCaller.Of(http)),
        ["restoredPerSecond"] = options.BudgetPerSecond,
    };
}

internal static partial class GraphLog
{
    // What is the client's mistake is said in the answer.
    public static void Fault(ILogger log, Exception fault)
    {
        if (fault is not (OperationCanceledException or RefusalError) && StoreFaults.Of(fault) == RequestRefusals.Fault)
            Failed(log, fault);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A field of GraphQL failed")]
    private static partial void Failed(ILogger log, Exception fault);
}
