using System.Globalization;

namespace OneDoor.Callers;

/// <summary>Section <c>SecurityText</c> of both servers: whom to tell of a weakness.</summary>
public sealed record SecurityTextOptions
{
    /// <summary>What is wrong with a contact that <see cref="IsValid"/> refuses.</summary>
    public const string Wanted = "SecurityText:Contact must be an address that starts with mailto:, https: or tel:.";

    /// <summary>Whoever keeps a copy looks again by then.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Where reports go, as <c>mailto:</c>, <c>https:</c> or <c>tel:</c>; in Development an address that nobody reads.</summary>
    public string? Contact { get; set; }

    /// <summary>Whether somebody can be reached at the contact, if there is one.</summary>
    public bool IsValid => Contact is null
        || (Uri.TryCreate(Contact, UriKind.Absolute, out var contact) && contact.Scheme is "mailto" or "https" or "tel" && !Contact.Any(char.IsControl));

    /// <summary><c>/.well-known/security.txt</c> (RFC 9116); null without a contact, for a wrong one would be worse than none.</summary>
    public string? Text(DateTimeOffset now) => Contact is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"Contact: {Contact}\nExpires: {now + Kept:yyyy-MM-ddTHH:mm:ssZ}\nPreferred-Languages: zh, en\n");

    /// <summary>The contact where none is configured.</summary>
    public static string? Otherwise(bool isDevelopment) => isDevelopment ? "mailto:security@onedoor.example" : null;
}
