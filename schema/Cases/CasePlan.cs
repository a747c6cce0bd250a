using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Cases;

/// <summary>
/// The item as the case holds it: one version, whatever the catalogue says later. Where that version is a published one,
/// the store holds its <c>item</c> and <c>version</c> and nothing else of it.
/// </summary>
public sealed record CasePlan(
    string Item, int Version, Text Name, Department Department, Limit Statutory, Limit Promised,
    IReadOnlyList<ProcedureStep> Steps, IReadOnlyList<Material> Materials)
{
    /// <summary>By how much the statutory limit may be extended, once (CLK-4); null for not at all.</summary>
    // Stored as null as well: left out it means the usual one, as it did before there was another.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Limit? Extension { get; init; } = Limit.WorkingDays(10);

    /// <summary>What its law prescribes besides and does not count (CLK-3).</summary>
    public IReadOnlyList<SpecialProcedure> SpecialProcedures { get; init; } = [];

    /// <summary>An inspection on site before the decision (CASE-16).</summary>
    public Requirement Inspection { get; init; }

    /// <summary>A hearing before the decision (HEAR-2).</summary>
    public Requirement Hearing { get; init; }

    /// <summary>Third parties are told and heard before it is granted (HEAR-1).</summary>
    public bool ThirdParty { get; init; }

    /// <summary>As what joint parties apply (APP-2).</summary>
    public IReadOnlyList<PartyRole> Roles { get; init; } = [];

    /// <summary>Decided on the spot, it may be decided by whoever took it on (CASE-16).</summary>
    public HandlingType Handling { get; init; }

    /// <summary>How long after the decision what was granted is handed over at most (CASE-10).</summary>
    public Limit DeliverWithin { get; init; } = Delivery.Usual.Within;

    /// <summary>In which ways what was granted is handed over.</summary>
    public IReadOnlyList<DeliveryWay> DeliveryWays { get; init; } = Delivery.Usual.Ways;

    /// <summary>It exists for its department and its applicant only (SIGHT-1).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Confidential { get; init; }

    /// <summary>It is an administrative licence that bears on safety: false materials bar from what it permits (BAR-1).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Safety { get; init; }

    /// <summary>What applications say (CAT-7); null in cases of releases before there were forms.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Form? Form { get; init; }

    /// <summary>Who supervises what is granted; null where the plan is no published item's.</summary>
    [JsonIgnore]
    public Department? SupervisedBy { get; init; }

    /// <summary>It is a filing: complete with complete information, and then nothing is left to decide (MODE-1).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Filing { get; init; }

    // An item is one object for as long as a process knows it, and so is its plan: what is the published plan is told at a glance.
    private static readonly ConditionalWeakTable<Item, CasePlan> Known = [];

    /// <summary>The departments the item names, its own first.</summary>
    public IReadOnlyList<Department> Departments() => [.. Steps.Select(s => s.Department).Prepend(Department).Distinct()];

    /// <summary>The plan of an item as it was published.</summary>
    public static CasePlan Of(ItemPublished published) => Of(published.Item, published.Version, published.Form);

    /// <summary>The plan of an item in a version.</summary>
    public static CasePlan Of(Item item, int version, Form? form = null) =>
        Known.GetValue(item, _ => From(item, version, form)) is var known && known.Version == version && ReferenceEquals(known.Form, form) ? known : From(item, version, form);

    private static CasePlan From(Item item, int version, Form? form) => new(
        item.Code, version, item.Name, item.Department, item.StatutoryLimit!, item.PromisedLimit!, item.Procedure.Steps, item.Materials)
    {
        Form = form,
        Extension = item.Extension,
        SpecialProcedures = item.SpecialProcedures,
        Inspection = item.Inspection,
        Hearing = item.Hearing,
        ThirdParty = item.ThirdParty,
        Handling = item.Handling,
        Roles = item.Roles,
        DeliverWithin = item.Delivery.Within,
        DeliveryWays = item.Delivery.Ways,
        Confidential = item.Confidential,
        Safety = item is { Safety: true, Act: Act.Licence },
        SupervisedBy = item.SupervisedBy,
        Filing = item.Act is Act.Filing,
    };
}
