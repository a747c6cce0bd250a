using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>Opening another department's case to oneself until the day ends (查阅), as a supervisor of the service office.</summary>
/// <param name="Reason">Why; the applicant may read it.</param>
public sealed record DiscloseCase(string Reason) : CaseCommand;

/// <summary>A supervisor of the service office had another department's case opened to themselves, for a reason (SIGHT-1).</summary>
/// <param name="Until">When the day ended, China Standard Time, and with it the sight.</param>
[Alias("case_disclosed")]
public sealed record CaseDisclosed(DateTimeOffset At, Actor By, [Personal] string Reason, DateTimeOffset Until) : CaseFact(At, By);

/// <summary>That somebody of the service office sees the whole of a case for a day.</summary>
/// <param name="To">The subject to whom it is open, and to nobody else.</param>
/// <param name="Until">Until when.</param>
public sealed record Disclosure(string To, DateTimeOffset Until);

// What the service office is shown of another department's case.
public sealed partial record Case
{
    /// <summary>To whom of the service office it is open, or was when it was last opened; null where it never was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Disclosure>? Disclosures { get; init; }

    internal bool IsDisclosedTo(Actor viewer, DateTimeOffset now) => Disclosures?.Any(d => d.To == viewer.Subject && now < d.Until) == true;

    private Decision<CaseFact> Disclose(DiscloseCase c, CaseAsking asked)
    {
        if (asked.By is not { Department: Department.ServiceOffice, IsSupervisor: true })
            return CaseRefusals.NotYoursToOpen;
        if (!IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        // What one sees anyway needs no reason on record; what one sees for a reason may be looked at for another. It is the reader's day that ends.
        var now = EverybodysAt(asked.Now);
        return this.SeesWhole(asked.By, now) && !IsDisclosedTo(asked.By, now) ? Decision<CaseFact>.Nothing
            : new CaseDisclosed(asked.Now, asked.By, c.Reason, LegalClock.MidnightOf(LegalClock.DayOf(now).AddDays(1)));
    }
}
