using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.Exemptions;

/// <summary>Exemptions in GraphQL.</summary>
public static class ExemptionGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Query.Field<EiaDirectory>("eiaDirectory", nullable: true).Description("The directory of projects that need no environmental impact assessment (环评豁免目录).")
            .Resolve(_ => EiaDirectory.Zone).Costs(5);
        roots.Query.Field<EiaDecision>("checkEia", nullable: true).Description("Whether a project needs an environmental impact assessment, and why (环评豁免判定).")
            .Argument<NonNullGraphType<StringGraphType>>("class", "Code of its class.")
            .Argument<GraphInput<EiaAnswers>>("answers", "What the conditions of the class ask.")
            .Resolve(context =>
            {
                var request = new CheckEiaRequest(context.GetArgument<string>("class"), context.GetArgument<EiaAnswers?>("answers"));
                return CheckEia.Refused(request) is { } refused ? throw context.Refused(refused) : EiaDirectory.Zone.Decide(request.Class, request.Answers);
            }).Costs(5);
    }
}
