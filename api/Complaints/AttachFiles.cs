using Marten;
using OneDoor.Files;

namespace OneDoor.Complaints;

/// <summary>Complaints carry the files that show what happened, for whoever sees them there.</summary>
public static class AttachFiles
{
    private const string Kind = "complaint";

    /// <summary>Attaches the files of a complaint as it is filed.</summary>
    public static readonly WrittenWith<Complaint, ComplaintFact> Written = new((operations, complaint, facts) =>
    {
        foreach (var filed in facts.Select(f => f.Fact).OfType<ComplaintFiled>())
            foreach (var file in filed.Attachments ?? [])
                operations.QueueSqlCommand(FileTable.Attach, filed.At.ToUniversalTime(), file.Id, Kind, complaint.Id);
        return ValueTask.CompletedTask;
    });

    /// <summary>Whether a reader is shown the file as an attachment of the complaint.</summary>
    public static FileCarrier Carrier(IServiceProvider services)
    {
        var (store, time) = (services.GetRequiredService<IDocumentStore>(), services.GetRequiredService<TimeProvider>());
        return new(Kind, [Scopes.ComplaintsFile, Scopes.ComplaintsHandle], async (thing, file, reader, ct) =>
        {
            await using var session = store.QuerySession();
            var now = time.GetUtcNow();
            return (await session.LoadAsync<Complaint>(thing, ct))?.At(now).SeenBy(reader, now)?.Attachments?.Any(attached => attached.Id == file) == true;
        });
    }
}
