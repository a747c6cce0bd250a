using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Statistics;

/// <summary>What a case is in figures (STAT-1, STAT-4).</summary>
public sealed class FiguresOfCases
{
    private static readonly decimal[] Ten = [10, 9, 0, 1, 0, 8, 5, 10, 9, 2, 10, 10, 0, 200, 40, 144_000, 10, 0];

    private static CaseRow RowOf(CaseSpec spec, Item? item = null) => CaseRow.Of(spec.Case, item ?? Plain, LegalClock.Zone);

    [Fact]
    public void A_case_counts_once_it_is_concluded_and_what_was_withdrawn_never_does()
    {
        var accepted = CaseSpec.Submitted(Plain, "form", "lease").Given(Acceptance(Department.MarketRegulation));
        Assert.Null(RowOf(accepted).ConcludedAt);
        var withdrawn = RowOf(CaseSpec.Submitted(Plain, "form").Given(Ask.WithdrawCase(Agency, "不办了")));
        Assert.Null(withdrawn.ConcludedAt);
        Assert.NotNull(withdrawn.EndedAt);
        var refused = RowOf(CaseSpec.Submitted(Plain, "form", "lease").Given(Acceptance(Department.MarketRegulation), Ask.RefuseCase(Supervisor(Department.MarketRegulation), Grounds)));
        Assert.Equal((CaseStatus.Refused, refused.EndedAt), (refused.Status, refused.ConcludedAt));
    }

    [Fact] // CASE-4, CASE-2
    public void How_it_was_handled_is_what_its_facts_say()
    {
        static CaseHandling Of(CaseSpec spec) => spec.Facts.Aggregate(new CaseHandling(), (handling, fact) => handling.Then(CaseHandling.Of(spec.Case, fact)));
        static (bool, bool, bool, bool) Flags(CaseHandling h) => (h.IsRedirected, h.IsReferred, h.IsRefused, h.IsRefusedByClerk);
        Assert.Equal((false, false, false, false), Flags(Of(CaseSpec.Accepted())));
        Assert.Equal((true, false, false, false), Flags(Of(CaseSpec.Licensed().Given(Ask.RedirectStep(Clerk(Department.Tax), null, Department.SocialSecurity, "归社保")))));
        var referred = CaseSpec.Accepted().Given(Ask.ReferStepUpward(Clerk(Department.MarketRegulation), null, "拿不准"));
        Assert.Equal((false, true, false, false), Flags(Of(referred)));
        Assert.Equal((false, true, true, false), Flags(Of(referred.Given(Ask.RefuseCase(Supervisor(Department.MarketRegulation), Grounds)))));
        // What the rules allow nobody: were it on record, it would be told.
        Assert.True(CaseHandling.Of(referred.Case, referred.Facts.OfType<CaseRefused>().Single() with { By = Clerk(Department.MarketRegulation) }).IsRefusedByClerk);
        Assert.Equal(1, RowOf(CaseSpec.Submitted(Plain, "form").Given(Ask.SendCorrectionNotice(Clerk(Department.MarketRegulation), [new("缺", "lease")]))).Notices);
    }

    [Fact]
    public void What_was_not_accepted_is_handled_and_judged_by_no_limit()
    {
        var row = RowOf(CaseSpec.Submitted(Plain).Given(Ask.DeclineCase(Supervisor(Department.MarketRegulation), NonAcceptanceKind.NotOurCompetence, "住所在外区", "河西区市场监督管理局")));
        Assert.NotNull(row.ConcludedAt);
        Assert.Equal((null, null, null), (row.PromisedAt, row.StatutoryAt, row.ActualSeconds));
    }

    [Fact] // CLK-8: by the kind of reason that was given
    public void What_is_late_counts_by_its_reason_and_what_is_not_by_none()
    {
        const Department lead = Department.MarketRegulation;
        Assert.Null(RowOf(CaseSpec.Accepted()).LateFor);
        var late = CaseSpec.Accepted().At("2020-07-09 00:00").Passed();
        Assert.Equal((DelayFigures.Unexplained, China.At("2020-07-08 23:59:59")), (RowOf(late).LateFor, RowOf(late).LateAt!.Value));
        Assert.Equal("other", RowOf(late.Given(Ask.ExplainDelay(Clerk(lead), "停电"))).LateFor);
        Assert.Equal("system", RowOf(late.Given(Ask.Of(Clerk(lead), new ExplainDelay("停电", DelayCause.System)))).LateFor);
        // What ran past the law's limit alone broke no promise.
        Assert.Null(CaseRow.Of(late.Case with { Delay = late.Case.Delay! with { ByLaw = true } }, Plain, LegalClock.Zone).LateFor);
    }

    [Fact] // CLK-8: whose a few are could be guessed
    public void Of_fewer_than_five_that_were_late_for_one_reason_nothing_is_told()
    {
        var figures = DelayFigures.Of(China.Day("2019-07-10"), China.Day("2020-07-09"), new Dictionary<string, long> { ["workload"] = 5, ["system"] = 4, ["other"] = 1, [DelayFigures.Unexplained] = 12 });

        Assert.Equal(
            [(DelayCause.Workload, false, 5), (DelayCause.Complexity, false, 0), (DelayCause.Coordination, false, 0), (DelayCause.System, true, null), (DelayCause.Other, true, null), (null, false, 12)],
            figures.Causes.Select(row => ((DelayCause?)row.Cause, row.Withheld, row.Cases)));
    }

    [Fact] // STAT-2: as of a day between, it was late, and stays so
    public void A_pause_that_begins_after_the_statutory_limit_has_ended_does_not_take_that_back()
    {
        static CaseSpec Paused(string local) => CaseSpec.Accepted().At(local).Given(Ask.PauseClock(Clerk(Department.MarketRegulation), null, PauseReason.ExpertReview, "专家评审", "2020-08-14"));
        var ended = RowOf(CaseSpec.Accepted()).StatutoryAt!.Value;

        Assert.Equal(ended, RowOf(Paused("2020-08-10 10:00")).StatutoryAt);
        Assert.True(ended < China.At("2020-08-10 10:00"));
        Assert.Null(RowOf(Paused("2020-07-02 10:00")).StatutoryAt);
    }

    [Fact]
    public void What_staff_took_in_is_not_online_and_what_a_department_sent_is_not_either()
    {
        Assert.False(RowOf(CaseSpec.Submitted(Plain, "form")).IsOnline);
        // STAT-4: by whatever channel a department says that it came.
        Assert.Equal([true, false], new[] { Samples.Applicant, Agency }.Select(by =>
            RowOf(new CaseSpec().Given(Submission(Plain, "form") with { By = by, Channel = Channel.Online })).IsOnline));
        Assert.Equal(Channel.Agency, CaseSpec.Submitted(Plain, "form").Case.Channel);
    }

    [Fact]
    public void Every_ratio_shows_what_was_divided_by_what()
    {
        var row = CaseStatistics.RowsOf([], [new([], "A", Ten)]).Single();
        Assert.Equal(new StatisticsRatio(0.8m, 8, 10), row.Online);
        // Two that are open and late count as not kept.
        Assert.Equal(new StatisticsRatio(0.75m, 9, 12), row.OnTimeByPromise);
        Assert.Equal(new StatisticsRatio(0.5m, 5, 10), row.MeanActual);
    }

    [Fact] // STAT-4, MODE-1
    public void What_the_law_makes_immediate_makes_nothing_faster()
    {
        decimal[] filed = [40, 40, 0, 0, 0, 40, 40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0];
        var (alone, beside) = (CaseStatistics.RowsOf([], [new([], "A", Ten)]).Single(), CaseStatistics.RowsOf([], [new([], "A", Ten), new([], "F", filed)]).Single());
        Assert.Equal((alone.FasterOfItems, alone.FasterOfMeans, alone.MeanStatutory, alone.MeanPromised), (beside.FasterOfItems, beside.FasterOfMeans, beside.MeanStatutory, beside.MeanPromised));
        Assert.Equal(new StatisticsRatio(0.1m, 5, 50), beside.MeanActual);
        Assert.Null(CaseStatistics.RowsOf([], [new([], "F", filed)]).Single().MeanStatutory);
        var filing = Plain with { Act = Act.Filing };
        Assert.Equal((CaseStatus.Granted, null), RowOf(CaseSpec.Submitted(filing, "form", "lease"), filing) is var row ? (row.Status, row.PromisedAt) : default);
    }

    [Fact]
    public void Faster_is_said_in_both_ways_over_the_same_items()
    {
        decimal[] slow = [10, 10, 0, 0, 0, 0, 0, 10, 10, 0, 10, 10, 0, 100, 80, 0, 10, 0];
        var row = CaseStatistics.RowsOf([], [new([], "A", Ten), new([], "B", slow)]).Single();
        // A promises 4 days of 20, B 8 of 10.
        Assert.Equal(new StatisticsRatio(0.5m, 1.0m, 2), row.FasterOfItems);
        Assert.Equal(new StatisticsRatio(0.6m, 18, 30), row.FasterOfMeans);
    }

    [Fact]
    public void Of_fewer_than_five_cases_nothing_is_told()
    {
        decimal[] four = [4, .. Ten.Skip(1)];
        var row = CaseStatistics.RowsOf([StatisticsDimension.Hall], [new(["airport"], "A", four)]).Single();
        Assert.True(row.Withheld);
        Assert.Equal(("airport", null, null, null), (row.Hall, row.Handled, row.Granted, row.Online));
    }

    [Fact] // STAT-4: halls add up to what departments add up to
    public void Of_a_hall_with_few_visits_nothing_is_told_and_nothing_that_would_tell_of_them()
    {
        static StatisticsRatio Of(decimal numerator, decimal denominator) => new(denominator == 0 ? null : numerator / denominator, numerator, denominator);
        static ServiceCounts Hall(string code, int visits) =>
            new(code, null, Of(visits * 60, visits), Of(visits * 300, visits), Of(9, 10), Of(visits, visits));
        static IReadOnlyList<string> Told(string figure, params ServiceCounts[] halls) =>
            [.. ServiceFigures.Of("2026-Q3", new(2026, 7, 1), new(2026, 9, 30), halls).Figures.Single(f => f.Id == figure).Rows.Where(row => !row.Withheld).Select(row => row.Hall!)];

        Assert.Equal(["a", "b", "c"], Told("mean-wait", Hall("a", 50), Hall("b", 5), Hall("c", 0)));
        // The one that is left out by itself could be subtracted.
        Assert.Equal(["a"], Told("mean-wait", Hall("a", 50), Hall("b", 20), Hall("c", 4)));
        Assert.Equal(["a", "b"], Told("mean-wait", Hall("a", 50), Hall("b", 20), Hall("c", 4), Hall("d", 3)));
        Assert.Equal(["a"], Told("mean-wait", Hall("a", 50), Hall("b", 20), Hall("c", 1), Hall("d", 1)));
        // Ratings of windows are told elsewhere: a hall's less those would be what is withheld of others.
        Assert.Empty(Told("positive", Hall("a", 50), Hall("b", 20)));
        var wait = ServiceFigures.Of("2026-Q3", new(2026, 7, 1), new(2026, 9, 30), [Hall("a", 50), new(null, Department.Tax, Of(60, 4), Of(60, 4), null, Of(3, 4))]).Figures[0];
        Assert.Equal([new ServiceShare("a", null, false, new(60, 3000, 50)), new(null, Department.Tax, true, null)], wait.Rows);
    }

    // What outside programs ask for by name.
    private static readonly string[] OfCases =
    [
        "cases", "cases-licences", "cases-public-services", "cases-internal", "cases-other", "municipal-cases-2019", "municipal-actual-days", "epidemic-cases", "epidemic-online-share", "epidemic-projects", "new-market-entities",
    ];

    private static readonly string[] OfTheCatalogue =
    [
        "items", "entries", "mode-abolished", "mode-filing", "mode-commitment", "mode-optimised", "renewals", "ftz-powers", "ftz-powers-later", "municipal-powers", "municipal-powers-share", "municipal-powers-office",
        "municipal-statutory-days", "municipal-promised-days", "municipal-faster-of-items", "municipal-faster-of-means", "establishment-hours", "project-days", "eia-industries", "eia-classes", "be-aspects", "be-measures",
    ];

    private static readonly string[] OfWhatThePlatformLacks = ["auto-entry-time"];

    [Fact] // STAT-3: by either edition
    public void Every_figure_that_was_published_has_its_name_and_those_of_the_catalogue_come_out()
    {
        foreach (var edition in new[] { CatalogueData.Zone(), CatalogueData.June2020() })
        {
            var figures = PublishedFigures.Of(edition, []).Figures;

            Assert.Equal(OfCases.Concat(OfTheCatalogue).Concat(OfWhatThePlatformLacks).Order(StringComparer.Ordinal), figures.Select(figure => figure.Id).Order(StringComparer.Ordinal));
            Assert.Equal(OfTheCatalogue.Order(StringComparer.Ordinal), figures.Where(figure => figure.Reproduced).Select(figure => figure.Id).Order(StringComparer.Ordinal));
            Assert.All(figures.Where(figure => OfWhatThePlatformLacks.Contains(figure.Id)), figure => Assert.Null(figure.Value));
        }
    }

    [Fact]
    public void Published_figures_of_no_cases_are_computed_and_differ()
    {
        var figures = PublishedFigures.Of(CatalogueData.Zone(), []).Figures.ToDictionary(figure => figure.Id);
        Assert.Equal((0m, false), (figures["cases"].Value, figures["cases"].Reproduced));
        Assert.Null(figures["municipal-actual-days"].Value);
        Assert.True(figures["municipal-faster-of-items"].Reproduced);
        Assert.True(figures["municipal-faster-of-means"].Reproduced);
    }
}
