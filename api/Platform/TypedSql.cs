using System.Data.Common;
using Marten;
using Marten.Storage;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using IStorageOperation = Marten.Internal.Operations.IStorageOperation;

namespace OneDoor.Platform;

/// <summary>
/// SQL of ours in a session's transaction, for statements of many parameters. The store itself goes through all types it has heard of for
/// each parameter that is an array or null, every time; and PostgreSQL plans the statement anew for other places of nulls.
/// </summary>
public static class TypedSql
{
    /// <summary>Has the session execute a statement when it commits.</summary>
    /// <param name="session">In whose transaction.</param>
    /// <param name="sql">The statement, with a question mark for each parameter.</param>
    /// <param name="parameters">Their types and values.</param>
    public static void QueueSql(this IDocumentOperations session, string sql, IEnumerable<(NpgsqlDbType Type, object? Value)> parameters) =>
        session.QueueOperation(new Statement(sql, [.. parameters]));

    private sealed class Statement(string sql, (NpgsqlDbType Type, object? Value)[] given) : IStorageOperation, NoDataReturnedCall
    {
        // As the store calls what belongs to no document.
        public Type DocumentType => typeof(StorageFeatures);

        public OperationRole Role() => OperationRole.Other;

        public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
        {
            foreach (var (parameter, (type, value)) in builder.AppendWithParameters(sql, '?').Zip(given))
                (parameter.NpgsqlDbType, parameter.Value) = (type, value ?? DBNull.Value);
        }

        public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
    }
}
