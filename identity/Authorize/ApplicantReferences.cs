using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Identity.People;

namespace OneDoor.Identity.Authorize;

/// <summary>Encrypts for the API whom a token is for (RFC 7516, <c>dir</c> and <c>A256CBC-HS512</c>), each time anew.</summary>
internal sealed class ApplicantReferences(IOptions<ApplicantOptions> options)
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly EncryptingCredentials _credentials = new(
        new SymmetricSecurityKey(options.Value.Keys.First()), JwtConstants.DirectKeyUseAlg, SecurityAlgorithms.Aes256CbcHmacSha512)
    { SetDefaultCtyClaim = false };

    /// <summary>The claim; null for staff, who apply for nobody.</summary>
    public string? Of(Person person) => person.Applicant is null
        ? null
        : _handler.EncryptToken(JsonSerializer.Serialize(new ApplicantReference(person.Applicant, person.DisplayName), JsonSerializerOptions.Web), _credentials);
}

internal sealed class ApplicantOptionsRules(IHostEnvironment environment) : IValidateOptions<ApplicantOptions>
{
    public ValidateOptionsResult Validate(string? name, ApplicantOptions options) =>
        options.Refused(environment.IsDevelopment()) is { } refused ? ValidateOptionsResult.Fail(refused) : ValidateOptionsResult.Success;
}
