using OneDoor.Appointments;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Tickets;

/// <summary>Somebody at a window: calls, serves, parks, sends on and misses whom the plan says.</summary>
/// <param name="servers">Whom it asks.</param>
/// <param name="ledger">What it notes the answers in.</param>
/// <param name="hall">Its hall.</param>
/// <param name="number">Its number.</param>
/// <param name="groups">What it serves.</param>
/// <param name="pause">From when it is closed for half an hour as soon as it has nobody; null for never.</param>
internal sealed class DayWindow(DayServers servers, DayLedger ledger, string hall, int number, string[] groups, int? pause)
{
    private const int Pause = 30, WaitsForThem = 2;

    private HeldTicket? _at;
    private bool _open;
    private (int Minute, Func<int, Task> Do)? _next;

    public string Hall => hall;

    public int Number => number;

    public IReadOnlyList<string> Groups => groups;

    private string Path => $"/v1/halls/{hall}/windows/{number}";

    private Client Clerk => servers.As(new()
    {
        ["sub"] = $"p_window-{hall}-{number}", ["client_id"] = "window", [Claims.Department] = "service-office", [Claims.Hall] = hall, ["scope"] = Scopes.QueueOperate,
    });

    /// <summary>Does what is to be done in a minute.</summary>
    public async Task Work(int minute)
    {
        if (_at is not null)
        {
            if (_next is { } next && next.Minute <= minute)
                await next.Do(minute);
            return;
        }
        var pauses = pause is { } from && minute >= from && minute < from + Pause;
        if (_open == pauses)
            await Turn(!pauses);
        // It asks in vain now and then.
        if (_open && (ledger.SomebodyWaitsFor(this) || minute % 60 == number))
            await CallNext(minute);
    }

    private async Task Turn(bool open)
    {
        var answer = (await servers.Post(Clerk, open ? $"{Path}/opening" : $"{Path}/closing", open ? new { groups } : null)).Must(200).Json;
        Assert.Equal(open, answer.GetProperty("open").GetBoolean());
        _open = open;
    }

    private async Task CallNext(int minute)
    {
        var answer = await servers.Post(Clerk, $"{Path}/next");
        if (answer.Status == 204)
            return;
        _at = await ledger.Called(hall, number, answer.Must(200));
        _next = _at.Holder.IsAbsent ? (minute + WaitsForThem, Recall) : (minute + _at.Holder.Walk, Serve);
    }

    private async Task Recall(int minute)
    {
        var holder = _at!.Holder;
        var calledAgain = _at.Last.GetProperty("recalls").GetInt32();
        if (calledAgain < holder.Recalls)
        {
            if (await Do("recall", "ticket-recalled"))
                _next = (minute + WaitsForThem, Recall);
            // Once too often: then it is as if nobody had come.
            else if (_at is not null)
                await Miss(minute);
            return;
        }
        await Miss(minute);
    }

    private async Task Miss(int minute)
    {
        var (held, holder) = (_at!, _at!.Holder);
        if (!await Do("miss", "ticket-missed", leaves: true))
            return;
        (holder.IsAbsent, holder.Outcome) = (false, "no-show");
        holder.Next = holder.ComesBack ? (minute + holder.Break, () => Return(held)) : null;
    }

    private async Task Serve(int minute)
    {
        if (await Do("service", "ticket-service-begun"))
            _next = (minute + _at!.Holder.Minutes, End);
    }

    private async Task End(int minute)
    {
        var (held, holder) = (_at!, _at!.Holder);
        (var twist, holder.Twist) = (holder.Twist, DayTwist.None);
        var others = ItemGroups.All.Select(g => g.Code).Where(code => code != held.Group).ToArray();
        if (twist == DayTwist.Parked && await Do("parking", "ticket-parked", leaves: true))
            holder.Next = (minute + holder.Break, () => Return(held));
        else if (twist == DayTwist.OtherGroup)
            await Do("transfer", "ticket-transferred", new { group = others[holder.Choice % others.Length] }, leaves: true);
        else if (twist == DayTwist.OtherWindow && number != 1)
            await Do("transfer", "ticket-transferred", new { window = 1 }, leaves: true);
        else if (_at is not null && await Do("completion", "ticket-completed", new { }, leaves: true))
            holder.Outcome = "served";
    }

    private async Task Return(HeldTicket held)
    {
        Assert.True(await ledger.Do(Clerk, held, "return", "ticket-returned"), $"{held.Holder} cannot wait again.");
        held.Holder.Outcome = "";
    }

    // False where the holder was quicker and gave the ticket up, or it was called again often enough.
    private async Task<bool> Do(string command, string type, object? body = null, bool leaves = false)
    {
        var held = _at!;
        if (leaves)
            Leave(held);
        if (await ledger.Do(Clerk, held, command, type, body))
            return true;
        if ((await servers.Get(servers.Office, $"/v1/tickets/{held.Id}")).Must(200).Json.Text("status") == "cancelled")
            Leave(held);
        else
            Assert.True(command == "recall", $"{held.Holder}: {command} was refused.");
        return false;
    }

    // Said before it is asked: by the time of the answer another window may have it.
    private void Leave(HeldTicket held)
    {
        ledger.LetGo(held);
        _at = null;
    }
}
