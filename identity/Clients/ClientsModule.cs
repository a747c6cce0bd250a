using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.Platform;
using OpenIddict.EntityFrameworkCore.Models;

namespace OneDoor.Identity.Clients;

/// <summary>Who may ask for tokens: the registered clients, and the sandbox's.</summary>
internal static class ClientsModule
{
    public static void AddClients(this IServiceCollection services)
    {
        services.AddScoped<ClientRegistry>();
        services.AddScoped<ClientEvents>();
        services.AddScoped<ClientAdministration>();
        services.AddScoped<OperatorTokens>();
        services.AddScoped<SandboxApps>();
        services.AddScoped<SandboxClients>();
        services.AddSingleton(new StartupStep(PrepareAsync));
        services.AddOpenIddict().AddServer(server =>
        {
            server.AddEventHandler(DisabledClients.Descriptor);
            server.AddEventHandler(TokensOfDisabledClients.Descriptor);
        });
    }

    private static Task PrepareAsync(IServiceProvider provider, CancellationToken ct) =>
        provider.GetRequiredService<Sandbox>().Exists
            ? provider.GetRequiredService<SandboxClients>().SeedAsync(ct)
            : RefuseSandboxClientsAsync(provider.GetRequiredService<IdentityDb>(), ct);

    private static async Task RefuseSandboxClientsAsync(IdentityDb db, CancellationToken ct)
    {
        var found = await db.Set<OpenIddictEntityFrameworkCoreApplication>()
            .Where(a => a.ClientId!.StartsWith(SandboxClients.Prefix) || a.Properties!.Contains($"\"{ClientProperties.Sandbox}\""))
            .Select(a => a.ClientId).FirstOrDefaultAsync(ct);
        if (found is not null)
            throw new StartupRefusedException($"The database holds the sandbox client '{found}', whose secret is public: this database belongs to Development.");
    }
}
