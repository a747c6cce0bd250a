using OneDoor.Cases;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Query parameters that are refused: all of a stage at once, and each with what would be right.</summary>
public sealed class RefusedParameters(RunningPlatform platform)
{
    private Client Customs => platform.As(Department.Customs);

    [Theory]
    [InlineData("/v1/cases?submittedFrom=2026-02-30", "submittedFrom")]
    [InlineData("/v1/cases?submittedTo=2026-2-3", "submittedTo")]
    [InlineData("/v1/cases?submittedTo=9999-12-31", "submittedTo")]
    [InlineData("/v1/cases?status=lost", "status")]
    [InlineData("/v1/cases?status=0", "status")]
    [InlineData("/v1/cases?department=moon", "department")]
    [InlineData("/v1/tasks?status=Open", "status")]
    [InlineData("/v1/cases?first=0", "first")]
    [InlineData("/v1/cases?first=101", "first")]
    [InlineData("/v1/cases?first=+5", "first")]
    [InlineData("/v1/cases?first=%2B5", "first")]
    [InlineData("/v1/cases?first=5%20", "first")]
    [InlineData("/v1/cases?first=", "first")]
    [InlineData("/v1/cases?item=", "item")]
    [InlineData("/v1/cases?item", "item")]
    [InlineData("/v1/cases?after=", "after")]
    [InlineData("/v1/catalogue/items?query=", "query")]
    [InlineData("/v1/cases?item=ESTABLISHMENT&item=ESTABLISHMENT", "item")]
    [InlineData("/v1/cases?first=5&first=6", "first")]
    [InlineData("/v1/cases?number=%FF", "number")]
    [InlineData("/v1/cases?number=a%00", "number")]
    [InlineData("/v1/cases?item=%ED%A0%80", "item")]
    [InlineData("/v1/catalogue/items?query=%00", "query")]
    [InlineData("/v1/cases?submittedFrom=2026-11-30&submittedTo=2026-11-29", "submittedTo")]
    [InlineData("/v1/halls/airport/slots?group=market&from=2026-11-30&to=2026-11-29", "to")]
    [InlineData("/v1/cases?hall=moon&after=AAAA", "hall")]
    [InlineData("/v1/tasks?count=maybe", "count")]
    [InlineData("/v1/cases?count=True", "count")]
    [InlineData("/v1/cases?count=", "count")]
    [InlineData("/v1/catalogue/items?mode=better", "mode")]
    [InlineData("/v1/catalogue/items?hall=mars", "hall")]
    public async Task A_parameter_that_cannot_be_is_named(string path, string name)
    {
        var refused = (await Customs.Get(path)).Refuses(400, "request.parameter-invalid");

        Assert.Equal(name, Assert.Single(refused.Json.Each("errors", "pointer")));
    }

    [Theory]
    [InlineData("/v1/business-environment/2026/indicators?asOf=today", "asOf takes 2026-11-23T09:30:00+08:00 (0002–9998).")]
    [InlineData("/v1/halls/airport/slots?group=market&to=2026-2-3", "to takes YYYY-MM-DD (1900–8999).")]
    [InlineData("/v1/halls/airport/slots?group=market&from=2026-01-01&to=2026-12-31", "There are 62 days at most at a time, “from” and “to” among them.")]
    [InlineData("/v1/licences?kind=a,b", "kind takes one value.")]
    [InlineData("/v1/cases?first=99999999999999999999", "first takes 1–100.")]
    [InlineData("/v1/cases?item=", "item is given once and with a value.")]
    [InlineData("/v1/cases?count=yes", "count takes one of true, false.")]
    [InlineData("/v1/staff/excellence?quarter=2026-Q5", "quarter takes YYYY-Q1–YYYY-Q4.")]
    public async Task What_a_parameter_takes_is_said(string path, string detail) => Assert.Equal(detail, (await Customs.Get(path)).Refuses(400, "request.parameter-invalid").Json.Text("detail"));

    [Theory]
    [InlineData("{ cases(item: \"A,B\") { edges { node { id } } } }")]
    [InlineData("{ tasks(item: \"A,B\") { edges { node { step { code } } } } }")]
    [InlineData("{ licences(kind: \"A,B\") { edges { node { number } } } }")]
    [InlineData("{ registeredLicences(kind: \"A,B\") { edges { node { number } } } }")]
    [InlineData("{ cases(ids: [\"1\"]) { totalCount } }")]
    [InlineData("{ cases(item: \"\") { totalCount } }")]
    [InlineData("{ items(query: \"\") { totalCount } }")]
    [InlineData("{ cases(submittedFrom: \"2026-11-30\", submittedTo: \"2026-11-29\") { totalCount } }")]
    [InlineData("{ tasks(sort: \"first\") { totalCount } }")]
    [InlineData("{ items(hall: \"mars\") { totalCount } }")]
    [InlineData("{ staffPerformance(from: \"2026-11-01\", to: \"2026-11-02\", person: \" \") { from } }")]
    public async Task What_REST_refuses_GraphQL_does(string query) => Assert.Equal("request.parameter-invalid",
        await platform.As(Department.ServiceOffice, $"{RunningPlatform.Supervisor} {Scopes.LicencesRead} {Scopes.StatisticsRead}").Refused(query));

    [Theory]
    [InlineData("/v1/cases?first=x&item=&count=yes&status=zz&department=zz&submittedFrom=2026-02-30&changedSince=x&raised=zz", "changedSince count department first item raised status submittedFrom")]
    [InlineData("/v1/cases?hall=zz&ids=1&sort=zz&item=a,b", "hall ids item sort")]
    [InlineData("/v1/tasks?status=zz&department=zz&dueBefore=x&first=0&foo=1", "department dueBefore first foo status")]
    [InlineData("/v1/licences?status=zz&first=0&Kind=a", "first Kind status")]
    [InlineData("/v1/appointments?status=zz&from=x&to=y&first=0", "first from status to")]
    [InlineData("/v1/appointments?hall=zz&from=2026-11-30&to=2026-11-29", "hall to")]
    [InlineData("/v1/complaints/figures", "from to")]
    [InlineData("/v1/statistics/cases?from=2026-11-30&to=2026-11-29&by=item,item", "by to")]
    [InlineData("/v1/halls/airport/slots?group=moon&from=2026-11-30&to=2026-11-29", "group to")]
    [InlineData("/v1/halls/airport/slots?group=moon&from=x&to=2026-01-01&foo=1", "foo from group")]
    [InlineData("/v1/halls/airport/slots?item=A&item=B&to=x", "item to")]
    [InlineData("/v1/cases?status=zz&hall=zz&sort=zz&raised=delay-unexplained,statutory-limit-passed&submittedFrom=2026-11-30&submittedTo=2026-11-29", "hall raised sort status submittedTo")]
    [InlineData("/v1/cases?raised=delay-unexplained&raised=delay-unexplained&hall=zz", "hall raised")]
    [InlineData("/v1/cases?first=0&count=maybe&after=AAAA", "after count first")]
    [InlineData("/v1/cases?foo=1&after=AAAA", "foo")]
    [InlineData("/v1/complaints?first=0&after=AAAA", "after first")]
    [InlineData("/v1/appointments?hall=zz&status=zz&foo=1", "foo hall status")]
    [InlineData("/v1/catalogue/items?hall=mars&mode=better&sample=zz", "hall mode sample")]
    public async Task All_parameters_that_cannot_be_are_named_at_once(string path, string names)
    {
        var refused = await platform.As(Department.ServiceOffice, $"{RunningPlatform.Supervisor} {Scopes.AppointmentsManage} {Scopes.ComplaintsHandle} {Scopes.StatisticsRead}").Get(path);

        Assert.Equal((400, names), (refused.Status, string.Join(' ', refused.Json.Each("errors", "pointer").Order(StringComparer.OrdinalIgnoreCase))));
    }

    [Theory]
    [InlineData("/v1/cases?statu=granted", "statu")]
    [InlineData("/v1/cases?status=granted&=", "")]
    [InlineData("/v1/cases?first=1&id=7", "id")]
    [InlineData("/v1/tasks?hall=x", "hall")]
    [InlineData("/v1/cases?Status=granted", "Status")]
    [InlineData("/v1/catalogue/items?halls=airport", "halls")]
    [InlineData("/v1/catalogue/summary?year=2020", "year")]
    [InlineData("/v1/catalogue/items/MEDI-004-01?code=x", "code")]
    [InlineData("/v1/cases/01890000-0000-7000-8000-000000000000/history?asOf=2020-01-01T00:00:00Z", "asOf")]
    [InlineData("/v1/cases/01890000-0000-7000-8000-000000000000?ifMatch=1", "ifMatch")]
    public async Task A_parameter_that_is_not_there_is_named(string path, string name)
    {
        var refused = (await Customs.Get(path)).Refuses(400, "request.parameter-unknown");

        Assert.Equal(name, Assert.Single(refused.Json.Each("errors", "pointer")));
    }

    [Fact]
    public async Task A_change_takes_no_parameters_and_happens_not_with_one()
    {
        var before = await platform.Database.Facts();

        (await Customs.Post("/v1/cases?dryRun=true", Applications.For(Applications.Plain))).Refuses(400, "request.parameter-unknown");
        (await platform.Anybody.Get("/v1/cases?x=1")).Refuses(401, "auth.token-missing");
        (await Customs.Get("/v1/tasks?count=true")).Must(200); // a worklist has no total to give

        Assert.Equal(before, await platform.Database.Facts());
    }

    [Fact]
    public async Task A_hall_that_is_not_there_is_refused_where_items_are_asked_for()
    {
        (await platform.Anybody.Get("/v1/catalogue/items?hall=haigang")).Must(200);
        Assert.Equal("request.parameter-invalid", await platform.Anybody.Refused("{ items(hall: \"mars\") { nodes { code } } }"));
        var refused = (await platform.Anybody.Post("/graphql", new { query = "{ items(first: 101) { nodes { code } } }" })).Json.List("errors")[0].GetProperty("extensions").List("errors")[0];
        Assert.Equal(("first", "request.parameter-invalid"), (refused.Text("pointer"), refused.Text("code")));
    }

    [Theory]
    [InlineData("/v1/cases?first=many")]
    [InlineData("/v1/cases?first=99999999999")]
    [InlineData("/v1/cases?count=perhaps")]
    public async Task A_parameter_of_the_wrong_type_is_refused(string path) => (await Customs.Get(path)).Must(400);

    [Fact]
    public async Task Strange_text_in_a_parameter_finds_nothing() => Assert.Empty((await Customs.Get("/v1/cases?item=%27%3B%20drop%20table%20x")).Must(200).Json.List("items"));
}
