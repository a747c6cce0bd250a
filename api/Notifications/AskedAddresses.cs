using Marten;
using OneDoor.Cases;

namespace OneDoor.Notifications;

/// <summary>By what this platform tells people besides the inbox: what an operator has named a mail server or a gateway for.</summary>
public sealed record OfferedChannels(IReadOnlyList<NotificationChannel> Outside)
{
    /// <summary>With the inbox, by which everybody is told.</summary>
    public IReadOnlyList<NotificationChannel> All => [NotificationChannel.Inbox, .. Outside];
}

/// <summary>
/// How often an address or a number is asked whether it is theirs who named it: a few times a day, whoever asks and whichever process hears them, so that nobody has strangers
/// written to. They are counted by the letters and messages that asked, and known there by digests alone.
/// </summary>
public sealed class AskedAddresses(StoreSecrets secrets, OfferedChannels offered)
{
    private const int TimesADay = 5;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What somebody's preferences have asked, on which channel.</summary>
    public static IEnumerable<(NotificationChannel Channel, string Address)> By(NotificationPreferencesSet said) =>
    [
        .. said.AsksEmail ? [(NotificationChannel.Email, said.Email!)] : Array.Empty<(NotificationChannel, string)>(),
        .. said.AsksPhone ? [(NotificationChannel.Sms, said.Phone!)] : Array.Empty<(NotificationChannel, string)>(),
    ];

    /// <summary>What an address is counted by, however it is written.</summary>
    public string DigestOf(NotificationChannel channel, string address) =>
        secrets.DigestOf($"asked {Kebab.Of(channel)} {(channel == NotificationChannel.Sms ? Contact.Dialled(address) : address.ToLowerInvariant())}");

    /// <summary>In how many seconds all that is to be asked may be; null where it may now. Nobody else asks the same until the session's transaction is over.</summary>
    public async Task<int?> Wait(IDocumentSession session, NotificationPreferencesSet asking, DateTimeOffset now, CancellationToken ct)
    {
        string[] asked = [.. By(asking).Where(one => offered.Outside.Contains(one.Channel)).Select(one => DigestOf(one.Channel, one.Address))];
        if (asked.Length == 0)
            return null;
        await session.Alone(ct, asked.Select(digest => $"asks {digest}"));
        var last = await session.Rows(
            $"""
            select max(last.asked_at) from unnest($1) digest,
                lateral (select asked_at from {MailTable.Mails} where asked = digest and asked_at > $2 order by asked_at desc offset {TimesADay - 1} limit 1) last
            """,
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(0), ct, asked, (now - Day).ToUniversalTime());
        return last[0] is { } at ? Math.Max(1, (int)Math.Ceiling((at + Day - now).TotalSeconds)) : null;
    }
}
