using System.ComponentModel;
using System.Globalization;
using Marten;
using Microsoft.AspNetCore.Mvc;
using OneDoor.Clock;

namespace OneDoor.BusinessEnvironment;

/// <summary>Says how the business environment was evaluated in a year.</summary>
public sealed class BusinessIndicatorsChanges(ChangeTools tools, LegalClock clock) : Changes<BusinessIndicators, BusinessIndicatorsFact, SetBusinessIndicators>(tools, SetIndicators.One)
{
    protected override object View(BusinessIndicators seen, int version, string language) => BusinessIndicatorsView.Of(seen with { Version = version });

    protected override Task<Decision<BusinessIndicatorsFact>> Decide(BusinessIndicators? before, SetBusinessIndicators command, CancellationToken ct) =>
        Task.FromResult(before!.Decide(command, new Asking(Tools.Caller.Actor, clock, Tools.Now)));
}

/// <summary>GET and PUT /v1/business-environment/{year}/indicators.</summary>
public static class SetIndicators
{
    public const string Does = "Say how the business environment was evaluated in a year, by the service office's supervisor (评价得分)";

    public static readonly Reading<BusinessIndicators, BusinessIndicatorsFact, BusinessIndicatorsView, BusinessIndicatorsEvent> One = new(
        "businessIndicators", "how the business environment was evaluated in a year", "评价得分", Noted: null, "/v1/business-environment", BusinessEnvironmentRefusals.NotFound)
    {
        View = (indicators, _) => new(BusinessIndicatorsView.Of(indicators)),
        Event = (fact, i, _) => BusinessIndicatorsEvent.Of(fact, i),
        Key = view => $"{view.Year}",
        ByNumber = year => BusinessIndicators.IdOf(int.Parse(year, CultureInfo.InvariantCulture)),
        Shows = (BusinessEnvironmentExamples.Evaluated, BusinessEnvironmentExamples.Said),
    };

    /// <summary>What reading it does, for both doors.</summary>
    public static string Reads => $"Read {One.Says}, now or as of a past instant ({One.Term})";

    public static void MapIndicators(this IEndpointRouteBuilder years)
    {
        years.MapGet("/{year:int}/indicators", (
                [Description("Which year.")] int year, ReadingTools tools, TimeProvider time, CancellationToken ct,
                [Description("An instant with its offset: what had been said by then.")] InstantParameter? asOf = null) =>
                One.Answer(tools, BusinessIndicators.IdOf(year), asOf, ct, BusinessIndicators.None(year, time.GetUtcNow())))
            .AllowAnonymous()
            .ReadsOne<BusinessIndicatorsView>("getBusinessIndicators", Reads, One.Shows.One)
            .WithDescription("Scores by framework, edition, assessor and method. The mean of a topic's pillars is given where the framework says so and all of them are there; no other figure is made of scores.");
        years.MapGet("/{year:int}/indicators/history", ([Description("Which year.")] int year, ReadingTools tools, TimeProvider time, CancellationToken ct) =>
                One.AnswerHistory(tools, BusinessIndicators.IdOf(year), ct, BusinessIndicators.None(year, time.GetUtcNow())))
            .AllowAnonymous()
            .ReadsOne<History<BusinessIndicatorsEvent>>("getBusinessIndicatorsHistory", "Read what was said of how a year was evaluated, in order", One.Shows.History);
        years.MapPut("/{year:int}/indicators", (
                [Description("Which year.")] int year, SetBusinessIndicators request, BusinessIndicatorsChanges changes, TimeProvider time, CancellationToken ct,
                [FromHeader(Name = "If-Match")] string? ifMatch = null) => changes.Apply(BusinessIndicators.None(year, time.GetUtcNow()), ifMatch, request, ct))
            .Needs(Scopes.CasesSupervise)
            .Changes<BusinessIndicatorsView>("setBusinessIndicators", Does, BusinessEnvironmentExamples.Scoring, BusinessEnvironmentExamples.Evaluated)
            .WithDescription("It replaces all that was said before of the year. Topics and pillars are the framework's; an edition of a framework that has ended is refused.");
    }

    /// <summary>What was said of a year; null where there can be nothing.</summary>
    public static async Task<BusinessIndicators?> IndicatorsOf(this IQuerySession session, int year, DateTimeOffset now, CancellationToken ct) =>
        BusinessIndicators.None(year, now) is { } none ? await session.LoadAsync<BusinessIndicators>(none.Id, ct) ?? none : null;
}
