using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.Pages;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using Names = OpenIddict.Abstractions.OpenIddictConstants.Claims;

namespace OneDoor.Identity.People;

/// <summary>Who is signed in at this browser, since when, by what, and for which request.</summary>
/// <param name="Person">As the database has them now.</param>
/// <param name="SignedInAt">When the password was given.</param>
/// <param name="Methods">How, as in the id token's <c>amr</c> (RFC 8176).</param>
/// <param name="For">Digest of the address the sign-in was asked for.</param>
/// <param name="IsForDevice">Whether that is the page at which devices are let in; with the code of one, the session is for that code.</param>
internal sealed record Session(Person Person, DateTimeOffset SignedInAt, IReadOnlyList<string> Methods, string For, bool IsForDevice);

/// <summary>The two cookies: one of a session, one between the password and what has to follow it.</summary>
internal sealed class Sessions(IdentityDb db, TimeProvider time)
{
    public const string Scheme = "session";
    public const string HalfScheme = "half-session";

    /// <summary>Changes when the password or the second factor does, and ends sessions and refresh tokens with it.</summary>
    public const string Stamp = "stamp";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);
    /// <summary>Long enough to install an authenticator app.</summary>
    public static readonly TimeSpan HalfLifetime = TimeSpan.FromMinutes(10);
    private const string ForClaim = "for";
    private const string ForDeviceClaim = "for-device";

    public static string DigestOf(string address) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(address)));

    public async Task<Session?> CurrentAsync(HttpContext http, string scheme = Scheme)
    {
        var result = await http.AuthenticateAsync(scheme);
        if (result.Principal is not { } principal || await FindAsync(principal.GetClaim(Names.Subject), principal.GetClaim(Stamp), http.RequestAborted) is not { } person)
            return null;
        var since = DateTimeOffset.FromUnixTimeSeconds(long.Parse(principal.GetClaim(Names.AuthenticationTime)!, CultureInfo.InvariantCulture));
        return new(person, since, [.. principal.GetClaims(Names.AuthenticationMethodReference)], principal.GetClaim(ForClaim) ?? "", principal.HasClaim(ForDeviceClaim));
    }

    /// <summary>The person, unless gone, disabled or changed since.</summary>
    public async Task<Person?> FindAsync(string? subject, string? stamp, CancellationToken ct) =>
        Person.IdOf(subject) is { } id ? await db.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id && p.SecurityStamp == stamp && p.DisabledBecause == null, ct) : null;

    public async Task<Person?> FindAsync(string? subject, CancellationToken ct) =>
        Person.IdOf(subject) is { } id ? await db.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id && p.DisabledBecause == null, ct) : null;

    /// <summary>Signs in whole, or half where the second factor or a password of one's own is still to come.</summary>
    public Task StartAsync(HttpContext http, Person person, string address, params string[] methods)
    {
        var scheme = NeedsSecondFactor(person, methods) || person.OneTimePasswordUntil is not null ? HalfScheme : Scheme;
        var identity = new ClaimsIdentity(scheme);
        identity.SetClaim(Names.Subject, person.Subject);
        identity.SetClaim(Stamp, person.SecurityStamp);
        identity.SetClaim(Names.AuthenticationTime, time.GetUtcNow().ToUnixTimeSeconds());
        identity.SetClaim(ForClaim, DigestOf(address));
        identity.AddClaims(methods.Select(method => new Claim(Names.AuthenticationMethodReference, method)));
        if (!Addresses.IsAt(address, Endpoints.Verify))
            return http.SignInAsync(scheme, new ClaimsPrincipal(identity));

        // Whoever lets a device in may stand before it, at a browser that is everybody's: it knows them no longer than the code is good for.
        identity.SetClaim(ForDeviceClaim, true);
        return http.SignInAsync(scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + TokenLifetimes.DeviceCode });
    }

    public static bool NeedsSecondFactor(Person person, IEnumerable<string> methods) => person.IsStaff && !methods.Contains("otp");

    public static async Task EndAsync(HttpContext http)
    {
        await http.SignOutAsync(HalfScheme);
        await http.SignOutAsync(Scheme);
    }
}
