using JasperFx;
using JasperFx.Events;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>What is kept beside the database is not to be had right now. The log has this fault's own words alone, by which it is told from the database's.</summary>
public sealed class StoreAwayException(string message) : Exception(message);

/// <summary>What a fault of the store means to whoever asked.</summary>
public static class StoreFaults
{
    /// <summary>The refusal a fault is answered with: a change that came second, a moment's trouble, or what any request can do wrong.</summary>
    public static Refusal Of(Exception fault) =>
        IsStale(fault) ? RequestRefusals.Stale : IsDatabaseAway(fault) ? PlatformRefusals.Unavailable : Problems.OfFault(fault);

    /// <summary>The database is down, restarting, out of connections or too slow: try again later.</summary>
    public static bool IsDatabaseAway(Exception fault) => fault switch
    {
        // 08 connection, 53 resources, 57 operator intervention (shutdown, cancelled statement), 40 serialization and deadlock, 55 lock.
        PostgresException { SqlState: { } state } => state[..2] is "08" or "53" or "57" or "40" or "55" or "58",
        NpgsqlException or TimeoutException or StoreAwayException => true,
        _ => fault.InnerException is { } inner && IsDatabaseAway(inner),
    };

    /// <summary>The database has undone all that the transaction did, for another's sake (deadlock, serialization): done again at once, it is likely to succeed.</summary>
    public static bool IsUndone(Exception fault) => fault.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <summary>Somebody else's change came first, and nothing of this one was done.</summary>
    public static bool IsOvertaken(Exception fault) => IsStale(fault) || IsUndone(fault);

    // Two commands saw the same version and the other one was first.
    private static bool IsStale(Exception fault) =>
        fault is ConcurrencyException or EventStreamUnexpectedMaxEventIdException
        || (fault.InnerException is { } inner && IsStale(inner));
}
