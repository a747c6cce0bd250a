using System.Globalization;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Complaints;
using OneDoor.Reviews;
using OneDoor.Statistics;
using OneDoor.Tickets;
using OneDoor.WorkOrders;
using Xunit;

namespace OneDoor.Sample;

/// <summary>STAT-3: what is drawn is lawful to the rules of cases, and resembles the whole. <c>make sample-check</c> folds the whole.</summary>
public sealed class HundredthOfTheSample
{
    private static readonly SampleTable Table = SampleTable.Solve();
    private static readonly IReadOnlyList<SampleCase> Drawn = SampleDrawing.Draw(Table, SamplePlan.Cases / 100);
    private static readonly Dictionary<Guid, IReadOnlyList<CaseFact>> Told = Tell(Drawn);
    private static readonly Dictionary<int, Guid> Ids = Drawn.Zip(Told.Keys).ToDictionary(one => one.First.Number, one => one.Second);
    private static readonly SampleStream[] Beside = [.. Serve()];
    private static readonly CaseRow[] Rows = [.. Told.Values.Select(facts => RowOf(facts.Aggregate(default(Case), Case.Evolve)!))];

    [Fact]
    public void The_rules_themselves_make_the_facts_of_every_case_and_conclude_it_in_its_month()
    {
        Assert.Equal(7_914, Told.Count);
        Assert.All(Drawn.Zip(Rows), pair => Assert.InRange(
            LegalClock.DayOf(pair.Second.ConcludedAt!.Value), pair.First.Cell.From, pair.First.Cell.Until.AddDays(-1)));
    }

    [Fact]
    public void Time_passes_in_every_case_and_none_begins_before_the_five_years()
    {
        Assert.All(Told.Values, facts => Assert.Equal(facts.OrderBy(fact => fact.At).Select(fact => fact.At), facts.Select(fact => fact.At)));
        Assert.True(Told.Values.Min(facts => LegalClock.DayOf(facts[0].At)) >= SamplePlan.Begins);
    }

    [Fact]
    public void There_are_notices_refusals_commitments_filings_and_missed_promises()
    {
        var facts = Told.Values.SelectMany(told => told).Select(fact => fact.GetType()).ToHashSet();
        Assert.Superset(
            new HashSet<Type> { typeof(CorrectionRequested), typeof(StepRefused), typeof(CommitmentMade), typeof(CaseOverdue), typeof(DelayExplained), typeof(StepInspected), typeof(ThirdPartiesTold) }, facts);
        Assert.Contains(Drawn, drawn => drawn.Way == SampleWay.Filed);
    }

    [Fact]
    public void The_same_seed_draws_the_same_cases_to_the_fact_and_what_is_beside_them()
    {
        var again = Tell([.. Drawn.Take(200)]);
        Assert.All(again, told => Assert.Equal(StoredJson.Write(Told[told.Key]), StoredJson.Write(told.Value)));
        Assert.Equal(Beside.Take(40).SelectMany(beside => beside.Facts).Select(StoredJson.Write), Serve().Take(40).SelectMany(beside => beside.Facts).Select(StoredJson.Write));
    }

    /// <summary>HALL-1: who is first in a group is called first, and at a window stands one at a time.</summary>
    [Fact]
    public void Tickets_are_given_and_called_in_turn_and_windows_serve_one_after_the_other()
    {
        // In the whole there is a crowd.
        SampleCase[] week = [.. SampleDrawing.Draw(Table).Where(one => one.SubmittedAt.UtcDateTime is { Year: 2018, Month: 3, Day: < 8 })];
        Assert.Contains(SampleVisit.Draw(week), visit => visit?.Window > 1);
        foreach (var (before, next) in week.Zip(SampleVisit.Draw(week)).Where(one => one.Second is not null).GroupBy(one => (one.First.Cell.Hall, one.Second!.Window))
            .SelectMany(window => window.Select(one => one.Second!).OrderBy(visit => visit.CalledAt).ToArray() is var served ? served.Zip(served.Skip(1)) : []))
            Assert.True(before.EndedAt <= next.CalledAt);

        var tickets = Folded<Ticket, TicketFact>(Ticket.Evolve);
        Assert.InRange(tickets.Length, 2_500, 3_500);
        Assert.All(tickets, ticket => Assert.Equal((TicketStatus.Done, ticket.Day), (ticket.Status, LegalClock.DayOf(ticket.EndedAt!.Value))));
        Assert.All(tickets.GroupBy(ticket => (ticket.Hall, ticket.Day, ticket.GroupCode)), queue =>
        {
            Ticket[] taken = [.. queue.OrderBy(ticket => ticket.TakenAt)];
            Assert.Equal(taken, queue.OrderBy(ticket => ticket.CalledAt));
            Assert.Equal(Enumerable.Range(1, taken.Length), taken.Select(ticket => int.Parse(ticket.Number.AsSpan(1), CultureInfo.InvariantCulture)));
        });
        Assert.All(tickets.GroupBy(ticket => (ticket.Hall, ticket.Day, ticket.Window)), window =>
        {
            Ticket[] served = [.. window.OrderBy(ticket => ticket.CalledAt)];
            Assert.All(served.Zip(served.Skip(1)), pair => Assert.True(pair.First.EndedAt <= pair.Second.CalledAt));
        });
        // The clerk takes the case in while its applicant is at the window.
        var came = Drawn.ToDictionary(one => Ids[one.Number], one => one.SubmittedAt);
        Assert.All(tickets, ticket => Assert.InRange(came[ticket.Case!.Value], ticket.CalledAt!.Value, ticket.EndedAt!.Value));
    }

    /// <summary>REV-1, REV-2, COMP-1: nobody rates themselves, and whatever is bad or found right is put right.</summary>
    [Fact]
    public void What_people_say_is_theirs_and_what_was_wrong_is_put_right_and_nothing_is_left_to_be_done()
    {
        var (reviews, complaints, orders) = (Folded<Review, ReviewFact>(Review.Evolve), Folded<Complaint, ComplaintFact>(Complaint.Evolve), Folded<WorkOrder, WorkOrderFact>(WorkOrder.Evolve));
        Assert.Equal(Enum.GetValues<ReviewGrade>(), reviews.Select(review => review.Grade).Distinct().Order());
        Assert.True(reviews.Count(review => review.OfTicket is not null) > 50 && reviews.Count(review => review.OfCase is not null) > 50);
        Assert.All(Beside.SelectMany(beside => beside.Facts).OfType<ReviewGiven>(), given => Assert.Null(given.By.Department));
        Assert.Equal(
            reviews.Where(review => review.Grade is ReviewGrade.Dissatisfied or ReviewGrade.VeryDissatisfied).Select(review => review.Id)
                .Concat(complaints.Where(complaint => complaint.Answers[^1].Finding != ComplaintFinding.Unfounded).Select(complaint => complaint.Id)).Order(),
            orders.Select(order => order.Cause!.Value).Order());
        Assert.All(orders, order => Assert.Equal((WorkOrderStatus.Closed, null), (order.Status, order.WakeAt)));
        Assert.All(complaints, complaint => Assert.Equal((ComplaintStatus.Closed, null), (complaint.Status, complaint.WakeAt)));
        Assert.Superset(
            new HashSet<Type> { typeof(ComplaintRated), typeof(ComplaintReopened), typeof(ComplaintClosed), typeof(WorkOrderOverdue) }, Beside.SelectMany(beside => beside.Facts).Select(fact => fact.GetType()).ToHashSet());
    }

    [Fact]
    public void Time_passes_in_what_is_beside_the_cases_as_well() =>
        Assert.All(Beside, beside => Assert.Equal(beside.Facts.OrderBy(fact => fact.At), beside.Facts));

    [Fact]
    public void Whole_figures_come_out_within_a_hundredth()
    {
        var figures = PublishedFigures.Of(CatalogueData.June2020(), Tally.Of(Rows)).Figures.ToDictionary(figure => figure.Id);
        Assert.Equal(7_914, figures["cases"].Value);
        Assert.InRange(figures["cases-licences"].Value!.Value, 560, 650);
        Assert.InRange(figures["epidemic-online-share"].Value!.Value, 0.86m, 0.90m);
    }

    private static IEnumerable<SampleStream> Serve() =>
        Drawn.Zip(SampleVisit.Draw(Drawn)).SelectMany(one => SampleService.Of(one.First, Told[Ids[one.First.Number]].Aggregate(default(Case), Case.Evolve)!, one.Second));

    private static TState[] Folded<TState, TFact>(Func<TState?, TFact, TState> evolve) where TState : class =>
        [.. Beside.Where(beside => beside.Of == typeof(TState)).Select(beside => beside.Facts.Cast<TFact>().Aggregate(default(TState), evolve)!)];

    private static Dictionary<Guid, IReadOnlyList<CaseFact>> Tell(IReadOnlyList<SampleCase> drawn)
    {
        var life = new SampleLife();
        return drawn.Select(life.FactsOf).ToDictionary(facts => ((CaseSubmitted)facts[0]).CaseId);
    }

    private static CaseRow RowOf(Case folded) => CaseRow.Of(folded, CatalogueData.June2020().First(item => item.Code == folded.Plan.Item), LegalClock.Zone);
}
