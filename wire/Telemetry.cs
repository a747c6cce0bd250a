using System.Diagnostics;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OneDoor.Wire;

/// <summary>
/// Traces, metrics and logs over OTLP, to where the standard <c>OTEL_EXPORTER_OTLP_*</c> variables say; without them
/// nothing is recorded. No name, identity number, password, code or token is part of any of them.
/// </summary>
public static class Telemetry
{
    /// <summary>The meter of the platform's own figures; each name begins with <c>onedoor.</c> and has its row in docs/OPERATING.md.</summary>
    public const string Meter = "OneDoor";

    /// <summary>Spans of work that no request asked for.</summary>
    public static readonly ActivitySource Work = new(Meter);

    // The caller wrote these: its address, the host it thinks it speaks to, its program's name.
    private static readonly string[] Callers =
        ["url.path", "url.query", "server.address", "server.port", "user_agent.original", "http.request.method_original"];

    /// <param name="service">Its name.</param>
    /// <param name="quoting">Whose logs quote requests, by how their categories begin, besides ASP.NET Core's.</param>
    /// <param name="isOutage">Whether an exception is no fault of the program: the database, or what else it needs, is away or too busy.</param>
    /// <param name="traces">What else it traces.</param>
    /// <param name="metrics">What else it counts.</param>
    public static void AddTelemetry(this WebApplicationBuilder builder, string service, string[] quoting, Func<Exception, bool> isOutage, Action<TracerProviderBuilder> traces, Action<MeterProviderBuilder> metrics)
    {
        builder.Services.AddSingleton<SecurityLog>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SecurityLog>());
        builder.Services.AddSingleton<OutageLog>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OutageLog>());
        builder.Services.AddDiscreetLogs(quoting, isOutage);
        if (!builder.Environment.IsDevelopment())
            builder.Logging.ClearProviders().AddJsonConsole(console => (console.UseUtcTimestamp, console.IncludeScopes) = (true, true));
        if (!IsCollected(builder.Configuration))
            return;
        // Callers' baggage ends here; their trace goes on.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        ActivitySource.AddActivityListener(new ActivityListener { ShouldListenTo = _ => true, ExceptionRecorder = Describe });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(service, serviceVersion: PlatformVersion.Number)
                .AddAttributes([new("deployment.environment.name", builder.Environment.EnvironmentName)])
                .AddEnvironmentVariableDetector())
            .WithTracing(tracing =>
            {
                tracing.AddAspNetCoreInstrumentation(http =>
                {
                    http.Filter = request => !request.Request.Path.StartsWithSegments("/health");
                    http.EnrichWithHttpRequest = (span, _) => Redact(span);
                    http.EnrichWithHttpResponse = (span, response) => Name(span, response.HttpContext);
                });
                // Npgsql records statements with placeholders.
                tracing.AddNpgsql().AddSource(Work.Name);
                traces(tracing);
            })
            .WithMetrics(counted =>
            {
                counted.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("Npgsql", Meter);
                metrics(counted);
            })
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true)
            .UseOtlpExporter();
    }

    /// <summary>Whether anything is recorded.</summary>
    public static bool IsCollected(IConfiguration configuration) => configuration.AsEnumerable().Any(setting =>
        setting.Key.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal) && setting.Key.EndsWith("ENDPOINT", StringComparison.Ordinal));

    // The route, which is ours, stands for the path.
    private static void Name(Activity span, HttpContext http)
    {
        if ((span.GetTagItem("http.route") as string ?? http.RouteOf()) is not { } route)
            return;
        span.DisplayName = $"{span.GetTagItem("http.request.method")} {route}";
        span.SetTag("url.path", route);
        span.SetTag("http.route", route);
    }

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
