namespace OneDoor;

/// <summary>A secret that an operator makes for the servers.</summary>
public static class ConfiguredSecret
{
    private const int Shortest = 32;

    // Of 32 random hexadecimal digits 14 differ; that fewer than 8 do happens once in 20 million.
    private const int FewestDifferent = 8;

    /// <summary>What one is to be, as a server says that refuses to start with another.</summary>
    public const string Wanted = "must have at least 32 characters from a random source, as of `openssl rand -base64 32`.";

    /// <summary>Whether it may be from a random source: long, of many characters, and not the same word again and again.</summary>
    public static bool IsStrong(string secret) => secret.Length >= Shortest
        && secret.Distinct().Count() >= FewestDifferent
        && !Enumerable.Range(1, secret.Length / 2).Any(word => secret.AsSpan(word).SequenceEqual(secret.AsSpan(0, secret.Length - word)));
}
