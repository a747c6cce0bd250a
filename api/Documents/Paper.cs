using System.Globalization;
using System.Text.Json.Nodes;

namespace OneDoor.Documents;

/// <summary>What is printed in a QR code: where anybody verifies the paper, with a token that ties it to what is registered.</summary>
public static class Paper
{
    /// <summary>What the token is called (JWS <c>typ</c>). It holds no more than it has to, since a code has little room.</summary>
    private const string Type = "paper";

    /// <summary>Where a paper's QR code leads.</summary>
    /// <param name="keys">Seals the token.</param>
    /// <param name="platform">The platform's public address.</param>
    /// <param name="number">What the paper is known by.</param>
    /// <param name="digest">Of what is registered.</param>
    /// <param name="validUntil">The last day that is printed; null where none is.</param>
    public static async Task<string> AddressOf(this SigningKeys keys, string platform, string number, string digest, DateOnly? validUntil, CancellationToken ct)
    {
        var holds = new JsonObject { ["number"] = number, ["digest"] = digest };
        if (validUntil is { } last)
            holds["validUntil"] = last.ToString("O", CultureInfo.InvariantCulture);
        return $"{platform}/verify/{Uri.EscapeDataString(number)}?token={await keys.Sign(Type, holds, ct)}";
    }

    /// <summary>Whether a token was printed on the paper of a number and a digest.</summary>
    public static async Task<bool> IsOn(this SigningKeys keys, string token, string number, string digest, CancellationToken ct) =>
        await keys.Opened(Type, token, ct) is { } holds && (string?)holds["number"] == number && (string?)holds["digest"] == digest;
}
