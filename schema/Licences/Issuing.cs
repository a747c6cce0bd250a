using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Licences;

/// <summary>How a case's grant becomes a licence.</summary>
public static class Issuing
{
    /// <summary>The licence that a granted step delivered; null for what is only a result.</summary>
    /// <param name="case">The case, the fact included.</param>
    /// <param name="item">The item it is for; null where the catalogue does not know it any more.</param>
    /// <param name="fact">What was delivered.</param>
    /// <param name="replaces">The licence in whose place it is (<see cref="Replaced"/>), and whose conditions are still to be met where they are (MODE-3); null where it is in none's.</param>
    public static LicenceIssued? Of(Case @case, Item? item, LicenceDelivered fact, Licence? replaces)
    {
        if (!IsLicence(fact.Licence))
            return null;
        var (from, department) = (LegalClock.DayOf(fact.At), @case.Step(fact.Step)?.Department ?? @case.Lead);
        return new(
            fact.At, fact.By!, fact.Number, fact.Licence, HoldersOf(@case), @case.Plan.Item, @case.Plan.Name, department, item?.SupervisedBy ?? department, @case.Id, fact.Step,
            from, Until(@case, fact), @case.Commitment?.IsToBeMet == true || replaces is { OperationFrom: null } ? null : from, replaces?.Number, @case.Plan.Confidential, PublishesPersons: item?.PublishesPersons == true,
            ReceivedBy: @case.ReceivedOn == LegalClock.DayOf(fact.At) ? @case.SubmittedBy : null);
    }

    /// <summary>The last day of what is issued; null where it has none. A renewal's term may begin where the old one ends (MODE-6).</summary>
    public static DateOnly? Until(Case @case, LicenceDelivered fact) => LicenceKind.Of(fact.Licence.Code).Until(
        @case.Renewal is { RunsFrom: RunsFrom.Expiry } renewal ? renewal.ExpiresOn.AddDays(1) : LegalClock.DayOf(fact.At));

    /// <summary>When licences of a kind may be renewed: by the item that renews them, which is seldom the one that first grants them; null where none does.</summary>
    /// <param name="kind"><see cref="IssuedLicence.Code"/>.</param>
    /// <param name="items">The catalogue.</param>
    public static Renewal? RenewalOf(string kind, IEnumerable<Item> items) =>
        items.FirstOrDefault(item => item.Renewal is not null && item.Procedure.Steps.Any(step => step.Issues?.Code == kind))?.Renewal;

    /// <summary>The day on which a holder is told that what they hold will end (CLK-7): the first on which the law renews it, or some time before the last; null for what has no term.</summary>
    /// <param name="until">The last day of the term.</param>
    /// <param name="renewal">When it may be renewed; null where no item says so.</param>
    /// <param name="policy">How long before the last day to ask for it.</param>
    /// <param name="calendar">Working days.</param>
    public static DateOnly? RemindOn(DateOnly? until, Renewal? renewal, LicenceOptions policy, WorkingDays calendar) => (until, renewal) switch
    {
        ({ } last, { Opens: { } opens } rule) => rule.DayBefore(last, opens, calendar),
        ({ } last, { } rule) => rule.DayBefore(last, rule.Closes, calendar).AddDays(-policy.RemindBefore),
        _ => until?.AddDays(-LicenceOptions.UsuallyReminded),
    };

    /// <summary>Whether what is issued is a licence.</summary>
    public static bool IsLicence(IssuedLicence issued) => !LicenceKind.Of(issued.Code).Result;

    /// <summary>
    /// Who may lose a licence of a kind by getting one of that kind, as by a change, a renewal or a transfer: of joint parties whoever does not hold
    /// the new one. Nobody, where the item does not ask for a licence of that kind, or somebody applies alone for what parties may apply for jointly: they acquire, as by
    /// inheritance (APP-2).
    /// </summary>
    public static IReadOnlyList<string> MayLose(Case @case, IssuedLicence issued) =>
        @case.Plan.Materials.All(m => m.ProvedBy != issued.Code) ? []
        : @case.Applicant.Kind == ApplicantKind.JointParties ? [.. @case.Applicant.Keys.Except(@case.HolderKeys)]
        : @case.Plan.Roles.Count > 0 ? [] : @case.HolderKeys;

    /// <summary>The licence that another one takes the place of: the only valid one of its kind of those who may lose it. Where they have several nobody can be sure which.</summary>
    /// <param name="valid">Theirs.</param>
    public static Licence? Replaced(IReadOnlyList<Licence> valid) => valid is [var only] ? only : null;

    /// <summary>Who holds what a case grants.</summary>
    public static IReadOnlyList<PersonOrEntity> HoldersOf(Case @case) => @case.Applicant switch
    {
        { Parties: { } parties } => [.. parties.Select(p => p.Applicant).Where(p => @case.HolderKeys.Contains(p.Key)).DistinctBy(p => p.Key)],
        { Subject: { Uscc: { } uscc } subject } => [new(ApplicantKind.LegalEntity, subject.Name, uscc)],
        var applicant => [applicant.Applies],
    };
}
