using System.Text.Json.Serialization;

namespace OneDoor;

/// <summary>What an actor is.</summary>
public enum ActorRole
{
    /// <summary>An agency's or an application's system, for itself.</summary>
    System,

    /// <summary>A person of a department, at a window if they have a hall.</summary>
    Staff,

    /// <summary>A citizen or an enterprise, signed in by whatever application.</summary>
    Applicant,

    /// <summary>A machine in a hall, for whoever stands before it.</summary>
    Kiosk,
}

/// <summary>Who acts, as the access token says: the one who is shown things, and the one whose doing a fact is.</summary>
/// <remarks>What the clock does is nobody's doing: its facts have no actor.</remarks>
/// <param name="Client">The OAuth client.</param>
/// <param name="Subject">The person or, for a system or a kiosk, the client again; an opaque identifier.</param>
/// <param name="Department">The department of an agency client or of staff.</param>
/// <param name="IsSupervisor">The token carries <see cref="Scopes.CasesSupervise"/>.</param>
/// <param name="Applicant">Whom a citizen or an enterprise signed in as.</param>
/// <param name="Hall">The hall that staff or a kiosk stand in.</param>
public sealed record Actor(
    string Client, string Subject, Department? Department = null, bool IsSupervisor = false, [Personal] string? Applicant = null, string? Hall = null)
{
    private const string Platform = "onedoor";

    /// <summary>The platform itself, which decides for a department what leaves nothing to weigh (MODE-1, MODE-2).</summary>
    public static Actor OfPlatform(Department department) => new(Platform, Platform, department);

    /// <summary>It is the platform itself.</summary>
    [JsonIgnore]
    public bool IsPlatform => (Client, Subject) == (Platform, Platform);

    /// <summary>The token carries <see cref="Scopes.CasesAudit"/>: a matter of what is shown, so that no fact holds it.</summary>
    [JsonIgnore]
    public bool IsAuditor { get; init; }

    /// <summary>What the code is known by that somebody shows who brings no token; it opens what has this code, and nothing else.</summary>
    [JsonIgnore]
    public string? CodeDigest { get; init; }

    /// <summary>What the actor is.</summary>
    [JsonIgnore]
    public ActorRole Role => (Subject == Client, Department, Hall) switch
    {
        (true, null, not null) => ActorRole.Kiosk,
        (true, _, _) => ActorRole.System,
        (false, not null, _) => ActorRole.Staff,
        _ => ActorRole.Applicant,
    };
}
