using System.Text.Json;

namespace OneDoor;

/// <summary>The zone's own data (<c>*/data/*.json</c>), which travel inside the assembly: policy is data, and a pure rule reads no files.</summary>
internal static class Shipped
{
    /// <summary>A file that is one table.</summary>
    /// <exception cref="InvalidOperationException">The table is missing or empty: the assembly was built wrongly.</exception>
    /// <exception cref="JsonException">The table does not have the shape of <typeparamref name="T"/>.</exception>
    public static T Table<T>(string file) where T : class =>
        JsonSerializer.Deserialize<T>(Bytes(file), PlatformJson.Options) ?? throw new InvalidOperationException($"{file} is empty.");

    /// <summary>A file that lists records.</summary>
    /// <inheritdoc cref="JsonShape.ReadList{T}"/>
    public static IReadOnlyList<T> List<T>(string file, string each, string name) => JsonShape.ReadList<T>(Bytes(file), file, each, name);

    /// <summary>A file as it is, in UTF-8.</summary>
    /// <exception cref="InvalidOperationException">It is missing: the assembly was built wrongly.</exception>
    public static byte[] Bytes(string file)
    {
        using var stream = typeof(Shipped).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
