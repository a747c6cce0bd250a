using Microsoft.Extensions.Options;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Keys;
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
            await using var app = Build(args);
            if (Commands.Named(args) is { } command)
                return await command(app.Services, args);
            await app.Services.GetRequiredService<Readiness>().PrepareAsync(CancellationToken.None);
            await app.RunAsync();
            return Environment.ExitCode;
        }
        catch (Exception refusal) when (refusal is StartupRefusedException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddPlatform();
        builder.Services.AddClients();
        builder.Services.AddToken();
        builder.Services.AddKeys();

        var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UsePlatform();
        app.UseKeys();
        app.UseAuthentication();
        app.MapPlatform();
        return app;
    }
}
