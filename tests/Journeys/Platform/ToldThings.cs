using Marten;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Catalogue;
using OneDoor.Trials;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Things of every kind in every state, as the sandbox tells of them, stored as if they had happened.</summary>
internal static class ToldThings
{
    /// <summary>Stores whatever can happen to things of some kinds, each thing once.</summary>
    /// <param name="api">Where.</param>
    /// <param name="kinds">Of which kinds.</param>
    /// <param name="by">Whose things they are.</param>
    public static async Task Tell(InProcess<Caller> api, IReadOnlyCollection<ReadModel> kinds, Actor by)
    {
        var (store, ct) = (api.Services.GetRequiredService<IDocumentStore>(), TestContext.Current.CancellationToken);
        var cast = new Cast(by, TimeProvider.System.GetUtcNow(), await api.Services.GetRequiredService<CurrentCatalogue>().Items(ct), new Random(1));
        await using var session = store.LightweightSession();
        HashSet<Guid> begun = [];
        foreach (var kind in kinds)
        {
            foreach (var told in kind.Facts.Values.Select(fact => Stories.Until(fact, cast)).Where(told => told.Count > 0))
            {
                var id = kind.Stamp(kind.Fold(told)).Id;
                if (begun.Add(id) && await session.Events.FetchStreamStateAsync(id, ct) is null)
                    session.Events.StartStream(kind.Type, id, told);
            }
        }
        await session.SaveChangesAsync(ct);
    }
}
