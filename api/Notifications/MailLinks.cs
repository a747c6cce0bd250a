using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Marten;

namespace OneDoor.Notifications;

/// <summary>What whoever reads a letter or a text message may do by it, without being signed in.</summary>
public enum MailAct
{
    /// <summary>Say that the address is theirs.</summary>
    Confirmation,

    /// <summary>Have no more of it than the law has sent there.</summary>
    Unsubscription,

    /// <summary>Have no more text messages than the law has sent there.</summary>
    SmsUnsubscription,
}

/// <summary>
/// The links in letters and text messages. Each is for one act, one person and one address, and nobody's guess; it holds for as long as that address is theirs. Nothing is kept of them.
/// </summary>
public sealed class MailLinks(StoreSecrets secrets, PublicAddress platform)
{
    private const int IdBytes = 16, MarkBytes = 16;

    /// <summary>Where the app is.</summary>
    public string App => $"{platform.Set}/app";

    /// <summary>Where a person's act is done.</summary>
    public string Of(MailAct act, NotificationPreferences person) =>
        $"{platform.Set}/mail/{Kebab.Of(act)}/{Base64Url.EncodeToString([.. person.Id.ToByteArray(), .. MarkOf(act, person)])}";

    /// <summary>Whose a link is that was followed; null where it leads to nobody, or not any more.</summary>
    public async Task<NotificationPreferences?> Read(IQuerySession session, MailAct act, string token, CancellationToken ct)
    {
        var bytes = new byte[IdBytes + MarkBytes];
        return Base64Url.IsValid(token, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(token, bytes, out _)
            && await session.LoadAsync<NotificationPreferences>(new Guid(bytes.AsSpan(0, IdBytes)), ct) is { } person && Holds(act, token, person) ? person : null;
    }

    /// <summary>Whether a link that was read is for the address that is the person's now.</summary>
    public bool Holds(MailAct act, string token, NotificationPreferences person) =>
        AddressOf(act, person) is not null && CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(token).AsSpan(IdBytes), MarkOf(act, person));

    private byte[] MarkOf(MailAct act, NotificationPreferences person) =>
        HMACSHA256.HashData(secrets.Key, Encoding.UTF8.GetBytes($"mail {Kebab.Of(act)} {person.Id} {AddressOf(act, person)}"))[..MarkBytes];

    private static string? AddressOf(MailAct act, NotificationPreferences person) => act == MailAct.SmsUnsubscription ? person.Phone : person.Email;
}
