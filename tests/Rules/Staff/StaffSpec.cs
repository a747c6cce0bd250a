using OneDoor.Clock;
using OneDoor.Statistics;
using Xunit;

namespace OneDoor.Staff;

/// <summary>Figures counted by hand, and an assessment from its being made on: on Wednesday, the 1st of July 2026, of a clerk who handled forty cases.</summary>
internal sealed class StaffSpec
{
    public static readonly Actor Head = new("onedoor-desk", "p_head", Department.Tax, IsSupervisor: true), Deputy = Head with { Subject = "p_deputy" },
        Office = new("onedoor-desk", "p_office", Department.ServiceOffice, IsSupervisor: true), Clerk = new("onedoor-desk", "p_clerk", Department.Tax),
        Colleague = Clerk with { Subject = "p_colleague" }, Auditor = new("office", "p_auditor", Department.Customs) { IsAuditor = true };

    public DateTimeOffset Now { get; private set; } = China.At("2026-07-01 09:00");
    public StaffFigures? Figures { get; set; } = Of(new(Department.Tax, Person: "p_clerk"), cases: 40, kept: 40);
    public IReadOnlyList<Department> Served { get; set; } = [];
    public bool IsMade { get; set; }
    public Assessment State { get; private set; } = null!;
    public Refusal? Refused { get; private set; }
    public List<AssessmentFact> Facts { get; } = [];

    /// <summary>Figures of so many cases, of which so many were in time, and what else was counted.</summary>
    public static StaffFigures Of(
        StaffKey key, int cases = 0, int kept = 0, int refused = 0, Func<StaffCounts, StaffCounts>? more = null, params (string Column, decimal Count)[] counted) => StaffFigures.Of((more ?? (c => c))(new StaffCounts(key)
        {
            Cases = new([], "", [.. CaseSums.Columns.Select(column => column switch
            {
                "handled" or "promised" or "limited" => cases, "kept" or "lawful" => kept, "granted" => cases - refused, "refused" or "noes" => (decimal)refused, _ => counted.FirstOrDefault(c => c.Column == column).Count,
            })]),
        }), StaffCriteria.Zone);

    /// <summary>Of a window of the airport hall, where tax and customs served forty visitors and all was well.</summary>
    public static StaffSpec OfWindow() => new()
    {
        Figures = Of(new(Hall: "airport", Window: 3), cases: 40, kept: 40, more: c => c with { Visits = 40 }), Served = [Department.Tax, Department.Customs],
    };

    public StaffSpec Made() => Do(new MakeAssessment("2026-H1", "p_clerk"), Head);

    public StaffSpec Objected() => Made().Do(new ObjectToAssessment("不是我的窗口。"), Clerk);

    public StaffSpec Do(AssessmentCommand command, Actor by)
    {
        var decision = Assessment.Decide(State, command, new AssessmentAsking(by, LegalClock.Zone, Now) { Figures = Figures, Served = Served, IsMade = IsMade });
        Refused = decision.Refused;
        Facts.AddRange(decision.Facts);
        State = decision.Facts.Aggregate(State, Assessment.Evolve)!;
        return this;
    }

    public StaffSpec At(string later)
    {
        Now = China.At(later);
        return this;
    }

    public void ThenRefused(Refusal expected, params IEnumerable<string> pointers)
    {
        Assert.Equal(expected.Code, Refused?.Code);
        Assert.Equal(pointers, Refused!.Fields.Select(f => f.Pointer));
    }
}
