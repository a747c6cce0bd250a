using OneDoor.Clock;

namespace OneDoor.Halls;

/// <summary>The zone's halls.</summary>
public sealed record HallList(IReadOnlyList<HallView> Items);

/// <summary>A service hall (政务服务大厅).</summary>
/// <param name="Code">Stable, for instance <c>airport</c>.</param>
/// <param name="Name">What people call it, in the language that Accept-Language prefers.</param>
/// <param name="Address">Where it is (地址).</param>
/// <param name="Hours">When it is open on a working day (开放时间); it is closed on every other day.</param>
/// <param name="KiosksRoundTheClock">Whether its kiosks (自助机) take applications in at any hour; else they do while it is open.</param>
/// <param name="Sample">Names of the fields that public sources do not give and that are plausible samples.</param>
public sealed record HallView(string Code, string Name, string Address, IReadOnlyList<HallHours> Hours, bool KiosksRoundTheClock, IReadOnlyList<string> Sample)
{
    public static HallView Of(Hall hall, string language) =>
        new(hall.Code, hall.Name.In(language), hall.Address.In(language), [.. hall.Opening.Select(HallHours.Of)], hall.KiosksRoundTheClock, HallDirectory.Zone.Sample);
}

/// <summary>A stretch of a working day during which a hall is open.</summary>
/// <param name="From">When the doors open, HH:mm in China Standard Time.</param>
/// <param name="Until">When they close.</param>
public sealed record HallHours(string From, string Until)
{
    public static HallHours Of(OpeningHours hours) => new(Minute(hours.From), Minute(hours.Until));

    private static string Minute(TimeOnly time) => time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>GET /v1/halls.</summary>
public static class ListHalls
{
    public static void MapListHalls(this IEndpointRouteBuilder halls) => halls.MapGet("", (HttpContext http, Etags etags) =>
            etags.OkForAll(http, Of(Language.Of(http.Request))))
        .AllowAnonymous()
        .Reads<HallList>("listHalls", "List the halls: where they are and when they are open", Of("en"));

    private static HallList Of(string language) => new([.. HallDirectory.Zone.All.Select(hall => HallView.Of(hall, language))]);
}
