using System.Globalization;
using System.Net;
using System.Text.Json;

namespace OneDoor.Notifications;

/// <summary>A text message.</summary>
/// <param name="Id">The same at every attempt: who has had it before has had it.</param>
/// <param name="Kind">Whether it tells of something, or asks for the number to be confirmed.</param>
/// <param name="To">The number.</param>
/// <param name="Language">zh-CN or en.</param>
/// <param name="Text">Its words.</param>
public sealed record SmsMessage(Guid Id, MailKind Kind, string To, string Language, string Text);

/// <summary>Hands text messages over to the gateway that is configured: signed JSON, by Standard Webhooks.</summary>
public sealed class SendSms : SendLetters<SmsMessage>
{
    private readonly SmsWords _words;
    private readonly SmsOptions _options;
    private readonly HttpClient _gateway;

    public SendSms(SmsWords words, SmsOptions options, LetterTools tools, ILogger<SendSms> log) : base(NotificationChannel.Sms, TimeSpan.FromSeconds(options.TimeoutSeconds), tools, log)
    {
        (_words, _options) = (words, options);
        // What it says is for nobody else: another address it names is not asked.
        _gateway = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public override void Dispose()
    {
        _gateway.Dispose();
        base.Dispose();
    }

    protected override SmsMessage About(StoredMail mail, NotificationPreferences person, StoredNotification told) => Message(mail, person, _words.About(mail, person, told));

    protected override SmsMessage Asking(StoredMail mail, NotificationPreferences person) => Message(mail, person, _words.Asking(person));

    protected override async Task<HandOverAnswer> HandOver(SmsMessage letter, CancellationToken ct)
    {
        var (now, at) = (Now, Now.ToUnixTimeSeconds());
        var body = JsonSerializer.SerializeToUtf8Bytes(new { Type = $"onedoor.sms.{Kebab.Of(letter.Kind)}", Timestamp = now, Data = new { letter.To, letter.Language, letter.Text } }, RestJson.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Gateway) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Add(StandardWebhooks.Id, $"{letter.Id}");
        request.Headers.Add(StandardWebhooks.Timestamp, at.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(StandardWebhooks.Signature, StandardWebhooks.Sign(_options.Key, $"{letter.Id}", at, body));
        try
        {
            using var answer = await _gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var after = answer.Headers.RetryAfter is { } wait ? wait.Delta ?? wait.Date - now : null;
            return (int)answer.StatusCode switch
            {
                >= 200 and < 300 => HandOverAnswer.Taken,
                (int)HttpStatusCode.UnprocessableEntity => new(IsTaken: false, IsFinal: true, (int)answer.StatusCode),
                // Whoever answers so is not the gateway, or does not know the platform: it is not the message that it will not have.
                (>= 300 and < 400) or (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden or (int)HttpStatusCode.NotFound or (int)HttpStatusCode.MethodNotAllowed => throw new AwayException(),
                _ => new(IsTaken: false, IsFinal: false, (int)answer.StatusCode, after),
            };
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            throw new AwayException(fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            return new(IsTaken: false);
        }
    }

    private static SmsMessage Message(StoredMail mail, NotificationPreferences person, string words) => new(mail.Id, mail.Kind, person.Phone!, person.Language, words);
}
