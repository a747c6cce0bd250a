namespace OneDoor.Notifications;

/// <summary>What somebody is told of a fact that concerns them (通知).</summary>
/// <param name="Id">The notification's.</param>
/// <param name="Type">Of the fact's event, for instance <c>onedoor.case.accepted</c>.</param>
/// <param name="Thing">Where what it is about is read, for instance <c>/v1/cases/…</c>.</param>
/// <param name="Title">What has happened, in the language that Accept-Language prefers.</param>
/// <param name="Text">The same in a sentence, and what is to be done. It says nothing of who is told.</param>
/// <param name="At">When it happened.</param>
/// <param name="ReadAt">When it was read (已读); null until then.</param>
public sealed record NotificationView(Guid Id, string Type, string Thing, string Title, string Text, DateTimeOffset At, DateTimeOffset? ReadAt)
{
    public static NotificationView Of(StoredNotification n, string language) => new(n.Id, n.Type, n.Address, n.Title.In(language), n.Text.In(language), n.At, n.ReadAt);
}

/// <summary>Whose notifications somebody sees.</summary>
public static class Inboxes
{
    /// <summary>The policy: who is signed in for themselves, what they are told as the applicant and as who submitted. A department's work is in its worklist.</summary>
    public static string[] WaysTo(Actor viewer) => viewer.Role != ActorRole.Applicant ? [] :
        [new Way.AsSubmitter(viewer.Subject).Name, .. viewer.Applicant is { } applicant ? new[] { new Way.AsApplicant(applicant).Name } : []];
}

/// <summary>Why a notification is not shown.</summary>
public static class NotificationRefusals
{
    public static readonly Refusal NotFound = new("notification.not-found", 404,
        new("没有这条通知", "There is no such notification"), new("不存在，或不是给您的。", "It does not exist, or not for you."));
}

/// <summary>What the documentation shows.</summary>
public static class NotificationExamples
{
    public static readonly NotificationView Unread = new(
        new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7da1"), "onedoor.case.accepted", "/v1/cases/019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e", "Accepted",
        "“Business establishment” (case ESTABLISHMENT-20261123-000042): it is accepted, and promised by 2026-11-24.", new(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8)), null);

    public static readonly NotificationView Read = Unread with { ReadAt = Unread.At.AddHours(1) };
}
