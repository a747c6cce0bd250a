namespace OneDoor.Wire;

/// <summary>On a request: the endpoint it asks for where that is no route, because a library answers it.</summary>
public sealed record LibraryEndpoint(string Path);

public static class Routes
{
    /// <summary>The address that is asked for as the server writes it, and never as the caller did; null where there is none like it.</summary>
    public static string? RouteOf(this HttpContext http) =>
        (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? http.Features.Get<LibraryEndpoint>()?.Path;
}
