namespace OneDoor.Catalogue;

/// <summary>
/// What is permitted (该行政许可, 行政许可法 arts. 78, 79), by whichever item one applies for it: that is one for all licences among the sub-items of an item, and for whatever
/// issues licences of the same kind. Nobody applies for it by giving a licence back, nor by a filing (BAR-1).
/// </summary>
public sealed class Permission
{
    private readonly Item _wanted;
    private readonly Item[] _of;

    private Permission(Item wanted, Item[] of) => (_wanted, _of) = (wanted, of);

    /// <summary>Codes of the items whose bars are on it.</summary>
    public IReadOnlyList<string> Items => [.. _of.Select(item => item.Code)];

    /// <summary>What an item permits; null where nobody is ever barred from it, or there is no such item.</summary>
    /// <param name="code">The item's code.</param>
    /// <param name="catalogue">All items in force.</param>
    public static Permission? Of(string code, IReadOnlyList<ItemPublished> catalogue)
    {
        if (catalogue.FirstOrDefault(published => published.Item.Code == code) is not { Item: var wanted })
            return null;
        var (isApplied, kinds) = (wanted.Act is Act.Licence && wanted.Cancels is null, wanted.Issued);
        var of = catalogue.Select(published => published.Item).Where(item => item.Safety && (item.Code == code
            || (isApplied && (item.Parent.Code == wanted.Parent.Code || item.Procedure.Steps.Any(step => step.Issues is { } kind && kinds.Contains(kind.Code))))));
        return of.ToArray() is { Length: > 0 } items ? new(wanted, items) : null;
    }

    /// <summary>Whether a bar is on it.</summary>
    /// <param name="item">Code of the item for which it was set.</param>
    /// <param name="step">Whose decision barred them, by its code: of what several licences come of, it is that one's; null where it was about all.</param>
    public bool IsOf(string item, string? step) => _of.FirstOrDefault(of => of.Code == item) is { } barred
        && (barred.Code == _wanted.Code || barred.Parent.Code == _wanted.Parent.Code
            || barred.Procedure.Steps.FirstOrDefault(s => s.Code == step)?.Issues is not { } issued || _wanted.Issued.Contains(issued.Code));

    /// <summary>Whether whoever applies may be told the code of one of its items.</summary>
    public bool Names(string item) => item == _wanted.Code || _of.Any(of => of.Code == item && !of.Confidential);
}
