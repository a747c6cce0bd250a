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
        roots.Shape<HallView>("Hall");
        roots.Shape<DepartmentView>("DepartmentOffice");
        roots.Query.Field("halls", GraphList.Of<HallView>()).Description("The zone's halls (政务服务大厅).")
            .Resolve(context => HallDirectory.Zone.All.Select(hall => HallView.Of(hall, context.Language())));
        roots.Query.Field<HallView>("hall", nullable: true).Description("A hall; null when there is none of that code.")
            .Argument<NonNullGraphType<StringGraphType>>("code", "The hall's code.")
            .Resolve(context => HallDirectory.Zone.Find(context.GetArgument<string>("code")) is { } hall ? HallView.Of(hall, context.Language()) : null);
        roots.Query.Field("departments", GraphList.Of<DepartmentView>()).Description("The departments behind the one door (部门).")
            .Resolve(context => Enum.GetValues<Department>().Select(d => DepartmentView.Of(d, context.Language())));
    }
}
