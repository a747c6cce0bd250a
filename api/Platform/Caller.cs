using System.Security.Claims;

namespace OneDoor.Platform;

/// <summary>Who calls, as the access token says.</summary>
public sealed class Caller(ClaimsPrincipal token)
{
    private readonly HashSet<string> _scopes = ScopesOf(token);

    /// <summary>The OAuth client.</summary>
    public string Client { get; } = token.FindFirstValue("client_id") ?? "";

    /// <summary>Whom a citizen or an enterprise signed in applies for; null for systems and staff.</summary>
    public ApplicantReference? Applicant { get; } = token.FindFirstValue(Claims.Applicant) is { } key
        ? new(key, token.FindFirstValue(Claims.ApplicantName) ?? "")
        : null;

    /// <summary>The caller as rules and sight know it.</summary>
    public Actor Actor => field ??= new(
        Client,
        token.FindFirstValue("sub") ?? "",
        Kebab.Parse<Department>(token.FindFirstValue(Claims.Department)),
        _scopes.Contains(Scopes.CasesSupervise),
        Applicant?.Key,
        token.FindFirstValue(Claims.Hall));

    /// <summary>The scopes of a token, which stand in one claim, space-separated (RFC 9068).</summary>
    public static HashSet<string> ScopesOf(ClaimsPrincipal token) =>
        [.. token.FindAll("scope").SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
