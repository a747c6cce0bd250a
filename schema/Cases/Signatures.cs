namespace OneDoor.Cases;

/// <summary>A text that is signed as it stands: whoever signs it sends its digest back.</summary>
/// <param name="Text">What is signed, in both languages.</param>
public sealed record SignedText(Text Text)
{
    /// <summary><c>sha-256:</c> and the digest, in hexadecimal, of the Chinese text, a line feed and the English text in UTF-8.</summary>
    public string Digest { get; } = Sha256Digest.Of($"{Text.Zh}\n{Text.En}");

    /// <summary>What is wrong with a signature under it; nothing when it is one.</summary>
    /// <param name="given">What was sent.</param>
    /// <param name="changed">The refusal where it is under another text.</param>
    /// <param name="at">Where it stands in what was sent.</param>
    internal IEnumerable<Refusal> Refusals(Signature given, Refusal changed, string at)
    {
        if (given.Digest != Digest)
            yield return changed.At($"{at}/digest");
        if (!Wording.IsLine(given.Signatory, Signature.LongestSignatory))
            yield return CaseRefusals.SignatoryInvalid.At($"{at}/signatory");
    }
}

/// <summary>Under which text somebody set their name (签署).</summary>
/// <param name="Digest">The text's digest, as it was read.</param>
/// <param name="Signatory">Who signed: 1 to 100 characters.</param>
public sealed record Signature(string Digest, [Personal] string Signatory)
{
    public const int LongestSignatory = 100;
}

/// <summary>The texts that every applicant signs.</summary>
public static partial class SignedTexts
{
    /// <summary>APP-4: the declaration of truth with every submission (行政许可法 arts. 31, 78, 79).</summary>
    public static readonly SignedText Declaration = new(new(
        "申请人声明：所填写的内容和所提交的材料真实、完整、有效，申请人对其实质内容的真实性负责；申请人知悉，隐瞒有关情况或者提供虚假材料的，不予受理或者不予许可并予以警告，以欺骗、贿赂等不正当手段取得的许可予以撤销，并依法承担责任（《中华人民共和国行政许可法》第三十一条、第七十八条、第七十九条）。",
        "The applicant declares that what is stated and what is handed in is true, complete and valid, and answers for the truth of its substance. The applicant knows that where facts are concealed or materials are false the application is not accepted, or is refused with a warning, that a licence obtained by deceit, bribery or the like is annulled, and that the law holds the applicant liable (Administrative Licensing Law, arts. 31, 78 and 79)."));

    /// <summary>MODE-7: the pledge to hand in a deferrable material later; which one and by which day stands beside the signature.</summary>
    public static readonly SignedText Pledge = new(new(
        "申请人承诺：对所列可容缺的材料，最迟于所列日期（自签署之日起不超过六十个工作日）补交，所补交的材料真实、完整、有效并符合法定形式；申请人知悉，逾期不补交的，办理部门在催告后将依照法定程序处理，包括撤销据此作出的决定，申请人在补正之前不再适用容缺受理。",
        "The applicant pledges to hand in the deferrable material named by the day named at the latest, which is no more than 60 working days from signing, and that it will be true, complete, valid and in the form the law asks for. The applicant knows that where it does not come in, the department reminds once and then proceeds as the law provides, up to annulling the decision that rests on it, and that the applicant's cases are not accepted with a deficiency until that is mended."));
}
