using System.Security.Cryptography;
using System.Text;
using OneDoor.Clock;

namespace OneDoor.Complaints;

/// <summary>
/// Who sees a complaint, and how much of it (decision 0038): its complainant, by token or by code; the service office, of what is about itself
/// its supervisors alone, and never whom it names; and, once it is accepted, the departments it is about, without who complains, the hour at which they did anything, and what they have attached, which may tell it.
/// </summary>
public sealed partial record Complaint
{
    /// <summary>The complaint as the viewer may see it; null when it does not exist for them.</summary>
    public Complaint? SeenBy(Actor viewer, DateTimeOffset now)
    {
        if (IsComplainant(viewer))
        {
            // A department, a hall or a window they have named themselves. Whose a case or a ticket is would tell an anonymous one that there is one.
            var isTold = !IsAnonymous || About is not { Department: null, Hall: null, Window: null };
            return this with { Named = [], Served = null, Units = isTold ? Units : [], Place = IsAnonymous ? null : Place };
        }
        if (viewer.Department == Department.ServiceOffice)
            return (viewer.IsSupervisor || !IsAboutOffice) && !Concerns(viewer.Subject) ? this : null;
        return viewer.Department is { } own && Units.Contains(own) && AcceptedAt is not null && !Concerns(viewer.Subject) ? WithoutComplainant() : null;
    }

    /// <summary>Whether it is the viewer who complains: signed in as who filed it, or with the code of an anonymous one.</summary>
    public bool IsComplainant(Actor viewer) => CodeDigest is { } digest
        ? viewer.CodeDigest is { } shown && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(digest), Encoding.ASCII.GetBytes(shown))
        : viewer.Department is null && viewer.Subject == FiledBy;

    /// <summary>
    /// The facts as the viewer may see them: a department learns the day of what any complainant did, as is kept of an anonymous one
    /// (decision 0037), or when it did so tells whether there is a name, and who stood at the window in that minute.
    /// </summary>
    /// <param name="viewer">Who reads of them.</param>
    /// <param name="facts">All that have happened, in order.</param>
    public static IReadOnlyList<ComplaintFact> FactsSeenBy(Actor viewer, IReadOnlyList<ComplaintFact> facts)
    {
        if (viewer.Department is null or Department.ServiceOffice)
            return facts;
        List<ComplaintFact> seen = [];
        foreach (var fact in facts)
            seen.Add(IsComplainants(fact) ? fact with { At = DayOf(fact.At, seen.LastOrDefault()?.At) } : fact);
        return seen;
    }

    /// <summary>Whether it is what the complainant did.</summary>
    public static bool IsComplainants(ComplaintFact fact) => fact is ComplaintFiled or ComplaintRated or ComplaintReopened;

    // Whom it names, and who served.
    private bool Concerns(string subject) => Named.Contains(subject) || Served?.Contains(subject) == true;

    private Complaint WithoutComplainant() => this with
    {
        Name = null,
        Contact = null,
        Attachments = null,
        FiledBy = null,
        CodeDigest = null,
        Named = [],
        Served = null,
        FiledAt = DayOf(FiledAt),
        ChangedAt = DayOf(ChangedAt),
        ReopenedAt = ReopenedAt is { } reopened ? DayOf(reopened, Answers[0].At) : null,
        ClosedAt = ClosedAt is { } closed ? DayOf(closed, Answers[^1].At) : null,
    };

    // What a complainant does of whom nobody is to know more than the day still comes after what was before.
    private static DateTimeOffset DayOf(DateTimeOffset at, DateTimeOffset? after = null) =>
        LegalClock.MidnightOf(LegalClock.DayOf(at)) is var day && after > day ? after.Value : day;
}
