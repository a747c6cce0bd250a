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
            .Duplicate(a => a.Person, configure: index => index.Mask = "?, made_at, id"));
        builder.Stores<AttemptedRefusal, AttemptedRefusalFact>(attempts => attempts
            .Duplicate(a => a.At, configure: index => index.Mask = "?, id").Duplicate(a => a.Hall));
        builder.Stores<FigureContest, FigureContestFact>(contests => contests
            .Duplicate(c => c.MadeAt, configure: index => index.Mask = "?, id")
            .Duplicate(c => c.Person, configure: index => index.Mask = "?, made_at, id")
            .Duplicate(c => c.BeganAt).Duplicate(c => c.EndedAt));
        builder.Services.AddSingleton<StaffFigureReader>();
        builder.Services.AddSingleton<ServiceOfLastQuarter>(services => ct => GetServiceFigures.Last(services.GetRequiredService<StaffFigureReader>(), services.GetRequiredService<TimeProvider>(), ct));
        builder.Services.AddScoped<NoteAttemptedRefusal>(services => (of, tried, refused, body, ct) => AttemptedRefusals.Note(services.GetRequiredService<ChangeTools>(), of, tried, refused, body, ct));
        builder.Services.AddScoped<RoundChanges>();
        builder.Services.AddScoped<OutageChanges>();
        builder.Services.AddScoped<AssessmentChanges>();
        builder.Services.AddScoped<FigureContestChanges>();
        builder.Sweeps<Assessment, AssessmentFact>(a => a.WakeAt);
        builder.Tells(Rounds.One, (round, _, _) => RoundView.Of(round));
        builder.Tells(Outages.One, (outage, _, _) => OutageView.Of(outage));
        builder.Tells(ReadAttemptedRefusals.One, (attempt, _, _) => AttemptedRefusalView.Of(attempt));
        builder.Tells(Assessments.One, (assessment, _, _) => AssessmentView.Of(assessment));
        builder.Tells(FigureContests.One, (contest, _, _) => FigureContestView.Of(contest));
        builder.Services.AddSingleton(new ContractTag("Staff", "How departments, windows and people do their work, in figures from facts, and what is found of it (效能考核)."));
        builder.AddGraph(StaffGraph.Add);
    }

    public static void MapStaff(this IEndpointRouteBuilder v1)
    {
        var staff = v1.MapGroup("/staff").WithTags("Staff");
        staff.MapGetPerformance();
        staff.MapGetExcellence();
        v1.MapGroup("/statistics").WithTags("Statistics").MapGetServiceFigures();
        v1.MapAssessments();
        v1.MapRounds();
        v1.MapOutages();
        v1.MapAttemptedRefusals();
        v1.MapFigureContests();
    }
}
