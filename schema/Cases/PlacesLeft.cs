using OneDoor.Catalogue;

namespace OneDoor.Cases;

/// <summary>
/// How it stands with the places for licences of a limited number, as a grant of one has to know it: they are had in order of acceptance among
/// those who satisfy what the law asks (行政许可法 art. 57).
/// </summary>
/// <param name="Places">How many there are.</param>
/// <param name="Taken">How many licences of the kind stand.</param>
/// <param name="Earlier">How many cases were accepted earlier that may still have one.</param>
public sealed record PlacesLeft(Places Places, int Taken, int Earlier)
{
    internal Refusal? Refused =>
        Taken >= Places.Number ? CaseRefusals.PlacesTaken.Because(
            $"名额{Places.Number}个（{Places.LegalBasis}），现有有效证照{Taken}份。", $"There are {Places.Number} ({Places.LegalBasis}), and {Taken} licences stand.")
        : Taken + Earlier >= Places.Number ? CaseRefusals.EarlierFirst.Because(
            $"剩余名额{Places.Number - Taken}个，先受理而未决定的申请{Earlier}件。", $"{Places.Number - Taken} of the places are left, and {Earlier} cases that were accepted earlier are undecided.")
        : null;
}

// Licences of a limited number.
public sealed partial record Case
{
    /// <summary>Whether it may still have a place for which another case, accepted later, asks as well.</summary>
    /// <param name="kind">Code of the kind of licence.</param>
    /// <param name="later">The other one.</param>
    /// <param name="replaces">What it asks for takes the place of a licence that stands, and is counted with that.</param>
    public bool IsBefore(string kind, Case later, bool replaces) =>
        Id != later.Id && IsAccepted && !replaces && Steps.Any(step => step.IsUnfinished && IssuedBy(step.Code)?.Code == kind)
        && (AcceptedAt < later.AcceptedAt || (AcceptedAt == later.AcceptedAt && Id.CompareTo(later.Id) < 0));
}

public static partial class CaseRefusals
{
    /// <summary>行政许可法 art. 57.</summary>
    public static readonly Refusal PlacesTaken = new("case.places-taken", 409,
        new("该证照数量有限，名额已满", "Licences of this kind are limited in number, and every place is taken"));

    /// <inheritdoc cref="PlacesTaken"/>
    public static readonly Refusal EarlierFirst = new("case.earlier-first", 409,
        new("该证照数量有限，须先决定先受理的申请", "Licences of this kind are limited in number, and who was accepted earlier is decided about first"));
}
