using OneDoor.Clock;

namespace OneDoor.Supervision;

/// <summary>Of which facts of a supervision task its holders are told, and in which words (SUP-1).</summary>
public static class SupervisionNotifications
{
    /// <summary>What the holders are told of a fact; null for what they need not do anything about.</summary>
    /// <param name="task">The task, the fact included.</param>
    /// <param name="fact">What has happened.</param>
    public static Notification? Of(SupervisionTask task, SupervisionFact fact)
    {
        if (Told(fact) is not var (title, more))
            return null;
        var matter = task.Matter;
        return new([.. task.HolderKeys.Select(key => new Way.AsApplicant(key))], title, new($"{Text.Quoted(matter.Zh)}：{more.Zh}", $"“{matter.En}”: {more.En}"))
        {
            IsAct = fact is SupervisionFound or SupervisionRectified { Rectification.Outcome: RectificationOutcome.NotRectified },
        };
    }

    private static (Text Title, Text More)? Told(SupervisionFact fact) => fact switch
    {
        // MODE-4: an order nobody was told of is no order.
        SupervisionFound { Finding: { Outcome: FindingOutcome.Breach, RectifyBy: { } last } } => (new("责令限期整改", "Something is to be put right"), new(
            $"检查发现不符合，请于{WrittenDay.Of(last).Zh}前（含当日）整改，情况见监管任务。", $"an inspection found a breach: put it right by {WrittenDay.Of(last).En}; what was seen is said there.")),
        SupervisionRectified { Rectification.Outcome: RectificationOutcome.Rectified } => (new("已整改", "It has been put right"), new("监管部门确认已整改。", "the supervising department has found it put right.")),
        SupervisionRectified => (new("未整改", "It has not been put right"), new(
            "监管部门认为未整改，可能拟撤销；届时可以陈述、申辩和要求听证。", "the supervising department has found it not put right: what was granted may be revoked, and before that its holder is told and may speak.")),
        _ => null,
    };
}
