using System.Globalization;
using System.Text;
using OneDoor.Contracts;
using OneDoor.Platform;

namespace OneDoor.Fuzz;

/// <summary>Whose token a request carries.</summary>
/// <param name="Name">What to say of it to people.</param>
public sealed record FuzzCaller(string Name, Client Client)
{
    public static FuzzCaller Of((string Name, Client Client) caller) => new(caller.Name, caller.Client);
}

/// <summary>A request as it goes over the wire.</summary>
/// <param name="Name">The operation, field or endpoint it is about.</param>
/// <param name="Path">With its query, percent-encoded as it is sent.</param>
public sealed record FuzzRequest(string Name, string Method, string Path)
{
    /// <summary>What is documented of its answers; null where the request is none of the documented ones.</summary>
    public Operation? Operation { get; init; }

    /// <summary>Null sends no token.</summary>
    public FuzzCaller? Caller { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public byte[]? Body { get; init; }

    public async Task<Answered> Send(HttpClient server)
    {
        // Dots and broken escapes go out as they are.
        var address = new Uri(server.BaseAddress!.OriginalString.TrimEnd('/') + Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(Method), address);
        if (Body is not null)
            request.Content = new ByteArrayContent(Body);
        if (Caller is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await Caller.Client.Token()}");
        foreach (var (name, value) in Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        return await Answered.Of(await server.SendAsync(request));
    }

    /// <summary>How to send it by hand; a long body goes into a file.</summary>
    public string Curl(string folder, int number)
    {
        StringBuilder line = new();
        if (Caller is not null)
            line.Append(CultureInfo.InvariantCulture, $"# TOKEN is one of {Caller.Name}\n    ");
        line.Append(CultureInfo.InvariantCulture, $"curl -i --path-as-is -X {Method} \"$SERVER\"{Quoted(Path)}");
        if (Caller is not null)
            line.Append(" -H \"Authorization: Bearer $TOKEN\"");
        foreach (var (name, value) in Headers)
            line.Append(CultureInfo.InvariantCulture, $" -H {Quoted(value.Length == 0 ? $"{name};" : $"{name}: {value}")}");
        if (Body is null)
            return line.ToString();
        var text = Encoding.UTF8.GetString(Body);
        if (Body.Length < 3000 && Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(Body) && !text.Contains('\0', StringComparison.Ordinal))
            return line.Append(CultureInfo.InvariantCulture, $" --data-binary {Quoted(text)}").ToString();
        var file = System.IO.Path.Combine(folder, $"fuzz-{number}.body");
        File.WriteAllBytes(file, Body);
        return line.Append(CultureInfo.InvariantCulture, $" --data-binary @{file}").ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
