namespace OneDoor.Catalogue;

/// <summary>A power of the municipality that was offered to the zone in 2019 (市级下放权力事项).</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Department">Who takes it over, or would have.</param>
/// <param name="TakenOver">The zone took it over (承接).</param>
/// <param name="Item">Code of the entry of the catalogue that it became; null where it became none.</param>
/// <param name="Sample">No public source names it.</param>
public sealed record MunicipalPower(Text Name, Department Department, bool TakenOver, string? Item = null, bool Sample = false)
{
    private static readonly Lazy<IReadOnlyList<MunicipalPower>> Read = new(() => Shipped.List<MunicipalPower>("powers.json", "power", "item"));

    /// <summary>All that were offered, those the service office took over first.</summary>
    public static IReadOnlyList<MunicipalPower> All => Read.Value;
}
