using Marten;
using OneDoor.Cases;
using OneDoor.Graph;

namespace OneDoor.Documents;

/// <summary>What is told in writing (文书): made with the facts of cases, numbered and sealed.</summary>
public static class DocumentsModule
{
    public static void AddDocuments(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(marten => marten.Storage.ExtendedSchemaObjects.AddRange(DocumentTable.Schema));
        builder.Services.AddSingleton(builder.Configuration.Read<DocumentOptions>("Documents"));
        builder.Services.AddSingleton<DocumentTable>();
        builder.Services.AddSingleton<DocumentFonts>();
        builder.Services.AddSingleton<DocumentPdf>();
        builder.Services.AddSingleton<DocumentNumbers>();
        builder.Services.AddSingleton<MakeDocuments>();
        builder.Services.AddSingleton<SeenDocuments>();
        builder.Services.AddSingleton(services => new WrittenWith<Case, CaseFact>(services.GetRequiredService<MakeDocuments>().Write));
        builder.Services.AddSingleton(DocumentTable.Erased);
        builder.Services.AddScoped<DocumentBatches>();
        builder.Services.AddScoped<IsConfidential>(services => async (id, ct) => (await services.GetRequiredService<IQuerySession>().LoadAsync<Case>(id, ct))?.Plan.Confidential);
        builder.Services.AddScoped<VerifyDocument>();
        builder.Services.AddScoped<DocumentAnswers>();
        builder.Services.AddScoped<PrintedRegister>(services => services.GetRequiredService<VerifyDocument>().Find);
        builder.Services.AddSingleton(new ContractTag("Documents", "What authorities tell in writing (文书), numbered and sealed. Whether a document is genuine, anybody may ask."));
        builder.AddGraph(DocumentGraph.Add);
    }

    public static void MapDocuments(this IEndpointRouteBuilder v1)
    {
        var cases = v1.MapGroup("/cases").WithTags("Documents");
        cases.MapListDocuments();
        cases.MapGetDocument();
    }
}
