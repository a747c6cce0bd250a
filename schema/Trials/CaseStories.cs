using System.Text.Json;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;

namespace OneDoor.Trials;

/// <summary>What happens to cases, in as many stories as it takes for everything to happen in one of them.</summary>
internal static class CaseStories
{
    private const string LegalBasis = "《中华人民共和国行政许可法》第三十八条", Reason = "样例";

    // So long that every limit of a case is over by now.
    private const int LongAgo = 500;

    public static IEnumerable<Func<Cast, IReadOnlyList<CaseFact>>> All =>
    [
        Granted, HandedOver, Mended, Unanswered, PledgeMissed, ReferredUpward, Redirected, Moved, Awaited, Waived, Needed, Exempted, Expedited, Refused, Barred, RefusedWhole, NotAccepted, Withdrawn, RestWithdrawn,
        Paused, Extended, Explained, Unexplained, Proved, SignedJointly, Unsigned, WithdrawnJointly, Fulfilled, Unfulfilled, Released, Breached, Renewed, RenewalDeemed, RenewalLost, GivenBack, Disclosed, Settled, ClockMoved,
    ];

    /// <summary>A case of an item that one authority examines, submitted and not answered yet; null where there is no such item.</summary>
    public static ToldCase? Examined(Cast cast, Func<Item, bool>? fits = null, Func<SubmitCase, SubmitCase>? change = null, int daysAgo = LongAgo) =>
        Begun(cast, item => IsExamined(item) && fits?.Invoke(item) != false, change: change, daysAgo: daysAgo);

    /// <summary>A case of such an item that is granted by a commitment as it is submitted; null where there is none.</summary>
    public static ToldCase? Committed(Cast cast, CommitmentKind kind) =>
        Begun(cast, item => item.CommitmentEligible && item.Commitment?.Kind == kind && item.Procedure.Steps.Any(step => step.Issues is not null), committed: true);

    private static bool IsExamined(Item item) => item.Act != Act.Filing && item.Hearing == Requirement.None && item.Handling == HandlingType.Promised && IsForOne(item) && item.Procedure.Steps.Count == 1;

    private static bool IsForOne(Item item) => ToldCase.Kinds(item)[0] is not (ApplicantKind.JointParties or ApplicantKind.Founders);

    private static ToldCase? Begun(
        Cast cast, Func<Item, bool> fits, ApplicantKind? kind = null, bool committed = false, Func<SubmitCase, SubmitCase>? change = null, Func<CaseAsking, CaseAsking>? knowing = null,
        int daysAgo = LongAgo) =>
        cast.Item(item => fits(item) && (cast.By.Department is not null || item.Channels.Any(channel => channel is not (Channel.Window or Channel.Agency)))) is { } published
            ? new ToldCase(cast, cast.Ago(daysAgo)).Submit(published, kind, committed, change, knowing) : null;

    private static IReadOnlyList<CaseFact> Facts(ToldCase? told) => told?.Facts ?? [];

    private static IReadOnlyList<CaseFact> Granted(Cast cast) => Facts(Examined(cast, item => item.Procedure.Steps[0].Issues is not null)?.Accept().Prepare().Grant());

    private static IReadOnlyList<CaseFact> HandedOver(Cast cast) =>
        Facts(Examined(cast, item => item.Delivery.Ways.Contains(DeliveryWay.Pickup))?.Accept().Prepare().Grant() is { } told
            ? told.Do(cast.Of(told.Open.Department), new RecordHandOver(told.Open.Code, "纸质证照", DeliveryWay.Pickup, "张三", told.Today)) : null);

    private static bool HasMissing(Item item) => item.Procedure.Steps[0].Materials.Any(code => item.Materials.Any(material => material.Code == code && material.Deferrable));

    private static string Missing(Item item) => item.Procedure.Steps[0].Materials.First(code => item.Materials.Any(material => material.Code == code && material.Deferrable));

    private static (ToldCase? Case, string Missing) Lacking(Cast cast)
    {
        var missing = cast.Item(item => IsExamined(item) && HasMissing(item)) is { } found ? Missing(found.Item) : "";
        return (Examined(cast, HasMissing, whole => whole with { Materials = [.. whole.Materials!.Where(given => given.Code != missing)] }), missing);
    }

    private static bool IsLater(Material material) => material.NeededBy == MaterialNeed.Step;

    private static IReadOnlyList<CaseFact> Awaited(Cast cast)
    {
        if (Begun(cast, item => item.Materials.Any(IsLater) && IsForOne(item), change: whole => whole with { Materials = [] }) is not { } told)
            return [];
        var materials = told.Case.Plan.Materials;
        MaterialGiven[] Given(bool later) => [.. materials.Where(material => IsLater(material) == later).Select(material => new MaterialGiven(material.Code, $"{material.Name.Zh}.pdf", Sha256Digest.Of(material.Code)))];
        return told.Do(told.Submitter, new SupplyMaterials(Given(later: false))).Accept().Grant().Do(told.Submitter, new SupplyMaterials(Given(later: true))).Facts;
    }

    private static ToldCase? Noticed(Cast cast)
    {
        var (told, missing) = Lacking(cast);
        return told?.Do(told.Lead, new AddCorrectionLines([new("请补交材料。", missing)])).Do(told.Lead, new SendCorrectionNotice([new("请写明申请事项。")]));
    }

    private static IReadOnlyList<CaseFact> Mended(Cast cast)
    {
        if (Noticed(cast) is not { } told || told.Case.Notices is not [var notice])
            return [];
        var missing = notice.Outstanding([], []).Select(line => line.Material).OfType<string>();
        return told.Until(notice.RemindAt!.Value.AddHours(1)).Do(told.Submitter, new ExtendNotice("材料在外地。"))
            .Do(told.Submitter, new SupplyMaterials([.. missing.Select(code => new MaterialGiven(code, $"{code}.pdf", Sha256Digest.Of(code)))])).Facts;
    }

    private static IReadOnlyList<CaseFact> Unanswered(Cast cast) =>
        Noticed(cast) is { } told && told.Case.Notices is [{ AnswerBy: { } by }] ? told.Until(by.AddDays(1)).Do(told.Lead, new LapseCase(Reason)).Facts : [];

    private static IReadOnlyList<CaseFact> PledgeMissed(Cast cast)
    {
        var (told, missing) = Lacking(cast);
        return Facts(told?.Do(told.Submitter, new PledgeMaterial(missing, told.Today.AddDays(20), SignedTexts.Pledge.Digest, "张三")).Accept().Until(told.Today.AddDays(22)));
    }

    private static IReadOnlyList<CaseFact> ReferredUpward(Cast cast) =>
        Facts(Examined(cast)?.Accept() is { } told ? told.Do(told.Lead, new ReferCase(ReferralKind.Upward, Reason, told.Open.Code)) : null);

    private static IReadOnlyList<CaseFact> Redirected(Cast cast) => Facts(Begun(cast, item => item.Procedure.Steps.Select(step => step.Department).Distinct().Count() > 1 && IsForOne(item))?.Accept() is { } told
        ? told.Do(cast.Of(told.Open.Department), new ReferCase(ReferralKind.Department, Reason, told.Open.Code, told.Case.Plan.Departments().First(other => other != told.Open.Department))) : null);

    private static IReadOnlyList<CaseFact> Moved(Cast cast)
    {
        if (Examined(cast) is not { } told)
            return [];
        var other = cast.Item(item => item.Code != told.Case.Plan.Item && item.Department == told.Case.Lead && item.Applicants.Contains(told.Case.Applicant.Kind) && item.Channels.Contains(told.Case.Channel));
        return other is null ? told.Facts : told.Do(told.Lead, new ReferCase(ReferralKind.Item, Reason, Item: other.Item.Code), asked => asked with { Item = other }).Facts;
    }

    private static IReadOnlyList<CaseFact> Waived(Cast cast) => Facts(Begun(
        cast, item => item.Applicants.Contains(ApplicantKind.Founders) && item.Procedure.Steps.Any(step => step.After.Count > 0), ApplicantKind.Founders, change: whole => whole with { Chosen = [.. whole.Chosen!.Skip(1)] }));

    // What was said not to need a step is mended.
    private static IReadOnlyList<CaseFact> Needed(Cast cast)
    {
        if (Begun(cast, item => item.Procedure.Steps.Any(step => step.Needed is not null) && IsForOne(item)) is not { } told)
            return [];
        var need = told.Case.Plan.Steps.Select(step => step.Needed).OfType<StepNeed>().First();
        return told.Do(told.Submitter, new SupplyMaterials([], JsonSerializer.SerializeToElement(new Dictionary<string, string> { [need.Field] = need.Is[0] }))).Facts;
    }

    private static IReadOnlyList<CaseFact> Exempted(Cast cast) => Facts(Begun(
        cast, item => item.Procedure.Steps.Any(step => step.Eia == true) && IsForOne(item),
        change: whole => whole with { EiaClass = "services-car-repair", EiaAnswers = new(SensitiveArea: false, Spraying: false, Area: 800) }));

    private static IReadOnlyList<CaseFact> Expedited(Cast cast)
    {
        var project = OfficeStories.Listed(cast, cast.Ago(LongAgo + 1)).State!;
        return Facts(Examined(cast, item => item.Act == Act.Licence, whole => whole with { EmergencyProject = project.Id }, project));
    }

    private static ToldCase? Examined(Cast cast, Func<Item, bool> fits, Func<SubmitCase, SubmitCase> change, EmergencyProject project) =>
        Begun(cast, item => IsExamined(item) && fits(item), change: change, knowing: asked => asked with { Emergency = project });

    private static ToldCase RefuseStep(ToldCase told, Cast cast, bool? falseMaterials = null) =>
        told.Do(cast.Of(told.Open.Department), new DecideStep(StepOutcome.Refused, Reason, LegalBasis, FalseMaterials: falseMaterials) { Step = told.Open.Code });

    private static IReadOnlyList<CaseFact> Refused(Cast cast) => Facts(Examined(cast)?.Accept() is { } told ? RefuseStep(told, cast) : null);

    private static IReadOnlyList<CaseFact> Barred(Cast cast) => Facts(Examined(cast, item => item.Safety)?.Accept() is { } told ? RefuseStep(told, cast, falseMaterials: true) : null);

    private static IReadOnlyList<CaseFact> RefusedWhole(Cast cast) => Facts(Examined(cast)?.Accept() is { } told ? told.Do(told.Lead, new RefuseCase(Reason, LegalBasis)) : null);

    private static IReadOnlyList<CaseFact> NotAccepted(Cast cast) => Facts(Examined(cast) is { } told ? told.Do(told.Lead, new DeclineCase(NonAcceptanceKind.NoLicenceNeeded, Reason)) : null);

    private static IReadOnlyList<CaseFact> Withdrawn(Cast cast) => Facts(Examined(cast) is { } told ? told.Do(told.Submitter, new WithdrawCase(Reason)) : null);

    private static IReadOnlyList<CaseFact> RestWithdrawn(Cast cast) =>
        Facts(Begun(cast, item => item.Procedure.Steps.Count > 2 && IsForOne(item) && item.Hearing == Requirement.None && item.Inspection == Requirement.None && !item.ThirdParty)?.Accept().Grant() is { } told
            ? told.Do(told.Submitter, new WithdrawCase(Reason)) : null);

    private static IReadOnlyList<CaseFact> Paused(Cast cast)
    {
        static SpecialProcedure? Special(IReadOnlyList<SpecialProcedure> all) => all.FirstOrDefault(special => special.Procedure != PauseReason.Hearing);
        if (Examined(cast, item => Special(item.SpecialProcedures) is not null)?.Accept() is not { } told || Special(told.Case.Plan.SpecialProcedures) is not { } special)
            return [];
        var own = cast.Of(told.Open.Department);
        return told.Do(own, new PauseClock(special.Procedure, special.LegalBasis, told.Today.AddDays(7), "检验所", told.Open.Code)).Until(told.Today.AddDays(10)).Do(own, new ResumeClock { Pause = 1 }).Facts;
    }

    private static IReadOnlyList<CaseFact> Extended(Cast cast) =>
        Facts(Examined(cast, item => item.Extension is not null)?.Accept() is { } told ? told.Do(told.Lead, new ExtendLimit(told.Case.Plan.Extension!, Reason)) : null);

    private static IReadOnlyList<CaseFact> Unexplained(Cast cast) => Facts(Examined(cast)?.Accept() is { } told ? told.Until(told.Case.Statutory!.At.AddDays(20)) : null);

    private static IReadOnlyList<CaseFact> Explained(Cast cast) =>
        Facts(Examined(cast)?.Accept() is { } told ? told.Until(told.Case.Promised!.At.AddHours(9)).Do(told.Lead, new ExplainDelay("材料核查所需时间超出预期。")) : null);

    private static IReadOnlyList<CaseFact> Proved(Cast cast)
    {
        static bool IsProvable(Material material) => material.ProvedBy is not null;
        var told = Begun(
            cast, item => item.Materials.Any(IsProvable) && IsExamined(item),
            change: whole => whole with { Materials = [] },
            knowing: asked => asked with
            {
                Held = [.. asked.Item!.Item.Materials.Where(IsProvable).Select(material => new DeliveredLicence(
                    "review", new(material.ProvedBy!, material.Name), "SAMPLE-1", asked.Now.AddDays(-100), LegalClock.DayOf(asked.Now).AddDays(-90)))],
            });
        // By then the licence has ended.
        return Facts(told?.Do(told.Lead, new SendCorrectionNotice([new("证照已失效，请提交。", told.Case.Proved[0].Code)])));
    }

    private static ToldCase? Jointly(Cast cast, bool signed) => Begun(
        cast, item => item.Applicants.Contains(ApplicantKind.JointParties), ApplicantKind.JointParties,
        change: whole => signed ? whole : whole with { Applicant = whole.Applicant! with { Parties = [.. whole.Applicant.Parties!.Select(party => party with { Signature = null })] } });

    private static IReadOnlyList<CaseFact> SignedJointly(Cast cast)
    {
        if (Jointly(cast, signed: false) is not { Case.Applicant.Parties: { } parties } told)
            return [];
        foreach (var (number, party) in parties.Index())
            told.Do(told.Submitter with { Applicant = party.Applicant.Key, Department = null }, new SignCase(SignedTexts.Declaration.Digest, "张三", number));
        return told.Facts;
    }

    private static IReadOnlyList<CaseFact> Unsigned(Cast cast) => Facts(Jointly(cast, signed: false) is { } told ? told.Until(told.Case.SignBy!.Value.AddDays(1)) : null);

    private static IReadOnlyList<CaseFact> WithdrawnJointly(Cast cast)
    {
        if (Jointly(cast, signed: cast.By.Department is not null) is not { Case.Applicant.Parties: { } parties } told)
            return [];
        foreach (var (number, party) in parties.Index().Where(each => each.Item.Signature is null))
            told.Do(told.Submitter with { Applicant = party.Applicant.Key }, new SignCase(SignedTexts.Declaration.Digest, "张三", number));
        return told.Do(told.Submitter, new WithdrawCase(Reason)).Facts;
    }

    private static IReadOnlyList<CaseFact> Fulfilled(Cast cast) => Facts(Committed(cast, CommitmentKind.ToBeMet) is { } told ? told.Do(told.Submitter, new FulfilCommitment()) : null);

    private static IReadOnlyList<CaseFact> Unfulfilled(Cast cast) => Facts(Committed(cast, CommitmentKind.ToBeMet) is { Case.Commitment.MeetBy: { } by } told ? told.Until(by.AddDays(2)) : null);

    private static IReadOnlyList<CaseFact> Released(Cast cast) =>
        Facts(Committed(cast, CommitmentKind.ToBeMet) is { Case.Licences: [var licence, ..] } told ? told.Happened(told.Case.Released(told.Now, told.Lead, licence.Number)) : null);

    private static IReadOnlyList<CaseFact> Breached(Cast cast) =>
        Facts(Committed(cast, CommitmentKind.Met) is { Case.Licences: [var licence, ..] } told ? told.Happened(told.Case.Breached(told.Now, told.Lead, licence.Number)) : null);

    // A licence that was issued to whoever applies, and is soon over.
    private static Func<CaseAsking, CaseAsking> Expiring(int lead) => asked =>
    {
        var (item, today) = (asked.Item!.Item, LegalClock.DayOf(asked.Now));
        var last = item.Renewal is { Opens: { } opens, Unit: LimitUnit.CalendarDays } ? today.AddDays(opens - 5) : today.AddDays((2 * item.Renewal!.Closes) + lead);
        return asked with { Renewable = [new("SAMPLE-1", item.Procedure.Steps.First(step => step.Issues is not null).Issues!.Code, asked.Applicant!.Keys, last, IsValid: true, HasExpired: false)] };
    };

    private static IReadOnlyList<CaseFact> Renewed(Cast cast) => Facts(
        Begun(cast, item => item.RenewalByCommitment && item.Renewal is not null && IsForOne(item), committed: true, change: whole => ExampleApplication.Renewing(whole, "SAMPLE-1"), knowing: Expiring(10)) is { } told
            ? told.Happened(told.Case.Inspected(told.Now, told.Lead)) : null);

    private static ToldCase? Renewing(Cast cast) => Begun(
        cast, item => item.Renewal is not null && IsForOne(item) && item.Procedure.Steps.Count == 1 && item.Procedure.Steps[0].Issues is not null,
        change: whole => ExampleApplication.Renewing(whole, "SAMPLE-1"), knowing: Expiring(10));

    private static IReadOnlyList<CaseFact> RenewalDeemed(Cast cast) => Facts(Renewing(cast) is { Case.Renewal: { } renewal } told ? told.Until(renewal.ExpiresOn.AddDays(2)) : null);

    private static IReadOnlyList<CaseFact> RenewalLost(Cast cast) => Facts(Renewing(cast) is { } told ? told.Happened(told.Case.LostRenewal(told.Now, told.Lead, "SAMPLE-1")) : null);

    private static IReadOnlyList<CaseFact> GivenBack(Cast cast) => Facts(Begun(
        cast, item => item.Cancels is not null && IsForOne(item), change: whole => whole with { Cancels = "SAMPLE-1" },
        knowing: asked => asked with { Cancellable = [new("SAMPLE-1", asked.Item!.Item.Cancels!, asked.Applicant!.Keys)] }));

    // To the service office, of what it has not submitted itself.
    private static IReadOnlyList<CaseFact> Disclosed(Cast cast) => Facts(
        Examined(cast.By.Department == Department.ServiceOffice ? cast with { By = cast.Of(Department.MarketRegulation) } : cast)?.Do(cast.Of(Department.ServiceOffice), new DiscloseCase(Reason)));

    private static IReadOnlyList<CaseFact> ClockMoved(Cast cast) => Facts(Examined(cast) is { } told ? told.Do(told.Submitter, new MoveClock(told.Case.Id, told.Now.AddDays(30))) : null);

    // By the clock of who does not know the holidays of the last year that we know, and then by ours.
    private static IReadOnlyList<CaseFact> Settled(Cast cast)
    {
        var calendar = LegalClock.Zone.Calendar;
        var day = new DateOnly(calendar.SettledUntil.Year - 1, 12, 28);
        if (Examined(cast, daysAgo: LegalClock.DayOf(cast.Now).DayNumber - day.DayNumber) is not { } told)
            return [];
        told.Clock = new(new WorkingDays([.. calendar.Years.Where(year => year.Year <= day.Year)]), HallDirectory.Zone);
        told.Accept().Clock = LegalClock.Zone;
        return told.Happened(told.Case.Lapse(LegalClock.Zone, told.Now)).Facts;
    }
}
