using System.Diagnostics;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Identity;

/// <summary>The identity server as a process of its own, in the sandbox, on a database of its own.</summary>
public sealed class IdentityProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Database? _database;
    private Process? _serving;

    public string Issuer { get; } = $"http://localhost:{Port.Free()}";

    /// <summary>Creates the database and serves it. Dispose of it also when this fails.</summary>
    /// <param name="clientFile">Clients to register first.</param>
    public async Task StartAsync(string? clientFile, CancellationToken ct)
    {
        _database = await Database.Empty();
        await CommandAsync(ct, "migrate");
        if (clientFile is not null)
            await CommandAsync(ct, "clients", clientFile);
        _serving = Start($"--urls={Issuer}", $"--Identity:Issuer={Issuer}");
        _serving.BeginErrorReadLine();
        await WaitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_serving is not null)
        {
            _serving.Kill();
            await _serving.WaitForExitAsync(CancellationToken.None);
            _serving.Dispose();
        }

        if (_database is not null)
            await _database.DisposeAsync();
    }

    private Process Start(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Identity", "debug", "OneDoor.Identity.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__OneDoor"] = _database!.Connection;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        process.BeginOutputReadLine();
        return process;
    }

    private async Task CommandAsync(CancellationToken ct, params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        Assert.True(process.ExitCode == 0, errors);
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        using var http = new HttpClient();
        var from = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Issuer + "/health/ready"), ct);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(from) < Patience)
            {
                // Not listening yet.
            }

            Assert.True(Stopwatch.GetElapsedTime(from) < Patience, "The identity server is not ready.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
        }
    }
}
