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
        sandbox.MapTriggerEvent();
        sandbox.MapMoveClock();
        sandbox.MapResetSandbox();
    }

    private static void AddTo(GraphRoots roots, IHostEnvironment environment)
    {
        roots.Shape<SampleEventView>("SampleEvent");
        roots.Shape<SandboxResetView>("SandboxReset");
        new GraphOperations<TrialChanges, TrialCommand, SampleEventView>(roots, "/v1/sandbox/events", "event", TrialRefusals.TypeUnknown)
            .Begin<TriggerEvent>("triggerEvent", TriggerEventEndpoint.Does, "Which.", (changes, input, ct) => changes.Trigger(input, ct), Scopes.EventsRead);
        new GraphOperations<SandboxResets, ResetSandbox, SandboxResetView>(roots, "/v1/sandbox/reset", "reset", TrialRefusals.OnlyInDevelopment)
            .Begin<ResetSandbox>("resetSandbox", ResetSandboxEndpoint.Does, "Of when.", (changes, input, ct) => changes.Reset(input, ct), Scopes.CasesSubmit);
        CaseMutations.Door(roots, "/v1/sandbox/clock")
            .Begin<MoveClock>("moveClock", MoveClockEndpoint.Does, "Of which case, and to when.", (changes, input, ct) => MoveClockEndpoint.Move(input, changes, environment, ct), Scopes.CasesSubmit);
    }
}
