using Marten;
using Marten.Services;
using OneDoor.Catalogue;
using OneDoor.Graph;
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
            marten.Storage.ExtendedSchemaObjects.Add(new Sequence(CaseNumbers.Sequence));
            marten.Listeners.Add(services.GetRequiredService<CaseMetrics>());
        });
        builder.Services.AddSingleton(CaseColumns.Tuning);
        builder.Stores<Case, CaseFact>(
            cases => cases
                .Duplicate(c => c.Number)
                .Duplicate(c => c.AcceptBy, configure: index => index.Predicate = "accept_by is not null")
                .Duplicate(c => c.WakeAt, configure: index => index.Predicate = "wake_at is not null")
                .Duplicate(c => c.ProvisionalUntil, configure: index => index.Predicate = "provisional_until is not null")
                .Duplicate(c => c.Raised, configure: index => index.Predicate = "raised is not null"),
            new Listing(CaseColumns.Kind, state => ((Case)state).Find()),
            // What no release has written, but builds on the way to this one. What a release before did not look for any more once the promise was missed, and did not raise.
            lacks: """
                jsonb_typeof(data -> 'unproved' -> 0) = 'string' or data ->> 'raised' is null and data -> 'delay' is not null and (
                    data ->> 'status' <> 'Withdrawn' and data -> 'delay' ->> 'raisedAt' is not null and data -> 'delay' ->> 'explainedAt' is null
                    or data ->> 'status' in ('Accepted', 'Paused') and data ->> 'statutory' is not null and data ->> 'wakeAt' is null)
                """);
        builder.Services.AddSingleton<CaseMetrics>();
        builder.Services.AddSingleton<CaseNumbers>();
        builder.Services.AddSingleton<HeldLicences>();
        builder.Services.AddSingleton<AskedOfLicences>();
        builder.Services.AddSingleton<KnownCases>();
        builder.Services.AddSingleton<LicensedProofs>();
        builder.Services.AddSingleton<ICaseFollower>(services => services.GetRequiredService<LicensedProofs>());
        builder.Services.AddScoped<CaseChanges>();
        builder.Services.AddScoped<CaseLists>();
        builder.Services.AddScoped<CaseBatches>();
        builder.Services.AddSingleton(new ContractTag("Cases", "Applications (办件) and everything that happens to them."));
        builder.Services.AddSingleton(new ContractTag("Tasks", "A department's worklist (待办)."));
        builder.Services.AddSingleton(new ContractKinds(typeof(HistoryEntry), "One fact of a case.", HistoryEntry.Rows.Select(row => (row.Type, row.Details))));
        builder.AddGraph(CaseGraph.Add);
        builder.Services.AddSingleton(builder.Configuration.Read<CorrectionOptions>("Corrections"));
        builder.Services.AddSingleton(builder.Configuration.Read<SignatureOptions>("Signatures"));
        builder.Tells<Case, CaseFact, CaseView>(CaseChanges.Resource.Name, @case => $"{CaseChanges.Resource.Address}/{@case.Id}", (@case, listener, _) => CaseView.Of(@case, listener.Language), CaseNews.SeenBy, (services, cases, viewer, ct) =>
            services.GetRequiredService<FoundTable>().Among(CaseColumns.Kind, CaseSight.WaysTo(viewer, services.GetRequiredService<TimeProvider>().GetUtcNow()), cases, ct));
        builder.Services.AddSingleton(AttachFiles.Carrier);
        builder.Services.AddSingleton(AttachFiles.Written);
        builder.Services.AddSingleton<ISweep>(LapseCases.Sweep);
        builder.Services.AddSingleton<ISweep>(LapseCases.Wake);
        builder.Services.AddSingleton<ISweep>(LapseCases.Settle);
    }

    public static void MapCases(this IEndpointRouteBuilder v1)
    {
        var cases = v1.MapGroup(CaseChanges.Resource).WithTags("Cases");
        var door = new RestDoor<CaseChanges, CaseCommand, CaseView>(cases);
        door.Begin(CaseOperations.Submit);
        cases.MapList(ListCases.All, CaseSummary.Of, CaseExamples.Summary);
        cases.MapGetCase();
        cases.MapGetCaseHistory();
        cases.MapGetCaseClock();
        cases.MapGetCasePlan();
        CaseOperations.All.OpenTo(door);
        v1.MapList(ListTasks.All, (task, language) => TaskView.Of(task.Case, task.Step, language), CaseExamples.Task, "/tasks").WithTags("Tasks").Refuses(403);
    }
}
