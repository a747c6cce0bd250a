using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace OneDoor.Platform;

/// <summary>The query parameters a route reads.</summary>
public sealed record KnownParameters(IReadOnlySet<string> Names);

/// <summary>
/// Refuses query parameters that a route does not read, as bodies' unknown fields are: a filter with a slip of the pen
/// would else give all there is.
/// </summary>
public static class UnknownParameters
{
    /// <summary>The group's routes take the query parameters that their handlers name and no others.</summary>
    public static RouteGroupBuilder RefuseUnknownParameters(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            var path = ((RouteEndpointBuilder)endpoint).RoutePattern.Parameters.Select(p => p.Name);
            var query = endpoint.Metadata.OfType<MethodInfo>().Single().GetParameters()
                .Where(p => Reads(p.ParameterType) && !p.GetCustomAttributes().OfType<IFromHeaderMetadata>().Any()).Select(p => p.Name!);
            var known = query.Except(path).ToHashSet(StringComparer.OrdinalIgnoreCase);
            // Whoever asks every list alike asks a worklist, too, although it has no total.
            if (known.Contains("after"))
                known.Add("count");
            endpoint.Metadata.Add(new KnownParameters(known));
        });
        return group;
    }

    public static void UseUnknownParameters(this WebApplication app) => app.Use((http, next) =>
        http.Request.QueryString.HasValue && http.GetEndpoint()?.Metadata.GetMetadata<KnownParameters>() is { } known
        && http.Request.Query.Keys.FirstOrDefault(name => !known.Names.Contains(name)) is { } unknown
            ? Problems.Write(http, RequestRefusals.ParameterUnknown.At(unknown))
            : next(http));

    private static bool Reads(Type parameter) => (Nullable.GetUnderlyingType(parameter) ?? parameter) is var type
        && (type == typeof(string) || type == typeof(int) || type == typeof(bool));
}
