using OneDoor.Clock;

namespace OneDoor.Complaints;

/// <summary>Of which facts of a complaint whoever filed it under their name is told, and in which words.</summary>
public static class ComplaintNotifications
{
    /// <summary>What the complainant is told of a fact; null for what they did themselves, and where nobody knows who they are.</summary>
    /// <param name="complaint">The complaint, the fact included.</param>
    /// <param name="fact">What has happened.</param>
    public static Notification? Of(Complaint complaint, ComplaintFact fact)
    {
        if (complaint.IsAnonymous || complaint.FiledBy is not { } complainant)
            return null;
        Notification Told(Text title, Text text) => new([new Way.AsSubmitter(complainant)], title, text);
        return fact switch
        {
            ComplaintAccepted f => Told(new("投诉已受理", "Your complaint is accepted"), new($"您的投诉已受理，将于{WrittenDay.Of(f.AnswerBy).Zh}前（含当日）答复。", $"Your complaint is accepted and will be answered by {WrittenDay.Of(f.AnswerBy).En}.")),
            ComplaintReturned => Told(new("投诉已退回", "Your complaint is not for here"), new("您的投诉不由此处处理，应向何处反映见投诉。", "Your complaint is not for here; where to turn is said there.")),
            ComplaintExtended f => Told(new("投诉延期答复", "Your complaint takes longer"), new($"您的投诉情况复杂，将于{WrittenDay.Of(f.AnswerBy).Zh}前（含当日）答复。", $"Your complaint is complex and will be answered by {WrittenDay.Of(f.AnswerBy).En}.")),
            // It is handled once more once.
            ComplaintAnswered f when complaint.ReopenedAt is not null => Told(new("投诉已答复", "Your complaint is answered"), new(
                $"您的投诉已再次答复，可以在{WrittenDay.Of(f.RateBy).Zh}前（含当日）评价。", $"Your complaint is answered once more. You can rate the answer until {WrittenDay.Of(f.RateBy).En}.")),
            ComplaintAnswered f => Told(new("投诉已答复", "Your complaint is answered"), new(
                $"您的投诉已答复，可以在{WrittenDay.Of(f.RateBy).Zh}前（含当日）评价或者要求重办。", $"Your complaint is answered. You can rate the answer, or have it handled once more, until {WrittenDay.Of(f.RateBy).En}.")),
            _ => null,
        };
    }
}
