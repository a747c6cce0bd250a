using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>Every command on cases as a mutation.</summary>
public static class CaseMutations
{
    public static void Add(ObjectGraphType mutation)
    {
        var door = new GraphOperations<CaseChanges, CaseCommand>(
            mutation, "/v1/cases", "case", typeof(CaseGraphType), CaseRefusals.NotFound, answer => new SeenCase(answer.Read<CaseView>(), answer.Version))
        {
            Besides = payload => payload.Field<RefusalGraph>("refusal").Description("The former name of problem.")
                .DeprecationReason("A case's refusal is its grounds in law: use problem. To be had until 2027-06-30.").Resolve(context => context.Source.Problem),
        };
        door.Begin<SubmitCase>("submitCase", "Submit a case (申办): one request creates the whole case", "The whole application.", (changes, input, ct) => changes.Submit(input, ct), Scopes.CasesSubmit);
        CaseOperations.All.OpenTo(door);
    }
}
