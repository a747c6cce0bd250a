using Marten;
using OneDoor.Cases;
using OneDoor.Graph;
using OneDoor.Statistics;

namespace OneDoor.Staff;

/// <summary>How staff do their work, in figures from facts, and what is found of it (效能考核).</summary>
public static class StaffModule
{
    public static void AddStaff(this WebApplicationBuilder builder)
    {
        builder.Stores<Round, RoundFact>(rounds => rounds
            .Duplicate(r => r.At, configure: index => index.Mask = "?, id").Duplicate(r => r.Hall));
        builder.Stores<Outage, OutageFact>(outages => outages
            .Duplicate(o => o.FromAt, configure: index => index.Mask = "?, id").Duplicate(o => o.UntilAt).Duplicate(o => o.Hall));
        builder.Stores<Assessment, AssessmentFact>(assessments => assessments
            .Duplicate(a => a.MadeAt, configure: index => index.Mask = "?, id")
            .Duplicate(a => a.Person, configure: index => index.Mask = "?, made_at, id")
            .Duplicate(a => a.WakeAt, configure: index => index.Predicate = "wake_at is not null"));
        builder.Stores<AttemptedRefusal, AttemptedRefusalFact>(attempts => attempts
            .Duplicate(a => a.At, configure: index => index.Mask = "?, id").Duplicate(a => a.Hall));
        builder.Stores<FigureContest, FigureContestFact>(contests => contests
            .Duplicate(c => c.MadeAt, configure: index => index.Mask = "?, id")
            .Duplicate(c => c.Person, configure: index => index.Mask = "?, made_at, id")
            .Duplicate(c => c.BeganAt).Duplicate(c => c.EndedAt));
        builder.Services.AddSingleton<StaffFigureReader>();
        builder.Services.AddSingleton<ServiceOfLastQuarter>(services => ct => GetServiceFigures.Last(services.GetRequiredService<StaffFigureReader>(), services.GetRequiredService<TimeProvider>(), ct));
        builder.Services.AddScoped<NoteAttemptedRefusal>(services => new AttemptedRefusals(services.GetRequiredService<ChangeTools>()).Note);
        builder.Services.AddScoped<RoundChanges>();
        builder.Services.AddScoped<OutageChanges>();
        builder.Services.AddScoped<AssessmentChanges>();
        builder.Services.AddScoped<FigureContestChanges>();
        builder.Services.AddSingleton<ISweep>(new Sweep<Assessment, AssessmentFact>(
            (all, now) => all.Where(a => a.WakeAt != null && a.WakeAt <= now).OrderBy(a => a.WakeAt), (due, now) => due.Lapse(now)));
        builder.Tells<Round, RoundFact, RoundView>("round", round => $"/v1/staff/rounds/{round.Id}", (round, _, _) => RoundView.Of(round));
        builder.Tells<Outage, OutageFact, OutageView>("outage", outage => $"/v1/staff/outages/{outage.Id}", (outage, _, _) => OutageView.Of(outage));
        builder.Tells<AttemptedRefusal, AttemptedRefusalFact, AttemptedRefusalView>("attempted-refusal", attempt => $"/v1/staff/attempted-refusals/{attempt.Id}",
            (attempt, _, _) => AttemptedRefusalView.Of(attempt));
        builder.Tells<Assessment, AssessmentFact, AssessmentView>("assessment", assessment => $"/v1/staff/assessments/{assessment.Id}",
            (assessment, _, _) => AssessmentView.Of(assessment));
        builder.Tells<FigureContest, FigureContestFact, FigureContestView>("figure-contest", contest => $"/v1/staff/figure-contests/{contest.Id}",
            (contest, _, _) => FigureContestView.Of(contest));
        builder.Services.AddSingleton(new ContractTag("Staff", "How departments, windows and people do their work, in figures from facts, and what is found of it (效能考核)."));
        builder.AddGraph(StaffGraph.Add);
    }

    public static void MapStaff(this IEndpointRouteBuilder v1)
    {
        var staff = v1.MapGroup("/staff").WithTags("Staff");
        staff.MapGetPerformance();
        staff.MapGetExcellence();
        v1.MapGroup("/statistics").WithTags("Statistics").MapGetServiceFigures();
        staff.MapRounds();
        staff.MapOutages();
        staff.MapAttemptedRefusals();
        staff.MapFigureContests();
        staff.MapAssessments();
        AssessmentOperations.All.OpenTo(new RestDoor<AssessmentChanges, AssessmentCommand, AssessmentView>(staff.MapGroup("/assessments")));
    }
}
