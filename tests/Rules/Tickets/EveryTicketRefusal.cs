using System.Reflection;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Tickets.QueueSpec;

namespace OneDoor.Tickets;

/// <summary>Every refusal of a ticket or a window is produced by the rule, by one story at least; those of an address no rule ever sees are HTTP's.</summary>
public class EveryTicketRefusal
{
    private static readonly Dictionary<Refusal, Func<Refusal?>> Stories = new()
    {
        [TicketRefusals.NotFound] = () => After(s => s.Do(null, new RecallTicket())),
        [TicketRefusals.HallClosed] = () => After(s => { s.Now = China.At("2020-07-01 12:30"); s.Take(); }),
        [TicketRefusals.MatterMissing] = () => After(s => s.Take(null)),
        [TicketRefusals.AppointmentUnknown] = () => After(s => s.Do(null, new TakeTicket(Appointment: Guid.Empty), Kiosk)),
        [TicketRefusals.AppointmentMismatch] = () => After(s => s.CheckIn("2020-07-01 09:30", item: "ANOTHER")),
        [TicketRefusals.ItemUnknown] = () => After(s => s.Take(null, item: "NOTHING")),
        [TicketRefusals.ItemEnded] = () => After(s =>
        {
            s.Item = Cases.Samples.Plain with { EndedOn = LegalClock.DayOf(s.Now), InsteadOf = new("无需办理", "Nothing is needed") };
            s.Take(null, item: s.Item.Code);
        }),
        [TicketRefusals.GroupUnknown] = () => After(s => s.Take("nothing")),
        [TicketRefusals.PriorityUnknown] = () => After(s => s.Take(priority: "important")),
        [TicketRefusals.WaitsAlready] = () => After(s => { var who = new Actor("mobile", "p_1", Applicant: "person:1"); s.Take(by: who); s.Take(by: who); }),
        [TicketRefusals.TooManyToday] = () => After(TakenAndGivenUp),
        [TicketRefusals.NotYourHall] = () => After(s => s.Take(by: Kiosk with { Hall = "airport" })),
        [TicketRefusals.NotInThisState] = () => After(s => s.Do(s.Take(), new ServeTicket())),
        [TicketRefusals.RecalledEnough] = () => After(s => { var t = Called(s); for (var n = 0; n < 4; n++) s.Do(t, new RecallTicket()); }),
        [TicketRefusals.TransferNowhere] = () => After(s => s.Do(Called(s), new TransferTicket(Market))),
        [TicketRefusals.CaseUnknown] = () => After(s => { var t = Called(s); s.Do(t, new ServeTicket()); s.Do(t, new CompleteTicket(Guid.Empty), knowsCase: false); }),
        [TicketRefusals.WindowBusy] = () => After(s => { Called(s); s.AtWindow(1, new CloseWindow()); }),
    };

    [Fact]
    public void Every_refusal_is_produced() => Assert.All(Stories, story => Assert.Equal(story.Key.Code, story.Value()?.Code));

    [Fact]
    public void No_refusal_is_without_a_story() => Assert.Equal(
        typeof(TicketRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code)
            .Except([TicketRefusals.WindowNotFound.Code, TicketRefusals.WindowClosed.Code]).Order(StringComparer.Ordinal),
        Stories.Keys.Select(r => r.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_wrong_with_a_request_is_told_at_once()
    {
        var spec = new QueueSpec();
        spec.Take("nothing", priority: "important");

        spec.ThenRefused(TicketRefusals.GroupUnknown, "/group", "/priority");
    }

    [Fact]
    public void HALL_1_an_item_or_a_group_beside_an_appointment_is_the_one_that_was_booked()
    {
        var spec = new QueueSpec();
        Assert.NotNull(spec.CheckIn("2020-07-01 09:30", item: "ITEM"));
        Assert.NotNull(spec.CheckIn("2020-07-01 09:30", group: Market));

        spec.CheckIn("2020-07-01 09:30", item: "ANOTHER");
        spec.ThenRefused(TicketRefusals.AppointmentMismatch, "/item");
        spec.CheckIn("2020-07-01 09:30", group: Tax);
        spec.ThenRefused(TicketRefusals.AppointmentMismatch, "/group");
        spec.CheckIn("2020-07-01 09:30", item: "ITEM", group: Market);
        spec.ThenRefused(TicketRefusals.MatterMissing, "/item");
    }

    [Fact]
    public void Nobody_acts_in_another_hall_or_for_another_matter()
    {
        var spec = new QueueSpec();
        var called = Called(spec);
        spec.Do(called, new RecallTicket(), TaxClerk);
        spec.ThenRefused(TicketRefusals.NotYourHall);
        spec.Do(called, new RecallTicket(), Office with { Hall = "airport" });
        spec.ThenRefused(TicketRefusals.NotYourHall);
        spec.Do(called, new CancelTicket(), Office with { Hall = "airport" });
        spec.ThenRefused(TicketRefusals.NotYourHall);
        spec.AtWindow(2, new OpenWindow([Tax, Market]), TaxClerk);
        spec.ThenRefused(TicketRefusals.NotYourHall, "/groups");
        spec.AtWindow(1, new CloseWindow(), TaxClerk);
        spec.ThenRefused(TicketRefusals.NotYourHall);
        spec.AtWindow(2, new OpenWindow([Tax]), TaxClerk with { Hall = "airport" });
        spec.ThenRefused(TicketRefusals.NotYourHall);
        spec.AtWindow(2, new OpenWindow([Tax, Tax]), TaxClerk);
        spec.ThenRefused(TicketRefusals.GroupUnknown, "/groups");
    }

    [Fact]
    public void A_ticket_goes_to_no_window_that_the_hall_has_not()
    {
        var spec = new QueueSpec();
        spec.Do(Called(spec), new TransferTicket(Window: 7));

        spec.ThenRefused(TicketRefusals.TransferNowhere, "/window");
    }

    [Fact] // the next day is another, and whoever stands in the hall is given a number by its kiosk
    public void Who_takes_numbers_and_gives_them_up_has_so_many_a_day_from_a_phone()
    {
        var spec = new QueueSpec();
        TakenAndGivenUp(spec);
        spec.ThenRefused(TicketRefusals.TooManyToday);
        Assert.Equal(spec.Options.PerDay, spec.All.Count);
        Assert.NotNull(spec.Take());

        spec.Now = spec.Now.AddDays(1);
        Assert.NotNull(spec.Take(by: Phone));
    }

    private static readonly Actor Phone = new("mobile", "p_1", Applicant: "person:1");

    private static void TakenAndGivenUp(QueueSpec spec)
    {
        while (spec.Take(by: Phone) is { } taken)
            spec.Do(taken, new CancelTicket(), Phone);
    }

    private static Ticket Called(QueueSpec spec)
    {
        spec.Open(1, Market);
        spec.Take();
        return spec.Next(1)!;
    }

    private static Refusal? After(Action<QueueSpec> story)
    {
        var spec = new QueueSpec();
        story(spec);
        return spec.Refused;
    }
}
