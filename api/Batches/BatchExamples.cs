using OneDoor.Applicants;

namespace OneDoor.Batches;

/// <summary>What the documentation shows of batches.</summary>
internal static class BatchExamples
{
    private static readonly DateTimeOffset At = new(2026, 3, 9, 10, 0, 0, TimeSpan.FromHours(8));

    public static readonly BatchView Received = new(
        Guid.Parse("0199c1a4-6eff-7aaa-8000-00000000000b"), BatchStatus.Checking, 1, "HRSS-002-01", new(ApplicantKind.LegalEntity, "沙箱示例有限公司", "91990000MA0000007X"), 300, 0, 2, At, null, null, null, null);

    public static readonly BatchView Running = Received with { Status = BatchStatus.Running, Version = 2, Done = 120, StartedAt = At.AddSeconds(1) };

    public static readonly BatchView Done = Running with
    {
        Status = BatchStatus.Done,
        Version = 3,
        Done = 297,
        Failed = 3,
        EndedAt = At.AddSeconds(4),
        FileUntil = At.AddSeconds(4).AddDays(Batch.FileKeptDays),
        SecondsPerLine = 0.01m,
    };

    public static readonly BatchView Cancelled = Running with { Status = BatchStatus.Cancelled, Version = 3, EndedAt = At.AddSeconds(2), FileUntil = At.AddSeconds(2).AddDays(Batch.FileKeptDays), SecondsPerLine = 0.008m };

    public static readonly History<BatchEvent> History = new([new(1, "batch-received", At), new(2, "batch-started", At.AddSeconds(1)), new(3, "batch-finished", At.AddSeconds(4))]);

    public static readonly BatchLineView Line = new(17, LineStatus.Failed, null, [BatchProblem.Of(new(BatchRefusals.NumberDestroyed.Code, "worker.idNumber", BatchRefusals.NumberDestroyed.Title, BatchRefusals.NumberDestroyed.Detail), "en")]);
}
