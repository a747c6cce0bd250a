using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Halls;

/// <summary>The departments behind the one door.</summary>
public sealed record DepartmentList(IReadOnlyList<DepartmentView> Items);

/// <summary>A department (部门) and where it sits.</summary>
/// <param name="Code">As everywhere, for instance <c>market-regulation</c>.</param>
/// <param name="Name">What it is called, in the language that Accept-Language prefers.</param>
/// <param name="Hall">Code of the hall where it sits. Every hall receives its cases.</param>
/// <param name="Address">That hall's (地址).</param>
/// <param name="Sample">Names of the fields that public sources do not give and that are plausible samples.</param>
public sealed record DepartmentView(Department Code, string Name, string Hall, string Address, IReadOnlyList<string> Sample)
{
    public static DepartmentView Of(Department department, string language) => new(
        department, department.Name().In(language), HallDirectory.Main, HallDirectory.Zone.Find(HallDirectory.Main)!.Address.In(language), ["address"]);
}

/// <summary>GET /v1/departments.</summary>
public static class ListDepartments
{
    public static void MapListDepartments(this IEndpointRouteBuilder v1) => v1.MapGet("/departments", (HttpContext http, Etags etags) =>
            etags.OkForAll(http, Of(Language.Of(http.Request))))
        .WithTags("Halls")
        .AllowAnonymous()
        .WithName("listDepartments")
        .WithSummary("List the departments and where they sit")
        .Produces<DepartmentList>()
        .Shows(request: null, Of("en"))
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400);

    private static DepartmentList Of(string language) => new([.. Enum.GetValues<Department>().Select(d => DepartmentView.Of(d, language))]);
}
