using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;
using IdentityOptions = OneDoor.Identity.Platform.IdentityOptions;

namespace OneDoor.Identity.People;

/// <summary>Who signs in: accounts, passwords, second factors, sessions.</summary>
internal static class PeopleModule
{
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddIdentityCore<Person>().AddEntityFrameworkStores<IdentityDb>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = Passwords.Iterations);
        services.AddScoped<Passwords>();
        services.AddScoped<TimedCodes>();
        services.AddScoped<Sessions>();
        services.AddScoped<SignInAttempts>();
        services.AddScoped<PeopleAdministration>();
        services.AddScoped<SandboxPeople>();
        services.AddSingleton(new Tables(model =>
        {
            Person.Map(model);
            PersonEvents.Trail.Map(model);
            SignInAttempt.Map(model.Entity<SignInAttempt>());
        }));
        services.AddSingleton(new StartupStep(PrepareAsync));

        services.AddAuthentication().AddCookie(Sessions.Scheme).AddCookie(Sessions.HalfScheme);
        services.AddOptions<CookieAuthenticationOptions>(Sessions.Scheme)
            .Configure<IOptions<IdentityOptions>>((cookie, identity) => Configure(cookie, identity.Value, "onedoor-session", Sessions.Lifetime));
        services.AddOptions<CookieAuthenticationOptions>(Sessions.HalfScheme)
            .Configure<IOptions<IdentityOptions>>((cookie, identity) => Configure(cookie, identity.Value, "onedoor-half", Sessions.HalfLifetime));
    }

    private static void Configure(CookieAuthenticationOptions cookie, IdentityOptions identity, string name, TimeSpan lifetime)
    {
        var isSecure = identity.IssuerUri.Scheme == "https";
        cookie.Cookie.Name = isSecure ? "__Host-" + name : name;
        cookie.Cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.Path = "/";

        // Lax: an application sends the browser here from its own site.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = lifetime;
        cookie.SlidingExpiration = false;
    }

    private static async Task PrepareAsync(IServiceProvider provider, CancellationToken ct)
    {
        if (provider.GetRequiredService<Sandbox>().Exists)
        {
            await provider.GetRequiredService<SandboxPeople>().SeedAsync(ct);
            return;
        }

        var found = await provider.GetRequiredService<IdentityDb>().Set<Person>().Where(p => p.IsSandbox).Select(p => p.UserName).FirstOrDefaultAsync(ct);
        if (found is not null)
            throw new StartupRefusedException($"The database holds the sandbox user '{found}', whose password is public: this database belongs to Development.");
    }
}
