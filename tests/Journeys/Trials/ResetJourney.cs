using System.Buffers.Text;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OneDoor.Cases;
using OneDoor.Evidence;
using OneDoor.Feed;
using OneDoor.Licences;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Trials;

/// <summary>Whoever develops begins afresh: what their client made is withdrawn from every reader, and nothing is deleted of the facts.</summary>
public sealed class ResetJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation, Maker = Department.Customs;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_client_made_is_gone_from_every_reader_and_what_others_made_is_not()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        await RunningPlatform.Ready(api.Http);
        Client As(Department department) => platform.As(department, $"{RunningPlatform.Clerk} {Scopes.EventsRead} {Scopes.LicencesRead}").At(api.Http);
        var (maker, lead, start) = (As(Maker), As(Lead), api.Services.GetRequiredService<EventCursors>().Of(0));
        Task<int> Erase(string path) => api.Services.GetRequiredService<ErasePersonalData>().Run(Guid.Parse(path[^36..]), Ct);
        async Task<Answered> Do(string path, string command, object? body = null) => (await lead.Post($"{path}/{command}", body, ("If-Match", (await lead.Get(path)).Must(200).ETag))).Must(200);

        var application = Applications.For(Applications.Plain);
        var granted = (await maker.Post("/v1/cases", application, ("Idempotency-Key", "an-application"))).Must(201).Header("Location")!;
        await Do(granted, "acceptance");
        var licence = (await Do(granted, "steps/decision/decision", new { outcome = "granted" })).Json.Each("licences", "number").Single();
        var document = (await maker.Get($"{granted}/documents")).Must(200).Json.Each("items", "number").First();
        var open = (await maker.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Header("Location")!;
        await Do(open, "acceptance");
        var last = (await maker.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Header("Location")!;
        var others = (await As(Department.Tax).Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Header("Location")!;

        string[] paths = [granted, open, $"{granted}/history", $"{granted}/documents", $"/v1/licences/{licence}"], printed = [.. new[] { licence, document }.Select(number => "/verify/" + Uri.EscapeDataString(number))];
        // What is gone afterwards was there: a licence is its issuer's to read, and the service office knows of a case that it is there.
        (Client, string[])[] there = [(lead, paths), (maker, paths[..^1]), (As(Department.ServiceOffice), paths[..2]), (platform.Anybody.At(api.Http), printed)];
        await Answer(200, there);
        Assert.Equal(0, (await maker.Post("/v1/sandbox/reset", new { before = platform.Now.AddDays(-1) })).Must(201).Json.GetProperty("things").GetArrayLength());
        var facts = await database.Facts();
        var (place, seen) = ((await platform.Anybody.At(api.Http).Get($"/v1/licences/{licence}/verification")).Must(200).Json.GetProperty("statusList").GetProperty("idx").GetInt32(), (await lead.Get(open)).Must(200).ETag);
        Assert.Equal(0, await Status(api, place));
        // Somebody is at work on one thing while the reset waits for another: who came second runs into the end of it, and neither waits for the other.
        var (reset, raced) = await RunningPlatform.Race(database, last[^36..], () => maker.Post("/v1/sandbox/reset", new { }), async () =>
        {
            Assert.Equal(1, await Erase(open));
            return await lead.Post($"{open}/steps/decision/decision", new { outcome = "granted" }, ("If-Match", seen));
        });
        Assert.True(raced.Status is 404 or 412, raced.Text);
        Assert.Equal((4, "sandbox-customs"), (reset.Must(201).Json.GetProperty("things").GetArrayLength(), reset.Json.Text("client")));
        // A verifier that works offline has its place.
        Assert.Equal(1, await Status(api, place));
        Assert.Empty((await lead.Get("/v1/licences")).Must(200).Json.List("items"));
        await Answer(404, there);
        foreach (var reader in new[] { maker, lead, As(Department.ServiceOffice) })
        {
            var told = await TriedEvents.ReadAll(reader, start);
            Assert.DoesNotContain(told, e => e.Text("subject") == granted || e.Text("subject") == open || e.Text("subject").EndsWith(licence, StringComparison.Ordinal));
            // Of the one that withdrew nothing nobody is told.
            Assert.Equal(reset.Json.Text("id"), told.Single(e => e.Text("type") == "onedoor.sandbox.reset").GetProperty("data").Text("id"));
        }
        Assert.Empty((await maker.Get("/v1/cases")).Must(200).Json.Each("items", "id"));
        Assert.Equal([others], (await lead.Get("/v1/cases")).Must(200).Json.Each("items", "id").Select(id => $"/v1/cases/{id}"));
        Assert.Contains(await TriedEvents.ReadAll(lead, start), e => e.Text("subject") == others);
        (await lead.Post($"{open}/steps/decision/decision", new { outcome = "granted" }, ("If-Match", seen))).Refuses(404, "case.not-found");
        // Its facts are there and proved, and nothing makes anything of them again.
        Assert.True(await database.Facts() > facts);
        await StaysWithdrawn(database, api.Services, maker, granted);
        // The same application under its key is a new one.
        Assert.NotEqual(granted, (await maker.Post("/v1/cases", application, ("Idempotency-Key", "an-application"))).Must(201).Header("Location"));
        await AtOnce(database, maker, lead, others, rounds: 4);
        await OnlyInDevelopment(api.Services, maker);
    }

    private static async Task Answer(int status, (Client Reader, string[] Paths)[] there)
    {
        foreach (var (reader, path) in there.SelectMany(one => one.Paths, (one, path) => (one.Reader, path)))
            (await reader.Get(path)).Must(status);
    }

    private static async Task StaysWithdrawn(Database database, IServiceProvider services, Client maker, string granted)
    {
        await RunningPlatform.Until(async () => await database.Count("select (select count(*) from onedoor.mt_events) - (select coalesce(max(size), 0) from onedoor.log_head)") == 0, "all is in the log");
        Assert.Null(await services.GetRequiredService<VerifyFacts>().FirstWrong(await services.GetRequiredService<FactLog>().Head(Ct), null, Ct));
        await Operator.Run<Caller>(database, "rebuild");
        (await maker.Get(granted)).Refuses(404, "case.not-found");
        // Nor does erasing its personal data, which is there like its facts.
        Assert.Equal(0, await services.GetRequiredService<ErasePersonalData>().Run(Guid.Parse(granted[^36..]), Ct));
        Assert.Equal((0, 0), (await database.Count($"select count(*) from onedoor.personal_parts where stream_id = '{granted[^36..]}'"), await database.Count($"select count(*) from onedoor.mt_doc_case where id = '{granted[^36..]}'")));
    }

    private static async Task OnlyInDevelopment(IServiceProvider services, Client maker)
    {
        services.GetRequiredService<IHostEnvironment>().EnvironmentName = Environments.Production;
        (await maker.Post("/v1/sandbox/reset", new { })).Refuses(403, "sandbox.only-in-development");
        Assert.Equal("sandbox.only-in-development", (await maker.Ask("mutation { resetSandbox(input: {}) { problem { code } } }")).GetProperty("resetSandbox").GetProperty("problem").Text("code"));
    }

    // Whatever is asked while everything is withdrawn, nothing of it is there by half.
    private static async Task AtOnce(Database database, Client maker, Client lead, string others, int rounds)
    {
        for (var round = 0; round < rounds; round++)
            await AtOnce(database, maker, lead, others);
    }

    private static async Task AtOnce(Database database, Client maker, Client lead, string others)
    {
        var open = (await maker.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Header("Location")!;
        (await lead.Post($"{open}/acceptance", null, ("If-Match", (await lead.Get(open)).Must(200).ETag))).Must(200);
        var seen = (await lead.Get(open)).Must(200).ETag;
        Task<Answered>[] asked =
        [
            maker.Post("/v1/cases", Applications.For(Applications.Plain)), lead.Post($"{open}/steps/decision/decision", new { outcome = "granted" }, ("If-Match", seen)),
            maker.Post("/v1/sandbox/reset", new { }), maker.Post("/v1/cases", Applications.For(Applications.Plain)),
        ];
        var answered = await Task.WhenAll(asked);

        Assert.True(answered[1].Status is 200 or 404 or 412, answered[1].Text);
        var gone = answered[2].Must(201).Json.List("things").Select(id => $"/v1/cases/{id.GetString()}").ToHashSet();
        Assert.Contains(open, gone);
        string[] stay = [.. new[] { answered[0], answered[3] }.Select(made => made.Must(201).Header("Location")!).Where(path => !gone.Contains(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(stay, (await maker.Get("/v1/cases")).Must(200).Json.Each("items", "id").Select(id => $"/v1/cases/{id}").Order(StringComparer.Ordinal));
        Assert.Equal(404, (await maker.Get(open)).Status);
        Assert.Empty((await lead.Get("/v1/licences")).Must(200).Json.List("items"));
        foreach (var table in new[] { "mt_doc_case where id", "found where id", "documents where case_id", "mt_doc_supervisiontask where (data ->> 'case')::uuid" })
            Assert.Equal(0, await database.Count($"select count(*) from onedoor.{table} not in ('{others[^36..]}'{string.Concat(stay.Select(path => $", '{path[^36..]}'"))})"));
    }

    private async Task<int> Status(InProcess<Caller> api, int place)
    {
        // What was read a moment before is kept.
        platform.Pass(StatusLists.Freshness);
        return StatusAt((await platform.Anybody.At(api.Http).Get("/v1/licences/status-list")).Must(200).Text, place);
    }

    private static int StatusAt(string signed, int place)
    {
        var list = JsonElement.Parse(Base64Url.DecodeFromChars(signed.Split('.')[1])).GetProperty("status_list").Text("lst");
        using var unpacked = new ZLibStream(new MemoryStream(Base64Url.DecodeFromChars(list)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unpacked.CopyTo(bytes);
        return (bytes.ToArray()[place / 2] >> (place % 2 * 4)) & 15;
    }
}
