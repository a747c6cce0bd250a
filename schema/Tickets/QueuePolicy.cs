namespace OneDoor.Tickets;

/// <summary>How the halls call those who wait: data, which no source publishes.</summary>
/// <param name="Sample">Names of the fields that are plausible samples.</param>
/// <param name="Recalls">How often a called ticket is called again at most.</param>
/// <param name="AppointmentMinutes">From its time on, an appointment comes before who came without one, but for those who have waited so many minutes longer.</param>
/// <param name="LateMinutes">Whoever checks in so many minutes after the appointment's time, or later, waits like one without.</param>
/// <param name="TransferKeepsTurn">Whoever is sent on to another group or window keeps their turn; else they wait behind those who wait.</param>
/// <param name="Measured">Of how many services an estimate is made at most: the last of the item group.</param>
/// <param name="MeasuredWeeks">From how many weeks: how long a matter took before that says nothing any more.</param>
/// <param name="Windows">How many windows each hall has.</param>
/// <param name="Priorities">Who is served with priority (APPT-3).</param>
public sealed record QueuePolicy(
    IReadOnlyList<string> Sample, int Recalls, int AppointmentMinutes, int LateMinutes, bool TransferKeepsTurn, int Measured, int MeasuredWeeks, IReadOnlyDictionary<string, int> Windows,
    IReadOnlyList<PriorityClass> Priorities)
{
    /// <summary>That of the zone.</summary>
    public static QueuePolicy Zone { get; } = Shipped.Table<QueuePolicy>("queue.json");

    /// <summary>The priority class of that code; null where there is none.</summary>
    public PriorityClass? Priority(string code) => Priorities.FirstOrDefault(p => p.Code == code);
}

/// <summary>People who are served with priority (优先服务对象).</summary>
/// <param name="Code">Stable, for instance <c>aged</c>.</param>
/// <param name="Name">Who they are.</param>
/// <param name="Minutes">They wait as if they had come so many minutes earlier: nobody waits for ever because of them.</param>
public sealed record PriorityClass(string Code, Text Name, int Minutes);
