using Npgsql;

namespace OneDoor.Wire;

/// <summary>What both servers say of their connection to the database.</summary>
public static class DatabaseConnections
{
    /// <summary>What an operator has to look after where it does not answer.</summary>
    public const string Silent = "The database does not answer: see that PostgreSQL runs and takes connections.";

    /// <summary>What an operator has to look after where it shows another time.</summary>
    public const string ClocksApart = "This machine's clock and the database's are too far apart: see that both are kept by NTP.";

    /// <summary>Whether a connection string names a database. What is wrong in one stays untold: it holds a password.</summary>
    public static bool Names(string? connection)
    {
        try
        {
            return !string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connection).Host);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            return false;
        }
    }
}
