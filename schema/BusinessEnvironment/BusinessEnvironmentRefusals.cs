namespace OneDoor.BusinessEnvironment;

/// <summary>Why what is asked of a year is refused.</summary>
public static class BusinessEnvironmentRefusals
{
    public static readonly Refusal NotFound = new("business-environment.not-found", 404,
        new("没有这一年的内容", "There is nothing of that year"), new("没有该年度的方案，或年度无效。", "There is no plan of it, or it is no year that there can be figures of."));
}

/// <summary>Why what is asked of a measure is refused.</summary>
public static class MeasureRefusals
{
    public static readonly Refusal NotFound = new("measure.not-found", 404,
        new("没有这项举措", "There is no such measure"), new("该年度方案中没有此代码。", "The plan of the year has none of that code."));

    public static readonly Refusal NotYours = new("measure.not-yours", 403,
        new("举措由责任部门上报进展", "Its owner reports on a measure"));

    public static readonly Refusal NotYoursToReview = new("measure.not-yours-to-review", 403,
        new("举措由审核部门负责人审核", "A supervisor of its reviewer reviews a measure"), new("上报人不得审核。", "Who reported does not."));

    public static readonly Refusal NotInThisState = new("measure.not-in-this-state", 409,
        new("举措当前状态不允许此操作", "The measure is not in a state for that"), new("办结前上报，上报完成后审核。", "It is reported on until it is complete, and reviewed from then on."));

    public static readonly Refusal PercentInvalid = new("measure.percent-invalid", 422,
        new("完成比例无效", "That is no percentage"), new("0至100。", "0 to 100."));

    public static readonly Refusal TextInvalid = new("measure.text-invalid", 422,
        new("文字缺失或过长", "The text is missing or too long"), new("说明和理由1至2000个字符，佐证名称1至200个字符。", "A note or a reason has 1 to 2,000 characters, the name of evidence 1 to 200."));

    public static readonly Refusal EvidenceMissing = new("measure.evidence-missing", 422,
        new("报完成须有佐证", "What is complete has evidence"));

    public static readonly Refusal EvidenceInvalid = new("measure.evidence-invalid", 422,
        new("佐证无效", "The evidence is not valid"), new("至多20项；链接为https地址，至多500个字符。", "There are at most 20, and an address is https with at most 500 characters."));
}

/// <summary>Why scores are refused.</summary>
public static class BusinessIndicatorsRefusals
{
    public static readonly Refusal NotYours = new("business-indicators.not-yours", 403,
        new("评价得分由政务服务办负责人登记", "Scores are a supervisor's of the service office to record"));

    public static readonly Refusal TooMany = new("business-indicators.too-many", 422,
        new("得分过多", "There are too many scores"), new("一年至多500项。", "A year has at most 500."));

    public static readonly Refusal FrameworkUnknown = new("business-indicators.framework-unknown", 422,
        new("没有这个评价体系", "There is no such framework"));

    public static readonly Refusal FrameworkEnded = new("business-indicators.framework-ended", 422,
        new("评价体系已停止", "The framework has ended"));

    public static readonly Refusal EditionInvalid = new("business-indicators.edition-invalid", 422,
        new("没有这一版", "There is no such edition"), new("不早于首版，不晚于次年。", "It is not before the first, nor after the year that follows."));

    public static readonly Refusal TopicUnknown = new("business-indicators.topic-unknown", 422,
        new("评价体系中没有这个一级指标", "The framework has no such topic"));

    public static readonly Refusal PillarInvalid = new("business-indicators.pillar-invalid", 422,
        new("二级指标无效", "The pillar is not valid"), new("须为该一级指标的二级指标；一级指标得分为其均值的，必须填写。", "It is one of the topic's, and is there where the topic is the mean of its pillars."));

    public static readonly Refusal ScoreInvalid = new("business-indicators.score-invalid", 422,
        new("得分无效", "That is no score"), new("0至100，至多两位小数。", "0 to 100, with at most two decimals."));

    public static readonly Refusal ScoreTwice = new("business-indicators.score-twice", 422,
        new("同一指标有两个得分", "There are two scores of the same"), new("同一体系、版本、评价机构和方法下，每个指标一个得分。", "Framework, edition, assessor and method have one of each topic and pillar."));

    public static readonly Refusal TextInvalid = new("business-indicators.text-invalid", 422,
        new("文字缺失或过长", "The text is missing or too long"), new("评价机构、方法和来源各1至200个字符。", "Assessor, method and source have 1 to 200 characters each."));
}
