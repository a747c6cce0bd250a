using System.Buffers.Text;
using System.Text.Json;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Faults;

/// <summary>Servers whose clocks are off, by faketime.</summary>
public sealed class SkewedClocks(PlatformUnderFire platform)
{
    private const int TokenLife = 600;

    // A token names its end (exp) and no beginning (nbf); when it was issued (iat) refuses nobody. So what counts is whether
    // the end has come by the API's clock: tokens of a server that runs ahead live longer, those of one that lags shorter.
    [Theory]
    [InlineData("+5s", 200)]
    [InlineData("-5s", 200)]
    [InlineData("-5m", 200)]
    [InlineData("+5m", 200)]
    [InlineData("-15m", 401)]
    public async Task Tokens_of_an_identity_server_whose_clock_is_off_are_taken_until_their_end(string by, int status)
    {
        var token = await TokenOf(by);

        var answer = await Show(token);

        var claims = Part(token, 1);
        Assert.False(claims.TryGetProperty("nbf", out _));
        Assert.Equal(TokenLife, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(status, answer.Status);
        if (status == 401)
            answer.Refuses(401, "auth.token-expired");
    }

    // To a clock that lags, a key made a moment ago is yet to come: such a server makes one of its own. Its tokens are refused
    // until the server that the API asks publishes that key as well.
    [Fact]
    public async Task Tokens_of_an_identity_server_that_lags_behind_the_newest_key_are_taken_once_its_own_is_published()
    {
        await platform.KeysSignFrom("now()");
        var kid = "";
        try
        {
            var token = await TokenOf("-5m");
            kid = Part(token, 0).Text("kid");
            var anybody = new Client(platform.Identity.Http, null);

            await RunningPlatform.Until(async () => (await anybody.Get("/.well-known/jwks")).Must(200).Json.Each("keys", "kid").Contains(kid), "its key is published");
            await RunningPlatform.Until(async () => (await Show(token)).Status == 200, "the API has read it");
        }
        finally
        {
            // As one that has signed for a day as well, it could be taken for the other's successor, whose tokens would end at once.
            await platform.Database.Run($"delete from identity.signing_keys where kid = '{kid}'");
            await platform.KeysSignFrom("now() - interval '1 day'");
        }
    }

    [Theory]
    [InlineData("+8d")]
    [InlineData("-2m")]
    public async Task An_API_whose_clock_is_off_is_not_ready(string by)
    {
        using var api = platform.Begin(Fake(by));
        var anybody = new Client(api.Http, null);
        await RunningPlatform.Until(() => Task.FromResult(api.Output.Contains("Now listening on", StringComparison.Ordinal)), "it listens");

        (await anybody.Get("/health/live")).Must(200);
        await RunningPlatform.Until(
            async () =>
            {
                (await anybody.Get("/health/ready")).Must(503);
                return api.Output.Contains("too far apart", StringComparison.Ordinal);
            },
            "its log says why");
    }

    private static JsonElement Part(string token, int part) => JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[part]));

    private Task<Answered> Show(string token) => new Client(platform.Http, () => Task.FromResult(token)).Get("/v1/cases");

    private async Task<string> TokenOf(string by)
    {
        var issuer = platform.Identity.Http.BaseAddress!.OriginalString.TrimEnd('/');
        using var identity = ChildProcess.Identity(platform.Database.Connection, Port.Free(),
        [
            ("Identity__Issuer", issuer),
            // It would not count as ready, but answers what still reaches it.
            ("Identity__ClockTolerance", "36500.00:00:00"),
            .. Fake(by),
        ]);
        await identity.Ready();
        return await new IdentityClient(identity.Http, TimeProvider.System).Token("sandbox-customs", RunningPlatform.Clerk);
    }

    private static (string, string)[] Fake(string by) =>
    [
        ("LD_PRELOAD", Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(machine => Path.Combine(machine, "faketime", "libfaketime.so.1")).First(File.Exists)),
        ("FAKETIME", by), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("DONT_FAKE_MONOTONIC", "1"),
    ];
}
