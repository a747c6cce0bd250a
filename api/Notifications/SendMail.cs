using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace OneDoor.Notifications;

/// <summary>Sends letters by SMTP: over one connection a round, and under the same Message-ID whenever one is sent again.</summary>
public sealed class SendMail(Letters letters, MailOptions options, LetterTools tools, ILogger<SendMail> log)
    : SendLetters<MimeMessage>(NotificationChannel.Email, TimeSpan.FromSeconds(options.TimeoutSeconds), tools, log)
{
    private SmtpClient _server = new() { Timeout = options.TimeoutSeconds * 1_000 };

    public override void Dispose()
    {
        _server.Dispose();
        base.Dispose();
    }

    protected override MimeMessage About(StoredMail mail, NotificationPreferences person, StoredNotification told) => letters.About(mail, person, told);

    protected override MimeMessage Asking(StoredMail mail, NotificationPreferences person) => letters.Asking(mail, person);

    protected override async Task Connect(CancellationToken ct)
    {
        if (_server.IsConnected)
            return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        var tls = options.Tls switch { MailTls.Implicit => SecureSocketOptions.SslOnConnect, MailTls.None => SecureSocketOptions.None, _ => SecureSocketOptions.StartTls };
        await _server.ConnectAsync(options.Host!, options.Port, tls, patience.Token);
        if (options.User is not null)
            await _server.AuthenticateAsync(options.User, options.Password!, patience.Token);
    }

    protected override async Task<HandOverAnswer> HandOver(MimeMessage letter, CancellationToken ct)
    {
        letter.Date = Now;
        try
        {
            await _server.SendAsync(letter, ct);
            return HandOverAnswer.Taken;
        }
        catch (Exception fault) when (fault is ServiceNotAuthenticatedException or ServiceNotConnectedException or SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted })
        {
            throw new AwayException(fault);
        }
        catch (SmtpCommandException fault)
        {
            return new(IsTaken: false,
                fault is { StatusCode: >= (SmtpStatusCode)500, ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted }, (int)fault.StatusCode);
        }
        catch (Exception fault) when (fault is CommandException or ProtocolException or IOException or TimeoutException or OperationCanceledException)
        {
            // The next is sent over another connection.
            if (_server.IsConnected)
                await _server.DisconnectAsync(quit: false, CancellationToken.None);
            return new(IsTaken: false);
        }
    }

    protected override async Task Disconnect(CancellationToken ct)
    {
        using var over = _server;
        _server = new() { Timeout = options.TimeoutSeconds * 1_000 };
        if (over.IsConnected)
            await over.DisconnectAsync(quit: true, ct);
    }
}
