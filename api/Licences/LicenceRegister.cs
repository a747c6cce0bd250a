using System.Text.Json;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Licences;

/// <summary>Hears of what is licensed, in its transaction.</summary>
public interface ISupervision
{
    /// <summary>A licence was issued, or renewed under its number: what was open of its case before is about it from then on.</summary>
    /// <param name="case">The case that granted it, the grant included.</param>
    /// <param name="item">The item it is for; null where the catalogue does not know it any more.</param>
    /// <param name="licence">The licence as it is now.</param>
    /// <param name="grant">What granted it.</param>
    Task Open(IDocumentSession session, Case @case, Item? item, Licence licence, LicenceDelivered grant, CancellationToken ct);

    /// <summary>A licence has ended: what is left to look into is handed on or closed.</summary>
    /// <param name="licence">The licence as it was.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="successor">The licence that its holder has instead; null for none.</param>
    Task Ended(IDocumentSession session, Licence licence, LicenceFact end, Licence? successor, CancellationToken ct);

    /// <summary>The breaches found of what a licence is for that are not put right.</summary>
    /// <param name="licence">The licence.</param>
    Task<IReadOnlyList<FoundBreach>> InBreach(IQuerySession session, Licence licence, CancellationToken ct);
}

/// <summary>Keeps the licences that cases deliver, and says which of them prove something.</summary>
public sealed class LicenceRegister(CurrentCatalogue catalogue, StatusIndexes indexes, ISupervision supervision, LicenceEnds ends, LicenceOptions policy, LegalClock clock) : ILicenceRegister
{
    public async Task<ILookup<Guid, DeliveredLicence>> Valid(
        IQuerySession session, IReadOnlyList<string> holders, IReadOnlyList<string> kinds, DateTimeOffset now, CancellationToken ct) =>
        (await ValidOf(session, holders, kinds, now, ct)).ToLookup(l => l.Case, l => new DeliveredLicence(l.Step, l.Kind, l.Number, l.IssuedAt, LegalClock.DayOf(l.IssuedAt)));

    public async Task Follow(IDocumentSession session, Case? before, Case after, IReadOnlyList<CaseFact> facts, CancellationToken ct)
    {
        if (facts.OfType<LicenceDelivered>().ToArray() is { Length: > 0 } delivered)
            await Issue(session, after, delivered, ct);
        if (facts.OfType<StepGranted>().ToArray() is { Length: > 0 } granted && after.CancelledBy(granted) is { } number)
            await Cancel(session, number, granted[^1], after.Id, ct);
        if (facts.OfType<CommitmentFulfilled>().SingleOrDefault() is { } fulfilled)
            await Open(session, before!, fulfilled, ct);
        if (facts is [.., var last] && (before?.AskedRenewal is not null || facts.Any(fact => fact is RenewalAwaited)))
            await Renewing(session, before, after, last, ct);
    }

    private async Task Issue(IDocumentSession session, Case @case, IEnumerable<LicenceDelivered> delivered, CancellationToken ct)
    {
        var item = catalogue.ItemOf(@case.Plan.Item, @case.Plan.Version);
        foreach (var fact in delivered.Where(fact => Issuing.IsLicence(fact.Licence)))
        {
            var before = @case.Renewal is { } renewal ? await Current(session, renewal.Licence, ct) : await Losing(session, @case, fact.Licence, fact.At, ct);
            var remindOn = Issuing.RemindOn(Issuing.Until(@case, fact), Issuing.RenewalOf(fact.Licence.Code, (await catalogue.Items(ct)).Select(published => published.Item)), policy, clock.Calendar);
            if (@case.Renewal is { KeepsNumber: true })
            {
                var renewed = new LicenceRenewed(fact.At, fact.By!, @case.Id, fact.Step, Issuing.Until(@case, fact), remindOn);
                session.Events.Append(before!.Id, before.Version + 1, renewed);
                await supervision.Open(session, @case, item, Licence.Evolve(before, renewed), fact, ct);
                continue;
            }
            var issued = Issuing.Of(@case, item, fact, before)! with { StatusIndex = await indexes.Next(session, ct), RemindOn = remindOn };
            session.Events.StartStream<Licence>(Licence.IdOf(issued.Number), [issued, .. before?.StaysWith(issued) ?? []]);
            await supervision.Open(session, @case, item, Licence.Evolve(null, issued), fact, ct);
            if (before?.At(fact.At).RenewalAskedBy is { } waiting && waiting != @case.Id)
                await session.Lose(waiting, before.Number, fact.At, fact.By, ct);
            if (before?.GivesWayTo(issued) is { } facts)
            {
                session.Events.Append(before.Id, before.Version + facts.Count, facts);
                // Whoever bought it is not who has to put something right, and who sold it is proved nothing by it.
                await ends.Ended(session, before, facts[^1], issued.Holders.Any(holder => before.HolderKeys.Contains(holder.Key)) ? Licence.Evolve(null, issued) : null, ct);
            }
        }
    }

    private async Task Renewing(IDocumentSession session, Case? before, Case after, CaseFact last, CancellationToken ct)
    {
        var (awaited, open) = (after.AwaitsRenewal, after.AsksForRenewal);
        // What is granted ends the wait by the licence it delivers.
        if ((awaited, open) == (before?.AwaitsRenewal ?? false, before?.AsksForRenewal ?? false) || after.Licences.Count > 0 || (after.AskedRenewal ?? before?.AskedRenewal)?.Licence is not { } number || await Current(session, number, ct) is not { } licence)
            return;
        if (licence.Renewing(after.Id, awaited, open, last.At, last.By) is { Count: > 0 } facts)
            await ends.Append(session, licence, facts, ct);
    }

    public async Task<bool> IsHeldBack(IQuerySession session, IReadOnlyList<string> holders, IReadOnlyList<string> kinds, bool orSuspended, DateTimeOffset now, CancellationToken ct) =>
        (await HeldBy(session, holders, kinds, ct)).Any(l => l.At(now) is var held && ((orSuspended && held.Status == LicenceStatus.Suspended) || held.IsToBeRevoked(now)));

    public async Task<bool> IsLost(IQuerySession session, string number, CancellationToken ct) =>
        await Current(session, number, ct) is null or { Status: LicenceStatus.Revoked or LicenceStatus.Cancelled };

    // A copy may be in its place by now.
    internal static async Task<Licence?> Current(IQuerySession session, string number, CancellationToken ct)
    {
        var licence = await session.LoadAsync<Licence>(Licence.IdOf(number), ct);
        while (licence is { ReplacedBy: { } next })
            licence = await session.LoadAsync<Licence>(Licence.IdOf(next), ct);
        return licence;
    }

    private static async Task<Licence?> Losing(IQuerySession session, Case @case, IssuedLicence issued, DateTimeOffset at, CancellationToken ct)
    {
        var losing = Issuing.MayLose(@case, issued);
        // Nobody escapes a revocation by another licence of the same kind.
        return losing.Count == 0 ? null : Issuing.Replaced([.. (await ValidOf(session, losing, [issued.Code], at, ct)).Where(l => !l.IsToBeRevoked(at))]);
    }

    public async Task<bool> Replaces(IQuerySession session, Case @case, IssuedLicence issued, DateTimeOffset now, CancellationToken ct) =>
        (@case.Renewal is { } renewal ? await Current(session, renewal.Licence, ct) : await Losing(session, @case, issued, now, ct))?.At(now).Stands == true;

    public Task<int> Taken(IQuerySession session, string kind, DateTimeOffset now, CancellationToken ct) => session.Query<Licence>()
        .Where(l => l.Kind.Code == kind && l.MatchesSql($"{ListLicences.StandsAt("?", "?")} in ('Valid', 'Suspended')", now.ToUniversalTime(), ListLicences.Today(now), ListLicences.Today(now)))
        .CountAsync(ct);

    public async Task<IReadOnlyList<RenewableLicence>> Renewable(
        IQuerySession session, string? number, IReadOnlyList<string> holders, IReadOnlyList<string> kinds, DateTimeOffset now, CancellationToken ct)
    {
        var licences = number is null ? Theirs(await HeldBy(session, holders, kinds, ct), now) : await session.LoadAsync<Licence>(Licence.IdOf(number), ct) is { } named ? [named] : [];
        return
        [
            .. licences.Select(licence => licence.At(now)).Select(l => new RenewableLicence(
                l.Number, l.Kind.Code, l.HolderKeys, l.ValidUntil, l.Status == LicenceStatus.Valid && !l.IsToBeRevoked(now), l.Status == LicenceStatus.Expired, l.RenewalAskedBy is not null)),
        ];
    }

    public async Task<string> NumberNow(IQuerySession session, string number, CancellationToken ct) => (await Current(session, number, ct))?.Number ?? number;

    public async Task<IReadOnlyList<CancellableLicence>> Cancellable(
        IQuerySession session, string? number, IReadOnlyList<string> holders, string kind, DateTimeOffset now, CancellationToken ct)
    {
        List<CancellableLicence> licences = [];
        foreach (var l in number is null ? Left(await HeldBy(session, holders, [kind], ct), now) : await Current(session, number, ct) is { } named ? [named.At(now)] : [])
        {
            var isHeldBack = l.IsToBeRevoked(now) || (l.Stands && (l.Status == LicenceStatus.Suspended || (await supervision.InBreach(session, l, ct)).Count > 0));
            licences.Add(new(l.Number, l.Kind.Code, l.HolderKeys, l.Status is LicenceStatus.Cancelled or LicenceStatus.Replaced, isHeldBack));
        }
        return licences;
    }

    private async Task Cancel(IDocumentSession session, string number, StepGranted grant, Guid @case, CancellationToken ct)
    {
        // In the sandbox it may have been withdrawn since.
        if (await Current(session, number, ct) is not { } licence)
            return;
        if (licence.At(grant.At).RenewalAskedBy is { } waiting)
            await session.Lose(waiting, licence.Number, grant.At, grant.By, ct);
        await ends.Append(session, licence, licence.GivenBack(grant.At, grant.By!, @case), ct);
    }

    // 行政许可法 art. 70: after expiry and revocation, too. Where one stands it is that, and else the one issued last.
    private static IEnumerable<Licence> Left(IReadOnlyList<Licence> held, DateTimeOffset now) =>
        held.Select(l => l.At(now)).ToLookup(l => l.Stands) is var theirs && theirs[true].Any() ? theirs[true]
        : theirs[false].Where(l => l.Status is LicenceStatus.Expired or LicenceStatus.Revoked).OrderByDescending(l => l.IssuedAt).Take(1);

    // Nobody escapes a suspension or an end by not naming it: where none is valid it is the one issued last.
    private static Licence[] Theirs(IReadOnlyList<Licence> held, DateTimeOffset now) =>
        held.Where(l => l.At(now).Status == LicenceStatus.Valid).ToArray() is { Length: > 0 } valid ? valid
        : [.. held.Where(l => l.At(now).Status is not (LicenceStatus.Valid or LicenceStatus.Replaced)).OrderByDescending(l => l.IssuedAt).Take(1)];

    private static async Task Open(IDocumentSession session, Case @case, CommitmentFulfilled fulfilled, CancellationToken ct)
    {
        foreach (var delivered in @case.Licences)
        {
            var licence = await Current(session, delivered.Number, ct);
            if (licence?.Opens(fulfilled.At, fulfilled.By!) is { Count: > 0 } facts)
                session.Events.Append(licence.Id, licence.Version + facts.Count, facts);
        }
    }

    private static async Task<IReadOnlyList<Licence>> ValidOf(IQuerySession session, IReadOnlyList<string> holders, IReadOnlyList<string> kinds, DateTimeOffset now, CancellationToken ct) =>
        [.. (await HeldBy(session, holders, kinds, ct)).Where(l => l.At(now).Status == LicenceStatus.Valid)];

    // As they are recorded.
    private static async Task<IReadOnlyList<Licence>> HeldBy(IQuerySession session, IReadOnlyList<string> holders, IReadOnlyList<string> kinds, CancellationToken ct)
    {
        object[] values = [holders.Select(holder => JsonSerializer.Serialize(new[] { holder })).ToArray(), kinds.ToArray()];
        return await session.Query<Licence>().Where(l => l.MatchesSql("d.data -> 'holderKeys' @> any(?::jsonb[]) and d.data -> 'kind' ->> 'code' = any(?)", values)).ToListAsync(ct);
    }
}

/// <summary>What else ends with a licence, in the transaction of its end.</summary>
public sealed class LicenceEnds(ISupervision supervision, LicensedProofs proofs)
{
    /// <summary>Records facts of a licence, and with its end that nothing is owed for it any more.</summary>
    public async Task Append(IDocumentSession session, Licence licence, IReadOnlyList<LicenceFact> facts, CancellationToken ct)
    {
        session.Events.Append(licence.Id, licence.Version + facts.Count, facts);
        await End(session, licence, facts, ct);
    }

    /// <summary>
    /// Where these facts end a licence, records that nothing is owed for it any more: by the case that granted it, those that granted what it took the
    /// place of, and those that it was renewed by.
    /// </summary>
    public async Task End(IDocumentSession session, Licence licence, IReadOnlyList<LicenceFact> facts, CancellationToken ct)
    {
        if (Licence.EndIn(facts) is not { } end)
            return;
        await Ended(session, licence, end, successor: null, ct);
        foreach (var id in await session.CasesOf(licence, ct))
            if (await session.LoadAsync<Case>(id, ct) is { } @case && @case.Released(@case.NowAt(end.At), end.By, licence.Number, await session.IsLast(@case, licence, end.At, ct)) is { Count: > 0 } released)
                session.Events.Append(@case.Id, @case.Version + released.Count, released);
    }

    /// <summary>Hands on or closes what supervision has open, and has the licence prove nothing any more unless its holder has another one instead.</summary>
    /// <inheritdoc cref="ISupervision.Ended"/>
    public async Task Ended(IDocumentSession session, Licence licence, LicenceFact end, Licence? successor, CancellationToken ct)
    {
        await supervision.Ended(session, licence, end, successor, ct);
        if (successor is not null)
            return;
        await proofs.Ended(session, licence.HolderKeys, await session.NumbersOf(licence, ct), end.At, end.By, ct);
    }
}

/// <summary>What a licence is in the place of, and its cases.</summary>
public static class LicenceChains
{
    /// <summary>Its number, and those of what it is in the place of.</summary>
    public static async Task<IReadOnlyList<string>> NumbersOf(this IQuerySession session, Licence licence, CancellationToken ct)
    {
        List<string> numbers = [licence.Number];
        for (var at = licence; at is { Replaces: { } former }; at = await session.LoadAsync<Licence>(Licence.IdOf(former), ct))
            numbers.Add(former);
        return numbers;
    }

    /// <summary>Whether none of the licences that a case granted stands besides one that ends, nor what has taken the place of any; said once in a transaction.</summary>
    public static async Task<bool> IsLast(this IDocumentSession session, Case @case, Licence ending, DateTimeOffset at, CancellationToken ct)
    {
        foreach (var delivered in @case.Licences)
            if (await LicenceRegister.Current(session, delivered.Number, ct) is { } other && other.Id != ending.Id && other.At(at).Stands)
                return false;
        return session.PendingChanges.Streams().All(stream => stream.Id != @case.Id || stream.Events.Count == 0);
    }

    /// <summary>The cases that granted, changed or renewed a licence, the last one first; until the transaction ends nobody else ends one of theirs.</summary>
    // The facts alone know each case by which it was renewed. Of two licences that end at once each would see the other stand.
    public static async Task<IReadOnlyList<Guid>> CasesOf(this IDocumentSession session, Licence licence, CancellationToken ct)
    {
        Guid[] chain = [.. (await session.NumbersOf(licence, ct)).Select(Licence.IdOf)];
        var cases = await session.AdvancedSql.QueryAsync<Guid>(
            $"select (e.data ->> 'case')::uuid from {Store.Schema}.mt_events e where e.stream_id = any(?) and e.type in ('licence_issued', 'licence_renewed') group by 1 order by max(e.seq_id) desc", ct, chain);
        await session.Alone(ct, cases.Select(id => $"ends of {id}"));
        return cases;
    }

    /// <summary>Tells the case that was to renew a licence that it has ended otherwise, in the transaction of that end.</summary>
    public static async Task Lose(this IDocumentSession session, Guid @case, string licence, DateTimeOffset at, Actor? by, CancellationToken ct)
    {
        if (await session.LoadAsync<Case>(@case, ct) is { } waiting && waiting.LostRenewal(waiting.NowAt(at), by, licence) is { Count: > 0 } facts)
            session.Events.Append(waiting.Id, waiting.Version + facts.Count, facts);
    }
}
