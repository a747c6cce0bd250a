using Marten;

namespace OneDoor.Files;

/// <summary>
/// Drops what nothing has carried for as long as it is kept: first a mark, which whoever would attach it sees, then the bytes, and the row last, once the day
/// is over of which it counts. Whoever stops in between leaves the mark, and the next sweep goes on.
/// </summary>
public sealed partial class DropFiles(FileTable table, FileStores stores, UploadOptions allowed) : ISweep
{
    // Deleted in one statement, which is not to take longer than a request may: of the largest there are, 200 MB.
    private const int Batch = 10;

    public async Task<bool> Record(IDocumentStore store, DateTimeOffset now, ILogger log, CancellationToken ct)
    {
        await table.Mark(now.AddHours(-allowed.KeepHours), ct);
        foreach (var there in stores.All)
            await Drop(there, log, ct);
        await table.Clear(now, ct);
        return true;
    }

    private async Task Drop(FileStore there, ILogger log, CancellationToken ct)
    {
        IReadOnlyList<Guid> due;
        do
        {
            due = await table.Marked(there.Name, Batch, ct);
            try
            {
                await there.Drop(due, ct);
            }
            catch (StoreAwayException fault)
            {
                LogStays(log, there.Name, fault);
                return; // The next sweep finds them, too, and whatever else is due is not kept waiting.
            }
            await table.Drop(due, ct);
        }
        while (due.Count == Batch);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files that nothing carries any more stay in the store {Store} until the next sweep")]
    private static partial void LogStays(ILogger log, string store, Exception fault);
}
