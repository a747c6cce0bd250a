using Marten;
using OneDoor.Cases;
using OneDoor.Documents;
using OneDoor.Graph;
using Weasel.Postgresql;

namespace OneDoor.Licences;

/// <summary>Licences (电子证照): what granted cases issued, for as long as it lasts.</summary>
public static class LicencesModule
{
    // An index in the order of lists: what is equal in it is sorted by id.
    private const string Ordered = "?, issued_at, id";

    public static void AddLicences(this WebApplicationBuilder builder)
    {
        builder.Stores<Licence, LicenceFact>(licences => licences
            .Duplicate(l => l.Department, configure: index => index.Mask = Ordered)
            .Duplicate(l => l.SupervisedBy, configure: index => index.Mask = Ordered)
            .Duplicate(l => l.IssuedAt, configure: index => index.Mask = "?, id")
            .Duplicate(l => l.IsPublic, configure: index => index.Mask = Ordered)
            .Duplicate(l => l.StatusIndex)
            .Index(l => l.Status)
            .Index(l => l.Kind.Code)
            .Duplicate(l => l.DueAt, configure: index => index.Predicate = "due_at is not null")
            .GinIndexJsonDataMember(l => l.HolderKeys));
        builder.Services.ConfigureMarten((services, marten) =>
        {
            marten.Storage.ExtendedSchemaObjects.Add(new Sequence(StatusIndexes.Sequence));
            marten.Listeners.Add(services.GetRequiredService<LicenceMetrics>());
        });
        builder.Services.AddSingleton<ILicenceRegister, LicenceRegister>();
        builder.Services.AddSingleton<LicenceEnds>();
        builder.Services.AddSingleton(builder.Configuration.Read<LicenceOptions>("Licences"));
        builder.Services.AddScoped<LicenceChanges>();
        builder.Services.AddSingleton<StatusIndexes>();
        builder.Services.AddSingleton<StatusLists>();
        builder.Services.AddSingleton<VerifyLicence>();
        builder.Services.AddSingleton<PrintedRegister>(services => services.GetRequiredService<VerifyLicence>().Printed);
        builder.Services.AddScoped<LicencePapers>();
        builder.Services.AddSingleton(services => new WrittenWith<Licence, LicenceFact>((operations, licence, facts) => services.GetRequiredService<MakeDocuments>()
            .Write(operations, licence.Id, ("licence", licence.Number), facts, fact => LicenceDrafts.Of(licence, fact))));
        builder.Services.AddScoped<IsConfidential>(services => async (id, ct) => (await services.GetRequiredService<IQuerySession>().LoadAsync<Licence>(id, ct))?.Confidential);
        builder.Services.AddScoped<LicenceDocumentBatches>();
        builder.Services.AddSingleton<LicenceMetrics>();
        builder.Tells(LicenceReading.One, (licence, listener, _) => LicenceView.Of(licence, listener.Language));
        builder.Services.AddSingleton(new ContractTag("Licences", "What granted cases issued (电子证照): who holds it, until when, and how it ended."));
        builder.AddGraph(LicenceGraph.Add);
        builder.Services.AddSingleton<FormerLicences>();
        builder.Services.AddSingleton(services => new DataStep(services.GetRequiredService<FormerLicences>().Register));
        builder.Sweeps<Licence, LicenceFact>(l => l.WakeAt, (services, session, due, facts, ct) => services.GetRequiredService<LicenceEnds>().End(session, due, facts, ct));
    }

    public static void MapLicences(this IEndpointRouteBuilder v1)
    {
        var licences = v1.MapGroup(LicenceReading.One).WithTags("Licences");
        v1.MapList(ListLicences.All, "/licences").WithTags("Licences");
        v1.MapList(ListLicences.Register, LicenceExamples.Registered, "/register/licences").WithTags("Licences");
        licences.MapReading(LicenceReading.One);
        licences.MapGetPaper();
        licences.MapLicenceDocuments();
        VerifyLicence.Map(licences);
        licences.MapGetStatusList();
        LicenceOperations.All.OpenTo(new RestDoor<LicenceChanges, LicenceCommand, LicenceView>(licences, Licence.IdOf));
    }
}
