using System.Diagnostics.CodeAnalysis;

namespace OneDoor;

/// <summary>
/// What a rule decided: the facts that follow, or the refusal. No facts and no refusal means that the command
/// had already taken effect.
/// </summary>
/// <typeparam name="TFact">The aggregate's closed set of facts.</typeparam>
[SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "Nothing is a value of the type, as Array.Empty is.")]
public readonly struct Decision<TFact> where TFact : class
{
    private readonly IReadOnlyList<TFact>? _facts;

    private Decision(IReadOnlyList<TFact>? facts, Refusal? refused)
    {
        _facts = facts;
        Refused = refused;
    }

    /// <summary>The facts to record, in order; empty when refused or when nothing changes.</summary>
    public IReadOnlyList<TFact> Facts => _facts ?? [];

    /// <summary>Why not; null when the command is accepted.</summary>
    public Refusal? Refused { get; }

    /// <summary>The command had already taken effect: same answer, no new facts.</summary>
    public static Decision<TFact> Nothing => default;

    /// <summary>Several facts, in the order in which they become true.</summary>
    public static Decision<TFact> Of(IReadOnlyList<TFact> facts) => new(facts, null);

    public static implicit operator Decision<TFact>(TFact fact) => new([fact], null);

    public static implicit operator Decision<TFact>(Refusal refusal) => new(null, refusal);

    public static implicit operator Decision<TFact>(TFact[] facts) => new(facts, null);
}
