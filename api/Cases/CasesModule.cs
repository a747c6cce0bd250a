using JasperFx.Events.Projections;
using Marten;
using Marten.Services;
using OneDoor.Catalogue;
using OneDoor.Platform;
using Weasel.Postgresql;

namespace OneDoor.Cases;

/// <summary>The cases' facts, read model, routes and the sweep.</summary>
public static class CasesModule
{
    public static void AddCases(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten((services, marten) =>
        {
            ((SystemTextJsonSerializer)marten.Serializer()).Configure(json =>
                json.Converters.Add(new PinnedPlans(services.GetRequiredService<CurrentCatalogue>)));
            // The alias is the storage format: it never changes.
            var events = marten.Events;
            events.MapEventType<CaseSubmitted>("case_submitted");
            events.MapEventType<CaseAccepted>("case_accepted");
            events.MapEventType<CorrectionRequested>("case_correction_requested");
            events.MapEventType<MaterialsSupplied>("case_materials_supplied");
            events.MapEventType<MaterialsProved>("case_materials_proved");
            events.MapEventType<StepRedirected>("step_redirected");
            events.MapEventType<CaseMovedToItem>("case_moved_to_item");
            events.MapEventType<StepReferredUpward>("step_referred_upward");
            events.MapEventType<StepOpened>("step_opened");
            events.MapEventType<StepGranted>("step_granted");
            events.MapEventType<StepRefused>("step_refused");
            events.MapEventType<StepCancelled>("step_cancelled");
            events.MapEventType<LicenceDelivered>("licence_delivered");
            events.MapEventType<ClockPaused>("clock_paused");
            events.MapEventType<ClockResumed>("clock_resumed");
            events.MapEventType<LimitExtended>("limit_extended");
            events.MapEventType<CaseGranted>("case_granted");
            events.MapEventType<CaseRefused>("case_refused");
            events.MapEventType<CaseWithdrawn>("case_withdrawn");
            marten.Storage.ExtendedSchemaObjects.Add(new Sequence(CaseNumbers.Sequence));
            marten.Projections.Add<CaseStream>(ProjectionLifecycle.Inline);
            marten.Schema.For<Case>()
                .UseNumericRevisions(true)
                .Metadata(m => m.Revision.MapTo(c => c.Version))
                .Duplicate(c => c.ApplicantKey)
                .Duplicate(c => c.SubmittedBy)
                .Duplicate(c => c.AcceptBy, configure: index => index.Predicate = "accept_by is not null")
                .Duplicate(c => c.LateAfter, configure: index => index.Predicate = "late_after is not null")
                .Duplicate(c => c.Plan.Item)
                .GinIndexJsonDataMember(c => c.StepsInBrief);
            marten.Listeners.Add(services.GetRequiredService<CaseMetrics>());
            marten.Storage.ExtendedSchemaObjects.Add(Idempotency.Answers);
        });
        builder.Services.AddSingleton(Idempotency.TakeOver);
        // Every list looks into the rows it passes; a case of a few KB is not worth packing and unpacking each time.
        builder.Services.AddSingleton(new SchemaStep($"alter table {Store.Schema}.mt_doc_case set (toast_tuple_target = 8160)"));
        builder.Services.AddSingleton<CaseMetrics>();
        builder.Services.AddSingleton<CaseNumbers>();
        builder.Services.AddSingleton<KnownCases>();
        builder.Services.AddScoped<CaseChange>();
        builder.Services.AddScoped<CaseSubmission>();
        builder.Services.AddScoped<CaseBatches>();
        builder.Services.AddSingleton<CaseNews>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CaseNews>());
        builder.AddGraph(CaseGraph.Add);
        builder.Services.AddScoped<Idempotency>();
        builder.Services.AddHostedService<LapseCases>();
    }

    public static void MapCases(this IEndpointRouteBuilder v1)
    {
        var cases = v1.MapGroup("/cases").WithTags("Cases");
        cases.MapSubmitCase();
        cases.MapListCases();
        cases.MapGetCase();
        cases.MapGetCaseHistory();
        cases.MapGetCaseClock();
        cases.MapAcceptCase();
        cases.MapSendCorrectionNotice();
        cases.MapSupplyMaterials();
        cases.MapReferCase();
        cases.MapRefuseCase();
        cases.MapWithdrawCase();
        cases.MapExtendLimit();
        cases.MapPauseClock();
        cases.MapDecideStep();
        v1.MapListTasks();
        v1.MapPreviewItem();
    }
}
