using System.Text.Json;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;
using OneDoor.Exemptions;
using OneDoor.Files;
using OneDoor.Forms;

namespace OneDoor.Cases;

/// <summary>A command, who gives it and what the rule is told besides.</summary>
internal sealed record Asked(Actor By, CaseCommand Command)
{
    /// <summary>What the case that begins will be known by.</summary>
    public (Guid, string) New { get; init; } = (Guid.Parse("01900000-0000-7000-8000-000000000001"), "TEST-ITEM-20200701-000042");

    /// <summary>The item it names.</summary>
    public Item? Item { get; init; }

    public int Version { get; init; }

    /// <summary>The form it is published with; null as before there were forms.</summary>
    public Form? Form { get; init; }

    public IReadOnlyDictionary<Guid, CarriedFile> Files { get; init; } = new Dictionary<Guid, CarriedFile>();

    public IReadOnlyList<DeliveredLicence> Held { get; init; } = [];

    public IReadOnlyList<string> KnownToSubmitter { get; init; } = [];

    public string? RegisteredName { get; init; }

    public IReadOnlyDictionary<string, string> KnownNames { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<Bar> Bars { get; init; } = [];

    /// <summary>What other items there are; of a signature the first is the case's own.</summary>
    public IReadOnlyList<Item> Catalogue { get; init; } = [];

    public EmergencyProject? Emergency { get; init; }

    public IReadOnlyList<RenewableLicence> Renewable { get; init; } = [];

    public RenewableLicence? Renewed { get => Renewable is [var only] ? only : null; init => Renewable = value is null ? [] : [value]; }

    public string? RenewedNow { get; init; }

    public IReadOnlyList<CancellableLicence> Cancellable { get; init; } = [];

    public Suspended Suspended { get; init; } = Suspended.Nothing;

    public bool IsHeldBack { get; init; }

    public PlacesLeft? PlacesLeft { get; init; }

    public IReadOnlyList<(string Hall, string Day)> HallsClosed { get; init; } = [];

    // What a submission says.
    public Channel Channel { init => Command = ((SubmitCase)Command) with { Channel = value }; }

    public string? Hall { init => Command = ((SubmitCase)Command) with { Hall = value }; }

    public Applicant Applicant { init => Command = ((SubmitCase)Command) with { Applicant = value }; }

    public IReadOnlyList<MaterialGiven> Materials { init => Command = ((SubmitCase)Command) with { Materials = value }; }

    public IReadOnlyList<MaterialPledge> Pledges { init => Command = ((SubmitCase)Command) with { Pledges = value }; }

    public IReadOnlyList<string> Chosen { init => Command = ((SubmitCase)Command) with { Chosen = value }; }

    public string? EiaClass { init => Command = ((SubmitCase)Command) with { EiaClass = value }; }

    public string? Cancels { init => Command = ((SubmitCase)Command) with { Cancels = value }; }

    public EiaAnswers? EiaAnswers { init => Command = ((SubmitCase)Command) with { EiaAnswers = value }; }

    public Guid? EmergencyProject { init => Command = ((SubmitCase)Command) with { EmergencyProject = value }; }

    public Signature? Declaration { init => Command = ((SubmitCase)Command) with { Declaration = value }; }

    public JsonElement? Answer { init => Command = ((SubmitCase)Command) with { Form = value }; }

    public Contact? Contact { init => Command = ((SubmitCase)Command) with { Contact = value }; }

    public Agent? Agent { init => Command = ((SubmitCase)Command) with { Agent = value }; }

    public CommitmentGiven? Commitment { init => Command = ((SubmitCase)Command) with { Commitment = value }; }

    public string? Renews { init => Command = ((SubmitCase)Command) with { Renews = value }; }

    // What a pause says.
    public string? Note { init => Command = ((PauseClock)Command) with { Note = value }; }

    public string CarriedOutBy { init => Command = ((PauseClock)Command) with { CarriedOutBy = value }; }

    public string LegalBasis { init => Command = ((PauseClock)Command) with { LegalBasis = value }; }

    public CaseAsking At(DateTimeOffset now) => new(By, LegalClock.Zone, now)
    {
        Item = Item is null ? null : new ItemPublished(default, Version, default, Item, Form),
        Permission = (Item ?? (Catalogue is [var own, ..] ? own : null)) is { } wanted ? Permission.Of(wanted.Code, [.. Catalogue.Prepend(wanted).Select(item => new ItemPublished(default, Version, default, item, Form))]) : null,
        Applicant = (Command as SubmitCase)?.Applicant, RegisteredName = RegisteredName, KnownNames = KnownNames, New = New, Held = Held, KnownToSubmitter = KnownToSubmitter, Bars = Bars, Files = Files, Emergency = Emergency, Renewable = Renewable, RenewedNow = RenewedNow, Suspended = Suspended, IsHeldBack = IsHeldBack, PlacesLeft = PlacesLeft, Cancellable = Cancellable,
        HallsClosed = HallsClosed.ToLookup(closed => closed.Hall, closed => China.Day(closed.Day)),
    };
}

/// <summary>Commands as somebody gives them.</summary>
internal static class Ask
{
    public static Asked Of(Actor by, CaseCommand command) => new(by, command);

    public static Asked SubmitCase(Actor by, Item item, int version, Applicant applicant, Channel channel, string? hall, IReadOnlyList<MaterialGiven> materials) =>
        new(by, new SubmitCase(item.Code, channel, applicant, hall, materials, Samples.Declared, Contact: Samples.Reached)) { Item = item, Version = version };

    public static Asked AcceptCase(Actor by, IReadOnlyList<MaterialDeferred> deferred, IReadOnlyList<string>? pledges = null) =>
        new(by, new AcceptCase(deferred, pledges));

    public static Asked PledgeMaterial(Actor by, string code, string supplyBy) => new(by, Pledge(code, supplyBy));

    public static PledgeMaterial Pledge(string code, string supplyBy) => new(code, China.Day(supplyBy), SignedTexts.Pledge.Digest, "陈建国");

    public static Asked SendCorrectionNotice(Actor by, IReadOnlyList<CorrectionLine> lines) => new(by, new SendCorrectionNotice(lines));

    public static Asked AddCorrectionLines(Actor by, IReadOnlyList<CorrectionLine> lines) => new(by, new AddCorrectionLines(lines));

    public static Asked ExtendNotice(Actor by, string reason) => new(by, new ExtendNotice(reason));

    public static Asked LapseCase(Actor by, string reason) => new(by, new LapseCase(reason));

    public static Asked SupplyMaterials(Actor by, IReadOnlyList<MaterialGiven> materials) => new(by, new SupplyMaterials(materials));

    public static Asked MendForm(Actor by, string changes, params IReadOnlyList<MaterialGiven> materials) =>
        new(by, new SupplyMaterials(materials, JsonSerializer.Deserialize<JsonElement>(changes)));

    public static Asked RedirectStep(Actor by, string? step, Department to, string reason) => new(by, new ReferCase(ReferralKind.Department, reason, step, to));

    public static Asked MoveCaseToItem(Actor by, Item item, int version, string reason) =>
        new(by, new ReferCase(ReferralKind.Item, reason, Item: item.Code)) { Item = item, Version = version };

    public static Asked ReferStepUpward(Actor by, string? step, string reason) => new(by, new ReferCase(ReferralKind.Upward, reason, step));

    public static Asked RefuseCase(Actor by, RefusalGrounds grounds, bool? falseMaterials = null) =>
        new(by, new RefuseCase(grounds.Reason, grounds.LegalBasis, grounds.Remedy, falseMaterials));

    public static Asked DeclineCase(Actor by, NonAcceptanceKind kind, string reason, string? authority = null) => new(by, new DeclineCase(kind, reason, authority));

    public static Asked WithdrawCase(Actor by, string? reason) => new(by, new WithdrawCase(reason));

    public static Asked ExtendLimit(Actor by, Limit extension, string reason) => new(by, new ExtendLimit(extension, reason));

    public static Asked PauseClock(Actor by, string? step, PauseReason reason, string? note, string expectedUntil = "2020-07-10") =>
        new(by, new PauseClock(reason, "测试法第二十条", China.Day(expectedUntil), "检验所", step, note));

    public static Asked ExplainDelay(Actor by, string reason) => new(by, new ExplainDelay(reason));

    public static Asked ResumeClock(Actor by, int pause) => new(by, new ResumeClock { Pause = pause });

    public static Asked GrantStep(Actor by, string step, string? reason) => new(by, new DecideStep(StepOutcome.Granted, reason) { Step = step });

    public static Asked GrantFounding(Actor by, string step, string? uscc) => new(by, new DecideStep(StepOutcome.Granted, Uscc: uscc) { Step = step });

    public static Asked RefuseStep(Actor by, string step, RefusalGrounds grounds, bool? falseMaterials = null) =>
        new(by, new DecideStep(StepOutcome.Refused, grounds.Reason, grounds.LegalBasis, grounds.Remedy, FalseMaterials: falseMaterials) { Step = step });
}
