using System.Net.Sockets;
using Npgsql;

namespace OneDoor.Identity.Platform;

/// <summary>Tells a database that is down or busy, where a later try helps, from a fault of ours.</summary>
internal static class DatabaseFaults
{
    public static bool IsOutage(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException refused)
                return refused.IsTransient || refused.SqlState[..2] is "08" or "53" or "57" or "3D";
            if (cause is NpgsqlException or SocketException or TimeoutException)
                return true;
        }

        return false;
    }
}
