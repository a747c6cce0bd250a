using OneDoor.Clock;

namespace OneDoor.Catalogue;

/// <summary>Who brings the entry into the halls.</summary>
public enum Register
{
    /// <summary>承接事项: taken over by the service office, which receives it in every hall and as a rule decides it.</summary>
    Office,

    /// <summary>进驻事项: of an agency that sits in the airport hall; the other halls receive it and forward it.</summary>
    Agency,
}

/// <summary>What the law makes of the matter, whatever a reform calls it (行为性质).</summary>
public enum Act
{
    /// <summary>行政许可: permission to do what is otherwise forbidden (行政许可法 art. 2).</summary>
    Licence,

    /// <summary>备案: complete with complete information; nothing is examined in substance, nothing refused.</summary>
    Filing,

    /// <summary>登记: entry in a public register, examined for form.</summary>
    Registration,

    /// <summary>行政确认: a state of affairs is certified or recognised.</summary>
    Confirmation,

    /// <summary>公共服务 and whatever else decides about no right.</summary>
    Service,
}

/// <summary>As what one of joint parties applies (当事人身份).</summary>
/// <param name="Code">What a party names, kebab case, for instance <c>transferee</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Holds">Whoever applies as it holds what is granted.</param>
public sealed record PartyRole(string Code, Text Name, bool Holds = false);

/// <summary>Whether something has to take place before a decision.</summary>
public enum Requirement
{
    /// <summary>Not by the item's law; where somebody may ask for it, on request.</summary>
    None,

    /// <summary>By the item's law, always.</summary>
    Required,
}

/// <summary>A procedure that the item's law prescribes and whose time does not count (特别程序, 行政许可法 art. 45, CLK-3).</summary>
/// <param name="Procedure">Which of the eight.</param>
/// <param name="LegalBasis">The law and article that prescribe it for this item.</param>
/// <param name="UsualLength">How long it usually takes.</param>
public sealed record SpecialProcedure(PauseReason Procedure, string LegalBasis, Limit UsualLength);

/// <summary>What a commitment (告知承诺) says of the conditions.</summary>
public enum CommitmentKind
{
    /// <summary>已经具备: they are met.</summary>
    Met,

    /// <summary>限期具备: they will be by a day, and until that is reported nothing is authorised.</summary>
    ToBeMet,
}

/// <summary>How an item's commitment is given and looked into.</summary>
/// <param name="Kind">What it says of the conditions.</param>
/// <param name="InspectWithin">How long after the decision the supervising department looks into it at the latest (MODE-4).</param>
/// <param name="MeetWithin">How long after signing the conditions have to be met at the latest; null where they are met.</param>
/// <param name="Covers">Codes of the materials that it stands in for: nobody hands them in, and the inspection may ask to see them.</param>
public sealed record ItemCommitment(CommitmentKind Kind, Limit InspectWithin, Limit? MeetWithin = null, IReadOnlyList<string>? Covers = null);

/// <summary>When an expiring licence may be renewed and what the new one is (延续, MODE-6).</summary>
/// <param name="Opens">How long before expiry one may apply at the earliest; null for at any time of the present term.</param>
/// <param name="Closes">How long before expiry one has to have applied; 0 for up to the last day.</param>
/// <param name="Unit">What both count: working days or calendar days.</param>
/// <param name="KeepsNumber">The new licence has the old one's number.</param>
/// <param name="RunsFrom">Where the new term begins.</param>
/// <param name="LateIs">What becomes of who applies later.</param>
/// <param name="LegalBasis">The law and article that say so.</param>
public sealed record Renewal(int? Opens, int Closes, LimitUnit Unit, bool KeepsNumber, RunsFrom RunsFrom, LateRenewal LateIs, string LegalBasis)
{
    /// <summary>So many days before the last one of a term, as the item's law counts them.</summary>
    public DateOnly DayBefore(DateOnly last, int days, WorkingDays calendar)
    {
        if (Unit != LimitUnit.WorkingDays)
            return last.AddDays(-days);
        for (var left = days; left > 0;)
        {
            last = last.AddDays(-1);
            if (calendar.IsWorkingDay(last))
                left--;
        }
        return last;
    }
}

/// <summary>Where the term of a renewed licence begins.</summary>
public enum RunsFrom
{
    /// <summary>On the old one's expiry.</summary>
    Expiry,

    /// <summary>On the day of the decision.</summary>
    Decision,
}

/// <summary>What becomes of a renewal that is asked for too late.</summary>
public enum LateRenewal
{
    /// <summary>Nothing is renewed: one applies anew.</summary>
    New,

    /// <summary>It is taken until expiry, but the old licence does not outlive its term while it is decided.</summary>
    Taken,
}

/// <summary>That the law limits the number of licences of a kind (数量限制).</summary>
/// <param name="Number">How many may stand at a time; one that has ended gives its place back.</param>
/// <param name="LegalBasis">The law and article that limit it.</param>
public sealed record Places(int Number, string LegalBasis);

/// <summary>A provision by which licences of an item may be suspended (暂扣依据, LIC-6).</summary>
/// <param name="Code">What a suspension names, kebab case, unique within the item.</param>
/// <param name="Name">What it is for.</param>
/// <param name="LegalBasis">The law and article.</param>
/// <param name="Kind">What the law makes of it.</param>
public sealed record SuspensionBasis(string Code, Text Name, string LegalBasis, SuspensionKind Kind);

/// <summary>What the law makes of a suspension.</summary>
public enum SuspensionKind
{
    /// <summary>暂扣许可证件: a penalty (行政处罚法 art. 9 (3)).</summary>
    Penalty,

    /// <summary>A measure that a law names, until something is decided or put right (行政措施).</summary>
    Measure,
}

/// <summary>How what was granted reaches the applicant (送达, CASE-10).</summary>
/// <param name="Within">How long after the decision at most (行政许可法 art. 44, or the item's own law).</param>
/// <param name="Ways">What the applicant may choose from.</param>
public sealed record Delivery(Limit Within, IReadOnlyList<DeliveryWay> Ways)
{
    /// <summary>Ten working days, electronically at once or on paper.</summary>
    public static readonly Delivery Usual = new(Limit.WorkingDays(10), [DeliveryWay.Electronic, DeliveryWay.Pickup, DeliveryWay.Post]);
}

/// <summary>A way of handing over.</summary>
public enum DeliveryWay
{
    /// <summary>电子送达: the electronic licence, at once.</summary>
    Electronic,

    /// <summary>窗口领取</summary>
    Pickup,

    /// <summary>邮寄</summary>
    Post,
}
