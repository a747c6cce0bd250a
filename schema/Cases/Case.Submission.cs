using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Cases;

// What comes in, and what of it is proved already.
public sealed partial record Case
{
    /// <summary>JOINT-4: materials the command would find missing and a licence proves, if the applicant holds it.</summary>
    /// <param name="state">The case so far; null before it is submitted.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="item">The item it names; null for none.</param>
    public static IEnumerable<Material> Provable(Case? state, CaseCommand command, Item? item) => (state, command) switch
    {
        (null, SubmitCase c) => item?.Materials.Where(m => m.ProvedBy is not null && c.Materials?.Any(given => given.Code == m.Code) is not true) ?? [],
        ({ Status: CaseStatus.AwaitingSignatures }, SignCase) => state.Plan.Materials.Where(state.LacksProvable),
        ({ Status: CaseStatus.Submitted or CaseStatus.CorrectionRequested }, ReferCase { Kind: ReferralKind.Item }) => item?.Materials.Where(state.LacksProvable) ?? [],
        ({ Status: CaseStatus.Submitted or CaseStatus.CorrectionRequested }, AcceptCase or SendCorrectionNotice) => state.Plan.Materials.Where(state.LacksProvable),
        ({ IsAccepted: true }, DecideStep or SupplyMaterials) => state.Plan.Materials.Where(m => m.NeededBy == MaterialNeed.Step && state.LacksProvable(m)),
        _ => [],
    };

    // What was proved once stays proved: a rebuild asks no store what the applicant held then.
    private static IReadOnlyList<CaseFact> Prove(Case? state, CaseCommand command, CaseAsking asked)
    {
        MaterialProved[] proved =
        [
            .. from material in Provable(state, command, asked.Item?.Item)
               let licence = asked.Held.Where(l => l.Licence.Code == material.ProvedBy).MaxBy(l => l.DeliveredAt)
               where licence is not null
               select new MaterialProved(material.Code, licence.Licence, licence.Number),
        ];
        // Staff at a window are known nothing of by what they took in before.
        var known = (state is null ? asked.By.Role == ActorRole.Staff : state.ReceivedOn is not null) ? [] : asked.KnownToSubmitter;
        return proved.Length == 0 ? [] : [new MaterialsProved(asked.Now, asked.By, proved, [.. proved.Select(p => p.Number!).Intersect(known)])];
    }

    private bool LacksProvable(Material material) => material.ProvedBy is not null && !Has(material.Code);

    private static Decision<CaseFact> Submit(SubmitCase c, CaseAsking asked)
    {
        var applicant = asked.Applicant ?? throw new ArgumentException("A submission says who applies.", nameof(asked));
        if (asked.Item is not { Item: var item } published)
            return Refusal.AllOf([CaseRefusals.ItemUnknown.At("/item"), .. applicant.Refusals(LegalClock.DayOf(asked.Now))])!;
        Refusal[] unable = [.. ApplicantRefused(item, applicant, asked)];
        // Whoever would apply as somebody else is told nothing of what is known of them.
        if (unable.Length > 0 && asked.By.Department is null)
            asked = asked with { Bars = [], Held = [], Suspended = Suspended.Nothing, Renewed = null, IsHeldBack = false, Cancellable = [] };
        var signed = Signed(c, applicant, asked);
        var proofs = IsUnsigned(signed) ? [] : Prove(state: null, c, asked);
        // Nothing of this depends on the rest, so all of it is told at once; what an abolished or ended item offers is of no use to anybody.
        var refused = item.IsEnded(LegalClock.DayOf(asked.Now))
            ? Refusal.AllOf([(CaseRefusals.ItemAbolished with { Detail = item.InsteadOf }).At("/item"), .. unable])
            : Refusal.AllOf(
            [
                .. unable, .. BarRefused(item.Code, asked) is { } barred ? [barred.At("/applicant")] : Array.Empty<Refusal>(),
                .. PlaceRefused(item, c, asked), .. MaterialsRefused(c.Materials ?? [], item.Materials, asked),
                .. DeclarationRefused(c.Declaration), .. StatedRefused(c, published.Form, applicant, asked), .. SignaturesRefused(applicant, asked), .. PledgesRefused(c, item, proofs, asked), .. ChoiceRefused(c, item, applicant),
                .. ExemptionRefused(c, item), .. EmergencyRefused(c, asked),
                .. CommitmentRefused(c, item, proofs, asked), .. RenewalRefused(c, item, applicant, asked), .. CancellationRefused(c, item, applicant, asked),
            ]);
        if (refused is not null)
            return refused;
        var (named, plan, hall, materials, contact) = (signed.Named(), CasePlan.Of(published), HallOf(c.Hall, asked.By), Kept(c.Materials ?? [], asked), c.Contact?.Stored());
        var form = c.Form is { } stated ? AnswerText.Of(stated) : null;
        var (files, answer) = (Carried(CaseFiles.StatedBy(c, published.Form), asked), AnswerDue(asked.Clock, asked.Now));
        CaseFact[] begun =
        [
            IsUnsigned(signed)
                ? new SignaturesAwaited(asked.Now, asked.By, asked.New.Id, asked.New.Number, plan, named, c.Channel, hall, materials, SignUntil(asked), c.Declaration!, form, contact, c.Agent, files)
                : new CaseSubmitted(
                    asked.Now, asked.By, asked.New.Id, asked.New.Number, plan, named, c.Channel, hall, materials, answer.DueAt, c.Declaration, form, contact, c.Agent, files, answer.Provisional),
            .. proofs,
            .. (c.Pledges ?? []).Select(pledge => new MaterialPledged(asked.Now, asked.By, pledge)),
            .. Committed(c, item, asked),
            .. Renewed(c, item, asked),
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
        $"可申请的：{Listed(item.Applicants)}。", $"It may be applied for by: {Listed(item.Applicants)}.");

    // JOINT-1: what comes after the licence of a founding is the founders' to choose.
    internal static IEnumerable<string> Optional(Item item, ApplicantKind applicant) =>
        applicant == ApplicantKind.Founders ? item.Procedure.Steps.Where(s => s.After.Count > 0).Select(s => s.Code) : [];

    private static IEnumerable<Refusal> ChoiceRefused(SubmitCase c, Item item, Applicant applicant)
    {
        var optional = Optional(item, applicant.Kind).ToArray();
        var refusal = CaseRefusals.StepNotOptional.Because(
            optional.Length == 0 ? "只有设立申请在核发证照之后的环节可以选择。" : $"可以选择的环节：{string.Join('、', optional)}，每个只列一次。",
            optional.Length == 0 ? "Only what comes after the licence of a founding is chosen." : $"One chooses among {string.Join(", ", optional)}, and names each once.");
        if (c.Chosen is [] && optional.Length == 0)
            yield return refusal.At("/chosen");
        foreach (var (i, step) in (c.Chosen ?? []).Index())
            if (!optional.Contains(step) || c.Chosen!.Take(i).Contains(step))
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
        .. AnotherRefused(c, form, asked),
        .. c.Contact?.Refusals() ?? [CaseRefusals.ContactMissing.At("/contact")],
        .. c.Agent?.Refusals(applicant.Kind, asked.By, LegalClock.DayOf(asked.Now)) ?? [],
        .. FilesRefused(CaseFiles.StatedBy(c, form), asked),
    ];

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
                channels.Any() ? $"可用渠道：{Listed(channels)}。" : "该事项只在窗口由工作人员收件。",
                channels.Any() ? $"Yours are: {Listed(channels)}." : "It is taken in at the window, by staff alone.").At("/channel");
        // CASE-9: any hall receives any case, by its own staff; what reaches no window goes to the hall where all departments sit.
        if (by.Role == ActorRole.Staff && (by.Hall is null || HallOf(c.Hall, by) != by.Hall))
            yield return CaseRefusals.NotYourHall.At("/hall");
        else if (c.Hall is null && c.Channel is (Channel.Window or Channel.Kiosk) && by.Hall is null)
            yield return CaseRefusals.HallRequired.Because(
                $"窗口和自助机收件须注明大厅：{Halls("、")}。", $"A case received at a window or a kiosk names its hall: {Halls(", ")}.").At("/hall");
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
        $"大厅：{Halls("、")}。", $"The halls are: {Halls(", ")}.").At("/hall");

    private static string Halls(string between) => string.Join(between, HallDirectory.Zone.All.Select(hall => hall.Code));

    private static string Listed<T>(IEnumerable<T> values) where T : struct, Enum => string.Join(", ", values.Select(Kebab.Of));

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
        ReceivedOn = f.By.Role == ActorRole.Staff ? LegalClock.DayOf(f.At) : null,
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
    };

    private static IReadOnlyList<StepState> StepsOf(CasePlan plan) =>
        [.. plan.Steps.Select(s => new StepState { Code = s.Code, Department = s.Department, Status = StepStatus.Waiting })];
}
