using System.ComponentModel;
using OneDoor.Clock;

namespace OneDoor.Catalogue;

/// <summary>An entry of the catalogue with everything published about it.</summary>
/// <param name="Version">The version shown: the one in force, which a case submitted now is pinned to, unless another was asked for.</param>
/// <param name="EffectiveFrom">From when on it is the one to apply under.</param>
/// <param name="Versions">All versions from the first to those to come.</param>
public sealed record ItemView(int Version, DateOnly EffectiveFrom, IReadOnlyList<ItemVersion> Versions, Item Item)
{
    public static ItemView Of(CatalogueEntry entry, ItemPublished shown) =>
        new(shown.Version, shown.EffectiveFrom, [.. entry.Versions.Select(v => new ItemVersion(v.Version, v.EffectiveFrom))], shown.Item);
}

/// <summary>One version of an item (版本).</summary>
/// <param name="Version">Counts the item's versions from 1.</param>
/// <param name="EffectiveFrom">The first day on which it is the one to apply under.</param>
public sealed record ItemVersion(int Version, DateOnly EffectiveFrom);

/// <summary>GET /v1/catalogue/items/{code}: the version in force, the one a case is pinned to, or the one of a past instant (CAT-4).</summary>
public static class GetItem
{
    public static void MapGetItem(this IEndpointRouteBuilder catalogue) => catalogue.MapGet("/items/{code}", Handle)
        .AllowAnonymous()
        .ReadsOne<ItemView>("getItem", "Read an item: conditions, materials, procedure, limits, fee", new ItemView(2, CatalogueExamples.Establishment.EffectiveFrom, [new(1, LoadCatalogue.June2020), new(2, CatalogueExamples.Establishment.EffectiveFrom)], CatalogueExamples.Establishment.Item))
        .WithDescription("In force today, or with version the one of that number, which a case may be pinned to, or with asOf the one of that instant.");

    private static async Task<IResult> Handle(
        [Description("The item's code.")] string code, HttpContext http, CurrentCatalogue catalogue, Etags etags, TimeProvider time, CancellationToken ct,
        [Description("The item in the version of this number, whether in force or not.")] int? version = null,
        [Description("An instant with its offset: the item as it was in force then, or will be.")] InstantParameter? asOf = null)
    {
        var (entry, shown, missing) = await Find(catalogue, code, version, asOf?.At, time, ct);
        return missing is null ? etags.OkForAll(http, ItemView.Of(entry!, shown!)) : missing.ToProblem();
    }

    /// <summary>The version asked for, or why there is none.</summary>
    internal static async Task<(CatalogueEntry? Entry, ItemPublished? Shown, Refusal? Refused)> Find(
        CurrentCatalogue catalogue, string code, int? version, DateTimeOffset? asOf, TimeProvider time, CancellationToken ct)
    {
        if (version is not null && asOf is not null)
            return (null, null, RequestRefusals.ParameterInvalid.Because("version 和 asOf 只能用其一。", "Give version or asOf, not both.").At("asOf"));
        var entry = await catalogue.Entry(code, ct);
        var day = LegalClock.DayOf(asOf ?? time.GetUtcNow());
        var shown = version is null ? entry?.On(day)?.ReadOn(day) : entry?.Versions.FirstOrDefault(v => v.Version == version);
        if (shown is not null)
            return (entry, shown, null);
        return (null, null, entry is null || (version is null && asOf is null) ? CatalogueRefusals.NotFound : CatalogueRefusals.VersionNotFound);
    }
}
