using Marten;
using Microsoft.Extensions.Caching.Memory;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>
/// Cases this process has read. A case in one version never changes, so a list asks the store which cases in which
/// versions it holds, always, and reads those it does not know: who asks again and again, as worklists are, is told of what
/// is new and costs little.
/// </summary>
public sealed class KnownCases : IDisposable
{
    /// <summary>How many cases are known at most; about 3 KB each, of which one whose application says much takes up several.</summary>
    public const int AtMost = 20_000;

    private const int UsualBytes = 3_000;

    // A version changes in one way only: its personal data is erased. By then what is known is forgotten.
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = AtMost });

    /// <summary>The cases in these versions, or newer, in their order; null for one that is gone since it was found.</summary>
    /// <param name="versions">What a query has found, with the policy of who sees what as part of it.</param>
    /// <param name="session">Reads what is not known.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<IReadOnlyList<Case?>> Read(IReadOnlyList<Finding> versions, IQuerySession session, CancellationToken ct)
    {
        var cases = versions.Select(Known).ToArray();
        var unknown = versions.Where((_, i) => cases[i] is null).Select(v => v.Id).ToArray();
        if (unknown.Length == 0)
            return cases;
        var read = (await session.LoadManyAsync<Case>(ct, unknown)).ToDictionary(c => c.Id);
        foreach (var @case in read.Values)
            _known.Set(@case.Id, @case, new MemoryCacheEntryOptions { Size = 1 + (@case.Form?.Length ?? 0) / UsualBytes, AbsoluteExpirationRelativeToNow = KnownFor });
        return [.. versions.Select((v, i) => cases[i] ?? read.GetValueOrDefault(v.Id))];
    }

    public void Dispose() => _known.Dispose();

    private Case? Known(Finding wanted) =>
        _known.TryGetValue(wanted.Id, out Case? known) && known!.Version == wanted.Version ? known : null;
}
