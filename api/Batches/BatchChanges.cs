using Marten;
using OneDoor.Catalogue;

namespace OneDoor.Batches;

/// <summary>Takes batches in, and ends those that are running.</summary>
public sealed class BatchChanges(ChangeTools tools, CurrentCatalogue catalogue, BatchTable table) : Changes<Batch, BatchFact, BatchCommand>(tools, ListBatches.One)
{
    private LineCounts _counts;

    protected override object View(Batch seen, int version, string language) => BatchView.Of(seen, _counts) with { Version = version };

    protected override async Task<Decision<BatchFact>> Decide(Batch? before, BatchCommand command, CancellationToken ct)
    {
        var asked = new BatchAsking(Tools.Caller.Actor, Tools.Now);
        if (command is ReceiveBatch received)
        {
            var sender = asked.By.Subject;
            Task<int> Open() => Tools.Session.Query<Batch>().CountAsync(b => b.SentBy == sender && b.EndedAt == null, ct);
            asked = asked with { Id = Guid.CreateVersion7(asked.Now), Item = await catalogue.Find(received.Item, ct), Open = await Open() };
            // Workbooks are read one at a time: nobody waits for one that is not taken anyway.
            if (Batch.NotTaken(received, asked) is { } notTaken)
                return notTaken;
            var (sheet, unreadable) = await BatchFiles.Read(received.Content, rows => BatchSheet.Read(rows, BatchColumns.Of(asked.Item!.Form)!), ct);
            if (sheet is null)
                return unreadable!;
            await Tools.Session.Alone(ct, $"batches of {sender}");
            asked = asked with { Sheet = sheet, Open = await Open() };
            BatchTable.Put(Tools.Session, asked.Id, sheet.Lines);
            _counts = new(0, sheet.Lines.Count(line => line.Problems.Count > 0));
        }
        else if (before is not null)
        {
            _counts = await table.Counts(before.Id, ct);
        }
        return Batch.Decide(before, command, asked);
    }
}

/// <summary>What can be asked of a batch that is there, for both doors.</summary>
public static class BatchOperations
{
    public static readonly Operations<BatchCommand> All = new Operations<BatchCommand>()
        .On(new Operation<CancelBatch>("cancelBatch", "cancellation", "Have no more lines become cases; those that are cases stay (取消批次)",
            new(null, BatchExamples.Cancelled), Scopes.CasesSubmit)
        { Bare = new(), IsBare = true });
}
