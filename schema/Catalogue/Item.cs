using OneDoor.Applicants;
using OneDoor.Clock;

namespace OneDoor.Catalogue;

/// <summary>The kind of matter (事项类型), as the zone counts its cases.</summary>
public enum Category { AdministrativeLicence, PublicService, InternalApproval, Other }

/// <summary>
/// How 证照分离 treats the item: as before (standard), abolished (直接取消审批), turned into filing (审批改为备案),
/// notification-commitment (告知承诺) or optimised (优化准入服务).
/// </summary>
public enum ReformMode { Standard, Abolished, Filing, Commitment, Optimised }

/// <summary>Where the zone's power to decide comes from: its own, the free-trade zone's, or taken over from the municipality.</summary>
public enum PowerOrigin { Zone, Ftz, Municipal }

/// <summary>How an application reaches the platform.</summary>
public enum Channel { Online, Window, Kiosk, Mobile, Agency }

/// <summary>即办件 (decided on the spot) or 承诺件 (decided within a promised limit).</summary>
public enum HandlingType { Immediate, Promised }

/// <summary>
/// A leaf entry of the catalogue: what someone can apply for (CAT-1). Items with sub-items (子项) stand in the
/// catalogue as one entry per sub-item, each naming its parent; an item without sub-items is its own parent.
/// </summary>
public sealed record Item
{
    /// <summary>Readable aloud, stable for ever: Latin letters, digits and hyphens, at most 24 characters.</summary>
    public required string Code { get; init; }
    public required Text Name { get; init; }

    /// <summary>The item this entry is a sub-item of; its own code and name when it has none.</summary>
    public required ItemParent Parent { get; init; }

    public required Category Category { get; init; }
    public required ReformMode Mode { get; init; }
    public required PowerOrigin Origin { get; init; }

    /// <summary>The year the zone took the power over; null for the zone's own powers.</summary>
    public int? TakenOverIn { get; init; }

    /// <summary>Who may apply; everybody where the data do not say.</summary>
    public IReadOnlyList<ApplicantKind> Applicants { get; init; } = [ApplicantKind.LegalEntity, ApplicantKind.Person];

    /// <summary>Laws and regulations the item rests on, with article where the source gives one.</summary>
    public required IReadOnlyList<string> LegalBasis { get; init; }

    public required IReadOnlyList<Text> Conditions { get; init; }
    public required IReadOnlyList<Material> Materials { get; init; }

    /// <summary>The steps through the departments (CAT-3).</summary>
    public required Procedure Procedure { get; init; }

    public required Limit StatutoryLimit { get; init; }
    public required Limit PromisedLimit { get; init; }

    /// <summary>In yuan; 0 where the matter is free.</summary>
    public decimal FeeYuan { get; init; }

    /// <summary>The department answerable for the item; in a joint case the one that accepts it.</summary>
    public required Department Department { get; init; }

    /// <summary>Codes of the halls that handle it.</summary>
    public required IReadOnlyList<string> Halls { get; init; }

    public required IReadOnlyList<Channel> Channels { get; init; }
    public bool AppointmentNeeded { get; init; }
    public required HandlingType Handling { get; init; }

    /// <summary>The applicant may choose commitment instead of the ordinary path (MODE-5: decided per item).</summary>
    public bool CommitmentEligible { get; init; }

    /// <summary>An expiring licence may be renewed by commitment (MODE-6).</summary>
    public bool RenewalByCommitment { get; init; }

    /// <summary>Abolished items only: what to do instead (CAT-5).</summary>
    public Text? InsteadOf { get; init; }

    /// <summary>Names of the fields that public sources do not give and that are plausible samples.</summary>
    public IReadOnlyList<string> Sample { get; init; } = [];
}

/// <summary>The item a leaf entry belongs to.</summary>
public sealed record ItemParent(string Code, Text Name);

/// <summary>Something an applicant hands in (CAT-2).</summary>
/// <param name="Code">Unique within the item; the same code in two items means the same material (JOINT-4).</param>
/// <param name="Name">What it is.</param>
/// <param name="Required">Without it the application is not complete.</param>
/// <param name="Deferrable">May be supplied after acceptance (容缺后补, MODE-7).</param>
/// <param name="ProvedBy">Code of the licence that makes handing it in unnecessary; null when none does.</param>
public sealed record Material(string Code, Text Name, bool Required = true, bool Deferrable = false, string? ProvedBy = null);
