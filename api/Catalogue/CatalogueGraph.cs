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
        roots.Lists(ListItems.All, "Item", (item, _) => item).Costs(1);
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
}

/// <summary>How many entries there are of a kind.</summary>
/// <param name="Key">The kind, as REST writes it.</param>
/// <param name="Entries">Leaf entries of that kind.</param>
public sealed record CatalogueCount(string Key, int Entries);
