using OneDoor.Callers;

namespace OneDoor.Platform;

/// <summary>
/// The log <c>OneDoor.Reads</c>: who was shown which things, by one line for each answer. docs/OPERATING.md has its attributes. It
/// names things by their ids, never what they hold.
/// </summary>
public sealed class ReadLog(ILoggerFactory loggers)
{
    public const string Category = "OneDoor.Reads";

    private static readonly EventId Shown = new(1, "shown");

    private readonly ILogger _log = loggers.CreateLogger(Category);

    /// <summary>Whether anybody keeps it.</summary>
    public bool IsKept => _log.IsEnabled(LogLevel.Information);

    /// <summary>Notes what a route shows.</summary>
    public void Note(Caller reader, HttpContext http, string kind, params IEnumerable<Guid> things)
    {
        if (IsKept)
            Note(reader.Actor, OperationOf(http), kind, things);
    }

    /// <summary>What a route is called.</summary>
    public static string OperationOf(HttpContext http) => $"GET {((RouteEndpoint)http.GetEndpoint()!).RoutePattern.RawText}";

    /// <summary>Notes what an answer shows; nothing where it shows nothing.</summary>
    /// <param name="actor">Who is answered.</param>
    /// <param name="operation">By which route or field, in the words of the contract.</param>
    /// <param name="kind">What the things are, for instance <c>case</c>; null of what is everybody's to read, which is not noted.</param>
    /// <param name="things">Their ids.</param>
    public void Note(Actor actor, string operation, string? kind, IEnumerable<Guid> things)
    {
        if (kind is null || !IsKept)
            return;
        var ids = string.Join(' ', things);
        if (ids.Length == 0)
            return;
        List<KeyValuePair<string, object?>> attributes =
        [
            new("onedoor.event", Shown.Name), new("onedoor.client", actor.Client), new("onedoor.operation", operation), new($"onedoor.{kind}", ids),
        ];
        // A system's subject is itself.
        if (actor.Subject != actor.Client)
            attributes.Insert(2, new("onedoor.person", actor.Subject));
        _log.Log(LogLevel.Information, Shown, attributes, null, (said, _) => SecurityEvent.Line(said));
    }
}
