using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Keys;

/// <summary>A resource server that checks tokens by a JWKS it fetches once an hour, while keys rotate under load.</summary>
public sealed class ResourceServerTests(TestServer server)
{
    private const int Callers = 4;

    [Fact]
    public async Task No_valid_token_is_refused_while_keys_rotate_under_load()
    {
        var time = new FakeTimeProvider(TestHost.Morning);
        await using var host = TestHost.Development(await server.CreateDatabaseAsync(), time);
        var (jwks, fetched, kids) = (await JwksAsync(host), time.GetUtcNow(), new HashSet<string>());
        time.Advance(TimeSpan.FromDays(88) + TimeSpan.FromHours(22));

        for (var hour = 0; hour < 28; hour++)
        {
            var tokens = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => host.SandboxTokenAsync()));
            kids.UnionWith(tokens.Select(t => t.Token.Kid));
            time.Advance(TimeSpan.FromMinutes(9));
            foreach (var token in tokens)
                Assert.True(await IsAcceptedAsync(token.AccessToken, jwks, time), $"after {hour} hours, by the JWKS of {fetched:O}");
            time.Advance(TimeSpan.FromMinutes(51));
            (jwks, fetched) = (await JwksAsync(host), time.GetUtcNow());
        }

        Assert.Equal(2, kids.Count);
    }

    private static async Task<bool> IsAcceptedAsync(string token, JsonWebKeySet jwks, FakeTimeProvider time)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = jwks.GetSigningKeys(),
            ValidIssuer = TestHost.SandboxIssuer,
            ValidAudience = "onedoor",
            ValidTypes = ["at+jwt"],
            LifetimeValidator = (_, until, _, _) => until > time.GetUtcNow().UtcDateTime,
        });
        return result.IsValid;
    }

    private static async Task<JsonWebKeySet> JwksAsync(TestHost host) => new((await host.GetAsync("/.well-known/jwks")).Body);
}
