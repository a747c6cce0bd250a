using Marten;
using OneDoor.Cases;
using OneDoor.Feed;
using OneDoor.Graph;

namespace OneDoor.Trials;

/// <summary>What whoever develops against the platform tries things with; in development only.</summary>
public static class TrialsModule
{
    public static void AddTrials(this WebApplicationBuilder builder)
    {
        builder.Stores<SampleEvent, TrialFact>();
        builder.Stores<SandboxReset, ResetFact>();
        builder.Services.ConfigureMarten(marten => marten.Events.MapEventType<WithdrawnFromSandbox>(Streams.AliasOf(typeof(WithdrawnFromSandbox))));
        builder.Services.AddScoped<SandboxResets>();
        builder.Services.AddSingleton(SandboxResets.Places);
        builder.Tells<SandboxReset, ResetFact, SandboxResetView>("sandbox", _ => "/v1/sandbox/reset", (reset, _, _) => SandboxResetView.Of(reset),
            // Of one that found nothing nobody has anything to drop.
            (past, _, _, _) => past[^1].State is { Things.Count: > 0 } reset ? reset : null);
        builder.Services.AddSingleton<SampleEvents>();
        builder.Services.AddSingleton<ISampleEvents>(services => services.GetRequiredService<SampleEvents>());
        builder.Services.AddScoped<TrialChanges>();
        builder.Services.AddSingleton(new ContractTag("Sandbox", "What to try things with (沙箱), in development only."));
        builder.AddGraph(roots => AddTo(roots, builder.Environment));
    }

    public static void MapTrials(this IEndpointRouteBuilder v1)
    {
        var sandbox = v1.MapGroup("/sandbox").WithTags("Sandbox");
        new RestDoor<TrialChanges, TrialCommand, SampleEventView>(sandbox).Begin(TriggerEventEndpoint.Trigger, "/events");
        new RestDoor<CaseChanges, CaseCommand, CaseView>(sandbox)
            .Begin(MoveClockEndpoint.In(v1.ServiceProvider.GetRequiredService<IHostEnvironment>()), "/clock", StatusCodes.Status200OK).Refuses(404, 412);
        new RestDoor<SandboxResets, ResetSandbox, SandboxResetView>(sandbox).Begin(ResetSandboxEndpoint.Reset, "/reset");
    }

    private static void AddTo(GraphRoots roots, IHostEnvironment environment)
    {
        roots.Shape<SampleEventView>("SampleEvent");
        roots.Shape<SandboxResetView>("SandboxReset");
        new GraphOperations<TrialChanges, TrialCommand, SampleEventView>(roots, TriggerEventEndpoint.Resource).Begin(TriggerEventEndpoint.Trigger);
        new GraphOperations<SandboxResets, ResetSandbox, SandboxResetView>(roots, ResetSandboxEndpoint.Resource).Begin(ResetSandboxEndpoint.Reset);
        CaseMutations.Door(roots, "/v1/sandbox/clock").Begin(MoveClockEndpoint.In(environment));
    }
}
