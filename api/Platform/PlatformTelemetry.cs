using System.Diagnostics;
using Marten;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using MartenTracking = JasperFx.OpenTelemetry.TrackLevel;

namespace OneDoor.Platform;

/// <summary>What the API traces and counts besides what every server of the platform does.</summary>
public static class PlatformTelemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PlatformMetrics>();
        builder.AddTelemetry(
            "onedoor-api", [], StoreFaults.IsDatabaseAway, traces => traces.AddHttpClientInstrumentation(http => http.EnrichWithHttpRequestMessage = Redact).AddSource("Marten"), metrics => metrics.AddHttpClientInstrumentation().AddMeter("Marten")
                // How many, and not of which type: of a rare one that would tell when (decision 0037).
                .AddView("marten.event.append", new MetricStreamConfiguration { TagKeys = [] }));
        if (!Telemetry.IsCollected(builder.Configuration))
            return;
        builder.Services.AddHostedService<Lags>();
        builder.Services.ConfigureMarten(marten =>
        {
            marten.OpenTelemetry.TrackConnections = MartenTracking.Normal;
            marten.OpenTelemetry.TrackEventCounters();
        });
    }

    // The path of a receiver's address may be what lets somebody in there.
    private static void Redact(Activity span, HttpRequestMessage request) => span.SetTag("url.full", request.RequestUri?.GetLeftPart(UriPartial.Authority));
}
