using System.Globalization;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Statistics;

/// <summary>A store with a sample of five years in it, to be copied: loading draws all of it, however little is kept.</summary>
public sealed class LoadedSample(RunningPlatform platform) : IAsyncLifetime
{
    /// <summary>How many cases of it.</summary>
    public static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("SAMPLE_CASES") ?? "800", CultureInfo.InvariantCulture);

    /// <summary>Nobody is connected to it.</summary>
    public Database Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await platform.Template.Copy();
        await Load(Database);
        await Database.GoAway();
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    /// <summary>Loads it, or what of it is missing.</summary>
    public static Task Load(Database database) => Load(database, Cases);

    /// <summary>The same of so many cases.</summary>
    public static Task Load(Database database, int cases) => Operator.Run<Caller>(database, "sample", "--cases", cases.ToString(CultureInfo.InvariantCulture));
}
