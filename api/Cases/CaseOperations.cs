using OneDoor.Catalogue;
using OneDoor.Clock;
using static OneDoor.Cases.CaseExamples;

namespace OneDoor.Cases;

/// <summary>The command by which a case begins, and what can be asked of one that is there, for both doors.</summary>
public static class CaseOperations
{
    public static readonly Beginning<CaseChanges, SubmitCase> Submit = new(
        "submitCase", "Submit a case (申办): one request creates the whole case", "The whole application.",
        "It answers with its receipt. Staff take applications in at a window of their hall with cases:receive. Send an Idempotency-Key, and repeat with it until you have an answer.",
        new(Request, Submitted), (changes, command, ct) => changes.Submit(command, ct), CaseChanges.Submitting);

    public static readonly Operations<CaseCommand> All = new Operations<CaseCommand>()
        .On(new Operation<SignCase>("signCase", "signatures", "Sign what one applies for jointly (当事人签署); with the last signature it is submitted",
            After(HalfSigned, new SignCase(SignedTexts.Declaration.Digest, "李四"), Of(party: 1)), Scopes.CasesSubmit))
        .On(new Operation<AcceptCase>("acceptCase", "acceptance", "Accept a case (受理), with a deficiency (容缺) where materials may follow",
            After(Start, new AcceptCase()), Scopes.CasesHandle)
        { Bare = new() })
        .On(new Operation<SendCorrectionNotice>("sendCorrectionNotice", "correction-notices", "Tell the applicant, once, everything that is missing (一次性告知补正)",
            After(Start, Notice), Scopes.CasesHandle))
        .On(new Operation<AddCorrectionLines>("addCorrectionLines", "correction-notices/lines", "Say what one's own department misses, for the one notice (补正内容)",
            After(Start, new AddCorrectionLines([new("The articles name no legal representative.")])), Scopes.CasesHandle))
        .On(new Operation<ExtendNotice>("extendCorrectionNotice", "correction-notices/extension", "Ask for more time to answer the correction notice, once (延长补正期限)",
            After(Noticed, new ExtendNotice("The landlord is abroad.")), Scopes.CasesSubmit))
        .On(new Operation<LapseCase>("lapseCase", "lapse", "Close a case whose correction notice nobody answered (逾期未补正终止); a supervisor's alone",
            After(Later(Noticed, days: 22), new LapseCase("The lease was not handed in."), At(days: 60)), Scopes.CasesSupervise, Scopes.CasesHandle))
        .On(new Operation<SupplyMaterials>("supplyMaterials", "materials", "Hand in what a correction notice or a pledge asks for (补正材料)",
            new(new SupplyMaterials([Material("premises-proof", "Lease, signed.pdf")]), Submitted), Scopes.CasesSubmit, Scopes.CasesHandle))
        .On(new Operation<PledgeMaterial>("pledgeMaterial", "pledges", "Pledge to hand in a deferrable material later (容缺承诺)",
            new(new PledgeMaterial("premises-proof", new DateOnly(2026, 12, 31), SignedTexts.Pledge.Digest, "张三"), Submitted), Scopes.CasesSubmit))
        .On(new Operation<FulfilCommitment>("fulfilCommitment", "commitment/fulfilment", "File that the conditions are met which were committed to by a day (承诺条件已具备)",
            After(ToBeMet, new FulfilCommitment()) with { Request = null }, Scopes.CasesSubmit)
        { Bare = new(), IsBare = true })
        .On(new Operation<ReferCase>("referCase", "referrals", "Redirect to the right department or item, or refer upward (转办、上报)",
            new(new ReferCase(ReferralKind.Upward, "Two companies claim the same name."), Accepted), Scopes.CasesHandle)
        { Misshapen = CaseForms.Misshapen })
        .On(new Operation<RefuseCase>("refuseCase", "refusal", "Refuse a case as a whole (不予许可); a supervisor's alone",
            After(Running, new RefuseCase("The scope of business is reserved by law.", "Company Law, art. 9")),
            Scopes.CasesSupervise, Scopes.CasesHandle))
        .On(new Operation<DeclineCase>("declineCase", "non-acceptance", "Not accept a case (不予受理), on the day of asking; a supervisor's alone",
            After(Start, new DeclineCase(
                NonAcceptanceKind.NotOurCompetence, "The company is to have its seat in another district.", "Market regulation bureau of that district")),
            Scopes.CasesSupervise, Scopes.CasesHandle)
        { Misshapen = CaseForms.Misshapen })
        .On(new Operation<DiscloseCase>("discloseCase", "disclosures", "Open another department's case to oneself until the day ends (查阅); a supervisor's of the service office alone",
            new(new DiscloseCase("A complaint about the service at the window."), Accepted), Scopes.CasesSupervise))
        .On(new Operation<WithdrawCase>("withdrawCase", "withdrawal", "Withdraw what of a case is undecided (撤回)",
            After(Running, new WithdrawCase("We apply next year.")), Scopes.CasesSubmit)
        { Bare = new() })
        .On(new Operation<ExtendLimit>("extendLimit", "extension", "Extend a case's statutory limit once (延长期限); a supervisor's alone",
            After(Running, new ExtendLimit(Limit.WorkingDays(3), "The expert opinion is contradictory.")), Scopes.CasesSupervise, Scopes.CasesHandle))
        .On(new Operation<PauseClock>("pauseClock", "pauses", "Stop a step's clock (时限中止) for a special procedure that the item lists",
            After(
                Running with { Plan = Running.Plan with { SpecialProcedures = [new(PauseReason.ExpertReview, "Regulation on the registration of market entities, art. 19", Limit.WorkingDays(10))] } },
                new PauseClock(PauseReason.ExpertReview, "Regulation on the registration of market entities, art. 19", new DateOnly(2026, 12, 4), "Expert panel of the zone")),
            Scopes.CasesHandle))
        .On(new Operation<ResumeClock>("resumeClock", "pauses/{n:int}/end", "End a pause: the clock runs again (恢复计时)",
            new(null, Accepted), Scopes.CasesHandle)
        {
            Bare = new(), IsBare = true, Part = new("n", "pause", "The pause's number.", (c, pause) => c with { Pause = (int)pause }) { IsNumber = true },
        })
        .On(new Operation<ExplainDelay>("explainDelay", "delay-reason", "Say why a case is past its limit (说明逾期原因)",
            After(Later(Running, days: 1), new ExplainDelay("The register could not be reached.", DelayCause.System)), Scopes.CasesHandle))
        .On(new Operation<InspectStep>("inspectStep", "inspections", "Record an inspection on site (现场核查) by two officers at least",
            After(Running, new InspectStep(
                "licence", [new("018", "Li Na"), new("027", "Wang Wei")], new DateOnly(2026, 11, 23), "Premises of the company", InspectionFinding.Passed)),
            Scopes.CasesHandle))
        .On(new Operation<TellThirdParties>("tellThirdParties", "third-party-notices", "Tell third parties whose major interests are touched (告知利害关系人)",
            After(Running, ThirdParties), Scopes.CasesHandle))
        .On(new Operation<HearThirdParty>("hearThirdParty", "third-party-notices/{n:int}/statements", "Record what a third party says (陈述意见)",
            After(Next(Running, ThirdParties), new HearThirdParty("We fear for the quiet of the night.") { Notice = 1 }), Scopes.CasesHandle)
        {
            Part = new("n", "notice", "The notice's number.", (c, notice) => c with { Notice = (int)notice }) { IsNumber = true },
        })
        .On(new Operation<CallHearing>("callHearing", "hearings", "Call a hearing (听证) and tell its day and place",
            After(Running, Hearing), Scopes.CasesHandle))
        .On(new Operation<CloseHearing>("closeHearing", "hearings/{n:int}/minutes", "Record a hearing's signed minutes (听证笔录): the clock runs again",
            After(
                Next(Running, Hearing),
                new CloseHearing("Zhao Min, Li Na, the owners' committee", new DateOnly(2026, 12, 8), "The parties agreed on opening hours.") { Hearing = 1 }, At(days: 15)),
            Scopes.CasesHandle)
        {
            Part = new("n", "hearing", "The hearing's number.", (c, hearing) => c with { Hearing = (int)hearing }) { IsNumber = true },
        })
        .On(new Operation<RecordHandOver>("recordHandOver", "hand-overs", "Record that a thing was handed over (移交): seals, a printed licence",
            After(Next(Running, Grant), new RecordHandOver("licence", "Printed business licence", DeliveryWay.Pickup, "Zhang San", new DateOnly(2026, 11, 23))),
            Scopes.CasesHandle))
        .On(new Operation<DecideStep>("decideStep", "steps/{step}/decision", "Grant or refuse a step of one's own department (决定)",
            After(Running, Grant), Scopes.CasesHandle, Scopes.CasesSupervise)
        {
            Part = new("step", "step", "The step's code.", (c, step) => c with { Step = (string)step }), Misshapen = CaseForms.Misshapen,
        });
}

/// <summary>
/// Which fields of a command go together: what another kind of it would take is refused, for to leave it out of account would be to do
/// something else than was asked.
/// </summary>
public static class CaseForms
{
    public static Refusal? Misshapen(ReferCase referral)
    {
        var kind = Kebab.Of(referral.Kind);
        (string At, bool IsGiven, ReferralKind[] Of)[] fields =
        [
            ("/department", referral.Department is not null, [ReferralKind.Department]), ("/item", referral.Item is not null, [ReferralKind.Item]),
            ("/step", referral.Step is not null, [ReferralKind.Department, ReferralKind.Upward]),
        ];
        var outOfPlace = fields.Where(field => field.IsGiven && !field.Of.Contains(referral.Kind)).Select(field => RequestRefusals.UnknownField.Because(
            $"kind 为 {kind} 时没有此字段。", $"There is no such field with the kind {kind}.").At(field.At));
        var missing = fields.Where(field => !field.IsGiven && field.At != "/step" && field.Of.Contains(referral.Kind)).Select(field => RequestRefusals.FieldMissing.Because(
            $"kind 为 {kind} 时须有此字段。", $"It is required with the kind {kind}.").At(field.At));
        return Refusal.AllOf([.. outOfPlace, .. missing]);
    }

    public static Refusal? Misshapen(DeclineCase declined) => (declined.Kind, declined.Authority) switch
    {
        (NonAcceptanceKind.NotOurCompetence, null) => RequestRefusals.FieldMissing.Because(
            "kind 为 not-our-competence 时须有此字段。", "It is required with the kind not-our-competence.").At("/authority"),
        (not NonAcceptanceKind.NotOurCompetence, not null) => RequestRefusals.UnknownField.Because(
            $"kind 为 {Kebab.Of(declined.Kind)} 时没有此字段。", $"There is no such field with the kind {Kebab.Of(declined.Kind)}.").At("/authority"),
        _ => null,
    };

    // A clerk who names the grounds of a refusal has not meant to grant.
    public static Refusal? Misshapen(DecideStep decision)
    {
        (string At, string? Given)[] ofRefusals = decision.Outcome == StepOutcome.Refused ? [] : [("/legalBasis", decision.LegalBasis), ("/remedy", decision.Remedy), ("/falseMaterials", decision.FalseMaterials?.ToString())];
        if (decision is { Outcome: StepOutcome.Refused, Uscc: not null })
            return RequestRefusals.UnknownField.Because("仅在 outcome 为 granted 时填写。", "It belongs to the outcome granted.").At("/uscc");
        return Refusal.AllOf(ofRefusals.Where(field => field.Given is not null).Select(field =>
            RequestRefusals.UnknownField.Because("仅在 outcome 为 refused 时填写。", "It belongs to the outcome refused.").At(field.At)));
    }
}
