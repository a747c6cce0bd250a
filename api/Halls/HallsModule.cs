using OneDoor.Graph;

namespace OneDoor.Halls;

/// <summary>Where one goes: the halls and the departments that sit in them.</summary>
public static class HallsModule
{
    public static void AddHalls(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new ContractTag("Halls", "Where one goes: halls (大厅) and departments (部门). Public."));
        builder.AddGraph(HallGraph.Add);
    }

    public static void MapHalls(this IEndpointRouteBuilder v1)
    {
        var halls = v1.MapGroup("/halls").WithTags("Halls");
        halls.MapListHalls();
        v1.MapListDepartments();
    }
}

/// <summary>Why a hall is not shown.</summary>
public static class HallRefusals
{
    public static readonly Refusal NotFound = new("hall.not-found", 404,
        new("没有这个大厅", "There is no such hall"),
        new("大厅编码见大厅列表。", "The list of halls has their codes."));

    public static readonly Refusal TooManyScreens = new("hall.too-many-screens", 429,
        new("同时打开的大屏过多", "Too many screens are open"), new("请关闭不再观看的大屏。", "Close those that nobody watches any more."));
}
