using OneDoor.Identity.Platform;

namespace OneDoor.Identity.People;

/// <summary>
/// What was done to people's accounts. It names people by their <c>sub</c> alone, never by a name or a number: whoever is
/// erased from the people is nobody in it.
/// </summary>
internal sealed class PersonEvents(IdentityDb db, TimeProvider time) : AuditTrail(db, time, Table)
{
    public const string Table = "person_events";
}

/// <summary>What can be done to someone's account.</summary>
internal static class PersonEventKinds
{
    public const string Created = "created";
    public const string Disabled = "disabled";
    public const string Enabled = "enabled";
    public const string OneTimePasswordSet = "one-time-password-set";
    public const string OneTimePasswordUsed = "one-time-password-used";
    public const string SecondFactorReset = "second-factor-reset";
    public const string SecondFactorEnrolled = "second-factor-enrolled";
    public const string PasswordChanged = "password-changed";
}
