using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Authorize;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Keys;
using OneDoor.Identity.Pages;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;
using OneDoor.Identity.SignIn;
using OneDoor.Identity.Token;

namespace OneDoor.Identity;

/// <summary>The OAuth 2 / OpenID Connect server. Also the type by which tests start it.</summary>
public sealed class IdentityHost
{
    private static readonly ServerCommand[] Commands = [IdentityDb.Migrate, ClientsModule.Register, KeysModule.Rotate];

    private IdentityHost()
    {
    }

    public static async Task<int> Main(string[] args)
    {
        ProgramCommand[] described = [.. Commands.Select(command => command.Described)];
        var line = new CommandLine(args, described);
        if (line.AsksForHelp || line.AsksForVersion)
        {
            Console.WriteLine(line.AsksForHelp
                ? CommandLine.Help("OneDoor.Identity", "serves OAuth 2 and OpenID Connect; a command does one thing instead.", described)
                : IdentityDb.Version.Show("OneDoor.Identity"));
            return 0;
        }

        var started = false;
        try
        {
            if (line.Refused is { } wrong)
                throw new StartupRefusedException(wrong);
            await using var app = Build(line.Settings);
            if (Commands.FirstOrDefault(command => command.Described.Name == line.Command) is { } command)
                return await command.RunAsync(app.Services, line);
            var readiness = app.Services.GetRequiredService<Readiness>();
            await readiness.PrepareAsync(CancellationToken.None);
            await app.StartAsync();
            started = true;
            await app.WaitForShutdownAsync();
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
        catch (Exception fault) when (!started && fault is not HostAbortedException)
        {
            await Console.Error.WriteLineAsync($"Identity cannot start: {CommandLine.InOneLine(fault)}");
            return 1;
        }
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddPlatform();
        builder.Services.AddClients();
        builder.Services.AddToken();
        builder.Services.AddAuthorize();
        builder.Services.AddPeople();
        builder.Services.AddPages();
        builder.Services.AddSignIn();
        builder.Services.AddKeys();

        var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UsePlatform();
        app.UseKeys();
        app.UseAuthentication();
        app.UseOperators();
        app.MapPlatform();
        var operators = app.MapOperators();
        operators.MapClients();
        operators.MapPeople();
        app.MapRegistration();
        app.MapPages();
        app.MapSignIn();
        app.MapAuthorize();
        return app;
    }
}
