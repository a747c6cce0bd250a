using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OneDoor.Clock;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;

namespace OneDoor.Identity.People;

/// <summary>
/// What an operator does to people, and they to their own accounts. Each change is one transaction with its event; it gives
/// the account another stamp, which ends its sessions and refresh tokens, and revokes its tokens.
/// </summary>
internal sealed class PeopleAdministration(
    IdentityDb db, IPasswordHasher<Person> hasher, ILookupNormalizer names, AuditTrail events, SignInAttempts attempts,
    IOpenIddictTokenManager tokens, TimeProvider time)
{
    /// <summary>How long an operator's password lets someone in to choose their own.</summary>
    public static readonly TimeSpan OneTimePasswordLifetime = TimeSpan.FromDays(3);

    /// <summary>
    /// How long it still does so from the first time on: whoever finds it later is too late, and whoever has lost a page or
    /// has yet to install an authenticator app need not go back to the operator.
    /// </summary>
    public static readonly TimeSpan OneTimePasswordGrace = TimeSpan.FromHours(1);

    // Nothing that looks like something else: it is read out and typed in.
    private const string PasswordLetters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int PasswordGroups = 4;
    private const int PasswordGroup = 5;

    public Task<Person?> FindAsync(string subject, CancellationToken ct) => Person.IdOf(subject) is { } id
        ? db.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct) : Task.FromResult<Person?>(null);

    /// <summary>People in the order of their creation, those after one of them; with a user name that one alone.</summary>
    public async Task<IReadOnlyList<Person>> ListAsync(string? userName, Guid after, int count, CancellationToken ct)
    {
        var name = userName is null ? null : names.NormalizeName(userName);
        return await db.Set<Person>().AsNoTracking().Where(p => p.Id > after && (name == null || p.NormalizedUserName == name))
            .OrderBy(p => p.Id).Take(count).ToListAsync(ct);
    }

    /// <summary>Creates someone, with a one-time password that is in no other place than the answer.</summary>
    public async Task<(Person? Created, string Password, Refusal? Refused)> CreateAsync(PersonEntry entry, string actor, CancellationToken ct)
    {
        if (entry.Refused(LegalClock.DayOf(time.GetUtcNow())) is { } refused)
            return (null, "", refused);
        var person = entry.ToPerson();
        person.Id = Guid.CreateVersion7(time.GetUtcNow());
        person.NormalizedUserName = names.NormalizeName(person.UserName);
        var (password, hash) = NewOneTimePassword();
        GiveOneTimePassword(person, hash);
        Stamp(person);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.People, ct);
        if (await db.Set<Person>().AnyAsync(p => p.NormalizedUserName == person.NormalizedUserName, ct))
            return (null, "", PersonRefusals.Exists.At("/userName"));
        if (await OtherAccounts(person).AnyAsync(ct))
            return (null, "", PersonRefusals.HasAccount.At(entry.Identifier is null ? "/citizenId" : "/identifier/number"));
        db.Set<Person>().Add(person);
        await events.RecordAsync(PersonEvents.Trail, actor, person.Subject, PersonEvents.Created, new { Role = Kebab.Of(person.Role), person.Department, person.Hall }, ct);
        await transaction.CommitAsync(ct);
        return (person, password, null);
    }

    public Task<Refusal?> DisableAsync(Change change, string reason, CancellationToken ct) => ChangeAsync(change, PersonEvents.Disabled, new { Reason = reason }, person =>
    {
        if (!ClientRules.IsReason(reason))
            return ClientRefusals.ReasonMissing.At("/reason");
        if (person.DisabledBecause is not null)
            return PersonRefusals.NotInThisState;
        person.DisabledBecause = reason;
        return null;
    }, ct);

    public Task<Refusal?> EnableAsync(Change change, CancellationToken ct) => ChangeAsync(change, PersonEvents.Enabled, new { }, async person =>
    {
        if (person.DisabledBecause is null)
            return PersonRefusals.NotInThisState;
        if (await OtherAccounts(person).AnyAsync(ct))
            return PersonRefusals.HasAccount;
        person.DisabledBecause = null;
        return null;
    }, ct);

    /// <summary>Sets a one-time password in the place of the password.</summary>
    /// <param name="isSecondFactorReset">
    /// Takes the second factor away, too. Never without the password: whoever had that alone could enrol a factor of their own.
    /// </param>
    public async Task<(string Password, Refusal? Refused)> SetOneTimePasswordAsync(Change change, bool isSecondFactorReset, CancellationToken ct)
    {
        // Made before all other changes have to wait for this one, and thrown away where it is refused.
        var (password, hash) = NewOneTimePassword();
        var kind = isSecondFactorReset ? PersonEvents.SecondFactorReset : PersonEvents.OneTimePasswordSet;
        var refused = await ChangeAsync(change, kind, new { }, person =>
        {
            if (isSecondFactorReset && !person.IsStaff)
                return PersonRefusals.NotForRole;
            GiveOneTimePassword(person, hash);
            if (isSecondFactorReset)
                person.TimedCodeSecret = null;
            return null;
        }, ct);

        // Whoever held up the second factor knew the password that is no more.
        if (refused is null)
            await attempts.ForgetAsync(SignInAttempts.SecondFactor(Person.IdOf(change.Id)!.Value), ct);
        return (refused is null ? password : "", refused);
    }

    /// <summary>Someone signs in by a one-time password. Null when the account has changed since it was checked.</summary>
    public Task<Person?> UseOneTimePasswordAsync(Person seen, CancellationToken ct) => ChangeOwnAsync(seen, PersonEvents.OneTimePasswordUsed, person =>
    {
        var end = time.GetUtcNow() + OneTimePasswordGrace;
        if (end < person.OneTimePasswordUntil)
            person.OneTimePasswordUntil = end;
    }, ct);

    /// <summary>Gives someone the password they chose. Null when the account has changed since they were asked.</summary>
    public Task<Person?> ChangePasswordAsync(Person seen, string password, CancellationToken ct)
    {
        // Before all other changes have to wait for this one.
        var hash = hasher.HashPassword(seen, password);
        return ChangeOwnAsync(seen, PersonEvents.PasswordChanged, person =>
        {
            person.PasswordHash = hash;
            person.OneTimePasswordUntil = null;
        }, ct);
    }

    /// <summary>Gives someone the second factor they enrolled. Null when the account has changed since they were asked.</summary>
    /// <param name="step">Of the code that proved it: that code is used.</param>
    public Task<Person?> EnrolAsync(Person seen, byte[] secret, long step, CancellationToken ct) => ChangeOwnAsync(seen, PersonEvents.SecondFactorEnrolled, person =>
    {
        person.TimedCodeSecret = secret;
        person.TimedCodeStep = step;
    }, ct);

    public static string EtagOf(Person person) => $"\"{person.ConcurrencyStamp}\"";

    // A citizen has one account. For an enterprise several people may sign in.
    private IQueryable<Person> OtherAccounts(Person person) => db.Set<Person>().Where(p =>
        person.Role == Role.Citizen && p.Applicant == person.Applicant && p.DisabledBecause == null && p.Id != person.Id);

    private Task<Refusal?> ChangeAsync(Change change, string kind, object details, Func<Person, Refusal?> apply, CancellationToken ct) =>
        ChangeAsync(change, kind, details, person => Task.FromResult(apply(person)), ct);

    private async Task<Refusal?> ChangeAsync(Change change, string kind, object details, Func<Person, Task<Refusal?>> apply, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.People, ct);
        if (Person.IdOf(change.Id) is not { } id || await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == id, ct) is not { } person)
            return PersonRefusals.NotFound;
        if (change.Refused(EtagOf(person)) is { } stale)
            return stale;
        if (person.IsSandbox)
            return PersonRefusals.OfTheSandbox;
        if (await apply(person) is { } refused)
            return refused;
        await StoreAsync(person, change.Actor, kind, details, ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private async Task<Person?> ChangeOwnAsync(Person seen, string kind, Action<Person> apply, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.People, ct);
        if (await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == seen.Id && p.SecurityStamp == seen.SecurityStamp && p.DisabledBecause == null, ct) is not { } person)
            return null;
        apply(person);
        await StoreAsync(person, person.Subject, kind, new { }, ct);
        await transaction.CommitAsync(ct);
        return person;
    }

    private async Task StoreAsync(Person person, string actor, string kind, object details, CancellationToken ct)
    {
        Stamp(person);
        await events.RecordAsync(PersonEvents.Trail, actor, person.Subject, kind, details, ct);
        await tokens.RevokeBySubjectAsync(person.Subject, ct);
    }

    private (string Password, string Hash) NewOneTimePassword()
    {
        var password = string.Join('-', Enumerable.Range(0, PasswordGroups).Select(_ => RandomNumberGenerator.GetString(PasswordLetters, PasswordGroup)));
        return (password, hasher.HashPassword(null!, password));
    }

    private void GiveOneTimePassword(Person person, string hash)
    {
        person.PasswordHash = hash;
        person.OneTimePasswordUntil = time.GetUtcNow() + OneTimePasswordLifetime;
    }

    private void Stamp(Person person)
    {
        var now = time.GetUtcNow();
        person.SecurityStamp = Guid.CreateVersion7(now).ToString("N");
        person.ConcurrencyStamp = Guid.CreateVersion7(now).ToString("N");
    }
}
