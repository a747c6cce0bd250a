using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OneDoor.Platform;

/// <summary>openapi.yaml, /docs and what routes say about themselves there.</summary>
public static class RestContract
{
    public static void AddRestContract(this WebApplicationBuilder builder)
    {
        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddSwaggerGen(Configure);
    }

    public static void MapRestContract(this WebApplication app)
    {
        app.MapSwagger("/{documentName}.{extension:regex(^(json|ya?ml)$)}", options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1).AllowAnonymous();
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.SwaggerEndpoint("/openapi.yaml", "OneDoor");
            ui.DocumentTitle = "OneDoor API";
        });
    }

    /// <summary>The route answers these refusals, besides the ones every route can give.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses.Concat([429, 500, 503]).Order())
            route.Produces<Problem>(status, Problems.ContentType);
        return route;
    }

    /// <summary>The route takes <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder TakesIdempotencyKey(this RouteHandlerBuilder route) => route.WithMetadata(new TakesIdempotencyKey());

    private static void Configure(SwaggerGenOptions swagger)
    {
        swagger.SwaggerDoc("openapi", new OpenApiInfo { Title = "OneDoor", Version = "1" });
        swagger.SupportNonNullableReferenceTypes();
    }
}

/// <summary>Marks a route that takes <c>Idempotency-Key</c>.</summary>
public sealed record TakesIdempotencyKey;
