namespace OneDoor.Cases;

// What ends a case as a whole.
public sealed partial record Case
{
    private Decision<CaseFact> Refuse(RefuseCase c, CaseAsking asked)
    {
        if (NotLead(asked.By) is { } refused)
            return refused;
        if (!asked.By.IsSupervisor)
            return CaseRefusals.OnlyASupervisorRefuses;
        var grounds = RefusalGrounds.Of(c.LegalBasis, c.Reason, c.Remedy);
        if (Status == CaseStatus.Refused)
            return Repeated(grounds, "不予许可", "refusing it");
        if (IsEnded)
            return InThisState("不予许可", "refusing it");
        if (GroundsRefused(grounds) is { } incomplete)
            return incomplete;
        return Decision<CaseFact>.Of(
        [
            .. Cancelled(asked.By, CancelledBecause.CaseRefused, asked.Now),
            new CaseRefused(asked.Now, asked.By, Step: null, grounds, AcceptedAt is null ? null : TimeTaken(asked.Clock, asked.Now)),
        ]);
    }

    private Decision<CaseFact> Withdraw(WithdrawCase c, CaseAsking asked)
    {
        if (!IsApplicants(asked.By))
            return CaseRefusals.NotYourCase;
        if (Status == CaseStatus.Withdrawn)
            return Decision<CaseFact>.Nothing;
        if (IsEnded)
            return InThisState("撤回", "withdrawing it");
        if (c.Reason is not null && !IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        return Decision<CaseFact>.Of(
            [.. Cancelled(asked.By, CancelledBecause.CaseWithdrawn, asked.Now), new CaseWithdrawn(asked.Now, asked.By, c.Reason)]);
    }

    private IEnumerable<StepCancelled> Cancelled(Actor by, CancelledBecause because, DateTimeOffset now, string? except = null) =>
        Steps.Where(s => s.IsUnfinished && s.Code != except).Select(s => new StepCancelled(now, by, s.Code, because));

    // Grounds that are not those on record come too late: to answer as if they held would lose them.
    private Decision<CaseFact> Repeated(RefusalGrounds grounds, string zh, string en) =>
        grounds == Grounds ? Decision<CaseFact>.Nothing : InThisState(zh, en);

    private static Refusal? GroundsRefused(RefusalGrounds grounds)
    {
        (string At, string Text)[] parts = [("/reason", grounds.Reason), ("/legalBasis", grounds.LegalBasis), ("/remedy", grounds.Remedy)];
        return Refusal.AllOf(parts.Where(part => !IsText(part.Text)).Select(part => CaseRefusals.GroundsMissing.At(part.At)));
    }
}
