using System.Globalization;
using Marten;
using Microsoft.AspNetCore.Mvc;

namespace OneDoor.Notifications;

/// <summary>How somebody wants to be told of what concerns them (通知设置).</summary>
/// <param name="Version">Grows with every change; 0 for who has said nothing.</param>
/// <param name="Channels">By what: always <c>inbox</c>.</param>
/// <param name="Email">Where e-mail goes; null for nowhere.</param>
/// <param name="EmailConfirmedAt">When it was confirmed by what was sent there; null until then, when nothing else is sent there.</param>
/// <param name="Phone">Where text messages go; null for nowhere.</param>
/// <param name="PhoneConfirmedAt">When it was confirmed by the code that was sent there; null until then, when nothing else is sent there.</param>
/// <param name="QuietHours">Hours of every day in which nothing is sent; null for none.</param>
/// <param name="Language">Of what is sent: zh-CN or en.</param>
/// <param name="AvailableChannels">By what this platform tells people (可用渠道): on others nothing is sent, though they may be chosen.</param>
public sealed record NotificationPreferencesView(
    int Version, IReadOnlyList<NotificationChannel> Channels, string? Email, DateTimeOffset? EmailConfirmedAt, string? Phone, DateTimeOffset? PhoneConfirmedAt, QuietHours? QuietHours, string Language,
    IReadOnlyList<NotificationChannel> AvailableChannels)
{
    public static NotificationPreferencesView Of(NotificationPreferences p, OfferedChannels offered) =>
        new(p.Version, p.Channels, p.Email, p.EmailConfirmedAt, p.Phone, p.PhoneConfirmedAt, p.QuietHours, p.Language, offered.All);
}

/// <summary>Says how a person wants to be told.</summary>
public sealed class NotificationPreferencesChanges(ChangeTools tools, SmsCodes codes, AskedAddresses asked, OfferedChannels offered) : Changes<NotificationPreferences, NotificationPreferencesFact, NotificationPreferencesCommand>(tools, SetPreferences.Resource)
{
    private Actor Caller => Tools.Caller.Actor;

    // Nothing in an answer says whose it is, by which erase would find it.
    protected override bool HoldsSecret => true;

    /// <inheritdoc cref="IChanges{TCommand}.Apply"/>
    public async Task<IResult> Apply(string? ifMatch, NotificationPreferencesCommand command, CancellationToken ct) =>
        await Told(NotificationPreferences.IdOf(Caller.Subject), await Change(ifMatch, command, ct), ct);

    /// <inheritdoc cref="Apply"/>
    public Task<Outcome> Change(string? ifMatch, NotificationPreferencesCommand command, CancellationToken ct) =>
        Change(NotificationPreferences.IdOf(Caller.Subject), ifMatch, command, command, NotificationPreferences.None(Caller), ct);

    protected override object View(NotificationPreferences seen, int version, string language) => NotificationPreferencesView.Of(seen with { Version = version }, offered);

    protected override async Task<Decision<NotificationPreferencesFact>> Decide(NotificationPreferences? before, NotificationPreferencesCommand command, CancellationToken ct) => command switch
    {
        SetNotificationPreferences set => await Set(before!, set, ct),
        ConfirmPhone confirm => Confirm(before!, confirm),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
    };

    private async Task<Decision<NotificationPreferencesFact>> Set(NotificationPreferences before, SetNotificationPreferences command, CancellationToken ct)
    {
        var decision = NotificationPreferences.Decide(before, command, Caller, Tools.Now);
        return decision.Facts is [NotificationPreferencesSet asking] && await asked.Wait(Tools.Session, asking, Tools.Now, ct) is { } seconds ? TooMany(seconds) : decision;
    }

    private Decision<NotificationPreferencesFact> Confirm(NotificationPreferences before, ConfirmPhone command) =>
        codes.WaitToGuess(before.Id) is { } seconds ? TooMany(seconds) : before.ConfirmPhone(Caller, codes.IsOf(before, command.Code), Tools.Now);

    private Refusal TooMany(int seconds)
    {
        Tools.Http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return RequestRefusals.TooMany;
    }
}

/// <summary>GET and PUT /v1/notification-preferences.</summary>
public static class SetPreferences
{
    public static readonly Resource Resource = new("preferences", "/v1/notification-preferences", NotificationPreferencesRefusals.OfPeople);

    /// <summary>What it does, for both doors.</summary>
    public const string Does = "Say how one wants to be told of what concerns one (通知设置)", Confirms = "Say that a phone number is one's own, by the code that was sent to it (确认手机号码)";

    private static readonly SetNotificationPreferences Said = new([NotificationChannel.Inbox, NotificationChannel.Email, NotificationChannel.Sms], "chen@example.com", new("22:00", "07:00"), "en", "13800000000");

    private static readonly NotificationPreferencesView Shown = NotificationPreferencesView.Of(new[]
    {
        NotificationPreferences.Decide(NotificationPreferences.None(new("mobile", "p_citizen")), Said, new("mobile", "p_citizen"), NotificationExamples.Unread.At).Facts.Single(),
        new NotificationEmailConfirmed(NotificationExamples.Unread.At.AddMinutes(1)),
        new NotificationPhoneConfirmed(NotificationExamples.Unread.At.AddMinutes(1), new("mobile", "p_citizen")),
    }.Aggregate(default(NotificationPreferences), NotificationPreferences.Evolve)!, new(MailTable.Outside));

    public static void MapPreferences(this IEndpointRouteBuilder preferences)
    {
        preferences.MapGet("", Read)
            .Needs(Scopes.NotificationsRead)
            .Reads<NotificationPreferencesView>("getNotificationPreferences", "Read how one wants to be told of what concerns one (通知设置)", Shown)
            .WithDescription("Each person their own, whomever they act for. Who has said nothing is told in the inbox alone, in version 0.");
        preferences.MapPut("", (SetNotificationPreferences request, NotificationPreferencesChanges changes, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
                changes.Apply(ifMatch, request, ct))
            .Needs(Scopes.NotificationsRead)
            .Does<NotificationPreferencesView>("setNotificationPreferences", Does, Said, Shown)
            .Refuses(412, 428)
            .WithDescription("It replaces all that was said before. An address that is not confirmed yet is sent a request to confirm it, and a number a code, one in ten minutes at most, and the same one five a day, whoever asks; until then nothing else is sent there.");
        preferences.MapPost("/phone-confirmation", (ConfirmPhone request, NotificationPreferencesChanges changes, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
                changes.Apply(ifMatch, request, ct))
            .Needs(Scopes.NotificationsRead)
            .Does<NotificationPreferencesView>("confirmPhone", Confirms, new ConfirmPhone("042817"), Shown)
            .Refuses(412, 428)
            .WithDescription("Five guesses in ten minutes.");
    }

    /// <summary>A person's own, or what holds for who has said nothing; null for departments and systems.</summary>
    public static async Task<NotificationPreferences?> PreferencesOf(this IQuerySession session, Actor person, DateTimeOffset now, CancellationToken ct) =>
        (await session.LoadAsync<NotificationPreferences>(NotificationPreferences.IdOf(person.Subject), ct) ?? NotificationPreferences.None(person)).SeenBy(person, now);

    private static async Task<IResult> Read(HttpContext http, Caller caller, IQuerySession session, Etags etags, OfferedChannels offered, TimeProvider time, CancellationToken ct) =>
        await session.PreferencesOf(caller.Actor, time.GetUtcNow(), ct) is { } own ? etags.Ok(http, own.Id, own.Version, NotificationPreferencesView.Of(own, offered)) : NotificationPreferencesRefusals.OfPeople.ToProblem();
}
