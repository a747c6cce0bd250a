using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Mvc;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Licences;

/// <summary>Which licences are wanted; what is null leaves them all.</summary>
/// <param name="Holder"><see cref="Applicants.PersonOrEntity.Key"/> of who is looked for.</param>
public sealed record LicenceFilter(string? Kind = null, IReadOnlyList<LicenceStatus>? Status = null, string? Item = null, string? Holder = null)
{
    /// <summary>What cursors are signed for.</summary>
    public string List(string of) => $"{of} {JsonSerializer.Serialize(this, PlatformJson.Options)}";
}

/// <summary>GET /v1/licences and /v1/register/licences: the latest issued first.</summary>
public static class ListLicences
{
    public const string Own = "licences", Register = "register of licences";

    /// <summary>Their order.</summary>
    public static readonly LatestFirst<Licence> ByIssue = new("issued_at", l => l.IssuedAt, l => l.Id);

    public static void MapListLicences(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/licences", Handle)
            .WithTags("Licences")
            .Needs(Scopes.LicencesRead)
            .Lists<LicenceView>("listLicences", "List licences, the latest issued first", LicenceExamples.Valid)
            .WithDescription($"One's own; a department's are those it has issued or supervises. A holder is looked for by the header {CaseFilter.ApplicantHeader}, which has to be sent with every page.");
        v1.MapGet("/register/licences", Public)
            .WithTags("Licences")
            .AllowAnonymous()
            .Lists<RegisteredLicence>("listRegisteredLicences", "Read the public register of licences (行政许可公示), the latest issued first", LicenceExamples.Registered)
            .WithDescription("Licences of legal entities; those of persons only for items that say so (`publishesPersons`), their names masked, and what is confidential never.");
    }

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, Cursors cursors, ReadLog reads, TimeProvider time, CancellationToken ct,
        [Description("Licences of the kind of this code.")] string? kind = null,
        [OneOf<LicenceStatus>, Several, Description("Licences that stand so.")] string? status = null,
        [Description("Licences granted for the item of this code.")] string? item = null,
        [FromHeader(Name = CaseFilter.ApplicantHeader), Description("Licences of the holder with this unified social credit code or citizen identity number; of others kind:number, or kind:country:number, for instance passport:USA:A12345678.")] string? applicant = null,
        int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var filter = new LicenceFilter(parameters.One(kind, "kind"), parameters.Several(status, "status", Kebab.Parse<LicenceStatus>, Kebab.All<LicenceStatus>()), parameters.One(item, "item"), CaseFilter.ApplicantOf(parameters, applicant, CaseFilter.ApplicantHeader));
        var page = parameters.Page(cursors, filter.List(Own), first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var (seen, now) = (SeenBy(session, caller.Actor), time.GetUtcNow());
        var total = count ? (long?)await Count(seen, filter, now, ct) : null;
        var (found, hasNext) = await Find(seen, filter, page, now, ct);
        reads.Note(caller, http, "licence", found.Select(l => l.Id));
        var language = Language.Of(http.Request);
        return TypedResults.Ok(http.PageOf<LicenceView>([.. found.Select(l => LicenceView.Of(l, language))], hasNext ? cursors.Sign(filter.List(Own), ByIssue.PositionOf(found[^1])) : null, total));
    }

    private static async Task<IResult> Public(
        HttpContext http, IQuerySession session, Cursors cursors, TimeProvider time, CancellationToken ct,
        [Description("Licences of the kind of this code.")] string? kind = null,
        [OneOf<LicenceStatus>, Several, Description("Licences that stand so.")] string? status = null,
        [Description("Licences granted for the item of this code.")] string? item = null,
        int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var filter = new LicenceFilter(parameters.One(kind, "kind"), parameters.Several(status, "status", Kebab.Parse<LicenceStatus>, Kebab.All<LicenceStatus>()), parameters.One(item, "item"));
        var page = parameters.Page(cursors, filter.List(Register), first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var now = time.GetUtcNow();
        var total = count ? (long?)await Count(Registered(session), filter, now, ct) : null;
        var (found, hasNext) = await Find(Registered(session), filter, page, now, ct);
        var language = Language.Of(http.Request);
        return TypedResults.Ok(http.PageOf<RegisteredLicence>([.. found.Select(l => RegisteredLicence.Of(l, language))], hasNext ? cursors.Sign(filter.List(Register), ByIssue.PositionOf(found[^1])) : null, total));
    }

    /// <summary>The licences that a viewer may see: <see cref="Licence.SeenBy"/>, as lists ask for it.</summary>
    public static IQueryable<Licence> SeenBy(IQuerySession session, Actor viewer) => (viewer.Department, viewer.Applicant) switch
    {
        ({ } own, _) => session.Query<Licence>().Where(l => l.Department == own || (l.SupervisedBy == own && !l.Confidential)),
        (_, { } holder) => HeldBy(session.Query<Licence>(), holder),
        _ => session.Query<Licence>().Where(l => false),
    };

    /// <summary>PUB-1: what the public register holds.</summary>
    public static IQueryable<Licence> Registered(IQuerySession session) => session.Query<Licence>().Where(l => l.IsPublic);

    /// <summary>A page of licences as they stand at an instant, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<Licence> Found, bool HasNext)> Find(IQueryable<Licence> seen, LicenceFilter filter, PageRequest page, DateTimeOffset now, CancellationToken ct)
    {
        var found = Matching(seen, filter, now);
        var (rows, hasNext) = await ByIssue.PageOf(found, page, ct);
        return ([.. rows.Select(l => l.At(now))], hasNext);
    }

    /// <summary>How many there are on all pages.</summary>
    public static async Task<long> Count(IQueryable<Licence> seen, LicenceFilter filter, DateTimeOffset now, CancellationToken ct) => await Matching(seen, filter, now).LongCountAsync(ct);

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

    /// <summary>Those of them that are wanted.</summary>
    public static IQueryable<Licence> Matching(IQueryable<Licence> found, LicenceFilter filter, DateTimeOffset now)
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
