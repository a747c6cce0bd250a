using Marten;
using NpgsqlTypes;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Staff;

/// <summary>How staff do their work, in figures from facts, and what is found of it (效能考核).</summary>
public static class StaffModule
{
    private static readonly ReadModel Rounds = ReadModel.Of<Round, RoundFact>(
        new ReadModelColumn("at", NpgsqlDbType.TimestampTz, state => ((Round)state).At), new ReadModelColumn("hall", NpgsqlDbType.Varchar, state => ((Round)state).Hall));

    private static readonly ReadModel Outages = ReadModel.Of<Outage, OutageFact>(
        new ReadModelColumn("from_at", NpgsqlDbType.TimestampTz, state => ((Outage)state).FromAt), new ReadModelColumn("until_at", NpgsqlDbType.TimestampTz, state => ((Outage)state).UntilAt),
        new ReadModelColumn("hall", NpgsqlDbType.Varchar, state => ((Outage)state).Hall));

    private static readonly ReadModel Assessments = ReadModel.Of<Assessment, AssessmentFact>(
        new ReadModelColumn("made_at", NpgsqlDbType.TimestampTz, state => ((Assessment)state).MadeAt), new ReadModelColumn("person", NpgsqlDbType.Varchar, state => ((Assessment)state).Person),
        new ReadModelColumn("wake_at", NpgsqlDbType.TimestampTz, state => ((Assessment)state).WakeAt));

    public static void AddStaff(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(marten =>
        {
            marten.AddStream<Round, RoundFact>();
            marten.Schema.For<Round>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(r => r.Version))
                .Duplicate(r => r.At, configure: index => index.Mask = "?, id").Duplicate(r => r.Hall);
            marten.AddStream<Outage, OutageFact>();
            marten.Schema.For<Outage>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(o => o.Version))
                .Duplicate(o => o.FromAt, configure: index => index.Mask = "?, id").Duplicate(o => o.UntilAt).Duplicate(o => o.Hall);
            marten.AddStream<Assessment, AssessmentFact>();
            marten.Schema.For<Assessment>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(a => a.Version))
                .Duplicate(a => a.MadeAt, configure: index => index.Mask = "?, id")
                .Duplicate(a => a.Person, configure: index => index.Mask = "?, made_at, id")
                .Duplicate(a => a.WakeAt, configure: index => index.Predicate = "wake_at is not null");
        });
        builder.Services.AddSingleton(Rounds);
        builder.Services.AddSingleton(Outages);
        builder.Services.AddSingleton(Assessments);
        builder.Services.AddSingleton<StaffFigureReader>();
        builder.Services.AddScoped<RoundChanges>();
        builder.Services.AddScoped<OutageChanges>();
        builder.Services.AddScoped<AssessmentChanges>();
        builder.Services.AddSingleton<ISweep>(new Sweep<Assessment, AssessmentFact>(
            (all, now) => all.Where(a => a.WakeAt != null && a.WakeAt <= now).OrderBy(a => a.WakeAt), (due, now) => due.Lapse(now)));
        builder.Services.AddSingleton<Told>(services => new Told<Round, RoundFact, RoundView>("round", services.GetRequiredService<StoredFacts>(), services.GetRequiredService<TimeProvider>())
        {
            At = fact => fact.At, Address = round => $"/v1/staff/rounds/{round.Id}", View = (round, _) => RoundView.Of(round),
        });
        builder.Services.AddSingleton<Told>(services => new Told<Outage, OutageFact, OutageView>("outage", services.GetRequiredService<StoredFacts>(), services.GetRequiredService<TimeProvider>())
        {
            At = fact => fact.At, Address = outage => $"/v1/staff/outages/{outage.Id}", View = (outage, _) => OutageView.Of(outage),
        });
        builder.Services.AddSingleton<Told>(services => new Told<Assessment, AssessmentFact, AssessmentView>("assessment", services.GetRequiredService<StoredFacts>(), services.GetRequiredService<TimeProvider>())
        {
            At = fact => fact.At, Address = assessment => $"/v1/staff/assessments/{assessment.Id}", View = (assessment, _) => AssessmentView.Of(assessment),
        });
        builder.Services.AddSingleton(new ContractTag("Staff", "How departments, windows and people do their work, in figures from facts, and what is found of it (效能考核)."));
        builder.AddGraph(StaffGraph.Add);
    }

    public static void MapStaff(this IEndpointRouteBuilder v1)
    {
        var staff = v1.MapGroup("/staff").WithTags("Staff");
        staff.MapGetPerformance();
        staff.MapGetExcellence();
        staff.MapRounds();
        staff.MapOutages();
        staff.MapAssessments();
        AssessmentOperations.All.OpenTo(new RestDoor<AssessmentChanges, AssessmentCommand, AssessmentView>(staff.MapGroup("/assessments")));
    }
}
