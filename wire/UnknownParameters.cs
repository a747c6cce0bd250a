using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace OneDoor.Wire;

/// <summary>The query parameters a route reads, and the type of each.</summary>
public sealed record KnownParameters(FrozenDictionary<string, Type> Types);

/// <summary>A query parameter that a route reads and its handler does not name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Of what type its values are.</param>
/// <param name="Says">What it means.</param>
public sealed record ReadsParameter(string Name, Type Type, string Says)
{
    /// <summary>The header in which it comes instead, because addresses are kept in logs and histories; null where it does not.</summary>
    public string? Header { get; init; }
}

/// <summary>
/// Refuses query parameters that a route does not read, as bodies' unknown fields are: a filter with a slip of the pen
/// would else give all there is. So would one without a value, and of two values nobody knows which is meant. What is no day or
/// no instant where one is read is refused here as well, so that routes take them as such.
/// </summary>
public static class UnknownParameters
{
    /// <summary>The group's routes take the query parameters that their handlers name and no others.</summary>
    public static RouteGroupBuilder RefuseUnknownParameters(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            var path = ((RouteEndpointBuilder)endpoint).RoutePattern.Parameters.Select(p => p.Name).ToHashSet();
            var known = endpoint.Metadata.OfType<MethodInfo>().Single().GetParameters()
                .Where(p => Reads(TypeOf(p)) && !path.Contains(p.Name!) && !p.GetCustomAttributes().OfType<IFromHeaderMetadata>().Any())
                .ToDictionary(p => p.Name!, TypeOf);
            foreach (var parameter in endpoint.Metadata.OfType<ReadsParameter>().Where(parameter => parameter.Header is null))
                known.Add(parameter.Name, parameter.Type);
            endpoint.Metadata.Add(new KnownParameters(known.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase)));
        });
        return group;
    }

    public static void UseUnknownParameters(this IApplicationBuilder app) => app.Use((http, next) =>
        http.Request.QueryString.HasValue && http.GetEndpoint()?.Metadata.GetMetadata<KnownParameters>() is { } known
        && Refused(http.Request.Query, known.Types) is { } refused
            ? Problems.Write(http, refused)
            : next(http));

    private static Refusal? Refused(IQueryCollection query, FrozenDictionary<string, Type> known)
    {
        var unknown = query.Keys.Where(name => !known.ContainsKey(name)).Aggregate(RequestRefusals.ParameterUnknown, (refused, name) => refused.At(name));
        if (unknown.Fields.Count > 0)
            return unknown;
        var invalid = query.Where(given => !IsWritten(given.Value, known[given.Key])).Aggregate(
            RequestRefusals.ParameterInvalid.Because(
                "每个参数只写一次且不为空；整数只写数字，布尔值写 true 或 false。",
                "A parameter is given once and with a value: a whole number in digits, a yes or no as true or false."),
            (refused, given) => refused.At(given.Key));
        if (invalid.Fields.Count > 0)
            return invalid;
        var parameters = new Parameters();
        foreach (var (name, value) in query)
        {
            if (known[name] == typeof(DateOnly))
                parameters.Day(value, name);
            else if (known[name] == typeof(InstantParameter))
                parameters.Instant(value, name);
        }
        return parameters.Refused;
    }

    private static bool IsWritten(StringValues values, Type type) => values is [{ Length: > 0 } value] && (
        type == typeof(int) || type == typeof(long) ? value.TrimStart('-').All(char.IsAsciiDigit)
        : type != typeof(bool) || value is "true" or "false");

    private static Type TypeOf(ParameterInfo parameter) => Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

    private static bool Reads(Type type) =>
        type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(bool) || type == typeof(DateOnly) || type == typeof(InstantParameter);
}
