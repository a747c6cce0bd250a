using OneDoor.Identity.Platform;

namespace OneDoor.Identity.People;

/// <summary>
/// What can be done to someone's account, and where it is recorded. Events name people by their <c>sub</c> alone, never by a
/// name or a number: whoever is erased from the people is nobody in them.
/// </summary>
internal static class PersonEvents
{
    public static readonly Trail Trail = new("person_events", "person", "person");

    public const string Created = "created";
    public const string Disabled = "disabled";
    public const string Enabled = "enabled";
    public const string OneTimePasswordSet = "one-time-password-set";
    public const string OneTimePasswordUsed = "one-time-password-used";
    public const string SecondFactorReset = "second-factor-reset";
    public const string SecondFactorEnrolled = "second-factor-enrolled";
    public const string PasswordChanged = "password-changed";
}
