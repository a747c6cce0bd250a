using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using OneDoor.Platform;

namespace OneDoor.Licences;

/// <summary>GET /v1/licences/{number}, now or as of a past instant, and its history.</summary>
public static class GetLicence
{
    public static void MapGetLicence(this IEndpointRouteBuilder licences)
    {
        licences.MapGet("/{number}", Handle)
            .Needs(Scopes.LicencesRead)
            .ReadsOne<LicenceView>("getLicence", "Read a licence, now or as of a past instant", LicenceExamples.Valid);
        licences.MapGet("/{number}/history", History)
            .Needs(Scopes.LicencesRead)
            .ReadsOne<LicenceHistory>("getLicenceHistory", "Read what happened to a licence, in order", LicenceExamples.History);
    }

    private static async Task<IResult> Handle(
        string number, HttpContext http, Caller caller, IQuerySession session, StoredFacts facts, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct,
        [DataType(DataType.DateTime), Description("An instant with its offset: the licence as it was then.")] string? asOf = null)
    {
        var parameters = new Parameters();
        var instant = parameters.Instant(asOf, "asOf");
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        if (await session.FindLicence(facts, number, caller.Actor, instant, time.GetUtcNow(), ct) is not { } seen)
            return LicenceRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "licence", [seen.Id]);
        return etags.Ok(http, seen.Id, seen.Version, LicenceView.Of(seen, Language.Of(http.Request)));
    }

    private static async Task<IResult> History(
        string number, HttpContext http, Caller caller, IQuerySession session, StoredFacts facts, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct)
    {
        if (await session.FindLicence(facts, number, caller.Actor, null, time.GetUtcNow(), ct) is not { } seen)
            return LicenceRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "licence", [seen.Id]);
        return etags.Ok(http, seen.Id, seen.Version, new LicenceHistory(await facts.HistoryOf(seen, time.GetUtcNow(), Language.Of(http.Request), ct)));
    }

    /// <summary>The licence as the viewer may see it, as it stands now or stood then; null when it does not exist for them.</summary>
    public static async Task<Licence?> FindLicence(
        this IQuerySession session, StoredFacts facts, string number, Actor viewer, DateTimeOffset? asOf, DateTimeOffset now, CancellationToken ct)
    {
        var id = Licence.IdOf(number);
        if ((await session.LoadAsync<Licence>(id, ct))?.SeenBy(viewer, now) is not { } found)
            return null;
        if (asOf is not { } then || then >= now)
            return found;
        return (await facts.AsOf<Licence, LicenceFact>(id, then, ct))?.At(then);
    }

    /// <summary>What has happened to a licence by an instant, whether it is recorded yet or not.</summary>
    public static async Task<IReadOnlyList<LicenceEvent>> HistoryOf(this StoredFacts stored, Licence licence, DateTimeOffset now, string language, CancellationToken ct)
    {
        var facts = await stored.Of<LicenceFact>(licence.Id, ct);
        return [.. facts.Concat(facts.Aggregate(default(Licence), Licence.Evolve)!.Lapse(now)).Select((fact, i) => LicenceEvent.Of(fact, i, language))];
    }
}
