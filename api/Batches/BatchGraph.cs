using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.Batches;

/// <summary>Batches in GraphQL: what REST offers but the files, which come and go over REST alone.</summary>
public static class BatchGraph
{
    private const string Kind = "batch";

    public static void Add(GraphRoots roots)
    {
        var batch = roots.Shape<BatchView>("Batch", nameof(BatchView.Id));
        roots.Reads(ListBatches.One, batch);
        roots.Lists(ListBatches.All, batch);
        roots.Shape<BatchLineView>("BatchLine");
        roots.Connection<BatchLineView>("BatchLine", "A page of a batch's lines.");
        batch.Field<GraphPage<BatchLineView>>("lineList", nullable: false).Description("Its lines and what became of them, in the file's order.")
            .Argument<ListGraphType<NonNullGraphType<EnumerationGraphType<LineStatus>>>>("status", "Lines that stand so.")
            .Paged()
            .ResolveAsync(async context => await Lines(context, context.Source.Id)).Costs(10);
        roots.Subscription.Field<BatchView>("batchProgressed", nullable: false)
            .Description("The batch as it stands, and again whenever that has changed (批次进度), until it has ended. Ends with the token.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The batch's id.")
            .Resolve(context => context.Source as BatchView)
            .ResolveStreamAsync(async context =>
            {
                var id = GraphRoots.IdOf(Kind, context.GetArgument<string>("id"));
                if (await context.Service<BatchReader>().Find(id, context.Operation(), context.CancellationToken) is null)
                    throw context.Refused(BatchRefusals.NotFound);
                return GraphStream.Of(context, ct => Progress(context, id, ct));
            })
            .Needs(Scopes.CasesSubmit).Costs(20);
        BatchOperations.All.OpenTo(new GraphOperations<BatchChanges, BatchCommand, BatchView>(roots, ListBatches.One));
    }

    private static async IAsyncEnumerable<BatchView> Progress(IResolveFieldContext context, Guid id, [EnumeratorCancellation] CancellationToken ct)
    {
        if (context.Service<BatchReader>().Follow(id, context.User!, ct) is not { } followed)
            throw context.Refused(BatchRefusals.TooManyFollow);
        await foreach (var batch in followed)
            if (batch is not null)
                yield return batch;
    }

    private static async Task<GraphPage<BatchLineView>> Lines(IResolveFieldContext context, Guid batch)
    {
        var statuses = context.GetArgument<LineStatus[]?>("status");
        var list = GetBatch.ListOf(batch, statuses);
        var table = context.Service<BatchTable>();
        var (found, hasNext) = await table.PageOf(batch, statuses, context.Page(list), context.Language(), context.CancellationToken);
        return context.PageOf(list, found, hasNext, line => line, () => table.Count(batch, statuses, context.CancellationToken));
    }
}
