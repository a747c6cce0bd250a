using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OneDoor.Platform;

/// <summary>Reads in an access token that is good for whom it is, which identity has encrypted for the API.</summary>
public sealed partial class ApplicantReferences(IOptions<ApplicantOptions> options, ILogger<ApplicantReferences> logger)
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly TokenValidationParameters _keys = new() { TokenDecryptionKeys = [.. options.Value.Keys.Select(key => new SymmetricSecurityKey(key))] };

    /// <summary>Puts the applicant's key and name in the place of the reference. False when there is one that cannot be read.</summary>
    public bool Resolve(ClaimsIdentity token)
    {
        if (token.FindFirst(Claims.Applicant) is not { } claim)
            return true;
        if (Read(claim.Value) is not { } applicant)
        {
            LogUnreadable(logger);
            return false;
        }
        token.RemoveClaim(claim);
        token.AddClaims([new(Claims.Applicant, applicant.Key), new(Claims.ApplicantName, applicant.Name)]);
        return true;
    }

    private ApplicantReference? Read(string reference)
    {
        try
        {
            var read = JsonSerializer.Deserialize<ApplicantReference>(_handler.DecryptToken(new JsonWebToken(reference), _keys), JsonSerializerOptions.Web);
            return read is { Key.Length: > 0, Name.Length: > 0 } ? read : null;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or SecurityTokenException or JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "A good token does not say for whom it is: Applicants:Secret is not the one identity has, nor is Applicants:PreviousSecret.")]
    private static partial void LogUnreadable(ILogger logger);
}

internal sealed class ApplicantOptionsRules(IHostEnvironment environment) : IValidateOptions<ApplicantOptions>
{
    public ValidateOptionsResult Validate(string? name, ApplicantOptions options) =>
        options.Refused(environment.IsDevelopment()) is { } refused ? ValidateOptionsResult.Fail(refused) : ValidateOptionsResult.Success;
}
