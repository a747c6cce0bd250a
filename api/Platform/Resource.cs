namespace OneDoor.Platform;

/// <summary>What things of a kind are called, where they are, and what is answered where there is none.</summary>
public interface IResource
{
    /// <summary>Of a thing, in camel case: that of GraphQL's field, and what its operations are named after.</summary>
    string Name { get; }

    /// <summary>Where REST has them.</summary>
    string Address { get; }

    /// <summary>What is answered where there is none, or none for who asks.</summary>
    Refusal NotFound { get; }
}

/// <summary>A resource whose things are not read by a <see cref="Reading{TState, TFact, TView, TEvent}"/>.</summary>
public sealed record Resource(string Name, string Address, Refusal NotFound) : IResource;

/// <summary>Resources in routes.</summary>
public static class ResourceRoutes
{
    /// <summary>The group of routes at a resource's address.</summary>
    public static RouteGroupBuilder MapGroup(this IEndpointRouteBuilder v1, IResource resource) => v1.MapGroup(resource.Address["/v1".Length..]);
}
