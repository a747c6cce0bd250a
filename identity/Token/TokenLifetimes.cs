namespace OneDoor.Identity.Token;

/// <summary>How long what is issued here is good for.</summary>
public static class TokenLifetimes
{
    public static readonly TimeSpan AccessToken = TimeSpan.FromMinutes(10);

    /// <summary>The longest lifetime of anything signed with a signing key: how long a retired key must stay published.</summary>
    public static readonly TimeSpan Longest = AccessToken;

    /// <summary>The longest a client's assertion may live, from <c>iat</c> to <c>exp</c>.</summary>
    public static readonly TimeSpan Assertion = TimeSpan.FromSeconds(120);
}
