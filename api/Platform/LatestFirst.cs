using System.Globalization;
using System.Linq.Expressions;
using Marten;
using Marten.Linq.MatchesSql;

namespace OneDoor.Platform;

/// <summary>The order of things, the latest first.</summary>
/// <param name="Column">The column that says when.</param>
/// <param name="At">The member it is made of.</param>
/// <param name="Id">What tells those of one instant apart.</param>
public sealed record LatestFirst<T>(string Column, Expression<Func<T, DateTimeOffset>> At, Expression<Func<T, Guid>> Id) where T : class
{
    private readonly Func<T, DateTimeOffset> _at = At.Compile();
    private readonly Func<T, Guid> _id = Id.Compile();

    /// <summary>A page of them, and whether more follow.</summary>
    public async Task<(IReadOnlyList<T> Found, bool HasNext)> PageOf(IQueryable<T> found, PageRequest page, CancellationToken ct)
    {
        var rows = await Asked(found, page).ToListAsync(ct);
        return ([.. rows.Take(page.First)], rows.Count > page.First);
    }

    /// <summary>What a page is asked for with: one more than it has.</summary>
    public IQueryable<T> Asked(IQueryable<T> found, PageRequest page)
    {
        if (page.After?.Split('/') is [var ticks, var last])
            found = found.Where(t => t.MatchesSql($"(d.{Column}, d.id) < (?, ?)", new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), Guid.Parse(last)));
        return found.OrderByDescending(At).ThenByDescending(Id).Take(page.First + 1);
    }

    /// <summary>Where in their list one of them stands.</summary>
    public string PositionOf(T thing) => string.Create(CultureInfo.InvariantCulture, $"{_at(thing).UtcTicks}/{_id(thing)}");
}
