using System.Diagnostics;
using System.Diagnostics.Metrics;
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

    // Npgsql counts what is executing. It starts an activity as well, but puts the text of all commands together for whoever listens to those.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Count()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.npgsql.executing" })
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, change, _, _) => Interlocked.Add(ref _roundTrips, Math.Max(0, change)));
        listener.Start();
    }

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
