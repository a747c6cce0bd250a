using Marten;

namespace OneDoor.Notifications;

/// <summary>
/// /mail/{act}/{token}: where letters and text messages lead. Looking at it does nothing, for mail servers look at links before people do; the button does, and a POST of a mail
/// program's own (RFC 8058).
/// </summary>
public static class MailPage
{
    private const string Address = "/mail/{act}/{token}";

    private static readonly Text Title = new("通知", "Notifications");

    private static readonly Text Gone = new("链接无效或已失效", "This link leads nowhere, or does not any more");

    public static void MapMailPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, Show).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost(Address, Do).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Show(string act, string token, HttpContext http, IQuerySession session, MailLinks links, CancellationToken ct) =>
        Kebab.Parse<MailAct>(act) is { } wanted && await links.Read(session, wanted, token, ct) is not null
            ? Page(http, StatusCodes.Status200OK, Asked(wanted), Button(wanted))
            : Page(http, StatusCodes.Status404NotFound, Gone);

    private static async Task<IResult> Do(string act, string token, HttpContext http, IDocumentStore store, MailLinks links, TimeProvider time, CancellationToken ct)
    {
        if (Kebab.Parse<MailAct>(act) is not { } wanted)
            return Page(http, StatusCodes.Status404NotFound, Gone);
        for (var isSecondTime = false; ; isSecondTime = true)
        {
            try
            {
                return await Did(wanted, token, store, links, time.GetUtcNow(), ct) ? Page(http, StatusCodes.Status200OK, Done(wanted)) : Page(http, StatusCodes.Status404NotFound, Gone);
            }
            // Two presses of the button, or the mail program's and the person's own: what holds then is read once more.
            catch (Exception fault) when (StoreFaults.IsOvertaken(fault) && !isSecondTime)
            {
            }
        }
    }

    // Whether the link leads to somebody still.
    private static async Task<bool> Did(MailAct act, string token, IDocumentStore store, MailLinks links, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        if (await links.Read(session, act, token, ct) is not { Id: var id })
            return false;
        // Read once more with its version: what the person has said meanwhile counts, another address above all.
        var stream = await session.Events.FetchForWriting<NotificationPreferences>(id, ct);
        if (stream.Aggregate is not { } person || !links.Holds(act, token, person))
            return false;
        var decision = act switch { MailAct.Confirmation => person.Confirm(now), MailAct.Unsubscription => person.Unsubscribe(now), _ => person.UnsubscribeSms(now) };
        stream.AppendMany(decision.Facts);
        await session.SaveChangesAsync(ct);
        return true;
    }

    private static Text Asked(MailAct act) => act switch
    {
        MailAct.Confirmation => new("用此邮箱接收一门通的通知？", "Have notifications of OneDoor sent to this address?"),
        MailAct.Unsubscription => new("不再用电子邮件接收通知？对您不利的决定仍会发送。", "Have no more notifications sent by e-mail? What is decided against you still is."),
        _ => new("不再用短信接收通知？对您不利的决定仍会发送。", "Have no more notifications sent as text messages? What is decided against you still is."),
    };

    private static Text Button(MailAct act) => act == MailAct.Confirmation ? new("确认", "Confirm") : new("退订", "Unsubscribe");

    private static Text Done(MailAct act) => act == MailAct.Confirmation
        ? new("已确认，今后的通知将发送到此邮箱。", "Confirmed: notifications are sent to this address from now on.")
        : new("已退订，通知仍在站内信中。", "Unsubscribed: notifications are still in the inbox.");

    private static IResult Page(HttpContext http, int status, Text says, Text? button = null)
    {
        var reader = PageReader.Of(http.Request);
        http.Response.Headers.ContentSecurityPolicy = HouseStyle.AskingPolicy;
        http.Response.Headers.CacheControl = "no-store";
        return reader.Page(http, Title, $"""
            <h1>{reader.Said(Title)}</h1>
            <p role="status">{reader.Said(says)}</p>
            {(button is null ? "" : $"<form method=\"post\"><button type=\"submit\">{reader.Said(button)}</button></form>")}
            """, status: status);
    }
}
