using System.Text.Json;
using System.Text.Json.Serialization;
using Marten;
using OneDoor.Clock;
using OneDoor.Platform;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

/// <summary>What happened to a case, in order and complete for its reader.</summary>
public sealed record CaseHistory(IReadOnlyList<HistoryEntry> Items);

/// <summary>One fact of a case.</summary>
/// <param name="Version">The case's version with this fact.</param>
/// <param name="Type">What happened, for instance <c>case-submitted</c>.</param>
/// <param name="By">Who did it; null when the clock did, and when its reader does not see whose share of the case it was.</param>
/// <param name="Details">What belongs to this type of fact; members that do not apply are absent.</param>
public sealed record HistoryEntry(int Version, string Type, DateTimeOffset At, HistoryActor? By, HistoryDetails Details);

/// <summary>Who did something.</summary>
public sealed record HistoryActor(string Client, Department? Department);

/// <summary>The particulars of a fact.</summary>
public sealed record HistoryDetails
{
    [JsonIgnore(Condition = WhenWritingNull)] public string? Step { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public string? Item { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public IReadOnlyList<string>? Materials { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public IReadOnlyList<MaterialProved>? Proved { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public IReadOnlyList<CorrectionLine>? Lines { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public DateTimeOffset? AcceptedAt { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public bool? Deemed { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public DateTimeOffset? DueAt { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public Department? From { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public Department? To { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public int? Pause { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public PauseReason? PauseReason { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public int? WorkingDays { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public string? Reason { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public RefusalGrounds? Refusal { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public CancelledBecause? Because { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public string? Licence { get; init; }
    [JsonIgnore(Condition = WhenWritingNull)] public Limit? Actual { get; init; }
}

/// <summary>GET /v1/cases/{id}/history (CASE-8).</summary>
public static class GetCaseHistory
{
    public static void MapGetCaseHistory(this IEndpointRouteBuilder cases) => cases.MapGet("/{id:guid}/history", Handle)
        .Needs(Scopes.CasesRead)
        .WithName("getCaseHistory")
        .WithSummary("Read what happened to a case, in order")
        .Produces<CaseHistory>()
        .Shows(request: null, CaseExamples.History)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400, 404);

    private static async Task<IResult> Handle(Guid id, HttpContext http, Caller caller, IQuerySession session, Etags etags, CancellationToken ct)
    {
        var current = await session.FindWhole(id, caller.Actor, ct);
        if (current is null)
            return CaseRefusals.NotFound.ToProblem();
        var language = Language.Of(http.Request);
        var seen = current.SeenBy(await session.FactsOf(id, ct), caller.Actor);
        return etags.Ok(http, id, current.Version, new CaseHistory([.. seen.Select(s => Entry(s.Version, RefusalGrounds.In(s.Fact, language)))]));
    }

    internal static HistoryEntry Entry(int version, CaseFact fact) => new(
        version, TypeOf(fact), fact.At, fact.By is { } by ? new HistoryActor(by.Client, by.Department) : null, DetailsOf(fact));

    private static string TypeOf(CaseFact fact) => JsonNamingPolicy.KebabCaseLower.ConvertName(fact.GetType().Name);

    private static HistoryDetails DetailsOf(CaseFact fact)
    {
        var step = new HistoryDetails { Step = (fact as IStepFact)?.Step };
        return fact switch
        {
            CaseSubmitted f => step with { Item = f.Plan.Item, Materials = [.. f.Materials.Select(m => m.Code)] },
            CaseAccepted f => step with { AcceptedAt = f.AcceptedAt, Deemed = f.Deemed, DueAt = f.Promised.At, Materials = [.. f.Deferred.Select(d => d.Code)] },
            CorrectionRequested f => step with { Lines = f.Lines },
            MaterialsSupplied f => step with { Materials = [.. f.Materials.Select(m => m.Code)] },
            MaterialsProved f => step with { Proved = f.Materials },
            StepRedirected f => step with { From = f.From, To = f.To, Reason = f.Reason },
            CaseMovedToItem f => step with { Item = f.Plan.Item, Reason = f.Reason },
            StepReferredUpward f => step with { Reason = f.Reason },
            StepOpened f => step with { DueAt = f.Due.At },
            StepGranted f => step with { Reason = f.Reason },
            StepRefused f => step with { Refusal = f.Grounds },
            StepCancelled f => step with { Because = f.Because },
            LicenceDelivered f => step with { Licence = f.Number },
            ClockPaused f => step with { Pause = f.Number, PauseReason = f.Reason, Reason = f.Note },
            ClockResumed f => step with { Pause = f.Number, DueAt = f.StepDue.At },
            LimitExtended f => step with { WorkingDays = f.WorkingDays, Reason = f.Reason, DueAt = f.Promised?.At },
            CaseGranted f => step with { Actual = f.Actual },
            CaseRefused f => step with { Step = f.Step, Refusal = f.Grounds, Actual = f.Actual },
            CaseWithdrawn f => step with { Reason = f.Reason },
            _ => step,
        };
    }
}
