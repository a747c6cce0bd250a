using System.ComponentModel.DataAnnotations;
using MimeKit;
using OneDoor.Cases;

namespace OneDoor.Notifications;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailTls
{
    /// <summary>It begins in the clear and has to go over to TLS (STARTTLS).</summary>
    StartTls,

    /// <summary>It is TLS from the beginning.</summary>
    Implicit,

    /// <summary>Not at all: for a server on this machine, in development alone.</summary>
    None,
}

/// <summary>How e-mail is sent.</summary>
public sealed record MailOptions : IValidatableObject
{
    /// <summary>The mail server. Without, no e-mail is sent.</summary>
    public string? Host { get; init; }

    [Range(1, 65_535)]
    public int Port { get; init; } = 587;

    public MailTls Tls { get; init; } = MailTls.StartTls;

    /// <summary>As whom the platform signs in to the server; null where it need not.</summary>
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>Whom e-mail is from.</summary>
    public string? From { get; init; }

    /// <summary>Seconds that it may take to connect, and to hand a letter over.</summary>
    [Range(1, 25)]
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>Whether e-mail is sent at all.</summary>
    public bool IsOn => Host is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host is null)
            yield break;
        if (!Contact.IsEmail(From) || !MailboxAddress.TryParse(From, out _))
            yield return new($"{nameof(From)} is the address that e-mail is from, which a server has to have.");
        if (User is null != Password is null)
            yield return new($"{nameof(User)} and {nameof(Password)} belong together.");
    }
}
