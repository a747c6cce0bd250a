using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OneDoor.Forms;

namespace OneDoor.Catalogue;

/// <summary>Something that happened to an entry of the catalogue.</summary>
public abstract record CatalogueFact(DateTimeOffset At) : IFact;

/// <summary>A version of an item was published; cases submitted from its effective date on are pinned to it (CAT-4).</summary>
/// <param name="Version">Counts the item's versions from 1.</param>
/// <param name="EffectiveFrom">The first day, China Standard Time, on which it is the one to apply under.</param>
/// <param name="Form">What applications under it say (CAT-7); null in versions published before there were forms, and where nobody can apply.</param>
/// <param name="ByOperator">An operator's file said it, not the release: no release sets it back.</param>
[Alias("item_published")]
public sealed record ItemPublished(
    DateTimeOffset At, int Version, DateOnly EffectiveFrom, Item Item,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Form? Form = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool ByOperator = false) : CatalogueFact(At)
{
    /// <summary>The version as it is read on a day (<see cref="Item.ReadOn"/>).</summary>
    public ItemPublished ReadOn(DateOnly today) => Item.IsEnded(today) ? this with { Item = Item.ReadOn(today), Form = null } : this;
}

/// <summary>A catalogue entry with all its versions: the aggregate (CAT-4).</summary>
public sealed record CatalogueEntry : IFolded<CatalogueEntry, CatalogueFact>
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required IReadOnlyList<ItemPublished> Versions { get; init; }

    [JsonIgnore]
    public int Version => Versions.Count;

    /// <summary>The catalogue is everybody's.</summary>
    public CatalogueEntry SeenBy(Actor viewer, DateTimeOffset now) => this;

    /// <summary>The version in force on a day: the last whose effective date has come; null before the first.</summary>
    public ItemPublished? On(DateOnly day) => Versions.LastOrDefault(v => v.EffectiveFrom <= day);

    /// <summary>Whether a release's own catalogue leaves it as it is: an operator has published it, or it is published for a later day.</summary>
    /// <param name="day">From when the release's would be in force.</param>
    public bool IsLeftByReleases(DateOnly day) => Versions[^1] is var last && (last.ByOperator || last.EffectiveFrom > day);

    /// <summary>Whether its last version says just that.</summary>
    public bool Says(Item item, Form? form) => Same(Versions[^1].Item, item) && Same(Versions[^1].Form, form);

    /// <summary>The stream of an item, derived from its code so that it can be found without asking.</summary>
    public static Guid IdOf(string code) => Sha256Digest.IdOf("catalogue:" + code);

    /// <summary>Publishing what is published already changes nothing; anything else is a new version.</summary>
    public static Decision<CatalogueFact> Publish(CatalogueEntry? state, Item item, Form? form, DateOnly effectiveFrom, DateTimeOffset now, bool byOperator = false)
    {
        if (state?.Says(item, form) == true)
            return Decision<CatalogueFact>.Nothing;
        if (state is not null && effectiveFrom < state.Versions[^1].EffectiveFrom)
            return CatalogueRefusals.EffectiveBeforeLast;
        return new ItemPublished(now, (state?.Versions.Count ?? 0) + 1, effectiveFrom, item, form, byOperator);
    }

    public static CatalogueEntry Evolve(CatalogueEntry? state, CatalogueFact fact) => fact switch
    {
        ItemPublished f => new CatalogueEntry { Id = IdOf(f.Item.Code), Code = f.Item.Code, Versions = [.. state?.Versions ?? [], f] },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of the catalogue."),
    };

    // What is published in the same words is the same, in whatever order the store gives the members of an example.
    private static bool Same<T>(T one, T other) =>
        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(one, PlatformJson.Options), JsonSerializer.SerializeToNode(other, PlatformJson.Options));
}
