using System.ComponentModel.DataAnnotations;

namespace OneDoor.Graph;

/// <summary>How much one GraphQL request may ask, and which documents are known.</summary>
public sealed record GraphOptions
{
    /// <summary>Longest document, in bytes of UTF-8.</summary>
    [Range(1, int.MaxValue)]
    public int DocumentBytes { get; init; } = 100_000;

    /// <summary>Most tokens of a document.</summary>
    [Range(1, int.MaxValue)]
    public int Tokens { get; init; } = 5_000;

    /// <summary>Deepest nesting of fields; introspection has a bound of its own.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 12;

    /// <summary>Most aliases of an operation, fragments expanded.</summary>
    [Range(1, int.MaxValue)]
    public int Aliases { get; init; } = 30;

    /// <summary>Most fields at the root of an operation.</summary>
    [Range(1, int.MaxValue)]
    public int RootFields { get; init; } = 20;

    /// <summary>Most fields of an operation, fragments expanded.</summary>
    [Range(1, int.MaxValue)]
    public int Fields { get; init; } = 500;

    /// <summary>Most directives of an operation, fragments expanded.</summary>
    [Range(1, int.MaxValue)]
    public int Directives { get; init; } = 50;

    /// <summary>Most one operation may cost.</summary>
    [Range(1, int.MaxValue)]
    public int Cost { get; init; } = 5_000;

    /// <summary>What a client may spend at once for one person, or for itself.</summary>
    [Range(1, int.MaxValue)]
    public int Budget { get; init; } = 50_000;

    /// <summary>What flows back into that budget per second.</summary>
    [Range(1, int.MaxValue)]
    public int BudgetPerSecond { get; init; } = 5_000;

    /// <summary>How many such budgets a client has for all people together.</summary>
    [Range(1, int.MaxValue)]
    public int BudgetsPerClient { get; init; } = 10;

    /// <summary>How much text of parsed documents stays in memory; what was parsed takes several times as much.</summary>
    [Range(1, int.MaxValue)]
    public int RememberedCharacters { get; init; } = 4_000_000;

    /// <summary>Directory of trusted documents, each a file <c>{id}.graphql</c>; none when empty.</summary>
    public string TrustedDocuments { get; init; } = "";

    /// <summary>Clients that may send trusted documents only; <c>*</c> for all.</summary>
    public IReadOnlyList<string> TrustedOnly { get; init; } = [];

    /// <summary>Origins of web pages besides our own that may open WebSockets.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>How long a WebSocket may take to introduce itself, in seconds.</summary>
    [Range(1, 3600)]
    public int InitSeconds { get; init; } = 10;

    /// <summary>Operations that may run at once on one WebSocket.</summary>
    [Range(1, int.MaxValue)]
    public int OperationsPerSocket { get; init; } = 20;

    /// <summary>Longest message on a WebSocket, in bytes: a document and its variables.</summary>
    [Range(1, int.MaxValue)]
    public int MessageBytes { get; init; } = 200_000;

    /// <summary>How long a client may take to read a message on a WebSocket, in seconds.</summary>
    [Range(1, 3600)]
    public int SendSeconds { get; init; } = 10;

    /// <summary>WebSockets and event streams open at once.</summary>
    [Range(1, int.MaxValue)]
    public int Connections { get; init; } = 1_000;

    /// <summary>WebSockets and event streams of one caller open at once.</summary>
    [Range(1, int.MaxValue)]
    public int ConnectionsPerCaller { get; init; } = 20;

    /// <summary>Subscriptions of one caller running at once, on whichever connections.</summary>
    [Range(1, int.MaxValue)]
    public int SubscriptionsPerCaller { get; init; } = 100;
}
