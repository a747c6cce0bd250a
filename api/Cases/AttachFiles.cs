using Marten;
using OneDoor.Files;

namespace OneDoor.Cases;

/// <summary>Cases carry files from the fact on that says so, and show them to whom they show that fact (CASE-12).</summary>
public static class AttachFiles
{
    private const string Kind = "case";

    /// <summary>Attaches the files of every fact, whatever brought it about.</summary>
    public static readonly WrittenWith<Case, CaseFact> Written = new((operations, @case, facts) =>
    {
        foreach (var (fact, file) in facts.SelectMany(f => CaseFiles.CarriedBy(f.Fact).Select(file => (f.Fact, file))))
            operations.QueueSqlCommand(FileTable.Attach, fact.At.ToUniversalTime(), file.Id, Kind, @case.Id);
        return ValueTask.CompletedTask;
    });

    /// <summary>Whether a reader sees a fact that carries the file, in the share of it that is theirs.</summary>
    public static FileCarrier Carrier(IServiceProvider services)
    {
        var (store, stored, time) = (services.GetRequiredService<IDocumentStore>(), services.GetRequiredService<StoredFacts>(), services.GetRequiredService<TimeProvider>());
        return new(Kind, Scopes.ToReadCases, async (thing, file, reader, ct) =>
        {
            var now = time.GetUtcNow();
            await using var session = store.QuerySession();
            return await session.FindWhole(thing, reader, now, ct) is { } whole
                && whole.SeenBy(await stored.Of<CaseFact>(thing, ct), reader, now).Any(seen => CaseFiles.CarriedBy(seen.Fact).Any(carried => carried.Id == file));
        });
    }
}
