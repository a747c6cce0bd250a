namespace OneDoor.Notifications;

/// <summary>What a person can say about how they are told.</summary>
public abstract record NotificationPreferencesCommand : ICommand;

/// <summary>Say how one wants to be told of what concerns one.</summary>
/// <param name="Channels">By what: always <c>inbox</c>, and <c>email</c> and <c>sms</c> if one likes.</param>
/// <param name="Email">An e-mail address of at most 254 characters, to which nothing but the request to confirm it is sent until it is confirmed; what is decided against one is sent there whatever the channels are. Left out, none is kept.</param>
/// <param name="QuietHours">Hours of every day in which nothing is sent; left out, there are none.</param>
/// <param name="Language">Of what is sent: <c>zh-CN</c> or <c>en</c>.</param>
/// <param name="Phone">A mobile number of eleven digits, or one that begins with + and a country's code, blanks and dashes between its digits left out, to which nothing but a code is sent until it is confirmed; what is decided against one is sent there whatever the channels are. Left out, none is kept.</param>
public sealed record SetNotificationPreferences(
    IReadOnlyList<NotificationChannel> Channels, string? Email = null, QuietHours? QuietHours = null, string Language = "zh-CN", string? Phone = null) : NotificationPreferencesCommand;

/// <summary>Say that a number is one's own.</summary>
/// <param name="Code">The six digits that were sent to it last, within ten minutes.</param>
public sealed record ConfirmPhone(string Code) : NotificationPreferencesCommand;

/// <summary>Something that happened to a person's preferences.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Whose they are; null when whoever reads an address did it, by what was sent there.</param>
public abstract record NotificationPreferencesFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>A person says how they want to be told. It replaces all they said before.</summary>
/// <param name="Channels">By what.</param>
/// <param name="Email">Where e-mail goes; null for nowhere. Another one is not confirmed.</param>
/// <param name="AsksEmail">The address is asked to be confirmed.</param>
/// <param name="QuietHours">Hours of every day in which nothing is sent; null for none.</param>
/// <param name="Language">Of what is sent: zh-CN or en.</param>
/// <param name="Phone">Where text messages go; null for nowhere. Another one is not confirmed.</param>
/// <param name="AsksPhone">The number is asked to be confirmed.</param>
[Alias("notification_preferences_set")]
public sealed record NotificationPreferencesSet(
    DateTimeOffset At, Actor By, IReadOnlyList<NotificationChannel> Channels, [Personal] string? Email, bool AsksEmail, QuietHours? QuietHours, string Language,
    [Personal] string? Phone = null, bool AsksPhone = false) : NotificationPreferencesFact(At, By);

/// <summary>Whoever reads what is sent to the address has said that it is theirs.</summary>
[Alias("notification_email_confirmed")]
public sealed record NotificationEmailConfirmed(DateTimeOffset At) : NotificationPreferencesFact(At, null);

/// <summary>Whoever reads what is sent to the address wants no more of it than the law has sent there.</summary>
[Alias("notification_email_unsubscribed")]
public sealed record NotificationEmailUnsubscribed(DateTimeOffset At) : NotificationPreferencesFact(At, null);

/// <summary>A person has said which code was sent to the number: it is theirs.</summary>
[Alias("notification_phone_confirmed")]
public sealed record NotificationPhoneConfirmed(DateTimeOffset At, Actor By) : NotificationPreferencesFact(At, By);

/// <summary>Whoever reads what is sent to the number wants no more of it than the law has sent there.</summary>
[Alias("notification_sms_unsubscribed")]
public sealed record NotificationSmsUnsubscribed(DateTimeOffset At) : NotificationPreferencesFact(At, null);

/// <summary>Why preferences are refused.</summary>
public static class NotificationPreferencesRefusals
{
    public static readonly Refusal OfPeople = new("notification-preferences.of-people", 403,
        new("通知设置仅限个人和企业用户", "Preferences are for people"), new("部门和系统不收通知。", "Departments and systems are told nothing here."));

    public static readonly Refusal ChannelsInvalid = new("notification-preferences.channels-invalid", 422,
        new("渠道无效", "The channels are not valid"), new("须有 inbox，每种渠道至多一次。", "inbox is always one of them, and each is there once."));

    public static readonly Refusal EmailMissing = new("notification-preferences.email-missing", 422,
        new("缺少电子邮件地址", "The e-mail address is missing"), new("渠道有 email 时须有地址。", "With the channel email there is an address."));

    public static readonly Refusal EmailInvalid = new("notification-preferences.email-invalid", 422,
        new("电子邮件地址无效", "The e-mail address is not valid"), new("最长254个字符。", "It is an address of at most 254 characters."));

    public static readonly Refusal PhoneMissing = new("notification-preferences.phone-missing", 422,
        new("缺少手机号码", "The phone number is missing"), new("渠道有 sms 时须有手机号码。", "With the channel sms there is a number."));

    public static readonly Refusal PhoneInvalid = new("notification-preferences.phone-invalid", 422,
        new("手机号码无效", "The phone number is not valid"), new("11位手机号码，或以 + 和国家代码开头。", "A mobile number of eleven digits, or one that begins with + and a country's code."));

    public static readonly Refusal CodeWrong = new("notification-preferences.code-wrong", 422,
        new("验证码错误或已过期", "The code is wrong, or too old"), new("须为最近一次发送的验证码，十分钟内有效。", "It is the one that was sent last, within ten minutes."));

    public static readonly Refusal HoursInvalid = new("notification-preferences.hours-invalid", 422,
        new("免打扰时段无效", "The quiet hours are not valid"), new("from 和 until 写作 HH:mm，且不相同。", "from and until are HH:mm, and not the same."));

    public static readonly Refusal LanguageUnknown = new("notification-preferences.language-unknown", 422,
        new("没有这种语言", "There is no such language"), new("须为 zh-CN 或 en。", "It is zh-CN or en."));

    public static readonly Refusal AskedLately = new("notification-preferences.asked-lately", 409,
        new("刚刚发送过确认请求", "An address or a number has just been asked"), new("十分钟后再更换。", "Name another one in ten minutes."));
}
