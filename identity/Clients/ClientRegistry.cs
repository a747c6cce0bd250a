using System.Text.Json;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;

namespace OneDoor.Identity.Clients;

/// <summary>Registers the clients of a file, for the operator at the command line.</summary>
internal sealed class ClientRegistry(IOpenIddictApplicationManager applications, IdentityDb db, AuditTrail events)
{
    public const string Actor = "command-line";

    /// <summary>Registers every client of a file, or none: one that is there already gets what the file says. Returns how many.</summary>
    public async Task<int> RegisterFileAsync(string path, CancellationToken ct)
    {
        ClientEntry[] entries;
        try
        {
            entries = JsonSerializer.Deserialize<ClientEntry[]>(await File.ReadAllBytesAsync(path, ct), RestJson.Options) ?? [];
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException($"{path} cannot be read: {fault.Message}");
        }

        await RegisterAsync(entries, ct);
        return entries.Length;
    }

    private async Task RegisterAsync(IReadOnlyCollection<ClientEntry> entries, CancellationToken ct)
    {
        foreach (var entry in entries)
        {
            if (ClientRules.Refused(entry) is { } refused)
                throw new StartupRefusedException($"{entry.ClientId}: {refused.Title.En}. {refused.Detail?.En}");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.Clients, ct);
        foreach (var entry in entries)
        {
            var descriptor = ClientRules.Describe(entry);
            var kind = ClientEvents.Registered;
            if (await applications.FindByClientIdAsync(entry.ClientId, ct) is { } known)
            {
                // A file says what a client is, not whether an operator has disabled it.
                if ((await applications.GetPropertiesAsync(known, ct)).TryGetValue(ClientProperties.Disabled, out var disabled))
                    descriptor.Properties[ClientProperties.Disabled] = disabled;
                await applications.UpdateAsync(known, descriptor, ct);
                kind = ClientEvents.Replaced;
            }
            else
            {
                await applications.CreateAsync(descriptor, ct);
            }

            await events.RecordAsync(ClientEvents.Trail, Actor, entry.ClientId, kind, ClientAdministration.Summary(entry), ct);
        }

        await transaction.CommitAsync(ct);
    }
}
