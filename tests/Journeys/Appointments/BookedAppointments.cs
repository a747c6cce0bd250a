using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Platform;

namespace OneDoor.Appointments;

/// <summary>How the operations on appointments are asked for about one that customs booked for an applicant.</summary>
public sealed class BookedAppointments(RunningPlatform platform, Dictionary<string, object?> applicant)
{
    public const string Hall = "airport", Manage = "appointments:manage";

    /// <summary>Short matters about the market that every hall handles: of each an applicant can have one appointment a day.</summary>
    public static readonly IReadOnlyList<string> Items =
        [.. CatalogueData.Zone().Where(i => i.Register == Register.Office && i.SupervisedBy == Department.MarketRegulation && !i.IsEnded(DateOnly.MaxValue) && ItemGroups.Of(i).Slots == 1).Select(i => i.Code)];

    private Client Customs => platform.As(CaseJourney.Submitter, Manage);

    /// <summary>A request for an operation; null where it is about no appointment.</summary>
    /// <param name="operation">Its id.</param>
    /// <param name="n">Another one each time.</param>
    public async Task<EntitledRequest?> For(string operation, int n)
    {
        var item = Items[n % Items.Count];
        return operation switch
        {
            "listSlots" => new(null, Of(("hall", Hall)), null) { Query = Of(("item", item)) },
            "getSchedule" or "getScheduleHistory" => new(null, Of(("hall", Hall)), null),
            "setSchedule" => new(null, Of(("hall", "haigang")), Body(new SetSchedule(Clock.LegalClock.DayOf(platform.Now).AddDays(60), ItemGroups.SampleSchedule)))
            {
                Read = () => platform.Anybody.Get("/v1/halls/haigang/schedule"),
            },
            "closeHall" => new(null, Of(("hall", "haigang")), Body(new CloseHall(Workday(50 + n), "停电检修"))) { Read = () => platform.Anybody.Get("/v1/halls/haigang/schedule") },
            "reopenHall" => await Closed(Workday(120 + n)),
            "reserveAppointment" => new(null, Of(), Body(new { hall = Hall, item, start = await Start(item, 1), applicant })),
            "confirmAppointment" => About(await Reserved(item)),
            "listAppointments" or "getAppointment" or "getAppointmentHistory" or "cancelAppointment" => About(await Confirmed(item)),
            "rescheduleAppointment" => About(await Confirmed(item), new { start = await Start(item, 3) }),
            "checkInAppointment" => About(await AtTheDoor(item)),
            "excuseNoShow" => About(await Missed(item), new ExcuseNoShow("本人到场，签到设备故障。")),
            _ => null,
        };
    }

    private DateOnly Workday(int ahead) =>
        Enumerable.Range(0, 30).Select(Clock.LegalClock.DayOf(platform.Now).AddDays(ahead).AddDays).First(Clock.WorkingDays.StateCouncil.IsWorkingDay);

    private async Task<EntitledRequest> Closed(DateOnly day)
    {
        var office = platform.As(Department.ServiceOffice, Manage);
        const string Schedule = "/v1/halls/haigang/schedule";
        (await office.Post($"{Schedule}/closing", new CloseHall(day, "停电检修"), ("If-Match", (await office.Get(Schedule)).ETag))).Must(200);
        return new(null, Of(("hall", "haigang")), Body(new ReopenHall(day))) { Read = () => platform.Anybody.Get(Schedule) };
    }

    private EntitledRequest About(Answered booked, object? body = null) =>
        new(null, Of(("id", booked.Json.Text("id"))), body is null ? null : Body(body)) { Read = () => Customs.Get($"/v1/appointments/{booked.Json.Text("id")}") };

    private async Task<Answered> Reserved(string item, int day = 1) =>
        (await Customs.Post("/v1/appointments", new { hall = Hall, item, start = await Start(item, day), applicant })).Must(201);

    private async Task<Answered> Confirmed(string item, int day = 1)
    {
        var reserved = await Reserved(item, day);
        return (await Customs.Post($"{reserved.Header("Location")}/confirmation", null, ("If-Match", reserved.ETag))).Must(200);
    }

    private async Task<Answered> AtTheDoor(string item)
    {
        var confirmed = await Confirmed(item, 0);
        // By then the hall is open, whoever checks in.
        if (confirmed.Json.Instant("start") > platform.Now)
            platform.PassUntil(confirmed.Json.Instant("start"));
        return confirmed;
    }

    // Of somebody else each time: whoever misses several books for themselves no more.
    private async Task<Answered> Missed(string item)
    {
        var reserved = (await Customs.Post("/v1/appointments", new { hall = Hall, item, start = await Start(item, 0), applicant = Applications.Company() })).Must(201);
        var path = reserved.Header("Location")!;
        (await Customs.Post($"{path}/confirmation", null, ("If-Match", reserved.ETag))).Must(200);
        platform.PassUntil(reserved.Json.Instant("end") + Sweeps.Every);
        await RunningPlatform.Until(async () => (await Customs.Get(path)).Must(200).Json.GetProperty("version").GetInt32() == 3, "the no-show is recorded");
        return reserved;
    }

    // The emptiest slot of the days from one on, which may all but one be holidays.
    private async Task<DateTimeOffset> Start(string item, int day) =>
        (await platform.Anybody.Get($"/v1/halls/{Hall}/slots?item={item}&from={platform.Now.AddDays(day):yyyy-MM-dd}&to={platform.Now.AddDays(day + 14):yyyy-MM-dd}")).Must(200).Json.List("items")
            .MaxBy(slot => slot.GetProperty("free").GetInt32()).Instant("start");

    private static Dictionary<string, string> Of(params (string Name, string Value)[] values) => values.ToDictionary(v => v.Name, v => v.Value);

    private static JsonObject Body(object body) => JsonSerializer.SerializeToNode(body, PlatformJson.Options)!.AsObject();
}
