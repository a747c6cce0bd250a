using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace OneDoor.Identity.People;

/// <summary>As what someone signs in: it bounds the scopes an application can be given on their behalf.</summary>
public enum Role
{
    Citizen,
    Enterprise,
    Clerk,
    Supervisor,
    Auditor,
}

/// <summary>Someone who signs in.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>Shown on pages and, with the scope <c>profile</c>, told to applications.</summary>
    public required string DisplayName { get; set; }

    public required Role Role { get; set; }

    /// <summary>Staff: the department, in kebab case.</summary>
    public string? Department { get; set; }

    /// <summary>Staff of a hall: its code.</summary>
    public string? Hall { get; set; }

    /// <summary>Citizens and enterprises: whom they apply for, as in the token's <c>applicant</c> claim.</summary>
    public string? Applicant { get; set; }

    /// <summary>The secret of the second factor, protected; staff without one cannot sign in.</summary>
    public byte[]? TimedCodeSecret { get; set; }

    /// <summary>The time step of the last code accepted: a code is good once.</summary>
    public long TimedCodeStep { get; set; }

    /// <summary>Until when the password is one an operator has set, after which it is none; absent for a password of their own.</summary>
    public DateTimeOffset? OneTimePasswordUntil { get; set; }

    /// <summary>Present while the person is disabled: why.</summary>
    public string? DisabledBecause { get; set; }

    /// <summary>One of Development's, whose password is public.</summary>
    public bool IsSandbox { get; set; }

    /// <summary>The token's <c>sub</c>. The underscore keeps it apart from every client id, which has none.</summary>
    public string Subject => SubjectOf(Id);

    /// <inheritdoc cref="Subject"/>
    public static string SubjectOf(Guid id) => SubjectPrefix + id.ToString("N");

    public bool IsStaff => Role is Role.Clerk or Role.Supervisor or Role.Auditor;

    private const string SubjectPrefix = "p_";

    // Of the columns that ASP.NET Core Identity has.
    private const int LongestOfIdentity = 256;

    public static Guid? IdOf(string? subject) =>
        subject?.StartsWith(SubjectPrefix, StringComparison.Ordinal) == true && Guid.TryParseExact(subject[SubjectPrefix.Length..], "N", out var id) ? id : null;

    internal static void Map(ModelBuilder model)
    {
        model.Entity<Person>(table =>
        {
            table.ToTable("people");
            table.HasIndex(p => p.NormalizedUserName).HasDatabaseName("UserNameIndex").IsUnique();
            table.HasIndex(p => p.NormalizedEmail).HasDatabaseName("EmailIndex");
            table.Property(p => p.UserName).HasMaxLength(LongestOfIdentity);
            table.Property(p => p.NormalizedUserName).HasMaxLength(LongestOfIdentity);
            table.Property(p => p.Email).HasMaxLength(LongestOfIdentity);
            table.Property(p => p.NormalizedEmail).HasMaxLength(LongestOfIdentity);
            table.Property(p => p.ConcurrencyStamp).IsConcurrencyToken();
            table.Property(p => p.DisplayName).HasMaxLength(200);
            table.Property(p => p.Role).HasConversion<string>().HasMaxLength(20);
        });
        // ASP.NET Core's, and empty.
        model.Entity<IdentityUserClaim<Guid>>(table =>
        {
            table.ToTable("person_claims");
            table.HasOne<Person>().WithMany().HasForeignKey(c => c.UserId).IsRequired();
        });
        model.Entity<IdentityUserLogin<Guid>>(table =>
        {
            table.ToTable("person_logins");
            table.HasKey(l => new { l.LoginProvider, l.ProviderKey });
            table.HasOne<Person>().WithMany().HasForeignKey(l => l.UserId).IsRequired();
        });
        model.Entity<IdentityUserToken<Guid>>(table =>
        {
            table.ToTable("person_tokens");
            table.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
            table.HasOne<Person>().WithMany().HasForeignKey(t => t.UserId).IsRequired();
        });
    }
}
