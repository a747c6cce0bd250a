namespace OneDoor.Staff;

/// <summary>Which figures; what is null leaves them all.</summary>
/// <param name="Hall">Of that hall.</param>
/// <param name="Department">Of that department.</param>
/// <param name="Person">Of that person.</param>
public sealed record StaffScope(string? Hall = null, Department? Department = null, string? Person = null)
{
    /// <summary>What is in both; null where nothing is.</summary>
    public StaffScope? Within(StaffScope other) =>
        Differ(Hall, other.Hall) || Differ(Department, other.Department) || Differ(Person, other.Person) ? null : new(Hall ?? other.Hall, Department ?? other.Department, Person ?? other.Person);

    private static bool Differ<T>(T one, T another) => one is not null && another is not null && !one.Equals(another);
}

/// <summary>
/// Whose figures a reader sees (PERF-1): a supervisor those of their department, or of their hall where they stand in one, and the service office's
/// of all; who may read statistics those of units and windows; everybody their own.
/// </summary>
/// <param name="Groups">Units and windows; null for none.</param>
/// <param name="Persons">People; null for none.</param>
public sealed record StaffSight(StaffScope? Groups, StaffScope? Persons)
{
    /// <param name="viewer">Who reads.</param>
    /// <param name="readsStatistics">Whether they may read statistics.</param>
    public static StaffSight Of(Actor viewer, bool readsStatistics)
    {
        var led = viewer is { IsSupervisor: true, Department: { } department } ? new StaffScope(viewer.Hall, department == Department.ServiceOffice ? null : department) : null;
        return new(readsStatistics ? new() : led, led ?? (viewer.Role == ActorRole.Staff ? new(Department: viewer.Department, Person: viewer.Subject) : null));
    }

    /// <summary>Whether somebody supervises for the service office, which sees all departments and windows.</summary>
    public static bool IsOffices(Actor by) => by is { IsSupervisor: true, Department: Department.ServiceOffice };

    /// <summary>Whether whoever works for a department reads all reviews of another, or their own, each with its day (REV-1).</summary>
    /// <param name="of">Which is rated.</param>
    /// <param name="reader">For which they work; null for none.</param>
    public static bool ReadsReviews(Department of, Department? reader) => reader is Department.ServiceOffice || reader == of;

    /// <summary>What of it is asked for.</summary>
    public StaffSight Asked(StaffScope asked) => new(asked.Person is null ? Groups?.Within(asked) : null, Persons?.Within(asked));
}
