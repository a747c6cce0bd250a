using Marten;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Catalogue;

/// <summary>
/// <c>catalogue [--from PATH] [--effective YYYY-MM-DD] [--check]</c>: publishes the zone's catalogue, or an operator's
/// files of the same form. Items whose data changed get a new version; running cases stay on theirs, and items that no file
/// names stay as they are. What an operator has published, or is published for a later day, the zone's own leaves as it is, and says so. A store with no catalogue yet gets the edition of June 2020 first, then today's.
/// </summary>
public static class LoadCatalogue
{
    /// <summary>From when the edition of June 2020 is in force: since the five years began that it sums up, so that figures and items are read as of any day of these.</summary>
    public static readonly DateOnly June2020 = new(2015, 6, 1);

    /// <param name="services">The platform's.</param>
    /// <param name="from">The operator's file, or the directory of its files; null for the zone's own.</param>
    /// <param name="effective">From when what is published is in force; null for today.</param>
    public static async Task<int> Load(IServiceProvider services, string? from, DateOnly? effective)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var day = effective ?? LegalClock.DayOf(now);
        var (items, forms, unreadable) = Read(from);
        if (unreadable is not null)
            return await Commands.Refuse(unreadable);

        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession();
        var entries = await session.Query<CatalogueEntry>().ToListAsync();
        ItemPublished[] before = [.. entries.Select(entry => entry.Versions[^1])];
        // An operator's form takes the place of the one published under its code.
        forms = [.. forms, .. before.Select(published => published.Form).OfType<Form>().DistinctBy(form => form.Code).Where(form => forms.All(own => own.Code != form.Code))];
        var (all, left) = (items.Count, from is null ? entries.Where(entry => entry.IsLeftByReleases(day)).ToDictionary(entry => entry.Code) : []);
        string[] others = [.. items.Select(i => i.Item).Where(item => left.TryGetValue(item.Code, out var entry) && !entry.Says(item, CatalogueData.FormOf(item, forms))).Select(item => item.Code)];
        items = [.. items.Where(i => !left.ContainsKey(i.Item.Code))];
        var problems = Problems(items, [.. before.Select(published => published.Item)], forms);
        var former = from is null && before.Length == 0 ? CatalogueData.June2020().ToDictionary(item => item.Code) : [];
        if (problems.Count > 0)
            return await Commands.Refuse(string.Join('\n', problems));
        var published = 0;
        foreach (var (file, item) in items)
        {
            var stream = await session.Events.FetchForWriting<CatalogueEntry>(CatalogueEntry.IdOf(item.Code));
            var earlier = former.TryGetValue(item.Code, out var then) ? CatalogueEntry.Publish(null, then, CatalogueData.FormOf(then, forms), June2020, now).Facts : [];
            var decision = CatalogueEntry.Publish(earlier.Aggregate(stream.Aggregate, CatalogueEntry.Evolve), item, CatalogueData.FormOf(item, forms), day, now, byOperator: from is not null);
            if (decision.Refused is { } refused)
                problems.Add($"{file}: {item.Code}: {refused.Title.En}.");
            published += earlier.Count + decision.Facts.Count;
            stream.AppendMany([.. earlier, .. decision.Facts]);
        }
        if (problems.Count > 0)
            return await Commands.Refuse(string.Join('\n', problems));
        await session.SaveChangesAsync();
        Console.WriteLine($"Catalogue: {all} entries, {published} published anew.");
        if (others.Length > 0)
            Console.WriteLine($"Left as they are, for an operator has published them, or a version for a later day: {string.Join(", ", others)}.");
        return 0;
    }

    /// <summary>Says what is wrong with the operator's files beside the zone's own items, and what may be missing of them, or what is wrong with those, and what they are; asks no database.</summary>
    public static async Task<int> Check(string? from)
    {
        var (items, forms, unreadable) = Read(from);
        if (unreadable is not null)
            return await Commands.Refuse(unreadable);
        var problems = from is null
            ? [.. CatalogueRules.Check(CatalogueData.June2020()).Concat(CatalogueRules.Check(CatalogueData.Zone())).Select(problem => problem.ToString())]
            : Problems(items, CatalogueData.Zone(), forms);
        if (problems.Count > 0)
            return await Commands.Refuse(string.Join('\n', problems));
        IEnumerable<string> besides = from is null
            ? [.. CatalogueFigures.Lines(CatalogueData.June2020()), .. CatalogueFigures.Lines(CatalogueData.Zone()), CatalogueFigures.OfPowers(MunicipalPower.All)] : Unsuspended([.. items.Select(i => i.Item)]);
        return Commands.Say(string.Join('\n', besides.Prepend($"Catalogue: {items.Count} entries, nothing is wrong with them.")));
    }

    // LIC-6: it may be meant so, as where no law names any; the release's own bases are of its own items alone.
    private static IEnumerable<string> Unsuspended(IReadOnlyList<Item> items)
    {
        string[] codes = [.. items.Where(item => item.SuspensionBases is not [_, ..] && item.Issued.Any(code => !LicenceKind.Of(code).Result)).Select(item => item.Code)];
        return codes.Length == 0 ? [] : [$"No suspensionBases, so that no licence of theirs can be suspended: {string.Join(", ", codes)}."];
    }

    private static (List<(string File, Item Item)> Items, IReadOnlyList<Form> Forms, string? Unreadable) Read(string? from)
    {
        try
        {
            var (items, own) = from is null ? ([.. CatalogueData.Zone().Select(item => ("catalogue", item))], []) : ReadFiles(from);
            return (items, [.. own, .. CatalogueData.Forms().Where(form => own.All(other => other.Code != form.Code))], items.Count == 0 ? $"There is no item in {from}: --from takes a *.json file or a directory of them." : null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return ([], [], fault.Message);
        }
    }

    /// <summary>What is wrong with items beside those that are published already; what those have wrong among themselves is no fault of theirs.</summary>
    private static List<string> Problems(IReadOnlyList<(string File, Item Item)> items, IReadOnlyList<Item> published, IReadOnlyList<Form> forms)
    {
        var files = items.ToLookup(i => i.Item.Code, i => i.File);
        var before = CatalogueRules.Check(published, forms);
        return
        [
            .. CatalogueRules.Check([.. published.Where(item => !files.Contains(item.Code)), .. items.Select(i => i.Item)], forms)
                .Where(problem => files.Contains(problem.Path.Split('/')[0]) || !before.Contains(problem))
                .Select(problem => files[problem.Path.Split('/')[0]].FirstOrDefault() is { } file ? $"{file}: {problem}" : problem.ToString()),
        ];
    }

    private static (List<(string File, Item Item)> Items, List<Form> Forms) ReadFiles(string from)
    {
        List<(string, Item)> items = [];
        List<Form> forms = [];
        List<string> problems = [];
        foreach (var file in File.Exists(from) ? (IEnumerable<string>)[from] : Directory.EnumerateFiles(from, "*.json").Order(StringComparer.Ordinal))
        {
            using var json = File.OpenRead(file);
            try
            {
                if (Path.GetFileName(file).StartsWith(CatalogueData.FormFiles, StringComparison.Ordinal))
                    forms.AddRange(CatalogueData.ParseForms(File.ReadAllBytes(file), Path.GetFileName(file)));
                else
                    items.AddRange(CatalogueData.Parse(json, Path.GetFileName(file)).Select(item => (Path.GetFileName(file), item)));
            }
            catch (InvalidDataException fault)
            {
                problems.Add(fault.Message);
            }
        }
        return problems.Count > 0 ? throw new InvalidDataException(string.Join('\n', problems)) : (items, forms);
    }
}
