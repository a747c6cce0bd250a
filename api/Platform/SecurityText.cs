using System.Globalization;
using Microsoft.Extensions.Options;

namespace OneDoor.Platform;

/// <summary>Section <c>SecurityText</c>: whom to tell of a weakness.</summary>
public sealed class SecurityTextOptions
{
    /// <summary>Where reports go, as <c>mailto:</c>, <c>https:</c> or <c>tel:</c>; in Development an address that nobody reads.</summary>
    public string? Contact { get; set; }
}

/// <summary><c>/.well-known/security.txt</c> (RFC 9116). Without a contact there is none: a wrong one would be worse.</summary>
public static class SecurityText
{
    /// <summary>Whoever keeps a copy looks again by then.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public static void AddSecurityText(this WebApplicationBuilder builder) => builder.Services.AddOptions<SecurityTextOptions>()
        .Configure(options => options.Contact = builder.Environment.IsDevelopment() ? "mailto:security@onedoor.example" : null)
        .BindConfiguration("SecurityText")
        .Validate(
            options => options.Contact is null || (Uri.TryCreate(options.Contact, UriKind.Absolute, out var contact) && contact.Scheme is "mailto" or "https" or "tel" && !options.Contact.Any(char.IsControl)),
            "SecurityText:Contact must be an address that starts with mailto:, https: or tel:.")
        .ValidateOnStart();

    public static void MapSecurityText(this WebApplication app) =>
        app.MapGet("/.well-known/security.txt", (IOptions<SecurityTextOptions> options, TimeProvider time) => options.Value.Contact is { } contact
            ? Results.Text(string.Create(CultureInfo.InvariantCulture, $"Contact: {contact}\nExpires: {time.GetUtcNow() + Kept:yyyy-MM-ddTHH:mm:ssZ}\nPreferred-Languages: zh, en\n"))
            : Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
}
