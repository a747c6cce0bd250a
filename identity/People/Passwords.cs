using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace OneDoor.Identity.People;

/// <summary>Checks a name and a password. An unknown name costs the same time as a wrong password.</summary>
internal sealed class Passwords(UserManager<Person> people, IPasswordHasher<Person> hasher, IOptions<PasswordHasherOptions> cost)
{
    /// <summary>PBKDF2 with SHA-512: above the 210,000 OWASP asks for.</summary>
    public const int Iterations = 220_000;

    public const int Longest = 200;
    private static readonly Lock One = new();
    private static string? _nobody;

    public async Task<Person?> CheckAsync(string name, string password)
    {
        var person = name.Length is 0 or > Longest || password.Length > Longest ? null : await people.FindByNameAsync(name);
        if (person?.PasswordHash is null)
        {
            hasher.VerifyHashedPassword(person!, Nobody(), password.Length > Longest ? "" : password);
            return null;
        }

        // Rehashes a password stored at an earlier cost.
        return await people.CheckPasswordAsync(person, password) ? person : null;
    }

    private string Nobody()
    {
        lock (One)
            return _nobody ??= new PasswordHasher<Person>(cost).HashPassword(null!, "nobody's password");
    }
}
