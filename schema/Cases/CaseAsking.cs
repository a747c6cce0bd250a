using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;
using OneDoor.Files;

namespace OneDoor.Cases;

/// <summary>What someone asks of a case: exactly what they send. <see cref="Case.Decide"/> answers with facts or a refusal.</summary>
/// <remarks>Members that a release before did not know are left out where they are null: repeated, a request has the digest it had.</remarks>
public abstract record CaseCommand : ICommand
{
    /// <summary>Code of the item it names, as which the rule wants to see it published; null for none.</summary>
    [JsonIgnore]
    public virtual string? ItemNamed => null;
}

/// <summary>Something that happened to a case. Facts are all that is stored of it; everything else is folded from them.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the clock did (deemed acceptance), and in what a department sees of another's doings.</param>
public abstract record CaseFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>A fact about one step; other departments do not see it (JOINT-3).</summary>
public interface IStepFact
{
    /// <summary>The step's code.</summary>
    string Step { get; }
}

/// <summary>What a rule of cases knows besides the case and the command.</summary>
public sealed record CaseAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    /// <summary>The item the command names, and of a signature the one that it is for, as published and in force; null where there is none of that code.</summary>
    public ItemPublished? Item { get; init; }

    /// <summary>A submission's: whom it names, or who is signed in.</summary>
    public Applicant? Applicant { get; init; }

    /// <summary>Under which a citizen or an enterprise signed in is registered; null for systems and staff.</summary>
    public string? RegisteredName { get; init; }

    /// <summary>A submission's at a window: under which names those who apply are known, by their keys (<see cref="Case.NamesOf"/>).</summary>
    public IReadOnlyDictionary<string, string> KnownNames { get; init; } = new Dictionary<string, string>();

    /// <summary>A submission's: what the case is called by from now on.</summary>
    public (Guid Id, string Number) New { get; init; }

    /// <summary>Licences the applicant holds; those that prove what <see cref="Case.Provable"/> names are enough (JOINT-4).</summary>
    public IReadOnlyList<DeliveredLicence> Held { get; init; } = [];

    /// <summary>What the applicant may not have for now, as <see cref="Case.MayBeSuspended"/> asks for it.</summary>
    public Suspended Suspended { get; init; } = Suspended.Nothing;

    /// <summary>The licences of which one is to be renewed, as <see cref="Case.Renewing"/> asks for them.</summary>
    public IReadOnlyList<RenewableLicence> Renewable { get; init; } = [];

    /// <summary>The licence to be renewed; null where there is none, or nobody can say which.</summary>
    public RenewableLicence? Renewed => Renewable is [var only] ? only : null;

    /// <summary>Of a grant that renews a licence: the number that is valid now, that of a copy where one took its place; null of any other.</summary>
    public string? RenewedNow { get; init; }

    /// <summary>Those who apply of whom whoever asks may learn something: of others than themselves a department alone.</summary>
    public IReadOnlyList<string> KnownToWhoAsks => By.Applicant is { } own ? [own] : Applicant!.Keys;

    /// <summary>The licences of which the command would have one cancelled, as <see cref="Case.Cancelling"/> asks for them.</summary>
    public IReadOnlyList<CancellableLicence> Cancellable { get; init; } = [];

    /// <summary>A submission's by commitment: a licence of the kind that the applicant holds is suspended, or is to be revoked. A grant's: it is to be revoked.</summary>
    public bool IsHeldBack { get; init; }

    /// <summary>A grant's: the places for licences of its kind; null where no law limits them, or it takes the place of one that stands.</summary>
    public PlacesLeft? PlacesLeft { get; init; }

    /// <summary>How long applicants have to answer a correction notice.</summary>
    public CorrectionOptions Policy { get; init; } = new();

    /// <summary>How long joint parties have to sign.</summary>
    public SignatureOptions Signing { get; init; } = new();

    /// <summary>Numbers of those of them that whoever submits or submitted the case may see.</summary>
    public IReadOnlyList<string> KnownToSubmitter { get; init; } = [];

    /// <summary>The files among <see cref="CaseFiles.Named"/> that are whoever asks' to hand in, by their ids.</summary>
    public IReadOnlyDictionary<Guid, CarriedFile> Files { get; init; } = new Dictionary<Guid, CarriedFile>();

    /// <summary>What <see cref="Case.AppliedFor"/> permits; null where nobody is ever barred from it.</summary>
    public Permission? Permission { get; init; }

    /// <summary>What has barred whoever applies from any item of it; as <see cref="Case.MayBeBarred"/> asks for it.</summary>
    public IReadOnlyList<Bar> Bars { get; init; } = [];

    /// <summary>At a kiosk, on which days from today on each hall takes nobody in, by its code.</summary>
    public ILookup<string, DateOnly> HallsClosed { get; init; } = Array.Empty<DateOnly>().ToLookup(_ => "");

    /// <summary>The emergency project that a submission names; null where there is none of that id.</summary>
    public EmergencyProject? Emergency { get; init; }
}
