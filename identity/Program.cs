using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Authorize;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Keys;
using OneDoor.Identity.Pages;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;
using OneDoor.Identity.Token;

namespace OneDoor.Identity;

/// <summary>The OAuth 2 / OpenID Connect server. Also the type by which tests start it.</summary>
public sealed class IdentityHost
{
    private IdentityHost()
    {
    }

    public static async Task<int> Main(string[] args)
    {
        try
        {
            // Words before the first option are the command; the configuration would take a path among them for an option.
            string[] words = [.. args.TakeWhile(word => !word.StartsWith('-'))];
            var command = Commands.Named(words);
            await using var app = Build(args[words.Length..]);
            if (command is not null)
                return await command(app.Services, words);
            var readiness = app.Services.GetRequiredService<Readiness>();
            await readiness.PrepareAsync(CancellationToken.None);
            await app.RunAsync();
            return readiness.Refused ? 1 : 0;
        }
        catch (Exception refusal) when (refusal is StartupRefusedException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
        catch (Exception fault) when (fault is SocketException or IOException { InnerException: AddressInUseException })
        {
            await Console.Error.WriteLineAsync($"Identity cannot listen: {fault.Message}");
            return 1;
        }
        catch (Exception fault) when (DatabaseFaults.IsOutage(fault))
        {
            await Console.Error.WriteLineAsync($"The database cannot be reached: {fault.GetBaseException().Message}");
            return 1;
        }
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddPlatform();
        builder.AddTelemetry();
        builder.Services.AddClients();
        builder.Services.AddToken();
        builder.Services.AddAuthorize();
        builder.Services.AddPeople();
        builder.Services.AddPages();
        builder.Services.AddKeys();

        var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UsePlatform();
        app.UseKeys();
        app.UseAuthentication();
        app.MapPlatform();
        app.MapClients();
        app.MapRegistration();
        app.MapPeople();
        app.MapPages();
        app.MapAuthorize();
        return app;
    }
}
