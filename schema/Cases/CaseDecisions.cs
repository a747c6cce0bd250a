using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

public sealed partial record Case
{
    /// <summary>Working days in which a department answers an application (CASE-2, 行政许可法 art. 32).</summary>
    public const int AnswerWithin = 5;

    /// <summary>Working days the law leaves to deliver a licence (CASE-10, 行政许可法 art. 44).</summary>
    public const int DeliverWithin = 10;

    /// <summary>Working days by which a deferred material has to follow at the latest (MODE-7).</summary>
    public const int DeferAtMost = 60;

    /// <summary>Working days of the one extension at most (CLK-4, 行政许可法 art. 42).</summary>
    public const int ExtendAtMost = LegalClock.MaxExtensionWorkingDays;

    private const int LongestText = 2000;
    private const int LongestMaterialName = 200;

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The case so far; null before it is submitted.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="clock">The calendar and the halls' opening hours by which limits run.</param>
    /// <param name="now">When they ask.</param>
    public static Decision<CaseFact> Decide(Case? state, CaseCommand command, LegalClock clock, DateTimeOffset now)
    {
        if (state is null)
            return command is SubmitCase submit ? Submit(submit, clock, now) : CaseRefusals.NotFound;

        // Whose clock is a little behind asks after the pause began all the same: none ends before it began (CLK-3).
        now = state.Pauses.Where(p => p.IsOpen).Select(p => p.From).Append(now).Max();
        // CASE-2: an unanswered case was accepted by law before this command came.
        var lapsed = state.Lapse(clock, now);
        IReadOnlyList<CaseFact> before = [.. lapsed, .. Prove(lapsed.Aggregate(state, Evolve), command, now)];
        var decision = before.Aggregate(state, Evolve).Answer(command, clock, now);
        return decision.Refused is not null || before.Count == 0 ? decision : Decision<CaseFact>.Of([.. before, .. decision.Facts]);
    }

    /// <summary>CASE-2: what the passing of time alone has brought about. Empty while the department may still answer.</summary>
    public IReadOnlyList<CaseFact> Lapse(LegalClock clock, DateTimeOffset now) =>
        AcceptBy is { } due && now > due ? Accept(by: null, MaterialsInAt, deemed: true, [], clock, now) : [];

    /// <summary>JOINT-4: materials the command would find missing and a licence proves, if the applicant holds it.</summary>
    /// <param name="state">The case so far; null before it is submitted.</param>
    /// <param name="command">What someone asks.</param>
    public static IEnumerable<Material> Provable(Case? state, CaseCommand command) => (state, command) switch
    {
        (null, SubmitCase c) => c.Item.Materials.Where(m => m.ProvedBy is not null && c.Materials.All(given => given.Code != m.Code)),
        ({ Status: CaseStatus.Submitted or CaseStatus.CorrectionRequested }, MoveCaseToItem c) => c.Item.Materials.Where(state.LacksProvable),
        ({ Status: CaseStatus.Submitted or CaseStatus.CorrectionRequested }, AcceptCase or SendCorrectionNotice) => state.Plan.Materials.Where(state.LacksProvable),
        _ => [],
    };

    // What was proved once stays proved: a rebuild asks no store what the applicant held then.
    private static IReadOnlyList<CaseFact> Prove(Case? state, CaseCommand command, DateTimeOffset now)
    {
        MaterialProved[] proved =
        [
            .. from material in Provable(state, command)
               let licence = command.Held.Where(l => l.Licence.Code == material.ProvedBy).MaxBy(l => l.DeliveredAt)
               where licence is not null
               select new MaterialProved(material.Code, licence.Licence, licence.Number),
        ];
        return proved.Length == 0 ? [] : [new MaterialsProved(now, command.By, proved, [.. proved.Select(p => p.Number!).Intersect(command.KnownToSubmitter)])];
    }

    private bool LacksProvable(Material material) => material.ProvedBy is not null && !Has(material.Code);

    private Decision<CaseFact> Answer(CaseCommand command, LegalClock clock, DateTimeOffset now) => command switch
    {
        AcceptCase c => Accept(c, clock, now),
        SendCorrectionNotice c => RequestCorrection(c, now),
        SupplyMaterials c => Supply(c, clock, now),
        RedirectStep c => Redirect(c, now),
        MoveCaseToItem c => Move(c, clock, now),
        ReferStepUpward c => ReferUpward(c, now),
        GrantStep c => Grant(c, clock, now),
        RefuseStep c => Refuse(c, clock, now),
        RefuseCase c => Refuse(c, clock, now),
        WithdrawCase c => Withdraw(c, now),
        ExtendLimit c => Extend(c, clock, now),
        PauseClock c => Pause(c, now),
        ResumeClock c => Resume(c, clock, now),
        _ => InThisState(command),
    };

    private static Decision<CaseFact> Submit(SubmitCase c, LegalClock clock, DateTimeOffset now)
    {
        // Nothing of this depends on the rest, so all of it is told at once; what an abolished item offers is of no use to anybody.
        var refused = c.Item.Mode == ReformMode.Abolished
            ? Refusal.AllOf([(CaseRefusals.ItemAbolished with { Detail = c.Item.InsteadOf }).At("/item"), .. ApplicantRefused(c, LegalClock.DayOf(now))])
            : Refusal.AllOf([.. ApplicantRefused(c, LegalClock.DayOf(now)), .. PlaceRefused(c), .. MaterialsRefused(c.Materials, c.Item.Materials)]);
        if (refused is not null)
            return refused;
        var (plan, hall) = (CasePlan.Of(c.Item, c.Version), c.Hall ?? HallDirectory.Main);
        return Decision<CaseFact>.Of(
        [
            new CaseSubmitted(now, c.By, c.CaseId, c.Number, plan, c.Applicant, c.Channel, hall, c.Materials, AnswerDue(clock, now)),
            .. Prove(state: null, c, now),
        ]);
    }

    private static IEnumerable<Refusal> ApplicantRefused(SubmitCase c, DateOnly today)
    {
        var invalid = Refusals(c.Item, c.Applicant, today);
        if (c.By is { Applicant: null, Department: null })
            return [CaseRefusals.NobodySignedIn.At("/applicant"), .. invalid];
        if (invalid.Count > 0 || c.By.Applicant is not { } signedIn)
            return invalid;
        return signedIn != c.Applicant.Key ? [CaseRefusals.NotTheApplicant.At("/applicant")]
            : c.RegisteredName is { } name && name != c.Applicant.Name ? [CaseRefusals.NameNotRegistered.At("/applicant/name")] : [];
    }

    /// <summary>Why the applicant cannot apply for the item, whoever asks; nothing when it can (CAT-7).</summary>
    public static IReadOnlyList<Refusal> Refusals(Item item, Applicant applicant, DateOnly today) => item.Applicants.Contains(applicant.Kind)
        ? applicant.Refusals(today)
        : [.. applicant.Refusals(today), CaseRefusals.ApplicantNotOffered.Because(
            $"可申请的：{Listed(item.Applicants)}。", $"It may be applied for by: {Listed(item.Applicants)}.").At("/applicant/kind")];

    private static IEnumerable<Refusal> PlaceRefused(SubmitCase c)
    {
        // Whoever signs in is at no window, and is no agency's system.
        var channels = c.By.Applicant is null ? c.Item.Channels : [.. c.Item.Channels.Where(ofPeople => ofPeople is not (Channel.Window or Channel.Agency))];
        if (!channels.Contains(c.Channel))
            yield return (c.Item.Channels.Contains(c.Channel) ? CaseRefusals.ChannelOfStaff : CaseRefusals.ChannelNotOffered).Because(
                $"可用渠道：{Listed(channels)}。", $"Yours are: {Listed(channels)}.").At("/channel");
        // CASE-9: any hall receives any case; what reaches no window goes to the hall where all departments sit.
        if (c.Hall is null && c.Channel is (Channel.Window or Channel.Kiosk))
            yield return CaseRefusals.HallRequired.Because(
                $"窗口和自助机收件须注明大厅：{string.Join('、', c.Item.Halls)}。", $"A case received at a window or a kiosk names its hall: {string.Join(", ", c.Item.Halls)}.").At("/hall");
        else if (HallRefused(c.Item, c.Hall ?? HallDirectory.Main) is { } refused)
            yield return refused;
    }

    /// <summary>Why the hall cannot take the item in; null when it can.</summary>
    public static Refusal? HallRefused(Item item, string hall) => item.Halls.Contains(hall) ? null : CaseRefusals.HallNotOffered.Because(
        $"办理该事项的大厅：{string.Join('、', item.Halls)}。", $"Halls that handle it: {string.Join(", ", item.Halls)}.").At("/hall");

    private static string Listed<T>(IEnumerable<T> values) where T : struct, Enum => string.Join(", ", values.Select(Kebab.Of));

    private Decision<CaseFact> Accept(AcceptCase c, LegalClock clock, DateTimeOffset now)
    {
        if (NotLead(c.By) is { } refused)
            return refused;
        // A pledge that the acceptance on record does not hold comes too late: to answer as if it held would lose it.
        if (IsAccepted && c.Deferred.All(Deferred.Contains))
            return Decision<CaseFact>.Nothing;
        if (Status is not (CaseStatus.Submitted or CaseStatus.CorrectionRequested))
            return InThisState(c);
        var mayNotFollow = c.Deferred.Index().Where(d => !MayFollow(d.Item, clock, now) || c.Deferred.Take(d.Index).Any(before => before.Code == d.Item.Code));
        if (Refusal.AllOf([.. mayNotFollow.Select(d => CaseRefusals.NotDeferrable.At($"/deferred/{d.Index}")), .. MissingRefused(c.Deferred)]) is { } incomplete)
            return incomplete;
        return Decision<CaseFact>.Of(Accept(c.By, now, deemed: false, c.Deferred, clock, now));
    }

    // Of the whole it says what to do, and of each place which material is missing.
    private IEnumerable<Refusal> MissingRefused(IReadOnlyList<MaterialDeferred> deferred)
    {
        var missing = Plan.Materials.Where(m => Lacks(m) && deferred.All(d => d.Code != m.Code)).ToArray();
        if (missing.Length == 0)
            return [];
        var each = missing.Select(m => CaseRefusals.MaterialsMissing.Because(
            $"缺{m.Name.Zh}（{m.Code}），{(m.Deferrable ? "可以" : "不可以")}容缺后补。",
            $"{m.Name.En} ({m.Code}) is missing and {(m.Deferrable ? "may" : "may not")} follow later.").At($"/materials/{m.Code}"));
        return [CaseRefusals.MaterialsMissing.Because(
            $"缺：{string.Join("、", missing.Select(m => $"{m.Name.Zh}（{m.Code}）"))}。请一次性告知补正，或对可容缺材料容缺受理。",
            $"Missing: {string.Join(", ", missing.Select(m => $"{m.Name.En} ({m.Code})"))}. Send a correction notice, or defer those that are deferrable.")
            with { Fields = [.. each.SelectMany(m => m.Fields)] }];
    }

    private List<CaseFact> Accept(
        Actor? by, DateTimeOffset from, bool deemed, IReadOnlyList<MaterialDeferred> deferred, LegalClock clock, DateTimeOffset now) =>
    [
        new CaseAccepted(now, by, from, deemed, DueFor(Plan.Statutory, clock, from), DueFor(Plan.Promised, clock, from), deferred),
        .. Plan.Steps.Where(s => s.After.Count == 0).Select(s => new StepOpened(now, by, s.Code, from, DueFor(s.Limit, clock, from))),
    ];

    private Decision<CaseFact> RequestCorrection(SendCorrectionNotice c, DateTimeOffset now)
    {
        if (NotLead(c.By) is { } refused)
            return refused;
        if (c.Lines.Count is 0 or > 100)
            return CaseRefusals.CorrectionEmpty.At("/lines");
        if (Refusal.AllOf(c.Lines.Index().SelectMany(l => LineRefused(l.Item, $"/lines/{l.Index}"))) is { } wrong)
            return wrong;
        // CASE-3: only what came in after the first notice can be news.
        if (Notices.Count > 0 && c.Lines.Any(l => l.Material is null || !Notices[^1].Supplied.Contains(l.Material)))
            return CaseRefusals.CorrectionAlreadySent;
        if (Status != CaseStatus.Submitted)
            return InThisState(c);
        return new CorrectionRequested(now, c.By, c.Lines);
    }

    private IEnumerable<Refusal> LineRefused(CorrectionLine line, string at)
    {
        if (!IsText(line.Text))
            yield return CaseRefusals.CorrectionEmpty.At($"{at}/text");
        if (line.Material is { } code && Plan.Materials.All(m => m.Code != code))
            yield return MaterialUnknown(Plan.Materials).At($"{at}/material");
        if (Proved.FirstOrDefault(p => p.Code == line.Material) is { } proof)
            yield return CaseRefusals.MaterialProved.Because(
                $"申请人持有的{proof.Licence!.Name.Zh}已证明该材料，不得要求重复提交。",
                $"The applicant's {proof.Licence.Name.En} proves it, and nothing is asked for twice.").At($"{at}/material");
    }

    private Decision<CaseFact> Supply(SupplyMaterials c, LegalClock clock, DateTimeOffset now)
    {
        // A window takes papers in for the applicant, so the lead department may hand in, too.
        if (!IsApplicants(c.By) && c.By.Department != Lead)
            return CaseRefusals.NotYourCase;
        if (Refusal.AllOf(MaterialsRefused(c.Materials, Plan.Materials)) is { } refused)
            return refused;
        if (c.Materials.Count == 0)
            return CaseRefusals.MaterialInvalid.At("/materials");
        var codes = c.Materials.Select(m => m.Code).ToArray();
        // Once the case is accepted only what was pledged comes in: nobody exchanges what a decision rests on. CASE-2: where
        // the law accepted it, nobody had to pledge, and what is missing comes in until the decision.
        var follows = Status is not (CaseStatus.Refused or CaseStatus.Withdrawn) && codes.All(code =>
            Deferred.Any(d => d.Code == code) || (Deemed && IsAccepted && Plan.Materials.Any(m => m.Code == code && Lacks(m))));
        if (Status is not (CaseStatus.Submitted or CaseStatus.CorrectionRequested) && !follows)
            return InThisState(c);
        var answered = Status == CaseStatus.CorrectionRequested && !Notices[^1].Outstanding(codes).Any();
        return new MaterialsSupplied(now, c.By, c.Materials, answered ? AnswerDue(clock, now) : null);
    }

    private Decision<CaseFact> Redirect(RedirectStep c, DateTimeOffset now)
    {
        if (IsEnded)
            return InThisState(c);
        if (!IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        if (OwnStep(c.By, c.Step, s => s.IsUnfinished, out var step) is { } refused)
            return refused;
        return c.To == step.Department
            ? CaseRefusals.AlreadyThere.At("/department")
            : new StepRedirected(now, c.By, step.Code, step.Department, c.To, c.Reason);
    }

    private Decision<CaseFact> Move(MoveCaseToItem c, LegalClock clock, DateTimeOffset now)
    {
        if (Status is not (CaseStatus.Submitted or CaseStatus.CorrectionRequested))
            return InThisState(c);
        if (NotLead(c.By) is { } refused)
            return refused;
        if (!IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        if (c.Item.Mode == ReformMode.Abolished)
            return (CaseRefusals.ItemAbolished with { Detail = c.Item.InsteadOf }).At("/item");
        if (c.Item.Code == Plan.Item)
            return CaseRefusals.AlreadyThere.At("/item");
        // CASE-3: an item has one notice; where the case was for it before and the applicant still owes the answer, it is asked for again.
        var reopened = VoidNotices.LastOrDefault(v => v.Item == c.Item.Code) is { } former && !former.Notice.IsAnswered();
        // CASE-2: a correction notice of the item it was moved from asks for nothing any more, so the department has to answer.
        var answerDue = Status == CaseStatus.CorrectionRequested && !reopened ? AnswerDueAfterStop(clock, now) : (DateTimeOffset?)null;
        return new CaseMovedToItem(now, c.By, CasePlan.Of(c.Item, c.Version), c.Reason, answerDue, reopened);
    }

    private Decision<CaseFact> ReferUpward(ReferStepUpward c, DateTimeOffset now)
    {
        if (IsEnded)
            return InThisState(c);
        if (!IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        if (OwnStep(c.By, c.Step, s => s.IsUnfinished, out var step) is { } refused)
            return refused;
        return step.ReferredUpward ? Decision<CaseFact>.Nothing : new StepReferredUpward(now, c.By, step.Code, c.Reason);
    }

    // Limits run in the receiving hall's hours.
    private DueDate DueFor(Limit limit, LegalClock clock, DateTimeOffset from, string? step = null, int extendedBy = 0, IEnumerable<CasePause>? pauses = null)
    {
        var stopped = (pauses ?? Pauses).Where(p => !p.IsOpen && (step is null || p.Step == step));
        var due = clock.Due(from, limit, Hall, [.. stopped.Select(p => new Pause(p.Reason, p.From, p.Until))], extendedBy)
            ?? throw new InvalidOperationException("Only ended pauses are counted, so there is a due date.");
        return new DueDate(due.DueOn, due.DueAt, due.Provisional);
    }

    private static DateTimeOffset AnswerDue(LegalClock clock, DateTimeOffset from, int within = AnswerWithin) =>
        clock.Due(from, Limit.WorkingDays(within), hall: null, [], 0)!.DueAt;

    // Moving a case gains no time: of the five working days there are as many as were left when the notice was sent, at the worst the rest of today.
    private DateTimeOffset AnswerDueAfterStop(LegalClock clock, DateTimeOffset now)
    {
        var left = AnswerStopped is { } stop
            ? Enumerable.Range(1, AnswerWithin).LastOrDefault(days => AnswerDue(clock, stop.At, days) <= stop.Due)
            : AnswerWithin; // A notice of the first releases, which did not keep it.
        return left == 0 ? LegalClock.MidnightOf(LegalClock.DayOf(now).AddDays(1)).AddSeconds(-1) : AnswerDue(clock, now, left);
    }

    private bool MayFollow(MaterialDeferred deferred, LegalClock clock, DateTimeOffset now) =>
        Plan.Materials.Any(m => m.Code == deferred.Code && m.Deferrable)
        && !Has(deferred.Code)
        && deferred.SupplyBy >= LegalClock.DayOf(now)
        && deferred.SupplyBy <= clock.Due(now, Limit.WorkingDays(DeferAtMost), hall: null, [], 0)!.DueOn;

    private static IEnumerable<Refusal> MaterialsRefused(IReadOnlyList<MaterialGiven> materials, IReadOnlyList<Material> known)
    {
        var seen = new HashSet<string>();
        foreach (var (i, m) in materials.Index())
        {
            if (known.All(k => k.Code != m.Code))
                yield return MaterialUnknown(known).At($"/materials/{i}/code");
            else if (!seen.Add(m.Code))
                yield return CaseRefusals.MaterialInvalid.Because("同一编码只出现一次。", "Every code stands in the list once.").At($"/materials/{i}/code");
            if (!Wording.IsLine(m.Name, LongestMaterialName))
                yield return CaseRefusals.MaterialInvalid.Because("名称须为1至200个字符。", "A name has 1 to 200 characters.").At($"/materials/{i}/name");
            if (!Digest().IsMatch(m.Digest))
                yield return CaseRefusals.MaterialInvalid.Because(
                    "摘要须为 sha-256: 加十六进制或 base64。", "A digest is sha-256: and 64 hexadecimal characters or the same in base64.").At($"/materials/{i}/digest");
        }
    }

    private static Refusal MaterialUnknown(IReadOnlyList<Material> known) => CaseRefusals.MaterialUnknown.Because(
        $"事项的材料：{string.Join('、', known.Select(m => m.Code))}。", $"The item's materials: {string.Join(", ", known.Select(m => m.Code))}.");

    private bool Has(string material) => Materials.Any(m => m.Code == material) || Proved.Any(p => p.Code == material);

    private bool Lacks(Material material) => material.Required && !Has(material.Code);

    private bool IsApplicants(Actor by) => by.Applicant == ApplicantKey || by.Subject == SubmittedBy;

    private Refusal? NotLead(Actor by) => by.Department == Lead ? null : CaseRefusals.NotYourDepartment;

    private static bool IsText(string? text) => Wording.IsText(text, LongestText);

    private Refusal InThisState(CaseCommand command)
    {
        var (state, asked) = (CaseWords.Of(Status), CaseWords.Of(command));
        return CaseRefusals.NotInThisState.Because($"办件{state.Zh}，此时不能{asked.Zh}。", $"It is {state.En}, which does not allow {asked.En}.");
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"\Asha-256:(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)\z")]
    private static partial System.Text.RegularExpressions.Regex Digest();
}
