using System.Globalization;
using System.Linq.Expressions;
using Marten;
using Marten.Linq.MatchesSql;

namespace OneDoor.Platform;

/// <summary>Pages of things, the latest first.</summary>
public static class LatestFirst
{
    /// <summary>A page, and whether more follow.</summary>
    /// <param name="found">What there is.</param>
    /// <param name="column">The column that says when.</param>
    /// <param name="at">The member it is made of.</param>
    /// <param name="id">What tells those of one instant apart.</param>
    /// <param name="page">Which part of it.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<(IReadOnlyList<T> Found, bool HasNext)> PageOf<T>(
        this IQueryable<T> found, string column, Expression<Func<T, DateTimeOffset>> at, Expression<Func<T, Guid>> id, PageRequest page, CancellationToken ct) where T : class
    {
        if (page.After?.Split('/') is [var ticks, var last])
            found = found.Where(t => t.MatchesSql($"(d.{column}, d.id) < (?, ?)", new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), Guid.Parse(last)));
        var rows = await found.OrderByDescending(at).ThenByDescending(id).Take(page.First + 1).ToListAsync(ct);
        return ([.. rows.Take(page.First)], rows.Count > page.First);
    }

    /// <summary>Where in the list something stands.</summary>
    public static string PositionOf(DateTimeOffset at, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}/{id}");
}
