using OneDoor.Platform;
using Xunit;

namespace OneDoor.Faults;

/// <summary>Servers whose clocks are off, by faketime.</summary>
public sealed class SkewedClocks(PlatformUnderFire platform)
{
    // Only the end of a token's life is written in it: what counts is whether that has come by the API's clock.
    [Theory]
    [InlineData("+5s", 200)]
    [InlineData("-5s", 200)]
    [InlineData("-5m", 200)]
    [InlineData("+5m", 200)]
    [InlineData("-15m", 401)]
    public async Task Tokens_of_an_identity_server_whose_clock_is_off(string by, int status)
    {
        using var identity = ChildProcess.Identity(platform.Database.Connection, Port.Free(), [("Identity__Issuer", platform.Identity.Http.BaseAddress!.OriginalString.TrimEnd('/')), .. Fake(by)]);
        await identity.Ready();
        var token = await new IdentityClient(identity.Http, TimeProvider.System).Token("sandbox-customs", RunningPlatform.Clerk);

        var answer = await new Client(platform.Http, () => Task.FromResult(token)).Get("/v1/cases");

        Assert.Equal(status, answer.Status);
        if (status == 401)
            answer.Refuses(401, "auth.token-expired");
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

    private static (string, string)[] Fake(string by) =>
    [
        ("LD_PRELOAD", Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(machine => Path.Combine(machine, "faketime", "libfaketime.so.1")).First(File.Exists)),
        ("FAKETIME", by), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("DONT_FAKE_MONOTONIC", "1"),
    ];
}
