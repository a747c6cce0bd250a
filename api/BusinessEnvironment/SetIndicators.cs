using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using Microsoft.AspNetCore.Mvc;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.BusinessEnvironment;

/// <summary>Says how the business environment was evaluated in a year.</summary>
public sealed class BusinessIndicatorsChanges(ChangeTools tools, LegalClock clock) : Changes<BusinessIndicators, BusinessIndicatorsFact, SetBusinessIndicators>(tools)
{
    protected override Refusal NotFound => BusinessEnvironmentRefusals.NotFound;

    /// <inheritdoc cref="IChanges{TCommand}.Apply"/>
    public async Task<IResult> Apply(int year, string? ifMatch, SetBusinessIndicators command, CancellationToken ct) =>
        await Told(BusinessIndicators.IdOf(year), await Change(year, ifMatch, command, ct), ct);

    /// <inheritdoc cref="Apply"/>
    public Task<Outcome> Change(int year, string? ifMatch, SetBusinessIndicators command, CancellationToken ct) =>
        Change(BusinessIndicators.IdOf(year), ifMatch, command, command, BusinessIndicators.None(year, Tools.Now), ct);

    protected override object View(BusinessIndicators seen, int version, string language) => BusinessIndicatorsView.Of(seen with { Version = version });

    protected override Task<Decision<BusinessIndicatorsFact>> Decide(BusinessIndicators? before, SetBusinessIndicators command, CancellationToken ct) =>
        Task.FromResult(before!.Decide(command, new Asking(Tools.Caller.Actor, clock, Tools.Now)));
}

/// <summary>GET and PUT /v1/business-environment/{year}/indicators.</summary>
public static class SetIndicators
{
    public const string Does = "Say how the business environment was evaluated in a year, by the service office's supervisor (评价得分)",
        Reads = "Read how the business environment was evaluated in a year, now or as of a past instant";

    public static void MapIndicators(this IEndpointRouteBuilder years)
    {
        years.MapGet("/{year:int}/indicators", Read)
            .AllowAnonymous()
            .ReadsOne<BusinessIndicatorsView>("getBusinessIndicators", $"{Reads} (评价得分)", BusinessEnvironmentExamples.Evaluated)
            .WithDescription("Scores by framework, edition, assessor and method. The mean of a topic's pillars is given where the framework says so and all of them are there; no other figure is made of scores.");
        years.MapGet("/{year:int}/indicators/history", History)
            .AllowAnonymous()
            .ReadsOne<History<BusinessIndicatorsEvent>>("getBusinessIndicatorsHistory", "Read what was said of how a year was evaluated, in order", BusinessEnvironmentExamples.Said);
        years.MapPut("/{year:int}/indicators", (
                [Description("Which year.")] int year, SetBusinessIndicators request, BusinessIndicatorsChanges changes, CancellationToken ct,
                [FromHeader(Name = "If-Match")] string? ifMatch = null) => changes.Apply(year, ifMatch, request, ct))
            .Needs(Scopes.CasesSupervise)
            .WithName("setBusinessIndicators")
            .WithSummary(Does)
            .WithDescription("It replaces all that was said before of the year. Topics and pillars are the framework's; an edition of a framework that has ended is refused.")
            .TakesIdempotencyKey()
            .Produces<BusinessIndicatorsView>()
            .Shows(BusinessEnvironmentExamples.Scoring, BusinessEnvironmentExamples.Evaluated)
            .Refuses(400, 404, 409, 412, 413, 415, 422, 428);
    }

    /// <summary>What was said of a year; null where there can be nothing.</summary>
    public static async Task<BusinessIndicators?> IndicatorsOf(this IQuerySession session, int year, DateTimeOffset now, CancellationToken ct) =>
        BusinessIndicators.None(year, now) is { } none ? await session.LoadAsync<BusinessIndicators>(none.Id, ct) ?? none : null;

    /// <summary>The same, or what had been said by a past instant.</summary>
    public static async Task<BusinessIndicators?> IndicatorsOf(this StoredFacts facts, IQuerySession session, int year, DateTimeOffset? asOf, DateTimeOffset now, CancellationToken ct) =>
        BusinessIndicators.None(year, now) is { } none ? await facts.Find<BusinessIndicators, BusinessIndicatorsFact>(session, none.Id, asOf, ct) ?? none : null;

    /// <summary>What was said of a year, in order.</summary>
    public static async Task<IReadOnlyList<BusinessIndicatorsEvent>> HistoryOf(StoredFacts facts, int year, CancellationToken ct) =>
        [.. (await facts.Of<BusinessIndicatorsFact>(BusinessIndicators.IdOf(year), ct)).Select(BusinessIndicatorsEvent.Of)];

    private static async Task<IResult> Read(
        [Description("Which year.")] int year, HttpContext http, IQuerySession session, StoredFacts facts, Etags etags, TimeProvider time, CancellationToken ct,
        [DataType(DataType.DateTime), Description("An instant with its offset: what had been said by then.")] string? asOf = null)
    {
        var parameters = new Parameters();
        var instant = parameters.Instant(asOf, nameof(asOf));
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        return await facts.IndicatorsOf(session, year, instant, time.GetUtcNow(), ct) is { } found
            ? etags.Ok(http, found.Id, found.Version, BusinessIndicatorsView.Of(found)) : BusinessEnvironmentRefusals.NotFound.ToProblem();
    }

    private static async Task<IResult> History([Description("Which year.")] int year, HttpContext http, StoredFacts facts, Etags etags, TimeProvider time, CancellationToken ct)
    {
        if (BusinessIndicators.None(year, time.GetUtcNow()) is not { } none)
            return BusinessEnvironmentRefusals.NotFound.ToProblem();
        var said = await HistoryOf(facts, year, ct);
        return etags.Ok(http, none.Id, said.Count, new History<BusinessIndicatorsEvent>(said));
    }
}
