using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Keys;

namespace OneDoor.Identity.Platform;

/// <summary>What the program does instead of serving, by its first argument. Each ends with the exit code.</summary>
internal static class Commands
{
    public static readonly IReadOnlyList<ProgramCommand> All =
    [
        new("migrate", "brings the database's schema to what this release needs; creates the database when it is missing"),
        new("clients", "registers the clients of a file, or changes them", "FILE.json"),
        new("rotate-keys", "publishes the next signing key"),
    ];

    /// <summary>The latest migration's name.</summary>
    public static PlatformVersion Version { get; } = PlatformVersion.Of(typeof(IdentityDb).Assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Max(StringComparer.Ordinal)!);

    public static Func<IServiceProvider, CommandLine, Task<int>>? Named(string? command) => command switch
    {
        "migrate" => MigrateAsync,
        "clients" => RegisterClientsAsync,
        "rotate-keys" => RotateKeysAsync,
        _ => null,
    };

    private static async Task<int> MigrateAsync(IServiceProvider services, CommandLine line)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityDb>().Database.MigrateAsync();
        Console.WriteLine("The database schema of identity is up to date.");
        return 0;
    }

    private static async Task<int> RegisterClientsAsync(IServiceProvider services, CommandLine line)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityDb>().CheckSchemaAsync(CancellationToken.None);
        var registered = await scope.ServiceProvider.GetRequiredService<ClientRegistry>().RegisterFileAsync(line.Argument!, CancellationToken.None);
        Console.WriteLine($"Registered {registered} client(s).");
        return 0;
    }

    private static async Task<int> RotateKeysAsync(IServiceProvider services, CommandLine line)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityDb>().CheckSchemaAsync(CancellationToken.None);
        var next = await scope.ServiceProvider.GetRequiredService<SigningKeyStore>().PublishNextAsync(CancellationToken.None);
        Console.WriteLine($"Key {next.Kid} is published and signs from {next.SignsFrom:O}.");
        return 0;
    }
}
