namespace OneDoor.Webhooks;

/// <summary>What the documentation shows of webhooks.</summary>
internal static class WebhookExamples
{
    private static readonly DateTimeOffset At = new(2026, 3, 9, 10, 0, 0, TimeSpan.FromHours(8));

    public static readonly CreateWebhook Request = new("https://tax.example/onedoor", ["onedoor.case.*", "onedoor.licence.issued"], "Register of the tax bureau");

    public static readonly WebhookView Active = new(
        Guid.Parse("0199c1a4-6eff-7aaa-8000-000000000009"), WebhookStatus.Active, 2, Request.Url, Request.Types!, Request.Description, At, null, null);

    public static readonly WebhookView Created = Active with { Status = WebhookStatus.Pending, Version = 1, Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=" };

    public static readonly WebhookView Rolled = Active with { Version = 3, PreviousSecretUntil = At.AddHours(24), Secret = Created.Secret };

    public static readonly WebhookDeliveryView Delivery = new(
        Guid.Parse("0199c1a4-6f00-7aaa-8000-000000000001"), "onedoor.case.step-opened", "1", DeliveryStatus.Waiting, 1, At, At.AddSeconds(5), null, 503, DeliveryFailure.Refused);
}
