using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.Cases;

/// <summary>Every command on cases as a mutation.</summary>
public static class CaseMutations
{
    public static void Add(GraphRoots roots)
    {
        var former = new GraphShape<GraphProblem, GraphProblem>("Refusal", problem => problem, []) { Description = "The former name of Problem." };
        var door = Door(roots, "/v1/cases", payload => payload.Field("refusal", former).Description("The former name of problem.")
            .DeprecationReason("A case's refusal is its grounds in law: use problem. To be had until 2027-06-30.").Resolve(context => context.Source.Problem));
        door.Begin(CaseOperations.Submit);
        CaseOperations.All.OpenTo(door);
    }

    /// <summary>Commands on cases that are posted to an address.</summary>
    public static GraphOperations<CaseChanges, CaseCommand, SeenCase> Door(GraphRoots roots, string address, Action<ObjectGraphType<GraphPayload<SeenCase>>>? besides = null) => new(
        roots, CaseChanges.Resource with { Address = address }, answer => new SeenCase(answer.Read<CaseView>()))
    {
        Besides = besides ?? (_ => { }),
    };
}
