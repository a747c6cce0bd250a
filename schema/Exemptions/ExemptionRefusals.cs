namespace OneDoor.Exemptions;

/// <summary>Why nothing is decided about an exemption.</summary>
public static class ExemptionRefusals
{
    public static readonly Refusal ClassUnknown = new("exemption.class-unknown", 422,
        new("目录中没有这个项目类别", "The directory has no such class of projects"),
        new("项目类别编码见环评豁免目录。", "The directory of exemptions lists the codes of its classes."));

    public static readonly Refusal AnswerMissing = new("exemption.answer-missing", 422,
        new("缺少判定豁免条件所需的回答", "An answer is missing that a condition of the exemption asks for"));

    public static readonly Refusal AnswerInvalid = new("exemption.answer-invalid", 422,
        new("数值超出范围", "The number is out of range"), new("须为 0 至 1000000000。", "It is 0 to 1,000,000,000."));

    public static readonly Refusal ClassMissing = new("exemption.class-missing", 422,
        new("有回答但未写明项目类别", "There are answers, but no class of projects"),
        new("请写明项目类别，或者不作回答。", "Name the class, or leave the answers out."));

    public static readonly Refusal NotOffered = new("exemption.not-offered", 422,
        new("该事项没有可以豁免的环节", "The item has no step that an exemption makes unnecessary"),
        new("事项办理环节中标明环境影响评价的才可以豁免。", "Only a step that the item says is the environmental impact assessment is."));
}
