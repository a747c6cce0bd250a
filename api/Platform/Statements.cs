using Marten;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>SQL of ours that is executed at once: over whichever connection is free, over one that is held, or over a session's, in its transaction.</summary>
public static class Statements
{
    /// <summary>All rows that a query finds.</summary>
    /// <param name="database">Where it is asked.</param>
    /// <param name="sql">The statement, with $1, $2, … for its parameters.</param>
    /// <param name="row">Reads one of them.</param>
    /// <param name="values">Those of its parameters; a parameter itself where its type has to be said.</param>
    public static Task<IReadOnlyList<T>> Rows<T>(this NpgsqlDataSource database, string sql, Func<NpgsqlDataReader, T> row, CancellationToken ct, params List<object> values) =>
        Rows(database.Ask(sql, values), row, ct);

    /// <inheritdoc cref="Rows{T}(NpgsqlDataSource, string, Func{NpgsqlDataReader, T}, CancellationToken, List{object})"/>
    public static Task<IReadOnlyList<T>> Rows<T>(this NpgsqlConnection database, string sql, Func<NpgsqlDataReader, T> row, CancellationToken ct, params List<object> values) =>
        Rows(database.Ask(sql, values), row, ct);

    /// <inheritdoc cref="Rows{T}(NpgsqlDataSource, string, Func{NpgsqlDataReader, T}, CancellationToken, List{object})"/>
    public static async Task<IReadOnlyList<T>> Rows<T>(this IQuerySession database, string sql, Func<NpgsqlDataReader, T> row, CancellationToken ct, params List<object> values)
    {
        await using var command = With(new(sql), values);
        await using var reader = (NpgsqlDataReader)await database.ExecuteReaderAsync(command, ct);
        return await Rows(reader, row, ct);
    }

    /// <summary>The one value that a statement comes to; the default where that is null, or there is none.</summary>
    /// <inheritdoc cref="Rows{T}(NpgsqlDataSource, string, Func{NpgsqlDataReader, T}, CancellationToken, List{object})"/>
    public static Task<T?> Value<T>(this NpgsqlDataSource database, string sql, CancellationToken ct, params List<object> values) => Value<T>(database.Ask(sql, values), ct);

    /// <inheritdoc cref="Value{T}(NpgsqlDataSource, string, CancellationToken, List{object})"/>
    public static Task<T?> Value<T>(this NpgsqlConnection database, string sql, CancellationToken ct, params List<object> values) => Value<T>(database.Ask(sql, values), ct);

    /// <summary>Executes a statement, and says how many rows it changed.</summary>
    /// <inheritdoc cref="Rows{T}(NpgsqlDataSource, string, Func{NpgsqlDataReader, T}, CancellationToken, List{object})"/>
    public static Task<int> Execute(this NpgsqlDataSource database, string sql, CancellationToken ct, params List<object> values) => Execute(database.Ask(sql, values), ct);

    /// <inheritdoc cref="Execute(NpgsqlDataSource, string, CancellationToken, List{object})"/>
    public static Task<int> Execute(this NpgsqlConnection database, string sql, CancellationToken ct, params List<object> values) => Execute(database.Ask(sql, values), ct);

    /// <inheritdoc cref="Execute(NpgsqlDataSource, string, CancellationToken, List{object})"/>
    public static async Task<int> Execute(this IDocumentSession database, string sql, CancellationToken ct, params List<object> values)
    {
        await using var command = With(new(sql), values);
        return await database.ExecuteAsync(command, ct);
    }

    /// <summary>A statement that is to be executed in some other way.</summary>
    /// <inheritdoc cref="Rows{T}(NpgsqlDataSource, string, Func{NpgsqlDataReader, T}, CancellationToken, List{object})"/>
    public static NpgsqlCommand Ask(this NpgsqlDataSource database, string sql, params List<object> values) => With(database.CreateCommand(sql), values);

    private static NpgsqlCommand Ask(this NpgsqlConnection database, string sql, List<object> values) => With(new(sql, database), values);

    private static NpgsqlCommand With(NpgsqlCommand command, List<object> values)
    {
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        return command;
    }

    private static async Task<IReadOnlyList<T>> Rows<T>(NpgsqlCommand asked, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        await using var command = asked;
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await Rows(reader, row, ct);
    }

    private static async Task<IReadOnlyList<T>> Rows<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        List<T> rows = [];
        while (await reader.ReadAsync(ct))
            rows.Add(row(reader));
        return rows;
    }

    private static async Task<T?> Value<T>(NpgsqlCommand asked, CancellationToken ct)
    {
        await using var command = asked;
        return await command.ExecuteScalarAsync(ct) is T value ? value : default;
    }

    private static async Task<int> Execute(NpgsqlCommand asked, CancellationToken ct)
    {
        await using var command = asked;
        return await command.ExecuteNonQueryAsync(ct);
    }
}
