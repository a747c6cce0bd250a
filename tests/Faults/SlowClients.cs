using System.Diagnostics;
using System.Text.RegularExpressions;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Faults;

/// <summary>Clients that hold connections open by sending or reading a few bytes now and then, as slowhttptest does.</summary>
public sealed class SlowClients(PlatformUnderFire platform, ITestOutputHelper output)
{
    private const string Readers = "slow readers";
    private const int Connections = 150;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    // Slow headers, slow bodies, slow readers of a long page through a narrow window.
    public static TheoryData<string, string> Attacks => new()
    {
        { "slow headers", "-H -i 5 -x 24" },
        { "slow bodies", "-B -i 5 -s 8192 -x 10 -t POST" },
        { Readers, "-X -w 256 -y 512 -n 5 -z 16 -k 10" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Others_are_answered_meanwhile_and_slow_senders_are_cut_off(string attack, string arguments)
    {
        foreach (var (server, path) in new[] { (platform.Api, attack == Readers ? "/openapi.json" : "/v1/clock/simulate"), (platform.Identity, "/connect/token") })
        {
            if (attack == Readers && server == platform.Identity)
                continue; // Nothing it says is longer than a socket's buffer.
            using var attacker = Start($"-c {Connections} -r {Connections} -l {(attack == Readers ? 20 : 60)} -p 3 -u {server.Http.BaseAddress}{path.TrimStart('/')} {arguments}");
            var said = attacker.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var answered = 0;
            while (!attacker.HasExited)
            {
                var started = Stopwatch.GetTimestamp();
                (await new Client(server.Http, null).Get("/health/ready")).Must(200);
                Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Soon);
                answered++;
                await Task.WhenAny(attacker.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(200, TestContext.Current.CancellationToken));
            }
            var report = Regex.Replace(await said, "\\e\\[[0-9;]*m", "");
            output.WriteLine($"{attack} at {path}: others answered {answered} times; {Regex.Match(report, "Test ended on.*|Exit status.*").Value}");
            // What waits in a socket's buffer is off the server's hands: such a reader ends when it likes.
            if (attack != Readers)
                Assert.Contains("No open connections left", report, StringComparison.Ordinal);
            Assert.True(answered > 3 && server.IsRunning);
        }
    }

    private static Process Start(string arguments) => Process.Start(new ProcessStartInfo("slowhttptest", arguments) { RedirectStandardOutput = true })!;
}
