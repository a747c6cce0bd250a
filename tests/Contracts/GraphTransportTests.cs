using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Graph;

public sealed class GraphTransportTests(GraphTransportTests.Listening api) : IClassFixture<GraphTransportTests.Listening>
{
    [Theory]
    [InlineData("graphql-http.mjs", "61 of 61")]
    [InlineData("graphql-introspection.mjs", "3 of 3")]
    [InlineData("graphql-ws.mjs", "14 of 14")]
    [InlineData("graphql-sse.mjs", "4 of 4")]
    [InlineData("pages.mjs", "16 of 16")]
    public async Task Outside_clients_find_nothing_wrong(string script, string verdict)
    {
        var (exitCode, output, errors) = await OutsideTool.Run(script, api.Address);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(verdict, output.Trim().Split('\n')[^1]);
    }

    public sealed class Listening : IAsyncDisposable
    {
        private readonly Api _api = new();

        public Listening()
        {
            _api.UseKestrel(0);
            _api.StartServer();
        }

        public string Address => _api.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

        public ValueTask DisposeAsync() => _api.DisposeAsync();
    }
}
