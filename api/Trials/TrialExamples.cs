using OneDoor.Cases;

namespace OneDoor.Trials;

/// <summary>What the documentation shows of the sandbox.</summary>
internal static class TrialExamples
{
    public static readonly TriggerEvent Request = new("onedoor.case.step-opened");

    public static readonly MoveClock Later = new(CaseExamples.Accepted.Id, CaseExamples.Accepted.SubmittedAt.AddDays(40));

    public static readonly ResetSandbox Everything = new();

    public static readonly SandboxResetView Reset = new(
        new Guid("0199c1a4-6f00-7aaa-8000-000000000004"), 1, "sandbox-market-regulation", CaseExamples.Accepted.SubmittedAt.AddDays(1), CaseExamples.Accepted.SubmittedAt.AddDays(1), [CaseExamples.Accepted.Id]);

    public static readonly SampleEventView Triggered = new(
        Request.Type, new Guid("0199c1a4-6f00-7aaa-8000-000000000002"), "/v1/cases/0199c1a4-6eff-7aaa-8000-000000000003", "hT3m0b7kq2p1m4m2m5m8oTQ3MTE");
}
