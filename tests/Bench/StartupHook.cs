using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

/// <summary>
/// Runs inside each measured server (<c>DOTNET_STARTUP_HOOKS</c>) and tells what it has used so far, so that no server
/// has to know that it is measured. A startup hook has this name and no namespace.
/// </summary>
internal static class StartupHook
{
    private static long _roundTrips;

    public static void Initialize()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable("BENCH_USAGE_PORT"), CultureInfo.InvariantCulture, out var port))
            return;
        new Thread(() => Listen(port)) { IsBackground = true }.Start();
        Count();
    }

    // Npgsql starts an activity for every command and batch it sends.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Count() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name == "Npgsql",
        Sample = (ref _) =>
        {
            Interlocked.Increment(ref _roundTrips);
            return ActivitySamplingResult.None;
        },
    });

    private static void Listen(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        while (true)
        {
            using var client = listener.AcceptTcpClient();
            using var writer = new StreamWriter(client.GetStream());
            using var self = Process.GetCurrentProcess();
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"{self.TotalProcessorTime.Ticks / 10} {GC.GetTotalAllocatedBytes()} {Interlocked.Read(ref _roundTrips)}"));
        }
    }
}
