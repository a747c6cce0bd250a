using OneDoor.Applicants;
using OneDoor.Appointments;
using OneDoor.Batches;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Trials;

/// <summary>What happens to what the hall itself keeps: its hours, its catalogue, and files of applications.</summary>
internal static class HallStories
{
    private const int DaysAgo = 50, Closed = 35;

    public static IEnumerable<Func<Cast, IReadOnlyList<ScheduleFact>>> OfSchedules => [Scheduled];

    public static IEnumerable<Func<Cast, IReadOnlyList<CatalogueFact>>> OfItems => [Published];

    public static IEnumerable<Func<Cast, IReadOnlyList<BatchFact>>> OfBatches => [Finished, cast => Received(cast) is { State: { } batch } told ? Then(told, Batch.Decide(batch, new CancelBatch(), new(cast.By, told.Now))) : []];

    private static IReadOnlyList<ScheduleFact> Scheduled(Cast cast)
    {
        var (schedule, day) = (new ToldThing<Schedule, ScheduleFact>(cast.Ago(DaysAgo)), LegalClock.DayOf(cast.Ago(Closed)));
        foreach (var command in new ScheduleCommand[] { new SetSchedule(day, ItemGroups.SampleSchedule), new CloseHall(day, "停电检修"), new ReopenHall(day) })
            schedule.Happened(Schedule.Decide(schedule.State ?? Schedule.None(HallDirectory.Main), command, new(cast.Of(Department.ServiceOffice), LegalClock.Zone, schedule.Now)));
        return schedule.Facts;
    }

    private static IReadOnlyList<CatalogueFact> Published(Cast cast) =>
        cast.Item(_ => true) is { } known ? CatalogueEntry.Publish(null, known.Item, known.Form, LegalClock.DayOf(cast.Now), cast.Ago(DaysAgo)).Facts : [];

    private static ToldThing<Batch, BatchFact> Received(Cast cast)
    {
        var batch = new ToldThing<Batch, BatchFact>(cast.Ago(DaysAgo));
        if (cast.Item(item => item.Applicants.Contains(ApplicantKind.Employer)) is { } item)
            batch.Happened(new BatchReceived(
                batch.Now, cast.By, Cast.NewId(batch.Now), item.Item.Code, new(ApplicantKind.LegalEntity, "样例用人单位", "91310000SAMPLE0000"), new(SignedTexts.Declaration.Digest, "张三"), [BatchColumns.Phone], 2));
        return batch;
    }

    private static IReadOnlyList<BatchFact> Finished(Cast cast)
    {
        var told = Received(cast);
        if (told.State is null)
            return [];
        told.Happened(new BatchStarted(told.Now));
        told.Happened(new BatchFinished(told.Now, 2, 0));
        told.Happened(told.State!.Lapse(cast.Now));
        return told.Facts;
    }

    private static IReadOnlyList<BatchFact> Then(ToldThing<Batch, BatchFact> told, Decision<BatchFact> decision)
    {
        told.Happened(decision);
        return told.Facts;
    }
}
