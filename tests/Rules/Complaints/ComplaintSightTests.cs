using System.Text.Json;
using OneDoor.Clock;
using OneDoor.Files;
using Xunit;
using static OneDoor.Complaints.ComplaintSpec;

namespace OneDoor.Complaints;

/// <summary>COMP-1: who handles a complaint, who sees it, and what is kept of an anonymous one.</summary>
public class ComplaintSightTests
{
    [Fact]
    public void Whoever_is_complained_of_never_handles_it_alone()
    {
        foreach (var about in new ComplaintAbout[] { new(Department: Department.ServiceOffice), new(Hall: "airport"), new(Window: new("airport", 3)) })
        {
            new ComplaintSpec().Filed(about).Do(new AcceptComplaint(), Clerk).ThenRefused(ComplaintRefusals.NeedsSupervisor);
            new ComplaintSpec().Filed(about).Do(new AcceptComplaint(), Supervisor).Then(ComplaintStatus.Accepted);
        }
        new ComplaintSpec().Filed().Do(new AcceptComplaint(), Clerk).Then(ComplaintStatus.Accepted);
        // A joint case in which the office has a part, and one that nobody knows.
        new ComplaintSpec().Filed(new(Case: "1"), ofCase: [Department.MarketRegulation, Department.ServiceOffice]).Do(new AcceptComplaint(), Clerk).ThenRefused(ComplaintRefusals.NeedsSupervisor);
        new ComplaintSpec().Filed(new(Case: "1"), anonymous: true).Do(new AcceptComplaint(), Clerk).ThenRefused(ComplaintRefusals.NeedsSupervisor);
    }

    [Fact]
    public void What_is_reopened_is_handled_one_level_higher_and_by_somebody_else()
    {
        var answer = new AnswerComplaint(ComplaintFinding.Upheld, "属实。");

        new ComplaintSpec().Reopened().Do(answer, Clerk).ThenRefused(ComplaintRefusals.NeedsSupervisor);
        new ComplaintSpec().Reopened().Do(answer, Supervisor).ThenRefused(ComplaintRefusals.HandledBefore);
        new ComplaintSpec().Reopened().Do(answer, Superior).Then(ComplaintStatus.Answered);
    }

    [Fact]
    public void It_is_reopened_once_unless_the_answer_satisfied()
    {
        new ComplaintSpec().Answered().Do(new RateComplaint(true), Citizen).Then(ComplaintStatus.Closed);
        new ComplaintSpec().Answered().Do(new RateComplaint(true), Citizen).Do(new ReopenComplaint(), Citizen).ThenRefused(ComplaintRefusals.NotInThisState);
        var spec = new ComplaintSpec().Answered().Do(new RateComplaint(false), Citizen);
        spec.Then(ComplaintStatus.Answered);
        spec.Do(new ReopenComplaint(), Citizen).Do(new AnswerComplaint(ComplaintFinding.Unfounded, "维持。"), Superior).Do(new RateComplaint(false), Citizen).Then(ComplaintStatus.Closed);
        Assert.Equal([false, false], spec.State.Answers.Select(a => a.Satisfied ?? true));
    }

    [Fact]
    public void It_exists_for_its_complainant_the_office_and_once_accepted_without_the_complainant_for_whom_it_is_about()
    {
        var filed = new ComplaintSpec().Filed().State;
        var accepted = new ComplaintSpec().Do(new FileComplaint(OfTax, "慢。", Contact: new("13900000000")), Citizen).Do(new AcceptComplaint(), Clerk).State;

        Assert.NotNull(filed.SeenBy(Citizen, default));
        Assert.NotNull(filed.SeenBy(Clerk, default));
        Assert.All([Stranger, Holder, Tax, new Actor("app", "app")], other => Assert.Null(filed.SeenBy(other, default)));
        Assert.Equal(("张三", "13900000000", "p_citizen"), (accepted.SeenBy(Clerk, default)!.Name, accepted.Contact!.Phone, accepted.FiledBy));
        var share = accepted.SeenBy(Tax, default)!;
        Assert.Equal(("慢。", null, null, null), (share.Text, share.Name, share.Contact, share.FiledBy));
        Assert.Null(accepted.SeenBy(Tax with { Department = Department.Customs }, default));
    }

    [Fact] // decision 0038
    public void To_a_department_one_with_a_name_looks_like_one_without_at_every_step()
    {
        var (named, anonymous) = (new ComplaintSpec().Filed(), new ComplaintSpec().Filed(anonymous: true));
        foreach (var (at, command) in new (string, ComplaintCommand)[]
        {
            ("2020-07-01 11:00", new AcceptComplaint()), ("2020-07-02 10:00", new AnswerComplaint(ComplaintFinding.Partly, "已经改正。")), ("2020-07-02 16:00", new RateComplaint(false)),
            ("2020-07-03 16:00", new ReopenComplaint("没有人问过我。")), ("2020-07-06 10:00", new AnswerComplaint(ComplaintFinding.Upheld, "属实。")), ("2020-07-06 17:00", new RateComplaint(true)),
        })
        {
            var isOffices = command is AcceptComplaint or AnswerComplaint;
            named.At(at).Do(command, !isOffices ? Citizen : named.State.Answers.Count == 0 ? Supervisor : Superior);
            anonymous.At(at).Do(command, !isOffices ? Holder : anonymous.State.Answers.Count == 0 ? Supervisor : Superior);

            Assert.Equal(JsonSerializer.Serialize(anonymous.State.SeenBy(Tax, default)), JsonSerializer.Serialize(named.State.SeenBy(Tax, default)));
            Assert.Equal(Times(anonymous), Times(named));
        }
        Assert.Equal((ComplaintStatus.Closed, China.At("2020-07-01 00:00")), (named.State.Status, named.State.SeenBy(Tax, default)!.FiledAt));
        // Whoever complains and whoever handles it know the minute.
        Assert.All([Citizen, Supervisor], reader => Assert.Equal(
            (China.At("2020-07-01 09:30"), China.At("2020-07-03 16:00"), China.At("2020-07-06 17:00")),
            (named.State.SeenBy(reader, default)!.FiledAt, named.State.SeenBy(reader, default)!.ReopenedAt, named.State.SeenBy(reader, default)!.ClosedAt)));
        Assert.All([Citizen, Supervisor], reader => Assert.Same(named.Facts, Complaint.FactsSeenBy(reader, named.Facts)));

        static IEnumerable<(Type, DateTimeOffset)> Times(ComplaintSpec spec) => Complaint.FactsSeenBy(Tax, spec.Facts).Select(fact => (fact.GetType(), fact.At));
    }

    [Fact] // COMP-1, COMP-2
    public void Who_served_a_ticket_has_no_part_in_a_complaint_about_it()
    {
        ComplaintMatter served = new([Department.ServiceOffice], Place: new("airport", 7), Served: ["p_superior"]);
        var named = new ComplaintSpec().Do(new FileComplaint(new(Ticket: "1"), "慢。"), Citizen, matter: served);
        var anonymous = new ComplaintSpec().Do(new FileComplaint(new(Ticket: "1"), "慢。", Anonymous: true), Holder, matter: served);

        foreach (var spec in new[] { named, anonymous })
        {
            Assert.Null(spec.State.SeenBy(Superior, default));
            Assert.Equal(new ComplaintPlace("airport", 7), spec.State.SeenBy(Supervisor, default)!.Place);
            Assert.Equal(["p_other"], spec.Do(new AcceptComplaint(["p_other"]), Supervisor).State.Named);
            Assert.Null(spec.State.SeenBy(Superior, default));
        }
        Assert.Equal(new ComplaintPlace("airport", 7), named.State.SeenBy(Citizen, default)!.Place);
        Assert.Null(anonymous.State.SeenBy(Holder, default)!.Place);
        new ComplaintSpec().Do(new FileComplaint(new(Ticket: "1"), "慢。"), Citizen).ThenRefused(ComplaintRefusals.AboutUnknown, "/about/ticket");
        new ComplaintSpec().Do(new FileComplaint(new(Ticket: "1", Hall: "airport"), "慢。"), Citizen, matter: served).ThenRefused(ComplaintRefusals.AboutInvalid, "/about");
        new ComplaintSpec().Do(new FileComplaint(new(Ticket: " "), "慢。", Anonymous: true), Holder).ThenRefused(ComplaintRefusals.AboutUnknown, "/about/ticket");
    }

    [Fact] // COMP-1: a photograph may tell who took it
    public void What_is_attached_is_ones_own_and_the_complainants_and_the_offices_to_see()
    {
        var spec = new ComplaintSpec().Do(new FileComplaint(OfTax, "慢。", Attachments: [Photograph.Id]), Citizen).Do(new AcceptComplaint(), Clerk);

        Assert.All([Citizen, Clerk, Supervisor], reader => Assert.Equal([Photograph], spec.State.SeenBy(reader, default)!.Attachments));
        Assert.Null(spec.State.SeenBy(Tax, default)!.Attachments);
        new ComplaintSpec().Do(new FileComplaint(OfTax, "慢。", Attachments: [Photograph.Id, new Guid(8, 0, 0, new byte[8])]), Citizen).ThenRefused(FileRefusals.Unknown, "/attachments/1");
        Assert.Equal("/attachments", new ComplaintSpec().Do(new FileComplaint(OfTax, "慢。", Attachments: [.. Enumerable.Range(1, 11).Select(n => new Guid(n, 0, 0, new byte[8]))]), Citizen).Refused!.Fields.Single().Pointer);
    }

    [Fact]
    public void A_clerk_sees_none_about_the_office_and_nobody_one_that_names_them()
    {
        var spec = new ComplaintSpec().Filed(new(Hall: "airport"));

        Assert.Null(spec.State.SeenBy(Clerk, default));
        spec.Do(new AcceptComplaint(["p_superior"]), Supervisor);

        Assert.NotNull(spec.State.SeenBy(Supervisor, default));
        Assert.Null(spec.State.SeenBy(Superior, default));
        Assert.Empty(spec.State.SeenBy(Citizen, default)!.Named);
    }

    [Fact]
    public void An_anonymous_one_has_a_day_and_nobody_and_opens_to_its_code_alone()
    {
        var spec = new ComplaintSpec().Filed(new(Case: "SAMR-028-01-20260316-000001"), anonymous: true, ofCase: [Department.MarketRegulation]);

        Assert.Equal(new ComplaintFiled(China.At("2020-07-01 00:00"), null, spec.State.Id, spec.State.About, "等了两个小时。", null, null, spec.State.Units, Digest, China.At("2020-07-02 23:59:59")), spec.Facts[0]);
        Assert.NotNull(spec.State.SeenBy(Holder, default));
        Assert.Empty(spec.State.SeenBy(Holder, default)!.Units);
        Assert.Empty(new ComplaintSpec().Do(new FileComplaint(new(Ticket: "1"), "慢。", Anonymous: true), Holder, matter: new([Department.Tax])).State.SeenBy(Holder, default)!.Units);
        // What its complainant has named themselves tells them nothing.
        Assert.Equal([Department.Tax], new ComplaintSpec().Filed(anonymous: true).State.SeenBy(Holder, default)!.Units);
        Assert.Equal([Department.ServiceOffice], new ComplaintSpec().Filed(new(Window: new("airport", 3)), anonymous: true).State.SeenBy(Holder, default)!.Units);
        Assert.All([Guesser, Citizen, new Actor("", "")], other => Assert.Null(spec.State.SeenBy(other, default)));
        Assert.Null(new ComplaintSpec().Filed().State.SeenBy(new Actor("", "") { CodeDigest = "" }, default));
    }

    [Fact]
    public void What_an_anonymous_complainant_does_has_its_day_and_follows_what_was_before()
    {
        var spec = new ComplaintSpec().Answered(anonymous: true).At("2020-07-01 17:00").Do(new RateComplaint(false), Holder).At("2020-07-03 17:00").Do(new ReopenComplaint(), Holder);

        Assert.Equal([China.At("2020-07-01 09:30"), China.At("2020-07-03 00:00")], spec.Facts.Where(f => f is ComplaintRated or ComplaintReopened).Select(f => f.At));
        Assert.All(spec.Facts.Where(f => f is ComplaintFiled or ComplaintRated or ComplaintReopened), f => Assert.Null(f.By));
    }

    [Fact]
    public void A_code_is_read_however_it_is_grouped_and_whatever_its_zeros_and_ones_are_taken_for()
    {
        const string Code = "7QK40ZB2M9TDC6RV1XHN58WEJAPG";

        Assert.Equal("7QK4-0ZB2-M9TD-C6RV-1XHN-58WE-JAPG", AccessCode.Grouped(Code));
        Assert.Equal(Code, AccessCode.Read("7qk4-ozb2 m9td-c6rv-ixhn-58we-japg"));
        Assert.All([null, "", Code[1..], Code + "0", Code.Replace('7', 'U')], typed => Assert.Null(AccessCode.Read(typed)));
        Assert.True(AccessCode.Length * Math.Log2(AccessCode.Digits.Length) >= 128);
    }

    [Fact]
    public void Figures_say_what_was_counted_and_nothing_of_fewer_than_five()
    {
        var answered = new ComplaintSpec().Answered().State;
        var satisfied = new ComplaintSpec().Answered().Do(new RateComplaint(true), Citizen).State;
        var late = new ComplaintSpec().Filed().At("2020-07-03 00:00").Swept().State;

        var figures = Of([.. Enumerable.Repeat(answered, 10), .. Enumerable.Repeat(satisfied, 5), .. Enumerable.Repeat(late, 5)]);
        Assert.Equal((20, new ComplaintRatio(0.75m, 15, 20), new ComplaintRatio(1, 15, 15)), (figures.Filed, figures.AcceptedInTime, figures.AnsweredInTime));
        Assert.Equal((new ComplaintFindings(0, 15, 0), new ComplaintRatio(1, 5, 5), new ComplaintRatio(0, 0, 15)), (figures.Findings, figures.Satisfied, figures.Reopened));
        // One late of six can be told from the five that were not.
        Assert.Null(Of([.. Enumerable.Repeat(answered, 5), late]).AcceptedInTime);
        Assert.Null(Of([.. Enumerable.Repeat(answered, 4)]).Filed);

        static ComplaintUnitFigures Of(IReadOnlyList<Complaint> filed) =>
            Assert.Single(ComplaintFigures.Of(new DateOnly(2020, 7, 1), new DateOnly(2020, 7, 31), [.. filed.Select(ComplaintRow.Of)], LegalClock.Zone).Units);
    }

    [Fact]
    public void What_time_has_brought_about_counts_whether_it_is_recorded_yet_or_not()
    {
        Assert.All([new ComplaintSpec().Filed(), new ComplaintSpec().Accepted(), new ComplaintSpec().Answered(), new ComplaintSpec().Reopened()], spec =>
            Assert.All([spec.State.WakeAt!.Value.AddTicks(-1), spec.State.WakeAt.Value], now => Assert.Equal(spec.State.At(now).Missed, ComplaintRow.Of(spec.State).At(now).Missed)));
    }
}
