using OneDoor.Catalogue;

namespace OneDoor.Cases;

// MODE-2: what is told, and committed to, follows from the item and is nowhere written twice (CAT-6).
public static partial class SignedTexts
{
    /// <summary>An item's commitment (告知承诺书): basis, conditions, materials, how it is looked into, what follows where it is not true, publication.</summary>
    /// <param name="item">An item that allows it.</param>
    public static SignedText CommitmentTo(Item item)
    {
        var rule = item.Commitment ?? throw new ArgumentException("It allows no commitment.", nameof(item));
        var supervisor = DepartmentDirectory.Zone.Of(item.SupervisedBy).OfficialName;
        Material[] covered = [.. item.Materials.Where(m => rule.Covers?.Contains(m.Code) == true)], required = [.. item.Materials.Where(m => m.Required && !covered.Contains(m))];
        var (inspect, meet) = (CaseWords.Of(rule.InspectWithin), rule.MeetWithin is { } within ? CaseWords.Of(within) : null);
        var source = item.CommitmentSource ?? item.Renewal?.LegalBasis;
        string Zh(IEnumerable<Text> texts) => string.Join('；', texts.Select(text => text.Zh.TrimEnd('。')));
        string En(IEnumerable<Text> texts) => string.Join("; ", texts.Select(text => text.En.TrimEnd('.')));
        return new(new(
            $"""
            {item.Name.Zh}告知承诺书
            一、依据：{string.Join('；', item.LegalBasis)}；{source}。
            二、条件和标准：{Zh(item.Conditions)}。
            三、材料：提交{Zh(required.Select(m => m.Name))}。{(covered.Length == 0 ? "" : $"以本承诺代替、核查时备查：{Zh(covered.Select(m => m.Name))}。")}
            四、承诺：{(meet is null ? "申请人承诺已经符合上述条件和标准。" : $"申请人承诺最迟于签署时写明的日期（自签署之日起不超过{meet.Zh}）符合上述条件和标准，并在该日前报告；报告之前不从事该证照所准予的活动。")}
            五、核查：{supervisor.Zh}最迟在作出决定后{inspect.Zh}内核查承诺是否属实。
            六、责任：承诺不实或者未履行的，责令限期整改；逾期不整改或者整改后仍不符合条件的，经事先告知和听取申辩，依法撤销据此作出的决定，记入信用记录，修复之前不再适用告知承诺；由此产生的损失由申请人承担。
            七、公开：除涉及国家秘密、商业秘密和个人隐私外，本承诺向社会公开。
            申请人已经知晓全部内容，自愿选择告知承诺，并对所作承诺的真实性负责；也可以不作承诺，按一般程序申请。
            """.ReplaceLineEndings("\n"),
            $"""
            Commitment: {item.Name.En}
            1. Basis: {string.Join("; ", item.LegalBasis)}; {source}.
            2. Conditions and standards: {En(item.Conditions)}.
            3. Materials: {En(required.Select(m => m.Name))} are handed in.{(covered.Length == 0 ? "" : $" This commitment stands in for, and the inspection may ask to see: {En(covered.Select(m => m.Name))}.")}
            4. Commitment: {(meet is null ? "The applicant commits to meeting these conditions and standards now." : $"The applicant commits to meeting these conditions and standards by the day named beside the signature, which is no more than {meet.En} after signing, to report it by then, and to do nothing before that which the licence is for.")}
            5. Inspection: {supervisor.En} looks into it within {inspect.En} of the decision.
            6. Liability: where it is not true or not kept, it is to be put right by a day; where it is not, then after notice and hearing the decision that rests on it is annulled, that is entered in the credit records, and nothing is granted by commitment until it is repaired; the loss is the applicant's.
            7. Publication: but for what is secret or private, this commitment is open to the public.
            The applicant knows all of this, chooses the commitment freely and answers for its truth; the ordinary way of applying is open as well.
            """.ReplaceLineEndings("\n")));
    }
}
