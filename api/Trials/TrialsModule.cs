using Marten;
using OneDoor.Feed;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Trials;

/// <summary>What whoever develops against the platform tries things with; in development only.</summary>
public static class TrialsModule
{
    public static void AddTrials(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(marten =>
        {
            marten.AddStream<SampleEvent, TrialFact>();
            marten.Schema.For<SampleEvent>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(e => e.Version));
        });
        builder.Services.AddSingleton(ReadModel.Of<SampleEvent, TrialFact>());
        builder.Services.AddSingleton<SampleEvents>();
        builder.Services.AddSingleton<ISampleEvents>(services => services.GetRequiredService<SampleEvents>());
        builder.Services.AddScoped<TrialChanges>();
        builder.Services.AddSingleton(new ContractTag("Sandbox", "What to try things with (沙箱), in development only."));
        builder.AddGraph(roots => new GraphOperations<TrialChanges, TrialCommand, SampleEventView>(
                Shaped(roots), "/v1/sandbox/events", "event", TrialRefusals.TypeUnknown, answer => answer.Read<SampleEventView>())
            .Begin<TriggerEvent>("triggerEvent", TriggerEventEndpoint.Does, "Which.", (changes, input, ct) => changes.Trigger(input, ct), Scopes.EventsRead));
    }

    public static void MapTrials(this IEndpointRouteBuilder v1) => v1.MapGroup("/sandbox").WithTags("Sandbox").MapTriggerEvent();

    private static GraphRoots Shaped(GraphRoots roots)
    {
        roots.Shape<SampleEventView>("SampleEvent");
        return roots;
    }
}
