using Microsoft.AspNetCore.WebUtilities;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Pages;

/// <summary>Where the pages are, and where they may lead.</summary>
internal static class Addresses
{
    public const string SignIn = "/signin";
    public const string SignedIn = "/signin/done";
    public const string SignedOut = "/signed-out";
    public const string SecondFactor = "/signin/second-factor";
    public const string NewSecondFactor = "/signin/new-second-factor";
    public const string Password = "/password";
    public const string PasswordChanged = "/password/done";

    /// <summary>What someone decides about an application's request, as a parameter of the authorization endpoint.</summary>
    public const string Decision = "decision";

    /// <summary>The decision of who will not sign in. Any link may make it: all that comes of it is that the application hears a no.</summary>
    public const string Cancel = "cancel";

    private static readonly string[] Asking = [Endpoints.Authorize, Endpoints.Verify, Password, SignedIn];

    public static string Of(string path, string to) => QueryHelpers.AddQueryString(path, "to", to);

    /// <summary>Where the pages of signing in lead in the end: to what asked someone to sign in, never to a page that tells of what they have not done.</summary>
    public static string Next(string? to, string otherwise = SignedIn) => LocalOr(to, otherwise) is var next && Asking.Any(path => IsAt(next, path)) ? next : otherwise;

    public static bool IsAt(string address, string path) => address.Split('?')[0] == path;

    /// <summary>A path of this server and nothing a browser could take for another one's.</summary>
    public static string LocalOr(string? path, string otherwise) =>
        path is ['/', not ('/' or '\\'), ..] && path.All(c => char.IsAscii(c) && !char.IsControl(c)) ? path : otherwise;
}
