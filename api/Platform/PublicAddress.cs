namespace OneDoor.Platform;

/// <summary>Setting <c>Platform__Address</c>: where the public reaches the platform. Papers, events, letters and text messages name it.</summary>
/// <param name="set">As an operator sets it, without a slash at its end; null where nobody does.</param>
public sealed partial class PublicAddress(string? set)
{
    /// <summary>As an operator sets it, without a slash at its end; null where nobody does, and it is the address that is asked at.</summary>
    public string? Set => set;

    /// <summary>What an operator sets.</summary>
    /// <param name="formerNames">What it was called while each part had one of its own: taken where they say the same.</param>
    /// <exception cref="InvalidOperationException">It is no address, outside development no https address, or said to be several.</exception>
    public static PublicAddress Of(IConfiguration configuration, IHostEnvironment environment, IReadOnlyList<string> formerNames)
    {
        string? Said(string setting) => configuration[setting.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } said ? said.TrimEnd('/') : null;
        string[] names = ["Platform__Address", .. formerNames];
        var addresses = names.Select(Said).OfType<string>().Distinct().ToArray();
        if (addresses.Length > 1)
            throw new InvalidOperationException($"{string.Join(", ", names.Where(setting => Said(setting) is not null))} are one setting now, Platform__Address, and say different addresses: leave the others out.");
        var address = addresses.FirstOrDefault();
        if (address is not null && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Query: "", Fragment: "" } && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && environment.IsDevelopment()))))
            throw new InvalidOperationException("Platform__Address has to be the platform's public address, https outside development.");
        return new(address);
    }

    /// <summary>It, as a request asks for it.</summary>
    public string For(HttpRequest request) => set ?? $"{request.Scheme}://{request.Host}";

    /// <summary>Warns an operator who has left it out: what is signed, printed and told would name any host.</summary>
    public void WarnIfMissing(WebApplication app)
    {
        if (set is null && !app.Environment.IsDevelopment())
            app.Lifetime.ApplicationStarted.Register(() => Missing(app.Logger));
    }

    [LoggerMessage(LogLevel.Warning, "Platform__Address is not set: whoever asks says by their Host header where papers lead and what the source of events is")]
    private static partial void Missing(ILogger log);
}
