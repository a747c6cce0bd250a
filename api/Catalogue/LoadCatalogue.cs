using System.Globalization;
using Marten;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Catalogue;

/// <summary>
/// <c>catalogue [--from DIRECTORY] [--effective YYYY-MM-DD] [--check]</c>: publishes the zone's catalogue, or an operator's
/// files of the same form. Items whose data changed get a new version; running cases stay on theirs, and items that no file
/// names stay as they are.
/// </summary>
public static class LoadCatalogue
{
    /// <param name="services">The platform's.</param>
    /// <param name="directory">The operator's files; null for the zone's own.</param>
    /// <param name="effective">From when what is published is in force, YYYY-MM-DD; null for today.</param>
    /// <param name="checks">Only says what would be published, or what is wrong.</param>
    public static async Task<int> Load(IServiceProvider services, string? directory, string? effective, bool checks = false)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var day = LegalClock.DayOf(now);
        if (effective is not null && !DateOnly.TryParseExact(effective, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return await Commands.Refuse($"'{effective}' is not a day: --effective takes YYYY-MM-DD.");
        List<(string File, Item Item)> items;
        try
        {
            items = directory is null ? [.. CatalogueData.Zone().Select(item => ("catalogue", item))] : ReadFiles(directory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return await Commands.Refuse(fault.Message);
        }
        if (items.Count == 0)
            return await Commands.Refuse($"There is no item in {directory}: --from takes a directory of *.json files.");

        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession();
        var problems = Problems(items, [.. (await session.Query<CatalogueEntry>().ToListAsync()).Select(entry => entry.Versions[^1].Item)]);
        if (problems.Count > 0)
            return await Commands.Refuse(string.Join('\n', problems));
        var published = 0;
        foreach (var (file, item) in items)
        {
            var stream = await session.Events.FetchForWriting<CatalogueEntry>(CatalogueEntry.IdOf(item.Code));
            var decision = CatalogueEntry.Publish(stream.Aggregate, item, day, now);
            if (decision.Refused is { } refused)
                problems.Add($"{file}: {item.Code}: {refused.Title.En}.");
            published += decision.Facts.Count;
            stream.AppendMany(decision.Facts);
        }
        if (problems.Count > 0)
            return await Commands.Refuse(string.Join('\n', problems));
        if (!checks)
            await session.SaveChangesAsync();
        Console.WriteLine($"Catalogue: {items.Count} entries, {published} {(checks ? "to be published; nothing is yet" : "published anew")}.");
        return 0;
    }

    /// <summary>What is wrong with items beside those that are published already; what those have wrong among themselves is no fault of theirs.</summary>
    private static List<string> Problems(IReadOnlyList<(string File, Item Item)> items, IReadOnlyList<Item> published)
    {
        var files = items.ToLookup(i => i.Item.Code, i => i.File);
        var before = CatalogueRules.Check(published);
        return
        [
            .. CatalogueRules.Check([.. published.Where(item => !files.Contains(item.Code)), .. items.Select(i => i.Item)])
                .Where(problem => files.Contains(problem.Path.Split('/')[0]) || !before.Contains(problem))
                .Select(problem => files[problem.Path.Split('/')[0]].FirstOrDefault() is { } file ? $"{file}: {problem}" : problem.ToString()),
        ];
    }

    private static List<(string File, Item Item)> ReadFiles(string directory)
    {
        List<(string, Item)> items = [];
        List<string> problems = [];
        foreach (var file in Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal))
        {
            using var json = File.OpenRead(file);
            try
            {
                items.AddRange(CatalogueData.Parse(json, Path.GetFileName(file)).Select(item => (Path.GetFileName(file), item)));
            }
            catch (InvalidDataException fault)
            {
                problems.Add(fault.Message);
            }
        }
        return problems.Count > 0 ? throw new InvalidDataException(string.Join('\n', problems)) : items;
    }
}
