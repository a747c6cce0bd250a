using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>What makes a client an application: it acts for people who sign in.</summary>
/// <param name="Kind"><c>web</c> and <c>native</c> use authorization codes, <c>device</c> the device flow.</param>
/// <param name="RedirectUris">Where people are sent back to; for <c>device</c> nowhere.</param>
/// <param name="AsksConsent">People are asked before it acts for them. False for the platform's own alone.</param>
/// <param name="PushedRequestsOnly">Its requests are pushed (RFC 9126) or refused.</param>
public sealed record Application(
    string Kind, IReadOnlyList<string>? RedirectUris = null, bool AsksConsent = true, bool PushedRequestsOnly = false)
{
    public const string Web = ApplicationTypes.Web;
    public const string Native = ApplicationTypes.Native;
    public const string Device = "device";
    private const int MostAddresses = 20;
    private const int LongestAddress = 500;

    private static readonly string[] Permitted =
        [Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.Prefixes.Audience + OneDoor.Claims.Audience];

    private static readonly string[] CodePermitted =
    [
        Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.EndSession,
        Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
    ];

    private static readonly string[] DevicePermitted = [Permissions.Endpoints.DeviceAuthorization, Permissions.GrantTypes.DeviceCode];

    private IReadOnlyList<string> Addresses => RedirectUris ?? [];

    /// <summary>Why it cannot be one; null when it can.</summary>
    public Refusal? Refused()
    {
        if (Kind is not (Web or Native or Device))
            return ClientRefusals.ApplicationInvalid.Because("kind 须为 web、native 或 device。", "Its kind is web, native or device.").At("/application/kind");
        if (Kind == Device)
        {
            return Addresses.Count == 0 && !PushedRequestsOnly ? null : ClientRefusals.ApplicationInvalid.Because(
                "设备没有回调地址，也不推送授权请求。", "A device has no redirect address and pushes no requests.").At("/application");
        }

        return Addresses.Count is 0 or > MostAddresses || Addresses.Any(address => !IsRedirect(address))
            ? ClientRefusals.RedirectInvalid.At("/application/redirectUris") : null;
    }

    /// <summary>Writes it into what OpenIddict keeps; only when it is not refused.</summary>
    public void Describe(OpenIddictApplicationDescriptor client)
    {
        client.ApplicationType = Kind == Web ? Web : Native;
        client.ConsentType = AsksConsent ? ConsentTypes.Explicit : ConsentTypes.Implicit;
        client.Permissions.UnionWith([.. Permitted, .. Kind == Device ? DevicePermitted : CodePermitted]);
        foreach (var addresses in new[] { client.RedirectUris, client.PostLogoutRedirectUris })
        {
            addresses.Clear();
            addresses.UnionWith(Addresses.Select(address => new Uri(address)));
        }

        client.Requirements.Remove(Requirements.Features.PushedAuthorizationRequests);
        if (PushedRequestsOnly)
            client.Requirements.Add(Requirements.Features.PushedAuthorizationRequests);
    }

    /// <summary>Reads it back; null for a client that acts for itself.</summary>
    public static Application? Of(OpenIddictEntityFrameworkCoreApplication client)
    {
        var permissions = ClientStanding.Strings(client.Permissions);
        var isDevice = permissions.Contains(Permissions.GrantTypes.DeviceCode);
        return !isDevice && !permissions.Contains(Permissions.GrantTypes.AuthorizationCode) ? null : new(
            isDevice ? Device : client.ApplicationType == Native ? Native : Web,
            isDevice ? null : ClientStanding.Strings(client.RedirectUris),
            client.ConsentType != ConsentTypes.Implicit,
            ClientStanding.Strings(client.Requirements).Contains(Requirements.Features.PushedAuthorizationRequests));
    }

    /// <summary>
    /// An address that only the application answers at: https; http at the person's own machine; a native application's
    /// scheme, made of its domain reversed (RFC 8252 section 7.1). Pages name its host in their policy, hence the plain characters.
    /// </summary>
    private bool IsRedirect(string? text) =>
        text?.Length <= LongestAddress
        && text.All(c => c is > ' ' and < '\x7f' and not ('#' or '*' or '\\' or '"' or '<' or '>'))
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.UserInfo.Length == 0
        && address.Scheme switch
        {
            "https" => address.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6,
            // As written: for .NET the host "loopback", which is anybody's, is called localhost, too.
            "http" => (address.Host is "localhost" or "127.0.0.1" or "[::1]") && text.StartsWith($"http://{address.Host}", StringComparison.Ordinal),
            var scheme => Kind == Native && scheme.Contains('.', StringComparison.Ordinal),
        };
}
