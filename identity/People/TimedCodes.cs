using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.People;

/// <summary>
/// The second factor of staff: time-based one-time codes (RFC 6238; SHA-1, 30 seconds, 6 digits, what every authenticator app
/// speaks). ASP.NET Core Identity's own accepts a code again and cannot be given a clock.
/// </summary>
internal sealed class TimedCodes(IdentityDb db, IDataProtectionProvider protection, TimeProvider time)
{
    private const int StepSeconds = 30;
    private const int Modulus = 1_000_000;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int SecretLetters = 32;
    private readonly IDataProtector _protector = protection.CreateProtector("OneDoor.Identity.People.TimedCodes");

    public byte[] Protect(string base32) => _protector.Protect(Decode(base32));

    /// <summary>A new secret, in base32 as authenticator apps take it: 160 bits (RFC 4226 section 4).</summary>
    public static string NewSecret() => RandomNumberGenerator.GetString(Alphabet, SecretLetters);

    /// <summary>Seals a secret for the page that enrols it: it comes back from this account as it is now, or not at all.</summary>
    public string Seal(Person person, string base32) => EnrolmentOf(person).Protect(base32);

    public string? Unseal(Person person, string? text)
    {
        try
        {
            return text is { Length: > 0 } ? EnrolmentOf(person).Unprotect(text) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The step whose code this is, now or just before or after; null when it is none's.</summary>
    public long? StepOf(string base32, string? code) => StepOf(Decode(base32), code);

    /// <summary>Whether somebody's secret does not open any more, since the operator has lost what it is under: an operator resets it.</summary>
    public bool IsLost(Person person) => person.TimedCodeSecret is { } kept && Open(kept) is null;

    /// <summary>True for the code of this step or of one beside it, the first time it is used.</summary>
    public async Task<bool> TryUseAsync(Person person, string? code, CancellationToken ct)
    {
        if (person.TimedCodeSecret is not { } kept || Open(kept) is not { } secret)
            return false;
        var matched = StepOf(secret, code);

        // The sandbox's secret is public, and its users sign in from many places at once.
        if (matched is null || person.IsSandbox)
            return matched is not null;
        return await db.Set<Person>().Where(p => p.Id == person.Id && p.TimedCodeStep < matched)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.TimedCodeStep, matched.Value), ct) == 1;
    }

    /// <summary>The code of this moment, for the page of the sandbox.</summary>
    public string Current(Person person) => At(_protector.Unprotect(person.TimedCodeSecret!), CurrentStep());

    private byte[]? Open(byte[] kept)
    {
        try
        {
            return _protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector EnrolmentOf(Person person) => protection.CreateProtector("OneDoor.Identity.People.TimedCodes.Enrolment", person.SecurityStamp!);

    private long? StepOf(byte[] secret, string? code)
    {
        var (current, given) = (CurrentStep(), Encoding.ASCII.GetBytes(code?.Replace(" ", "", StringComparison.Ordinal) ?? ""));
        long? matched = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(secret, step)), given))
                matched = step;
        }

        return matched;
    }

    private long CurrentStep() => time.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;

    private static string At(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 as authenticator apps have it; HMAC does not rest on SHA-1's collision resistance.
        var digest = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(digest.AsSpan(digest[^1] & 0xF)) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string base32)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var character in base32.TrimEnd('='))
        {
            buffer = (buffer << 5) | Alphabet.IndexOf(character, StringComparison.Ordinal);
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
