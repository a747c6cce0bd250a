using System.Text.Json.Serialization;
using OneDoor.Clock;
using OneDoor.Tickets;

namespace OneDoor.Staff;

/// <summary>Something that happened to an outage.</summary>
public abstract record OutageFact(DateTimeOffset At, Actor By) : IFact;

/// <summary>It is on record that a system was down (系统故障, PERF-1): what was late because of it counts against nobody.</summary>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Hall">In which hall; null for all.</param>
/// <param name="Reason">What was down, and why.</param>
[Alias("outage_recorded")]
public sealed record OutageRecorded(DateTimeOffset At, Actor By, Guid OutageId, DateTimeOffset From, DateTimeOffset Until, string? Hall, [Personal] string Reason) : OutageFact(At, By);

/// <summary>What someone asks of an outage: exactly what they send.</summary>
public abstract record OutageCommand : ICommand;

/// <summary>Recording that a system was down (系统故障).</summary>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when; not to come.</param>
/// <param name="Reason">What was down, and why; 1 to 2,000 characters, which everybody who is assessed reads.</param>
/// <param name="Hall">Code of the hall where it was; left out for all.</param>
public sealed record RecordOutage(
    DateTimeOffset From, DateTimeOffset Until, string Reason, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hall = null) : OutageCommand;

/// <summary>What the rule of outages knows besides.</summary>
public sealed record OutageAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    /// <summary>A new outage's id.</summary>
    public Guid New { get; init; }
}

/// <summary>A time in which a system was down (系统故障). It is never changed.</summary>
public sealed record Outage : IFolded<Outage, OutageFact>
{
    private const int MostDays = 30;

    public required Guid Id { get; init; }
    public int Version { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes; so is the other.</summary>
    public required DateTimeOffset FromAt { get; init => field = value.ToUniversalTime(); }
    public required DateTimeOffset UntilAt { get; init => field = value.ToUniversalTime(); }
    public string? Hall { get; init; }
    public required string Reason { get; init; }

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    public static Decision<OutageFact> Decide(Outage? state, OutageCommand command, OutageAsking asked)
    {
        if (state is not null || command is not RecordOutage c)
            throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "An outage is recorded once.");
        // No other department says itself what excuses it. The service office, whose halls those are, does, though its own figures are excused as well.
        if (asked.By is not { IsSupervisor: true, Department: Department.ServiceOffice })
            return StaffRefusals.NeedsSupervisor.Because("由政务服务办主管人员登记。", "The service office's.");
        return Refusal.AllOf(
        [
            .. OutageRefusals.TimesInvalid.At("/until").When(c.From >= c.Until || c.Until > asked.Now || c.Until - c.From > TimeSpan.FromDays(MostDays)),
            .. OutageRefusals.HallUnknown.At("/hall").When(c.Hall is { } hall && !QueuePolicy.Zone.Windows.ContainsKey(hall)),
            .. StaffRefusals.TextInvalid.At("/reason").When(!Wording.IsText(c.Reason, Round.LongestText)),
        ]) is { } wrong ? wrong : new OutageRecorded(asked.Now, asked.By, asked.New, c.From, c.Until, c.Hall, c.Reason);
    }

    public static Outage Evolve(Outage? state, OutageFact fact) => (state, fact) switch
    {
        (null, OutageRecorded f) => new Outage { Id = f.OutageId, Version = 1, FromAt = f.From, UntilAt = f.Until, Hall = f.Hall, Reason = f.Reason },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} follows nothing of an outage."),
    };

    /// <summary>Whoever works for a department may be judged by what it excuses.</summary>
    public Outage? SeenBy(Actor viewer, DateTimeOffset now) => viewer.Department is null ? null : this;
}
