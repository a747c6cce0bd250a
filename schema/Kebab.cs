using System.Collections.Concurrent;
using System.Text.Json;

namespace OneDoor;

/// <summary>The published spelling of enum members: kebab case, in JSON, claims, queries and file names alike.</summary>
public static class Kebab
{
    /// <summary>The member's published name, for instance <c>market-regulation</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.ByValue[value];

    /// <summary>The member a published name stands for; null when there is none.</summary>
    public static T? Parse<T>(string? name) where T : struct, Enum =>
        name is not null && Names<T>.ByName.TryGetValue(name, out var value) ? value : null;

    /// <summary>Every member's published name, for people.</summary>
    public static Text All<T>() where T : struct, Enum => Text.List(Names<T>.ByName.Keys);

    /// <summary>The members of an enum by their published names.</summary>
    public static IReadOnlyDictionary<string, object> Members(Type type) => Known.GetOrAdd(type, static of =>
        Enum.GetValues(of).Cast<object>().ToDictionary(v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()!)));

    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, object>> Known = new();

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue =
            Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()));

        public static readonly Dictionary<string, T> ByName = ByValue.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
