using System.Text.RegularExpressions;
using OneDoor.Applicants;
using OneDoor.Clock;
using OneDoor.Identity.Clients;

namespace OneDoor.Identity.People;

/// <summary>Someone who is to sign in.</summary>
/// <param name="UserName">By which they sign in.</param>
/// <param name="DisplayName">Shown to them, and to applications with the scope <c>profile</c>.</param>
/// <param name="Role">In kebab case; decides which of the rest there must be.</param>
/// <param name="CitizenId">A citizen's.</param>
/// <param name="Uscc">Of the enterprise someone applies for.</param>
/// <param name="Identifier">In the place of either, of whoever has another one.</param>
/// <param name="Department">Where staff work; the service office for an auditor.</param>
/// <param name="Hall">The hall they work in, if any.</param>
internal sealed partial record PersonEntry(
    string UserName, string DisplayName, string Role, string? CitizenId = null, string? Uscc = null, string? Department = null, string? Hall = null,
    Identifier? Identifier = null)
{
    /// <summary>Why nobody can be created from it; null when someone can.</summary>
    /// <param name="today">The day, China Standard Time.</param>
    public Refusal? Refused(DateOnly today)
    {
        if (!Names().IsMatch(UserName) || Applicants.CitizenId.IsValid(UserName.ToUpperInvariant(), today))
            return PersonRefusals.NameInvalid.At("/userName");
        if (!ClientRules.IsName(DisplayName))
            return PersonRefusals.NameInvalid.At("/displayName");
        if (Kebab.Parse<Role>(Role) is not { } role)
            return PersonRefusals.RoleUnknown.At("/role");
        return FieldsRefused(role) ?? ValuesRefused(today);
    }

    /// <summary>The person, without a password. Only for an entry that is not refused.</summary>
    public Person ToPerson() => new()
    {
        UserName = UserName,
        DisplayName = DisplayName,
        Role = Kebab.Parse<Role>(Role)!.Value,
        Department = Department,
        Hall = Hall,
        Applicant = CitizenId is not null ? new Applicant(ApplicantKind.Person, DisplayName, CitizenId: CitizenId).Key
            : Uscc is not null ? new Applicant(ApplicantKind.LegalEntity, DisplayName, Uscc).Key : Identifier?.Key,
    };

    private Refusal? FieldsRefused(Role role)
    {
        var isStaff = role is People.Role.Clerk or People.Role.Supervisor or People.Role.Auditor;
        if (Identifier is { } other && (role is not (People.Role.Citizen or People.Role.Enterprise) || Applicants.Identifier.IsOfPersons(other.Kind) != (role == People.Role.Citizen)))
            return PersonRefusals.NotForRole.At("/identifier");
        if (CitizenId is null == (role == People.Role.Citizen && Identifier is null))
            return PersonRefusals.NotForRole.At("/citizenId");
        if (Uscc is null == (role == People.Role.Enterprise && Identifier is null))
            return PersonRefusals.NotForRole.At("/uscc");
        if (Department is null == isStaff || (role == People.Role.Auditor && Department != Kebab.Of(OneDoor.Department.ServiceOffice)))
            return PersonRefusals.NotForRole.At("/department");
        return Hall is not null && !isStaff ? PersonRefusals.NotForRole.At("/hall") : null;
    }

    private Refusal? ValuesRefused(DateOnly today)
    {
        if (CitizenId is not null && !Applicants.CitizenId.IsValid(CitizenId, today))
            return PersonRefusals.CitizenIdInvalid.At("/citizenId");
        if (Uscc is not null && !Applicants.Uscc.IsValid(Uscc))
            return PersonRefusals.UsccInvalid.At("/uscc");
        if (Identifier is not null && Refusal.AllOf(Identifier.Refusals(today, "/identifier")) is { } wrong)
            return wrong;
        if (Department is not null && Kebab.Parse<Department>(Department) is null)
            return ClientRefusals.DepartmentUnknown.At("/department");
        return Hall is not null && HallDirectory.Zone.Find(Hall) is null ? PersonRefusals.HallUnknown.At("/hall") : null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{2,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
