namespace OneDoor.Cases;

/// <summary>What is asked of a case and where it stands, in words for people: "It is granted: … is not possible now".</summary>
internal static class CaseWords
{
    /// <summary>What the command would do.</summary>
    public static Text Of(CaseCommand command) => command switch
    {
        SubmitCase => new("再次申办", "submitting it again"),
        AcceptCase => new("受理", "accepting it"),
        SendCorrectionNotice => new("发出补正告知", "sending a correction notice"),
        SupplyMaterials => new("补充材料", "supplying materials"),
        RedirectStep => new("转交其他部门", "redirecting a step to another department"),
        MoveCaseToItem => new("转为其他事项", "moving it to another item"),
        ReferStepUpward => new("上报负责人", "referring a step upward"),
        RefuseCase => new("不予许可", "refusing it"),
        WithdrawCase => new("撤回", "withdrawing it"),
        ExtendLimit => new("延长期限", "extending its limits"),
        PauseClock => new("暂停计时", "pausing the clock"),
        ResumeClock => new("恢复计时", "ending a pause"),
        GrantStep => new("准予办理环节", "granting a step"),
        RefuseStep => new("对办理环节不予许可", "refusing a step"),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "It has no words."),
    };

    /// <summary>The state.</summary>
    public static Text Of(CaseStatus status) => status switch
    {
        CaseStatus.Submitted => new("待受理", "submitted"),
        CaseStatus.CorrectionRequested => new("待补正", "waiting for corrections"),
        CaseStatus.Accepted => new("已受理", "accepted"),
        CaseStatus.Paused => new("计时已暂停", "paused"),
        CaseStatus.Granted => new("已准予", "granted"),
        CaseStatus.Refused => new("已不予许可", "refused"),
        CaseStatus.Withdrawn => new("已撤回", "withdrawn"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "It has no words."),
    };
}
