using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Notifications;

/// <summary>How the operations on notifications are asked for about one that an applicant was told.</summary>
public sealed class ToldApplicant(RunningPlatform platform, Dictionary<string, object?> applicant, HttpClient? at = null)
{
    private const string Preferences = "/v1/notification-preferences";

    private const string Phone = "13800000000";

    private static readonly string[] Inbox = ["inbox"];

    /// <summary>The applicant, signed in.</summary>
    public Client Person => SignedIn($"p_{applicant["uscc"]}");

    /// <summary>The applicant as the table of who is answered what knows them: preferences are a person's, whomever they act for.</summary>
    public Client OfTheTable => SignedIn("p_applicant");

    private Client SignedIn(string subject)
    {
        var person = platform.With(new()
        {
            ["sub"] = subject, ["client_id"] = "mobile", ["scope"] = $"{Scopes.NotificationsRead} {Scopes.ComplaintsFile} {Scopes.CasesRead}",
            [Claims.Applicant] = new ApplicantReference($"legal-entity:{applicant["uscc"]}", (string)applicant["name"]!),
        });
        return at is null ? person : person.At(at);
    }

    /// <summary>A request for an operation; null where it is about no notification.</summary>
    public async Task<EntitledRequest?> For(string operation) => operation switch
    {
        "listNotifications" or "readNotification" => new(null, new Dictionary<string, string> { ["id"] = await Told() }, null),
        "getNotificationPreferences" => new(null, new Dictionary<string, string>(), null),
        // Said once already, so that theirs is another version than that of who has said nothing.
        "setNotificationPreferences" => new(null, new Dictionary<string, string>(), await Said()) { Read = () => OfTheTable.Get(Preferences) },
        "confirmPhone" => new(null, new Dictionary<string, string>(), await Coded()) { Read = () => OfTheTable.Get(Preferences) },
        _ => null,
    };

    /// <summary>The id of what the applicant was told last: that a case of theirs is accepted.</summary>
    public async Task<string> Told()
    {
        var application = Applications.For(Applications.Plain);
        application["applicant"] = applicant;
        var submitter = At(platform.As(CaseJourney.Submitter));
        var path = (await submitter.Post("/v1/cases", application)).Must(201).Header("Location")!;
        var lead = At(platform.As(Department.MarketRegulation));
        (await lead.Post($"{path}/acceptance", null, ("If-Match", (await lead.Get(path)).ETag))).Must(200);
        return (await Person.Get("/v1/notifications?first=1")).Must(200).Json.Each("items", "id").Single();
    }

    private async Task<JsonObject> Said()
    {
        var read = (await OfTheTable.Get(Preferences)).Must(200);
        if (read.Json.IsNull("phoneConfirmedAt"))
            (await OfTheTable.Send(HttpMethod.Put, Preferences, JsonContent.Create(new { channels = Inbox, phone = Phone }), ("If-Match", read.ETag))).Must(200);
        return JsonSerializer.SerializeToNode(new { channels = Inbox, email = (string?)null, quietHours = new { from = "22:00", until = "07:00" }, language = "en", phone = Phone })!.AsObject();
    }

    private async Task<JsonObject> Coded()
    {
        await Said();
        await using var session = platform.Api.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var person = await session.LoadAsync<NotificationPreferences>(NotificationPreferences.IdOf("p_applicant"));
        return new() { ["code"] = platform.Api.Services.GetRequiredService<SmsCodes>().Of(person!) };
    }

    private Client At(Client client) => at is null ? client : client.At(at);
}
