using System.Text;
using OneDoor.Applicants;
using OneDoor.Clock;

namespace OneDoor.Catalogue;

/// <summary>An entry of the catalogue in a list.</summary>
/// <param name="Version">The version in force.</param>
/// <param name="StatutoryLimit">What the law allows (法定时限); null where nobody can apply any more.</param>
/// <param name="PromisedLimit">What the zone promises (承诺时限); null for the same.</param>
/// <param name="Applicants">Who may apply.</param>
/// <param name="Register">Brought into the halls by the service office or by an agency of its own.</param>
/// <param name="Act">What the law makes of it.</param>
public sealed record ItemSummary(
    string Code, int Version, Text Name, ItemParent Parent, Category Category, ReformMode Mode, Department Department,
    HandlingType Handling, Clock.Limit? StatutoryLimit, Clock.Limit? PromisedLimit, decimal FeeYuan, IReadOnlyList<ApplicantKind> Applicants,
    Register Register, Act Act)
{
    public static ItemSummary Of(ItemPublished published)
    {
        var i = published.Item;
        return new(i.Code, published.Version, i.Name, i.Parent, i.Category, i.Mode, i.Department, i.Handling, i.StatutoryLimit, i.PromisedLimit, i.FeeYuan, i.Applicants,
            i.Register, i.Act);
    }
}

/// <summary>A version of an item, as whoever follows events is told that it was published; all of it is at the item's address.</summary>
/// <param name="Version">Counts the item's versions from 1.</param>
/// <param name="EffectiveFrom">The first day on which it is the one to apply under.</param>
/// <param name="Item">The item in that version.</param>
public sealed record PublishedItem(int Version, DateOnly EffectiveFrom, ItemSummary Item)
{
    public static PublishedItem Of(ItemPublished published) => new(published.Version, published.EffectiveFrom, ItemSummary.Of(published));
}

/// <summary>Which items are wanted; what is null leaves them all.</summary>
/// <param name="Query">Words of a name or a code, whatever their case and width.</param>
/// <param name="Category">Items of this category.</param>
/// <param name="Mode">Items under this reform mode.</param>
/// <param name="Department">Items with a step of this department.</param>
/// <param name="Hall">Items this hall handles.</param>
/// <param name="Channel">Items offered on this channel.</param>
/// <param name="Register">Items the service office took over, or of agencies that sit in the airport hall.</param>
/// <param name="Sample">Items of which no public source gives this member, for instance legalBasis: it is a plausible sample.</param>
public sealed record ItemFilter(string? Query, Category? Category, ReformMode? Mode, Department? Department, string? Hall, Channel? Channel, Register? Register, string? Sample);

/// <summary>GET /v1/catalogue/items: the leaf entries one can apply for.</summary>
public static class ListItems
{
    public static readonly RowList<ItemPublished, ItemFilter> All = new("items", "items", "List the items one can apply for", "The items one can apply for (政务服务事项), by code.")
    {
        Rows = async (services, filter, page, _, ct) => (await Matching(services, filter, ct))
            .Where(p => page.After is null || string.CompareOrdinal(p.Item.Code, page.After) > 0).Select(p => new Listed<ItemPublished>(p, p.Item.Code)).CutTo(page),
        Total = async (services, filter, ct) => (await Matching(services, filter, ct)).Count(),
        Texts =
        {
            ["query"] = (_, words, _) => words, ["hall"] = HallOf,
            ["sample"] = (parameters, sample, name) => parameters.OneOf(sample, name, CatalogueRules.FieldNames.Order(StringComparer.Ordinal)),
        },
        Says = "Leaf entries (子项) in force today, by code. query searches names and codes, whatever their case and width.",
    };

    /// <summary>The code of a hall.</summary>
    public static string? HallOf(Parameters parameters, string? hall, string name) => parameters.OneOf(hall, name, HallDirectory.Zone.All.Select(h => h.Code));

    private static async Task<IEnumerable<ItemPublished>> Matching(IServiceProvider services, ItemFilter by, CancellationToken ct)
    {
        var words = Normalised(by.Query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (await services.GetRequiredService<CurrentCatalogue>().Shown(ct)).Where(p =>
            (by.Category is null || p.Item.Category == by.Category)
            && (by.Mode is null || p.Item.Mode == by.Mode)
            && (by.Department is null || p.Item.Procedure.Steps.Any(s => s.Department == by.Department))
            && (by.Channel is null || p.Item.Channels.Contains(by.Channel.Value))
            && (by.Register is null || p.Item.Register == by.Register)
            && (by.Sample is null || p.Item.Sample.Contains(by.Sample))
            && (by.Hall is null || p.Item.Halls.Contains(by.Hall))
            && Matches(p.Item, words));
    }

    private static bool Matches(Item item, string[] words)
    {
        var text = Normalised($"{item.Code} {item.Name.Zh} {item.Name.En} {item.Parent.Name.Zh} {item.Parent.Name.En}");
        return words.All(text.Contains);
    }

    // ID-4: names are kept as given, search is normalised.
    private static string Normalised(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        }
        catch (ArgumentException)
        {
            return text.ToUpperInvariant(); // Not valid Unicode: it will find nothing, which is the right answer.
        }
    }
}
