using Marten;
using OneDoor.Callers;
using OneDoor.Clock;
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
    private const string Meet = $"insert into {QualifiedName} (mark, day, device) values ($1, $2, $3) on conflict (mark) do update set day = excluded.day returning device";

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

    /// <summary>Forgets the devices of days that are over.</summary>
    public async Task<bool> Record(IDocumentStore store, DateTimeOffset now, ILogger log, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.QueueSqlCommand($"delete from {QualifiedName} where day < ?", LegalClock.DayOf(now));
        await session.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>What ties whoever asks to others who rate from the same device that day, in the session's transaction.</summary>
    public async Task<Guid> Of(HttpRequest request, IDocumentSession session, CancellationToken ct)
    {
        var day = LegalClock.DayOf(time.GetUtcNow());
        await session.BeginTransactionAsync(ct);
        var mark = secrets.DigestOf($"device {day:O} {CallerNetwork.Of(request.HttpContext.Connection.RemoteIpAddress)} {request.Headers.UserAgent} {request.Headers.AcceptLanguage}");
        return (await session.Rows(Meet, row => row.GetGuid(0), ct, mark, day, Undated.Id()))[0];
    }

    /// <summary>
    /// Devices from which so many people rated on a day that somebody should look at it (REV-1), as SQL: what somebody says of several matters is theirs, and
    /// who shows a code is nobody else than who has it.
    /// </summary>
    /// <param name="reviews">Which reviews are looked at, each of them r.</param>
    public static string Several(string reviews) =>
        $"select r.device from {Store.Schema}.mt_doc_review r where {reviews} and r.device is not null group by r.device having count(distinct coalesce(r.data ->> 'codeDigest', r.given_by)) >= {Review.SeveralFrom}";

    /// <summary>Which of the devices of these reviews are such; null where that is not told.</summary>
    /// <param name="session">Where reviews are.</param>
    /// <param name="of">The reviews, as far as their reader sees them.</param>
    /// <param name="viewer">Their reader.</param>
    /// <param name="asOf">When; null for now.</param>
    public static async Task<IReadOnlySet<Guid>?> SharedBySeveral(IQuerySession session, IEnumerable<Review> of, Actor viewer, DateTimeOffset? asOf, CancellationToken ct)
    {
        if (viewer.Department is null)
            return null;
        if (of.Select(r => r.Device).OfType<Guid>().Distinct().ToArray() is not { Length: > 0 } devices)
            return new HashSet<Guid>();
        return (await session.Rows(
            Several("r.device = any($1) and r.given_at <= $2"), row => row.GetGuid(0), ct, devices, (asOf ?? DateTimeOffset.MaxValue).ToUniversalTime())).ToHashSet();
    }
}
