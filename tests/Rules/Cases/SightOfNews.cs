using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>What is told of a case with each of its facts: by sight when it happened and when it is told, whichever shows less.</summary>
public class SightOfNews
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax, Social = Department.SocialSecurity;

    [Fact] // JOINT-3
    public void Nobody_is_told_of_a_fact_that_history_does_not_show_them_now_or_did_not_show_them_then()
    {
        var told = 0;
        foreach (var story in Stories)
        {
            var past = Past(story);
            foreach (var viewer in Viewers)
            {
                var now = Shown(past, past.Count, viewer, story.Now);
                for (var version = 1; version <= past.Count; version++)
                {
                    var news = CaseNews.SeenBy(past, version, viewer, story.Now);
                    told += news is null ? 0 : 1;
                    var both = now.Contains(version) && Shown(past, version, viewer, past[version - 1].Fact.At).Contains(version);
                    Assert.True(both || news is null, $"{past[version - 1].Fact.GetType().Name} is told to {viewer.Department}");
                }
            }
        }
        Assert.True(told > 100);
    }

    [Fact] // JOINT-3
    public void What_is_told_of_a_case_is_no_more_than_its_reader_saw_then()
    {
        foreach (var story in Stories)
        {
            var past = Past(story);
            foreach (var viewer in Viewers)
            {
                for (var version = 1; version <= past.Count; version++)
                {
                    if (CaseNews.SeenBy(past, version, viewer, story.Now) is not { } news)
                        continue;
                    var then = past[version - 1].State.SeenBy(viewer, past[version - 1].Fact.At)!;
                    Assert.Equal(version, news.Version);
                    Assert.Subset(then.Steps.Select(s => s.Code).ToHashSet(), news.Steps.Select(s => s.Code).ToHashSet());
                    Assert.Subset(then.Materials.Select(m => m.Code).ToHashSet(), news.Materials.Select(m => m.Code).ToHashSet());
                    Assert.True(then.Form is not null || news.Form is null);
                }
            }
        }
    }

    [Fact] // CASE-4, JOINT-3
    public void The_department_a_step_was_redirected_from_is_told_no_more_and_the_one_it_came_to_not_what_went_before()
    {
        var story = CaseSpec.Licensed().Given(Ask.ReferStepUpward(Clerk(Tax), null, "复杂"));
        var before = Past(story);
        Assert.Contains(before.Count, Told(before, Clerk(Tax), story.Now));

        story.Given(Ask.RedirectStep(Clerk(Tax), null, Social, "归社保"));
        var after = Past(story);

        Assert.Empty(Told(after, Clerk(Tax), story.Now));
        var referred = after.ToList().FindIndex(p => p.Fact is StepReferredUpward) + 1;
        var redirected = after.ToList().FindIndex(p => p.Fact is StepRedirected) + 1;
        Assert.DoesNotContain(referred, Told(after, Clerk(Social), story.Now));
        Assert.Contains(redirected, Told(after, Clerk(Social), story.Now));
    }

    [Fact] // JOINT-3: with the last fact one is told what one reads
    public void With_the_last_fact_one_is_told_of_the_case_as_it_stands()
    {
        var story = CaseSpec.Licensed();
        var past = Past(story);
        foreach (var viewer in new[] { Samples.Applicant, Agency, Clerk(Lead), Clerk(Tax) })
        {
            var last = past.Count;
            while (CaseNews.SeenBy(past, last, viewer, story.Now) is null)
                last--;
            var news = CaseNews.SeenBy(past, last, viewer, story.Now)!;
            Assert.Equal(StoredJson.Write(past[last - 1].State.SeenBy(viewer, story.Now)!), StoredJson.Write(news));
        }
    }

    private static IReadOnlyList<Actor> Viewers => [Samples.Applicant, Agency, .. Enum.GetValues<Department>().Select(d => Clerk(d)), Clerk(Department.ServiceOffice) with { IsAuditor = true }];

    private static List<(CaseFact Fact, Case State)> Past(CaseSpec story)
    {
        List<(CaseFact, Case)> past = [];
        foreach (var fact in story.Facts)
            past.Add((fact, Case.Evolve(past is [.., var (_, before)] ? before : null, fact)));
        return past;
    }

    private static HashSet<int> Shown(List<(CaseFact Fact, Case State)> past, int version, Actor viewer, DateTimeOffset at) =>
        [.. past[version - 1].State.SeenBy([.. past.Take(version).Select(p => p.Fact)], viewer, at).Select(shown => shown.Version)];

    private static IReadOnlyList<int> Told(List<(CaseFact Fact, Case State)> past, Actor viewer, DateTimeOffset now) =>
        [.. Enumerable.Range(1, past.Count).Where(version => CaseNews.SeenBy(past, version, viewer, now) is not null)];
}
