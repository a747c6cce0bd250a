namespace OneDoor.Trials;

/// <summary>Why something is refused that is asked of the sandbox.</summary>
public static class TrialRefusals
{
    public static readonly Refusal OnlyInDevelopment = new("sandbox.only-in-development", 403,
        new("这里不是沙箱", "This is no sandbox"), new("只有在开发环境才能试用。", "Things are tried in development, and nowhere else."));

    public static readonly Refusal TypeUnknown = new("sandbox.event-type-unknown", 422,
        new("没有此事件类型", "There is no such type of events"), new("见事件类型列表。", "The list of types has them."));

    public static readonly Refusal EventNotOffered = new("sandbox.event-not-offered", 422,
        new("不再发生此类事件", "Nothing of that type happens any more"), new("只有以前版本记录过；或者现行目录中没有能发生它的事项。", "Only former releases recorded it, or the catalogue in force has no item of which it could be."));

    public static readonly Refusal EventNotTold = new("sandbox.event-not-told", 422,
        new("此类事件不通知您", "You are told of no event of that type"), new("所涉事物不在您可查看的范围内。", "What it happens to is not for you to see."));
}
