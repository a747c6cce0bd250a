using System.Diagnostics;
using System.Reflection;
using System.Text;
using OneDoor.Identity;

namespace OneDoor.Platform;

/// <summary>A server as a process of its own, as an operator runs it, so that it can be killed.</summary>
public sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ChildProcess(ProcessStartInfo start, int port, (string Name, string Value)[] settings)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts the API.</summary>
    /// <param name="connection">Its database.</param>
    /// <param name="port">The loopback port it listens on.</param>
    /// <param name="settings">Environment variables besides.</param>
    public static ChildProcess Api(string connection, int port, params (string Name, string Value)[] settings) =>
        Server(typeof(Caller).Assembly, connection, port, settings);

    /// <summary>Runs a command of the API's program.</summary>
    public static ChildProcess Command(string connection, string[] command, params (string Name, string Value)[] settings) =>
        Server(typeof(Caller).Assembly, connection, Port.Free(), settings, command);

    /// <summary>Starts identity in the development environment, with its sandbox.</summary>
    /// <inheritdoc cref="Api"/>
    public static ChildProcess Identity(string connection, int port, params (string Name, string Value)[] settings) =>
        Server(typeof(IdentityHost).Assembly, connection, port,
            [("ASPNETCORE_ENVIRONMENT", "Development"), ("Identity__Issuer", $"http://127.0.0.1:{port}"), .. settings]);

    /// <summary>Starts somebody else's program.</summary>
    /// <param name="command">What it is called, and its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="settings">Environment variables besides.</param>
    public static ChildProcess Program(string[] command, string folder, params (string Name, string Value)[] settings) =>
        new(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder }, Port.Free(), settings);

    private static ChildProcess Server(Assembly program, string connection, int port, (string Name, string Value)[] settings, params string[] command) => new(
        new ProcessStartInfo("dotnet", [program.Location, .. command]) { WorkingDirectory = AppContext.BaseDirectory },
        port, [("ConnectionStrings__OneDoor", connection), ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), .. settings]);

    public HttpClient Http { get; }

    public bool IsRunning => !_process.HasExited;

    /// <summary>Bytes of memory it takes up (its resident set).</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Everything it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Waits until it serves.</summary>
    public Task Ready() => RunningPlatform.Ready(Http);

    /// <summary>Kills it without warning.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Its exit code, once it has ended by itself.</summary>
    public async Task<int> Ended(TimeSpan patience)
    {
        using var late = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        Http.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
