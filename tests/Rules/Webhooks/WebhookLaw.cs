using System.Net;
using CsCheck;
using Xunit;

namespace OneDoor.Webhooks;

/// <summary>What becomes of a webhook, to which addresses anything is sent, and when it is tried again.</summary>
public class WebhookLaw
{
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly Actor Owner = new("tax-system", "tax-system", Department.Tax);
    private static readonly WebhookAsking Asking = new(Owner, Start) { Id = Guid.CreateVersion7(Start), Secret = "one", Place = 7, Language = "zh-CN", Source = "https://onedoor.example" };
    private static readonly CreateWebhook Wanted = new("https://tax.example/onedoor");

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:0:a00:1::", false)]
    public void Nothing_is_sent_to_what_is_not_of_the_public_internet(string address, bool isPublic) => Assert.Equal(isPublic, TargetAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://tax.example/a?b=c", null)]
    [InlineData("http://tax.example/", "webhook.url-invalid")]
    [InlineData("https://user:word@tax.example/", "webhook.url-invalid")]
    [InlineData("https://tax.example/#a", "webhook.url-invalid")]
    [InlineData("ftp://tax.example/", "webhook.url-invalid")]
    [InlineData("/here", "webhook.url-invalid")]
    [InlineData("https://127.0.0.1/", "webhook.url-refused")]
    [InlineData("https://[::1]/", "webhook.url-refused")]
    [InlineData("https://2130706433/", "webhook.url-refused")]
    [InlineData("https://0x7f.1/", "webhook.url-refused")]
    [InlineData("https://localhost/", "webhook.url-refused")]
    public void An_address_is_one_of_https_and_names_no_private_machine(string url, string? code) =>
        Assert.Equal(code, Webhook.Decide(null, Wanted with { Url = url }, Asking).Refused?.Code);

    [Fact]
    public void All_that_is_wrong_is_told_at_once() => Assert.Equal(
        [("/url", "webhook.url-invalid"), ("/types", "webhook.types-unknown"), ("/description", "webhook.description-too-long")],
        Webhook.Decide(null, new CreateWebhook("x", [], new string('长', 201)), Asking).Refused!.Fields.Select(f => (f.Pointer, f.Code)));

    [Fact]
    public void Only_systems_have_webhooks_and_not_without_end()
    {
        Assert.Equal("webhook.of-systems", Webhook.Decide(null, Wanted, Asking with { By = new("mobile", "p_citizen", Applicant: "person:1") }).Refused?.Code);
        Assert.Equal("webhook.too-many", Webhook.Decide(null, Wanted, Asking with { Has = Webhook.Most }).Refused?.Code);
        Assert.Equal(
            [("/types/1", "webhook.types-unknown")],
            Webhook.Decide(null, Wanted with { Types = ["onedoor.case.*", "onedoor.moon.*"] }, Asking with { Knows = type => type != "onedoor.moon.*" }).Refused!.Fields.Select(f => (f.Pointer, f.Code)));
        Assert.Equal("webhook.place-unknown", Webhook.Decide(Created(), new ReplayWebhook("x"), Asking with { Place = null }).Refused?.Code);
    }

    [Fact]
    public void It_is_its_creators_alone()
    {
        var webhook = Created();
        Assert.NotNull(webhook.SeenBy(Owner, Start));
        Assert.Null(webhook.SeenBy(Owner with { Client = "other", Subject = "other" }, Start));
        Assert.Null(After(webhook, new DeleteWebhook()).SeenBy(Owner, Start));
    }

    [Fact]
    public void It_is_told_what_its_creator_may_see_as_they_last_asked()
    {
        var led = After(Created(), new PingWebhook(), Asking with { By = Owner with { IsSupervisor = true } });

        Assert.True(led.Owner.IsSupervisor);
        Assert.False(After(Webhook.Evolve(led, new WebhookDisabled(Start, DisabledBecause.Operator)), new ResumeWebhook()).Owner.IsSupervisor);
    }

    [Fact]
    public void It_is_told_once_its_address_has_answered_and_has_to_answer_anew_at_another()
    {
        var active = Webhook.Evolve(Created(), new WebhookActivated(Start, Wanted.Url));
        Assert.Equal((WebhookStatus.Pending, WebhookStatus.Active), (Created().Status, active.Status));
        var moved = After(active, new ChangeWebhook("https://tax.example/other"));
        Assert.Equal((WebhookStatus.Pending, false), (moved.Status, moved.IsVerified));
        // What the address before has answered is nothing to the one now.
        Assert.Equal(WebhookStatus.Pending, Webhook.Evolve(moved, new WebhookActivated(Start, Wanted.Url)).Status);
        Assert.Equal(WebhookStatus.Active, After(active, new ChangeWebhook(Description: "x")).Status);
    }

    [Fact]
    public void Paused_and_disabled_it_goes_on_when_it_is_resumed()
    {
        var active = Webhook.Evolve(Created(), new WebhookActivated(Start, Wanted.Url));
        var disabled = Webhook.Evolve(active, new WebhookDisabled(Start, DisabledBecause.Gone));
        Assert.Equal((WebhookStatus.Disabled, DisabledBecause.Gone), (disabled.Status, disabled.DisabledBecause!.Value));
        Assert.Equal(WebhookStatus.Active, After(disabled, new ResumeWebhook()).Status);
        Assert.Equal(WebhookStatus.Active, After(After(active, new PauseWebhook()), new ResumeWebhook()).Status);
        Assert.Equal(WebhookStatus.Pending, After(After(Created(), new PauseWebhook()), new ResumeWebhook()).Status);
        // Who answers while it is paused is known to have answered.
        Assert.Equal(WebhookStatus.Active, After(Webhook.Evolve(After(Created(), new PauseWebhook()), new WebhookActivated(Start, Wanted.Url)), new ResumeWebhook()).Status);
        Assert.Empty(Webhook.Decide(active, new ResumeWebhook(), Asking).Facts);
        Assert.NotEmpty(Webhook.Decide(active, new PingWebhook(), Asking).Facts);
    }

    [Fact]
    public void The_secret_before_signs_for_a_day_more()
    {
        var rolled = After(Created(), new RollWebhookSecret(), Asking with { Secret = "two" });
        Assert.Equal(["two", "one"], rolled.SecretsAt(Start.AddHours(24).AddTicks(-1)));
        Assert.Equal(["two"], rolled.SecretsAt(Start.AddHours(24)));
    }

    [Fact] // who has disclosed two needs a third at once, and what they were told of the first two holds
    public void Rolled_again_within_the_day_every_secret_signs_for_its_own_day()
    {
        var later = Start.AddHours(1);
        var rolled = After(After(Created(), new RollWebhookSecret(), Asking with { Secret = "two" }), new RollWebhookSecret(), Asking with { Now = later, Secret = "three" });

        Assert.Equal(["three", "two", "one"], rolled.SecretsAt(Start.AddHours(24).AddTicks(-1)));
        Assert.Equal(["three", "two"], rolled.SecretsAt(Start.AddHours(24)));
        Assert.Equal(["three"], rolled.SecretsAt(later.AddHours(24)));
        var resealed = Webhook.Evolve(rolled, new WebhookSecretResealed(later, "three anew", "two anew", ["one anew"]));
        Assert.Equal(["three anew", "two anew", "one anew"], resealed.SecretsAt(later));
        Assert.Equal(["three anew", "two anew"], resealed.SecretsAt(Start.AddHours(24)));
        // What no longer signs is kept no longer.
        Assert.Null(After(rolled, new RollWebhookSecret(), Asking with { Now = later.AddHours(24), Secret = "four" }).EarlierSecrets);
    }

    [Fact]
    public void So_many_secrets_sign_at_a_time_and_no_more()
    {
        var rolled = Enumerable.Range(2, Webhook.MostSecrets - 1).Aggregate(Created(), (webhook, n) => After(webhook, new RollWebhookSecret(), Asking with { Secret = $"{n}" }));

        Assert.Equal(Webhook.MostSecrets, rolled.SecretsAt(Start).Count);
        Assert.Equal("webhook.too-many-secrets", Webhook.Decide(rolled, new RollWebhookSecret(), Asking with { Secret = "one more" }).Refused?.Code);
        Assert.Null(Webhook.Decide(rolled, new RollWebhookSecret(), Asking with { Now = Start.AddHours(24), Secret = "one more" }).Refused);
    }

    [Fact]
    public void Kept_under_another_secret_of_the_platforms_it_has_the_same_two_until_the_same_instant()
    {
        var rolled = After(Created(), new RollWebhookSecret(), Asking with { Secret = "two" });
        var resealed = Webhook.Evolve(rolled, new WebhookSecretResealed(Start, "two anew", "one anew"));
        Assert.Equal(["two anew", "one anew"], resealed.SecretsAt(Start.AddHours(24).AddTicks(-1)));
        Assert.Equal(["two anew"], resealed.SecretsAt(Start.AddHours(24)));
        Assert.Equal(Owner, resealed.Owner);
    }

    [Fact]
    public void It_is_tried_ten_times_in_about_three_days_and_a_receiver_may_ask_for_longer_pauses()
    {
        var pauses = Enumerable.Range(1, 9).Select(made => Attempts.Next(made, Start, 0.5, null) - Start).ToArray();
        Assert.Equal("00:00:05 00:05:00 00:30:00 02:00:00 05:00:00 10:00:00 14:00:00 20:00:00 1.00:00:00", string.Join(' ', pauses));
        Assert.Null(Attempts.Next(10, Start, 0.5, TimeSpan.FromHours(1)));
        Assert.Equal(Start.AddHours(1), Attempts.Next(1, Start, 0.5, TimeSpan.FromHours(1)));
        Assert.Equal(Start.AddDays(1), Attempts.Next(1, Start, 0.5, TimeSpan.FromDays(400)));
        Gen.Select(Gen.Int[1, 9], Gen.Double[0, 1]).Sample((made, drawn) =>
            Math.Abs((Attempts.Next(made, Start, drawn, null)! - Start).Value / pauses[made - 1]!.Value - 1) <= 0.2001);
    }

    private static Webhook Created() => Webhook.Decide(null, Wanted, Asking).Facts.Aggregate(default(Webhook), Webhook.Evolve)!;

    private static Webhook After(Webhook before, WebhookCommand command, WebhookAsking? asked = null) => Webhook.Decide(before, command, asked ?? Asking).Facts.Aggregate(before, Webhook.Evolve);
}
