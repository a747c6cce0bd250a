using System.Text.Json.Serialization;

namespace OneDoor.Clock;

/// <summary>What stops the clock: the eight procedures of 行政许可法 art. 45, and no other.</summary>
public enum PauseReason
{
    /// <summary>听证</summary>
    Hearing,

    /// <summary>招标</summary>
    Tender,

    /// <summary>拍卖</summary>
    Auction,

    /// <summary>检测</summary>
    Test,

    /// <summary>检验</summary>
    Inspection,

    /// <summary>检疫</summary>
    Quarantine,

    /// <summary>鉴定</summary>
    Appraisal,

    /// <summary>专家评审</summary>
    ExpertReview,
}

/// <summary>Time that does not count towards a limit (CLK-3, 行政许可法 art. 45).</summary>
/// <param name="Reason">The procedure that takes the time; null where a step waits for what the applicant has to hand in (JOINT-6).</param>
/// <param name="From">The instant it begins.</param>
/// <param name="Until">The instant it ends, not before <paramref name="From"/>; null while it goes on.</param>
public sealed record Pause(PauseReason? Reason, DateTimeOffset From, DateTimeOffset? Until)
{
    /// <summary>What time is called in which a step waits for the applicant.</summary>
    public static readonly Text Awaiting = new("等待申请人提交材料", "Waiting for the applicant");

    /// <summary>The reason in the law's own words.</summary>
    [JsonIgnore]
    public Text Name => Reason is { } procedure ? NameOf(procedure) : Awaiting;

    /// <summary>A reason in the law's own words.</summary>
    public static Text NameOf(PauseReason reason) => reason switch
    {
        PauseReason.Hearing => new Text("听证", "Hearing"),
        PauseReason.Tender => new Text("招标", "Tender"),
        PauseReason.Auction => new Text("拍卖", "Auction"),
        PauseReason.Test => new Text("检测", "Test"),
        PauseReason.Inspection => new Text("检验", "Inspection"),
        PauseReason.Quarantine => new Text("检疫", "Quarantine"),
        PauseReason.Appraisal => new Text("鉴定", "Appraisal"),
        PauseReason.ExpertReview => new Text("专家评审", "Expert review"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Article 45 knows no such reason."),
    };
}
