using System.Text.Json;
using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Exemptions;
using OneDoor.Files;
using OneDoor.Forms;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

// What comes in.
public sealed partial record Case
{
    private static Decision<CaseFact> Submit(SubmitCase c, CaseAsking asked)
    {
        var applicant = asked.Applicant ?? throw new ArgumentException("A submission says who applies.", nameof(asked));
        if (asked.Item is not { Item: var item } published)
            return Refusal.AllOf([CaseRefusals.ItemUnknown.At("/item"), .. applicant.Refusals(LegalClock.DayOf(asked.Now))])!;
        Refusal[] unable = [.. ApplicantRefused(item, applicant, asked)];
        // Whoever would apply as somebody else is told nothing of what is known of them.
        if (unable.Length > 0 && asked.By.Department is null)
            asked = asked with { Bars = [], Held = [], Suspended = Suspended.Nothing, Renewable = [], IsHeldBack = false, Cancellable = [] };
        var signed = Signed(c, applicant, asked);
        var proofs = IsUnsigned(signed) ? [] : Prove(state: null, c, asked);
        // Nothing of this depends on the rest, so all of it is told at once; what an abolished or ended item offers is of no use to anybody.
        var refused = item.IsEnded(LegalClock.DayOf(asked.Now))
            ? Refusal.AllOf([(CaseRefusals.ItemAbolished with { Detail = item.InsteadOf }).At("/item"), .. unable])
            : Refusal.AllOf(
            [
                .. unable, .. BarRefused(asked) is { } barred ? [barred.At("/applicant")] : Array.Empty<Refusal>(),
                .. PlaceRefused(item, c, asked), .. MaterialsRefused(c.Materials ?? [], item.Materials, asked),
                .. DeclarationRefused(c.Declaration), .. StatedRefused(c, published.Form, applicant, asked), .. SignaturesRefused(applicant, asked), .. PledgesRefused(c, item, proofs, asked), .. ChoiceRefused(c, item, applicant),
                .. ExemptionRefused(c, item), .. EmergencyRefused(c, asked),
                .. CommitmentRefused(c, item, proofs, asked), .. RenewalRefused(c, item, applicant, asked), .. CancellationRefused(c, item, applicant, asked),
            ]);
        if (refused is not null)
            return refused;
        var (named, plan, hall, materials, contact) = (signed.Named(), CasePlan.Of(published), HallOf(c.Hall, asked.By), Kept(c.Materials ?? [], asked), c.Contact?.Stored());
        var form = c.Form is { } stated ? AnswerText.Of(stated) : null;
        var isNamedOtherwise = IsNamedOtherwise(applicant, asked);
        var (files, answer) = (Carried(CaseFiles.StatedBy(c, published.Form), asked), AnswerDue(asked.Clock, asked.Now));
        CaseFact[] begun =
        [
            IsUnsigned(signed)
                ? new SignaturesAwaited(asked.Now, asked.By, asked.New.Id, asked.New.Number, plan, named, c.Channel, hall, materials, SignUntil(asked), c.Declaration!, form, contact, c.Agent, files, isNamedOtherwise)
                : new CaseSubmitted(
                    asked.Now, asked.By, asked.New.Id, asked.New.Number, plan, named, c.Channel, hall, materials, answer.DueAt, c.Declaration, form, contact, c.Agent, files, answer.Provisional, isNamedOtherwise),
            .. proofs,
            .. (c.Pledges ?? []).Select(pledge => new MaterialPledged(asked.Now, asked.By, pledge)),
            .. Committed(c, item, asked),
            .. Renewed(item, asked, asked.Now, c.Commitment is not null),
            .. Cancelled(item.Cancels, applicant, asked),
            .. Optional(item, applicant.Kind).Where(step => c.Chosen?.Contains(step) == false).Select(step => new StepWaived(asked.Now, asked.By, step)),
            .. Exempted(c, item, asked),
            .. Expedited(asked),
        ];
        return Decision<CaseFact>.Of([.. begun, .. begun.Aggregate(default(Case), Evolve)!.AtOnce(asked)]);
    }

    private static IEnumerable<Refusal> ApplicantRefused(Item item, Applicant applicant, CaseAsking asked)
    {
        var invalid = Refusals(item, applicant, LegalClock.DayOf(asked.Now));
        if (asked.By is { Applicant: null, Department: null })
            return [CaseRefusals.NobodySignedIn.At("/applicant"), .. invalid];
        if (invalid.Count > 0 || asked.By.Applicant is not { } signedIn)
            return invalid;
        var (own, at) = applicant switch
        {
            { Kind: ApplicantKind.JointParties } => applicant.Parties!.Index().Where(p => p.Item.Applicant.Key == signedIn)
                .Select(p => ((PersonOrEntity?)p.Item.Applicant, $"/parties/{p.Index}/applicant")).FirstOrDefault(),
            { Kind: ApplicantKind.Founders } => (applicant.Applies, $"/founders/{applicant.Representative ?? 0}"),
            _ => (applicant.Applies, ""),
        };
        return own?.Key != signedIn ? [CaseRefusals.NotTheApplicant.At("/applicant")]
            : asked.RegisteredName is { } name && name != own.Name ? [CaseRefusals.NameNotRegistered.At($"/applicant{at}/name")] : [];
    }

    /// <summary>Why the applicant cannot apply for the item, whoever asks; nothing when it can (APP-1).</summary>
    public static IReadOnlyList<Refusal> Refusals(Item item, Applicant applicant, DateOnly today) =>
        [.. applicant.Refusals(today), .. NotOffered(item, applicant) is { } refused ? [refused.At("/applicant/kind")] : RolesRefused(item, applicant)];

    private static Refusal? NotOffered(Item item, Applicant applicant) => NotOffered(item, applicant.Kind);

    /// <summary>Why nobody of that kind may apply for the item, and who may; null when they may (APP-1).</summary>
    public static Refusal? NotOffered(Item item, ApplicantKind kind) => item.Applicants.Contains(kind) ? null : CaseRefusals.ApplicantNotOffered.Because(
        $"可申请的：{Listed(item.Applicants).Zh}。", $"It may be applied for by: {Listed(item.Applicants).En}.");

    // JOINT-1: what comes after the licence of a founding is the founders' to choose.
    internal static IEnumerable<string> Optional(Item item, ApplicantKind applicant) =>
        applicant == ApplicantKind.Founders ? item.Procedure.Steps.Where(s => s.After.Count > 0).Select(s => s.Code) : [];

    private static IEnumerable<Refusal> ChoiceRefused(SubmitCase c, Item item, Applicant applicant)
    {
        if (c.Chosen is not { } chosen)
            yield break;
        var optional = Optional(item, applicant.Kind).ToArray();
        var listed = Text.List(optional);
        var refusal = CaseRefusals.StepNotOptional.Because(
            optional.Length == 0 ? "只有设立申请在核发证照之后的环节可以选择。" : $"可以选择的环节：{listed.Zh}，每个只列一次。",
            optional.Length == 0 ? "Only what comes after the licence of a founding is chosen." : $"One chooses among {listed.En}, and names each once.");
        if (chosen is [] && optional.Length == 0)
            yield return refusal.At("/chosen");
        foreach (var (i, step) in chosen.Index())
            if (!optional.Contains(step) || chosen.Take(i).Contains(step))
                yield return refusal.At($"/chosen/{i}");
    }

    private static IEnumerable<Refusal> DeclarationRefused(Signature? given) => given is null
        ? [CaseRefusals.DeclarationMissing.At("/declaration")]
        : SignedTexts.Declaration.Refusals(given, CaseRefusals.DeclarationChanged, "/declaration");

    // CASE-11: what the application says, how one is reached, and who handles it.
    private static IEnumerable<Refusal> StatedRefused(SubmitCase c, Form? form, Applicant applicant, CaseAsking asked) =>
    [
        .. (form, c.Form) switch
        {
            (null, null) => [],
            (null, _) => [FormRefusals.FieldNotAsked.Because("该事项没有表单。", "The item has no form.").At("/form")],
            (_, null) => [CaseRefusals.FormMissing.At("/form")],
            ({ } filled, { } answer) => FormAnswer.Refusals(filled, answer, LegalClock.DayOf(asked.Now)),
        },
        .. AnotherRefused(c, form, asked), .. WorkerRefused(applicant, form, c.Form),
        .. c.Contact?.Refusals() ?? [CaseRefusals.ContactMissing.At("/contact")],
        .. c.Agent?.Refusals(applicant.Kind, asked.By, LegalClock.DayOf(asked.Now)) ?? [],
        .. FilesRefused(CaseFiles.StatedBy(c, form), asked),
    ];

    // CASE-11, APP-1: the worker for whom an employer applies is the one of whom its form tells.
    private static IEnumerable<Refusal> WorkerRefused(Applicant applicant, Form? form, JsonElement? answer)
    {
        if (applicant.Worker is not { } worker || form?.HasWorker != true || answer is not { ValueKind: JsonValueKind.Object } given
            || !given.TryGetProperty(Forms.Form.Worker, out var stated) || Blocks.PersonIn(stated) is not { } told)
            yield break;
        var contradicting = FormRefusals.FieldsContradict.Because("申请人中的职工与申请表中的职工须为同一人。", "The worker of the applicant and the worker of the form are one person.");
        if (told.Key != worker.Key)
        {
            yield return contradicting.At(worker.Identifier is null ? "/applicant/worker/citizenId" : "/applicant/worker/identifier");
            yield return contradicting.At("/form/worker/idNumber");
        }
        if (told.Name != worker.Name)
        {
            yield return contradicting.At("/applicant/worker/name");
            yield return contradicting.At("/form/worker/name");
        }
    }

    private static IEnumerable<Refusal> PlaceRefused(Item item, SubmitCase c, CaseAsking asked)
    {
        var by = asked.By;
        if (item.Confidential && by.Department != item.Department)
            yield return CaseRefusals.ItemConfidential.At("/item");
        // Whoever signs in is at no window, and is no agency's system; staff are at theirs.
        var channels = by.Applicant is null ? item.Channels : [.. item.Channels.Where(ofPeople => ofPeople is not (Channel.Window or Channel.Agency))];
        if (by.Role == ActorRole.Staff && c.Channel != Channel.Window)
            yield return CaseRefusals.ChannelNotWindow.At("/channel");
        else if (!channels.Contains(c.Channel))
            yield return (item.Channels.Contains(c.Channel) ? CaseRefusals.ChannelOfStaff : CaseRefusals.ChannelNotOffered).Because(
                channels.Any() ? $"可用渠道：{Listed(channels).Zh}。" : "该事项只在窗口由工作人员收件。",
                channels.Any() ? $"Yours are: {Listed(channels).En}." : "It is taken in at the window, by staff alone.").At("/channel");
        // CASE-9: any hall receives any case, by its own staff; what reaches no window goes to the hall where all departments sit.
        if (by.Role == ActorRole.Staff && (by.Hall is null || HallOf(c.Hall, by) != by.Hall))
            yield return CaseRefusals.NotYourHall.At("/hall");
        else if (c.Hall is null && c.Channel is (Channel.Window or Channel.Kiosk) && by.Hall is null)
            yield return CaseRefusals.HallRequired.Because(
                $"窗口和自助机收件须注明大厅：{Halls.Zh}。", $"A case received at a window or a kiosk names its hall: {Halls.En}.").At("/hall");
        else if (HallRefused(HallOf(c.Hall, by), by) is { } refused)
            yield return refused;
        foreach (var closed in KioskRefused(c, asked))
            yield return closed;
    }

    /// <summary>The hall that takes in what somebody hands in: the one they name, else the one in which they stand before a kiosk or work, else where all departments sit.</summary>
    public static string HallOf(string? named, Actor by) => named ?? by.Hall ?? HallDirectory.Main;

    // The hall of the kiosk at which somebody signed in; null of everybody else.
    private static string? KioskOf(Actor by) => by.Role == ActorRole.Applicant ? by.Hall : null;

    /// <summary>Why the hall cannot take a case in; null when it can: every hall there is receives every item (CASE-9, HALL-3), a kiosk for its own (KIOSK-1).</summary>
    public static Refusal? HallRefused(string hall, Actor by) => KioskOf(by) is { } own && own != hall ? CaseRefusals.NotYourHall.At("/hall") : HallDirectory.Zone.Find(hall) is not null ? null : CaseRefusals.HallNotOffered.Because(
        $"大厅：{Halls.Zh}。", $"The halls are: {Halls.En}.").At("/hall");

    private static Text Halls => Text.List(HallDirectory.Zone.All.Select(hall => hall.Code));

    private static Text Listed<T>(IEnumerable<T> values) where T : struct, Enum => Text.List(values.Select(Kebab.Of));

    private static Case From(CaseSubmitted f) => new()
    {
        Id = f.CaseId,
        Number = f.Number,
        Status = CaseStatus.Submitted,
        Plan = f.Plan,
        Lead = f.Plan.Department,
        Applicant = f.Applicant,
        ApplicantKey = f.Applicant.Key,
        SubmittedBy = f.By!.Subject,
        SubmittedThrough = f.By.Role == ActorRole.Applicant ? f.By.Client : null,
        ReceivedOn = f.By.Role == ActorRole.Staff && f.Channel == Channel.Window ? LegalClock.DayOf(f.At) : null,
        Channel = f.Channel,
        Hall = f.Hall,
        Materials = f.Materials,
        Declaration = f.Declaration,
        Form = f.Form,
        Contact = f.Contact,
        Agent = f.Agent,
        Files = f.Files,
        Steps = StepsOf(f.Plan),
        SubmittedAt = f.At,
        MaterialsInAt = f.At,
        AcceptBy = f.AcceptBy,
        AcceptByProvisional = f.AcceptByProvisional,
        NamedOtherwise = f.NamedOtherwise,
    };

    private static IReadOnlyList<StepState> StepsOf(CasePlan plan) =>
        [.. plan.Steps.Select(s => new StepState { Code = s.Code, Department = s.Department, Status = StepStatus.Waiting })];
}

/// <summary>A whole application.</summary>
/// <param name="Item">Code of the item applied for.</param>
/// <param name="Channel">How it reached the platform.</param>
/// <param name="Applicant">Who applies; left out, the one who is signed in.</param>
/// <param name="Hall">The receiving hall; needed at a window or a kiosk.</param>
/// <param name="Materials">What is handed in; what is missing can follow.</param>
/// <param name="Declaration">The applicant's signature under the declaration of truth; without it nothing is taken. Of joint parties it is that of whoever submits.</param>
/// <param name="Pledges">Deferrable materials that the applicant signs to hand in later.</param>
/// <param name="Chosen">Of foundings only: codes of the steps after the licence that the founders want; left out, all of them.</param>
/// <param name="Form">The answer to the item's form (申请表), an object as its JSON Schema says; without it nothing is taken, where the item has a form.</param>
/// <param name="Contact">How the applicant is reached; without it nothing is taken.</param>
/// <param name="Agent">Of entities only: who handles it for them (经办人); may be left out.</param>
/// <param name="EiaClass">Code of a class of the directory of exemptions from environmental impact assessment (环评豁免目录), of items with such a step only: exempt, the project does not need it.</param>
/// <param name="EiaAnswers">With <paramref name="EiaClass"/>: what its conditions ask about the project.</param>
/// <param name="EmergencyProject">Id of the listed emergency project (应急项目) of which it is part: it goes by the green channel (绿色通道).</param>
/// <param name="Commitment">The signed commitment (告知承诺), where the applicant chooses it: it is then granted at once.</param>
/// <param name="Renews">Number of the licence that is to be renewed (延续), before it expires; with <paramref name="Commitment"/> at once.</param>
/// <param name="Cancels">Of items that strike a licence from the register (注销): that licence's number; may be left out by who holds only one of its kind.</param>
public sealed record SubmitCase(
    string Item, Channel Channel, Applicant? Applicant = null, string? Hall = null, IReadOnlyList<MaterialGiven>? Materials = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Signature? Declaration = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<MaterialPledge>? Pledges = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<string>? Chosen = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? Form = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Contact? Contact = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Agent? Agent = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? EiaClass = null, [property: JsonIgnore(Condition = WhenWritingNull)] EiaAnswers? EiaAnswers = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Guid? EmergencyProject = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] CommitmentGiven? Commitment = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Renews = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Cancels = null) : CaseCommand
{
    [JsonIgnore]
    public override string? ItemNamed => Item;
}

/// <summary>
/// The whole case as it came in (CASE-1), pinned to the item version it was submitted under (CAT-4). Of joint parties who signed one after the
/// other it follows the last signature.
/// </summary>
/// <param name="Plan">The item's steps, limits and materials as they stood then.</param>
/// <param name="Hall">The hall that received it; it does not own it (CASE-9).</param>
/// <param name="AcceptBy">Without an answer by then the case counts as accepted (CASE-2).</param>
/// <param name="Declaration">The applicant's signature under the declaration of truth (APP-4); null in cases of the first releases, which asked for none.</param>
/// <param name="Form">The answer to the item's form (CASE-11), as JSON; null where there was none.</param>
/// <param name="Contact">How the applicant is reached; null in cases of releases before, which asked for none.</param>
/// <param name="Agent">Who handles it for an entity; null where nobody is named.</param>
/// <param name="Files">The files that form and agent name (CASE-12); null where they name none.</param>
/// <param name="AcceptByProvisional">The holidays that it depends on are not published yet, and it may move when they are (CLK-2); absent where they are.</param>
/// <param name="NamedOtherwise">Staff took it in under a number that the platform knows under another name; absent where they did not.</param>
[Alias("case_submitted")]
public sealed record CaseSubmitted(
    DateTimeOffset At, Actor By, Guid CaseId, string Number, CasePlan Plan, Applicant Applicant, Channel Channel, string Hall,
    IReadOnlyList<MaterialHandedIn> Materials, DateTimeOffset AcceptBy, Signature? Declaration = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)][Personal] string? Form = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Contact? Contact = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Agent? Agent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CarriedFile>? Files = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AcceptByProvisional = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool NamedOtherwise = false) : CaseFact(At, By);

public static partial class CaseRefusals
{
    public static readonly Refusal ItemUnknown = new("case.item-unknown", 422,
        new("事项不存在", "There is no such item"),
        new("事项编码见目录。", "The catalogue lists the codes of its items."));

    public static readonly Refusal ItemAbolished = new("case.item-abolished", 422, new("事项已取消审批", "The item has been abolished"));

    /// <summary>SIGHT-1.</summary>
    public static readonly Refusal ItemConfidential = new("case.item-confidential", 403,
        new("涉密事项只在主管部门窗口办理", "Only the department itself takes a confidential item in"),
        new("由主管部门自行收件，不能由其他部门、其他渠道收件或转入转出。",
            "Its department takes it in itself: nobody else submits it, and no case is moved to it or from it."));

    public static readonly Refusal ChannelNotOffered = new("case.channel-not-offered", 422,
        new("该事项不支持此渠道", "The item is not offered on this channel"));

    public static readonly Refusal ChannelOfStaff = new("case.channel-of-staff", 422,
        new("该渠道供工作人员和机构使用", "The channel is for staff and agencies"),
        new("登录后可通过网上、移动端或自助机申请。", "Whoever signs in applies online, by mobile or at a kiosk."));

    public static readonly Refusal HallNotOffered = new("case.hall-not-offered", 422, new("大厅不存在", "There is no such hall"));

    public static readonly Refusal NotYourHall = new("case.not-your-hall", 422,
        new("自助机和工作人员只为本大厅收件", "A kiosk and staff take cases in for their own hall"),
        new("hall 可以不写；没有所属大厅的工作人员不收件。", "That hall may be left out; staff who have none take nothing in."));

    /// <summary>CASE-9.</summary>
    public static readonly Refusal ChannelNotWindow = new("case.channel-not-window", 422,
        new("工作人员只在窗口收件", "Staff take applications in at a window"), new("channel 须为 window。", "The channel is window."));

    public static readonly Refusal HallRequired = new("case.hall-required", 422,
        new("缺少收件大厅", "The receiving hall is missing"), new("窗口和自助机收件须注明大厅。", "A case received at a window or a kiosk names its hall."));

    public static readonly Refusal NotTheApplicant = new("case.not-the-applicant", 403,
        new("只能为本人或本企业申请", "One applies for oneself only"),
        new("申请人须与登录身份一致：不写 applicant，或以申请人的身份登录。", "The applicant must be the one signed in: leave applicant out, or sign in as them."));

    public static readonly Refusal NobodySignedIn = new("case.nobody-signed-in", 403,
        new("没有申请人登录", "Nobody is signed in to apply"),
        new("不代表任何部门的应用只能为通过它登录的人申请。", "An app that acts for no department applies only for who is signed in through it."));

    public static readonly Refusal NameNotRegistered = new("case.name-not-registered", 422,
        new("申请人名称与登记名称不一致", "The name is not the one you are registered under"),
        new("省略 applicant 即以本人或本企业名义申请。", "Leave applicant out to apply as yourself."));

    public static readonly Refusal ApplicantNotOffered = new("case.applicant-not-offered", 422,
        new("该事项不受理此类申请人的申请", "The item is not for this kind of applicant"));

    /// <summary>APP-4.</summary>
    public static readonly Refusal DeclarationMissing = new("case.declaration-missing", 422,
        new("缺少真实性声明", "The declaration of truth is missing"),
        new("申请须附申请人对真实性声明的签署；声明全文及其摘要可公开读取。",
            "An application is signed with the declaration of truth, whose text and digest everybody may read."));

    /// <summary>APP-4.</summary>
    public static readonly Refusal DeclarationChanged = new("case.declaration-changed", 422,
        new("签署的不是现行真实性声明", "What is signed is not the declaration of truth"),
        new("请重新阅读声明并以其摘要签署。", "Read the declaration again, and sign with its digest."));

    /// <summary>CASE-11.</summary>
    public static readonly Refusal FormMissing = new("case.form-missing", 422,
        new("缺少申请表内容", "The form is missing"),
        new("事项的 form 以 JSON Schema 公布申请表。", "The item's form says, as JSON Schema, what it takes."));

    /// <summary>JOINT-1.</summary>
    public static readonly Refusal StepNotOptional = new("case.step-not-optional", 422, new("该环节不可选择", "The step is nothing to choose"));
}
