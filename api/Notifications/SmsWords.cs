using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OneDoor.Callers;

namespace OneDoor.Notifications;

/// <summary>The words of text messages (短信模板): those of the notification, and how to have no more of them.</summary>
public sealed class SmsWords(MailLinks links, SmsCodes codes)
{
    /// <summary>A message about a notification.</summary>
    /// <inheritdoc cref="Letters.About"/>
    public string About(StoredMail mail, NotificationPreferences person, StoredNotification told)
    {
        var text = told.Text.In(person.Language);
        var words = mail.IsAct ? new Text($"{text}详情：{links.App}", $"{text} More: {links.App}")
            : new Text($"{text}详情：{links.App} 退订：{links.Of(MailAct.SmsUnsubscription, person)}", $"{text} More: {links.App} Unsubscribe: {links.Of(MailAct.SmsUnsubscription, person)}");
        return Signed(words, person);
    }

    /// <summary>A message with the code that says that the number is theirs to whom it is sent.</summary>
    public string Asking(NotificationPreferences person)
    {
        var code = codes.Of(person);
        return Signed(new($"验证码{code}，十分钟内有效。用于接收一门通的通知；如非本人操作，请忽略。", $"{code} is your code, for ten minutes, to be sent notifications. If you did not ask for it, do nothing."), person);
    }

    // As networks ask for it: who it is from stands first.
    private static string Signed(Text words, NotificationPreferences person) => new Text($"【{HouseStyle.Name.Zh}】{words.Zh}", $"[{HouseStyle.Name.En}] {words.En}").In(person.Language);
}

/// <summary>
/// The codes that numbers are sent. Each is for one person, one number and one request; nothing is kept of them, and who guesses may do so a few times. Guesses are
/// counted in this process's memory, and gone with their window.
/// </summary>
public sealed class SmsCodes(StoreSecrets secrets, TimeProvider time)
{
    private const int Guesses = 5, Digits = 1_000_000;

    private readonly Allowances _guesses = new(NotificationPreferences.AskedAgainAfter);

    /// <summary>The code that a person's number was sent last.</summary>
    public string Of(NotificationPreferences person)
    {
        var mark = HMACSHA256.HashData(secrets.Key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"sms code {person.Id} {person.Phone} {person.PhoneAskedAt?.UtcTicks}")));
        return (BinaryPrimitives.ReadUInt64BigEndian(mark) % Digits).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether what a person says is their code.</summary>
    public bool IsOf(NotificationPreferences person, string said) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(person)), Encoding.UTF8.GetBytes(said));

    /// <summary>Counts a guess; how long to wait where there were too many, else null.</summary>
    public int? WaitToGuess(Guid person) =>
        _guesses.Take(time.GetUtcNow(), new Bound("codes-of-phone", $"{person}", Guesses)) is { IsGranted: false } allowance ? allowance.Seconds : null;
}
