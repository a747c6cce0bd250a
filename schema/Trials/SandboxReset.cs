namespace OneDoor.Trials;

/// <summary>Something that was done about all that a client has made in the sandbox.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who did it.</param>
public abstract record ResetFact(DateTimeOffset At, Actor By) : IFact;

/// <summary>
/// What a client had made in the sandbox was withdrawn from every reader: its facts stay and are proved as before, and nobody is shown, told or
/// counted any of it.
/// </summary>
/// <param name="ResetId">The reset's own.</param>
/// <param name="Before">What was made before this.</param>
/// <param name="Things">Ids of the things.</param>
[Alias("sandbox_reset")]
public sealed record SandboxWasReset(DateTimeOffset At, Actor By, Guid ResetId, DateTimeOffset Before, IReadOnlyList<Guid> Things) : ResetFact(At, By);

/// <summary>Withdraws what one's client has made in the sandbox from every reader.</summary>
/// <param name="Before">What was made before this instant; all of it when left out.</param>
public sealed record ResetSandbox(DateTimeOffset? Before = null) : ICommand;

/// <summary>What the rule knows of the sandbox besides.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Now">When.</param>
/// <param name="IsSandbox">The platform serves developers, and nobody's matters.</param>
/// <param name="New">The reset's id.</param>
/// <param name="Things">What the client has made.</param>
public sealed record ResetAsking(Actor By, DateTimeOffset Now, bool IsSandbox, Guid New, IReadOnlyList<Guid> Things);

/// <summary>What a client had made was withdrawn. The last fact of each of these things says so as well, in its own stream.</summary>
public sealed record SandboxReset : IFolded<SandboxReset, ResetFact>
{
    public required Guid Id { get; init; }
    public int Version { get; init; }

    /// <summary>Whose client's things they were.</summary>
    public required string Client { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset Before { get; init; }
    public required IReadOnlyList<Guid> Things { get; init; }

    /// <summary>Everybody: who was told of what is gone is told that it is.</summary>
    public SandboxReset? SeenBy(Actor viewer, DateTimeOffset now) => this;

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    public static Decision<ResetFact> Decide(ResetSandbox command, ResetAsking asked) => asked.IsSandbox
        ? new SandboxWasReset(asked.Now, asked.By, asked.New, command.Before is { } before && before < asked.Now ? before : asked.Now, asked.Things)
        : TrialRefusals.OnlyInDevelopment;

    public static SandboxReset Evolve(SandboxReset? state, ResetFact fact) => (state, fact) switch
    {
        (null, SandboxWasReset f) => new SandboxReset { Id = f.ResetId, Version = 1, Client = f.By.Client, At = f.At, Before = f.Before, Things = f.Things },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} follows nothing of a reset."),
    };
}

/// <summary>The thing in whose stream this is was withdrawn from every reader. It is told of nowhere but in its proofs.</summary>
/// <param name="Reset">The reset.</param>
/// <param name="At">When.</param>
[Alias("withdrawn_from_sandbox")]
public sealed record WithdrawnFromSandbox(Guid Reset, DateTimeOffset At);
