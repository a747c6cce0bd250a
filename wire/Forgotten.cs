using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace OneDoor.Wire;

/// <summary>Requests of which nothing is kept that could tell whose they are.</summary>
public static class Forgotten
{
    private static readonly object Mark = new(), SharedMark = new();

    /// <summary>
    /// Keeps the request out of the security log, the traces and the figures of requests, which tell from where and when. What is done for it
    /// from here on stands in a trace of its own, which nobody records.
    /// </summary>
    /// <returns>False where the request is shared: it is kept then, and who is to be forgotten is to be refused.</returns>
    public static bool Forget(this HttpContext http)
    {
        if (http.Items.ContainsKey(SharedMark))
            return false;
        if (http.IsForgotten())
            return true;
        http.Items[Mark] = Mark;
        http.LeaveUnmeasured();
        // The store begins spans that know their parent by its number alone.
        Drop(http.Features.Get<IHttpActivityFeature>()?.Activity);
        for (var span = Activity.Current; span is not null; span = span.Parent)
            Drop(span);
        // The caller's trace may be that of all it does: not even a log is to name it.
        new Activity("forgotten").SetParentId(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None).Start();
        return true;
    }

    /// <summary>Says that more than one thing is asked by the request: whoever would have it forgotten would hide what else they ask.</summary>
    public static void Share(this HttpContext http) => http.Items[SharedMark] = SharedMark;

    /// <summary>Keeps the request out of the figures of requests.</summary>
    public static void LeaveUnmeasured(this HttpContext http)
    {
        if (http.Features.Get<IHttpMetricsTagsFeature>() is { } figures)
            figures.MetricsDisabled = true;
    }

    public static bool IsForgotten(this HttpContext http) => http.Items.ContainsKey(Mark);

    private static void Drop(Activity? span)
    {
        if (span is null)
            return;
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        span.IsAllDataRequested = false;
    }
}
