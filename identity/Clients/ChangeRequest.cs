using System.Text.Json;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;

namespace OneDoor.Identity.Clients;

/// <summary>What of a client is to become what. What is left out stays; keys, secrets and the department are not changed here.</summary>
internal sealed record ChangeRequest(
    string? DisplayName = null, IReadOnlyList<string>? Scopes = null, bool? CertificateBound = null,
    IReadOnlyList<string>? RedirectUris = null, bool? AsksConsent = null, bool? PushedRequestsOnly = null)
{
    /// <summary>Changes the client, or says why not; a client that is refused is not stored.</summary>
    public Refusal? Apply(OpenIddictEntityFrameworkCoreApplication known, OpenIddictApplicationDescriptor client)
    {
        if (this == new ChangeRequest())
            return RequestRefusals.FieldInvalid.Because("至少写一项要更改的字段。", "Name at least one field to change.");
        if (DisplayName is not null && !ClientRules.IsName(DisplayName))
            return ClientRefusals.NameInvalid.At("/displayName");
        if (Scopes is not null && ClientRules.ScopesRefused(Scopes) is { } scopes)
            return scopes;
        client.DisplayName = DisplayName ?? client.DisplayName;
        if (Scopes is not null)
            client.GiveScopes(Scopes);
        return BindRefused(client) ?? ApplicationRefused(known, client);
    }

    private Refusal? BindRefused(OpenIddictApplicationDescriptor client)
    {
        if (CertificateBound == true && client.JsonWebKeySet?.Keys.Any(key => key.X5c.Count > 0) != true)
            return ClientRefusals.CertificateMissing.At("/certificateBound");
        if (CertificateBound == true)
            client.Properties[ClientProperties.CertificateBound] = JsonSerializer.SerializeToElement(true);
        else if (CertificateBound == false)
            client.Properties.Remove(ClientProperties.CertificateBound);
        return null;
    }

    private Refusal? ApplicationRefused(OpenIddictEntityFrameworkCoreApplication known, OpenIddictApplicationDescriptor client)
    {
        if ((RedirectUris, AsksConsent, PushedRequestsOnly) is (null, null, null))
            return null;
        if (Application.Of(known) is not { } before)
            return ClientRefusals.NoApplication;
        var after = before with
        {
            RedirectUris = RedirectUris ?? before.RedirectUris,
            AsksConsent = AsksConsent ?? before.AsksConsent,
            PushedRequestsOnly = PushedRequestsOnly ?? before.PushedRequestsOnly,
        };
        if (after.Refused() is { } refused)
            return refused with { Fields = [] };
        after.Describe(client);
        return null;
    }
}
