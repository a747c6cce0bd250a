using Marten;
using NpgsqlTypes;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Licences;

/// <summary>Licences (电子证照): what granted cases issued, for as long as it lasts.</summary>
public static class LicencesModule
{
    private static readonly ReadModel Licences = ReadModel.Of<Licence, LicenceFact>(
        new ReadModelColumn("due_at", NpgsqlDbType.TimestampTz, state => ((Licence)state).DueAt));

    public static void AddLicences(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(marten =>
        {
            marten.AddStream<Licence, LicenceFact>();
            marten.Schema.For<Licence>()
                .UseNumericRevisions(true)
                .Metadata(m => m.Revision.MapTo(l => l.Version))
                .Duplicate(l => l.DueAt, configure: index => index.Predicate = "due_at is not null")
                .GinIndexJsonDataMember(l => l.HolderKeys);
        });
        builder.Services.AddSingleton(Licences);
        builder.Services.AddSingleton<ILicenceRegister, LicenceRegister>();
        builder.Services.AddSingleton<FormerLicences>();
        builder.Services.AddSingleton(services => new DataStep(services.GetRequiredService<FormerLicences>().Register));
        builder.Services.AddSingleton<ISweep>(new Sweep<Licence, LicenceFact>(
            (licences, now) => licences.Where(l => l.DueAt != null && l.DueAt <= now).OrderBy(l => l.DueAt), (due, now) => due.Lapse(now)));
    }
}
