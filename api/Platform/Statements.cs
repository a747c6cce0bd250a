using Npgsql;

namespace OneDoor.Platform;

/// <summary>SQL of ours that is executed by itself; what belongs to a session's transaction is the session's.</summary>
public static class Statements
{
    /// <summary>All rows that a query finds.</summary>
    /// <param name="database">Where it is asked.</param>
    /// <param name="sql">The statement, with $1, $2, … for its parameters.</param>
    /// <param name="row">Reads one of them.</param>
    /// <param name="ct">Cancels it.</param>
    /// <param name="values">Those of its parameters; a parameter itself where its type has to be said.</param>
    public static async Task<IReadOnlyList<T>> Rows<T>(this NpgsqlDataSource database, string sql, Func<NpgsqlDataReader, T> row, CancellationToken ct, params List<object> values)
    {
        await using var command = database.Ask(sql, values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<T> rows = [];
        while (await reader.ReadAsync(ct))
            rows.Add(row(reader));
        return rows;
    }

    /// <summary>The one value that a statement comes to; the default where that is null, or there is none.</summary>
    /// <inheritdoc cref="Rows"/>
    public static async Task<T?> Value<T>(this NpgsqlDataSource database, string sql, CancellationToken ct, params List<object> values)
    {
        await using var command = database.Ask(sql, values);
        return await command.ExecuteScalarAsync(ct) is T value ? value : default;
    }

    /// <summary>Executes a statement, and says how many rows it changed.</summary>
    /// <inheritdoc cref="Rows"/>
    public static async Task<int> Execute(this NpgsqlDataSource database, string sql, CancellationToken ct, params List<object> values)
    {
        await using var command = database.Ask(sql, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A statement that is to be executed in some other way.</summary>
    /// <inheritdoc cref="Rows"/>
    public static NpgsqlCommand Ask(this NpgsqlDataSource database, string sql, params List<object> values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        return command;
    }
}
