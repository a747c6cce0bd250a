using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>Where a case stands, in words for people.</summary>
internal static class CaseWords
{
    /// <summary>The state.</summary>
    public static Text Of(CaseStatus status) => status switch
    {
        CaseStatus.Submitted => new("待受理", "submitted"),
        CaseStatus.CorrectionRequested => new("待补正", "waiting for corrections"),
        CaseStatus.Accepted => new("已受理", "accepted"),
        CaseStatus.Paused => new("计时已暂停", "paused"),
        CaseStatus.Granted => new("已准予", "granted"),
        CaseStatus.PartlyGranted => new("已部分准予", "partly granted"),
        CaseStatus.Refused => new("已不予许可", "refused"),
        CaseStatus.Withdrawn => new("已撤回", "withdrawn"),
        CaseStatus.NotAccepted => new("已不予受理", "not accepted"),
        CaseStatus.Lapsed => new("已逾期终止", "closed because its time ran out"),
        CaseStatus.AwaitingSignatures => new("待当事人签署", "waiting for signatures"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "It has no words."),
    };

    /// <summary>A limit in days.</summary>
    public static Text Of(Limit days) => days.Unit == LimitUnit.CalendarDays
        ? new($"{days.Value:0}日", $"{days.Value:0} calendar days")
        : new($"{days.Value:0}个工作日", $"{days.Value:0} working days");
}
