using Npgsql;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Licences;

/// <summary>行政许可法 art. 57: no more licences of a limited number stand than there are places, whichever process grants them.</summary>
public sealed class LimitedLicences(RunningPlatform platform)
{
    private const string Item = "OFFC-090", Decision = "steps/decision/decision";
    // What whoever grants one of the places waits for.
    private const string Turn = "hashtextextended('onedoor places of fireworks-retail-licence', 0)";
    private const Department Office = Department.ServiceOffice;

    private static readonly int Places = CatalogueData.Zone().First(item => item.Code == Item && item.Places is not null).Places!.Number;

    private Client Head => platform.As(Office, RunningPlatform.Supervisor);

    [Fact]
    public async Task The_last_place_is_had_by_who_was_accepted_first_and_only_once()
    {
        await using var other = platform.StartApi(platform.Database);
        await RunningPlatform.Ready(other.Http);
        List<CaseJourney> cases = [];
        for (var i = 0; i < Places + 2; i++)
            cases.Add(await Examined());
        var (last, over, beyond) = (cases[Places - 1], cases[Places], cases[Places + 1]);

        (await over.Grant(Office, "decision")).Refuses(409, "case.earlier-first");
        List<string> numbers = [];
        foreach (var @case in cases.Take(Places - 1))
            numbers.Add((await @case.Grant(Office, "decision")).Must(200).Json.Each("licences", "number").Single());

        // At two processes at once each waits for its turn: who was accepted first, and nobody besides.
        Answered[] granted;
        await using (var connection = await platform.Database.Open())
        {
            await using var turn = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using (var command = new NpgsqlCommand($"select pg_advisory_xact_lock({Turn})", connection, turn))
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            var granting = Task.WhenAll(Grant(last, Head), Grant(over, Head.At(other.Http)), Grant(beyond, Head.At(other.Http)));
            await RunningPlatform.Until(async () => granting.IsCompleted || await platform.Database.Count(
                $"select count(*) from pg_locks where locktype = 'advisory' and not granted and (classid::bigint << 32 | objid::bigint) = {Turn}") == 3, "three grants wait for their turn");
            Assert.False(granting.IsCompleted);
            await turn.CommitAsync(TestContext.Current.CancellationToken);
            granted = await granting;
        }
        Assert.Equal([200, 409, 409], granted.Select(answer => answer.Status));
        (await over.Grant(Office, "decision")).Refuses(409, "case.places-taken");
        Assert.Equal(Places, (await platform.Anybody.Get("/v1/register/licences?kind=fireworks-retail-licence&status=valid&count=true")).Must(200).Json.GetProperty("total").GetInt32());

        // One that has ended gives its place back, and over the number it is refused, with that as its reason.
        await GrantedLicences.Done(platform, numbers[0], "cancellation", new { reason = "停止经营。", legalBasis = "《行政许可法》第七十条" }, Office);
        (await beyond.Grant(Office, "decision")).Refuses(409, "case.earlier-first");
        (await over.Grant(Office, "decision")).Must(200);
        (await beyond.Grant(Office, "decision")).Refuses(409, "case.places-taken");
        Assert.Equal("refused", (await beyond.Supervise(Office, Decision, new { outcome = "refused", reason = "名额已满。", legalBasis = "《行政许可法》第五十七条" })).Must(200).Json.Text("status"));
    }

    private async Task<CaseJourney> Examined()
    {
        var @case = await CaseJourney.Submitted(platform, Item);
        (await @case.Accept(Office)).Must(200);
        (await @case.Do(Office, "inspections", Applications.Inspection(platform.Now))).Must(200);
        platform.Pass(TimeSpan.FromSeconds(1));
        return @case;
    }

    private static async Task<Answered> Grant(CaseJourney @case, Client by) =>
        await by.Post($"{@case.Path}/{Decision}", new { outcome = "granted" }, ("If-Match", (await by.Get(@case.Path)).Must(200).ETag));
}
