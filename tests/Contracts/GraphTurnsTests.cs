using Xunit;

namespace OneDoor.Graph;

/// <summary>How many answers of a connection are made before one is taken.</summary>
public sealed class GraphTurnsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_made_when_the_one_before_is_with_the_client()
    {
        using var connection = new SemaphoreSlim(1, 1);
        using var turns = new GraphTurns(connection);
        using var others = new GraphTurns(connection);
        await turns.Take(Ct);

        var next = others.Take(Ct);
        Assert.False(next.IsCompleted);
        turns.Done();
        await next;

        turns.Done(); // It has none to give back.
        Assert.Equal(0, connection.CurrentCount);
    }

    [Fact]
    public async Task An_operation_that_makes_the_next_answer_while_one_is_sent_gives_both_turns_back()
    {
        using var connection = new SemaphoreSlim(3, 3);
        using (var turns = new GraphTurns(connection))
        {
            await turns.Take(Ct);
            await turns.Take(Ct);
            turns.Done();
            turns.Done();
            Assert.Equal(3, connection.CurrentCount);

            await turns.Take(Ct);
            await turns.Take(Ct);
        }
        Assert.Equal(3, connection.CurrentCount);
    }

    [Fact]
    public async Task An_operation_gives_its_turn_back_however_it_ends()
    {
        using var connection = new SemaphoreSlim(1, 1);
        var (sending, waiting) = (new GraphTurns(connection), new GraphTurns(connection));
        await sending.Take(Ct);
        var taking = waiting.Take(Ct);

        waiting.Dispose();
        sending.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        Assert.Equal(1, connection.CurrentCount);
    }
}
