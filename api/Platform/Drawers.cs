namespace OneDoor.Platform;

/// <summary>
/// Who has something drawn, a picture or a paper. Little is drawn at a time, and everybody waits in one line for each: nobody has more than a few places
/// in it. Each process counts for itself.
/// </summary>
public sealed class Drawers
{
    /// <summary>How many drawings of one person are made or waited for at a time.</summary>
    public const int PerCaller = 4;

    /// <summary>How many of one system, which asks for all its clerks.</summary>
    public const int PerSystem = 16;

    /// <summary>How long somebody waits for a drawing to begin; then they hear 503.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Places _people = new(int.MaxValue, PerCaller), _systems = new(int.MaxValue, PerSystem);

    /// <summary>A place; null where the caller has none left.</summary>
    /// <param name="caller">Who asks.</param>
    public IDisposable? Take(Actor caller) => (caller.Role == ActorRole.System ? _systems : _people).Take(caller.Subject);

    /// <summary>Tells a caller without a place to come back.</summary>
    public static IResult Refuse(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return RequestRefusals.TooMany.ToProblem();
    }
}
