using Marten;

namespace OneDoor.Platform;

/// <summary>Transactions that come one after the other.</summary>
public static class OneAfterTheOther
{
    /// <summary>
    /// From now on nobody else decides about the same, in whichever process, until the session's transaction is committed or given up: for
    /// what the version of one thing does not guard.
    /// </summary>
    public static async Task Alone(this IDocumentSession session, CancellationToken ct, params IEnumerable<string> about)
    {
        await session.BeginTransactionAsync(ct);
        // Everybody in the same order, or two would wait for each other.
        await session.Execute(
            "select pg_advisory_xact_lock(hashtextextended(what, 0)) from unnest($1::text[]) what", ct, about.Order(StringComparer.Ordinal).Select(what => $"{Store.Schema} {what}").ToArray());
    }

    /// <summary>Begins the session's transaction anew, after the database has undone it: what it held is free, and nothing of it is written.</summary>
    // The store knows no other way than to commit it or to give up the session.
    public static async Task BeginAgain(this IDocumentSession session, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await session.Execute("rollback; begin", ct);
    }
}
