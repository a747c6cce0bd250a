using System.Diagnostics;
using Marten;
using Microsoft.AspNetCore.Http.Features;

namespace OneDoor.Platform;

/// <summary>
/// The trace of a request, kept beside the facts that it brings about, so that what is sent of them goes on with it (decision 0051). Who is told of
/// a fact is told its trace, which may be that of all its caller does: only what hides nobody keeps one (decision 0037).
/// </summary>
public static class KeptTrace
{
    /// <summary>What the store calls it among the headers of a fact: the W3C <c>traceparent</c> of the request's span.</summary>
    public const string Header = "traceparent";

    /// <summary>Keeps the trace of the request beside what the session commits, where it is recorded.</summary>
    public static void KeepTrace(this IDocumentSession session, HttpContext http)
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is { Recorded: true, IdFormat: ActivityIdFormat.W3C, Id: { } span })
            session.SetHeader(Header, span);
    }

    /// <summary>Begins a span that goes on with what was kept; null where nothing was, or nobody records it.</summary>
    public static Activity? GoOn(string span, string? kept) =>
        ActivityContext.TryParse(kept, null, isRemote: true, out var before) ? Telemetry.Work.StartActivity(span, ActivityKind.Producer, before) : null;
}
