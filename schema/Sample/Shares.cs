namespace OneDoor.Sample;

/// <summary>Shares a number of cases out in whole ones, so that nothing is lost and nothing is drawn: the same shares each time.</summary>
internal sealed class Shares(IReadOnlyList<double> weights)
{
    private readonly double[] _owed = new double[weights.Count];

    /// <summary>By weights: each its share rounded down, and one more to those that lose most by it.</summary>
    public static int[] Of(int total, IReadOnlyList<double> weights)
    {
        var sum = weights.Sum();
        if (total == 0 || sum <= 0)
            return total == 0 ? new int[weights.Count] : throw new ArgumentException("Nobody is to have any.", nameof(weights));
        int[] given = [.. weights.Select(weight => (int)(total * weight / sum))];
        foreach (var i in Enumerable.Range(0, weights.Count).OrderByDescending(i => total * weights[i] / sum - given[i]).ThenBy(i => i).Take(total - given.Sum()))
            given[i]++;
        return given;
    }

    /// <summary>The next so many: what rounding took from somebody before is made up for.</summary>
    /// <param name="total">How many.</param>
    /// <param name="has">Who takes part this time; everybody where it is left out.</param>
    public int[] Next(int total, Func<int, bool>? has = null)
    {
        var takes = Enumerable.Range(0, weights.Count).Select(i => has?.Invoke(i) != false ? weights[i] : 0).ToArray();
        var sum = takes.Sum();
        for (var i = 0; i < takes.Length; i++)
            _owed[i] += sum == 0 ? 0 : total * takes[i] / sum;
        // Whoever was given more than their share waits; where all who take part were, they are given by their shares all the same.
        double[] due = [.. _owed.Select((owed, i) => takes[i] > 0 ? Math.Max(0, owed) : 0)];
        var given = Of(total, due.Sum() > 0 ? due : takes);
        for (var i = 0; i < given.Length; i++)
            _owed[i] -= given[i];
        return given;
    }
}

/// <summary>Of a row of numbers of cases, one after the other, a share of the whole, to the case.</summary>
internal sealed class RunningShare(long part, long whole)
{
    private long _seen, _given;

    /// <summary>How many of the next so many.</summary>
    public int Of(int cases)
    {
        _seen += cases;
        var due = whole == 0 ? 0 : (2 * part * _seen + whole) / (2 * whole);
        var given = due - _given;
        _given = due;
        return (int)given;
    }
}

/// <summary>Numbers that look drawn and are the same for the same seed, on any machine.</summary>
internal static class Drawn
{
    /// <summary>A number from a seed and what it is drawn for (SplitMix64).</summary>
    public static ulong From(int seed, ulong what)
    {
        var z = ((ulong)(uint)seed << 32) + (what + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The same for a word (FNV-1a).</summary>
    public static ulong From(int seed, string what) => From(seed, what.Aggregate(14695981039346656037ul, (hash, c) => (hash ^ c) * 1099511628211));
}
