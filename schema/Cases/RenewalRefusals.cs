namespace OneDoor.Cases;

/// <summary>Why a licence is not renewed (MODE-6, LIC-5).</summary>
public static class RenewalRefusals
{
    public static readonly Refusal NotOffered = new("renewal.not-offered", 422,
        new("该事项不办理此证照的延续", "The item does not renew that licence"),
        new("可以延续的事项见目录的 renewal，可以承诺换证的见 renewalByCommitment；没有有效期的证照无须延续。", "The catalogue says which items do (renewal), and which by commitment (renewalByCommitment); what never expires needs no renewal."));

    public static readonly Refusal NotTheHolder = new("renewal.not-the-holder", 422,
        new("申请人不持有该证照", "The applicant does not hold such a licence"));

    public static readonly Refusal NotValid = new("renewal.not-valid", 422,
        new("原证照不是有效状态", "The old licence is not valid"),
        new("暂扣、拟撤销、已撤销、已换发或者已注销的证照不能延续。", "What is suspended, to be revoked, revoked, replaced or cancelled is not renewed."));

    public static readonly Refusal AlreadyAsked = new("renewal.already-asked", 422,
        new("该证照的延续申请正在办理", "Its renewal is asked for already"), new("请等待决定，或者先撤回该申请。", "Wait for the answer, or withdraw that case first."));

    public static readonly Refusal Expired = new("renewal.expired", 422,
        new("原证照已经届满", "The old licence has expired"), new("须重新申请。", "It is applied for anew."));

    public static readonly Refusal TooEarly = new("renewal.too-early", 422, new("尚未到换证时间", "It is too early to renew it"));

    public static readonly Refusal TooLate = new("renewal.too-late", 422, new("已过换证时间，须重新申请", "It is too late to renew it: it is applied for anew"));
}
