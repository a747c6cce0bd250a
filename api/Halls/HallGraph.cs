using GraphQL;
using GraphQL.Types;
using OneDoor.Clock;
using OneDoor.Graph;

namespace OneDoor.Halls;

/// <summary>Halls and departments in GraphQL.</summary>
public static class HallGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Show<HallView, HallGraphType>().Show<HallHours, HallHoursGraph>().Show<DepartmentView, DepartmentGraphType>();
        roots.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<HallGraphType>>>>("halls").Description("The zone's halls (政务服务大厅).")
            .Resolve(context => HallDirectory.Zone.All.Select(hall => HallView.Of(hall, context.Language())));
        roots.Query.Field<HallGraphType>("hall").Description("A hall; null when there is none of that code.")
            .Argument<NonNullGraphType<StringGraphType>>("code", "The hall's code.")
            .Resolve(context => HallDirectory.Zone.Find(context.GetArgument<string>("code")) is { } hall ? HallView.Of(hall, context.Language()) : null);
        roots.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<DepartmentGraphType>>>>("departments").Description("The departments behind the one door (部门).")
            .Resolve(context => Enum.GetValues<Department>().Select(d => DepartmentView.Of(d, context.Language())));
    }
}

public sealed class HallGraphType : GraphObject<HallView>
{
    public HallGraphType() : base("Hall", "A service hall (政务服务大厅).")
    {
        Has(h => h.Code, "Stable, for instance airport.");
        Has(h => h.Name, "What people call it, in the language that Accept-Language prefers.");
        Has(h => h.Address, "Where it is (地址).");
        Has(h => h.Hours, "When it is open on a working day (开放时间); it is closed on every other day.");
        Has(h => h.Sample, "Names of the fields that public sources do not give and that are plausible samples.");
    }
}

public sealed class HallHoursGraph : GraphObject<HallHours>
{
    public HallHoursGraph() : base("HallHours", "A stretch of a working day during which a hall is open.")
    {
        Has(h => h.From, "When the doors open, HH:mm in China Standard Time.");
        Has(h => h.Until, "When they close.");
    }
}

public sealed class DepartmentGraphType : GraphObject<DepartmentView>
{
    public DepartmentGraphType() : base("DepartmentOffice", "A department (部门) and where it sits.")
    {
        Has(d => d.Code, "As everywhere.");
        Has(d => d.Name, "What it is called, in the language that Accept-Language prefers.");
        Has(d => d.Hall, "Code of the hall where it sits. Every hall receives its cases.");
        Has(d => d.Address, "That hall's (地址).");
        Has(d => d.Sample, "Names of the fields that public sources do not give and that are plausible samples.");
    }
}
