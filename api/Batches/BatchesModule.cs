using Marten;
using OneDoor.Graph;

namespace OneDoor.Batches;

/// <summary>Batches (批量录入): files of applications, one in each line.</summary>
public static class BatchesModule
{
    public static void AddBatches(this WebApplicationBuilder builder)
    {
        builder.Stores<Batch, BatchFact>(batches => batches
            .Metadata(m => m.LastModified.Enabled = false)
            .Duplicate(b => b.ReceivedAt, configure: index => index.Mask = "?, id")
            .Duplicate(b => b.SentBy, configure: index => index.Mask = "?, received_at, id")
            .Duplicate(b => b.EmployerKey, configure: index => index.Mask = "?, received_at, id")
            .Duplicate(b => b.EndedAt)
            .Duplicate(b => b.DropAt, configure: index => index.Predicate = "drop_at is not null"));
        builder.Services.ConfigureMarten(marten => marten.Storage.ExtendedSchemaObjects.Add(BatchTable.Schema));
        builder.Services.AddSingleton(BatchTable.Written);
        builder.Services.AddSingleton(BatchTable.Erased);
        builder.Services.AddSingleton<BatchTable>();
        builder.Services.AddSingleton<BatchFollowers>();
        builder.Services.AddSingleton<BatchSenders>();
        builder.Services.AddSingleton<SubmitLine>();
        builder.Services.AddScoped<BatchChanges>();
        builder.Services.AddScoped<BatchReader>();
        builder.Services.AddHostedService<RunBatches>();
        builder.Tells(ListBatches.One, (batch, _, _) => ToldBatch.Of(batch));
        builder.Services.AddSingleton<ISweep>(new Sweep<Batch, BatchFact>(
            (batches, now) => batches.Where(b => b.DropAt != null && b.DropAt < now).OrderBy(b => b.DropAt), (ended, now) => ended.Lapse(now)));
        builder.Services.AddSingleton(new ContractTag("Batches", "Applications by an employer for many workers, one in each line of a file (批量录入)."));
        builder.AddGraph(BatchGraph.Add);
    }

    public static void MapBatches(this IEndpointRouteBuilder v1)
    {
        var batches = v1.MapGroup(ListBatches.One).WithTags("Batches");
        batches.MapSendBatch();
        batches.MapList(ListBatches.All);
        batches.MapGetBatch();
        batches.MapHistory(ListBatches.One);
        BatchOperations.All.OpenTo(new RestDoor<BatchChanges, BatchCommand, BatchView>(batches));
    }
}
