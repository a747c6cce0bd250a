using OneDoor.Clock;

namespace OneDoor.Halls;

/// <summary>The departments behind the one door.</summary>
public sealed record DepartmentList(IReadOnlyList<DepartmentView> Items);

/// <summary>A department (部门), where it sits and where one turns against what it decides.</summary>
/// <param name="Code">As everywhere, for instance <c>market-regulation</c>.</param>
/// <param name="Name">What it is called, in the language that Accept-Language prefers.</param>
/// <param name="OfficialName">What its documents are signed with (机关全称), in that language as well.</param>
/// <param name="Hall">Code of the hall where it sits. Every hall receives its cases.</param>
/// <param name="Address">That hall's (地址).</param>
/// <param name="ReconsiderationAuthority">Who reconsiders its decisions (行政复议机关).</param>
/// <param name="ReconsiderationAddress">Where that is to be asked.</param>
/// <param name="Court">Who judges them (行政诉讼).</param>
/// <param name="Sample">Names of the fields that public sources do not give and that are plausible samples.</param>
public sealed record DepartmentView(
    Department Code, string Name, string OfficialName, string Hall, string Address, string ReconsiderationAuthority, string ReconsiderationAddress, string Court,
    IReadOnlyList<string> Sample)
{
    public static DepartmentView Of(Department department, string language)
    {
        var entry = DepartmentDirectory.Zone.Of(department);
        return new(
            department, department.Name().In(language), entry.OfficialName.In(language),
            HallDirectory.Main, HallDirectory.Zone.Find(HallDirectory.Main)!.Address.In(language),
            entry.Recourse.Authority.In(language), entry.Recourse.Address.In(language), entry.Recourse.Court.In(language),
            ["address", .. DepartmentDirectory.Zone.Sample]);
    }
}

/// <summary>GET /v1/departments.</summary>
public static class ListDepartments
{
    public static void MapListDepartments(this IEndpointRouteBuilder v1) => v1.MapGet("/departments", (HttpContext http, Etags etags) =>
            etags.OkForAll(http, Of(Language.Of(http.Request))))
        .WithTags("Halls")
        .AllowAnonymous()
        .Reads<DepartmentList>("listDepartments", "List the departments and where they sit", Of("en"));

    private static DepartmentList Of(string language) => new([.. Enum.GetValues<Department>().Select(d => DepartmentView.Of(d, language))]);
}
