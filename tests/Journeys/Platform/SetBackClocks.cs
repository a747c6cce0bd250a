using Marten;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Catalogue;
using Xunit;

namespace OneDoor.Platform;

/// <summary>What is kept in memory for a while is kept no longer where the machine's clock is set back.</summary>
public sealed class SetBackClocks(RunningPlatform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_costs_much_to_read_is_read_again()
    {
        var time = new Machine(platform.Time.GetUtcNow());
        using var kept = new Kept<int>(TimeSpan.FromSeconds(15), time);
        var times = 0;
        async Task<int> Read() => (await kept.Get((_, _) => Task.FromResult(++times), Ct)).Read;
        Assert.Equal((1, 1), (await Read(), await Read()));

        time.SetBack(TimeSpan.FromHours(1), after: TimeSpan.FromSeconds(15));

        Assert.Equal(2, await Read());
    }

    [Fact]
    public async Task What_another_process_publishes_is_seen()
    {
        var time = new Machine(platform.Time.GetUtcNow());
        using var catalogue = new CurrentCatalogue(platform.Api.Services.GetRequiredService<IDocumentStore>(), time);
        var before = await catalogue.Items(Ct);
        time.SetBack(TimeSpan.FromMinutes(10), after: CurrentCatalogue.Freshness);
        // As if somebody had.
        await Published(+1);
        try
        {
            Assert.NotSame(before, await catalogue.Items(Ct));
        }
        finally
        {
            await Published(-1);
        }

        Task Published(int more) => platform.Database.Run($"update onedoor.mt_doc_catalogueentry set mt_version = mt_version + {more} where id = '{CatalogueEntry.IdOf(Cases.Applications.Plain)}'");
    }

    // Its clock can be set back; what passes passes all the same.
    private sealed class Machine(DateTimeOffset now) : TimeProvider
    {
        private DateTimeOffset _now = now;
        private TimeSpan _on;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _on.Ticks;

        public void SetBack(TimeSpan by, TimeSpan after) => (_now, _on) = (_now + after - by, _on + after);
    }
}
