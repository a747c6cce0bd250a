using OneDoor.Batches;
using OneDoor.BusinessEnvironment;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Licences;
using OneDoor.Appointments;
using OneDoor.Complaints;
using OneDoor.Emergencies;
using OneDoor.Reviews;
using OneDoor.Staff;
using OneDoor.Standing;
using OneDoor.Supervision;
using OneDoor.Tickets;
using OneDoor.WorkOrders;
using Xunit;

namespace OneDoor.Trials;

/// <summary>Whatever can happen to a thing happens in one of the stories, by the rules and before now.</summary>
public class EveryStory
{
    /// <summary>What no rule makes any more.</summary>
    private static readonly Type[] Former = [typeof(LimitExtended)];

    private static readonly Type[] Told =
    [
        typeof(CaseFact), typeof(LicenceFact), typeof(SupervisionFact), typeof(CreditFact), typeof(TicketFact), typeof(AppointmentFact), typeof(ComplaintFact), typeof(ReviewFact), typeof(WorkOrderFact),
        typeof(AssessmentFact), typeof(RoundFact), typeof(OutageFact), typeof(EmergencyProjectFact), typeof(MeasureFact), typeof(BusinessIndicatorsFact), typeof(AttemptedRefusalFact), typeof(FigureContestFact), typeof(ResetFact), typeof(ScheduleFact), typeof(BatchFact),
    ];

    private static readonly IReadOnlyList<ItemPublished> Items =
        [.. CatalogueData.Zone().Select(item => new ItemPublished(default, 1, new(2020, 1, 1), item, CatalogueData.FormOf(item, CatalogueData.Forms())))];

    // On a working day and on none, in a year whose holidays are known and in those after it.
    public static TheoryData<string, string> Callers => new()
    {
        { "service-office", "2027-02-14 03:00" }, { "customs", "2029-10-01 23:59" }, { "nobody's", "2026-01-01 00:00" }, { "a person", "2026-11-27 10:00" },
    };

    private static Cast CastOf(string caller, string now) => new(
        caller switch
        {
            "nobody's" => new("sandbox-app-1", "sandbox-app-1"),
            "a person" => new("mobile", "p_citizen", Applicant: "person:11010519491231002X"),
            _ => new($"sandbox-{caller}", $"sandbox-{caller}", Kebab.Parse<Department>(caller)),
        },
        China.At(now), Items, new Random(1));

    [Theory, MemberData(nameof(Callers))]
    public void Whatever_happens_to_a_thing_happens_in_a_story(string caller, string now)
    {
        var cast = CastOf(caller, now);
        Type[] all = [.. Told.SelectMany(kind => kind.Assembly.GetTypes().Where(type => type.IsSubclassOf(kind)))];
        var untold = all.Except(Former).Where(fact => Stories.Until(fact, cast) is not [.., var last] || last.GetType() != fact || last.At > cast.Now);
        Assert.Empty(untold.Select(fact => fact.Name));
    }

    [Fact] // LIC-6: of an item that names what it rests on, whosever it is
    public void Every_department_is_told_of_a_suspension() =>
        Assert.All(Enum.GetValues<Department>(), caller => Assert.IsType<LicenceSuspended>(Stories.Until(typeof(LicenceSuspended), CastOf(Kebab.Of(caller), "2026-11-27 10:00"))[^1]));

    [Fact] // HEAR-1, HEAR-2: every day to begin on, whatever holidays follow it
    public void A_hearing_is_told_and_held_around_any_holiday()
    {
        var cast = CastOf("market-regulation", "2026-11-27 10:00");
        for (var now = new DateOnly(2025, 6, 1); now.Year < 2029; now = now.AddDays(1))
        {
            var told = Stories.Until(typeof(StepGranted), cast with { Now = LegalClock.MidnightOf(now).AddHours(10), Random = new Random(1) });
            Assert.True(told[^1] is StepGranted { Hearing: not null }, $"{now:yyyy-MM-dd}");
        }
    }
}
