namespace OneDoor.Catalogue;

/// <summary>Why the catalogue refuses.</summary>
public static class CatalogueRefusals
{
    public static readonly Refusal NotFound = new("catalogue.item-not-found", 404,
        new("事项不存在", "There is no such item"),
        new("事项编码见目录。", "The catalogue lists the codes of its items."));

    public static readonly Refusal VersionNotFound = new("catalogue.version-not-found", 404,
        new("事项没有此版本", "The item has no such version"),
        new("事项的 versions 列出其全部版本。", "The item's versions lists them all."));

    public static readonly Refusal FormNotFound = new("catalogue.form-not-found", 404,
        new("事项没有表单", "The item has no form"),
        new("此版本发布时尚无表单，或者该事项已不再受理申请。", "The version was published before there were forms, or nobody can apply for the item any more."));

    public static readonly Refusal EffectiveBeforeLast = new("catalogue.effective-before-last", 422,
        new("生效日期早于上一版本", "The effective date lies before the last version's"));
}
