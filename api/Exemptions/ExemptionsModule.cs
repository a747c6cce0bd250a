using OneDoor.Graph;

namespace OneDoor.Exemptions;

/// <summary>What projects need no assessment of their impact on the environment, and the check of one (MODE-8).</summary>
public static class ExemptionsModule
{
    public static void AddExemptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new ContractTag("Exemptions", "What projects need no environmental impact assessment (环评豁免). Public."));
        builder.AddGraph(ExemptionGraph.Add);
    }

    public static void MapExemptions(this IEndpointRouteBuilder v1)
    {
        var eia = v1.MapGroup("/exemptions/eia").WithTags("Exemptions");
        eia.MapGet("", (HttpContext http, Etags etags) => etags.OkForAll(http, EiaDirectory.Zone))
            .AllowAnonymous()
            .Reads<EiaDirectory>("getEiaDirectory", "Read the directory of projects that need no environmental impact assessment (环评豁免目录)", ExemptionExamples.Directory)
            .WithDescription("A class with sample true stands in no public source: its name and its conditions are plausible.");
        eia.MapCheckEia();
    }
}
