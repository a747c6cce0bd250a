using OneDoor.Platform;
using Xunit;

namespace OneDoor.Observability;

/// <summary>Both servers as processes of their own that send everything to a collector; the API writes its log at every level.</summary>
public sealed class ObservedPlatform(RunningPlatform platform) : IAsyncLifetime
{
    private static readonly string[] Categories = ["Default", "Microsoft.AspNetCore", "Marten", "Weasel", "Npgsql", "OneDoor.Reads"];

    public Collector Collector { get; } = new();

    public Database Database { get; private set; } = null!;

    public ChildProcess Identity { get; private set; } = null!;

    public ChildProcess Api { get; private set; } = null!;

    public IdentityClient Tokens { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await platform.Template.Copy();
        await Collector.Start();
        var port = Port.Free();
        (string, string)[] settings =
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", Collector.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_BLRP_SCHEDULE_DELAY", "100"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
        ];
        Identity = ChildProcess.Identity(Database.Connection, port, settings);
        Api = ChildProcess.Api(Database.Connection, Port.Free(),
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", $"http://127.0.0.1:{port}"),
            ("Store__CommandTimeoutSeconds", "3"), .. settings, .. Categories.Select(category => ($"Logging__LogLevel__{category}", "Trace")),
        ]);
        await Identity.Ready();
        await Api.Ready();
        Tokens = new IdentityClient(Identity.Http, TimeProvider.System);
    }

    /// <summary>The sandbox client of a department.</summary>
    public Client As(Department department) => new(Api.Http, () => Tokens.Token($"sandbox-{Kebab.Of(department)}", RunningPlatform.Clerk));

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        Identity?.Dispose();
        await Collector.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
    }
}
