using System.Diagnostics;
using Npgsql;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OneDoor.Identity.Platform;

/// <summary>
/// Traces, metrics and logs over OTLP, to where the standard <c>OTEL_EXPORTER_OTLP_*</c> variables say; without them
/// nothing is recorded. No name, password, code or token is part of any of them.
/// </summary>
internal static class Telemetry
{
    // The caller wrote these: its address, the host it thinks it speaks to, its program's name.
    private static readonly string[] Callers =
        ["url.path", "url.query", "server.address", "server.port", "user_agent.original", "http.request.method_original"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IdentityMetrics>();
        builder.Services.AddSingleton<SecurityLog>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SecurityLog>());
        if (!IsCollected(builder.Configuration))
            return;
        // Callers' baggage ends here; their trace goes on.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        ActivitySource.AddActivityListener(new ActivityListener { ShouldListenTo = _ => true, ExceptionRecorder = Describe });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("onedoor-identity", serviceVersion: PlatformVersion.Number)
                .AddAttributes([new("deployment.environment.name", builder.Environment.EnvironmentName)])
                .AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(http =>
                {
                    http.Filter = request => !request.Request.Path.StartsWithSegments("/health");
                    http.EnrichWithHttpRequest = (span, _) => Redact(span);
                    http.EnrichWithHttpResponse = (span, response) => Name(span, response.HttpContext);
                })
                // Npgsql records statements with placeholders.
                .AddNpgsql())
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("Npgsql", IdentityMetrics.Meter))
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true)
            .UseOtlpExporter();
    }

    private static bool IsCollected(ConfigurationManager configuration) => configuration.AsEnumerable().Any(setting =>
        setting.Key.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal) && setting.Key.EndsWith("ENDPOINT", StringComparison.Ordinal));

    // A path that is a route's, or an endpoint's of OpenIddict, is ours to say.
    private static void Name(Activity span, HttpContext http)
    {
        var endpoint = http.Features.Get<OpenIddictServerAspNetCoreFeature>()?.Transaction?.EndpointType ?? OpenIddictServerEndpointType.Unknown;
        var route = span.GetTagItem("http.route") as string ?? (endpoint == OpenIddictServerEndpointType.Unknown ? null : http.Request.Path.Value);
        if (route is null)
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

    // An exception's message may quote a value; its type and the span's SQL state remain.
    private static void Describe(Activity span, Exception fault, ref TagList tags)
    {
        tags.Add("exception.message", "");
        tags.Add("exception.stacktrace", fault.StackTrace ?? "");
    }
}
