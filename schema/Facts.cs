using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace OneDoor;

/// <summary>Under which name a fact is stored. It is the storage format: it never changes, and never means anything else.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AliasAttribute(string name) : Attribute
{
    /// <summary>Past tense in snake case, for instance <c>case_submitted</c>.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// Personal data: a name, an identifier, a contact, what somebody answered or wrote in their own words. What a fact holds of it is stored
/// beside the fact, so that it can be erased while the fact stays.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class PersonalAttribute : Attribute
{
    /// <summary>Whether a member is marked, be it as a property or as the parameter of a record.</summary>
    public static bool Marks(JsonPropertyInfo member) => Marks(member.AttributeProvider) || Marks(member.AssociatedParameter?.AttributeProvider);

    private static bool Marks(ICustomAttributeProvider? member) => member?.IsDefined(typeof(PersonalAttribute), inherit: false) == true;
}

/// <summary>Something that has happened.</summary>
public interface IFact
{
    /// <summary>When.</summary>
    DateTimeOffset At { get; }
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

    /// <summary>What the viewer may see of it at an instant; null when it does not exist for them.</summary>
    TSelf? SeenBy(Actor viewer, DateTimeOffset now);

    /// <summary>What the passing of time alone has brought about by an instant and is not recorded yet.</summary>
    IReadOnlyList<TFact> Lapse(DateTimeOffset now) => [];

    /// <summary>The thing as it stands at an instant, whether that is recorded yet or not; its version is that of what is.</summary>
    TSelf At(DateTimeOffset now) => (TSelf)this;
}
