using System.Diagnostics.Metrics;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OneDoor.Platform;

/// <summary>
/// Traces, metrics and logs over OTLP, to where the standard <c>OTEL_EXPORTER_OTLP_*</c> variables say; without them
/// nothing is exported. No name, identity number or token is part of any of them.
/// </summary>
public static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PlatformMetrics>();
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("onedoor-api"))
            // Npgsql records statements with placeholders, ASP.NET Core addresses without the values of their queries.
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddNpgsql())
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                .AddMeter("Npgsql", PlatformMetrics.Meter))
            .WithLogging();
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.UseOtlpExporter();
        if (!builder.Environment.IsDevelopment())
            builder.Logging.ClearProviders().AddJsonConsole(console => console.UseUtcTimestamp = true).AddOpenTelemetry();
    }
}

/// <summary>The platform's own figures; every name begins with <c>onedoor.</c>.</summary>
public sealed class PlatformMetrics
{
    public const string Meter = "OneDoor";

    private readonly Counter<long> _refusals;

    public PlatformMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Meter);
        _refusals = meter.CreateCounter<long>("onedoor.refusals", "{refusal}", "Requests refused, by code and status.");
    }

    public void Refused(Refusal refusal) => _refusals.Add(
        1, KeyValuePair.Create("onedoor.refusal.code", (object?)refusal.Code), KeyValuePair.Create("http.response.status_code", (object?)refusal.Status));
}
