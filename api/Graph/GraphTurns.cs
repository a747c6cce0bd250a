namespace OneDoor.Graph;

/// <summary>
/// The turns of one operation on its connection. Whoever makes an answer takes a turn first and is done once the answer is
/// sent, so that of a reader who is slow, or does not read at all, no more answers wait in memory than there are turns.
/// </summary>
/// <param name="turns">Those of the connection, which its operations share.</param>
public sealed class GraphTurns(SemaphoreSlim turns) : IDisposable
{
    private readonly Lock _lock = new();
    private int _mine;
    private bool _isOver;

    public async Task Take(CancellationToken ct)
    {
        await turns.WaitAsync(ct);
        lock (_lock)
        {
            if (!_isOver)
            {
                _mine++;
                return;
            }
        }
        turns.Release();
        throw new OperationCanceledException();
    }

    /// <summary>The answer is with the client: another one may be made.</summary>
    public void Done()
    {
        lock (_lock)
        {
            if (_mine == 0)
                return;
            _mine--;
        }
        turns.Release();
    }

    /// <summary>The operation is over: it takes no further turn.</summary>
    public void Dispose()
    {
        int left;
        lock (_lock)
            (_isOver, left, _mine) = (true, _mine, 0);
        if (left > 0)
            turns.Release(left);
    }
}
