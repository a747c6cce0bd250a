using System.Globalization;
using Marten;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Catalogue;

/// <summary>
/// <c>catalogue [--from DIRECTORY] [--effective YYYY-MM-DD]</c>: publishes the zone's catalogue, or an operator's files of
/// the same form. Items whose data changed get a new version; running cases stay on theirs.
/// </summary>
public static class LoadCatalogue
{
    public static async Task<int> Load(IServiceProvider services, string? directory, string? effective)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var store = services.GetRequiredService<IDocumentStore>();
        var day = LegalClock.DayOf(time.GetUtcNow());
        if (effective is not null && !DateOnly.TryParseExact(effective, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return await Commands.Refuse($"'{effective}' is not a day: --effective takes YYYY-MM-DD.");
        IReadOnlyList<Item> items;
        try
        {
            items = directory is null ? CatalogueData.Zone() : ReadFiles(directory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return await Commands.Refuse(fault.Message);
        }
        if (items.Count == 0)
            return await Commands.Refuse($"There is no item in {directory}: --from takes a directory of *.json files.");
        var problems = CatalogueRules.Check(items);
        foreach (var problem in problems)
            await Console.Error.WriteLineAsync(problem.ToString());
        if (problems.Count > 0)
            return 1;

        await using var session = store.LightweightSession();
        var published = 0;
        foreach (var item in items)
        {
            var id = CatalogueEntry.IdOf(item.Code);
            var stream = await session.Events.FetchForWriting<CatalogueEntry>(id);
            var decision = CatalogueEntry.Publish(stream.Aggregate, item, day, time.GetUtcNow());
            if (decision.Refused is { } refused)
            {
                await Console.Error.WriteLineAsync($"{item.Code}: {refused.Title.En}");
                return 1;
            }
            published += decision.Facts.Count;
            stream.AppendMany(decision.Facts);
        }
        await session.SaveChangesAsync();
        Console.WriteLine($"Catalogue: {items.Count} entries, {published} published anew.");
        return 0;
    }

    private static List<Item> ReadFiles(string directory)
    {
        List<Item> items = [];
        foreach (var file in Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal))
        {
            using var json = File.OpenRead(file);
            items.AddRange(CatalogueData.Parse(json, file));
        }
        return items;
    }
}
