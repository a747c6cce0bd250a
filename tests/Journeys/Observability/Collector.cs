using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OneDoor.Platform;

namespace OneDoor.Observability;

/// <summary>A span as it came over the wire.</summary>
public sealed record Span(
    string Service, string Source, string TraceId, string Id, string Parent, string Name, long Kind, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>OTLP's number for the server's side of a request.</summary>
    public const int Server = 2;
}

/// <summary>What one set of attributes of a metric came to: its sum, its value or, of a histogram, how many were recorded.</summary>
public sealed record Point(string Service, string Name, string Unit, IReadOnlyDictionary<string, string> Attributes, double Value);

public sealed record LogRecord(
    string Service, string Category, string Severity, string Body, string TraceId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A collector for OTLP over HTTP with protobuf, as the platform's processes send it. It keeps every byte.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, Point> _points = [];

    public Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        Address = $"http://127.0.0.1:{Port.Free()}";
        builder.WebHost.UseUrls(Address);
        _server = builder.Build();
        _server.MapPost("/v1/{signal}", Receive);
    }

    public string Address { get; }

    /// <summary>Every request's body.</summary>
    public ConcurrentBag<byte[]> Bodies { get; } = [];

    public ConcurrentBag<Span> Spans { get; } = [];

    public ConcurrentBag<LogRecord> Logs { get; } = [];

    /// <summary>How often each server has sent its metrics.</summary>
    public ConcurrentDictionary<string, int> MetricExports { get; } = [];

    /// <summary>The release each service says it is.</summary>
    public ConcurrentDictionary<string, string> Releases { get; } = [];

    public IEnumerable<Point> Points => _points.Values;

    public Task Start() => _server.StartAsync();

    public IReadOnlyList<Span> Trace(string id) => [.. Spans.Where(span => span.TraceId == id)];

    /// <summary>The sum of a metric over all points with an attribute's value.</summary>
    public double Sum(string name, string unit, params (string Name, string Value)[] attributes) => Points
        .Where(p => p.Name == name && p.Unit == unit && attributes.All(a => p.Attributes.GetValueOrDefault(a.Name) == a.Value)).Sum(p => p.Value);

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task Receive(HttpContext http, string signal)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        Bodies.Add(bytes);
        foreach (var resource in new ProtobufMessage(bytes).All(1))
        {
            var about = Attributes(resource.One(1), 1);
            var service = about["service.name"];
            Releases[service] = about["service.version"];
            foreach (var scope in resource.All(2))
            {
                var source = scope.One(1).Text(1);
                foreach (var item in scope.All(2))
                    Keep(signal, service, source, item);
            }
            if (signal == "metrics")
                MetricExports.AddOrUpdate(service, 1, (_, exports) => exports + 1);
        }
        http.Response.StatusCode = (int)HttpStatusCode.OK;
        http.Response.ContentType = "application/x-protobuf";
    }

    private void Keep(string signal, string service, string source, ProtobufMessage item)
    {
        switch (signal)
        {
            case "traces":
                Spans.Add(new Span(service, source, item.Hex(1), item.Hex(2), item.Hex(4), item.Text(5), item.Integer(6), Attributes(item, 9)));
                break;
            case "logs":
                Logs.Add(new LogRecord(service, source, item.Text(3), item.One(5).Text(1), item.Hex(9), Attributes(item, 6)));
                break;
            case "metrics":
                // A gauge, a sum or a histogram; of each series the latest value counts.
                foreach (var point in item.One(5).All(1).Concat(item.One(7).All(1)))
                    Keep(service, item, Attributes(point, 7), point.Has(6) ? point.Integer(6) : point.Double(4));
                foreach (var point in item.One(9).All(1))
                    Keep(service, item, Attributes(point, 9), point.Integer(4));
                break;
            default:
                throw new InvalidOperationException($"{signal} is no signal.");
        }
    }

    private void Keep(string service, ProtobufMessage metric, Dictionary<string, string> attributes, double value)
    {
        var series = string.Join(',', attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}"));
        _points[$"{service} {metric.Text(1)} {series}"] = new Point(service, metric.Text(1), metric.Text(3), attributes, value);
    }

    private static Dictionary<string, string> Attributes(ProtobufMessage message, int field) =>
        message.All(field).ToDictionary(pair => pair.Text(1), pair => Value(pair.One(2)));

    private static string Value(ProtobufMessage value) =>
        value.Has(3) ? value.Integer(3).ToString(CultureInfo.InvariantCulture)
        : value.Has(4) ? value.Double(4).ToString(CultureInfo.InvariantCulture)
        : value.Has(2) ? value.Integer(2) == 1 ? "true" : "false"
        : value.Text(1);
}
