using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Principal;

namespace OneDoor.Platform;

/// <summary>Who calls, as the access token says.</summary>
public sealed class Caller(ClaimsPrincipal token)
{
    // A token that is remembered brings the same identity each time.
    private static readonly ConditionalWeakTable<IIdentity, HashSet<string>> Read = [];

    private readonly IReadOnlySet<string> _scopes = ScopesOf(token);

    /// <summary>Who calls is not to be known: whatever the token says has no part in what is done and kept.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>The OAuth client.</summary>
    public string Client { get; private set; } = token.FindFirstValue("client_id") ?? "";

    /// <summary>Whom a citizen or an enterprise signed in applies for; null for systems and staff.</summary>
    public ApplicantReference? Applicant { get; private set; } = token.FindFirstValue(Claims.Applicant) is { } key
        ? new(key, token.FindFirstValue(Claims.ApplicantName) ?? "")
        : null;

    /// <summary>The caller as rules and sight know it.</summary>
    public Actor Actor
    {
        get => field ??= new(
            Client,
            token.FindFirstValue("sub") ?? "",
            Kebab.Parse<Department>(token.FindFirstValue(Claims.Department)),
            _scopes.Contains(Scopes.CasesSupervise),
            Applicant?.Key,
            token.FindFirstValue(Claims.Hall))
        { IsAuditor = _scopes.Contains(Scopes.CasesAudit) };
        private set;
    }

    /// <summary>Forgets who calls (decision 0037).</summary>
    /// <param name="codeDigest">What the code is known by that they show instead; null where they show none.</param>
    public void Forget(string? codeDigest)
    {
        (IsForgotten, Client, Applicant) = (true, "", null);
        Actor = new("", "") { CodeDigest = codeDigest };
    }

    /// <summary>Whether the token has a scope.</summary>
    public bool Has(string scope) => _scopes.Contains(scope);

    /// <summary>The scopes of a token, which stand in one claim, space-separated (RFC 9068).</summary>
    public static IReadOnlySet<string> ScopesOf(ClaimsPrincipal token) => token.Identity is { } identity
        ? Read.GetValue(identity, _ => [.. token.FindAll("scope").SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))])
        : new HashSet<string>();
}
