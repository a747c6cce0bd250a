using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;

namespace OneDoor.Identity.Clients;

/// <summary>Registers the clients of a file, for the operator at the command line.</summary>
internal sealed class ClientRegistry(IOpenIddictApplicationManager applications, IdentityDb db, AuditTrail events)
{
    public const string Actor = "command-line";

    /// <summary>Registers every client of a file, or none: one that is there already gets what the file says. Returns how many.</summary>
    /// <exception cref="StartupRefusedException">Something is wrong with the file: a line for each thing, with the client and the field.</exception>
    public async Task<int> RegisterFileAsync(string path, CancellationToken ct)
    {
        IReadOnlyList<ClientEntry> entries;
        try
        {
            entries = JsonShape.ReadList<ClientEntry>(await File.ReadAllBytesAsync(path, ct), path, "client", "clientId");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException($"{path} cannot be read: {fault.Message}");
        }
        catch (InvalidDataException fault)
        {
            throw new StartupRefusedException(fault.Message);
        }

        string[] problems = [.. entries.Select((entry, index) => (Number: index + 1, entry.ClientId, Refused: ClientRules.Refused(entry)))
            .Where(found => found.Refused is not null)
            .Select(found => $"{path}: client {found.Number} ({found.ClientId}){found.Refused!.Fields[0].Pointer}: {found.Refused.Title.En}. {found.Refused.Detail?.En}".TrimEnd())];
        if (problems.Length > 0)
            throw new StartupRefusedException(string.Join('\n', problems));
        await RegisterAsync(entries, ct);
        return entries.Count;
    }

    private async Task RegisterAsync(IReadOnlyList<ClientEntry> entries, CancellationToken ct)
    {
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
