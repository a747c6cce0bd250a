using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Cases;
using OneDoor.Graph;

namespace OneDoor.Standing;

/// <summary>Standing in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class StandingGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Shape<StandingView>("Standing");
        roots.Reads(GetStanding.Record, roots.Shape<CreditRecordView>("CreditRecord"));
        roots.Query.Field<StandingView>("standing", nullable: true).Description("What somebody did not keep (信用状况), and what that bars them from: one's own; a department names somebody.")
            .Argument<StringGraphType>("applicant", "Whose, by unified social credit code or citizen identity number; of others kind:number, or kind:country:number.")
            .ResolveAsync(async context =>
            {
                var (parameters, caller) = (new Parameters(), context.Service<Caller>());
                var named = CaseFilter.ApplicantOf(parameters, context.GetArgument<string?>("applicant"), "applicant");
                if ((parameters.Refused ?? GetStanding.Refused(caller.Actor, named)) is { } refused)
                    throw context.Refused(refused);
                await using var session = context.Service<IDocumentStore>().QuerySession();
                var (standing, records) = await GetStanding.Of(
                    caller.Actor, named, session, context.Service<FoundTable>(), context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
                context.NoteRead("credit", records);
                return standing;
            })
            .Needs(Scopes.CasesRead, Scopes.CasesHandle, Scopes.SupervisionHandle).Costs(10);
        CreditOperations.All.OpenTo(new GraphOperations<CreditChanges, CreditCommand, CreditRecordView>(roots, GetStanding.Record));
    }
}
