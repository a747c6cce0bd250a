using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Graph;

public class GraphTransportTests
{
    [Theory]
    [InlineData("graphql-http.mjs", "61 of 61")]
    [InlineData("graphql-introspection.mjs", "3 of 3")]
    [InlineData("graphql-ws.mjs", "14 of 14")]
    [InlineData("graphql-sse.mjs", "4 of 4")]
    [InlineData("pages.mjs", "16 of 16")]
    public async Task Outside_clients_find_nothing_wrong(string script, string verdict)
    {
        await using var api = new Api();
        api.UseKestrel(0);
        api.StartServer();
        var address = api.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var (exitCode, output, errors) = await OutsideTool.Run(script, address);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(verdict, output.Trim().Split('\n')[^1]);
    }
}
