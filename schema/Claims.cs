namespace OneDoor;

/// <summary>The claims of the platform's access tokens beyond the registered ones.</summary>
public static class Claims
{
    /// <summary>The audience of every access token for the platform.</summary>
    public const string Audience = "onedoor";

    /// <summary>The department of an agency client or of staff, in kebab case, for instance <c>market-regulation</c>.</summary>
    public const string Department = "department";

    /// <summary>The hall staff work in, for instance <c>airport</c>.</summary>
    public const string Hall = "hall";

    /// <summary>
    /// Whom a citizen or an enterprise signed in applies for: an <see cref="ApplicantReference"/>, encrypted. Within the API its key.
    /// </summary>
    public const string Applicant = "applicant";

    /// <summary>Within the API alone: the name of the reference.</summary>
    public const string ApplicantName = "applicant_name";
}
