using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Cases;

// The department's answer to an application: what is asked for, moved, taken on, or accepted by the passing of time.
public sealed partial record Case
{
    /// <summary>Working days in which a department answers an application (CASE-2, 行政许可法 art. 32).</summary>
    public const int AnswerWithin = 5;

    /// <summary>
    /// What the passing of time alone has brought about: the end of what was not signed (APP-2), acceptance (CASE-2), a reminder (CASE-14), and then
    /// whatever of its clocks has become due.
    /// </summary>
    public IReadOnlyList<CaseFact> Lapse(LegalClock clock, DateTimeOffset now)
    {
        List<CaseFact> facts = [];
        for (var state = this; state.Next(clock, now) is { Count: > 0 } next; state = next.Aggregate(state, Evolve))
            facts.AddRange(next);
        return facts;
    }

    private List<CaseFact> Next(LegalClock clock, DateTimeOffset now) =>
        Status == CaseStatus.AwaitingSignatures ? (now > SignBy ? [new SignaturesLapsed(now, By: null, SignBy!.Value)] : [])
        : AcceptBy is not null && Settled(clock, now) is { } anew ? [anew]
        : AcceptBy is { } due && now > due ? Accept(by: null, officer: null, MaterialsInAt, deemed: true, [], clock, now)
        : RemindAt is { } at && now > at ? [new CorrectionReminded(now, By: null, Notices[^1].AnswerBy!.Value)]
        : CommitmentEndsAt is { } last && now > last ? [new CommitmentOverdue(now, By: null, Commitment!.MeetBy!.Value)]
        : [.. Settled(clock, now) is { } settled ? [settled] : Overdue(clock, now)];

    /// <summary>
    /// When time next does something to its running clocks, or to its open notice, in UTC and by everybody's clock; null where it does nothing. Stored so
    /// that it is found then.
    /// </summary>
    public DateTimeOffset? WakeAt => (SandboxClock is null ? NextOfClocks : NextDue) is { } next ? EverybodysAt(next).ToUniversalTime() : null;

    private DateTimeOffset? NextDue => new[] { AcceptBy, NextOfClocks }.Min();

    private DateTimeOffset? NextOfClocks => new[]
    {
        NearFrom,
        LateAfter,
        UnlawfulAfter,
        Status != CaseStatus.Withdrawn && Delay is { IsOwed: true } ? Delay.ExplainBy : null,
        Pauses.Min(p => p.OverdueOn),
        RemindAt,
        Owed.Min(pledge => pledge.RemindAt ?? pledge.EndsAt as DateTimeOffset?),
        Status == CaseStatus.AwaitingSignatures ? SignBy : null,
        CommitmentEndsAt,
        AwaitsRenewal ? Renewal?.LicenceEnds : null,
    }.Min();

    private Decision<CaseFact> Accept(AcceptCase c, CaseAsking asked)
    {
        if (NotLead(asked.By) is { } refused)
            return refused;
        // What names another pledge than the acceptance on record comes too late: to answer as if it held would lose it.
        if (IsAccepted && (c.Deferred ?? []).All(Deferred.Contains) && (c.Pledges ?? []).All(code => Deferred.Any(d => d.Code == code)))
            return Decision<CaseFact>.Nothing;
        if (Status is not (CaseStatus.Submitted or CaseStatus.CorrectionRequested))
            return InThisState("受理", "accepting it");
        if (Added is not null)
            return CaseRefusals.LinesWaiting;
        // MODE-7: it rests on what the applicant has signed.
        var pledged = Pledged(asked.Now);
        if (asked.Suspended.Deficiency && pledged.Any(d => Plan.Materials.Any(m => m.Code == d.Code && Lacks(m))))
            return CaseRefusals.DeficiencySuspended;
        var named = c.Pledges is null ? pledged : pledged.Where(p => c.Pledges.Contains(p.Code) || c.Deferred?.Contains(p) == true).ToArray();
        Refusal[] unsigned =
        [
            .. ActingOfficerRefused(asked.By, c.Officer),
            .. (c.Deferred ?? []).Index().Where(d => !pledged.Contains(d.Item)).Select(d => CaseRefusals.PledgeMissing.At($"/deferred/{d.Index}")),
            .. (c.Pledges ?? []).Index().Where(p => pledged.All(d => d.Code != p.Item)).Select(p => CaseRefusals.PledgeMissing.At($"/pledges/{p.Index}")),
        ];
        if (Refusal.AllOf([.. unsigned, .. MissingRefused(named), .. FormRefused(asked.Now)]) is { } incomplete)
            return incomplete;
        return Decision<CaseFact>.Of(Accept(asked.By, c.Officer, asked.Now, deemed: false, named, asked.Clock, asked.Now));
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
            $"缺：{string.Join("、", missing.Select(m => $"{m.Name.Zh}（{m.Code}）"))}。请一次性告知补正；可容缺的材料经申请人承诺后可以后补。",
            $"Missing: {string.Join(", ", missing.Select(m => $"{m.Name.En} ({m.Code})"))}. Send a correction notice; deferrable ones may follow once the applicant has pledged them.")
            with { Fields = [.. each.SelectMany(m => m.Fields)] }];
    }

    // CASE-11: the item that the case was moved to asks for what nobody was asked before.
    private IEnumerable<Refusal> FormRefused(DateTimeOffset now) => Plan.Form is { } form && AnswerText.Read(Form) is { } answer
        ? FormAnswer.Refusals(form, answer, LegalClock.DayOf(now)).Where(wrong => wrong.Code == FormRefusals.FieldMissing.Code) : [];

    private List<CaseFact> Accept(
        Actor? by, Officer? officer, DateTimeOffset from, bool deemed, IReadOnlyList<MaterialDeferred> deferred, LegalClock clock, DateTimeOffset now) =>

    [
        new CaseAccepted(now, by, from, deemed, DueFor(Plan.Statutory, clock, from), PromisedDue(clock, from), deferred, officer),
        .. Plan.Steps.Where(s => s.After.Count == 0).Select(s => new StepOpened(now, by, s.Code, from, StepDue(s.Code, clock, from, accepted: from))),
    ];

    private Decision<CaseFact> RequestCorrection(SendCorrectionNotice c, CaseAsking asked)
    {
        if (NotLead(asked.By) is { } refused)
            return refused;
        // JOINT-5: the one notice holds what every department misses.
        CorrectionLine[] added = [.. (Added ?? []).SelectMany(a => a.Lines)];
        if (LinesRefused(c.Lines, added.Length == 0 ? 1 : 0, Plan.Materials, Plan.Form?.Fields ?? []) is { } wrong)
            return wrong;
        if (Status != CaseStatus.Submitted)
            return InThisState("发出补正告知", "sending a correction notice");
        return new CorrectionRequested(asked.Now, asked.By, [.. c.Lines, .. added], AnswerFrom(asked.Now, asked));
    }

    private Refusal? LinesRefused(IReadOnlyList<CorrectionLine> lines, int fewest, IReadOnlyList<Material> known, IReadOnlyList<Field> fields)
    {
        if (lines.Count < fewest || lines.Count > MostLines)
            return CaseRefusals.CorrectionEmpty.At("/lines");
        if (Refusal.AllOf(lines.Index().SelectMany(l => LineRefused(l.Item, known, fields, $"/lines/{l.Index}"))) is { } wrong)
            return wrong;
        // CASE-3: only what came in after the last notice can be news, to whoever was silent as well (JOINT-5).
        return Notices.Count > 0 && lines.Any(l => !IsNews(l, Notices[^1])) ? CaseRefusals.CorrectionAlreadySent : null;
    }

    private static bool IsNews(CorrectionLine line, CorrectionNotice since) => (line.Material, line.FieldName) switch
    {
        (null, null) => false,
        ({ } material, null) => since.Supplied.Contains(material),
        (null, { } field) => since.Mended?.Contains(field) == true,
        ({ } material, { } field) => since.Supplied.Contains(material) && since.Mended?.Contains(field) == true,
    };

    private IEnumerable<Refusal> LineRefused(CorrectionLine line, IReadOnlyList<Material> known, IReadOnlyList<Field> fields, string at)
    {
        if (line.FieldName is { } named && fields.All(field => field.Name != named))
            yield return CaseRefusals.FieldUnknown.At($"{at}/field");
        if (!IsText(line.Text))
            yield return CaseRefusals.CorrectionEmpty.At($"{at}/text");
        if (line.Material is { } code && known.All(m => m.Code != code))
            yield return MaterialUnknown(known).At($"{at}/material");
        // JOINT-6: what is due when its step opens, nobody asks for before.
        if (known.Any(m => m.Code == line.Material && m.NeededBy == MaterialNeed.Step && !Has(m.Code)))
            yield return CaseRefusals.MaterialNotDue.At($"{at}/material");
        if (Proved.FirstOrDefault(p => p.Code == line.Material) is { } proof)
            yield return CaseRefusals.MaterialProved.Because(
                $"申请人持有的{proof.Licence!.Name.Zh}已证明该材料，不得要求重复提交。",
                $"The applicant's {proof.Licence.Name.En} proves it, and nothing is asked for twice.").At($"{at}/material");
    }

    private Decision<CaseFact> Supply(SupplyMaterials c, CaseAsking asked)
    {
        // A window takes papers in for the applicant, so the lead department may hand in, too.
        if (!SpeaksForApplicant(asked.By) && asked.By.Department != Lead)
            return CaseRefusals.NotYourCase;
        var given = c.Materials ?? [];
        if (Refusal.AllOf(MaterialsRefused(given, Plan.Materials, asked)) is { } refused)
            return refused;
        if (given.Count == 0 && c.Form is null)
            return CaseRefusals.MaterialInvalid.At("/materials");
        var codes = given.Select(m => m.Code).ToArray();
        // Once the case is accepted only what was pledged comes in, and what a step is still to open with: nobody exchanges what a
        // decision rests on. CASE-2: where the law accepted it, nobody had to pledge, and what is missing comes in until the decision.
        var follows = Status is not (CaseStatus.Refused or CaseStatus.Withdrawn) && c.Form is null && codes.All(code =>
            Deferred.Any(d => d.Code == code) || MayStillCome(code) || (Deemed && IsAccepted && Plan.Materials.Any(m => m.Code == code && Lacks(m))));
        if (Status is not (CaseStatus.Submitted or CaseStatus.CorrectionRequested) && !follows)
            return InThisState("补充材料", "supplying materials");
        var (form, mended, wrong) = c.Form is { } changes ? Mend(changes, asked) : (null, null, null);
        if (wrong is not null)
            return wrong;
        var answered = Status == CaseStatus.CorrectionRequested && !Notices[^1].Outstanding(codes, mended ?? []).Any();
        var due = answered ? AnswerDue(asked.Clock, asked.Now) : null;
        var supplied = new MaterialsSupplied(
            asked.Now, asked.By, Kept(given, asked), due?.DueAt, mended, form, Carried(CaseFiles.StatedBy(c, Plan.Form), asked), due?.Provisional == true);
        var after = Evolve(this, supplied);
        return Decision<CaseFact>.Of([supplied, .. after.AtOnce(asked), .. IsAccepted ? after.Opening(asked) : []]);
    }

    private Decision<CaseFact> Move(ReferCase c, CaseAsking asked)
    {
        if (asked.Item is not { Item: var item } published)
            return CaseRefusals.ItemUnknown.At("/item");
        if (Status is not (CaseStatus.Submitted or CaseStatus.CorrectionRequested))
            return InThisState("转为其他事项", "moving it to another item");
        if (NotLead(asked.By) is { } refused)
            return refused;
        if (!IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        if (item.IsEnded(LegalClock.DayOf(asked.Now)))
            return (CaseRefusals.ItemAbolished with { Detail = item.InsteadOf }).At("/item");
        if (item.Code == Plan.Item)
            return CaseRefusals.AlreadyThere.At("/item");
        if ((NotOffered(item, Applicant) ?? RolesRefused(item, Applicant).FirstOrDefault()) is { } others)
            return (others with { Fields = [] }).At("/item");
        // SIGHT-1: what others have seen does not become confidential, nor the other way round.
        if (item.Confidential || Plan.Confidential)
            return CaseRefusals.ItemConfidential.At("/item");
        if (BarRefused(item.Code, asked) is { } barred)
            return barred.At("/item");
        if (item.Cancels is { } kind && CancellationRefused(kind, named: null, Applicant, asked) is { } heldBack)
            return heldBack.At("/item");
        // CASE-3: an item has one notice; where the case was for it before and the applicant still owes the answer, it is asked for again.
        var reopened = VoidNotices.LastOrDefault(v => v.Item == item.Code) is { } former && !former.Notice.IsAnswered();
        // CASE-2: a correction notice of the item it was moved from asks for nothing any more, so the department has to answer.
        var answerDue = Status == CaseStatus.CorrectionRequested && !reopened ? AnswerDueAfterStop(asked.Clock, asked.Now) : null;
        CaseFact[] moved =
        [
            new CaseMovedToItem(asked.Now, asked.By, CasePlan.Of(published), c.Reason, answerDue?.DueAt, reopened, reopened ? AnswerFrom(asked.Now, asked) : null, answerDue?.Provisional == true),
            .. Cancelled(item.Cancels, Applicant, asked),
        ];
        return Decision<CaseFact>.Of([.. moved, .. moved.Aggregate(this, Evolve).AtOnce(asked)]);
    }

    private static Due AnswerDue(LegalClock clock, DateTimeOffset from, int within = AnswerWithin) => clock.Simulate(from, Limit.WorkingDays(within));

    // CLK-2: as it was told, by the days that are known now. What has answered a notice gave the department all five days anew, and what was moved the rest of them.
    // That rest was counted by the former calendar, so it is never less than was told.
    private DateTimeOffset AnswerDueAnew(LegalClock clock) => Notices.Count == 0 && AnswerStopped is not null
        ? new[] { AnswerDueAfterStop(clock, MaterialsInAt).DueAt, AcceptBy!.Value }.Max() : AnswerDue(clock, MaterialsInAt).DueAt;

    // Moving a case gains no time: of the five working days there are as many as were left when the notice was sent, at the worst the rest of today.
    private Due AnswerDueAfterStop(LegalClock clock, DateTimeOffset now)
    {
        var left = AnswerStopped is { } stop
            ? Enumerable.Range(1, AnswerWithin).LastOrDefault(days => AnswerDue(clock, stop.At, days).DueAt <= stop.Due)
            : AnswerWithin; // A notice of the first releases, which did not keep it.
        return left == 0 ? new Due(LegalClock.DayOf(now), LegalClock.EndOf(LegalClock.DayOf(now)), Provisional: false, []) : AnswerDue(clock, now, left);
    }

    private bool Has(string material) => Materials.Any(m => m.Code == material) || Proved.Any(p => p.Code == material);

    private bool Lacks(Material material) => material is { Required: true, NeededBy: MaterialNeed.Submission } && !Has(material.Code) && !IsForWaivedSteps(material.Code);

    // Nobody is asked for what only steps need that nobody wants.
    private bool IsForWaivedSteps(string material) =>
        Plan.Steps.Where(s => s.Materials.Contains(material)).ToArray() is { Length: > 0 } needing && needing.All(s => Step(s.Code)?.Status == StepStatus.Waived);

    private Case With(CaseAccepted f) => this with
    {
        Status = CaseStatus.Accepted,
        AcceptedAt = f.AcceptedAt,
        AcceptedBy = AcceptorOf(f.By, f.Officer),
        Deemed = f.Deemed,
        AcceptBy = null,
        Added = null,
        Statutory = f.Statutory,
        Promised = f.Promised,
        Deferred = f.Deferred,
    };

    private Case With(CorrectionRequested f) => this with
    {
        Status = CaseStatus.CorrectionRequested,
        AcceptBy = null,
        AnswerStopped = StoppedAt(f.At),
        Added = null,
        Notices = [.. Notices, new CorrectionNotice(f.At, f.Lines, []).Answerable(f.Answer)],
    };

    private Case With(MaterialsSupplied f)
    {
        var replaced = f.Materials.Select(m => m.Code).ToHashSet();
        return WithReceived(replaced) with
        {
            Materials = [.. Materials.Where(m => !replaced.Contains(m.Code)), .. f.Materials],
            Deferred = [.. Deferred.Where(d => !replaced.Contains(d.Code))],
            Pledges = [.. Pledges.Select(p => p.IsOpen && replaced.Contains(p.Made.Code) ? p with { State = PledgeState.Kept } : p)],
            Form = f.Form ?? Form,
            Files = f.Files is { } named ? [.. Files ?? [], .. named.Where(file => Files?.Contains(file) != true)] : Files,
            Notices = WithNotice(n => n.With(replaced, f.Fields)).Notices,
            VoidNotices = [.. VoidNotices.Select(v => v with { Notice = v.Notice.With(replaced, f.Fields) })],
            Status = f.AcceptBy is null ? Status : CaseStatus.Submitted,
            MaterialsInAt = f.AcceptBy is null ? MaterialsInAt : f.At,
            AcceptBy = f.AcceptBy ?? AcceptBy,
            AcceptByProvisional = f.AcceptBy is null ? AcceptByProvisional : f.AcceptByProvisional,
        };
    }

    // CASE-3: what the new item needs could not be said in a notice of the old one, but in one of its own, sent when the case was for it before.
    private Case With(CaseMovedToItem f)
    {
        var notices = VoidNotices.Concat(Notices.Select(n => new VoidNotice(Plan.Item, n))).ToLookup(v => v.Item == f.Plan.Item);
        return this with
        {
            Plan = f.Plan,
            Lead = f.Plan.Department,
            Steps = StepsOf(f.Plan),
            Exemption = null,
            Renewal = null,
            Cancels = null,
            Added = null,
            Notices = [.. notices[true].Select((v, i) => f.Answer is not null && i == notices[true].Count() - 1 ? v.Notice.Answerable(f.Answer) : v.Notice)],
            VoidNotices = [.. notices[false]],
            Pledges = [.. Pledges.Where(p => f.Plan.Materials.Any(m => m.Code == p.Made.Code && m.Deferrable))],
            Status = f.NoticeReopened ? CaseStatus.CorrectionRequested : CaseStatus.Submitted,
            MaterialsInAt = f.AcceptBy is null ? MaterialsInAt : f.At,
            AcceptBy = f.NoticeReopened ? null : f.AcceptBy ?? AcceptBy,
            AcceptByProvisional = f.AcceptBy is null ? AcceptByProvisional : f.AcceptByProvisional,
            AnswerStopped = f.NoticeReopened ? StoppedAt(f.At) : AnswerStopped,
        };
    }

    // Where the applicant has to act anyway, no answer is due that could be stopped.
    private AnswerStopped? StoppedAt(DateTimeOffset at) => AcceptBy is { } due ? new(at, due) : AnswerStopped;
}
