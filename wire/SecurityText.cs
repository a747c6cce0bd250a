using Microsoft.Extensions.Options;
using OneDoor.Callers;

namespace OneDoor.Wire;

/// <summary><c>/.well-known/security.txt</c> (RFC 9116).</summary>
public static class SecurityText
{
    public static void AddSecurityText(this WebApplicationBuilder builder) => builder.Services.AddOptions<SecurityTextOptions>()
        .Configure(options => options.Contact = SecurityTextOptions.Otherwise(builder.Environment.IsDevelopment()))
        .BindConfiguration("SecurityText")
        .Validate(options => options.IsValid, SecurityTextOptions.Wanted)
        .ValidateOnStart();

    public static void MapSecurityText(this WebApplication app) =>
        app.MapGet("/.well-known/security.txt", Read).AllowAnonymous().ExcludeFromDescription();

    private static IResult Read(IOptions<SecurityTextOptions> options, TimeProvider time) =>
        options.Value.Text(time.GetUtcNow()) is { } text ? Results.Text(text) : Results.NotFound();
}
