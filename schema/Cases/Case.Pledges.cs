using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

// Acceptance with a deficiency (容缺受理, MODE-7): it rests on the applicant's own signature, never on a clerk's word.
public sealed partial record Case
{
    /// <summary>Working days by which a pledged material has to follow at the latest (MODE-7).</summary>
    public const int DeferAtMost = 60;

    /// <summary>Days before its last one on which a pledge is called to mind (CLK-7).</summary>
    public const int PledgeSoon = 3;

    /// <summary>When what was still owed for it was not any more: what it granted had ended, or it ended itself and granted nothing; null where nothing was owed, or it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? OwedUntil => ReleasedAt ?? (HasGrantedNothing && Pledges.Any(p => p.IsOpen) ? EndedAt : null);

    private bool HasGrantedNothing => Status is CaseStatus.Refused or CaseStatus.Withdrawn or CaseStatus.NotAccepted or CaseStatus.Lapsed;

    // On these the acceptance rests, and they are to be kept whatever was decided, unless nothing was granted.
    private IEnumerable<PledgedMaterial> Owed => HasGrantedNothing || ReleasedAt is not null ? []
        : Pledges.Where(p => p.IsOpen && Deferred.Any(d => (d.Code, d.SupplyBy) == (p.Made.Code, p.Made.SupplyBy)));

    private IEnumerable<CaseFact> PledgesDue(DateTimeOffset now)
    {
        foreach (var pledge in Owed)
        {
            if (LegalClock.IsOver(pledge.EndsAt, now))
                yield return new PledgeMissed(now, By: null, pledge.Made.Code, pledge.Made.SupplyBy);
            else if (pledge.RemindAt < now)
                yield return new PledgeDueSoon(now, By: null, pledge.Made.Code, pledge.Made.SupplyBy);
        }
    }

    private Decision<CaseFact> Pledge(PledgeMaterial c, CaseAsking asked)
    {
        if (!SpeaksForApplicant(asked.By))
            return CaseRefusals.NotYourCase;
        if (Status is not (CaseStatus.Submitted or CaseStatus.CorrectionRequested))
            return InThisState("作出容缺承诺", "pledging a material");
        if (asked.Suspended.Deficiency)
            return CaseRefusals.DeficiencySuspended;
        var pledge = new MaterialPledge(c.Code, c.SupplyBy, c.Digest, c.Signatory);
        if (Pledges.Any(p => p.IsOpen && p.Made == pledge))
            return Decision<CaseFact>.Nothing;
        return Refusal.AllOf(PledgeRefused(pledge, Plan.Materials, Has, asked, "")) is { } refused ? refused : new MaterialPledged(asked.Now, asked.By, pledge);
    }

    private static IEnumerable<Refusal> PledgesRefused(SubmitCase c, Item item, IReadOnlyList<CaseFact> proofs, CaseAsking asked)
    {
        var proved = proofs.OfType<MaterialsProved>().SelectMany(f => f.Materials.Select(m => m.Code)).ToHashSet();
        var suspended = CaseRefusals.DeficiencySuspended.At("/pledges").When(asked.Suspended.Deficiency && c.Pledges is { Count: > 0 });
        return suspended.Concat((c.Pledges ?? []).Index().SelectMany(p => PledgeRefused(
            p.Item, item.Materials,
            code => proved.Contains(code) || c.Materials?.Any(m => m.Code == code) == true || c.Pledges!.Take(p.Index).Any(before => before.Code == code),
            asked, $"/pledges/{p.Index}")));
    }

    private static IEnumerable<Refusal> PledgeRefused(MaterialPledge pledge, IReadOnlyList<Material> known, Func<string, bool> has, CaseAsking asked, string at)
    {
        if (!known.Any(m => m.Code == pledge.Code && m.Deferrable) || has(pledge.Code))
            yield return CaseRefusals.NotDeferrable.At($"{at}/code");
        var (today, last) = (LegalClock.DayOf(asked.Now), asked.Clock.Simulate(asked.Now, Limit.WorkingDays(DeferAtMost)).DueOn);
        if (pledge.SupplyBy < today || pledge.SupplyBy > last)
            yield return CaseRefusals.NotDeferrable.Because($"补交期限须在{today:yyyy-MM-dd}至{last:yyyy-MM-dd}之间。", $"It follows by a day from {today:yyyy-MM-dd} to {last:yyyy-MM-dd}.").At($"{at}/supplyBy");
        foreach (var refused in SignedTexts.Pledge.Refusals(new(pledge.Digest, pledge.Signatory), CaseRefusals.PledgeChanged, at))
            yield return refused;
    }

    // Open ones whose day has not passed: on these an acceptance may rest.
    private MaterialDeferred[] Pledged(DateTimeOffset now) =>
        [.. Pledges.Where(p => p.IsOpen && p.Made.SupplyBy >= LegalClock.DayOf(now) && !Has(p.Made.Code)).Select(p => new MaterialDeferred(p.Made.Code, p.Made.SupplyBy))];

    // Whoever pledges a material again before acceptance has thought of another day.
    private Case With(MaterialPledged f) => this with
    {
        Pledges = [.. Pledges.Where(p => !p.IsOpen || p.Made.Code != f.Pledge.Code), new(f.Pledge, f.At, PledgeState.Open)],
    };

    private Case WithOwed(string code, Func<PledgedMaterial, PledgedMaterial> change) =>
        this with { Pledges = [.. Pledges.Select(p => p.IsOpen && p.Made.Code == code ? change(p) : p)] };
}

/// <summary>The applicant's signed pledge to hand in a deferrable material later (容缺承诺), as the item's pledge says.</summary>
/// <param name="Code">The item's code for the material.</param>
/// <param name="SupplyBy">The last day; at most 60 working days ahead.</param>
/// <param name="Digest">The digest of the text that was signed.</param>
/// <param name="Signatory">Who signed: 1 to 100 characters.</param>
public sealed record PledgeMaterial(string Code, DateOnly SupplyBy, string Digest, string Signatory) : CaseCommand;

/// <summary>The applicant signed to hand in a deferrable material later (MODE-7).</summary>
[Alias("case_material_pledged")]
public sealed record MaterialPledged(DateTimeOffset At, Actor By, MaterialPledge Pledge) : CaseFact(At, By);

/// <summary>The day by which a pledged material is to come is near (CLK-7).</summary>
/// <param name="By">Null: the clock did it.</param>
/// <param name="Code">The item's code for the material.</param>
/// <param name="SupplyBy">The last day.</param>
[Alias("pledge_due_soon")]
public sealed record PledgeDueSoon(DateTimeOffset At, Actor? By, string Code, DateOnly SupplyBy) : CaseFact(At, By);

/// <summary>The day by which a pledged material was to come is over, and it has not (MODE-7). It is still owed.</summary>
/// <param name="By">Null: the clock did it.</param>
/// <param name="Code">The item's code for the material.</param>
/// <param name="SupplyBy">The last day.</param>
[Alias("pledge_missed")]
public sealed record PledgeMissed(DateTimeOffset At, Actor? By, string Code, DateOnly SupplyBy) : CaseFact(At, By);

/// <summary>A pledge (容缺承诺) as it was signed.</summary>
/// <param name="Code">The item's code for the material.</param>
/// <param name="SupplyBy">The last day; at most 60 working days ahead.</param>
/// <param name="Digest">The digest of the text that was signed.</param>
/// <param name="Signatory">Who signed: 1 to 100 characters.</param>
public sealed record MaterialPledge(string Code, DateOnly SupplyBy, string Digest, [Personal] string Signatory);

/// <summary>A material that is to follow under a pledge (容缺后补, MODE-7).</summary>
/// <param name="Code">The item's code for it.</param>
/// <param name="SupplyBy">The last day; at most 60 working days ahead.</param>
public sealed record MaterialDeferred(string Code, DateOnly SupplyBy);

/// <summary>A pledge and what has become of it.</summary>
/// <param name="Made">What was pledged.</param>
/// <param name="SignedAt">When it was.</param>
/// <param name="State">Whether the material has come in.</param>
/// <param name="RemindedAt">When it was called to mind; null until then.</param>
public sealed record PledgedMaterial(
    MaterialPledge Made, DateTimeOffset SignedAt, PledgeState State, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RemindedAt = null)
{
    [JsonIgnore]
    public bool IsOpen => State == PledgeState.Open;

    // When its last day ends.
    internal DateTimeOffset EndsAt => LegalClock.EndOf(Made.SupplyBy);

    // When it is to be called to mind; null once it was, and of one that was signed later.
    internal DateTimeOffset? RemindAt => RemindedAt is null && LegalClock.MidnightOf(Made.SupplyBy.AddDays(-Case.PledgeSoon)) is var near && near > SignedAt ? near : null;
}

/// <summary>What has become of a pledge.</summary>
public enum PledgeState
{
    /// <summary>The material is still to come.</summary>
    Open,

    /// <summary>It has come in.</summary>
    Kept,

    /// <summary>Its day was over before it came in.</summary>
    Missed,
}

public static partial class CaseRefusals
{
    public static readonly Refusal NotDeferrable = new("case.material-not-deferrable", 422,
        new("该材料不能容缺后补", "The material cannot follow later"),
        new("只有标为可容缺、尚未提交且无证照证明的材料可以后补，期限须在六十个工作日内。",
            "Only a material marked deferrable, not handed in and not proved by a licence may follow, within 60 working days."));

    /// <summary>MODE-7.</summary>
    public static readonly Refusal PledgeMissing = new("case.pledge-missing", 422,
        new("申请人没有作出容缺承诺", "The applicant has not pledged it"),
        new("容缺受理以申请人签署的承诺为准：材料和日期须与其未履行的承诺一致。",
            "A case is accepted with a deficiency only as the applicant has signed: that material, by that day, not yet come in."));

    /// <summary>MODE-7.</summary>
    public static readonly Refusal PledgeChanged = new("case.pledge-changed", 422,
        new("签署的不是现行容缺承诺", "What is signed is not the pledge"),
        new("请重新阅读该事项的容缺承诺并以其摘要签署。", "Read the item's pledge again, and sign with its digest."));

    /// <summary>CRED-1.</summary>
    public static readonly Refusal DeficiencySuspended = new("case.deficiency-suspended", 403,
        new("申请人暂不适用容缺受理", "The applicant's cases are not accepted with a deficiency for now"),
        new("有逾期未补交的记录；材料齐全即可申请，记录修复后恢复。", "A pledge was missed: complete applications are taken as ever, and the privilege is back once the record is repaired."));
}
