using System.Security.Cryptography;
using System.Text;

namespace OneDoor.Complaints;

/// <summary>
/// Who sees a complaint, and how much of it (decision 0038): its complainant, by token or by code; the service office, of what is about itself
/// its supervisors alone, and never whom it names; and, once it is accepted, the departments it is about, without who complains and what they have attached, which may tell it.
/// </summary>
public sealed partial record Complaint
{
    /// <summary>The complaint as the viewer may see it; null when it does not exist for them.</summary>
    public Complaint? SeenBy(Actor viewer, DateTimeOffset now)
    {
        if (IsComplainant(viewer))
            // What an anonymous one was taken to be about would tell whether there is such a case, or such a ticket.
            return this with { Named = [], Served = null, Units = IsAnonymous ? [] : Units, Place = IsAnonymous ? null : Place };
        if (viewer.Department == Department.ServiceOffice)
            return (viewer.IsSupervisor || !IsAboutOffice) && !Concerns(viewer.Subject) ? this : null;
        return viewer.Department is { } own && Units.Contains(own) && AcceptedAt is not null && !Concerns(viewer.Subject) ? WithoutComplainant() : null;
    }

    /// <summary>Whether it is the viewer who complains: signed in as who filed it, or with the code of an anonymous one.</summary>
    public bool IsComplainant(Actor viewer) => CodeDigest is { } digest
        ? viewer.CodeDigest is { } shown && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(digest), Encoding.ASCII.GetBytes(shown))
        : viewer.Department is null && viewer.Subject == FiledBy;

    // Whom it names, and who served.
    private bool Concerns(string subject) => Named.Contains(subject) || Served?.Contains(subject) == true;

    private Complaint WithoutComplainant() => this with { Name = null, Contact = null, Attachments = null, FiledBy = null, CodeDigest = null, Named = [], Served = null };
}
