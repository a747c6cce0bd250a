using System.ComponentModel;
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

/// <summary>GET /v1/licences and /v1/register/licences: the latest issued first.</summary>
public static class ListLicences
{
    public static readonly ThingList<Licence, LicenceFact, LicenceView, LicenceEvent, LicenceFilter> All = new(LicenceReading.One, "licences", "licences", "the latest issued first")
    {
        By = new("issued_at", l => l.IssuedAt, l => l.Id),
        Matching = (session, viewer, filter, now) => Matching(SeenBy(session, viewer), filter, now),
        Headers = { ["holder"] = (CaseFilter.ApplicantHeader, CaseFilter.ApplicantOf) },
        Says = $"One's own; a department's are those it has issued or supervises. A holder is looked for by the header {CaseFilter.ApplicantHeader}, which has to be sent with every page.",
    };

    public static void MapRegister(this IEndpointRouteBuilder v1) => v1.MapGet("/register/licences", Public)
        .WithTags("Licences")
        .AllowAnonymous()
        .Lists<RegisteredLicence>("listRegisteredLicences", "Read the public register of licences (行政许可公示), the latest issued first", LicenceExamples.Registered)
        .WithDescription("Licences of legal entities; those of persons only for items that say so (`publishesPersons`), their names masked, and what is confidential never.");

    private static async Task<IResult> Public(
        HttpContext http, IQuerySession session, Cursors cursors, TimeProvider time, Parameters parameters, CancellationToken ct,
        [Description("Licences of the kind of this code.")] string? kind = null,
        [OneOf<LicenceStatus>, Several, Description("Licences that stand so.")] string? status = null,
        [Description("Licences granted for the item of this code.")] string? item = null,
        int? first = null, string? after = null, bool count = false)
    {
        var filter = new LicenceFilter(parameters.One(kind, "kind"), parameters.Several(status, "status", Kebab.Parse<LicenceStatus>, Kebab.All<LicenceStatus>()), parameters.One(item, "item"));
        var page = parameters.Page(cursors, RegisterOf(filter), first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var now = time.GetUtcNow();
        var registered = Registered(session, filter, now);
        var total = count ? (long?)await registered.LongCountAsync(ct) : null;
        var (found, hasNext) = await All.By.PageOf(registered, page, ct);
        var language = Language.Of(http.Request);
        return TypedResults.Ok(http.PageOf<RegisteredLicence>([.. found.Select(l => RegisteredLicence.Of(l.At(now), language))], hasNext ? cursors.Sign(RegisterOf(filter), All.By.PositionOf(found[^1])) : null, total));
    }

    /// <summary>What cursors of the register are signed for.</summary>
    public static string RegisterOf(LicenceFilter filter) => $"register of licences {JsonSerializer.Serialize(filter, PlatformJson.Options)}";

    /// <summary>PUB-1: what the public register holds, as far as it is wanted.</summary>
    public static IQueryable<Licence> Registered(IQuerySession session, LicenceFilter filter, DateTimeOffset now) => Matching(session.Query<Licence>().Where(l => l.IsPublic), filter, now);

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
