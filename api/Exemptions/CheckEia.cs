namespace OneDoor.Exemptions;

/// <summary>A project to be checked.</summary>
/// <param name="Class">Code of its class (项目类别).</param>
/// <param name="Answers">What the conditions of the class ask; others may be answered as well.</param>
public sealed record CheckEiaRequest(string Class, EiaAnswers? Answers = null);

/// <summary>POST /v1/exemptions/eia/check (MODE-8).</summary>
public static class CheckEia
{
    public static void MapCheckEia(this IEndpointRouteBuilder eia) => eia.MapPost("/check", Handle)
        .AllowAnonymous()
        .WithName("checkEia")
        .WithSummary("See whether a project needs an environmental impact assessment, and why (环评豁免判定)")
        .WithDescription("It records nothing: a submission that names its eiaClass is decided the same way.")
        .Produces<EiaDecision>()
        .Shows(ExemptionExamples.Request, ExemptionExamples.Decision)
        .Refuses(400, 413, 415, 422);

    private static IResult Handle(CheckEiaRequest request) =>
        Refused(request) is { } refused ? refused.ToProblem() : TypedResults.Ok(EiaDirectory.Zone.Decide(request.Class, request.Answers));

    /// <summary>Why it cannot be decided; null where it can.</summary>
    internal static Refusal? Refused(CheckEiaRequest request) => Refusal.AllOf(EiaDirectory.Zone.Refusals(request.Class, request.Answers));
}

/// <summary>What the documentation shows of exemptions: a car-repair shop.</summary>
public static class ExemptionExamples
{
    public static readonly CheckEiaRequest Request = new("services-car-repair", new(SensitiveArea: false, Spraying: false, Area: 800));
    public static readonly EiaDecision Decision = EiaDirectory.Zone.Decide(Request.Class, Request.Answers);

    /// <summary>The industry it is of.</summary>
    public static readonly EiaDirectory Directory =
        new([EiaDirectory.Zone.Find(Request.Class)!.Value.Industry with { Classes = [EiaDirectory.Zone.Find(Request.Class)!.Value.Class] }]);
}
