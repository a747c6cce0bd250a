namespace OneDoor.Tests.Identity.Platform;

/// <summary>A sandbox that all tests of a class ask, which change nothing of it and let no time pass.</summary>
public sealed class SharedSandbox(TestServer server) : IAsyncLifetime
{
    public TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = TestHost.Development(await server.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
