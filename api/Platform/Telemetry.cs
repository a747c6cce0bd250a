using System.Diagnostics;
using Marten;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using MartenTracking = JasperFx.OpenTelemetry.TrackLevel;

namespace OneDoor.Platform;

/// <summary>
/// Traces, metrics and logs over OTLP, to where the standard <c>OTEL_EXPORTER_OTLP_*</c> variables say; without them
/// nothing is recorded. No name, identity number or token is part of any of them.
/// </summary>
public static class Telemetry
{
    /// <summary>Spans of work that no request asked for.</summary>
    public static readonly ActivitySource Work = new(PlatformMetrics.Meter);

    // The caller wrote these: its address, the host it thinks it speaks to, its program's name.
    private static readonly string[] Callers =
        ["url.path", "url.query", "server.address", "server.port", "user_agent.original", "http.request.method_original"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PlatformMetrics>();
        builder.Services.AddSingleton<SecurityLog>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SecurityLog>());
        builder.Services.AddDiscreetLogs();
        if (!builder.Environment.IsDevelopment())
            builder.Logging.ClearProviders().AddJsonConsole(console => (console.UseUtcTimestamp, console.IncludeScopes) = (true, true));
        if (!IsCollected(builder.Configuration))
            return;
        // Callers' baggage ends here; their trace goes on.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        ActivitySource.AddActivityListener(new ActivityListener { ShouldListenTo = _ => true, ExceptionRecorder = Describe });
        builder.Services.ConfigureMarten(marten =>
        {
            marten.OpenTelemetry.TrackConnections = MartenTracking.Normal;
            marten.OpenTelemetry.TrackEventCounters();
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("onedoor-api", serviceVersion: PlatformVersion.Number)
                .AddAttributes([new("deployment.environment.name", builder.Environment.EnvironmentName)])
                .AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(http =>
                {
                    http.Filter = request => !request.Request.Path.StartsWithSegments("/health");
                    http.EnrichWithHttpRequest = (span, _) => Redact(span);
                    http.EnrichWithHttpResponse = (span, _) => span.SetTag("url.path", span.GetTagItem("http.route"));
                })
                // Npgsql records statements with placeholders.
                .AddHttpClientInstrumentation().AddNpgsql().AddSource("Marten", Work.Name))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                .AddMeter("Npgsql", "Marten", PlatformMetrics.Meter))
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true)
            .UseOtlpExporter();
    }

    private static bool IsCollected(ConfigurationManager configuration) => configuration.AsEnumerable().Any(setting =>
        setting.Key.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal) && setting.Key.EndsWith("ENDPOINT", StringComparison.Ordinal));

    // The route, which is ours, stands for the path once it is known.
    private static void Redact(Activity span)
    {
        foreach (var attribute in Callers)
            span.SetTag(attribute, null);
        span.TraceStateString = null;
    }

    private static void Describe(Activity span, Exception fault, ref TagList tags)
    {
        tags.Add("exception.message", "");
        tags.Add("exception.stacktrace", DiscreetLogs.Describe(fault));
    }
}
