namespace OneDoor;

/// <summary>Under which name a fact is stored. It is the storage format: it never changes, and never means anything else.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AliasAttribute(string name) : Attribute
{
    /// <summary>Past tense in snake case, for instance <c>case_submitted</c>.</summary>
    public string Name { get; } = name;
}

/// <summary>What someone asks of a thing: exactly what they send. Published as a request by its name.</summary>
public interface ICommand;

/// <summary>A thing whose state is folded from its facts, and which readers see their share of.</summary>
/// <typeparam name="TSelf">The state.</typeparam>
/// <typeparam name="TFact">The closed set of its facts, each with its <see cref="AliasAttribute"/>.</typeparam>
public interface IFolded<TSelf, TFact> where TSelf : class, IFolded<TSelf, TFact> where TFact : class
{
    Guid Id { get; }

    /// <summary>How many facts it consists of; a change names the one it saw.</summary>
    int Version { get; }

    /// <summary>The thing after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    static abstract TSelf Evolve(TSelf? state, TFact fact);

    /// <summary>What the viewer may see of it; null when it does not exist for them.</summary>
    TSelf? SeenBy(Actor viewer);
}
