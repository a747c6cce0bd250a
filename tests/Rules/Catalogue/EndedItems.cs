using Xunit;

namespace OneDoor.Catalogue;

/// <summary>B19, CAT-5, 优化营商环境条例 art. 40: of what was abolished nothing is asked for under another name.</summary>
public class EndedItems
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly Item Living = CatalogueData.Zone().Single(item => item.Code == "OFFC-013-01");

    /// <summary>(B19)</summary>
    [Fact]
    public void An_abolished_items_entry_says_only_what_to_do_instead()
    {
        var read = (Living with { Mode = ReformMode.Abolished, InsteadOf = new("无需审批", "No approval is needed") }).ReadOn(Today);

        Assert.Equal((Living.Code, Living.Name, "No approval is needed"), (read.Code, read.Name, read.InsteadOf!.En));
        Assert.Equal((null, null, null), (read.StatutoryLimit, read.PromisedLimit, read.Extension));
        Assert.Equal((0, 0, 0, 0), (read.Materials.Count, read.Conditions.Count, read.Channels.Count, read.Procedure.Steps.Count));
        Assert.Equal((false, null, null, null), (read.CommitmentEligible, read.Commitment, read.Renewal, read.Form));
    }

    /// <summary>(B19) An entry ends on its day.</summary>
    [Fact]
    public void Until_its_law_ends_an_entry_is_read_whole()
    {
        var ending = Living with { EndedOn = Today, InsteadOf = new("无需审批", "No approval is needed") };
        Assert.Same(ending, ending.ReadOn(Today.AddDays(-1)));
        Assert.Empty(ending.ReadOn(Today).Materials);
        Assert.Same(Living, Living.ReadOn(Today));
    }

    /// <summary>(B19, CAT-5) An end that is still to come is announced, and what is applied for until then is checked and has its form; the day after there is none.</summary>
    [Fact]
    public void What_will_end_is_checked_whole_and_has_its_form_until_then()
    {
        var ending = Living with { EndedOn = Today.AddDays(1), InsteadOf = new("无需审批", "No approval is needed") };
        IEnumerable<string> Wrong(Item item) => CatalogueRules.Check([item]).Select(problem => problem.Path).Except(CatalogueRules.Check([Living]).Select(problem => problem.Path));

        Assert.Empty(Wrong(ending));
        Assert.Equal(["OFFC-013-01/promisedLimit"], Wrong(ending with { PromisedLimit = null }));
        Assert.Equal(["OFFC-013-01/channels"], Wrong(ending with { Channels = [] }));
        var step = ending.Procedure.Steps[0];
        Assert.Equal(["OFFC-013-01/procedure"], Wrong(ending with { Edition = null, Procedure = new([step with { After = [step.Code] }, .. ending.Procedure.Steps.Skip(1)]) }));
        var published = new ItemPublished(default, 1, Today, ending, CatalogueData.FormOf(ending, CatalogueData.Forms()));
        Assert.NotNull(published.ReadOn(Today).Form);
        Assert.Null(published.ReadOn(Today.AddDays(1)).Form);
    }

    /// <summary>(B19, CAT-5) Nobody applies for what has no steps, whenever its law ends.</summary>
    [Fact]
    public void An_entry_emptied_before_its_law_ends_has_ended()
    {
        var emptied = Living with { EndedOn = Today.AddDays(1), InsteadOf = new("无需审批", "No approval is needed"), Conditions = [], Materials = [], Channels = [], Procedure = new([]) };

        Assert.True(emptied.IsEnded(Today));
        Assert.Null(CatalogueData.FormOf(emptied, CatalogueData.Forms()));
        Assert.Contains(CatalogueRules.Check([emptied with { Conditions = Living.Conditions }]), problem => problem.Path == "OFFC-013-01/procedure");
    }

    /// <summary>(B19) In both editions.</summary>
    [Fact]
    public void Of_no_entry_of_the_catalogue_that_has_ended_anything_is_asked_for() => Assert.All(
        CatalogueData.Zone().Concat(CatalogueData.June2020()).Where(item => item.IsEnded(Today)).Select(item => item.ReadOn(Today)),
        item => Assert.True(item is { StatutoryLimit: null, PromisedLimit: null, Extension: null, Materials: [], Channels: [], Conditions: [], Procedure.Steps: [], InsteadOf: not null }, item.Code));

    /// <summary>(B19) What one can apply for has limits.</summary>
    [Fact]
    public void Only_what_has_ended_may_have_no_limits()
    {
        Assert.Contains(CatalogueRules.Check([Living with { StatutoryLimit = null }]), problem => problem.Path == "OFFC-013-01/statutoryLimit");
        Assert.DoesNotContain(
            CatalogueRules.Check([(Living with { Mode = ReformMode.Abolished, InsteadOf = Living.Name }).ReadOn(Today)]), problem => problem.Path.EndsWith("Limit", StringComparison.Ordinal));
    }
}
