using System.ComponentModel;
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
public sealed record ItemFilter(string? Query, Category? Category, ReformMode? Mode, Department? Department, string? Hall, Channel? Channel, Register? Register, string? Sample);

/// <summary>GET /v1/catalogue/items: the leaf entries one can apply for.</summary>
public static class ListItems
{
    /// <summary>What cursors of the items that are wanted are signed for.</summary>
    public static string ListOf(ItemFilter filter) => $"catalogue {filter}";

    public static void MapListItems(this IEndpointRouteBuilder catalogue) => catalogue.MapGet("/items", Handle)
        .AllowAnonymous()
        .Lists<ItemSummary>("listItems", "List the items one can apply for", ItemSummary.Of(CatalogueExamples.Establishment))
        .WithDescription("Leaf entries (子项) in force today, by code. query searches names and codes, whatever their case and width.")
        .Produces(StatusCodes.Status304NotModified);

    private static async Task<IResult> Handle(
        HttpContext http, CurrentCatalogue catalogue, Cursors cursors, Etags etags, Parameters parameters, CancellationToken ct,
        [Description("Words of a name or a code, whatever their case and width.")] string? query = null,
        [OneOf<Category>, Description("Items of this category.")] string? category = null,
        [OneOf<ReformMode>, Description("Items under this reform mode.")] string? mode = null,
        [OneOf<Department>, Description("Items with a step of this department.")] string? department = null,
        [Description("Items this hall handles.")] string? hall = null,
        [OneOf<Channel>, Description("Items offered on this channel.")] string? channel = null,
        [OneOf<Register>, Description("Items the service office took over, or of agencies that sit in the airport hall.")] string? register = null,
        [Description("Items of which no public source gives this member, for instance legalBasis: it is a plausible sample.")] string? sample = null, int? first = null, string? after = null, bool count = false)
    {
        var byCategory = parameters.Enum<Category>(category, "category");
        var byMode = parameters.Enum<ReformMode>(mode, "mode");
        var byDepartment = parameters.Enum<Department>(department, "department");
        var byChannel = parameters.Enum<Channel>(channel, "channel");
        var byRegister = parameters.Enum<Register>(register, "register");
        var byHall = HallOf(parameters, hall);
        var bySample = SampleOf(parameters, sample);
        var filter = new ItemFilter(query, byCategory, byMode, byDepartment, byHall, byChannel, byRegister, bySample);
        var list = ListOf(filter);
        var page = parameters.Page(cursors, list, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var (found, hasNext, total) = Find(await catalogue.Shown(ct), filter, page);
        var shown = found.Select(ItemSummary.Of).ToArray();
        var next = hasNext ? cursors.Sign(list, shown[^1].Code) : null;
        return etags.OkForAll(http, http.PageOf(shown, next, count ? total : null));
    }

    internal static string? HallOf(Parameters parameters, string? hall) => parameters.OneOf(hall, "hall", HallDirectory.Zone.All.Select(h => h.Code));

    internal static string? SampleOf(Parameters parameters, string? sample) => parameters.OneOf(sample, "sample", CatalogueRules.FieldNames.Order(StringComparer.Ordinal));

    /// <summary>A page of what matches, whether more follows, and how many match in all.</summary>
    public static (IReadOnlyList<ItemPublished> Items, bool HasNext, int Total) Find(IReadOnlyList<ItemPublished> items, ItemFilter by, PageRequest page)
    {
        var words = Normalised(by.Query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = items.Where(p =>
            (by.Category is null || p.Item.Category == by.Category)
            && (by.Mode is null || p.Item.Mode == by.Mode)
            && (by.Department is null || p.Item.Procedure.Steps.Any(s => s.Department == by.Department))
            && (by.Channel is null || p.Item.Channels.Contains(by.Channel.Value))
            && (by.Register is null || p.Item.Register == by.Register)
            && (by.Sample is null || p.Item.Sample.Contains(by.Sample))
            && (by.Hall is null || p.Item.Halls.Contains(by.Hall))
            && Matches(p.Item, words)).ToArray();
        var rest = found.Where(p => page.After is null || string.CompareOrdinal(p.Item.Code, page.After) > 0).Take(page.First + 1).ToArray();
        return (rest.Length > page.First ? rest[..page.First] : rest, rest.Length > page.First, found.Length);
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
