using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.Catalogue;

/// <summary>The catalogue in GraphQL.</summary>
public static class CatalogueGraph
{
    private const string NodePrefix = "item:";

    public static void Add(GraphRoots roots)
    {
        roots.Show<ItemPublished, ItemGraph>().Show<ItemParent, ItemParentGraph>().Show<Material, MaterialGraph>()
            .Show<ProcedureStep, ProcedureStepGraph>().Show<IssuedLicence, IssuedLicenceGraph>()
            .Show<ItemVersion, ItemVersionGraph>();
        roots.Nodes(async (context, id) => id.StartsWith(NodePrefix, StringComparison.Ordinal)
            ? await context.Service<CurrentCatalogue>().Find(id[NodePrefix.Length..], context.CancellationToken)
            : null);
        roots.Query.Field<ItemConnection>("items").Description("The items one can apply for (政务服务事项), by code.")
            .Argument<StringGraphType>("query", "Words of a name or a code, whatever their case and width.")
            .Argument<EnumerationGraphType<Category>>("category", "Items of this category.")
            .Argument<EnumerationGraphType<ReformMode>>("mode", "Items under this reform mode.")
            .Argument<EnumerationGraphType<Department>>("department", "Items with a step of this department.")
            .Argument<StringGraphType>("hall", "Items this hall handles.")
            .Argument<EnumerationGraphType<Channel>>("channel", "Items offered on this channel.")
            .Paged()
            .ResolveAsync(async context => await Items(context));
        roots.Query.Field<ItemGraph>("item").Description("An item in force today, in another version or as of an instant; null when there is none.")
            .Argument<NonNullGraphType<StringGraphType>>("code", "The item's code.")
            .Argument<IntGraphType>("version", "The version of this number, whether in force or not.")
            .Argument<InstantGraph>("asOf", "The version in force then.")
            .ResolveAsync(async context => await Item(context));
        roots.Query.Field<CatalogueSummaryGraph>("catalogueSummary").Description("The figures of the catalogue in force.")
            .ResolveAsync(async context =>
                CatalogueSummary.Of([.. (await context.Service<CurrentCatalogue>().Items(context.CancellationToken)).Select(p => p.Item)]));
    }

    public static string NodeId(string code) => NodePrefix + code;

    private static async Task<ItemPublished?> Item(IResolveFieldContext context)
    {
        var (_, shown, refused) = await GetItem.Find(
            context.Service<CurrentCatalogue>(), context.GetArgument<string>("code"), context.GetArgument<int?>("version"),
            context.GetArgument<DateTimeOffset?>("asOf"), context.Service<TimeProvider>(), context.CancellationToken);
        return refused is null or { Status: StatusCodes.Status404NotFound } ? shown : throw context.Refused(refused);
    }

    private static async Task<GraphPage<ItemPublished>> Items(IResolveFieldContext context)
    {
        var page = context.Page(ListItems.List);
        var parameters = new Parameters();
        var hall = ListItems.HallOf(parameters, context.GetArgument<string?>("hall"));
        if (parameters.Refused is { } refused)
            throw context.Refused(refused);
        var filter = new ItemFilter(
            context.GetArgument<string?>("query"), context.GetArgument<Category?>("category"), context.GetArgument<ReformMode?>("mode"),
            context.GetArgument<Department?>("department"), hall, context.GetArgument<Channel?>("channel"));
        var (items, hasNext, total) = ListItems.Find(await context.Service<CurrentCatalogue>().Items(context.CancellationToken), filter, page);
        var cursors = context.Service<Cursors>();
        return new GraphPage<ItemPublished>(items, p => cursors.Sign(ListItems.List, p.Item.Code), hasNext, () => Task.FromResult((long)total));
    }
}

public sealed class ItemConnection() : GraphConnection<ItemPublished, ItemGraph>("Item", "A page of items.", counted: true);

public sealed class ItemGraph : GraphObject<ItemPublished>
{
    public ItemGraph() : base("Item", "A leaf entry of the catalogue: what someone can apply for (政务服务事项).")
    {
        Interface<NodeGraph>();
        Field<NonNullGraphType<IdGraphType>>("id").Description("For node.").Resolve(context => CatalogueGraph.NodeId(context.Source.Item.Code));
        Has("code", p => p.Item.Code, "Readable aloud and stable for ever (事项编码).");
        Has(p => p.Version, "The version, which a case submitted under it is pinned to.");
        Has(p => p.EffectiveFrom, "From when on the version is the one to apply under.");
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ItemVersionGraph>>>>("versions").Description("All its versions from the first to those to come.")
            .ResolveAsync(async context => (await context.Service<CurrentCatalogue>().Entry(context.Source.Item.Code, context.CancellationToken))!
                .Versions.Select(v => new ItemVersion(v.Version, v.EffectiveFrom)));
        Has("name", p => p.Item.Name, "What it is called (事项名称).");
        Has("parent", p => p.Item.Parent, "The item this entry is a sub-item (子项) of; itself when it has none.");
        Has("category", p => p.Item.Category, "The kind of matter (事项类型).");
        Has("mode", p => p.Item.Mode, "How the reform treats it (改革方式).");
        Has("origin", p => p.Item.Origin, "Where the power to decide comes from (权力来源).");
        Has("takenOverIn", p => p.Item.TakenOverIn, "The year the zone took the power over; null for its own.");
        Has("applicants", p => p.Item.Applicants, "Who may apply (申请人类型).");
        Has("legalBasis", p => p.Item.LegalBasis, "Laws and regulations it rests on (法律依据).");
        Has("conditions", p => p.Item.Conditions, "What has to be met (受理条件).");
        Has("materials", p => p.Item.Materials, "What is handed in (申请材料).");
        Has("steps", p => p.Item.Procedure.Steps, "The steps through the departments (办理环节).");
        Has("statutoryLimit", p => p.Item.StatutoryLimit, "What the law allows (法定时限).");
        Has("promisedLimit", p => p.Item.PromisedLimit, "What the zone promises (承诺时限).");
        Has("feeYuan", p => p.Item.FeeYuan, "In yuan; 0 where it is free (收费).");
        Has("department", p => p.Item.Department, "Who answers for it (责任部门).");
        Has("halls", p => p.Item.Halls, "Codes of the halls that handle it (办理大厅).");
        Has("channels", p => p.Item.Channels, "How one can apply (办理渠道).");
        Has("appointmentNeeded", p => p.Item.AppointmentNeeded, "One comes by appointment (预约).");
        Has("handling", p => p.Item.Handling, "Decided on the spot (即办件) or within the promised limit (承诺件).");
        Has("commitmentEligible", p => p.Item.CommitmentEligible, "May be had by commitment (告知承诺).");
        Has("renewalByCommitment", p => p.Item.RenewalByCommitment, "A licence may be renewed by commitment.");
        Has("insteadOf", p => p.Item.InsteadOf, "Abolished items: what to do instead.");
        Has("sample", p => p.Item.Sample, "Names of the fields that public sources do not give and that are plausible samples.");
    }
}

public sealed class ItemVersionGraph : GraphObject<ItemVersion>
{
    public ItemVersionGraph() : base("ItemVersion", "One version of an item (版本).")
    {
        Has(v => v.Version, "Counts the item's versions from 1.");
        Has(v => v.EffectiveFrom, "The first day on which it is the one to apply under.");
    }
}

public sealed class ItemParentGraph : GraphObject<ItemParent>
{
    public ItemParentGraph() : base("ItemParent", "The item a leaf entry belongs to (主项).")
    {
        Has(p => p.Code, "Its code.");
        Has(p => p.Name, "Its name.");
    }
}

public sealed class MaterialGraph : GraphObject<Material>
{
    public MaterialGraph() : base("Material", "Something an applicant hands in (申请材料).")
    {
        Has(m => m.Code, "Unique within the item; the same code means the same material everywhere.");
        Has(m => m.Name, "What it is.");
        Has(m => m.Required, "Without it the application is not complete.");
        Has(m => m.Deferrable, "May follow after acceptance (容缺后补).");
        Has(m => m.ProvedBy, "Code of the licence that makes it unnecessary.");
    }
}

public sealed class ProcedureStepGraph : GraphObject<ProcedureStep>
{
    public ProcedureStepGraph() : base("ProcedureStep", "One department's share of an item's procedure (办理环节).")
    {
        Has(s => s.Code, "Unique within the item.");
        Has(s => s.Name, "What it is called.");
        Has(s => s.Department, "Who does it.");
        Has(s => s.After, "Codes of the steps that have to be granted first.");
        Has(s => s.Limit, "Runs from the moment it opens.");
        Has(s => s.Materials, "Codes of the materials it needs.");
        Has(s => s.Issues, "The licence it issues; null when none.");
    }
}

public sealed class IssuedLicenceGraph : GraphObject<IssuedLicence>
{
    public IssuedLicenceGraph() : base("IssuedLicence", "A kind of licence (电子证照).")
    {
        Has(l => l.Code, "What provedBy of a material refers to.");
        Has(l => l.Name, "What is printed on it.");
    }
}

/// <summary>How many entries there are of a kind.</summary>
public sealed record CatalogueCount(string Key, int Entries);

public sealed class CatalogueCountGraph : GraphObject<CatalogueCount>
{
    public CatalogueCountGraph() : base("CatalogueCount", "How many entries there are of a kind.")
    {
        Has(c => c.Key, "The kind, as REST writes it.");
        Has(c => c.Entries, "Leaf entries of that kind.");
    }
}

public sealed class QuotientGraph : GraphObject<Quotient>
{
    public QuotientGraph() : base("Quotient", "A ratio that shows what was divided by what.")
    {
        Has(q => q.Numerator, "What was divided.");
        Has(q => q.Denominator, "By what.");
        Has(q => q.Value, "The quotient.");
    }
}

public sealed class MunicipalPowersGraph : GraphObject<MunicipalPowers>
{
    public MunicipalPowersGraph() : base("MunicipalPowers", "How much faster the zone promises to be than the law demands (市级下放权力事项).")
    {
        Has(m => m.LeafEntries, "The municipal powers taken over.");
        Has(m => m.MeanStatutoryDays, "平均法定办理时限, in working days.");
        Has(m => m.MeanPromisedDays, "平均承诺办理时限, in working days.");
        Field<NonNullGraphType<QuotientGraph>>("meanOfItemReductions").Description("The mean of each entry's own reduction (提速).")
            .Resolve(context => context.Source.MeanOfItemReductions);
        Field<NonNullGraphType<QuotientGraph>>("reductionOfMeans").Description("The reduction of the means (提速).")
            .Resolve(context => context.Source.ReductionOfMeans);
    }
}

public sealed class CatalogueSummaryGraph : GraphObject<CatalogueSummary>
{
    public CatalogueSummaryGraph() : base("CatalogueSummary", "The figures of a catalogue.")
    {
        Has(s => s.Items, "Items, each with its sub-items counted once (事项).");
        Has(s => s.LeafEntries, "Leaf entries one can apply for (子项).");
        Has(s => s.Halls, "Codes of the halls.");
        Has(s => s.HandledInAllHalls, "Entries that every hall handles (全区通办).");
        Has(s => s.Reformed, "Entries whose mode is not standard (证照分离).");
        Has(s => s.Joint, "Entries with steps of more than one department (联办).");
        Has(s => s.RenewalsByCommitment, "Entries renewed by commitment (延期换证承诺即办结).");
        Counts("byMode", s => s.ByMode.Select(c => new CatalogueCount(Kebab.Of(c.Key), c.Value)), "Entries by reform mode (改革方式).");
        Counts("byCategory", s => s.ByCategory.Select(c => new CatalogueCount(Kebab.Of(c.Key), c.Value)), "Entries by category (事项类型).");
        Counts("byDepartment", s => s.ByDepartment.Select(c => new CatalogueCount(Kebab.Of(c.Key), c.Value)), "Entries by department (责任部门).");
        Counts("byOrigin", s => s.ByOrigin.Select(c => new CatalogueCount(Kebab.Of(c.Key), c.Value)), "Entries by where the power comes from (权力来源).");
        Counts("ftzTakenOverByYear", s => s.FtzTakenOverByYear.Select(c => new CatalogueCount(
            c.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), c.Value)), "Free-trade-zone powers by the year they were taken over.");
        Field<MunicipalPowersGraph>("municipal").Description("承接市级下放权力事项; null when the catalogue holds none.")
            .Resolve(context => context.Source.Municipal);
    }

    private void Counts(string name, Func<CatalogueSummary, IEnumerable<CatalogueCount>> counts, string description) =>
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<CatalogueCountGraph>>>>(name).Description(description)
            .Resolve(context => counts(context.Source));
}
