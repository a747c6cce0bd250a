using System.Diagnostics;

namespace OneDoor.Bench;

/// <summary>What a run of requests came to.</summary>
public sealed record Measured(double PerSecond, double P50Ms, double P99Ms, double CpuMicroseconds, double AllocatedKb, double RoundTrips);

/// <summary>Keeps a number of connections busy for a while; every answer has to be a success.</summary>
public static class Load
{
    public const int Connections = 16;

    public static async Task<Measured> Run(Server server, HttpClient http, TimeSpan time, Func<HttpRequestMessage> request)
    {
        var before = await server.Used();
        var clock = Stopwatch.StartNew();
        var took = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Worker(http, clock, time, request)));
        var elapsed = clock.Elapsed;
        var used = await server.Used() - before;
        var all = took.SelectMany(t => t).Order().ToArray();
        return new Measured(
            all.Length / elapsed.TotalSeconds, all[all.Length / 2], all[all.Length * 99 / 100],
            (double)used.CpuMicroseconds / all.Length, used.AllocatedBytes / 1024.0 / all.Length, (double)used.RoundTrips / all.Length);
    }

    private static async Task<List<double>> Worker(HttpClient http, Stopwatch clock, TimeSpan time, Func<HttpRequestMessage> request)
    {
        List<double> took = [];
        while (clock.Elapsed < time)
        {
            var start = clock.Elapsed;
            using var message = request();
            using var answer = await http.SendAsync(message);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{message.Method} {message.RequestUri}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            await answer.Content.ReadAsByteArrayAsync();
            took.Add((clock.Elapsed - start).TotalMilliseconds);
        }
        return took;
    }
}
