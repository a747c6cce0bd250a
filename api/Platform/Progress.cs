using System.Globalization;

namespace OneDoor.Platform;

/// <summary>Says how far a command is, twenty times however much there is to do; of little it says nothing. Several may work at it.</summary>
/// <param name="of">How much there is to do.</param>
/// <param name="what">What is done of it, for instance "facts folded".</param>
public sealed class Progress(long of, string what)
{
    private const int Steps = 20, Little = 5_000;

    private long _done;

    /// <summary>So much more is done.</summary>
    public void Add(long more)
    {
        var done = Interlocked.Add(ref _done, more);
        // A step is reached by whoever crosses it.
        if (of >= Little && done * Steps / of > (done - more) * Steps / of)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {done} of {of} {what}"));
    }
}
