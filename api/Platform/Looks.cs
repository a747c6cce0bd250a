namespace OneDoor.Platform;

/// <summary>
/// What was seen of the store's facts and of who was writing any, look after look, and what follows: up to which number facts are settled. A database that has begun
/// anew, and may be another one that lacks some facts, says nothing of what was seen before.
/// </summary>
public sealed class Looks
{
    // Of whom each look saw, those that every later one has seen as well: so a later look has all of an earlier one's.
    private readonly List<(long Last, HashSet<string> Writers)> _unsettled = [];
    private DateTimeOffset _server;

    /// <summary>Up to which number facts are settled; 0 where nothing is known yet.</summary>
    public long Mark { get; private set; }

    /// <summary>How many looks are kept, since somebody whom they saw is writing still.</summary>
    public int Kept => _unsettled.Count;

    /// <summary>Adds a look.</summary>
    /// <param name="server">Since when the database runs.</param>
    /// <param name="last">The last number that is committed.</param>
    /// <param name="writers">Who, asked after that, was writing.</param>
    /// <returns>Whether facts that were there are there no more.</returns>
    public bool Add(DateTimeOffset server, long last, HashSet<string> writers)
    {
        var isLost = last < Mark;
        if (isLost || server != _server)
            Begin(server);
        foreach (var (_, before) in _unsettled)
            before.IntersectWith(writers);
        _unsettled.Add((last, writers));
        var settled = _unsettled.FindLastIndex(look => look.Writers.Count == 0);
        if (settled >= 0)
            Mark = Math.Max(Mark, _unsettled[settled].Last);
        _unsettled.RemoveRange(0, settled + 1);
        // Who waits for the same waits for the later of them: there are never more looks than there are writers.
        for (var i = _unsettled.Count - 2; i >= 0; i--)
        {
            if (_unsettled[i].Writers.Count == _unsettled[i + 1].Writers.Count)
                _unsettled.RemoveAt(i);
        }
        return isLost;
    }

    private void Begin(DateTimeOffset server)
    {
        _unsettled.Clear();
        (_server, Mark) = (server, 0);
    }
}
