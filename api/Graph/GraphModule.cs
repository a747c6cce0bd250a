using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace OneDoor.Graph;

/// <summary>What a capability adds to the GraphQL schema.</summary>
public sealed record GraphPart(Action<GraphRoots> Add);

/// <summary>The second door: <c>/graphql</c>, over HTTP, server-sent events and WebSocket.</summary>
public static class GraphModule
{
    public static void AddGraphDoor(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.Read<GraphOptions>("GraphQl");
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<GraphDocuments>();
        builder.Services.AddSingleton<GraphBudgets>();
        builder.Services.AddSingleton<IDocumentValidator, GraphValidator>();
        builder.Services.AddSingleton<GraphRunner>();
        builder.Services.AddScoped<GraphHttp>();
        builder.Services.AddScoped(typeof(FactBatch<>));
        builder.Services.AddSingleton<ISchema>(services =>
        {
            var roots = new GraphRoots();
            AddOwn(roots);
            foreach (var part in services.GetServices<GraphPart>())
                part.Add(roots);
            return roots.Build(services);
        });
        builder.Services.AddGraphQL(graph => graph
            .AddSystemTextJson(json => json.Encoder = PlatformJson.Options.Encoder)
            .AddErrorInfoProvider<GraphErrors>()
            .AddExecutionStrategy<GraphExecution>(OperationType.Query));
    }

    public static void AddGraph(this WebApplicationBuilder builder, Action<GraphRoots> add) =>
        builder.Services.AddSingleton(new GraphPart(add));

    public static void MapGraphDoor(this WebApplication app)
    {
        app.UseWebSockets();
        app.MapMethods("/graphql", ["GET", "POST"], (HttpContext http, GraphHttp graph) => graph.Serve(http))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/graphql/schema.graphql", (ISchema schema) => Results.Text(GraphRoots.Print(schema), "text/plain; charset=utf-8"))
            .AllowAnonymous().ExcludeFromDescription();
    }

    private static void AddOwn(GraphRoots roots)
    {
        roots.Shape<GraphProblem>("Problem");
        roots.Shape<Text>("Text").Field<string>("text", nullable: false).Description("In the language that Accept-Language prefers.")
            .Resolve(context => context.Source.In(context.Language()));
        roots.Query.Field<PlatformVersion>("version", nullable: false).Description("What runs (版本).").Resolve(context => context.Service<PlatformVersion>());
    }
}
