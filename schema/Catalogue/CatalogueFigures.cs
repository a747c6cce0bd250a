using OneDoor.Forms;

namespace OneDoor.Catalogue;

/// <summary>What whoever keeps the catalogue reads of an edition: what there is of everything, and how much of it no public source gives.</summary>
public static class CatalogueFigures
{
    /// <summary>A line for each.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Item> items)
    {
        var summary = CatalogueSummary.Of(items);
        yield return $"edition {string.Join(", ", items.Select(item => item.Edition ?? "none").Distinct())}";
        yield return $"  register  office {summary.LeafEntries} ({summary.Items} items), agency {summary.AgencyEntries}";
        yield return $"  origin    {Counted(summary.ByOrigin)} (of the office's, as mode and category are)";
        yield return $"  mode      {Counted(summary.ByMode)}";
        yield return $"  category  {Counted(summary.ByCategory)}";
        if (summary.Municipal is { } municipal)
        {
            yield return FormattableString.Invariant(
                $"  municipal {municipal.LeafEntries} entries, mean statutory {municipal.MeanStatutoryDays:0.###} and promised {municipal.MeanPromisedDays:0.###} days as published;")
                + FormattableString.Invariant(
                $" faster by {municipal.MeanOfItemReductions.Value:0.0 %} (mean of the entries' own) or {municipal.ReductionOfMeans.Value:0.0 %} (of the means)");
        }
        yield return $"  sample    {items.Count(item => item.Sample.Count > 0)} of {items.Count} entries in something: "
            + string.Join(", ", items.SelectMany(item => item.Sample).CountBy(field => field).OrderByDescending(field => field.Value).ThenBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key} {field.Value}"));
        Form[] forms = [.. items.Select(item => CatalogueData.FormOf(item, CatalogueData.Forms())).OfType<Form>()];
        yield return $"  forms     {forms.DistinctBy(form => form.Code).Count()} of {forms.Length} entries, {forms.Where(form => form.Sample).DistinctBy(form => form.Code).Count()} of them samples, for {forms.Count(form => form.Sample)} entries";
    }

    /// <summary>The same of the powers that the municipality offered.</summary>
    public static string OfPowers(IReadOnlyList<MunicipalPower> powers) =>
        $"powers {powers.Count} offered, {powers.Count(power => power.TakenOver)} taken over, {powers.Count(power => power.Item is not null)} of them by the office, {powers.Count(power => power.Sample)} samples";

    private static string Counted<T>(IReadOnlyDictionary<T, int> counts) where T : struct, Enum =>
        string.Join(", ", counts.Select(count => $"{Kebab.Of(count.Key)} {count.Value}"));
}
