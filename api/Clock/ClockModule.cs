using OneDoor.Graph;

namespace OneDoor.Clock;

/// <summary>The legal clock of the zone and its route.</summary>
public static class ClockModule
{
    public static void AddClock(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new ContractTag("Clock", "The legal clock (时限): working days, hall hours, hours. Public."));
        builder.Services.AddSingleton(LegalClock.Zone);
        builder.AddGraph(ClockGraph.Add);
    }

    public static void MapClock(this IEndpointRouteBuilder v1) => v1.MapGroup("/clock").WithTags("Clock").MapSimulateClock();
}
