namespace OneDoor.Cases;

/// <summary>Why a licence is not given back (LIC-6).</summary>
public static class CancellationRefusals
{
    public static readonly Refusal NotOffered = new("cancellation.not-offered", 422,
        new("该事项不办理此证照的注销", "The item does not cancel that licence"),
        new("注销证照的事项，其环节在目录中写明 cancels。", "Of items that do, the catalogue says so at one of their steps (cancels)."));

    public static readonly Refusal NotTheHolder = new("cancellation.not-the-holder", 422,
        new("申请人不持有该证照，或者不是全体持证人申请", "The applicant does not hold such a licence, or not alone"));

    public static readonly Refusal NotNamed = new("cancellation.not-named", 422,
        new("申请人持有多份此类证照，须写明注销哪一份", "The applicant holds several licences of that kind"), new("请在 cancels 填写证照编号。", "Say by its number which one is meant (cancels)."));

    public static readonly Refusal HasEnded = new("cancellation.has-ended", 409,
        new("该证照已经注销或者已被替换", "The licence is cancelled already, or another is in its place"), new("届满或者被撤销、吊销的证照可以申请注销。", "What has expired or was revoked can be cancelled."));

    /// <summary>LIC-6: whoever gives back a licence that is to be taken from them would escape what follows from that.</summary>
    public static readonly Refusal HeldBack = new("cancellation.held-back", 409,
        new("证照已暂扣、拟被撤销或者违法情形尚未改正，不能申请注销", "The licence is suspended or to be revoked, or a breach is not put right: it is not given back"),
        new("请先完成整改，或者等待决定。", "What is wrong is put right first, or decided about."));
}
