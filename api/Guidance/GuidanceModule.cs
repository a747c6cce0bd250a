using OneDoor.Graph;

namespace OneDoor.Guidance;

/// <summary>Guidance (办事指南): what one is told and given before there is a case.</summary>
public static class GuidanceModule
{
    public static void AddGuidance(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<Previews>();
        builder.Services.AddScoped<PrefilledForms>();
        builder.AddGraph(GuidanceGraph.Add);
    }

    public static void MapGuidance(this IEndpointRouteBuilder v1)
    {
        v1.MapPreviewItem();
        v1.MapGetSignedTexts();
        v1.MapGetExample();
        v1.MapGetForm();
    }
}
