using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OneDoor.Platform;

/// <summary>
/// Remembers for a while which tokens were good: a system sends the same one thousands of times, and checking a signature
/// costs more than reading a case. Whether it is still alive is asked every time; whom it is bound to, by who asks.
/// </summary>
public sealed class RememberedTokens(ApplicantReferences applicants) : TokenHandler, IDisposable
{
    /// <summary>How long the signature, issuer and audience of a token are taken as checked.</summary>
    public static readonly TimeSpan For = TimeSpan.FromMinutes(1);

    private const int AtMost = 10_000;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly MemoryCache _good = new(new MemoryCacheOptions { SizeLimit = AtMost });

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (_good.TryGetValue(token, out TokenValidationResult? remembered) && IsAlive(remembered!.SecurityToken, validationParameters))
            return remembered;
        var result = await _handler.ValidateTokenAsync(token, validationParameters);
        if (!result.IsValid)
            return result;
        if (!applicants.Resolve(result.ClaimsIdentity))
            return new() { IsValid = false, Exception = new SecurityTokenDecryptionFailedException() };
        _good.Set(token, result, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = For });
        return result;
    }

    public bool CanReadToken(string text) => _handler.CanReadToken(text);

    public void Dispose() => _good.Dispose();

    // One that has died meanwhile goes the long way, which says why it is refused.
    private static bool IsAlive(SecurityToken token, TokenValidationParameters parameters)
    {
        try
        {
            return parameters.LifetimeValidator(token.ValidFrom, token.ValidTo, token, parameters);
        }
        catch (SecurityTokenExpiredException)
        {
            return false;
        }
    }
}
