namespace OneDoor.Callers;

/// <summary>What somebody has to see who looks for an attack. The numbers and the names in kebab case are those of the log.</summary>
public enum SecurityEventKind
{
    /// <summary>Someone signed in: the password, or the second factor that follows it, was right.</summary>
    SignedIn = 1,

    /// <summary>A wrong password, second factor or device code, or an account that is barred.</summary>
    SignInFailed = 2,

    /// <summary>An attempt that came before its wait after wrong ones was over.</summary>
    SignInHeldUp = 3,

    /// <summary>A client got tokens, for itself or for a person.</summary>
    TokenIssued = 4,

    /// <summary>A token, code, secret or assertion that is missing or no good: 401, or its like in OAuth.</summary>
    TokenRefused = 5,

    /// <summary>A caller who is known may not do this: 403, or its like in OAuth.</summary>
    AccessRefused = 6,

    /// <summary>A caller asked too often: 429.</summary>
    TooManyRequests = 7,

    /// <summary>A caller asked for many things that do not exist for it: 404, from the tenth in a minute on.</summary>
    Probed = 8,
}

/// <summary>One event: who, from where, what. Never a name, an identity number, a secret or anything else the caller wrote.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Reason">The refusal's code, OAuth's error or the factor.</param>
/// <param name="Client">The client, when it has proved to be one; otherwise empty.</param>
/// <param name="Person">The person's <c>sub</c>; empty where none is known.</param>
/// <param name="Address">The network the caller came from, as <see cref="CallerNetwork"/> says it.</param>
/// <param name="Operation">The route, in the words of the contract; empty where none matched.</param>
public sealed record SecurityEvent(SecurityEventKind Kind, string Reason, string Client, string Person, string Address, string Operation)
{
    /// <summary>As it is logged: only what is known of it.</summary>
    /// <param name="count">How often it has happened that no other line tells of.</param>
    public IReadOnlyList<KeyValuePair<string, object?>> Attributes(int count) =>
    [
        .. new (string Name, string Value)[]
        {
            ("onedoor.event", Kebab.Of(Kind)), ("onedoor.reason", Reason), ("onedoor.client", Client), ("onedoor.person", Person),
            ("client.address", Address), ("onedoor.operation", Operation),
        }.Where(attribute => attribute.Value.Length > 0).Select(attribute => KeyValuePair.Create(attribute.Name, (object?)attribute.Value)),
        KeyValuePair.Create("onedoor.count", (object?)count),
    ];

    /// <summary>What is logged of it as one line of text.</summary>
    public static string Line(IReadOnlyList<KeyValuePair<string, object?>> attributes) => string.Join(' ', attributes.Select(one => $"{one.Key}={one.Value}"));

    /// <summary>What a refusal with this status of HTTP tells of an attack; null for one that tells nothing.</summary>
    public static SecurityEventKind? KindOf(int status) => status switch
    {
        401 => SecurityEventKind.TokenRefused,
        403 => SecurityEventKind.AccessRefused,
        404 => SecurityEventKind.Probed,
        429 => SecurityEventKind.TooManyRequests,
        _ => null,
    };
}

/// <summary>
/// Decides which events get a line, so that no attack fills a disk: the first of its kind by the same caller in a minute at once,
/// those after it as one line with their count when the minute is over.
/// </summary>
/// <param name="most">
/// How many different events of each kind a minute tells apart. Of those beyond, what a caller may choose is left out, address and operation;
/// never the client or person, of whom nobody can make up any.
/// </param>
public sealed class SecurityTally(int most = 1_000)
{
    private const int Probes = 10;

    private readonly Lock _one = new();
    private Dictionary<SecurityEventKind, Dictionary<SecurityEvent, int>> _untold = [];

    /// <summary>Counts an event; true when it gets a line at once.</summary>
    public bool IsTold(SecurityEvent happened)
    {
        lock (_one)
        {
            if (!_untold.TryGetValue(happened.Kind, out var untold))
                _untold[happened.Kind] = untold = [];
            var isBeyond = untold.Count >= most && !untold.ContainsKey(happened);
            if (isBeyond)
                happened = happened with { Address = "", Operation = "" };
            // What does not exist is asked for by mistake, too: only many times is it worth a line.
            var isTold = !untold.ContainsKey(happened) && !isBeyond && happened.Kind != SecurityEventKind.Probed;
            untold[happened] = untold.GetValueOrDefault(happened) + (isTold ? 0 : 1);
            return isTold;
        }
    }

    /// <summary>Ends a minute: what no line has told of, with how often it happened.</summary>
    public IReadOnlyList<(SecurityEvent Happened, int Count)> Close()
    {
        lock (_one)
        {
            var ended = _untold;
            _untold = [];
            return [.. ended.Values.SelectMany(untold => untold).Where(e => e.Value >= (e.Key.Kind == SecurityEventKind.Probed ? Probes : 1)).Select(e => (e.Key, e.Value))];
        }
    }
}
