using System.Text.Json.Serialization;
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

/// <summary>
/// Where the power to decide comes from: the zone's own, the free-trade zone's, taken over from the municipality, or an agency's
/// by law (垂管部门), which nobody handed to the zone.
/// </summary>
public enum PowerOrigin { Zone, Ftz, Municipal, Agency }

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

    /// <summary>Brought into the halls by the service office or by an agency of its own (承接事项 / 进驻事项).</summary>
    public Register Register { get; init; }

    /// <summary>What the law makes of it (行为性质); by category and reform mode where the data do not say.</summary>
    public Act Act { get => _act ?? UsualAct; init => _act = value; }

    /// <summary>The law it describes (目录版本): that of June 2020, <c>2020-06</c>, or of <c>today</c>; null where it does not say.</summary>
    public string? Edition { get; init; }

    /// <summary>Who may apply (申请人类型); everybody where the data do not say.</summary>
    public IReadOnlyList<ApplicantKind> Applicants { get; init; } = [ApplicantKind.LegalEntity, ApplicantKind.Person];

    /// <summary>As what joint parties apply (当事人身份, APP-2): each role is somebody's; none where nobody applies jointly.</summary>
    public IReadOnlyList<PartyRole> Roles { get; init; } = [];

    /// <summary>Laws and regulations the item rests on (法律依据), with article where the source gives one.</summary>
    public required IReadOnlyList<string> LegalBasis { get; init; }

    /// <summary>What has to be met (受理条件).</summary>
    public required IReadOnlyList<Text> Conditions { get; init; }
    /// <summary>What is handed in (申请材料).</summary>
    public required IReadOnlyList<Material> Materials { get; init; }

    /// <summary>Code of its form (申请表, CAT-7), which is published with it; where it names none, the common one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Form { get; init; }

    /// <summary>The steps through the departments (CAT-3).</summary>
    public required Procedure Procedure { get; init; }

    /// <summary>What the law allows (法定时限); null where nobody can apply any more.</summary>
    public required Limit? StatutoryLimit { get; init; }
    /// <summary>What the zone promises (承诺时限); null as <see cref="StatutoryLimit"/>.</summary>
    public required Limit? PromisedLimit { get; init; }

    /// <summary>
    /// By how much the authority's head may extend the statutory limit, once (延长, CLK-4): ten working days where its law does not
    /// say otherwise; null for a filing, which is never extended, and where nobody can apply any more.
    /// </summary>
    public Limit? Extension { get => _extension ?? (Act is Act.Filing || StatutoryLimit is null ? null : Limit.WorkingDays(10)); init => _extension = value; }

    /// <summary>What its law prescribes besides and does not count (特别程序, CLK-3); nothing else stops the clock.</summary>
    public IReadOnlyList<SpecialProcedure> SpecialProcedures { get; init; } = [];

    /// <summary>An inspection on site by two officers before the decision (现场核查, CASE-16).</summary>
    public Requirement Inspection { get; init; }

    /// <summary>A public hearing before the decision (听证, HEAR-2).</summary>
    public Requirement Hearing { get; init; }

    /// <summary>Working days that third parties have to speak at least (HEAR-1), and to ask for a hearing (行政许可法 art. 47).</summary>
    public const int SpeakWithin = 5;

    /// <summary>It touches major interests of third parties, who are told and heard before it is granted (利害关系人, HEAR-1).</summary>
    public bool ThirdParty { get; init; }

    /// <summary>The fee (收费) in yuan; 0 where the matter is free.</summary>
    public decimal FeeYuan { get; init; }

    /// <summary>The department answerable for the item (责任部门); in a joint case the one that accepts it.</summary>
    public required Department Department { get; init; }

    /// <summary>Who decides (决定部门): where powers are concentrated (相对集中行政许可权) not who supervises.</summary>
    public Department DecidedBy { get => _decidedBy ?? Department; init => _decidedBy = value; }

    /// <summary>Who supervises what was granted (监管部门, SUP-1).</summary>
    public Department SupervisedBy { get => _supervisedBy ?? Department; init => _supervisedBy = value; }

    /// <summary>Codes of the halls that handle it (办理大厅); every hall receives it and forwards it (HALL-3).</summary>
    public required IReadOnlyList<string> Halls { get; init; }

    /// <summary>How one can apply (办理渠道).</summary>
    public required IReadOnlyList<Channel> Channels { get; init; }
    /// <summary>An appointment is advised (建议预约); it is never a condition of being served (APPT-3).</summary>
    public bool AppointmentNeeded { get; init; }
    /// <summary>Decided on the spot (即办件) or within the promised limit (承诺件).</summary>
    public required HandlingType Handling { get; init; }

    /// <summary>The applicant may choose commitment (告知承诺) instead of the ordinary path (MODE-5: decided per item).</summary>
    public bool CommitmentEligible { get; init; }

    /// <summary>The document, with its number, that allows the commitment (MODE-5); null where none is allowed or known.</summary>
    public string? CommitmentSource { get; init; }

    /// <summary>How the commitment is given and looked into (MODE-3, MODE-4); null where none is allowed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ItemCommitment? Commitment { get; init; }

    /// <summary>An expiring licence may be renewed by commitment (MODE-6).</summary>
    public bool RenewalByCommitment { get; init; }

    /// <summary>When an expiring licence may be renewed, and what the new one is; null for what is not renewed or where the data do not say.</summary>
    public Renewal? Renewal { get; init; }

    /// <summary>How and when what was granted reaches the applicant (送达).</summary>
    public Delivery Delivery { get; init; } = Delivery.Usual;

    /// <summary>A kiosk may decide it with nobody at hand (无人审批, KIOSK-1).</summary>
    public bool Unattended { get; init; }

    /// <summary>How many licences of the kind that it issues may stand at a time (数量限制, 行政许可法 art. 57); absent where no law sets a number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Places? Places { get; init; }

    /// <summary>It bears on public safety, health, life or property: false materials bar from it for a year (行政许可法 art. 78, BAR-1).</summary>
    public bool Safety { get; init; }

    /// <summary>It exists for its department and its applicant only, and is never offered online (SIGHT-1).</summary>
    public bool Confidential { get; init; }

    /// <summary>Its law publishes to whom it is granted: persons who hold it stand in the public register, their names masked (公示自然人, PUB-1); absent where it does not. Legal entities stand there anyway.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? PublishesPersons { get; init; }

    /// <summary>
    /// By what its licences may be suspended (暂扣依据, LIC-6): a suspension is a penalty, or a measure that a law names, and rests on one of these. Absent
    /// where no law names any, and in versions of releases before; nothing of it is suspended then.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SuspensionBasis>? SuspensionBases { get; init; }

    /// <summary>What is granted brings a market entity into being (新增市场主体).</summary>
    public bool CreatesEntity { get; init; }

    /// <summary>The first day on which the law knows it no more (废止日期), which may be still to come: until then one applies for it as ever. Null while no end is known.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>Of what is abolished, has ended or will end alone: what to do instead (CAT-5).</summary>
    public Text? InsteadOf { get; init; }

    /// <summary>Names of the fields that public sources do not give and that are plausible samples.</summary>
    public IReadOnlyList<string> Sample { get; init; } = [];

    private readonly Act? _act;
    private readonly Limit? _extension;
    private readonly Department? _decidedBy, _supervisedBy;

    private Act UsualAct => Mode is ReformMode.Filing ? Act.Filing : Category is Category.AdministrativeLicence ? Act.Licence : Act.Service;

    /// <summary>Nobody can apply for it on the day: a reform abolished it, or its law has ended (CAT-5).</summary>
    public bool IsEnded(DateOnly today) => IsEmpty || EndedOn <= today;

    /// <summary>The entry as it is read on a day: of one for which nobody can apply any more what it was called and what to do instead, and nothing that would still be asked for (CAT-5).</summary>
    public Item ReadOn(DateOnly today) => !IsEnded(today) ? this : this with
    {
        Conditions = [],
        Materials = [],
        Procedure = new([]),
        Channels = [],
        StatutoryLimit = null,
        PromisedLimit = null,
        Extension = null,
        FeeYuan = 0,
        SpecialProcedures = [],
        Form = null,
        Commitment = null,
        CommitmentEligible = false,
        CommitmentSource = null,
        RenewalByCommitment = false,
        Renewal = null,
        AppointmentNeeded = false,
        Unattended = false,
        Places = null,
    };

    /// <summary>Codes of the kinds of licences that its steps issue.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Issued => [.. Procedure.Steps.Select(step => step.Issues?.Code).OfType<string>()];

    /// <summary>Code of the kind of licences of which it strikes one from the register (注销); null where it does not.</summary>
    [JsonIgnore]
    public string? Cancels => Procedure.Steps.FirstOrDefault(step => step.Cancels is not null)?.Cancels;

    /// <summary>Nobody can apply for it, or nobody will from some day on: until then it is as whole as any other.</summary>
    internal bool HasEnd => Mode is ReformMode.Abolished || EndedOn is not null;

    /// <summary>It says what to do instead and nothing that one could apply for: an entry emptied before its law ends has ended.</summary>
    internal bool IsEmpty => Mode is ReformMode.Abolished || (EndedOn is not null && Procedure.Steps.Count == 0);
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
/// <param name="NeededBy">When it is due: with the application, or when the first step opens that needs it.</param>
public sealed record Material(
    string Code, Text Name, bool Required = true, bool Deferrable = false, string? ProvedBy = null, MaterialNeed NeededBy = MaterialNeed.Submission);

/// <summary>When a material is due.</summary>
public enum MaterialNeed
{
    /// <summary>申请时提交: with the application.</summary>
    Submission,

    /// <summary>环节开始时提交: when a step opens that needs it, which waits for it and not before.</summary>
    Step,
}
