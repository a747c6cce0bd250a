using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace OneDoor.Identity.People;

/// <summary>Checks a name and a password. An unknown name costs the same time as a wrong password.</summary>
internal sealed class Passwords(UserManager<Person> people, IPasswordHasher<Person> hasher, IOptions<PasswordHasherOptions> cost)
{
    /// <summary>PBKDF2 with SHA-512: above the 210,000 OWASP asks for.</summary>
    public const int Iterations = 220_000;

    public const int Shortest = 12;
    public const int Longest = 200;
    private const int FewestCharacters = 6;
    private static readonly Lock One = new();
    private static string? _nobody;

    /// <summary>Whose name it is, which nobody is to be told, and whether the password is theirs.</summary>
    public async Task<(Person? Person, bool IsRight)> CheckAsync(string name, string password)
    {
        var person = name.Length is 0 or > Longest || password.Length > Longest ? null : await people.FindByNameAsync(name);
        if (person?.PasswordHash is null)
        {
            hasher.VerifyHashedPassword(person!, Nobody(), password.Length > Longest ? "" : password);
            return (person, false);
        }

        // Rehashes a password stored at an earlier cost.
        return (person, await people.CheckPasswordAsync(person, password));
    }

    /// <summary>Why a password cannot be a person's own; null when it can. Length, and nothing about kinds of characters (NIST SP 800-63B section 3.1.1).</summary>
    public Text? Refused(Person person, string password) => password switch
    {
        { Length: < Shortest or > Longest } => new($"密码须为 {Shortest} 至 {Longest} 个字符。", $"A password has {Shortest} to {Longest} characters."),
        _ when password.Contains(person.UserName!, StringComparison.OrdinalIgnoreCase) => new("密码不能包含用户名。", "The password must not contain the user name."),
        _ when password.Distinct().Count() < FewestCharacters => new("密码过于简单，请使用更多不同的字符。", "The password is too simple: use more different characters."),
        _ when hasher.VerifyHashedPassword(person, person.PasswordHash!, password) != PasswordVerificationResult.Failed =>
            new("新密码须与原密码不同。", "The new password must differ from the one before."),
        _ => null,
    };

    private string Nobody()
    {
        lock (One)
            return _nobody ??= new PasswordHasher<Person>(cost).HashPassword(null!, "nobody's password");
    }
}
