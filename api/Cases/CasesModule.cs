using JasperFx.Events.Projections;
using Marten;
using Marten.Services;
using OneDoor.Catalogue;
using OneDoor.Graph;
using OneDoor.Platform;
using Weasel.Postgresql;

namespace OneDoor.Cases;

/// <summary>The cases' facts, read model, routes and the sweep.</summary>
public static class CasesModule
{
    public static void AddCases(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.Read<SweepOptions>("Sweep"));
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
            marten.AddCaseColumns();
            marten.Listeners.Add(services.GetRequiredService<CaseMetrics>());
            marten.Storage.ExtendedSchemaObjects.Add(Idempotency.Answers);
        });
        builder.Services.AddSingleton(Idempotency.TakeOver);
        foreach (var step in CaseColumns.Steps)
            builder.Services.AddSingleton(step);
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
