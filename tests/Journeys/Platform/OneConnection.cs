using OneDoor.Cases;
using OneDoor.Files;
using Xunit;

namespace OneDoor.Platform;

/// <summary>
/// A process with one connection for its requests: none of them takes a second while it holds one, or as many at once as there are connections would wait for each other.
/// And what the database has undone for another's sake is done again.
/// </summary>
public sealed class OneConnection(RunningPlatform platform) : IAsyncLifetime
{
    // One of few places, for a matter of safety.
    private const string Item = "OFFC-090";
    private const Department Office = Department.ServiceOffice;

    // The first who asks is told that the database has undone what they did.
    private const string Undone = """
        create sequence onedoor.asked;
        create function onedoor.undone() returns boolean language plpgsql as $$
        begin
            if nextval('onedoor.asked') = 1 then raise exception 'deadlock detected' using errcode = '40P01'; end if;
            return true;
        end $$;
        """;

    // What works beside the requests, and over the same connections: it is another's turn.
    private readonly List<Turn> _turns = [];
    private Database _database = null!;
    private InProcess<Caller> _api = null!;

    private Client Submitter => platform.As(CaseJourney.Submitter, $"{RunningPlatform.Clerk} files:write").At(_api.Http);

    public async ValueTask InitializeAsync()
    {
        _database = await platform.Template.Copy();
        foreach (var work in new[] { "log", "webhooks", "batches", "lag" })
        {
            _turns.Add(new(_database.Connection, work));
            Assert.True(await _turns[^1].IsOurs(TestContext.Current.CancellationToken));
        }
        _api = platform.StartApi(_database, ("Store:MaxConnections", "1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        foreach (var turn in _turns)
            await turn.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task No_command_waits_for_a_connection_while_it_holds_one()
    {
        var clerk = platform.As(Office, $"{RunningPlatform.Clerk} files:write").At(_api.Http);
        var path = (await Submitter.Post("/v1/cases", Applications.For(Item))).Must(201).Header("Location")!;
        async Task<Answered> Does(string what, object body) => await clerk.Post($"{path}/{what}", body, ("If-Match", (await clerk.Get(path)).Must(200).ETag));
        (await Does("acceptance", new { })).Must(200);
        (await Does("inspections", Applications.Inspection(platform.Now))).Must(200);

        var submitted = await Submitter.Post("/v1/cases", await WithFile(Submitter));
        var refused = await Does("steps/decision/decision", new { outcome = "refused", reason = "不符合条件。", results = new[] { new { name = "通知书.jpg", file = await Uploaded(clerk) } } });
        var granted = await Does("steps/decision/decision", new { outcome = "granted", results = new[] { new { name = "许可证.jpg", file = await Uploaded(clerk) } } });

        Assert.Equal([201, 403, 200], new[] { submitted, refused, granted }.Select(answer => answer.Status));
        Assert.Equal(1, await _database.Count("select count(*) from onedoor.mt_events where type = 'attempted_refusal_stopped'"));
    }

    [Theory]
    [InlineData("alter table onedoor.files enable row level security, force row level security; create policy undone on onedoor.files using (onedoor.undone())")]
    [InlineData("""
        create function onedoor.undone_of_a_fact() returns trigger language plpgsql as $$ begin perform onedoor.undone(); return new; end $$;
        create trigger undone before insert on onedoor.mt_events for each row execute function onedoor.undone_of_a_fact()
        """)]
    public async Task What_is_undone_for_anothers_sake_while_it_is_decided_or_committed_is_done_again(string where)
    {
        var application = await WithFile(Submitter);
        await _database.Run(Undone + where);

        (await Submitter.Post("/v1/cases", application, ("Idempotency-Key", "undone-once"))).Must(201);

        Assert.Equal(1, await _database.Cases());
        Assert.True(await _database.Count("select last_value from onedoor.asked") > 1);
    }

    private static async Task<Dictionary<string, object?>> WithFile(Client uploader)
    {
        var file = await Uploaded(uploader);
        var materials = Applications.MaterialsOf(Item).ToArray();
        return new(Applications.For(Item))
        {
            ["materials"] = materials.Skip(1).Select(code => (object)Applications.Material(code)).Prepend(new { code = materials[0], name = "申请表.jpg", file }).ToArray(),
        };
    }

    private static async Task<string> Uploaded(Client uploader) => (await uploader.Upload(SampleFiles.Jpeg, "image/jpeg")).Must(201).Json.Text("id");
}
