using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OneDoor.Applicants;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.People;

/// <summary>The people of the sandbox, with a published password and, staff, a published second factor. In Development only.</summary>
internal sealed class SandboxPeople(
    IdentityDb db, IPasswordHasher<Person> hasher, ILookupNormalizer names, TimedCodes codes, TimeProvider time)
{
    public const string Password = "sandbox";

    /// <summary>Base32, as authenticator apps take it.</summary>
    public const string TimedCodeSecret = "ONEDOORSANDBOXSECONDFACTOR234567";

    private const string Hall = "airport";

    // Made once: hashing is slow by design, and this password is no secret.
    private static readonly Lock One = new();
    private static string? _hash;

    // Valid by their check characters, and nobody's: the district does not exist.
    private static readonly Applicant Citizen = new(ApplicantKind.Person, "张三", CitizenId: $"99000019900101001{CitizenId.Check("99000019900101001")}");
    private static readonly Applicant Enterprise = new(ApplicantKind.LegalEntity, "沙箱贸易有限公司", Uscc: UsccOf("91990000", "MA000000"));

    /// <summary>Creates those who are missing.</summary>
    public async Task SeedAsync(CancellationToken ct)
    {
        if (await db.Set<Person>().CountAsync(p => p.IsSandbox, ct) == People().Count())
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.People, ct);
        var known = await db.Set<Person>().Select(p => p.NormalizedUserName).ToListAsync(ct);
        db.AddRange(People().Where(p => !known.Contains(names.NormalizeName(p.UserName))).Select(Complete));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static string UsccOf(string authority, string organisation)
    {
        var first17 = authority + organisation + Uscc.OrganisationCheck(organisation);
        return first17 + Uscc.Check(first17);
    }

    private static IEnumerable<Person> People()
    {
        var department = Kebab.Of(Department.MarketRegulation);
        yield return new() { UserName = "citizen", DisplayName = Citizen.Name, Role = Role.Citizen, Applicant = Citizen.Key };
        yield return new() { UserName = "enterprise", DisplayName = Enterprise.Name, Role = Role.Enterprise, Applicant = Enterprise.Key };
        yield return new() { UserName = "clerk", DisplayName = "李四", Role = Role.Clerk, Department = department, Hall = Hall };
        yield return new() { UserName = "supervisor", DisplayName = "王五", Role = Role.Supervisor, Department = department, Hall = Hall };
        yield return new() { UserName = "auditor", DisplayName = "赵六", Role = Role.Auditor, Department = Kebab.Of(Department.ServiceOffice) };
    }

    private Person Complete(Person person)
    {
        var now = time.GetUtcNow();
        person.Id = Guid.CreateVersion7(now);
        person.NormalizedUserName = names.NormalizeName(person.UserName);
        lock (One)
            person.PasswordHash = _hash ??= hasher.HashPassword(person, Password);
        person.SecurityStamp = Guid.CreateVersion7(now).ToString("N");
        person.IsSandbox = true;
        if (person.IsStaff)
            person.TimedCodeSecret = codes.Protect(TimedCodeSecret);
        return person;
    }
}
