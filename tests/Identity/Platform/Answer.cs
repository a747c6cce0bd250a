using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OneDoor.Tests.Identity.Platform;

/// <summary>A response with its body read.</summary>
public sealed class Answer(HttpResponseMessage response, string body)
{
    public HttpStatusCode Status => response.StatusCode;

    public string Body => body;

    public JsonObject Json => JsonNode.Parse(body)!.AsObject();

    public string AccessToken => Json["access_token"]!.GetValue<string>();

    public JsonWebToken Token => new(AccessToken);

    public string[] Scopes => Token.GetClaim("scope").Value.Split(' ');

    /// <summary>Whom the token is for, as the API reads it.</summary>
    public ApplicantReference Applicant => JsonSerializer.Deserialize<ApplicantReference>(
        new JsonWebTokenHandler().DecryptToken(new JsonWebToken(Token.GetClaim("applicant").Value), new TokenValidationParameters
        {
            TokenDecryptionKey = new SymmetricSecurityKey(new ApplicantOptions { Secret = TestHost.ApplicantSecret }.Keys.First()),
        }), JsonSerializerOptions.Web)!;

    public string? Header(string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>Asserts an OAuth error: its status, its code and a word of its description.</summary>
    public void Refuses(HttpStatusCode status, string error, string about = "")
    {
        Assert.Equal((status, error), (Status, Json["error"]?.GetValue<string>()));
        Assert.Contains(about, Json["error_description"]?.GetValue<string>() ?? "", StringComparison.Ordinal);
    }
}
