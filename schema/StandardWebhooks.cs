using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OneDoor;

/// <summary>How what is sent to other systems is signed (Standard Webhooks).</summary>
public static class StandardWebhooks
{
    /// <summary>What a secret begins with; the key follows in base 64.</summary>
    public const string Prefix = "whsec_";

    /// <summary>Headers of what is sent.</summary>
    public const string Id = "webhook-id", Timestamp = "webhook-timestamp", Signature = "webhook-signature";

    /// <summary>The key of a secret; null for what is none.</summary>
    public static byte[]? KeyOf(string secret)
    {
        var key = new byte[secret.Length];
        return secret.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) ? key[..length] : null;
    }

    /// <summary>A signature.</summary>
    /// <param name="key">With what.</param>
    /// <param name="id">Of what is sent, the same at every attempt.</param>
    /// <param name="at">When it is sent, in seconds since 1970.</param>
    /// <param name="body">What is sent.</param>
    public static string Sign(byte[] key, string id, long at, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at}.")), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
