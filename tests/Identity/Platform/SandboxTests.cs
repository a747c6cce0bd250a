namespace OneDoor.Tests.Identity.Platform;

/// <summary>Tests of a sandbox on a database of its own, with its operator and somebody at a browser.</summary>
public abstract class SandboxTests(TestServer server) : IAsyncLifetime
{
    protected TestServer Server => server;

    protected TestHost Host { get; private set; } = null!;

    protected Operator Operator { get; private set; } = null!;

    protected Visitor Visitor { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = TestHost.Development(await server.CreateDatabaseAsync());
        Operator = new(Host);
        Visitor = new(Host);
    }

    public async ValueTask DisposeAsync()
    {
        Visitor.Dispose();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
