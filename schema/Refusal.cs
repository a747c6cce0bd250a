namespace OneDoor;

/// <summary>
/// A rule's "no", as a value: refusals are answers, never exceptions. Every code is listed in docs/API.md.
/// </summary>
/// <param name="Code">Stable, <c>capability.reason</c> in kebab case, for instance <c>case.item-abolished</c>.</param>
/// <param name="Status">The HTTP status it is answered with.</param>
/// <param name="Title">What is refused, the same for every occurrence of the code.</param>
/// <param name="Detail">What was wrong this time and what to do about it; never holds personal data.</param>
public sealed record Refusal(string Code, int Status, Text Title, Text? Detail = null)
{
    /// <summary>The places in the request that caused the refusal; empty when it is not about a field.</summary>
    public IReadOnlyList<FieldRefusal> Fields { get; init; } = [];

    /// <summary>What whoever is refused can ask for instead; null where nothing is offered.</summary>
    public Instead? Instead { get; init; }

    /// <summary>Ids of the things that stand in the way, all of them, for a program to deal with; null where nothing else than what was asked does.</summary>
    public IReadOnlyList<Guid>? Things { get; init; }

    /// <summary>The same refusal, saying what was wrong this time.</summary>
    public Refusal Because(string zh, string en) => this with { Detail = new Text(zh, en) };

    /// <summary>The same refusal, pointing at a field of the request and saying of it what it says now.</summary>
    /// <param name="pointer">JSON Pointer (RFC 6901) into the request body, or a query parameter's name.</param>
    public Refusal At(string pointer) => this with { Fields = [.. Fields, new FieldRefusal(pointer, Code, Title, Detail)] };

    /// <summary>It alone where something is wrong, and nothing where it is not: for a list of all that is.</summary>
    public IEnumerable<Refusal> When(bool wrong) => wrong ? [this] : [];

    /// <summary>Everything that is wrong, told at once: the first refusal, pointing at the places of all; null where nothing is wrong.</summary>
    public static Refusal? AllOf(IEnumerable<Refusal> refusals)
    {
        var all = refusals.ToArray();
        return all.Length == 0 ? null : all[0] with { Fields = [.. all.SelectMany(r => r.Fields)] };
    }
}

/// <summary>One place in a request that was refused.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the body, or a query parameter's name.</param>
/// <param name="Code">Why, as a stable code.</param>
/// <param name="Title">What is refused there.</param>
/// <param name="Detail">What was wrong this time; never holds personal data.</param>
public sealed record FieldRefusal(string Pointer, string Code, Text Title, Text? Detail = null)
{
    /// <summary>The pointer to a member of what another points at.</summary>
    /// <param name="at">That other; empty for the body itself.</param>
    /// <param name="name">The member's name.</param>
    public static string PointerTo(string at, string name) => $"{at}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}

/// <summary>What can be asked for where something else was not done.</summary>
/// <param name="Operation">Its name, in REST's contract and among GraphQL's mutations.</param>
/// <param name="Path">Where REST takes it.</param>
/// <param name="From">From when on; null for now.</param>
public sealed record Instead(string Operation, string Path, DateTimeOffset? From);
