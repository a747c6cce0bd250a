namespace OneDoor.Cases;

/// <summary>Why a hand-over is not recorded.</summary>
public static class HandOverRefusals
{
    public static readonly Refusal NothingGranted = new("hand-over.nothing-granted", 409,
        new("该环节没有准予，无可移交", "The step is not granted, so that nothing of it is handed over"));

    public static readonly Refusal WayNotOffered = new("hand-over.way-not-offered", 422,
        new("该事项不以此方式移交", "The item is not handed over in this way"));

    public static readonly Refusal Invalid = new("hand-over.invalid", 422,
        new("移交记录不完整或者日期无效", "A hand-over says what, to whom and on which day"),
        new("物品最长200个字符，接收人最长100个字符；日期在准予之日至今天之间。", "What it is has 1 to 200 characters and who received it 1 to 100; the day lies between the grant and today."));
}
