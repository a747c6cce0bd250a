using JasperFx;
using Marten;
using Npgsql;
using OneDoor.Cases;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Running numbers, which requests draw over connections that there are few of.</summary>
public sealed class DrawnNumbers(RunningPlatform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_holds_the_connection_that_another_draws_with_next_waits_for_no_number()
    {
        await using var connections = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(platform.Database.Connection) { MaxPoolSize = 1, Timeout = 30 });
        using var store = DocumentStore.For(marten =>
        {
            marten.Connection(connections);
            marten.AutoCreateSchemaObjects = AutoCreate.None;
        });
        var numbers = new CaseNumbers();
        await using var other = store.LightweightSession();
        Task<long> waiting;
        long number;
        await using (var holder = store.LightweightSession())
        {
            await holder.BeginTransactionAsync(Ct);
            waiting = numbers.Next(other, Ct).AsTask();
            number = await numbers.Next(holder, Ct);
            Assert.False(waiting.IsCompleted);
        }

        Assert.NotEqual(number, await waiting);
    }
}
