using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Clients;

/// <summary>What can be done to a client, and where it is recorded.</summary>
internal static class ClientEvents
{
    public static readonly Trail Trail = new("client_events", "client_id", "clientId");

    public const string Registered = "registered";
    public const string Replaced = "replaced";
    public const string Changed = "changed";
    public const string KeysRotated = "keys-rotated";
    public const string SecretRotated = "secret-rotated";
    public const string Disabled = "disabled";
    public const string Enabled = "enabled";
    public const string Removed = "removed";
}
