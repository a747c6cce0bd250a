using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Notifications;

/// <summary>What somebody is told, in their inbox: theirs alone, once, and read when they say so.</summary>
public sealed class InboxJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;
    private readonly Dictionary<string, object?> _company = Applications.Company();

    private Client Person => new ToldApplicant(platform, _company).Person;

    [Fact]
    public async Task An_applicant_is_told_what_happens_to_their_case_and_says_what_they_have_read()
    {
        var application = Applications.For(Applications.Plain);
        application["applicant"] = _company;
        var @case = await CaseJourney.Submitted(platform, application);
        Assert.Empty((await Person.Get("/v1/notifications")).Must(200).Json.List("items"));

        (await @case.Accept(Lead)).Must(200);
        await @case.Grant((Lead, "decision"));

        var told = (await Person.Get("/v1/notifications?count=true", ("Accept-Language", "en"))).Must(200).Json;
        Assert.Equal(["onedoor.case.granted", "onedoor.case.accepted"], told.Each("items", "type"));
        var (granted, accepted) = (told.List("items")[0], told.List("items")[1]);
        Assert.Equal((2, "Granted", $"/v1/cases/{@case.Id}", true), (told.GetProperty("total").GetInt32(), granted.Text("title"), granted.Text("thing"), granted.IsNull("readAt")));
        Assert.DoesNotContain((string)_company["name"]!, told.GetRawText(), StringComparison.Ordinal);

        var read = (await Person.Post($"/v1/notifications/{granted.Text("id")}/reading", null)).Must(200).Json;
        Assert.Equal(platform.Now, read.Instant("readAt"));
        platform.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(read.Text("readAt"), (await Person.Post($"/v1/notifications/{granted.Text("id")}/reading", null)).Must(200).Json.Text("readAt"));
        Assert.Equal([accepted.Text("id")], (await Person.Get("/v1/notifications?unread=true")).Must(200).Json.Each("items", "id"));
        // A page at a time, and the same in GraphQL.
        var first = (await Person.Get("/v1/notifications?first=1")).Must(200).Json;
        Assert.Equal([accepted.Text("id")], (await Person.Get(first.Text("next"))).Must(200).Json.Each("items", "id"));
        var graph = await Person.Ask($$"""mutation { readNotification(id: "{{accepted.Text("id")}}") { notification { readAt } problem { code } } }""");
        Assert.False(graph.GetProperty("readNotification").GetProperty("notification").IsNull("readAt"));
        var left = await Person.Ask("{ notifications(unread: true) { totalCount } all: notifications { nodes { type title } } }");
        Assert.Equal((0, 2), (left.GetProperty("notifications").GetProperty("totalCount").GetInt32(), left.GetProperty("all").List("nodes").Length));
    }

    [Fact]
    public async Task What_is_written_is_told_over_a_socket_each_once_and_nobody_else_hears_of_it()
    {
        var ct = TestContext.Current.CancellationToken;
        var (told, stranger) = (new ToldApplicant(platform, _company), new ToldApplicant(platform, Applications.Company()));
        using var socket = await GraphQlClient.Socket(platform.Api.Address, await Person.Token(), ct);
        await socket.Send(new { type = "subscribe", id = "1", payload = new { query = "subscription { notificationWritten { id title readAt } }" } }, ct);
        // Each at an instant of its own, so that the inbox has them in their order.
        async Task<string> Tell(ToldApplicant to)
        {
            platform.Pass(TimeSpan.FromSeconds(1));
            return await to.Told();
        }
        // It is known to listen once it has told something.
        var next = socket.Receive(ct);
        while (await Task.WhenAny(next, Task.Delay(500, ct)) != next)
            await Tell(told);
        await Tell(stranger);
        var last = await Tell(told);
        static string IdOf(string message) => JsonElement.Parse(message).GetProperty("payload").GetProperty("data").GetProperty("notificationWritten").Text("id")["notification:".Length..];
        List<string> heard = [IdOf(await next)];
        while (heard[^1] != last)
            heard.Add(IdOf(await socket.Receive(ct)));

        var inbox = (await Person.Get("/v1/notifications?first=100")).Must(200).Json.Each("items", "id").Reverse().ToArray();
        Assert.Equal(inbox.SkipWhile(id => id != heard[0]), heard);
        Assert.True(heard.Count > 1);
    }

    [Fact]
    public async Task Nobody_sees_or_reads_what_another_is_told()
    {
        var id = await new ToldApplicant(platform, _company).Told();

        var stranger = new ToldApplicant(platform, Applications.Company()).Person;
        Assert.Empty((await stranger.Get("/v1/notifications")).Must(200).Json.List("items"));
        (await stranger.Post($"/v1/notifications/{id}/reading", null)).Refuses(404, "notification.not-found");
        Assert.True((await stranger.Ask($$"""{ node(id: "notification:{{id}}") { id } }""")).IsNull("node"));
        (await platform.As(Lead).Get("/v1/notifications")).Refuses(403, "auth.scope-missing");
        Assert.Single((await Person.Get("/v1/notifications?unread=true")).Must(200).Json.List("items"));
    }

    [Fact] // a rebuild tells of nothing; what is erased is told to nobody any more
    public async Task A_rebuild_tells_nobody_and_what_is_erased_is_told_no_more()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var application = Applications.For(Applications.Plain);
        application["applicant"] = _company;
        var path = (await platform.As(CaseJourney.Submitter).At(api.Http).Post("/v1/cases", application)).Must(201).Header("Location")!;
        var lead = platform.As(Lead).At(api.Http);
        (await lead.Post($"{path}/acceptance", null, ("If-Match", (await lead.Get(path)).ETag))).Must(200);
        var told = (await Person.At(api.Http).Get("/v1/notifications")).Must(200).Text;
        Assert.Contains("onedoor.case.accepted", told, StringComparison.Ordinal);

        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(told, (await Person.At(api.Http).Get("/v1/notifications")).Must(200).Text);
        await Operator.Run<Caller>(database, "erase", "--id", path.Split('/')[^1]);
        Assert.Empty((await Person.At(api.Http).Get("/v1/notifications")).Must(200).Json.List("items"));
    }

    [Fact] // COMP-1, decision 0037
    public async Task A_complainant_is_told_of_the_answer_and_an_anonymous_one_leads_to_nobody()
    {
        var before = await Rows();
        var filed = (await Person.Post("/v1/complaints", new { about = new { hall = "airport" }, text = "等了两个小时。" })).Must(201);
        var office = platform.As(Department.ServiceOffice, EntitledRequests.OfTheOffice);
        var path = filed.Header("Location")!;
        (await office.Post($"{path}/acceptance", new { }, ("If-Match", (await office.Get(path)).ETag))).Must(200);
        (await office.Post($"{path}/answer", new { finding = "upheld", text = "已经改正。" }, ("If-Match", (await office.Get(path)).ETag))).Must(200);

        Assert.Equal(["onedoor.complaint.answered", "onedoor.complaint.accepted"], (await Person.Get("/v1/notifications")).Must(200).Json.Each("items", "type"));
        var anonymous = (await platform.Anybody.Post("/v1/complaints", new { about = new { hall = "airport" }, text = "等了两个小时。", anonymous = true })).Must(201).Header("Location")!;
        (await office.Post($"{anonymous}/acceptance", new { }, ("If-Match", (await office.Get(anonymous)).ETag))).Must(200);
        Assert.Equal(before + 2, await Rows());
    }

    private Task<long> Rows() => platform.Database.Count("select count(*) from onedoor.notifications where type like 'onedoor.complaint.%'");
}
