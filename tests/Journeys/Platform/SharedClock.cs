using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OneDoor.Platform;

namespace OneDoor.Platform
{
    /// <summary>The time of several processes and of the test that moves it: a number in a file which all of them have in memory.</summary>
    /// <remarks>Only the time of day is the test's; what waits, waits as long as it really takes.</remarks>
    public sealed class SharedClock : TimeProvider, IDisposable
    {
        /// <summary>Which of a server's environment variables names the file.</summary>
        public const string Variable = "ONEDOOR_TESTS_CLOCK";

        private readonly string _file;
        private readonly MemoryMappedFile _shared;
        private readonly MemoryMappedViewAccessor _ticks;
        private readonly Lock _one = new();

        /// <summary>The clock that whoever started this process moves.</summary>
        public SharedClock(string file)
        {
            _file = file;
            _shared = MemoryMappedFile.CreateFromFile(
                new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite), null, sizeof(long), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
            _ticks = _shared.CreateViewAccessor();
        }

        /// <summary>A clock of one's own, which others may share.</summary>
        public static SharedClock From(DateTimeOffset start)
        {
            var file = Path.GetTempFileName();
            File.WriteAllBytes(file, BitConverter.GetBytes(start.UtcTicks));
            return new SharedClock(file);
        }

        /// <summary>A process of the platform that goes by this clock, looks each second for what is due, and turns nobody away for asking often.</summary>
        public ChildProcess StartApi(Database database, Uri authority) => ChildProcess.Api(database.Connection, Port.Free(),
        [
            .. Settings, ("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", authority.OriginalString),
            ("RateLimit__Requests", "1000000"), ("RateLimit__AnonymousRequests", "1000000"), ("Sweep__EverySeconds", "1"),
        ]);

        // With what in its environment a server goes by this clock.
        private (string Name, string Value)[] Settings =>
        [
            ("DOTNET_STARTUP_HOOKS", typeof(SharedClock).Assembly.Location), (Variable, _file),
            // It is not the database's.
            ("Store__ClockToleranceSeconds", "1000000000"),
        ];

        public override DateTimeOffset GetUtcNow() => new(_ticks.ReadInt64(0), TimeSpan.Zero);

        /// <summary>Lets time pass.</summary>
        public void Pass(TimeSpan span)
        {
            lock (_one)
                _ticks.Write(0, _ticks.ReadInt64(0) + span.Ticks);
        }

        /// <summary>Lets time pass until an instant, unless it is later already.</summary>
        public void PassUntil(DateTimeOffset later)
        {
            lock (_one)
                _ticks.Write(0, Math.Max(_ticks.ReadInt64(0), later.UtcTicks));
        }

        public void Dispose()
        {
            _ticks.Dispose();
            _shared.Dispose();
            File.Delete(_file);
        }
    }
}

/// <summary>What the runtime calls before a server's own program begins: gives it the shared clock. It is found by this name and no namespace.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(SharedClock.Variable) is { } file)
            DiagnosticListener.AllListeners.Subscribe(new Hosts(new SharedClock(file)));
    }

    // Hosts say that they are about to be built, as tests within the process hear of them.
    private sealed class Hosts(SharedClock clock) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
                value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder host })
                host.ConfigureServices(services => services.AddSingleton<TimeProvider>(clock));
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
