using System.Reflection;

namespace OneDoor.Wire;

/// <summary>The refusals that are declared, wherever they are.</summary>
public static class Refusals
{
    /// <summary>Those of the classes called <c>…Refusals</c>; one that stands under two names is one.</summary>
    public static IEnumerable<Refusal> In(params Assembly[] assemblies) => assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Name.EndsWith("Refusals", StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Where(field => field.FieldType == typeof(Refusal))
        .Select(field => (Refusal)field.GetValue(null)!)
        .DistinctBy(refusal => refusal.Code);
}
