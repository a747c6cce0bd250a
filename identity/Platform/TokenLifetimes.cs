namespace OneDoor.Identity.Platform;

/// <summary>How long what is issued here is good for.</summary>
public static class TokenLifetimes
{
    public static readonly TimeSpan AccessToken = TimeSpan.FromMinutes(10);

    /// <summary>An authorization code, from the redirect to its exchange.</summary>
    public static readonly TimeSpan Code = TimeSpan.FromSeconds(60);

    /// <summary>A pushed authorization request: long enough to sign in with it.</summary>
    public static readonly TimeSpan PushedRequest = TimeSpan.FromMinutes(10);

    /// <summary>A device code and the code a person enters for it.</summary>
    public static readonly TimeSpan DeviceCode = TimeSpan.FromMinutes(10);

    /// <summary>A family of refresh tokens, from sign-in on: rotation does not prolong it.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromDays(30);

    /// <summary>The same for staff: one working day.</summary>
    public static readonly TimeSpan StaffRefresh = TimeSpan.FromHours(12);

    /// <summary>How long a refresh token that has been exchanged still works, for an answer that was lost on the way.</summary>
    public static readonly TimeSpan ReuseLeeway = TimeSpan.FromSeconds(15);

    /// <summary>The longest lifetime of anything only this server reads.</summary>
    public static readonly TimeSpan LongestSealed = Refresh;

    /// <summary>The longest lifetime of anything signed with a signing key: how long a retired key must stay published.</summary>
    public static readonly TimeSpan Longest = AccessToken;

    /// <summary>The longest a client's assertion may live, from <c>iat</c> to <c>exp</c>.</summary>
    public static readonly TimeSpan Assertion = TimeSpan.FromSeconds(120);
}
