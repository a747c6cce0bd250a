using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

// When the machines of a hall take something in, and what a window of it takes over from them (KIOSK-1).
public sealed partial record Case
{
    // Nobody at a window mends that there is no such matter, or that the law keeps somebody from it.
    private static readonly HashSet<string> NotMended =
        [CaseRefusals.ItemUnknown.Code, CaseRefusals.ItemAbolished.Code, CaseRefusals.ApplicantNotOffered.Code, CaseRefusals.Barred.Code];

    /// <summary>The hall at a window of which somebody goes on whom a machine left without a decision; null where none can do anything about it.</summary>
    /// <param name="command">What was asked.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="submitted">The case that came of it; null where it was refused.</param>
    /// <param name="refused">Why it was; null where it was not.</param>
    public static Hall? GoesOnAt(SubmitCase command, Actor by, Case? submitted, Refusal? refused)
    {
        var goesOn = refused is null ? submitted is { Status: CaseStatus.Submitted } : !NotMended.Contains(refused.Code) && !refused.Fields.Any(field => NotMended.Contains(field.Code));
        return goesOn && command.Channel == Channel.Kiosk && by.Applicant is not null && (KioskOf(by) ?? command.Hall) is { } hall ? HallDirectory.Zone.Find(hall) : null;
    }

    private static IEnumerable<Refusal> KioskRefused(SubmitCase c, CaseAsking asked)
    {
        if (c.Channel != Channel.Kiosk || HallDirectory.Zone.Find(HallOf(c.Hall, asked.By)) is not { } hall || TakesIn(hall, asked))
            return [];
        var open = Text.List([.. HallDirectory.Zone.All.Where(other => TakesIn(other, asked)).Select(other => other.Name)]);
        var from = asked.Clock.OpensAt(hall.Code, asked.Now, asked.HallsClosed[hall.Code]) is { } opens ? $"{opens:yyyy-MM-dd HH:mm}" : null;
        return
        [
            CaseRefusals.KiosksClosed.Because(
                $"{hall.Name.Zh}的自助机在大厅开放时间办理{(from is null ? "" : $"，{from} 开放")}。现在可用的自助机：{open.Zh}。",
                $"Those of the {hall.Name.En} take applications while it is open{(from is null ? "" : $", next from {from}")}. Open now are those of: {open.En}.").At("/hall"),
        ];
    }

    private static bool TakesIn(Hall hall, CaseAsking asked) => hall.KiosksRoundTheClock || asked.Clock.OpensAt(hall.Code, asked.Now, asked.HallsClosed[hall.Code]) == asked.Now;
}
