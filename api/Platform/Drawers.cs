namespace OneDoor.Platform;

/// <summary>
/// Who has something drawn, a picture or a paper. Little is drawn at a time, and everybody waits in one line: nobody has more than a few places
/// in it. Each process counts for itself.
/// </summary>
public sealed class Drawers
{
    /// <summary>How many drawings of one caller are made or waited for at a time.</summary>
    public const int PerCaller = 4;

    /// <summary>How long somebody waits for a drawing to begin; then they hear 503.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Places _places = new(int.MaxValue, PerCaller);

    /// <summary>A place; null where the caller has none left.</summary>
    /// <param name="caller">The subject that asks.</param>
    public IDisposable? Take(string caller) => _places.Take(caller);

    /// <summary>Tells a caller without a place to come back.</summary>
    public static IResult Refuse(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return RequestRefusals.TooMany.ToProblem();
    }
}
