using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using OneDoor.Platform;

namespace OneDoor.Bench;

/// <summary>What a server has used since its start.</summary>
/// <param name="CpuMicroseconds">User and system time of its process.</param>
/// <param name="AllocatedBytes">Managed memory allocated.</param>
/// <param name="RoundTrips">Commands and batches sent to PostgreSQL.</param>
public sealed record Usage(long CpuMicroseconds, long AllocatedBytes, long RoundTrips)
{
    public static Usage operator -(Usage later, Usage earlier) => new(
        later.CpuMicroseconds - earlier.CpuMicroseconds, later.AllocatedBytes - earlier.AllocatedBytes, later.RoundTrips - earlier.RoundTrips);
}

/// <summary>A measured server: a process of its own on a loopback port.</summary>
public sealed class Server : IAsyncDisposable
{
    private readonly Process _process;
    private readonly int _usagePort;

    private Server(string name, Uri address, Process process, int usagePort) =>
        (Name, Address, _process, _usagePort) = (name, address, process, usagePort);

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="name">What the table calls it.</param>
    /// <param name="assembly">The program to run; one for Node.js tells its usage itself.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="environment">Besides the bench's own.</param>
    /// <param name="arguments">The program's.</param>
    public static async Task<Server> Start(string name, string assembly, int port, Dictionary<string, string> environment, params string[] arguments)
    {
        var address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        environment["ASPNETCORE_URLS"] = address.ToString();
        environment["DOTNET_STARTUP_HOOKS"] = typeof(Server).Assembly.Location;
        var usagePort = Port.Free();
        environment["BENCH_USAGE_PORT"] = usagePort.ToString(CultureInfo.InvariantCulture);
        var process = Run(assembly, environment, arguments);
        var server = new Server(name, address, process, usagePort);
        using var http = new HttpClient { BaseAddress = address };
        for (var tries = 0; tries < 200; tries++)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"{name} stopped with exit code {process.ExitCode}.");
            try
            {
                if ((await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode)
                    return server;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        throw new TimeoutException($"{name} did not become ready.");
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task Command(string assembly, Dictionary<string, string> environment, params string[] arguments)
    {
        using var process = Run(assembly, environment, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(assembly)} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}.");
    }

    public async Task<Usage> Used()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _usagePort);
        using var reader = new StreamReader(client.GetStream());
        var figures = (await reader.ReadToEndAsync()).Split(' ').Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return new Usage(figures[0], figures[1], figures[2]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Run(string assembly, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(assembly.EndsWith(".mjs", StringComparison.Ordinal) ? "node" : "dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(assembly),
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
