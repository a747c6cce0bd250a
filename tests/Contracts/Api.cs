using System.Text.Json.Nodes;
using Marten;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Contracts;
using OneDoor.Platform;
using Xunit;

[assembly: AssemblyFixture(typeof(Api))]

namespace OneDoor.Contracts;

/// <summary>The platform's host in this process, started once. Nobody listens at its database's address: contracts need none.</summary>
public sealed class Api : WebApplicationFactory<Caller>
{
    /// <summary>The event store's configuration; it never connects.</summary>
    public IDocumentStore Store => Services.GetRequiredService<IDocumentStore>();

    /// <summary>/openapi.json, parsed.</summary>
    public async Task<JsonNode> Document() => JsonNode.Parse(await Get("/openapi.json"))!;

    public async Task<string> Get(string address)
    {
        using var client = CreateClient();
        return await client.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("ConnectionStrings:OneDoor", "Host=127.0.0.1;Port=1;Database=nobody;Username=nobody;Password=nobody;Timeout=1");
        builder.UseSetting("Logging:LogLevel:Default", "Error");
    }
}
