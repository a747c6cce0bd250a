using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Cases;
using OneDoor.Graph;

namespace OneDoor.Evidence;

/// <summary>Evidence in GraphQL: what REST offers, by the same code.</summary>
public static class EvidenceGraph
{
    public static void Add(GraphRoots roots)
    {
        roots.Query.Field<CaseProof>("caseProof", nullable: true).Description("What proves a case's facts (存证); null when it does not exist for the caller.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The case's id.")
            .ResolveAsync(async context => await Proof(context))
            .Needs([.. Scopes.ToReadCases]).Costs(20);
        roots.Query.Field<NonNullGraphType<StringGraphType>>("logCheckpoint").Description("What the log of all facts signs of itself (检查点).")
            .ResolveAsync(async context => (await context.Service<FactLog>().Head(context.CancellationToken)).Checkpoint).Costs(5);
        roots.Query.Field<LogConsistency>("logConsistency", nullable: true).Description("What proves that the log goes on from a checkpoint that somebody has kept.")
            .Argument<LongGraphType>("from", "The size of the smaller one; 0, from which all go on, when left out.")
            .Argument<LongGraphType>("to", "The size of the larger one, that of the present checkpoint when left out.")
            .ResolveAsync(async context => context.Found(await GetLog.Find(
                context.GetArgument<long?>("from"), context.GetArgument<long?>("to"), context.Service<FactLog>(), context.Service<LogTable>(), context.CancellationToken))).Costs(5);
        roots.Query.Field<LogProof>("logInclusion", nullable: true).Description("What proves that the log has what a receipt (回执) says, whatever thing it is about; null where it has no such entry.")
            .Argument<NonNullGraphType<IdGraphType>>("thing", "The id of the thing, as the receipt has it.")
            .Argument<NonNullGraphType<IntGraphType>>("version", "The receipt's version.")
            .Argument<NonNullGraphType<StringGraphType>>("digest", "The receipt's digest.")
            .ResolveAsync(async context =>
            {
                var (proof, refused) = await GetLog.Find(
                    context.GetArgument<string>("thing"), context.GetArgument<int>("version"), context.GetArgument<string>("digest"),
                    context.Service<FactLog>(), context.Service<LogTable>(), context.CancellationToken);
                return refused is null || refused == LogRefusals.NoSuchEntry ? proof : throw context.Refused(refused);
            }).Costs(5);
    }

    private static async Task<CaseProof?> Proof(IResolveFieldContext context)
    {
        if (!Guid.TryParse(context.GetArgument<string>("id"), out var id))
            return null;
        await using var session = context.Service<IDocumentStore>().QuerySession();
        var (viewer, now, ct) = (context.Service<Caller>().Actor, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
        if (await session.FindWhole(id, viewer, now, ct) is not { } found)
            return null;
        context.NoteRead("case", id);
        return context.Found(await context.Service<CaseProofs>().Of(found, viewer, now, ct));
    }
}
