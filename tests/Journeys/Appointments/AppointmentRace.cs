using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Appointments;

/// <summary>Two people never hold the last place, through any number of processes (APPT-1).</summary>
public sealed class AppointmentRace(RunningPlatform platform)
{
    private static readonly string Item = CatalogueData.Zone().First(i => i.Department == Department.Construction && i.Halls.Contains("airport")).Code;

    [Fact]
    public async Task Fifty_race_for_two_places_through_two_processes_and_one_is_killed()
    {
        await using var database = await platform.Template.Copy();
        (string, string)[] settings = [("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", platform.Identity.Address.OriginalString), ("RateLimit__Requests", "1000000")];
        using var one = ChildProcess.Api(database.Connection, Port.Free(), settings);
        using var other = ChildProcess.Api(database.Connection, Port.Free(), settings);
        await Task.WhenAll(one.Ready(), other.Ready());
        var free = (await new Client(one.Http, null).Get($"/v1/halls/airport/slots?item={Item}&from={TimeProvider.System.GetUtcNow().AddDays(1):yyyy-MM-dd}")).Must(200).Json.List("items");
        Assert.Equal(2, free[0].GetProperty("free").GetInt32());

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Reserve(i % 2 == 0 ? one : other, free[0].Instant("start"))));
        Assert.Equal(2, answers.Count(a => a.Status == 201));
        Assert.All(answers.Where(a => a.Status != 201), a => a.Refuses(409, "appointment.slot-full"));

        var second = Enumerable.Range(0, 50).Select(i => Reserve(i % 2 == 0 ? one : other, free[1].Instant("start"))).ToArray();
        await Task.WhenAny(second);
        await other.Kill();
        await Task.WhenAll(second.Select(asked => asked.ContinueWith(_ => { }, TaskScheduler.Default)));
        // What it was doing is undone, or done; whoever asks next is served.
        (await Reserve(one, free[1].Instant("start"))).Refuses(409, "appointment.slot-full");
        Assert.Equal(4, await database.Count("select count(*) from onedoor.mt_events where type = 'appointment_reserved'"));
    }

    // A process of its own goes by the real clock.
    private async Task<Answered> Reserve(ChildProcess at, DateTimeOffset start)
    {
        var company = Applications.Company();
        var token = platform.Token(new()
        {
            ["sub"] = $"p_{company["uscc"]}", ["client_id"] = "mobile", ["scope"] = Scopes.AppointmentsBook,
            [Claims.Applicant] = new ApplicantReference($"legal-entity:{company["uscc"]}", (string)company["name"]!),
        }, TimeProvider.System.GetUtcNow());
        return await new Client(at.Http, () => Task.FromResult(token)).Post("/v1/appointments", new { hall = "airport", item = Item, start });
    }
}
