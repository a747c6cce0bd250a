using System.Reflection;
using OneDoor.Clock;
using Xunit;

namespace OneDoor.Notifications;

/// <summary>How people want to be told, and what of it holds.</summary>
public class Preferences
{
    private static readonly Actor Person = new("mobile", "p_chen", Applicant: "person:1");
    private static readonly DateTimeOffset Start = At("2026-03-09 09:30");
    private static readonly NotificationChannel[] Both = [NotificationChannel.Inbox, NotificationChannel.Email];

    private const string Number = "13800000000";

    private static readonly Dictionary<Refusal, Func<Refusal?>> Stories = new()
    {
        [NotificationPreferencesRefusals.ChannelsInvalid] = () => Refused(new([NotificationChannel.Email], "a@example.com")),
        [NotificationPreferencesRefusals.EmailMissing] = () => Refused(new(Both)),
        [NotificationPreferencesRefusals.EmailInvalid] = () => Refused(new(Both, "a@example.com\r\nBcc: b@example.com")),
        [NotificationPreferencesRefusals.PhoneMissing] = () => Refused(new([NotificationChannel.Inbox, NotificationChannel.Sms])),
        [NotificationPreferencesRefusals.PhoneInvalid] = () => Refused(new([NotificationChannel.Inbox], Phone: "13800000000\n")),
        [NotificationPreferencesRefusals.CodeWrong] = () => Said(new([NotificationChannel.Inbox], Phone: Number)).ConfirmPhone(Person, isRight: false, Start).Refused,
        [NotificationPreferencesRefusals.HoursInvalid] = () => Refused(new([NotificationChannel.Inbox], QuietHours: new("22:00", "22:00"))),
        [NotificationPreferencesRefusals.LanguageUnknown] = () => Refused(new([NotificationChannel.Inbox], Language: "fr")),
        [NotificationPreferencesRefusals.AskedLately] = () => Said(new(Both, "a@example.com")).Refusal(new(Both, "b@example.com"), Start.AddMinutes(9)),
    };

    [Fact]
    public void Every_refusal_is_produced() => Assert.All(Stories, story => Assert.Equal(story.Key.Code, story.Value()?.Code));

    [Fact] // whom they are not for has none to be decided on
    public void No_refusal_is_without_a_story() => Assert.Equal(
        typeof(NotificationPreferencesRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Except([NotificationPreferencesRefusals.OfPeople.Code]).Order(StringComparer.Ordinal),
        Stories.Keys.Select(r => r.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_wrong_is_told_at_once() => Assert.Equal(
        ["/channels", "/email", "/quietHours", "/language"], Refused(new([], "nobody", new("24:00", "07:00"), "zh"))!.Fields.Select(f => f.Pointer));

    [Theory]
    [InlineData("inbox twice", 2, 0)]
    [InlineData("email twice", 1, 2)]
    public void A_channel_is_there_once(string _, int inboxes, int emails) => Assert.Equal(
        NotificationPreferencesRefusals.ChannelsInvalid.Code,
        Refused(new([.. Enumerable.Repeat(NotificationChannel.Inbox, inboxes), .. Enumerable.Repeat(NotificationChannel.Email, emails)], "a@example.com"))?.Code);

    [Fact]
    public void They_are_a_persons_own()
    {
        var said = Said(new([NotificationChannel.Inbox]));

        Assert.NotNull(said.SeenBy(Person with { Client = "another-app" }, Start));
        Assert.All(
            new[] { Person with { Subject = "p_wang" }, Person with { Department = Department.Tax }, new("p_chen", "p_chen"), new("kiosk", "kiosk", Hall: "airport") },
            another => Assert.Null(said.SeenBy(another, Start)));
    }

    [Fact]
    public void Nothing_is_sent_to_an_address_before_it_is_confirmed_nor_after_it_is_another()
    {
        var asked = Said(new(Both, "a@example.com"));
        Assert.Equal((null, Start), (asked.AddressOn(NotificationChannel.Email), asked.EmailAskedAt));
        var confirmed = Then(asked, asked.Confirm(Start.AddMinutes(1)));
        Assert.Equal("a@example.com", confirmed.AddressOn(NotificationChannel.Email));
        Assert.Empty(confirmed.Confirm(Start.AddMinutes(2)).Facts);

        // What else changes leaves it confirmed, and asks nobody.
        var quiet = Said(confirmed, new(Both, "a@example.com", new("22:00", "07:00")), Start.AddHours(1));
        Assert.Equal(("a@example.com", Start), (quiet.AddressOn(NotificationChannel.Email), quiet.EmailAskedAt));
        var another = Said(quiet, new(Both, "b@example.com"), Start.AddHours(1));
        Assert.Equal((null, Start.AddHours(1)), (another.AddressOn(NotificationChannel.Email), another.EmailAskedAt));
        Assert.Null(Said(confirmed, new([NotificationChannel.Inbox]), Start.AddHours(1)).AddressOn(NotificationChannel.Email));
        // Back to what was confirmed once is another address, too.
        Assert.Null(Said(another, new(Both, "a@example.com"), Start.AddHours(2)).AddressOn(NotificationChannel.Email));
        // What is erased is no address.
        Assert.Null((confirmed with { Email = "***" }).AddressOn(NotificationChannel.Email));
    }

    [Fact]
    public void An_address_that_does_not_answer_is_asked_again_after_ten_minutes_and_no_earlier()
    {
        var asked = Said(new(Both, "a@example.com"));

        Assert.Empty(NotificationPreferences.Decide(asked, new(Both, "a@example.com"), Person, Start.AddMinutes(9)).Facts);
        Assert.True(Assert.IsType<NotificationPreferencesSet>(Assert.Single(NotificationPreferences.Decide(asked, new(Both, "a@example.com"), Person, Start.AddMinutes(10)).Facts)).AsksEmail);
        // Nor by way of none.
        var without = Said(asked, new([NotificationChannel.Inbox]), Start.AddMinutes(1));
        Assert.Equal(NotificationPreferencesRefusals.AskedLately.Code, without.Refusal(new(Both, "b@example.com"), Start.AddMinutes(9))?.Code);
        Assert.Null(without.Refusal(new(Both, "b@example.com"), Start.AddMinutes(10)));
    }

    [Fact]
    public void Saying_the_same_once_more_changes_nothing_and_whoever_unsubscribes_keeps_the_address()
    {
        var asked = Said(new(Both, "a@example.com", new("22:00", "07:00"), "en"));
        var confirmed = Then(asked, asked.Confirm(Start));

        Assert.Empty(NotificationPreferences.Decide(confirmed, new([.. Both.Reverse()], "a@example.com", new("22:00", "07:00"), "en"), Person, Start.AddDays(1)).Facts);
        var unsubscribed = Then(confirmed, confirmed.Unsubscribe(Start));
        Assert.Equal(("a@example.com", 3), (unsubscribed.AddressOn(NotificationChannel.Email), unsubscribed.Version));
        Assert.Equal([NotificationChannel.Inbox], unsubscribed.Channels);
        Assert.Empty(unsubscribed.Unsubscribe(Start).Facts);
    }

    [Fact]
    public void A_number_is_theirs_once_they_say_its_code_within_ten_minutes_and_no_longer_once_it_is_another()
    {
        var asked = Said(new([NotificationChannel.Inbox, NotificationChannel.Sms], Phone: Number));
        Assert.Equal((null, Number), (asked.AddressOn(NotificationChannel.Sms), asked.AskedOn(NotificationChannel.Sms, Start.AddMinutes(9))));
        Assert.Equal((null, NotificationPreferencesRefusals.CodeWrong.Code), (asked.AskedOn(NotificationChannel.Sms, Start.AddMinutes(10)), asked.ConfirmPhone(Person, isRight: true, Start.AddMinutes(10)).Refused?.Code));
        var confirmed = Then(asked, asked.ConfirmPhone(Person, isRight: true, Start.AddMinutes(9)));

        Assert.Equal(Number, confirmed.AddressOn(NotificationChannel.Sms));
        Assert.Empty(confirmed.ConfirmPhone(Person, isRight: false, Start).Facts);
        Assert.Equal(Number, Said(confirmed, new([NotificationChannel.Inbox], Phone: Number), Start.AddMinutes(9)).AddressOn(NotificationChannel.Sms));
        Assert.Null(Said(confirmed, new([NotificationChannel.Inbox], Phone: "+8613800000001"), Start.AddMinutes(10)).AddressOn(NotificationChannel.Sms));
        Assert.Null((confirmed with { Phone = "***" }).AddressOn(NotificationChannel.Sms));
        Assert.Equal(NotificationPreferencesRefusals.AskedLately.Code, confirmed.Refusal(new([NotificationChannel.Inbox], Phone: "13800000001"), Start.AddMinutes(9))?.Code);
        // Whoever unsubscribes keeps the number, and the other channel.
        var both = Then(confirmed, NotificationPreferences.Decide(confirmed, new([.. Both, NotificationChannel.Sms], "a@example.com", Phone: Number), Person, Start.AddMinutes(9)));
        var unsubscribed = Then(both, both.UnsubscribeSms(Start));
        Assert.Equal((Number, 2), (unsubscribed.AddressOn(NotificationChannel.Sms), unsubscribed.Channels.Count));
        Assert.Empty(unsubscribed.UnsubscribeSms(Start).Facts);
    }

    [Theory]
    [InlineData("+8613800000000", "13800000000")]
    [InlineData("13800000000", "13800000000")]
    [InlineData("+861012345678", "+861012345678")]
    [InlineData("+8521380000000", "+8521380000000")]
    public void A_number_is_the_same_with_its_country_and_without(string written, string dialled) => Assert.Equal(dialled, Cases.Contact.Dialled(written));

    [Fact] // NOTI-2
    public void A_number_is_kept_without_the_blanks_and_dashes_it_was_written_with()
    {
        var said = Said(new([NotificationChannel.Inbox], Phone: "138 0000-0000"));

        Assert.Equal("13800000000", said.Phone);
        Assert.False(NotificationPreferences.Decide(said, new([NotificationChannel.Inbox], Phone: "138-0000-0000"), Person, Start).Facts.Count > 0);
    }

    [Theory]
    [InlineData("22:00", "07:00", "2026-03-09 21:59", null)]
    [InlineData("22:00", "07:00", "2026-03-09 22:00", "2026-03-10 07:00")]
    [InlineData("22:00", "07:00", "2026-03-10 00:00", "2026-03-10 07:00")]
    [InlineData("22:00", "07:00", "2026-03-10 06:59", "2026-03-10 07:00")]
    [InlineData("22:00", "07:00", "2026-03-10 07:00", null)]
    [InlineData("12:00", "14:00", "2026-03-09 11:59", null)]
    [InlineData("12:00", "14:00", "2026-03-09 12:00", "2026-03-09 14:00")]
    [InlineData("12:00", "14:00", "2026-03-09 14:00", null)]
    [InlineData("00:00", "23:59", "2026-03-09 23:59", null)]
    public void Quiet_hours_shift_what_is_sent_to_their_end(string from, string until, string at, string? end)
    {
        Assert.Equal(end is null ? null : At(end), new QuietHours(from, until).EndsAfter(At(at)));
        // Whatever zone an instant is written in.
        Assert.Equal(end is null ? null : At(end), new QuietHours(from, until).EndsAfter(At(at).ToUniversalTime()));
    }

    private static DateTimeOffset At(string text) => China.At(text);

    private static Refusal? Refused(SetNotificationPreferences command) => NotificationPreferences.None(Person).Refusal(command, Start);

    private static NotificationPreferences Said(SetNotificationPreferences command) => Said(NotificationPreferences.None(Person), command, Start);

    private static NotificationPreferences Said(NotificationPreferences before, SetNotificationPreferences command, DateTimeOffset now) =>
        Then(before, NotificationPreferences.Decide(before, command, Person, now));

    private static NotificationPreferences Then(NotificationPreferences before, Decision<NotificationPreferencesFact> decision)
    {
        Assert.Null(decision.Refused);
        return NotificationPreferences.Evolve(before, Assert.Single(decision.Facts));
    }
}

/// <summary>Short ways into preferences.</summary>
internal static class PreferencesWays
{
    public static Refusal? Refusal(this NotificationPreferences before, SetNotificationPreferences command, DateTimeOffset now) =>
        NotificationPreferences.Decide(before, command, before.Owner, now).Refused;
}
