using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Tickets;

/// <summary>How the operations on tickets and windows are asked for about one that an applicant took in the airport hall for an establishment.</summary>
/// <param name="platform">Where.</param>
/// <param name="applicant">Who waits: a company that is signed in.</param>
public sealed class QueuedTickets(RunningPlatform platform, Dictionary<string, object?> applicant)
{
    /// <summary>What a window is opened for.</summary>
    public static readonly string[] Market = ["market"];

    public const string Hall = "airport", Operate = Scopes.QueueOperate;
    private const string Window = "12";

    private Client Office => platform.As(Department.ServiceOffice, Operate);

    /// <summary>Somebody signed in at an app, who waits in a hall.</summary>
    public static Client Somebody(RunningPlatform platform, Dictionary<string, object?> company, string scope = Scopes.TicketsTake) => platform.With(new()
    {
        ["sub"] = $"p_{company["uscc"]}", ["client_id"] = "mobile", ["scope"] = scope,
        [Claims.Applicant] = new ApplicantReference($"legal-entity:{company["uscc"]}", (string)company["name"]!),
    });

    /// <summary>A request for an operation; null where it is about no ticket and no window.</summary>
    /// <param name="operation">Its id.</param>
    public async Task<EntitledRequest?> For(string operation) => operation switch
    {
        "getBoard" or "getHallDay" => new(null, Of(("hall", Hall)), null),
        "takeTicket" => await Free(new(null, Of(("hall", Hall)), Body(new { item = Applications.Establishment, priority = "aged" }))),
        "listTickets" or "getTicket" or "getTicketHistory" or "getRatingCode" or "cancelTicket" => About(await Taken()),
        "recallTicket" or "missTicket" or "serveTicket" or "parkTicket" => About(await Called()),
        "transferTicket" => About(await Called(), new { group = "general", window = 3 }),
        "completeTicket" => About(await Do(await Called(), "service"), new Dictionary<string, object>()),
        "returnTicket" => About(await Do(await Called(), "miss")),
        "openWindow" => await Free(AtWindow(new { groups = Groups })),
        "closeWindow" => await Open(await Free(AtWindow())),
        "callNext" => await Waiting(),
        _ => null,
    };

    /// <summary>Serves whoever waits in the hall with that ticket; who waits before them is called in vain.</summary>
    /// <returns>Its number.</returns>
    public async Task<string> Served(string id)
    {
        var group = (await Office.Get($"/v1/tickets/{id}")).Must(200).Json.Text("group");
        (await Office.Post($"{At}/opening", new { groups = new[] { group } })).Must(200);
        for (var called = await Next(); called.Text("id") != id; called = await Next())
            await Do(called.Text("id"), "miss");
        await Do(id, "service");
        return (await Do(id, "completion")).Json.Text("number");
    }

    private async Task<JsonElement> Next() => (await Office.Post($"{At}/next")).Must(200).Json;

    private static readonly string[] Groups = ["market"];

    private async Task<EntitledRequest> Waiting()
    {
        await Taken();
        return await Open(AtWindow());
    }

    private async Task<EntitledRequest> Open(EntitledRequest request)
    {
        (await Office.Post($"{At}/opening", new { groups = Groups })).Must(200);
        return request;
    }

    private async Task<Answered> Called()
    {
        await Waiting();
        return (await Office.Post($"{At}/next")).Must(200);
    }

    private async Task<Answered> Taken()
    {
        await Free(AtWindow());
        return (await Somebody(platform, applicant).Post($"/v1/halls/{Hall}/tickets", new { item = Applications.Establishment })).Must(201);
    }

    // The hall is open, nobody is at a window, and nobody waits.
    private async Task<EntitledRequest> Free(EntitledRequest request)
    {
        while (!LegalClock.Zone.IsOpen(Hall, platform.Now))
            platform.Pass(TimeSpan.FromMinutes(30));
        foreach (var (status, command) in new[] { ("called", "miss"), ("serving", "completion"), ("waiting", "cancellation"), ("parked", "cancellation") })
            foreach (var ticket in (await Office.Get($"/v1/tickets?hall={Hall}&status={status}&first=100")).Must(200).Json.List("items"))
                await Do(ticket.Text("id"), command);
        return request;
    }

    private async Task<Answered> Do(Answered ticket, string command) => await Do(ticket.Json.Text("id"), command);

    private async Task<Answered> Do(string id, string command) => (await Office.Post($"/v1/tickets/{id}/{command}", null, ("If-Match", (await Office.Get($"/v1/tickets/{id}")).ETag))).Must(200);

    private EntitledRequest About(Answered ticket, object? body = null) =>
        new(null, Of(("id", ticket.Json.Text("id"))), body is null ? null : Body(body)) { Read = () => Office.Get($"/v1/tickets/{ticket.Json.Text("id")}") };

    private static EntitledRequest AtWindow(object? body = null) => new(null, Of(("hall", Hall), ("n", Window)), body is null ? null : Body(body));

    private static string At => $"/v1/halls/{Hall}/windows/{Window}";

    private static Dictionary<string, string> Of(params (string Name, string Value)[] values) => values.ToDictionary(v => v.Name, v => v.Value);

    private static JsonObject Body(object body) => JsonSerializer.SerializeToNode(body, PlatformJson.Options)!.AsObject();
}
