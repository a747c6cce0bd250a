using System.Collections.Concurrent;
using Duende.IdentityModel.Client;

namespace OneDoor.Platform;

/// <summary>Fetches tokens of the sandbox's clients and keeps each while it is good.</summary>
public sealed class IdentityClient(HttpClient identity, TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(9);
    private readonly ConcurrentDictionary<(string, string), (string Token, DateTimeOffset Since)> _tokens = [];

    public async Task<string> Token(string client, string scope)
    {
        var now = time.GetUtcNow();
        if (_tokens.TryGetValue((client, scope), out var kept) && now - kept.Since < GoodFor)
            return kept.Token;
        using var request = new ClientCredentialsTokenRequest
        {
            Address = "/connect/token",
            ClientId = client,
            ClientSecret = "sandbox-secret",
            Scope = scope,
        };
        var answer = await identity.RequestClientCredentialsTokenAsync(request);
        if (answer.IsError)
            throw new InvalidOperationException($"No token for {client}: {answer.Error} {answer.ErrorDescription}", answer.Exception);
        _tokens[(client, scope)] = (answer.AccessToken!, now);
        return answer.AccessToken!;
    }
}
