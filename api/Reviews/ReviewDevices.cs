using Marten;
using Marten.Linq.MatchesSql;
using Npgsql;
using OneDoor.Callers;
using OneDoor.Clock;
using OneDoor.Platform;
using Weasel.Postgresql.Tables;

namespace OneDoor.Reviews;

/// <summary>
/// From which device a review came, for as long as that day lasts: by a keyed digest of network and browser, which leads to a random id that its reviews
/// have. Once the digest is gone the id leads nowhere (decision 0080).
/// </summary>
public sealed class ReviewDevices(StoreSecrets secrets, TimeProvider time) : ISweep
{
    private const string QualifiedName = $"{Store.Schema}.review_devices";

    // Of two who are first at once, the later one waits and has the id of the earlier.
    private const string Meet = $"insert into {QualifiedName} (mark, day, device) values (@mark, @day, @device) on conflict (mark) do update set day = excluded.day returning device";

    public static Table Schema
    {
        get
        {
            var table = new Table(QualifiedName);
            table.AddColumn("mark", "text").AsPrimaryKey();
            table.AddColumn("day", "date").NotNull();
            table.AddColumn("device", "uuid").NotNull();
            return table;
        }
    }

    public Func<bool, CancellationToken, Task> Swept => (_, _) => Task.CompletedTask;

    /// <summary>Forgets the devices of days that are over.</summary>
    public async Task<bool> Record(IDocumentStore store, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.QueueSqlCommand($"delete from {QualifiedName} where day < ?", LegalClock.DayOf(now));
        await session.SaveChangesAsync(ct);
        return false;
    }

    /// <summary>What ties whoever asks to others who rate from the same device that day, in the session's transaction.</summary>
    public async Task<Guid> Of(HttpRequest request, IDocumentSession session, CancellationToken ct)
    {
        var day = LegalClock.DayOf(time.GetUtcNow());
        await session.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(Meet);
        command.Parameters.AddWithValue("mark", secrets.DigestOf($"device {day:O} {CallerNetwork.Of(request.HttpContext.Connection.RemoteIpAddress)} {request.Headers.UserAgent} {request.Headers.AcceptLanguage}"));
        command.Parameters.AddWithValue("day", day);
        command.Parameters.AddWithValue("device", Random());
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        await reader.ReadAsync(ct);
        return reader.GetGuid(0);
    }

    /// <summary>Which devices of these reviews so many people rated from that somebody should look at it.</summary>
    /// <param name="session">Where reviews are.</param>
    /// <param name="of">The reviews, as far as their reader sees them.</param>
    /// <param name="asOf">When; null for now.</param>
    /// <param name="ct">Cancels the request.</param>
    public static async Task<IReadOnlySet<Guid>> SharedBySeveral(IQuerySession session, IEnumerable<Review> of, DateTimeOffset? asOf, CancellationToken ct)
    {
        var devices = of.Select(r => r.Device).OfType<Guid>().Distinct().ToArray();
        IReadOnlyList<Review> all = devices.Length == 0 ? [] : await session.Query<Review>().Where(r => r.MatchesSql("d.device = any(?)", (object)devices)).ToListAsync(ct);
        return all.Where(r => asOf is null || r.GivenAt <= asOf).GroupBy(r => r.Device!.Value).Where(Review.AreSeveral).Select(given => given.Key).ToHashSet();
    }

#pragma warning disable RS0030 // By design no id that sorts by time: it must not tell when somebody gave their review (decision 0057).
    private static Guid Random() => Guid.NewGuid();
#pragma warning restore RS0030
}
