using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Clock;

namespace OneDoor.Platform;

/// <summary>A server of the platform within the test process, on a port of its own, with a clock that tests move.</summary>
/// <typeparam name="TProgram">A type of the server's assembly.</typeparam>
public sealed class InProcess<TProgram> : WebApplicationFactory<TProgram> where TProgram : class
{
    private readonly TimeProvider _time;
    private readonly (string Name, string Value)[] _settings;

    /// <param name="time">What the server takes for the time.</param>
    /// <param name="port">The loopback port it listens on.</param>
    /// <param name="settings">Its configuration.</param>
    public InProcess(TimeProvider time, int port, params (string Name, string Value)[] settings)
    {
        _time = time;
        _settings = settings;
        Address = new Uri($"http://127.0.0.1:{port}");
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
    }

    public Uri Address { get; }

    /// <summary>Which days it takes for working days, where that is not what this release knows.</summary>
    public LegalClock? Clock { get; init; }

    /// <summary>Speaks to the server without a token.</summary>
    public HttpClient Http { get; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(_time);
            if (Clock is not null)
                services.AddSingleton(Clock);
        });
    }

    protected override void Dispose(bool disposing)
    {
        Http.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>The commands of the platform's programs, run as an operator runs them.</summary>
public static class Operator
{
    public static async Task Run<TProgram>(Database database, params string[] command)
    {
        string[] args =
        [
            .. command, "--environment=Development", $"--ConnectionStrings:OneDoor={database.Connection}", "--Logging:LogLevel:Default=Warning",
        ];
        var code = await Start<TProgram>(args);
        if (code != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {code}.");
    }

    /// <summary>Runs a program that may be refused, in this process: with which code it ends, what it tells, and what it says is wrong.</summary>
    public static async Task<(int Exit, string Told, string Said)> Try<TProgram>(params string[] args)
    {
        var (output, errors) = (Console.Out, Console.Error);
        await using StringWriter told = new(), said = new();
        try
        {
            Console.SetOut(told);
            Console.SetError(said);
            return (await Start<TProgram>(args), told.ToString(), said.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }

    private static Task<int> Start<TProgram>(string[] args) =>
        Task.Run(() => (int)typeof(TProgram).Assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null)!);
}
