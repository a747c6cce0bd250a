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

    // A store that refuses so many is away or takes no deletions at all: the other sweeps are not kept waiting for it.
    private const int MostThatStay = 3;

    public async Task<bool> Record(IDocumentStore store, DateTimeOffset now, ILogger log, CancellationToken ct)
    {
        await table.Mark(now.AddHours(-allowed.KeepHours), ct);
        foreach (var there in stores.All)
            await Drop(there, log, ct);
        await table.Clear(now, ct);
        return true;
    }

    // What cannot be deleted holds up none of the rest, nor any other sweep, whose lag would be told: it is tried again after it.
    private async Task Drop(FileStore there, ILogger log, CancellationToken ct)
    {
        var stay = 0;
        List<Guid> gone;
        do
        {
            gone = [];
            foreach (var id in await table.Marked(there.Name, Batch, ct))
            {
                try
                {
                    await there.Drop(id, ct);
                    gone.Add(id);
                }
                catch (StoreAwayException fault)
                {
                    LogStays(log, there.Name, id, fault);
                    await table.Postpone(id, ct);
                    if (++stay == MostThatStay)
                        break;
                }
            }
            await table.Drop(gone, ct);
        }
        while (gone.Count > 0 && stay < MostThatStay);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing carries the file {Id} any more, and the store {Store} does not delete it: the next sweep tries again")]
    private static partial void LogStays(ILogger log, string store, Guid id, Exception fault);
}
