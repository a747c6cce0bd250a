namespace OneDoor;

/// <summary>Who acts, as the access token says.</summary>
/// <param name="Client">The OAuth client.</param>
/// <param name="Subject">The person or, for an agency's system, the client again; an opaque identifier.</param>
/// <param name="Department">The department of an agency client or of staff.</param>
/// <param name="IsSupervisor">The token carries the supervisor's scope.</param>
/// <param name="Applicant">Whom a citizen or an enterprise signed in as.</param>
public sealed record Actor(string Client, string Subject, Department? Department = null, bool IsSupervisor = false, string? Applicant = null);
