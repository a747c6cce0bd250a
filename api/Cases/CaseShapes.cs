using System.Text.Json;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using GraphQL.Types;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;
using OneDoor.Graph;

namespace OneDoor.Cases;

/// <summary>A case as the caller sees it.</summary>
/// <param name="View">The case.</param>
/// <param name="IsOutline">A task's, whose reader may not read cases: it shows no more of it than REST's worklist does.</param>
public sealed record SeenCase(CaseView View, bool IsOutline = false)
{
    /// <summary>What its application says, and what is remarked on that: it takes as long to read as all else together, and few ask for it.</summary>
    public Lazy<(JsonElement? Form, IReadOnlyList<CaseRemark> Remarks)> Said { get; init; } = new((View.Form, View.Remarks));

    public int Version => View.Version;

    /// <summary>What batches ask for.</summary>
    public (Guid Id, int Version) Key => (View.Id, View.Version);

    public static SeenCase Of(Case seen, IResolveFieldContext context)
    {
        var language = context.Language();
        return new(CaseView.Of(seen, form: null, language)) { Said = new(Said) };

        (JsonElement?, IReadOnlyList<CaseRemark>) Said()
        {
            var form = AnswerText.Read(seen.Form);
            return (form, CaseRemark.Of(seen, form, language));
        }
    }

    /// <summary>The case of a task, for which another scope will do than for a case.</summary>
    public static SeenCase OfTask(Case seen, IResolveFieldContext context) =>
        Of(seen, context) with { IsOutline = !Caller.ScopesOf(context.User!).Overlaps(Scopes.ToReadCases) };
}

/// <summary>A step that waits for a department (待办).</summary>
/// <param name="Case">Its case, as the reader sees it.</param>
/// <param name="Step">The step.</param>
public sealed record CaseTask(SeenCase Case, StepView Step);

/// <summary>A case in which something changed for a department.</summary>
/// <param name="Case">The case, as the reader sees it now.</param>
/// <param name="Tasks">What waits for the department in it now (待办); empty when nothing does.</param>
public sealed record TasksChange(SeenCase Case, IReadOnlyList<CaseTask> Tasks);

/// <summary>As what GraphQL shows and takes the records of cases.</summary>
internal static class CaseShapes
{
    // What REST's worklist shows of a case.
    private static readonly string[] Outline = ["id", "number", "status", "version", "item", "applicant", "dueAt"];

    public static void Add(GraphRoots roots)
    {
        AddCase(roots);
        OfTask(roots.Shape<CaseTask>("Task"));
        OfTask(roots.Shape<TasksChange>("TasksChange"));
        roots.Shape<CaseItem>("CaseItem", nameof(CaseItem.Href)).Field<ItemPublished>("entry", nullable: true).Description("The catalogue's entry in that version.")
            .ResolveAsync(async context => await context.Service<CurrentCatalogue>().Version(context.Source.Code, context.Source.Version, context.CancellationToken));
        roots.Shape<StepView>("Step");
        roots.Shape<MaterialView>("MaterialGiven");
        roots.Shape<ResultView>("ResultDocument");
        roots.Shape<PledgeView>("Pledge");
        roots.Shape<MinutesView>("HearingMinutes");
        roots.Shape<HearingView>("CaseHearing");
        roots.Shape<CaseLicence>("DeliveredLicence", nameof(CaseLicence.Href));
        roots.Shape<HistoryEntry>("HistoryEntry", nameof(HistoryEntry.Details)).Field("details", new NonNullGraphType(new GraphAnyOf(
                "HistoryDetails", "The particulars of a fact; those that do not apply are null.", HistoryEntry.Rows.Select(row => (row.Type, row.Details)))))
            .Description("What belongs to this type of fact.").Resolve(context => context.Source.Details);
    }

    private static void AddCase(GraphRoots roots)
    {
        var shape = roots.Shape<SeenCase, CaseView>("Case", seen => seen.View, nameof(CaseView.Id));
        shape.GetField("form")!.Resolver = new FuncFieldResolver<SeenCase, object?>(context => context.Source.Said.Value.Form);
        shape.GetField("remarks")!.Resolver = new FuncFieldResolver<SeenCase, object?>(context => context.Source.Said.Value.Remarks);
        roots.Node(shape, "", c => c.View.Id.ToString(), async (context, id) =>
            Guid.TryParse(id, out var guid) && Caller.ScopesOf(context.User!).Overlaps(Scopes.ToReadCases) ? await CaseGraph.Find(context, guid, null) : null);
        shape.Field("dueAt", c => c.View.Clock.Promised.DueAt)
            .Description("When the promised limit ends; null before acceptance and while the clock stands still.");
        shape.Field<IDataLoaderResult<CaseClock>>("explainedClock", nullable: false).Description("The clock with every day that was not counted.")
            .Resolve(context => context.Service<CaseBatches>().Cases.Load(context.Source.Key, whole =>
                context.Service<TimeProvider>().GetUtcNow() is var now && whole?.SeenBy(context.Service<Caller>().Actor, now) is { } seen
                    ? GetCaseClock.Explain(whole, seen, context.Service<LegalClock>(), now)
                    : context.Source.View.Clock))
            .Needs([.. Scopes.ToReadCases]);
        shape.Field<IDataLoaderResult<StepPlan?>>("plan", nullable: true)
            .Description("When its steps run and have to, and how late each may be; before acceptance as if it were accepted now. A department sees its own steps.")
            .Resolve(context => context.Service<CaseBatches>().Cases.Load(context.Source.Key, whole =>
                context.Service<TimeProvider>().GetUtcNow() is var now && whole?.SeenBy(context.Service<Caller>().Actor, now) is { } seen
                    ? GetCasePlan.Of(whole, seen, context.Service<LegalClock>(), now)
                    : null))
            .Needs([.. Scopes.ToReadCases]);
        shape.Field("history", GraphList.Of<HistoryEntry>())
            .Description("What happened to it, in order and complete for its reader (办理经过).")
            .Resolve(context => context.Service<CaseBatches>().Histories.Load(context.Source.Key, facts => GetCaseHistory.Entries(facts ?? [], context.Service<Caller>().Actor, context.Language())))
            .Needs([.. Scopes.ToReadCases]);
        foreach (var field in shape.Fields.Where(f => !Outline.Contains(f.Name)))
            field.Resolver = new BeyondOutline(field.Resolver!);
    }

    private static void OfTask(IObjectGraphType shape) =>
        shape.GetField("case")!.Description += $" More of it than {string.Join(", ", Outline)} needs the scope {Scopes.CasesRead}.";

    private sealed class BeyondOutline(IFieldResolver inner) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) =>
            context.Source is SeenCase { IsOutline: true } ? throw context.LacksScope(Scopes.CasesRead) : inner.ResolveAsync(context);
    }
}
