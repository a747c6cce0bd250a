using System.Data;
using System.Reflection;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Appointments;
using OneDoor.Cases;
using OneDoor.Licences;
using OneDoor.Tickets;
using Xunit;

namespace OneDoor.Platform;

/// <summary>
/// Lists ask the database what <see cref="IFolded{TSelf, TFact}.SeenBy"/> says: the same policy twice, which must never come apart. Whoever takes part in what happens, and
/// everybody's colleagues besides, is listed exactly what they could read one by one.
/// </summary>
public sealed class ListsAndSight(RunningPlatform platform)
{
    private static readonly Actor Citizen = new("mobile", "p_citizen", Applicant: "person:11010519491231002X");

    private static readonly MethodInfo Comparing = Method(nameof(Compare)), ComparingByStatus = Method(nameof(CompareByStatus));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_asks_is_listed_what_they_could_read_and_nothing_else()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database, ("Sweep:EverySeconds", "3600"));
        var kinds = api.Services.GetServices<ReadModel>().ToArray();
        foreach (var by in new[] { System(Department.MarketRegulation), System(Department.Customs), Citizen })
            await ToldThings.Tell(api, kinds, by);

        // As of one instant: what follows from the facts is still being written.
        await using var session = api.Services.GetRequiredService<IDocumentStore>().QuerySession(new SessionOptions { IsolationLevel = IsolationLevel.RepeatableRead });
        var (viewers, now, table) = (await Viewers(session), TimeProvider.System.GetUtcNow(), api.Services.GetRequiredService<FoundTable>());
        List<string> wrong = [];
        var lists = typeof(Caller).Assembly.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(ThingList<,,,,>)).ToArray();
        foreach (var list in lists)
            foreach (var comparing in new[] { Comparing, ComparingByStatus })
                wrong.AddRange(await (Task<IEnumerable<string>>)comparing.MakeGenericMethod(list.FieldType.GetGenericArguments()).Invoke(null, [list.GetValue(null), session, viewers, now])!);
        wrong.AddRange(await Differ<Case, CaseFact>(session, viewers, now, async viewer =>
            [.. (await ListCases.Matching(table, viewer, new(), now).First(Order.LastSubmittedFirst, null, including: false, 100_000, Ct)).Select(c => c.Id)]));

        Assert.Equal([], wrong);
        Assert.True(lists.Length >= 14);
    }

    private static Actor System(Department department) => new($"sandbox-{Kebab.Of(department)}", $"sandbox-{Kebab.Of(department)}", department);

    private static Task<IEnumerable<string>> Compare<TState, TFact, TView, TEvent, TFilter>(
        ThingList<TState, TFact, TView, TEvent, TFilter> list, IQuerySession session, IReadOnlyCollection<Actor> viewers, DateTimeOffset now)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class where TFilter : class =>
        Differ<TState, TFact>(session, viewers, now, async viewer => [.. await list.Matching(session, viewer, list.Wanted(_ => null), now).Select(list.By.Id).ToListAsync(Ct)]);

    // What time alone changes stands so in the list from that instant on, whether anybody has recorded it yet or not.
    private static async Task<IEnumerable<string>> CompareByStatus<TState, TFact, TView, TEvent, TFilter>(
        ThingList<TState, TFact, TView, TEvent, TFilter> list, IQuerySession session, IReadOnlyCollection<Actor> viewers, DateTimeOffset now)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class where TFilter : class
    {
        var status = typeof(TState).GetProperty("Status");
        if (list.Filters.FirstOrDefault(filter => filter.Name == "status") is not { } filter || filter.Type != status?.PropertyType)
            return [];
        var all = await session.Query<TState>().ToListAsync(Ct);
        var viewer = viewers.MaxBy(viewer => all.Count(thing => thing.At(now).SeenBy(viewer, now) is not null))!;
        var due = typeof(TState).GetProperty("WakeAt") ?? typeof(TState).GetProperty("DueAt");
        var wakes = all.GroupBy(thing => status.GetValue(thing)).SelectMany(alike => alike.Select(thing => due?.GetValue(thing)).OfType<DateTimeOffset>().Distinct().Take(3));
        List<string> wrong = [];
        foreach (var at in wakes.SelectMany(wake => new[] { wake.AddMicroseconds(-1), wake, wake.AddSeconds(1) }).Append(now).Select(at => at.ToUniversalTime()).Distinct().Where(at => at >= now))
            foreach (var stands in Enum.GetValues(filter.Type))
            {
                var one = Array.CreateInstance(filter.Type, 1);
                one.SetValue(stands, 0);
                HashSet<Guid> listed = [.. await list.Matching(session, viewer, list.Wanted(member => member.Name == "status" ? one : null), at).Select(list.By.Id).ToListAsync(Ct)];
                wrong.AddRange(all.Where(thing => thing.At(at) is var then && listed.Contains(thing.Id) != (stands.Equals(status.GetValue(then)) && then.SeenBy(viewer, at) is not null))
                    .Select(thing => $"at {at:O} {typeof(TState).Name} {thing.Id} {(listed.Contains(thing.Id) ? "is" : "is not")} listed as {stands} and is {status.GetValue(thing.At(at))}"));
            }
        return wrong;
    }

    private static MethodInfo Method(string name) => typeof(ListsAndSight).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static async Task<IEnumerable<string>> Differ<TState, TFact>(IQuerySession session, IReadOnlyCollection<Actor> viewers, DateTimeOffset now, Func<Actor, Task<HashSet<Guid>>> listed)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact
    {
        var (kind, all) = (typeof(TState).Name, await session.Query<TState>().ToListAsync(Ct));
        List<string> wrong = [];
        HashSet<int> counts = [];
        foreach (var viewer in viewers)
        {
            var shown = await listed(viewer);
            counts.Add(shown.Count);
            wrong.AddRange(all.Where(thing => shown.Contains(thing.Id) != (thing.At(now).SeenBy(viewer, now) is not null)).Select(thing => $"{viewer} {(shown.Contains(thing.Id) ? "is" : "is not")} listed {kind} {thing.Id}"));
        }
        // Where all see the same, nothing is compared.
        return counts.Count > 1 ? wrong : [.. wrong, $"of {all.Count} {kind} everybody sees as many"];
    }

    // Who did anything, whose it is, and of every department a clerk, a supervisor and a system, and whoever may see all.
    private static async Task<IReadOnlyCollection<Actor>> Viewers(IQuerySession session)
    {
        var facts = await session.Events.QueryAllRawEvents().ToListAsync(Ct);
        var acted = facts.Select(fact => fact.Data.GetType().GetProperty("By")?.GetValue(fact.Data)).OfType<Actor>();
        var whose = (await session.Query<Licence>().ToListAsync(Ct)).SelectMany(licence => licence.HolderKeys)
            .Concat((await session.Query<Ticket>().ToListAsync(Ct)).Select(ticket => ticket.ApplicantKey).OfType<string>())
            .Concat((await session.Query<Appointment>().ToListAsync(Ct)).Select(appointment => appointment.ApplicantKey).OfType<string>());
        var departments = Enum.GetValues<Department>().SelectMany(department => new[]
        {
            System(department), new("onedoor-desk", $"p_{department}", department), new("onedoor-desk", $"p_{department}_lead", department, IsSupervisor: true),
        });
        Actor[] others = [new("onedoor-desk", "p_auditor", Department.ServiceOffice) { IsAuditor = true }, new("onedoor-desk", "p_auditor", Department.Tax) { IsAuditor = true }, new("kiosk-1", "kiosk-1", Hall: "airport"), new("mobile", "p_nobody", Applicant: "person:nobody")];
        return [.. acted.Concat(whose.Distinct().Select(key => new Actor("mobile", "p_other", Applicant: key))).Concat(departments).Concat(others).Distinct()];
    }
}
