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
/// A leaf entry of the catalogue: what someone can apply for (政务服务事项, CAT-1). Items with sub-items (子项) stand in the
/// catalogue as one entry per sub-item, each naming its parent; an item without sub-items is its own parent.
/// </summary>
public sealed record Item
{
    /// <summary>Readable aloud, stable for ever (事项编码): Latin letters, digits and hyphens, at most 24 characters.</summary>
    public required string Code { get; init; }
    /// <summary>What it is called (事项名称).</summary>
    public required Text Name { get; init; }

    /// <summary>The item this entry is a sub-item (子项) of; its own code and name when it has none.</summary>
    public required ItemParent Parent { get; init; }

    /// <summary>The kind of matter (事项类型).</summary>
    public required Category Category { get; init; }
    /// <summary>How the reform treats it (改革方式).</summary>
    public required ReformMode Mode { get; init; }
    /// <summary>Where the power to decide comes from (权力来源).</summary>
    public required PowerOrigin Origin { get; init; }

    /// <summary>The year the zone took the power over; null for the zone's own powers.</summary>
    public int? TakenOverIn { get; init; }

    /// <summary>Who may apply (申请人类型); everybody where the data do not say.</summary>
    public IReadOnlyList<ApplicantKind> Applicants { get; init; } = [ApplicantKind.LegalEntity, ApplicantKind.Person];

    /// <summary>Laws and regulations the item rests on (法律依据), with article where the source gives one.</summary>
    public required IReadOnlyList<string> LegalBasis { get; init; }

    /// <summary>What has to be met (受理条件).</summary>
    public required IReadOnlyList<Text> Conditions { get; init; }
    /// <summary>What is handed in (申请材料).</summary>
    public required IReadOnlyList<Material> Materials { get; init; }

    /// <summary>The steps through the departments (CAT-3).</summary>
    public required Procedure Procedure { get; init; }

    /// <summary>What the law allows (法定时限).</summary>
    public required Limit StatutoryLimit { get; init; }
    /// <summary>What the zone promises (承诺时限).</summary>
    public required Limit PromisedLimit { get; init; }

    /// <summary>The fee (收费) in yuan; 0 where the matter is free.</summary>
    public decimal FeeYuan { get; init; }

    /// <summary>The department answerable for the item (责任部门); in a joint case the one that accepts it.</summary>
    public required Department Department { get; init; }

    /// <summary>Codes of the halls that handle it (办理大厅).</summary>
    public required IReadOnlyList<string> Halls { get; init; }

    /// <summary>How one can apply (办理渠道).</summary>
    public required IReadOnlyList<Channel> Channels { get; init; }
    /// <summary>One comes by appointment (预约).</summary>
    public bool AppointmentNeeded { get; init; }
    /// <summary>Decided on the spot (即办件) or within the promised limit (承诺件).</summary>
    public required HandlingType Handling { get; init; }

    /// <summary>The applicant may choose commitment (告知承诺) instead of the ordinary path (MODE-5: decided per item).</summary>
    public bool CommitmentEligible { get; init; }

    /// <summary>An expiring licence may be renewed by commitment (MODE-6).</summary>
    public bool RenewalByCommitment { get; init; }

    /// <summary>Abolished items only: what to do instead (CAT-5).</summary>
    public Text? InsteadOf { get; init; }

    /// <summary>Names of the fields that public sources do not give and that are plausible samples.</summary>
    public IReadOnlyList<string> Sample { get; init; } = [];
}

/// <summary>The item a leaf entry belongs to (主项).</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
public sealed record ItemParent(string Code, Text Name);

/// <summary>Something an applicant hands in (申请材料, CAT-2).</summary>
/// <param name="Code">Unique within the item; the same code in two items means the same material (JOINT-4).</param>
/// <param name="Name">What it is.</param>
/// <param name="Required">Without it the application is not complete.</param>
/// <param name="Deferrable">May be supplied after acceptance (容缺后补, MODE-7).</param>
/// <param name="ProvedBy">Code of the licence that makes handing it in unnecessary; null when none does.</param>
public sealed record Material(string Code, Text Name, bool Required = true, bool Deferrable = false, string? ProvedBy = null);
