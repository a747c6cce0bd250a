using System.Globalization;
using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.Catalogue;

/// <summary>The catalogue in GraphQL.</summary>
public static class CatalogueGraph
{
    public static void Add(GraphRoots roots)
    {
        AddShapes(roots);
        roots.Query.Field<GraphPage<ItemPublished>>("items", nullable: true).Description("The items one can apply for (政务服务事项), by code.")
            .Argument<StringGraphType>("query", "Words of a name or a code, whatever their case and width.")
            .Argument<EnumerationGraphType<Category>>("category", "Items of this category.")
            .Argument<EnumerationGraphType<ReformMode>>("mode", "Items under this reform mode.")
            .Argument<EnumerationGraphType<Department>>("department", "Items with a step of this department.")
            .Argument<StringGraphType>("hall", "Items this hall handles.")
            .Argument<EnumerationGraphType<Channel>>("channel", "Items offered on this channel.")
            .Argument<EnumerationGraphType<Register>>("register", "Items the service office took over, or of agencies that sit in the airport hall.")
            .Argument<StringGraphType>("sample", "Items of which no public source gives this member, for instance legalBasis: it is a plausible sample.")
            .Paged()
            .ResolveAsync(async context => await List(context));
        roots.Query.Field<ItemPublished>("item", nullable: true).Description("An item in force today, in another version or as of an instant; null when there is none.")
            .Argument<NonNullGraphType<StringGraphType>>("code", "The item's code.")
            .Argument<IntGraphType>("version", "The version of this number, whether in force or not.")
            .Argument<InstantGraph>("asOf", "The version in force then.")
            .ResolveAsync(async context => await Find(context));
        roots.Query.Field<CatalogueSummary>("catalogueSummary", nullable: true).Description("The figures of the catalogue in force.")
            .ResolveAsync(async context =>
                CatalogueSummary.Of([.. (await context.Service<CurrentCatalogue>().Items(context.CancellationToken)).Select(p => p.Item)]));
    }

    private static void AddShapes(GraphRoots roots)
    {
        var item = roots.Shape<ItemPublished, Item>("Item", published => published.Item, nameof(Item.Procedure), nameof(Item.Form));
        roots.Node(item, "item", p => p.Item.Code, async (context, code) => await context.Service<CurrentCatalogue>().Shown(code, context.CancellationToken));
        item.Field(p => p.Version).Description("The version, which a case submitted under it is pinned to.");
        item.Field(p => p.EffectiveFrom).Description("From when on the version is the one to apply under.");
        item.Field("versions", GraphList.Of<ItemVersion>()).Description("All its versions from the first to those to come.")
            .ResolveAsync(async context => (await context.Service<CurrentCatalogue>().Entry(context.Source.Item.Code, context.CancellationToken))!
                .Versions.Select(v => new ItemVersion(v.Version, v.EffectiveFrom)));
        item.Field("steps", GraphList.Of<ProcedureStep>()).Description("The steps through the departments (办理环节).")
            .Resolve(context => context.Source.Item.Procedure.Steps);
        roots.Connection<ItemPublished>("Item", "A page of items.");
        var summary = roots.Shape<CatalogueSummary>(
            "CatalogueSummary", nameof(CatalogueSummary.ByMode), nameof(CatalogueSummary.ByCategory), nameof(CatalogueSummary.ByDepartment),
            nameof(CatalogueSummary.ByOrigin), nameof(CatalogueSummary.FtzTakenOverByYear));
        AddCounts(summary, nameof(CatalogueSummary.ByMode), s => s.ByMode, Kebab.Of);
        AddCounts(summary, nameof(CatalogueSummary.ByCategory), s => s.ByCategory, Kebab.Of);
        AddCounts(summary, nameof(CatalogueSummary.ByDepartment), s => s.ByDepartment, Kebab.Of);
        AddCounts(summary, nameof(CatalogueSummary.ByOrigin), s => s.ByOrigin, Kebab.Of);
        AddCounts(summary, nameof(CatalogueSummary.FtzTakenOverByYear), s => s.FtzTakenOverByYear, year => year.ToString(CultureInfo.InvariantCulture));
    }

    // GraphQL has no maps: each entry becomes an object.
    private static void AddCounts<TKey>(
        ObjectGraphType<CatalogueSummary> summary, string property, Func<CatalogueSummary, IReadOnlyDictionary<TKey, int>> counts, Func<TKey, string> key) =>
        summary.Field(property, GraphList.Of<CatalogueCount>()).Description(Docstrings.Of(typeof(CatalogueSummary).GetProperty(property)!))
            .Resolve(context => counts(context.Source).Select(c => new CatalogueCount(key(c.Key), c.Value)));

    private static async Task<ItemPublished?> Find(IResolveFieldContext context)
    {
        var (_, shown, refused) = await GetItem.Find(
            context.Service<CurrentCatalogue>(), context.GetArgument<string>("code"), context.GetArgument<int?>("version"),
            context.GetArgument<DateTimeOffset?>("asOf"), context.Service<TimeProvider>(), context.CancellationToken);
        return context.FoundOrNull((shown, refused));
    }

    private static async Task<GraphPage<ItemPublished>> List(IResolveFieldContext context)
    {
        var parameters = new Parameters();
        var hall = ListItems.HallOf(parameters, context.GetArgument<string?>("hall"));
        var sample = ListItems.SampleOf(parameters, context.GetArgument<string?>("sample"));
        var filter = new ItemFilter(
            context.GetArgument<string?>("query"), context.GetArgument<Category?>("category"), context.GetArgument<ReformMode?>("mode"),
            context.GetArgument<Department?>("department"), hall, context.GetArgument<Channel?>("channel"),
            context.GetArgument<Register?>("register"), sample);
        var list = ListItems.ListOf(filter);
        var page = context.Page(list, parameters);
        var (items, hasNext, total) = ListItems.Find(await context.Service<CurrentCatalogue>().Shown(context.CancellationToken), filter, page);
        var cursors = context.Service<Cursors>();
        return new GraphPage<ItemPublished>(items, p => cursors.Sign(list, p.Item.Code), hasNext, () => Task.FromResult((long)total));
    }
}

/// <summary>How many entries there are of a kind.</summary>
/// <param name="Key">The kind, as REST writes it.</param>
/// <param name="Entries">Leaf entries of that kind.</param>
public sealed record CatalogueCount(string Key, int Entries);
