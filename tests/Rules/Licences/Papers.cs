using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Licences.LicenceSpec;

namespace OneDoor.Licences;

/// <summary>LIC-2, LIC-7: what is printed of a licence, what anybody learns of it, and for how long that may be relied on.</summary>
public class Papers
{
    [Theory] // LIC-2, ID-5: nobody learns more of a name than whoever has the paper can compare
    [InlineData(ApplicantKind.Person, "张三丰", "张**")]
    [InlineData(ApplicantKind.Person, "𠮷", "𠮷**")]
    [InlineData(ApplicantKind.Person, "买买提·吐尔逊", "买**")]
    [InlineData(ApplicantKind.LegalEntity, "天津空港𬭎记餐饮有限公司", "天津**有限公司")]
    [InlineData(ApplicantKind.LegalEntity, "李四小吃店", "李**")]
    [InlineData(ApplicantKind.Person, "***", "***")] // erased
    public void A_name_is_masked(ApplicantKind kind, string name, string masked) => Assert.Equal(masked, new PersonOrEntity(kind, name).MaskedName);

    [Fact] // LIC-2
    public void A_paper_is_tied_to_its_licence_by_what_never_changes_of_it_and_tells_of_nobody()
    {
        var licence = new LicenceSpec().Licence;

        Assert.Equal(12, licence.PaperDigest.Length);
        Assert.Equal(licence.PaperDigest, new LicenceSpec().Given(Issuer, Suspension()).Licence.PaperDigest);
        Assert.Equal(licence.PaperDigest, (licence with { Holders = [licence.Holders[0] with { Name = "" }] }).PaperDigest);
        Licence[] others = [licence with { Number = "X" }, licence with { Scope = new("", "") }, licence with { Item = "X" }, licence with { Department = Department.Fire }, licence with { ValidFrom = licence.ValidFrom.AddDays(1) }];
        Assert.DoesNotContain(licence.PaperDigest, others.Select(other => other.PaperDigest));
    }

    [Fact] // LIC-7
    public void It_says_who_may_do_what_until_when_and_that_it_may_not_be_used_where_that_is_so()
    {
        var spec = new LicenceSpec(China.Day("2025-06-30"), Samples.Seller, Samples.Buyer);
        var text = spec.Licence.PaperText();

        Assert.Equal(["食品经营许可证", Number], text.Split('\n')[1..3]);
        Assert.Contains($"持证主体：{Samples.Seller.Name}\n公民身份号码：{Samples.Seller.CitizenId}\n持证主体：{Samples.Buyer.Name}\n统一社会信用代码：{Samples.Buyer.Uscc}\n许可内容：测试事项", text, StringComparison.Ordinal);
        Assert.Contains("有效期限：自2020年7月1日起至2025年6月30日止", text, StringComparison.Ordinal);
        Assert.Contains("2020年7月1日起，长期有效", new LicenceSpec().Licence.PaperText(), StringComparison.Ordinal);
        Assert.DoesNotContain("不得", text, StringComparison.Ordinal);
        Assert.Contains("本证照已暂扣，不得使用。", spec.Given(Issuer, Suspension()).Licence.PaperText(), StringComparison.Ordinal);
        Assert.Contains("履行承诺前，不得", (spec.Licence with { OperationFrom = null }).PaperText(), StringComparison.Ordinal);
    }

    [Fact] // LIC-2: what is said of a licence is not relied on past the midnight at which it ends
    public void What_is_said_may_be_relied_on_for_a_while_and_never_past_the_end()
    {
        var licence = new LicenceSpec(China.Day("2025-06-30")).Licence;

        Assert.Equal(China.At("2025-06-30 11:00"), licence.ReliedOnUntil(China.At("2025-06-30 10:00"), new()));
        Assert.Equal(China.At("2025-07-01 00:00"), licence.ReliedOnUntil(China.At("2025-06-30 23:30"), new()));
    }

    [Fact] // LIC-2, Token Status List: four bits each, the first of two in the lower half
    public void The_status_list_has_a_place_for_each()
    {
        var list = StatusList.Of(5, [(1, LicenceStatus.Suspended), (2, LicenceStatus.Expired), (3, LicenceStatus.Replaced), (4, LicenceStatus.Revoked), (5, LicenceStatus.Cancelled)]);

        Assert.Equal([0x20, 0xBC, 0x11], list);
        Assert.All(Enum.GetValues<LicenceStatus>(), status => Assert.InRange(StatusList.ValueOf(status), 0, 15));
    }
}
