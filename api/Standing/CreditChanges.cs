using OneDoor.Clock;

namespace OneDoor.Standing;

/// <summary>Changes credit records.</summary>
public sealed class CreditChanges(ChangeTools tools, LegalClock clock, StandingOptions policy) : Changes<CreditRecord, CreditFact, CreditCommand>(tools, GetStanding.Record)
{
    protected override object View(CreditRecord seen, int version, string language) => CreditRecordView.Of(seen with { Version = version });

    protected override Task<Decision<CreditFact>> Decide(CreditRecord? before, CreditCommand command, CancellationToken ct) =>
        Task.FromResult(CreditRecord.Decide(before, command, new(Tools.Caller.Actor, clock, Tools.Now, policy)));
}

/// <summary>What can be asked of a credit record, for both doors.</summary>
public static class CreditOperations
{
    public static readonly Operations<CreditCommand> All = new Operations<CreditCommand>()
        .On(new Operation<RequestRepair>("requestRepair", "repair-requests", "Ask for a record's repair, after putting right what it is about (信用修复)",
            new(StandingExamples.Request, StandingExamples.Requested), Scopes.CasesSubmit))
        .On(new Operation<DecideRepair>("decideRepair", "repair", "Decide about a record's repair (信用修复决定)",
            new(new DecideRepair(), StandingExamples.Repaired), Scopes.SupervisionHandle)
        { Bare = new() })
        .On(new Operation<ObjectToRecord>("objectToRecord", "objection", "Say that a record is wrong (异议)",
            new(StandingExamples.Objection, StandingExamples.Objected), Scopes.CasesSubmit))
        .On(new Operation<DecideObjection>("decideObjection", "objection-decision", "Decide about an objection: a record that is wrong counts for nothing (异议处理)",
            new(new DecideObjection(Upheld: true), StandingExamples.StruckOut), Scopes.SupervisionHandle));
}
