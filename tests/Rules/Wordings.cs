using OneDoor.Appointments;
using OneDoor.Cases;
using OneDoor.Catalogue;
using Xunit;

namespace OneDoor;

/// <summary>How sentences of either language list things and quote names.</summary>
public sealed class Wordings
{
    [Fact]
    public void Chinese_lists_with_its_own_comma()
    {
        Assert.Equal(new Text("a、b", "a, b"), Text.List(["a", "b"]));
        Assert.Equal(new Text("执照、印章", "licence, seals"), Text.List([new Text("执照", "licence"), new Text("印章", "seals")]));
        Assert.DoesNotContain(", ", Kebab.All<CaseStatus>().Zh, StringComparison.Ordinal);
        Assert.DoesNotContain(", ", ItemGroups.Codes.Zh, StringComparison.Ordinal);
    }

    [Fact] // GB/T 15834-2011, 4.8
    public void Quotation_marks_within_quotation_marks_are_single()
    {
        Assert.Equal("“食品经营许可”", Text.Quoted("食品经营许可"));
        Assert.Equal("“开办餐馆‘一件事’”", Text.Quoted(CatalogueData.Zone().First(item => item.Code == "SAMR-011").Name.Zh));
    }
}
