using Marten;
using OneDoor.Platform;

namespace OneDoor.Files;

/// <summary>
/// Drops what nothing has carried for as long as it is kept: first a mark, which whoever would attach it sees, then the bytes, and the row last, once the day
/// is over of which it counts. Whoever stops in between leaves the mark, and the next sweep goes on.
/// </summary>
public sealed class DropFiles(FileTable table, FileStores stores, UploadOptions allowed) : ISweep
{
    private const int Batch = 100;

    public Func<bool, CancellationToken, Task> Swept => (_, _) => Task.CompletedTask;

    public async Task<bool> Record(IDocumentStore store, DateTimeOffset now, CancellationToken ct)
    {
        var more = false;
        await table.Mark(now.AddHours(-allowed.KeepHours), ct);
        foreach (var there in stores.All)
        {
            var due = await table.Marked(there.Name, Batch, ct);
            try
            {
                await there.Drop(due, ct);
            }
            catch (StoreAwayException)
            {
                continue; // The next sweep finds them, too, and whatever else is due is not kept waiting.
            }
            await table.Drop(due, ct);
            more |= due.Count == Batch;
        }
        await table.Clear(now, ct);
        return more;
    }
}
