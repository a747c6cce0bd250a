using System.Globalization;
using System.Text.Json;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Cases;
using OneDoor.Clock;

namespace OneDoor.Licences;

/// <summary>Which licences are wanted; what is null leaves them all.</summary>
/// <param name="Kind">Licences of the kind of this code.</param>
/// <param name="Status">Licences that stand so.</param>
/// <param name="Item">Licences granted for the item of this code.</param>
/// <param name="Holder">Licences of the holder with this unified social credit code or citizen identity number; of others kind:number, or kind:country:number, for instance passport:USA:A12345678.</param>
public sealed record LicenceFilter(string? Kind = null, IReadOnlyList<LicenceStatus>? Status = null, string? Item = null, string? Holder = null);

/// <summary>Which licences of the public register are wanted; what is null leaves them all.</summary>
/// <param name="Kind">Licences of the kind of this code.</param>
/// <param name="Status">Licences that stand so.</param>
/// <param name="Item">Licences granted for the item of this code.</param>
public sealed record RegisterFilter(string? Kind = null, IReadOnlyList<LicenceStatus>? Status = null, string? Item = null);

/// <summary>GET /v1/licences and /v1/register/licences: the latest issued first.</summary>
public static class ListLicences
{
    public static readonly ThingList<Licence, LicenceFact, LicenceView, LicenceEvent, LicenceFilter> All = new(LicenceReading.One, "licences", "licences", "the latest issued first")
    {
        By = new("issued_at", l => l.IssuedAt, l => l.Id),
        Matching = (session, viewer, filter, now) => Matching(SeenBy(session, viewer), filter, now),
        Texts = { ["holder"] = CaseFilter.ApplicantOf },
        Headers = { ["holder"] = CaseFilter.ApplicantHeader },
        Says = $"One's own; a department's are those it has issued or supervises. A holder is looked for by the header {CaseFilter.ApplicantHeader}, which has to be sent with every page.",
    };

    public static readonly RowList<RegisteredLicence, RegisterFilter> Register = new(
        "registeredLicences", "the public register", "Read the public register of licences (行政许可公示), the latest issued first",
        "The public register (双公示): licences of legal entities, the latest issued first.")
    {
        Rows = async (services, filter, page, asked, ct) =>
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var (found, hasNext) = await All.By.PageOf(Registered(services.GetRequiredService<IQuerySession>(), filter, now), page, ct);
            return ([.. found.Select(l => new Listed<RegisteredLicence>(RegisteredLicence.Of(l.At(now), asked.Language), All.By.PositionOf(l)))], hasNext);
        },
        Total = (services, filter, ct) => Registered(services.GetRequiredService<IQuerySession>(), filter, services.GetRequiredService<TimeProvider>().GetUtcNow()).LongCountAsync(ct),
        Says = "Licences of legal entities; those of persons only for items that say so (`publishesPersons`), their names masked, and what is confidential never.",
    };

    /// <summary>PUB-1: what the public register holds, as far as it is wanted.</summary>
    public static IQueryable<Licence> Registered(IQuerySession session, RegisterFilter filter, DateTimeOffset now) =>
        Matching(session.Query<Licence>().Where(l => l.IsPublic), new(filter.Kind, filter.Status, filter.Item), now);

    // Licence.SeenBy, as lists ask for it: what staff took in at a window stands in none.
    private static IQueryable<Licence> SeenBy(IQuerySession session, Actor viewer) => (viewer.Department, viewer.Applicant) switch
    {
        ({ } own, _) => session.Query<Licence>().Where(l => l.Department == own || (l.SupervisedBy == own && !l.Confidential)),
        (_, { } holder) => HeldBy(session.Query<Licence>(), holder),
        _ => session.Query<Licence>().Where(l => false),
    };

    /// <summary>How a licence stands at an instant, in SQL: what time has changed stands so, whether that is recorded yet or not.</summary>
    public static string StandsAt(string now, string today) =>
        $"""
        case when d.due_at > {now} or d.due_at is null then d.data ->> 'status'
            when d.data ->> 'validUntil' < {today} and d.data ->> 'renewalAwaitedBy' is null then 'Expired'
            when d.data ->> 'status' = 'Suspended' and coalesce(d.data ->> 'suspendedUntil' >= {today}, true) then 'Suspended' else 'Valid' end
        """;

    /// <summary>The day in China, as the store writes days.</summary>
    public static string Today(DateTimeOffset now) => LegalClock.DayOf(now).ToString("O", CultureInfo.InvariantCulture);

    private static IQueryable<Licence> HeldBy(IQueryable<Licence> licences, string holder)
    {
        var key = JsonSerializer.Serialize(new[] { holder });
        return licences.Where(l => l.MatchesSql("d.data -> 'holderKeys' @> ?::jsonb", key));
    }

    private static IQueryable<Licence> Matching(IQueryable<Licence> found, LicenceFilter filter, DateTimeOffset now)
    {
        if (filter.Holder is { } holder)
            found = HeldBy(found, holder);
        if (filter.Kind is { } kind)
            found = found.Where(l => l.Kind.Code == kind);
        if (filter.Item is { } item)
            found = found.Where(l => l.Item == item);
        if (filter.Status is { } statuses)
            found = found.Where(l => l.MatchesSql(
                $"{StandsAt("?", "?")} = any(?)", now.ToUniversalTime(), Today(now), Today(now), statuses.Select(s => s.ToString()).ToArray()));
        return found;
    }
}
