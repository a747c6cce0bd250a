using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Keys;

namespace OneDoor.Identity.Platform;

/// <summary>What the program does instead of serving, by its first argument. Each ends with the exit code.</summary>
internal static class Commands
{
    public static Func<IServiceProvider, string[], Task<int>>? Named(string[] words) => words.FirstOrDefault() switch
    {
        "migrate" => MigrateAsync,
        "clients" => RegisterClientsAsync,
        "rotate-keys" => RotateKeysAsync,
        { } unknown => throw new StartupRefusedException(
            $"'{unknown}' is not a command. Commands: migrate, clients <file.json>, rotate-keys; none of them to serve."),
        null => null,
    };

    private static async Task<int> MigrateAsync(IServiceProvider services, string[] words)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityDb>().Database.MigrateAsync();
        Console.WriteLine("The database schema of identity is up to date.");
        return 0;
    }

    private static async Task<int> RegisterClientsAsync(IServiceProvider services, string[] words)
    {
        if (words.Length < 2)
            throw new StartupRefusedException("Name the file: clients <file.json>.");
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityDb>().CheckSchemaAsync(CancellationToken.None);
        var registered = await scope.ServiceProvider.GetRequiredService<ClientRegistry>().RegisterFileAsync(words[1], CancellationToken.None);
        Console.WriteLine($"Registered {registered} client(s).");
        return 0;
    }

    private static async Task<int> RotateKeysAsync(IServiceProvider services, string[] words)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityDb>().CheckSchemaAsync(CancellationToken.None);
        var next = await scope.ServiceProvider.GetRequiredService<SigningKeyStore>().PublishNextAsync(CancellationToken.None);
        Console.WriteLine($"Key {next.Kid} is published and signs from {next.SignsFrom:O}.");
        return 0;
    }
}
