using System.ComponentModel;
using Marten;

namespace OneDoor.BusinessEnvironment;

/// <summary>Reads what has been done of a plan's measures, for both doors and the page.</summary>
public sealed class MeasureReader(IDocumentStore store, StoredFacts facts, TimeProvider time)
{
    /// <summary>The plan of a year with what has been done of it, now or as of a past instant; null where there is none.</summary>
    public async Task<BusinessEnvironmentView?> Plan(int year, DateTimeOffset? asOf, CancellationToken ct)
    {
        if (BusinessEnvironmentPlan.Of(year) is not { } plan)
            return null;
        var views = (await Read([.. plan.Measures.Select(measure => Measure.None(year, measure.Code)!)], asOf, ct)).ToDictionary(view => view.Code);
        return BusinessEnvironmentView.Of(plan, views);
    }

    /// <summary>A measure, now or as of a past instant; null where there is none.</summary>
    public async Task<MeasureView?> Find(int year, string code, DateTimeOffset? asOf, CancellationToken ct) =>
        Measure.None(year, code) is { } measure ? (await Read([measure], asOf, ct))[0] : null;

    /// <summary>What was reported of a measure and found of it.</summary>
    public async Task<IReadOnlyList<MeasureEvent>> ProgressOf(int year, string code, CancellationToken ct) =>
        [.. (await facts.Of<MeasureFact>(Measure.IdOf(year, code), ct)).Select(MeasureEvent.Of)];

    // Each as it is before its first fact where nothing was reported of it by then.
    private async Task<IReadOnlyList<MeasureView>> Read(Measure[] untouched, DateTimeOffset? asOf, CancellationToken ct)
    {
        var (now, ids) = (time.GetUtcNow(), untouched.Select(measure => measure.Id).ToArray());
        if (asOf is { } then && then < now)
        {
            var all = await facts.Of<MeasureFact>(ids, ct);
            return [.. untouched.Select(measure => MeasureView.Of(all[measure.Id].TakeWhile(fact => fact.At <= then).Aggregate(measure, Measure.Evolve), then))];
        }
        await using var session = store.QuerySession();
        var known = (await session.LoadManyAsync<Measure>(ct, ids)).ToDictionary(measure => measure.Id);
        return [.. untouched.Select(measure => MeasureView.Of(known.GetValueOrDefault(measure.Id, measure), now))];
    }
}

/// <summary>GET /v1/business-environment/{year}, its measures, and by what business environments are evaluated.</summary>
public static class ReadBusinessEnvironment
{
    public const string Reads = "Read what the zone does in a year for its business environment, and how far it has come", ReadsOne = "Read a measure of the plan, now or as of a past instant",
        ReadsProgress = "Read what was reported of a measure and found of it, in order", ReadsFrameworks = "Read by which frameworks business environments are evaluated";

    public static void MapReadBusinessEnvironment(this IEndpointRouteBuilder years)
    {
        years.MapGet("/frameworks", (HttpContext http, Etags etags) => etags.OkForAll(http, EvaluationFrameworks.Known))
            .AllowAnonymous()
            .Reads<EvaluationFrameworks>("getEvaluationFrameworks", $"{ReadsFrameworks} (评价体系)", BusinessEnvironmentExamples.Frameworks)
            .WithDescription("With their topics and pillars, by the codes of which scores are recorded.");
        years.MapGet("/{year:int}", Plan)
            .AllowAnonymous()
            .ReadsOne<BusinessEnvironmentView>("getBusinessEnvironment", $"{Reads} (优化营商环境工作方案)", BusinessEnvironmentExamples.Plan)
            .WithDescription("The plan is data, what has been done of it are facts: nothing is under way until its owner reports it.");
        years.MapGet("/{year:int}/measures/{code}", One)
            .AllowAnonymous()
            .ReadsOne<MeasureView>("getMeasure", ReadsOne, BusinessEnvironmentExamples.Reported);
        years.MapGet("/{year:int}/measures/{code}/progress", Progress)
            .AllowAnonymous()
            .ReadsOne<MeasureProgress>("getMeasureProgress", ReadsProgress, BusinessEnvironmentExamples.Progress);
    }

    private static async Task<IResult> Plan(
        [Description("Year of the plan.")] int year, HttpContext http, MeasureReader reader, Etags etags, CancellationToken ct,
        [Description("An instant with its offset: what had been done by then.")] InstantParameter? asOf = null) =>
        await reader.Plan(year, asOf?.At, ct) is { } plan ? etags.OkForAll(http, plan) : BusinessEnvironmentRefusals.NotFound.ToProblem();

    private static async Task<IResult> One(
        [Description("Year of the plan.")] int year, [Description("Code of the measure.")] string code, HttpContext http, MeasureReader reader, Etags etags, CancellationToken ct,
        [Description("An instant with its offset: the measure as it was then.")] InstantParameter? asOf = null) =>
        await reader.Find(year, code, asOf?.At, ct) is { } found ? etags.Ok(http, Measure.IdOf(year, code), found.Version, found) : MeasureRefusals.NotFound.ToProblem();

    private static async Task<IResult> Progress(
        [Description("Year of the plan.")] int year, [Description("Code of the measure.")] string code, HttpContext http, MeasureReader reader, Etags etags, CancellationToken ct) =>
        await reader.Find(year, code, null, ct) is { } found
            ? etags.Ok(http, Measure.IdOf(year, code), found.Version, new MeasureProgress(await reader.ProgressOf(year, code, ct))) : MeasureRefusals.NotFound.ToProblem();
}
