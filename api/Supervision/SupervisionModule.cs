using System.Text.Json;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Graph;
using OneDoor.Licences;

namespace OneDoor.Supervision;

/// <summary>Supervision after approval (审管联动): what supervising departments look into, from the grant on.</summary>
public static class SupervisionModule
{
    // An index in the order of lists: what is equal in it is sorted by id.
    private const string Ordered = "?, opened_at, id";

    public static void AddSupervision(this WebApplicationBuilder builder)
    {
        builder.Stores<SupervisionTask, SupervisionFact>(tasks => tasks
            .Duplicate(t => t.Department, configure: index => index.Mask = Ordered)
            .Duplicate(t => t.DecidedBy, configure: index => index.Mask = Ordered)
            .Duplicate(t => t.OpenedAt, configure: index => index.Mask = "?, id")
            .Index(t => t.Status, index => index.Mask = Ordered)
            .Duplicate(t => t.DueAt, configure: index => index.Predicate = "due_at is not null")
            .GinIndexJsonDataMember(t => t.HolderKeys));
        builder.Services.AddSingleton(builder.Configuration.Read<SupervisionOptions>("Supervision"));
        builder.Services.AddSingleton<ISupervision, OpenedWithTheGrant>();
        builder.Services.AddSingleton<ICaseFollower, OpenedWithTheCase>();
        builder.Services.AddScoped<SupervisionChanges>();
        builder.Sweeps<SupervisionTask, SupervisionFact>(t => t.WakeAt);
        builder.Tells(SupervisionReading.One, (task, listener, _) => SupervisionView.Of(task, listener.Language));
        builder.Services.AddSingleton(new ContractTag("Supervision", "What supervising departments look into after a grant (审管联动), and what they find."));
        builder.AddGraph(SupervisionGraph.Add);
    }

    public static void MapSupervision(this IEndpointRouteBuilder v1)
    {
        var tasks = v1.MapGroup(SupervisionReading.One).WithTags("Supervision");
        tasks.MapList(ListSupervisionTasks.All);
        tasks.MapReading(SupervisionReading.One);
        SupervisionOperations.All.OpenTo(new RestDoor<SupervisionChanges, SupervisionCommand, SupervisionView>(tasks));
    }
}

/// <summary>Opens the task of a licence in the transaction of the grant.</summary>
public sealed class OpenedWithTheGrant(LegalClock clock, SupervisionOptions policy, LicenceOptions deciding) : ISupervision
{
    public async Task Open(IDocumentSession session, Case @case, Item? item, Licence licence, LicenceDelivered grant, CancellationToken ct)
    {
        if (SupervisionTask.Opens(@case, item, licence, grant.At, clock, policy) is { } opened)
            session.Events.StartStream<SupervisionTask>(SupervisionTask.IdOf(opened.Case, licence.Number), opened);
        session.Follow(await session.OfPledges(@case, ct), task => [task.After(licence, grant.At, grant.By)]);
    }

    public async Task Ended(IDocumentSession session, Licence licence, LicenceFact end, Licence? successor, CancellationToken ct) =>
        session.Follow(await Of(session, licence, ct), task => [task.After(end, successor)]);

    public async Task<IReadOnlyList<FoundBreach>> InBreach(IQuerySession session, Licence licence, CancellationToken ct) =>
        [.. (await Of(session, licence, ct)).Where(t => t.Status is SupervisionStatus.NotRectified or SupervisionStatus.Rectifying)
            .Select(t => new FoundBreach(t.Case, t.FoundAt(clock, deciding), t.Status == SupervisionStatus.Rectifying))];

    // Of whichever of its holder's: before tasks were handed on, what was renewed or copied had another number.
    private static async Task<IReadOnlyList<SupervisionTask>> Of(IQuerySession session, Licence licence, CancellationToken ct)
    {
        object[] holders = [licence.HolderKeys.Select(holder => JsonSerializer.Serialize(new[] { holder })).ToArray()];
        var theirs = await session.Query<SupervisionTask>().Where(t => t.MatchesSql("d.data -> 'holderKeys' @> any(?::jsonb[])", holders)).ToListAsync(ct);
        var numbers = await session.NumbersOf(licence, ct);
        return [.. theirs.Where(t => t.Licence is { } number && numbers.Contains(number))];
    }
}

/// <summary>Opens the task of a grant without a licence, of a renewal by law, and of a pledge that was missed, in the transaction that finds it so, tells that of a commitment that is overdue, and closes it with a case that comes to nothing.</summary>
public sealed class OpenedWithTheCase(CurrentCatalogue catalogue, LegalClock clock, SupervisionOptions policy) : ICaseFollower
{
    public async Task Follow(IDocumentSession session, Case @case, IReadOnlyList<CaseFact> facts, CancellationToken ct)
    {
        if (@case.IsEnded && !SupervisionTask.IsGranted(@case))
        {
            if (facts is [.., var end])
                session.Follow(await session.OfPledges(@case, ct), task => [task.After(end)]);
            return;
        }
        var item = catalogue.ItemOf(@case.Plan.Item, @case.Plan.Version);
        if (facts.FirstOrDefault(fact => fact is CaseGranted or CaseEnded) is { } granted && SupervisionTask.Opens(@case, item, granted, clock, policy) is { } grant)
            session.Events.StartStream<SupervisionTask>(SupervisionTask.IdOfGrant(@case.Id), grant);
        if (facts.OfType<RenewalDeemed>().SingleOrDefault() is { } deemed && await LicenceRegister.Current(session, deemed.Licence, ct) is { Stands: true } goesOn
            && SupervisionTask.Opens(@case, item, goesOn, deemed.At, clock, policy) is { } again)
            session.Events.StartStream<SupervisionTask>(SupervisionTask.IdOf(@case.Id, goesOn.Number), again);
        foreach (var missed in facts.OfType<CommitmentOverdue>())
        {
            session.Follow(await session.LoadManyAsync<SupervisionTask>(ct, SupervisionTask.IdOfGrant(@case.Id)), task => task.After(missed, inForce: null));
            foreach (var licence in @case.Licences)
            {
                var inForce = await LicenceRegister.Current(session, licence.Number, ct);
                session.Follow(await session.LoadManyAsync<SupervisionTask>(ct, SupervisionTask.IdOf(@case.Id, licence.Number)), task => task.After(missed, inForce));
            }
        }
        foreach (var missed in facts.OfType<PledgeMissed>())
            if (SupervisionTask.Opens(@case, item, missed, clock, policy) is { } opened)
                session.Events.StartStream<SupervisionTask>(SupervisionTask.IdOfPledge(@case.Id, missed.Code), await InForce(session, opened, ct));
    }

    // Another may be in the place of what the case granted by then.
    private static async Task<SupervisionOpened> InForce(IDocumentSession session, SupervisionOpened opened, CancellationToken ct) =>
        opened.Licence is { } granted && await LicenceRegister.Current(session, granted, ct) is { } current ? opened with { Licence = current.Number, Holders = current.Holders } : opened;
}

/// <summary>What else becomes of tasks, in the transaction of what brings it about.</summary>
internal static class FollowedTasks
{
    /// <summary>The tasks of a case's pledges that were missed.</summary>
    public static async Task<IReadOnlyList<SupervisionTask>> OfPledges(this IQuerySession session, Case @case, CancellationToken ct) =>
        @case.Pledges.Where(pledge => pledge.State == PledgeState.Missed).Select(pledge => SupervisionTask.IdOfPledge(@case.Id, pledge.Made.Code)).ToArray() is { Length: > 0 } ids
            ? await session.LoadManyAsync<SupervisionTask>(ct, ids) : [];

    /// <summary>Records what follows for each.</summary>
    public static void Follow(this IDocumentSession session, IEnumerable<SupervisionTask> tasks, Func<SupervisionTask, IEnumerable<SupervisionFact?>> after)
    {
        foreach (var task in tasks)
        {
            if (task.With(after(task)) is { Count: > 0 } facts)
                session.Events.Append(task.Id, task.Version + facts.Count, facts);
        }
    }
}
