using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

// The department's answer to an application: taken on, or accepted by the passing of time.
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
        for (var state = this; state.Next(clock, state.DecidedBy(now)) is { Count: > 0 } next; state = next.Aggregate(state, Evolve))
            facts.AddRange(next);
        return facts;
    }

    private List<CaseFact> Next(LegalClock clock, DateTimeOffset now) =>
        Status == CaseStatus.AwaitingSignatures ? (now > SignBy ? [new SignaturesLapsed(now, By: null, SignBy!.Value)] : [])
        : AcceptBy is not null && Settled(clock, now) is { } anew ? [anew]
        : AcceptBy is { } due && now > due ? AcceptedByLaw(due, clock, now)
        : RemindAt is { } at && now > at ? [new CorrectionReminded(now, By: null, Notices[^1].AnswerBy!.Value)]
        : CommitmentEndsAt is { } last && now > last ? [new CommitmentOverdue(now, By: null, Commitment!.MeetBy!.Value)]
        : Settled(clock, now) is { } settled ? [settled]
        : Overdue(clock, now).ToList() is { Count: > 0 } overdue ? overdue
        : RenewedBy(now, clock);

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
        ExplainBy,
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
        if (Added?.Any(a => a.Lines.Count > 0) == true)
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
        var listed = Text.List([.. missing.Select(m => new Text($"{m.Name.Zh}（{m.Code}）", $"{m.Name.En} ({m.Code})"))]);
        return [CaseRefusals.MaterialsMissing.Because(
            $"缺：{listed.Zh}。请一次性告知补正；可容缺的材料经申请人承诺后可以后补。",
            $"Missing: {listed.En}. Send a correction notice; deferrable ones may follow once the applicant has pledged them.")
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
        .. LeftForGood(now, by),
    ];

    // CLK-8: that a promise which ended before the answer was due is missed is a fact from then on, and not before.
    private List<CaseFact> AcceptedByLaw(DateTimeOffset due, LegalClock clock, DateTimeOffset now)
    {
        // MODE-7: what the applicant has signed to hand in later is owed whoever accepted the case.
        var accepted = Accept(by: null, officer: null, MaterialsInAt, deemed: true, Pledged(due), clock, now);
        return accepted.Aggregate(this, Evolve).LateAfter is { } late && late < due ? [.. accepted, Late(late, due, clock, now)] : accepted;
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

    // Where the applicant has to act anyway, no answer is due that could be stopped.
    private AnswerStopped? StoppedAt(DateTimeOffset at) => AcceptBy is { } due ? new(at, due) : AnswerStopped;
}

/// <summary>Taking a case on.</summary>
/// <param name="Deferred">The former way to say which materials may follow and by when: as the applicant has pledged, and no other.</param>
/// <param name="Pledges">Codes of the pledged materials that may follow; left out, all that are pledged and have not come in.</param>
/// <param name="Officer">Who takes it on, as a system names them; left out, the department answers for who it was.</param>
public sealed record AcceptCase(
    IReadOnlyList<MaterialDeferred>? Deferred = null, [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<string>? Pledges = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Officer? Officer = null) : CaseCommand;

/// <summary>The department took the case on; its limits run from <paramref name="AcceptedAt"/>.</summary>
/// <param name="AcceptedAt">When it was accepted, or, when deemed, when the materials came in (CASE-2).</param>
/// <param name="Deemed">Nobody answered in time, so the law accepted it.</param>
/// <param name="Deferred">Materials still to be supplied under a pledge (deficiency acceptance).</param>
/// <param name="Officer">Who took it on, where the department's system names them; else the department answers for who it was (CASE-16).</param>
[Alias("case_accepted")]
public sealed record CaseAccepted(
    DateTimeOffset At, Actor? By, DateTimeOffset AcceptedAt, bool Deemed, DueDate Statutory, DueDate Promised,
    IReadOnlyList<MaterialDeferred> Deferred, Officer? Officer = null) : CaseFact(At, By);

/// <summary>The department's time to answer (CASE-2) stood still from <paramref name="At"/> on, when it would have ended with <paramref name="Due"/>.</summary>
public sealed record AnswerStopped(DateTimeOffset At, DateTimeOffset Due);
