using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.Platform;
using OpenIddict.EntityFrameworkCore.Models;

namespace OneDoor.Identity.Clients;

/// <summary>Who may ask for tokens: the registered clients, and the sandbox's.</summary>
internal static class ClientsModule
{
    public static ServerCommand Register { get; } = new(
        new("clients", "registers the clients of a file, or changes them", "FILE.json"),
        async (services, line) =>
        {
            await services.GetRequiredService<IdentityDb>().CheckSchemaAsync(CancellationToken.None);
            return $"Registered {await services.GetRequiredService<ClientRegistry>().RegisterFileAsync(line.Argument!, CancellationToken.None)} client(s).";
        });

    public static void AddClients(this IServiceCollection services)
    {
        services.AddScoped<ClientRegistry>();
        services.AddScoped<ClientAdministration>();
        services.AddScoped<ClientsOfRequest>();
        services.AddScoped<OperatorTokens>();
        services.AddScoped<RegisteredApps>();
        services.AddScoped<SandboxClients>();
        services.AddScoped<SandboxApps>();
        services.AddSingleton(new StartupStep(PrepareAsync));
        services.AddSingleton(new Tables(ClientEvents.Trail.Map));
        services.AddOpenIddict().AddServer(server =>
        {
            server.AddEventHandler(DisabledClients.Descriptor);
            server.AddEventHandler(TokensOfDisabledClients.Descriptor);
        });
    }

    /// <summary>Checks the tokens of operators, and then what they send.</summary>
    public static void UseOperators(this WebApplication app) => app.UseWhen(http => http.IsForOperators(), operators =>
    {
        operators.Use(Bodies.RefuseLong);
        operators.Use(Bodies.RefuseEncoded);
        operators.Use(OperatorTokens.CheckAsync);
        operators.UseRequestForm();
    });

    private static async Task PrepareAsync(IServiceProvider provider, CancellationToken ct)
    {
        if (!provider.GetRequiredService<Sandbox>().Exists)
        {
            await RefuseSandboxClientsAsync(provider.GetRequiredService<IdentityDb>(), ct);
            return;
        }

        await provider.GetRequiredService<SandboxClients>().SeedAsync(ct);
        await provider.GetRequiredService<SandboxApps>().SeedAsync(ct);
    }

    private static async Task RefuseSandboxClientsAsync(IdentityDb db, CancellationToken ct)
    {
        var found = await db.Set<OpenIddictEntityFrameworkCoreApplication>()
            .Where(a => a.ClientId!.StartsWith(SandboxClients.Prefix) || a.Properties!.Contains($"\"{ClientProperties.Sandbox}\""))
            .Select(a => a.ClientId).FirstOrDefaultAsync(ct);
        if (found is not null)
            throw new StartupRefusedException($"The database holds the sandbox client '{found}', which is open to everyone: this database belongs to Development.");
    }
}
