using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

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

    public string? Header(string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>Asserts an OAuth error: its status, its code and a word of its description.</summary>
    public void Refuses(HttpStatusCode status, string error, string about = "")
    {
        Assert.Equal((status, error), (Status, Json["error"]?.GetValue<string>()));
        Assert.Contains(about, Json["error_description"]?.GetValue<string>() ?? "", StringComparison.Ordinal);
    }
}
