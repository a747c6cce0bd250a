using OneDoor.Cases;
using OneDoor.Clock;

namespace OneDoor.Notifications;

/// <summary>How a person wants to be told of what concerns them (通知设置): each their own, whomever they act for.</summary>
public sealed record NotificationPreferences : IFolded<NotificationPreferences, NotificationPreferencesFact>
{
    /// <summary>For so long nobody's address is asked once more whether it is theirs, whichever it is: who writes letters to strangers writes few.</summary>
    public static readonly TimeSpan AskedAgainAfter = TimeSpan.FromMinutes(10);

    private static readonly string[] Languages = ["zh-CN", "en"];

    public required Guid Id { get; init; }
    public int Version { get; init; }

    /// <summary>Whose they are, as they were signed in when they last said so.</summary>
    public required Actor Owner { get; init; }
    public IReadOnlyList<NotificationChannel> Channels { get; init; } = [NotificationChannel.Inbox];
    public string? Email { get; init; }

    /// <summary>When whoever reads what is sent to the address said that it is theirs; null until then.</summary>
    public DateTimeOffset? EmailConfirmedAt { get; init; }

    /// <summary>When an address was last asked to be confirmed.</summary>
    public DateTimeOffset? EmailAskedAt { get; init; }
    public string? Phone { get; init; }

    /// <summary>When whoever reads what is sent to the number said that it is theirs; null until then.</summary>
    public DateTimeOffset? PhoneConfirmedAt { get; init; }

    /// <summary>When a number was last asked to be confirmed.</summary>
    public DateTimeOffset? PhoneAskedAt { get; init; }
    public QuietHours? QuietHours { get; init; }
    public string Language { get; init; } = Languages[0];

    /// <summary>What holds for somebody who has said nothing.</summary>
    public static NotificationPreferences None(Actor person) => new() { Id = IdOf(person.Subject), Owner = person };

    /// <summary>The stream of a person, derived from their subject so that it can be found without asking.</summary>
    public static Guid IdOf(string subject) => Sha256Digest.IdOf($"notification-preferences:{subject}");

    /// <summary>The policy: a person's own alone. Departments have worklists, and no preferences.</summary>
    public NotificationPreferences? SeenBy(Actor viewer, DateTimeOffset now) => viewer.Role == ActorRole.Applicant && viewer.Subject == Owner.Subject ? this : null;

    /// <summary>Where what is sent on a channel goes; null where nothing does. What is erased is no address.</summary>
    public string? AddressOn(NotificationChannel channel) => channel switch
    {
        NotificationChannel.Email => EmailConfirmedAt is not null && Contact.IsEmail(Email) ? Email : null,
        NotificationChannel.Sms => PhoneConfirmedAt is not null && Contact.IsPhone(Phone) ? Phone : null,
        _ => null,
    };

    /// <summary>What is asked on a channel whether it is theirs; null where nothing is any more.</summary>
    public string? AskedOn(NotificationChannel channel, DateTimeOffset now) => channel switch
    {
        NotificationChannel.Email => EmailConfirmedAt is null && Contact.IsEmail(Email) ? Email : null,
        NotificationChannel.Sms => TakesCode(now) && Contact.IsPhone(Phone) ? Phone : null,
        _ => null,
    };

    /// <summary>What follows when somebody says how they want to be told: it replaces all they said before.</summary>
    public static Decision<NotificationPreferencesFact> Decide(NotificationPreferences before, SetNotificationPreferences c, Actor by, DateTimeOffset now)
    {
        if (Refusal.AllOf(Wrong(c)) is { } wrong)
            return wrong;
        c = c with { Phone = Contact.Stored(c.Phone) };
        var (email, phone) = (Asks(c.Email, before.Email, before.EmailConfirmedAt, before.EmailAskedAt, now), Asks(c.Phone, before.Phone, before.PhoneConfirmedAt, before.PhoneAskedAt, now));
        if (Refusal.AllOf([.. NotificationPreferencesRefusals.AskedLately.At("/email").When(email is null), .. NotificationPreferencesRefusals.AskedLately.At("/phone").When(phone is null)]) is { } lately)
            return lately;
        var changes = before.Version == 0 || c.Email != before.Email || c.Phone != before.Phone || !c.Channels.Order().SequenceEqual(before.Channels) || c.QuietHours != before.QuietHours || c.Language != before.Language;
        return email == true || phone == true || changes
            ? new NotificationPreferencesSet(now, by, [.. c.Channels.Order()], c.Email, email == true, c.QuietHours, c.Language, c.Phone, phone == true)
            : Decision<NotificationPreferencesFact>.Nothing;
    }

    // Whether an address is asked if it is theirs; null where another one has been asked just now.
    private static bool? Asks(string? wanted, string? had, DateTimeOffset? confirmedAt, DateTimeOffset? askedAt, DateTimeOffset now)
    {
        var isOpen = wanted is not null && (wanted != had || confirmedAt is null);
        var asks = isOpen && (askedAt is not { } asked || now - asked >= AskedAgainAfter);
        return isOpen && wanted != had && !asks ? null : asks;
    }

    /// <summary>What follows when a person says which code was sent to their number.</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="isRight">Whether it is the code that was sent last.</param>
    public Decision<NotificationPreferencesFact> ConfirmPhone(Actor by, bool isRight, DateTimeOffset now) =>
        PhoneConfirmedAt is not null ? Decision<NotificationPreferencesFact>.Nothing
        : isRight && TakesCode(now) ? new NotificationPhoneConfirmed(now, by) : NotificationPreferencesRefusals.CodeWrong.At("/code");

    /// <summary>What follows when whoever reads what was sent to the number wants no more of it.</summary>
    public Decision<NotificationPreferencesFact> UnsubscribeSms(DateTimeOffset now) =>
        Channels.Contains(NotificationChannel.Sms) ? new NotificationSmsUnsubscribed(now) : Decision<NotificationPreferencesFact>.Nothing;

    // A code is good for as long as no other one can be asked for.
    private bool TakesCode(DateTimeOffset now) => PhoneConfirmedAt is null && Phone is not null && now - PhoneAskedAt < AskedAgainAfter;

    /// <summary>What follows when whoever reads what was sent to the address says that it is theirs.</summary>
    public Decision<NotificationPreferencesFact> Confirm(DateTimeOffset now) =>
        Email is null || EmailConfirmedAt is not null ? Decision<NotificationPreferencesFact>.Nothing : new NotificationEmailConfirmed(now);

    /// <summary>What follows when whoever reads what was sent to the address wants no more of it.</summary>
    public Decision<NotificationPreferencesFact> Unsubscribe(DateTimeOffset now) =>
        Channels.Contains(NotificationChannel.Email) ? new NotificationEmailUnsubscribed(now) : Decision<NotificationPreferencesFact>.Nothing;

    /// <summary>The preferences after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static NotificationPreferences Evolve(NotificationPreferences? state, NotificationPreferencesFact fact) => ((state, fact) switch
    {
        (_, NotificationPreferencesSet f) => (state ?? None(f.By!)) with
        {
            Owner = f.By!,
            Channels = f.Channels,
            Email = f.Email,
            QuietHours = f.QuietHours,
            Language = f.Language,
            EmailConfirmedAt = f.Email is not null && f.Email == state?.Email ? state.EmailConfirmedAt : null,
            EmailAskedAt = f.AsksEmail ? f.At : state?.EmailAskedAt,
            Phone = f.Phone,
            PhoneConfirmedAt = f.Phone is not null && f.Phone == state?.Phone ? state.PhoneConfirmedAt : null,
            PhoneAskedAt = f.AsksPhone ? f.At : state?.PhoneAskedAt,
        },
        (null, _) => throw new InvalidOperationException($"Preferences begin with what somebody says, not with {fact.GetType().Name}."),
        (_, NotificationEmailConfirmed) => state with { EmailConfirmedAt = fact.At },
        (_, NotificationEmailUnsubscribed) => state with { Channels = [.. state.Channels.Where(channel => channel != NotificationChannel.Email)] },
        (_, NotificationPhoneConfirmed) => state with { PhoneConfirmedAt = fact.At },
        (_, NotificationSmsUnsubscribed) => state with { Channels = [.. state.Channels.Where(channel => channel != NotificationChannel.Sms)] },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of preferences."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };

    private static IEnumerable<Refusal> Wrong(SetNotificationPreferences c) =>
    [
        .. NotificationPreferencesRefusals.ChannelsInvalid.At("/channels").When(!c.Channels.Contains(NotificationChannel.Inbox) || c.Channels.Distinct().Count() != c.Channels.Count),
        .. NotificationPreferencesRefusals.EmailMissing.At("/email").When(c.Email is null && c.Channels.Contains(NotificationChannel.Email)),
        .. NotificationPreferencesRefusals.EmailInvalid.At("/email").When(c.Email is not null && !Contact.IsEmail(c.Email)),
        .. NotificationPreferencesRefusals.PhoneMissing.At("/phone").When(c.Phone is null && c.Channels.Contains(NotificationChannel.Sms)),
        .. NotificationPreferencesRefusals.PhoneInvalid.At("/phone").When(c.Phone is not null && !Contact.IsPhone(c.Phone)),
        .. NotificationPreferencesRefusals.HoursInvalid.At("/quietHours").When(c.QuietHours is { IsValid: false }),
        .. NotificationPreferencesRefusals.LanguageUnknown.At("/language").When(!Languages.Contains(c.Language)),
    ];
}

/// <summary>By what people are told.</summary>
public enum NotificationChannel
{
    /// <summary>The inbox (站内信): always.</summary>
    Inbox,

    /// <summary>E-mail as well (电子邮件), once its address is confirmed.</summary>
    Email,

    /// <summary>Text messages as well (短信), once their number is confirmed.</summary>
    Sms,
}

/// <summary>Hours of every day in which nothing is sent (免打扰时段): what would be, is when they are over.</summary>
/// <param name="From">When they begin, HH:mm in China Standard Time.</param>
/// <param name="Until">When they end: on the day after where that is earlier.</param>
public sealed record QuietHours(string From, string Until)
{
    /// <summary>They are two times of the day that are not the same.</summary>
    internal bool IsValid => LegalClock.MinuteOf(From) is { } from && LegalClock.MinuteOf(Until) is { } until && from != until;

    /// <summary>Until when nothing is sent at an instant; null where it is.</summary>
    public DateTimeOffset? EndsAfter(DateTimeOffset now)
    {
        var midnight = LegalClock.MidnightOf(LegalClock.DayOf(now));
        var (from, until) = (LegalClock.MinuteOf(From)!.Value.ToTimeSpan(), LegalClock.MinuteOf(Until)!.Value.ToTimeSpan());
        var since = now - midnight;
        return from < until
            ? since >= from && since < until ? midnight + until : null
            : since < until ? midnight + until : since >= from ? midnight.AddDays(1) + until : null;
    }
}
