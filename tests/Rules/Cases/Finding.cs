using CsCheck;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>What lists know of a case.</summary>
public class Finding
{
    [Fact]
    public void A_case_is_in_the_lists_of_its_status_and_in_no_others_whichever_way_one_comes() => Walks.Cases.Sample(spec =>
    {
        foreach (var place in spec.Case.Find().Places)
            Assert.Equal([spec.Case.Status], CaseFinding.Everything.Where(status => CaseFinding.States(place.Way, [status]).Contains(place.State)));
    });

    [Fact]
    public void A_worklist_is_of_the_running_cases_in_which_a_department_has_something_to_do() => Walks.Cases.Sample(spec =>
    {
        foreach (var place in spec.Case.Find().Places.Where(p => p.Way is Way.OfDepartment))
        {
            var own = spec.Case.IsEnded ? [] : spec.Case.Steps.Where(s => new Way.OfDepartment(s.Department) == place.Way).ToArray();
            Assert.Equal((own.Count(s => s.Status == StepStatus.Open), own.Count(s => s.Status == StepStatus.Waiting)), (place.Open, place.Waiting));
            Assert.Equal(own.Where(s => s.Status == StepStatus.Open).Select(spec.Case.DueOf).OfType<DateTimeOffset>().Order(), place.Due);
            Assert.Equal(place.Open > 0, CaseFinding.TaskStates(StepStatus.Open).Contains(place.State));
            Assert.Equal(place.Waiting > 0, CaseFinding.TaskStates(StepStatus.Waiting).Contains(place.State));
            Assert.Equal(place.Open + place.Waiting > 0, CaseFinding.TaskStates(null).Contains(place.State));
        }
    });

    [Fact] // CLK-3: what stands still is not due
    public void A_case_is_due_where_its_state_says_so() => Walks.Cases.Sample(spec =>
    {
        var found = spec.Case.Find();
        Assert.Equal(spec.Case.IsAccepted ? spec.Case.Promised?.At : null, found.DueAt);
        Assert.All(found.Places, place => Assert.Equal(found.DueAt is not null, CaseFinding.IsDue(place.State)));
    });

    [Fact]
    public void One_way_leads_to_a_case_once()
    {
        var ways = CaseSpec.Licensed().Given(Ask.RedirectStep(Clerk(Department.Tax), null, Department.PublicSecurity, "theirs")).Case.Find().Places.Select(p => p.Way).ToArray();

        Assert.Equal(ways.Distinct(), ways);
        Assert.DoesNotContain(new Way.OfDepartment(Department.Tax), ways);
    }
}
