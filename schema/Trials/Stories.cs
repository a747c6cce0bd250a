namespace OneDoor.Trials;

/// <summary>
/// What is told to try things with, asked of the rules as anybody would ask it: there is no second truth about what a thing is or how an event
/// of it looks.
/// </summary>
public static class Stories
{
    private static readonly IReadOnlyList<Func<Cast, IReadOnlyList<IFact>>> All =
    [
        .. CaseStories.All, .. LicenceStories.All, .. LicenceStories.OfSupervision, .. LicenceStories.OfStanding, .. VisitStories.OfTickets, .. VisitStories.OfAppointments,
        .. OfficeStories.OfComplaints, .. OfficeStories.OfReviews, .. OfficeStories.OfWorkOrders, .. OfficeStories.OfAssessments, .. OfficeStories.OfAttempts, .. OfficeStories.OfContests, .. OfficeStories.OfRounds, .. OfficeStories.OfOutages, .. OfficeStories.OfProjects,
        .. OfficeStories.OfMeasures, .. OfficeStories.OfIndicators, .. HallStories.OfSchedules, .. HallStories.OfItems, .. HallStories.OfBatches, OfReset,
    ];

    private static IReadOnlyList<ResetFact> OfReset(Cast cast) => SandboxReset.Decide(new(), new(cast.By, cast.Now, IsSandbox: true, Cast.NewId(cast.Now), [Cast.NewId(cast.Now)])).Facts;

    /// <summary>What happened to a thing until a fact of a kind did, that included; empty where it happens in no story.</summary>
    /// <param name="fact">The kind.</param>
    /// <param name="cast">Whose it is.</param>
    public static IReadOnlyList<IFact> Until(Type fact, Cast cast) =>
        All.Where(story => story.Method.ReturnType.GetGenericArguments()[0].IsAssignableFrom(fact)).Select(story => story(cast)).Select(told => told.TakeWhile((_, i) => told.Take(i).All(before => before.GetType() != fact)).ToArray())
            .FirstOrDefault(told => told.Length > 0 && told[^1].GetType() == fact) ?? [];
}
