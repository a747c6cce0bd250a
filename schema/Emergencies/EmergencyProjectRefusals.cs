namespace OneDoor.Emergencies;

/// <summary>Why an emergency project is refused.</summary>
public static class EmergencyProjectRefusals
{
    public static readonly Refusal NotFound = new("emergency-project.not-found", 404,
        new("没有这个应急项目", "There is no such emergency project"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    /// <summary>CLK-6: unlisted claims are refused.</summary>
    public static readonly Refusal Unknown = new("emergency-project.unknown", 422,
        new("应急项目未列入清单、已关闭或已过期", "The emergency project is not listed, or is closed or expired"),
        new("请核对政务服务办告知的项目标识；不通过绿色通道的，不填此项。", "Check the id that the service office told you; leave it out to apply the ordinary way."));

    public static readonly Refusal NotYours = new("emergency-project.not-yours", 403,
        new("应急项目清单由政务服务办负责人管理", "The list of emergency projects is a supervisor's of the service office"));

    public static readonly Refusal Incomplete = new("emergency-project.incomplete", 422,
        new("应急项目须写明名称、事由、认定机关和文号，关闭须说明理由", "An emergency project has a name, a ground, an issuing body and a document; closing it needs a reason"));

    public static readonly Refusal ValidityInvalid = new("emergency-project.validity-invalid", 422,
        new("有效期截止日无效", "The last day of validity is not valid"), new("不得早于今天，不得晚于2100年。", "It is today or later, and not after 2100."));
}
