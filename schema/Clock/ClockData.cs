using System.Text.Json;

namespace OneDoor.Clock;

/// <summary>The clock's tables, which travel inside the assembly: policy is data, and a pure rule reads no files.</summary>
internal static class ClockData
{
    /// <exception cref="InvalidOperationException">The table is missing or empty: the assembly was built wrongly.</exception>
    /// <exception cref="JsonException">The table does not have the shape of <typeparamref name="T"/>.</exception>
    public static T Read<T>(string table) where T : class
    {
        using var stream = typeof(ClockData).Assembly.GetManifestResourceStream(table)
            ?? throw new InvalidOperationException($"{table} is not embedded.");
        return JsonSerializer.Deserialize<T>(stream, PlatformJson.Options)
            ?? throw new InvalidOperationException($"{table} is empty.");
    }
}
