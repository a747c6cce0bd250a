using System.Security.Claims;
using OneDoor.Identity.Clients;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;
using OneDoor.Identity.Token;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Names = OpenIddict.Abstractions.OpenIddictConstants.Claims;

namespace OneDoor.Identity.Authorize;

/// <summary>What an application is given on behalf of someone: what it asked for, what it may, and what they may themselves.</summary>
internal sealed class PersonGrant(IOpenIddictApplicationManager applications, ApplicantReferences references)
{
    private static readonly string[] ApplicantScopes =
    [
        Scopes.CasesSubmit, Scopes.CasesRead, Scopes.LicencesRead, Scopes.AppointmentsBook, Scopes.TicketsTake, Scopes.ComplaintsFile, Scopes.ReviewsWrite, Scopes.NotificationsRead, Scopes.FilesWrite,
    ];

    private static readonly string[] ClerkScopes =
    [
        Scopes.CasesReceive, Scopes.CasesRead, Scopes.CasesHandle, Scopes.LicencesRead, Scopes.QueueOperate, Scopes.AppointmentsManage, Scopes.ComplaintsHandle, Scopes.FilesWrite,
    ];

    // What supervision finds, and what is done to a licence for it, is a supervisor's to say (MODE-4, LIC-6).
    private static readonly string[] SupervisorScopes =
    [
        .. ClerkScopes, Scopes.CasesSupervise, Scopes.LicencesManage, Scopes.SupervisionHandle, Scopes.StatisticsRead,
    ];

    public static IReadOnlyList<string> ScopesOf(Role role) => role switch
    {
        Role.Citizen or Role.Enterprise => ApplicantScopes,
        Role.Clerk => ClerkScopes,
        Role.Supervisor => SupervisorScopes,
        Role.Auditor => [Scopes.CasesRead, Scopes.CasesAudit, Scopes.StatisticsRead, Scopes.EventsRead],
        _ => [],
    };

    /// <summary>The scopes given; null when of the platform's scopes asked for none is left.</summary>
    public async Task<IReadOnlyList<string>?> ScopesAsync(string clientId, Role role, IReadOnlyList<string> requested, CancellationToken ct)
    {
        var client = await applications.FindByClientIdAsync(clientId, ct) ?? throw new InvalidOperationException("The client has gone.");
        var permitted = (await applications.PermittedScopesAsync(clientId, ct)).Intersect(ScopesOf(role)).ToList();
        var asked = requested.Intersect(Scopes.All).ToList();
        List<string> given = asked.Count > 0 ? [.. asked.Intersect(permitted)] : [.. permitted.Where(ClientCredentials.IsGivenUnasked)];
        if (given.Count == 0)
            return null;
        given.AddRange(requested.Intersect(TokenModule.OpenIdScopes));
        if (!await applications.HasPermissionAsync(client, Permissions.GrantTypes.RefreshToken, ct))
            given.Remove(OpenIddictConstants.Scopes.OfflineAccess);
        return given;
    }

    public ClaimsPrincipal PrincipalOf(Session session, IReadOnlyList<string> scopes)
    {
        var identity = new ClaimsIdentity("person", Names.Name, Names.Role);
        identity.SetClaim(Names.AuthenticationTime, session.SignedInAt.ToUnixTimeSeconds());
        identity.AddClaim(new Claim(Names.AuthenticationMethodReference, $"[{string.Join(',', session.Methods.Select(m => $"\"{m}\""))}]", "JSON_ARRAY"));
        var principal = new ClaimsPrincipal(identity);
        Fill(principal, session.Person, scopes);
        principal.SetRefreshTokenLifetime(session.Person.IsStaff ? TokenLifetimes.StaffRefresh : TokenLifetimes.Refresh);
        return principal;
    }

    /// <summary>Writes the person as they are now.</summary>
    /// <param name="principal">Into which it is written.</param>
    /// <param name="person">The person.</param>
    /// <param name="scopes">The scopes given.</param>
    /// <param name="kiosk">The hall of the kiosk by which they signed in, where it is one; staff who have a hall stay in theirs.</param>
    public void Fill(ClaimsPrincipal principal, Person person, IReadOnlyList<string> scopes, string? kiosk = null)
    {
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.SetClaim(Names.Subject, person.Subject);
        identity.SetClaim(Names.Name, person.DisplayName);
        identity.SetClaim(Claims.Department, person.Department);
        identity.SetClaim(Claims.Hall, person.Hall ?? kiosk);
        identity.SetClaim(Claims.Applicant, references.Of(person));
        identity.SetClaim(Sessions.Stamp, person.SecurityStamp);
        identity.SetScopes(scopes);
        identity.SetResources(Claims.Audience);
        identity.SetDestinations(claim => claim.Type switch
        {
            Names.Subject => [Destinations.AccessToken, Destinations.IdentityToken],
            Claims.Department or Claims.Hall or Claims.Applicant => [Destinations.AccessToken],
            Names.Name when scopes.Contains(OpenIddictConstants.Scopes.Profile) => [Destinations.IdentityToken],
            Names.AuthenticationTime or Names.AuthenticationMethodReference => [Destinations.IdentityToken],
            _ => [],
        });
    }
}
