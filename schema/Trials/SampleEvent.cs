namespace OneDoor.Trials;

/// <summary>Something that was done in the sandbox, to try things with.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who did it.</param>
public abstract record TrialFact(DateTimeOffset At, Actor By) : IFact;

/// <summary>Somebody asked for an event of a type, of a thing that does not exist (decision 0075): they alone are told it.</summary>
/// <param name="EventId">The event's.</param>
/// <param name="Type">Its type.</param>
/// <param name="Facts">What happened to the thing, by the rules, until what the event tells of did.</param>
[Alias("sample_event_triggered")]
public sealed record SampleEventTriggered(DateTimeOffset At, Actor By, Guid EventId, string Type, IReadOnlyList<SampleFact> Facts) : TrialFact(At, By);

/// <summary>A fact of what does not exist, which is stored nowhere else.</summary>
/// <param name="Kind">The alias that such facts have.</param>
/// <param name="Content">What it says, as JSON.</param>
public sealed record SampleFact(string Kind, [Personal] string Content);

/// <summary>What somebody asks of the sandbox: exactly what they send.</summary>
public abstract record TrialCommand : ICommand;

/// <summary>An event to try things with.</summary>
/// <param name="Type">One of the types of events there are, for instance <c>onedoor.case.granted</c>.</param>
public sealed record TriggerEvent(string Type) : TrialCommand;

/// <summary>What the rule of sample events knows besides.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Now">When.</param>
public sealed record TrialAsking(Actor By, DateTimeOffset Now)
{
    /// <summary>The platform serves developers, and nobody's matters.</summary>
    public bool IsSandbox { get; init; }

    /// <summary>There is such a type of events.</summary>
    public bool IsType { get; init; }

    /// <summary>A new event's id.</summary>
    public Guid New { get; init; }

    /// <summary>What happened to a thing until such an event; none where that happens in no story.</summary>
    public IReadOnlyList<SampleFact> Facts { get; init; } = [];

    /// <summary>Whether whoever asks would be told of it.</summary>
    public bool IsTold { get; init; }
}

/// <summary>An event to try things with, of a thing that does not exist.</summary>
public sealed record SampleEvent : IFolded<SampleEvent, TrialFact>
{
    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required string Type { get; init; }

    /// <summary>The client that asked for it, and for whom.</summary>
    public required string Client { get; init; }
    public required string Subject { get; init; }

    /// <summary>Whoever asked for it, and nobody else.</summary>
    public SampleEvent? SeenBy(Actor viewer, DateTimeOffset now) => (viewer.Client, viewer.Subject) == (Client, Subject) ? this : null;

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    public static Decision<TrialFact> Decide(TrialCommand command, TrialAsking asked) => command switch
    {
        _ when !asked.IsSandbox => TrialRefusals.OnlyInDevelopment,
        TriggerEvent when !asked.IsType => TrialRefusals.TypeUnknown.At("/type"),
        TriggerEvent when asked.Facts.Count == 0 => TrialRefusals.EventNotOffered.At("/type"),
        TriggerEvent when !asked.IsTold => TrialRefusals.EventNotTold.At("/type"),
        TriggerEvent c => new SampleEventTriggered(asked.Now, asked.By, asked.New, c.Type, asked.Facts),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
    };

    public static SampleEvent Evolve(SampleEvent? state, TrialFact fact) => (state, fact) switch
    {
        (null, SampleEventTriggered f) => new SampleEvent { Id = f.EventId, Version = 1, Type = f.Type, Client = f.By.Client, Subject = f.By.Subject },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} follows nothing of a sample event."),
    };
}
