using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Observability;

/// <summary>How many cases are late, as an operator is warned of it.</summary>
public sealed class LateCases(RunningPlatform platform)
{
    [Fact]
    public async Task A_case_is_overdue_from_its_promised_date_until_it_is_decided()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var (customs, lead) = (platform.As(Department.Customs).At(api.Http), platform.As(Department.MarketRegulation).At(api.Http));
        var submitted = (await customs.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201);
        var path = submitted.Header("Location")!;
        var accepted = (await lead.Post($"{path}/acceptance", null, ("If-Match", submitted.ETag))).Must(200);
        var due = accepted.Json.GetProperty("clock").GetProperty("promised").Instant("dueAt");

        platform.PassUntil(due - Sweeps.Every);
        await Overdue(api, 0);
        platform.PassUntil(due + Sweeps.Every);
        await Overdue(api, 1);
        // That it is late is a fact by now (CLK-7), or within the sweep.
        await RunningPlatform.Until(async () => (await lead.Get($"{path}/history")).Must(200).Json.Each("items", "type").Contains("case-overdue"), "that it is late is recorded");
        (await lead.Post($"{path}/steps/decision/decision", new { outcome = "granted" }, ("If-Match", (await lead.Get(path)).Must(200).ETag))).Must(200);
        platform.Pass(Sweeps.Every);
        await Overdue(api, 0);
    }

    // The figure is renewed by the sweep; time that passes while it runs lets the next one begin.
    private Task Overdue(InProcess<Caller> api, int cases) => RunningPlatform.Until(
        () =>
        {
            var read = Read(api);
            if (read != cases)
                platform.Pass(TimeSpan.FromSeconds(1));
            return Task.FromResult(read == cases);
        },
        $"{cases} case(s) overdue");

    private static int? Read(InProcess<Caller> api)
    {
        int? read = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Name == "onedoor.cases.overdue" && instrument.Meter.Scope == api.Services.GetRequiredService<IMeterFactory>())
                it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => read = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return read;
    }
}
