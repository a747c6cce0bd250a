using System.Security.Cryptography;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Marten;
using MimeKit;
using OneDoor.Platform;

namespace OneDoor.Notifications;

/// <summary>
/// Sends what is due by e-mail. A letter is claimed before it is sent, and sent again only where nobody knows whether it was
/// taken, under the same Message-ID (decision 0074).
/// </summary>
public sealed partial class SendMail(IDocumentStore store, MailTable table, NotificationTable notifications, Letters letters, MailOptions options, IConfiguration configuration, TimeProvider time, ILogger<SendMail> log)
    : WorkInTurns("mail", configuration, log)
{
    private const int Portion = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3), KeptFor = TimeSpan.FromDays(30);

    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.TimeoutSeconds);

    // Taken by the server, and not recorded yet: not to be sent once more by this process.
    private readonly HashSet<Guid> _taken = [];
    private DateTimeOffset _forgot;

    protected override async Task<bool> Round(CancellationToken ct)
    {
        try
        {
            await SendDue(ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && !StoreFaults.IsDatabaseAway(fault))
        {
            // Of what the server is not there for no attempt is counted.
            Waits(log, fault);
            await Task.Delay(Pause, ct);
        }
        if (time.GetUtcNow() is var now && now - _forgot > TimeSpan.FromHours(1))
            await table.Forget((_forgot = now) - KeptFor, ct);
        return false;
    }

    private async Task SendDue(CancellationToken ct)
    {
        using var server = new SmtpClient { Timeout = (int)_patience.TotalMilliseconds };
        foreach (var mail in await table.Due(time.GetUtcNow(), Portion, ct))
        {
            try
            {
                await Take(server, mail, ct);
            }
            catch (ParseException)
            {
                // It looks like an address, and is none.
                await End(mail, MailStatus.Parked, ct);
                NoAddress(log, mail.Id);
            }
        }
        if (server.IsConnected)
            await server.DisconnectAsync(quit: true, ct);
    }

    private async Task Take(SmtpClient server, StoredMail mail, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        if (_taken.Contains(mail.Id))
            await End(mail, MailStatus.Sent, ct);
        else if (await session.LoadAsync<NotificationPreferences>(mail.Person, ct) is not { } person || await LetterOf(mail, person, ct) is not { } letter)
            await End(mail, MailStatus.Withdrawn, ct);
        else if (mail.Kind == MailKind.Notification && person.QuietHours?.EndsAfter(time.GetUtcNow()) is { } end)
            await table.Shift(mail, end, ct);
        else
            await Send(server, mail, letter, ct);
    }

    // What is to be read there, as it is wanted now; null where nothing is any more.
    private async Task<MimeMessage?> LetterOf(StoredMail mail, NotificationPreferences person, CancellationToken ct) => mail switch
    {
        { Kind: MailKind.Confirmation } => person is { Email: { } email, EmailConfirmedAt: null } && Cases.Contact.IsEmail(email) ? letters.Asking(mail, person) : null,
        _ when person.Mailbox is null || !(mail.IsAct || person.Channels.Contains(NotificationChannel.Email)) => null,
        _ => await notifications.Find(mail.Notification!.Value, Inboxes.WaysTo(person.Owner), ct) is { } told ? letters.About(mail, person, told) : null,
    };

    private async Task Send(SmtpClient server, StoredMail mail, MimeMessage letter, CancellationToken ct)
    {
        await Connect(server, ct);
        // For nobody else to take while it is being handed over.
        if (!await table.Claim(mail, time.GetUtcNow() + _patience + Pause, ct))
            return;
        var claimed = mail with { Attempts = mail.Attempts + 1 };
        letter.Date = time.GetUtcNow();
        // Whoever stops the process waits for the letter that is being handed over: else nobody knew whether it was.
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            await server.SendAsync(letter, patience.Token);
        }
        catch (Exception fault) when (fault is ServiceNotAuthenticatedException or ServiceNotConnectedException or SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted })
        {
            // It is not the letter that the server will not have.
            await table.Return(claimed, time.GetUtcNow() + Pause, CancellationToken.None);
            throw;
        }
        catch (Exception fault) when (fault is CommandException or ProtocolException or IOException or TimeoutException or OperationCanceledException)
        {
            var next = Attempts.Next(claimed.Attempts, time.GetUtcNow(), RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000d, retryAfter: null);
            var isFinal = next is null || fault is SmtpCommandException { StatusCode: >= (SmtpStatusCode)500, ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted };
            if (isFinal)
                await End(claimed, MailStatus.Parked, CancellationToken.None);
            else
                await table.Shift(claimed, next!.Value, CancellationToken.None);
            NotSent(log, mail.Id, claimed.Attempts, (fault as SmtpCommandException)?.StatusCode, isFinal ? "not sent any more" : "tried again");
            // The next is sent over another connection.
            if (fault is not SmtpCommandException && server.IsConnected)
                await server.DisconnectAsync(quit: false, ct);
            return;
        }
        _taken.Add(mail.Id);
        await End(claimed, MailStatus.Sent, CancellationToken.None);
    }

    private async Task End(StoredMail mail, MailStatus status, CancellationToken ct)
    {
        await table.End(mail, status, time.GetUtcNow(), ct);
        _taken.Remove(mail.Id);
    }

    private async Task Connect(SmtpClient server, CancellationToken ct)
    {
        if (server.IsConnected)
            return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_patience);
        var tls = options.Tls switch { MailTls.Implicit => SecureSocketOptions.SslOnConnect, MailTls.None => SecureSocketOptions.None, _ => SecureSocketOptions.StartTls };
        await server.ConnectAsync(options.Host!, options.Port, tls, patience.Token);
        if (options.User is not null)
            await server.AuthenticateAsync(options.User, options.Password!, patience.Token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "E-mail waits: the mail server does not take it")]
    private static partial void Waits(ILogger log, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "E-mail {Mail} is to an address that is none, and is not sent any more")]
    private static partial void NoAddress(ILogger log, Guid mail);

    // No address, and none of the server's words, which repeat it.
    [LoggerMessage(Level = LogLevel.Warning, Message = "E-mail {Mail} was not taken at attempt {Attempt} ({Status}), and is {Then}")]
    private static partial void NotSent(ILogger log, Guid mail, int attempt, SmtpStatusCode? status, string then);
}
