using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Clients;

/// <summary>What was done to clients.</summary>
internal sealed class ClientEvents(IdentityDb db, TimeProvider time) : AuditTrail(db, time, Table)
{
    public const string Table = "client_events";
}

/// <summary>What can be done to a client.</summary>
internal static class ClientEventKinds
{
    public const string Registered = "registered";
    public const string Replaced = "replaced";
    public const string Changed = "changed";
    public const string KeysRotated = "keys-rotated";
    public const string SecretRotated = "secret-rotated";
    public const string Disabled = "disabled";
    public const string Enabled = "enabled";
    public const string Removed = "removed";
}
