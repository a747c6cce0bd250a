using Marten;
using OneDoor.Graph;

namespace OneDoor.Evidence;

/// <summary>Evidence (存证): receipts, chains of facts, and the log of all of them.</summary>
public static class EvidenceModule
{
    public static void AddEvidence(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(marten =>
        {
            marten.Schema.For<LogKey>();
            marten.Storage.ExtendedSchemaObjects.AddRange(LogTable.Schema);
            marten.Events.MapEventType<PersonalDataErased>(Streams.AliasOf(typeof(PersonalDataErased)));
        });
        builder.Services.AddSingleton(builder.Configuration.Read<LogOptions>("Log"));
        builder.Services.AddSingleton<FactChains>();
        builder.Services.AddSingleton<LogTable>();
        builder.Services.AddSingleton(LogTable.Lag);
        builder.Services.AddSingleton<LogKeys>();
        builder.Services.AddSingleton<FactLog>();
        builder.Services.AddSingleton<CaseProofs>();
        builder.Services.AddSingleton<VerifyFacts>();
        builder.Services.AddSingleton<IReceipts, GiveReceipts>();
        builder.Services.AddSingleton<PublishedKey>(services => services.GetRequiredService<LogKeys>().Published);
        builder.Services.AddHostedService<KeepLog>();
        builder.Services.AddSingleton(new ContractTag("Evidence", "Proof that facts are those that were stored (存证): the log of all of them, which anybody may watch."));
        builder.AddGraph(EvidenceGraph.Add);
    }

    public static void MapEvidence(this IEndpointRouteBuilder v1)
    {
        v1.MapGroup("/cases").WithTags("Evidence").MapGetCaseProof();
        v1.MapGetLog();
    }
}
